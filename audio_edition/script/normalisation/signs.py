"""Make a rule that says the signs of sums and comparisons in the words of a language: ±, ×, ≈, ≠, <, >, ≤, ≥.

eSpeak NG says nothing for most of them, or English words ("plus or minus" in Spanish), and reads the slash in "120/80
mmHg".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, replacing

_TERM = r"[\w)\]²³%°]"
_AMOUNT = rf"(?={SPACE}?[$£€]?[-−]?\d)"
_ANY = re.compile("[±×≈≠<>≤≥=]|mm ?Hg")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a language says: for >, <, ≥ and ≤ before an amount and between two, for the other signs, and for a pressure
    of the blood, its unit and what parts its two figures."""

    alone: tuple[str, str, str, str]
    between: tuple[str, str, str, str]
    plus_minus: str
    times: str
    about: str
    unequal: str
    equal: str
    over: str
    mercury: str


SIGNS = {
    "de": Signs(
        ("mehr als", "weniger als", "mindestens", "höchstens"),
        ("größer als", "kleiner als", "größer oder gleich", "kleiner oder gleich"),
        "plus minus", "mal", "ungefähr", "ungleich", "gleich", "zu", "Millimeter Quecksilbersäule",
    ),
    "fr": Signs(
        ("plus de", "moins de", "au moins", "au plus"),
        ("supérieur à", "inférieur à", "supérieur ou égal à", "inférieur ou égal à"),
        "plus ou moins", "fois", "environ", "différent de", "égale", "sur", "millimètres de mercure",
    ),
    "es": Signs(
        ("más de", "menos de", "al menos", "como máximo"),
        ("mayor que", "menor que", "mayor o igual que", "menor o igual que"),
        "más menos", "por", "aproximadamente", "distinto de", "igual a", "sobre", "milímetros de mercurio",
    ),
    "it": Signs(
        ("più di", "meno di", "almeno", "al massimo"),
        ("maggiore di", "minore di", "maggiore o uguale a", "minore o uguale a"),
        "più o meno", "per", "circa", "diverso da", "uguale a", "su", "millimetri di mercurio",
    ),
    "pt": Signs(
        ("mais de", "menos de", "pelo menos", "no máximo"),
        ("maior que", "menor que", "maior ou igual a", "menor ou igual a"),
        "mais ou menos", "vezes", "cerca de", "diferente de", "igual a", "por", "milímetros de mercúrio",
    ),
    "nl": Signs(
        ("meer dan", "minder dan", "minstens", "hoogstens"),
        ("groter dan", "kleiner dan", "groter dan of gelijk aan", "kleiner dan of gelijk aan"),
        "plus of min", "keer", "ongeveer", "ongelijk aan", "is", "over", "millimeter kwik",
    ),
    "pl": Signs(
        ("ponad", "poniżej", "co najmniej", "co najwyżej"),
        ("większe niż", "mniejsze niż", "większe lub równe", "mniejsze lub równe"),
        "plus minus", "razy", "około", "różne od", "równa się", "na", "milimetrów słupka rtęci",
    ),
    "sv": Signs(
        ("mer än", "mindre än", "minst", "högst"),
        ("större än", "mindre än", "större än eller lika med", "mindre än eller lika med"),
        "plus minus", "gånger", "ungefär", "skilt från", "är lika med", "genom", "millimeter kvicksilver",
    ),
    "da": Signs(
        ("mere end", "mindre end", "mindst", "højst"),
        ("større end", "mindre end", "større end eller lig med", "mindre end eller lig med"),
        "plus minus", "gange", "cirka", "forskellig fra", "er lig med", "over", "millimeter kviksølv",
    ),
}  # fmt: skip


def signs(language: str) -> Rule:
    """Return the rule of a language of SIGNS."""
    said = SIGNS[language]
    compared = [
        replacing(rf"{before}{sign}{behind}{SPACE}?", f"{start}{words} ")
        for words_of, before, behind, start in (
            (said.between, rf"(?<={_TERM}){SPACE}?", rf"(?={SPACE}?[\w(−-])", " "),
            (said.alone, r"(?<![\w<>=])", _AMOUNT, ""),
        )
        for sign, words in zip((">(?!=)", "<(?!=)", "(?:≥|>=)", "(?:≤|<=)"), words_of, strict=True)
    ]
    all_signs = in_order(
        replacing(rf"(?<![\w.,/])(\d{{2,3}})/(\d{{2,3}})(?={SPACE}?mm{SPACE}?Hg(?!\w))", rf"\1 {said.over} \2"),
        replacing(rf"(?<=\d){SPACE}?mm{SPACE}?Hg(?!\w)", f" {said.mercury}"),
        replacing(rf"±{_AMOUNT}{SPACE}?", f"{said.plus_minus} "),
        replacing(rf"(?<=\w){SPACE}?×{SPACE}?(?=[\w(])", f" {said.times} "),
        replacing(rf"(?<={_TERM}){SPACE}≈{SPACE}(?=\w)|≈{_AMOUNT}{SPACE}?", lambda match: _about(match, said.about)),
        replacing(rf"(?<={_TERM}){SPACE}?≠{SPACE}?(?=\w)", f" {said.unequal} "),
        replacing(rf"(?<={_TERM}){SPACE}={SPACE}(?=[\w(−-])", f" {said.equal} "),
        *compared,
    )
    return lambda text: all_signs(text) if _ANY.search(text) else text


def _about(match: re.Match[str], word: str) -> str:
    return f"{' ' * match[0][0].isspace()}{word} "
