"""Make a rule that says a place on the globe: "54°32′N" as "54 degrees 32 minutes north".

Voices say the degrees, then nothing for the minutes, and a letter for the side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from audio_edition.script.normalisation.rules import Rule, replacing


class Globe(NamedTuple):
    """Degrees, minutes and seconds, for one and for several, and the words for the letters of the four sides."""

    degrees: tuple[str, str]
    minutes: tuple[str, str]
    seconds: tuple[str, str]
    sides: Mapping[str, str]


GLOBES = {
    "en": Globe(
        ("degree", "degrees"), ("minute", "minutes"), ("second", "seconds"),
        {"N": "north", "S": "south", "E": "east", "W": "west"},
    ),
    "de": Globe(
        ("Grad", "Grad"), ("Minute", "Minuten"), ("Sekunde", "Sekunden"),
        {"N": "Nord", "S": "Süd", "O": "Ost", "E": "Ost", "W": "West"},
    ),
    "fr": Globe(
        ("degré", "degrés"), ("minute", "minutes"), ("seconde", "secondes"),
        {"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"},
    ),
    "es": Globe(
        ("grado", "grados"), ("minuto", "minutos"), ("segundo", "segundos"),
        {"N": "norte", "S": "sur", "E": "este", "O": "oeste", "W": "oeste"},
    ),
    "it": Globe(
        ("grado", "gradi"), ("minuto", "minuti"), ("secondo", "secondi"),
        {"N": "nord", "S": "sud", "E": "est", "O": "ovest", "W": "ovest"},
    ),
    "pt": Globe(
        ("grau", "graus"), ("minuto", "minutos"), ("segundo", "segundos"),
        {"N": "norte", "S": "sul", "E": "leste", "L": "leste", "O": "oeste", "W": "oeste"},
    ),
    "nl": Globe(
        ("graad", "graden"), ("minuut", "minuten"), ("seconde", "seconden"),
        {"N": "noord", "Z": "zuid", "O": "oost", "E": "oost", "W": "west"},
    ),
}  # fmt: skip


def coordinates(language: str) -> Rule:
    """Return the rule of a language of GLOBES; minutes or a side must stand behind the degrees."""
    globe = GLOBES[language]
    letters = "".join(globe.sides)

    def counted(number: str, forms: tuple[str, str]) -> str:
        return f"{number} {forms[number != '1']}"

    def in_words(match: re.Match[str]) -> str:
        named = zip(match.group("degrees", "minutes", "seconds"), globe[:3], strict=True)
        said = [counted(number, forms) for number, forms in named if number]
        return " ".join(said + ([globe.sides[match["side"]]] if match["side"] else []))

    return replacing(
        rf"(?<![\w.,])(?P<degrees>\d{{1,3}}(?:[.,]\d{{1,8}})?)°(?= ?[\d{letters}])"
        rf"(?: ?(?P<minutes>\d{{1,2}}(?:[.,]\d{{1,6}})?)[′'’]"
        rf"(?: ?(?P<seconds>\d{{1,2}}(?:[.,]\d{{1,4}})?)(?:[″\"”]|[′'’]{{2}}))?)?"
        rf"(?: ?(?P<side>[{letters}])(?![\w°]))?",
        in_words,
    )
