"""Say the signs of fractions, and "‰", in the words of a language; eSpeak NG says nothing for most of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, replacing
from audio_edition.script.tables import row

_AS_SIGN = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "2/4": "½", "3/4": "¾"}
_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


@dataclass(frozen=True, slots=True)
class Parts:
    """How a language counts parts: `numbers` from one to seven; a half, of a noun in -o and in -a; the names of one
    part and of several from thirds to eighths; what joins them, and a half, to a whole. A half stands behind what it
    is of ("2 horas y media"), or behind its number. `of` is a
    pattern for what makes sure that figures with a slash before it are a fraction."""

    numbers: str
    halves: tuple[str, str]
    names: Mapping[int, tuple[str, str]]
    joint: str
    half_joint: str
    half_behind_noun: bool
    of: str
    per_mille: str

    def said(self, sign: str) -> str:
        """Return the words for a sign such as "¾"."""
        top, bottom = (int(part) for part in unicodedata.normalize("NFKC", sign).split("⁄"))
        return self.halves[0] if bottom == 2 else f"{row(self.numbers)[top - 1]} {self.names[bottom][top > 1]}"


def _names(thirds: str, quarters: str, fifths: str, sixths: str, eighths: str) -> dict[int, tuple[str, str]]:
    """Return the names by the number of parts; each is given for one part and for several."""
    pairs = (thirds, quarters, fifths, sixths, eighths)
    return {bottom: (pair.split()[0], pair.split()[-1]) for bottom, pair in zip((3, 4, 5, 6, 8), pairs, strict=True)}


PARTS = {
    "de": Parts(
        "ein zwei drei vier fünf sechs sieben", ("ein halb", "einhalb"),
        _names("Drittel", "Viertel", "Fünftel", "Sechstel", "Achtel"),
        " ", " ", False,
        "Liter|Kilo|Pfund|Meter|Stunden?|Tassen?|Teelöffel|Esslöffel|Gramm|Zoll|der|des",
        "Promille",
    ),
    "fr": Parts(
        "un deux trois quatre cinq six sept", ("demi", "demi"),
        _names("tiers", "quart quarts", "cinquième cinquièmes", "sixième sixièmes", "huitième huitièmes"),
        " et ", " et ", True,
        "de |d['’]|litre|kilo|tasse|heure|mètre|cuill", "pour mille",
    ),
    "es": Parts(
        "un dos tres cuatro cinco seis siete", ("medio", "media"),
        _names("tercio tercios", "cuarto cuartos", "quinto quintos", "sexto sextos", "octavo octavos"),
        " y ", " y ", True,
        "de |litro|kilo|taza|hora|metro", "por mil",
    ),
    "it": Parts(
        "un due tre quattro cinque sei sette", ("mezzo", "mezza"),
        _names("terzo terzi", "quarto quarti", "quinto quinti", "sesto sesti", "ottavo ottavi"),
        " e ", " e ", True,
        "di |d[’']|litro|chilo|tazz|metro", "per mille",
    ),
    "pt": Parts(
        "um dois três quatro cinco seis sete", ("meio", "meia"),
        _names("terço terços", "quarto quartos", "quinto quintos", "sexto sextos", "oitavo oitavos"),
        " e ", " e ", True,
        "de |do |da |litro|quilo|xícara|metro", "por mil",
    ),
    "nl": Parts(
        "een twee drie vier vijf zes zeven", ("een half", "half"),
        _names("derde", "kwart", "vijfde", "zesde", "achtste"),
        " en ", " en een ", False,
        "liter|kilo|meter|uur|kopje|theelepel|eetlepel|van ", "promille",
    ),
    "sv": Parts(
        "en två tre fyra fem sex sju", ("en halv", "halv"),
        _names("tredjedel tredjedelar", "fjärdedel fjärdedelar", "femtedel femtedelar", "sjättedel sjättedelar",
               "åttondel åttondelar"),
        " och ", " och en ", False,
        "liter|kilo|meter|timme|dl|tsk|msk|av ", "promille",
    ),
    "da": Parts(
        "en to tre fire fem seks syv", ("en halv", "halv"),
        _names("tredjedel tredjedele", "fjerdedel fjerdedele", "femtedel femtedele", "sjettedel sjettedele",
               "ottendedel ottendedele"),
        " og ", " og en ", False,
        "liter|kilo|meter|time|dl|tsk|spsk|af ", "promille",
    ),
    "ru": Parts(
        "одна две три четыре пять шесть семь", ("половина", "половиной"),
        _names("треть трети", "четверть четверти", "пятая пятых", "шестая шестых", "восьмая восьмых"),
        " и ", " с ", False,
        "(?!)", "промилле",
    ),
}  # fmt: skip


def _singular(noun: str, language: str) -> str:
    if language == "it":
        return noun[:-1] + {"i": "o", "e": "a"}.get(noun[-1], noun[-1])
    return noun.removesuffix("s")


def parts(language: str) -> Rule:
    """Return the rule of a language of PARTS."""
    words = PARTS[language]

    def mixed(match: re.Match[str]) -> str:
        if match[1] != "½":
            return f"{words.joint}{words.said(match[1])}"
        return f"{words.half_joint}{words.halves[1 - words.half_behind_noun]}"

    def half(match: re.Match[str]) -> str:
        figure, noun = match["figure"], match["noun"]
        is_feminine = noun.endswith(("a", "as")) or (language == "it" and figure and noun.endswith("e"))
        said = words.halves[bool(is_feminine)]
        if not figure:
            return f"{said} {noun}"
        return f"{figure} {_singular(noun, language) if figure == '1' else noun}{words.joint}{said}"

    joined = rf"(?:(?<![\w.,])(?P<figure>\d{{1,9}}){SPACE}?|(?<!\d))½{SPACE}(?P<noun>[a-zà-ÿ]{{4,}})(?!\w)"
    fraction = rf"(?<![\w.,/:])(?:(?P<whole>\d) )?(?P<parts>1/[234]|[23]/4|2/3)(?={SPACE}(?:{words.of}))"
    return in_order(
        replacing(fraction, lambda match: (match["whole"] or "") + _AS_SIGN[match["parts"]]),
        replacing(joined, half) if words.half_behind_noun else str,
        replacing(rf"(?<=\d){SPACE}?([{_SIGNS}])", mixed),
        replacing(rf"[{_SIGNS}]", lambda match: words.said(match[0])),
        replacing(rf"(?<=\d){SPACE}?‰", f" {words.per_mille}"),
    )
