"""Write text and IPA in the alphabet that Kokoro reads, and tell in IPA what is written in it.

Its alphabet is IPA with single letters for what English writes with two (A for eɪ), and with marks of punctuation, by
which it phrases. It learned English from another notation than eSpeak NG's, so that each language has rules here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from audio_edition.speak.ipa import decomposed
from audio_edition.speak.spoken_forms import ONE_BY_ONE, form_for

_NUMBERS = {
    1: ';:,.!?', 9: '—…"()“” \u0303ʣʥʦʨᵝꭧAI', 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ",
    90: "ɟ", 92: "ɡ", 99: "ɥ", 101: "ɨɪʝ", 110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ",
    125: "ɾɻ", 128: "ʁɽʂʃʈʧ", 135: "ʊʋ", 138: "ʌɣɤ", 142: "χʎ", 147: "ʒʔ", 156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓",
    171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
NUMBER = {letter: first + place for first, letters in _NUMBERS.items() for place, letter in enumerate(letters)}
"""The model's number of each letter and mark that it knows."""

_PAUSES = ";:,.!?—…"

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), letters) for pattern, letters in pairs)


_ANY = _rules(
    (r"a\^ɪ", "I"), (r"a\^ʊ", "W"), (r"e\^ɪ", "A"), (r"o\^ʊ", "O"), (r"ə\^ʊ", "Q"), (r"ɔ\^ɪ", "Y"),
    (r"d\^ʒ", "ʤ"), (r"t\^ʃ", "ʧ"), (r"t\^s", "ʦ"), (r"d\^z", "ʣ"), (r"s\^s", "S"),
)  # fmt: skip
_TIES = _rules((r"[\^\-]", ""))
_STAND_INS = _rules(
    ("g", "ɡ"), ("ʏ", "y"), ("ʉ", "u"), ("ɵ", "ø"), ("ɘ", "ə"), ("ɞ", "ɜ"), ("[ɭɬɫ]", "l"), ("ʀ", "ʁ"), ("[ɦħ]", "h"),
    ("ʍ", "w"), ("ɱ", "m"), ("[ʑʐɮ]", "ʒ"), ("ɝ", "ɜɹ"), ("ˑ", "ː"), ("ɢ", "ɡ"), ("ʕ", "ʔ"),
)  # fmt: skip
"""For what eSpeak NG says and the model has no letter for: the nearest, as a dropped vowel would be another word."""
_ENGLISH = _rules(
    ("ʔˌ?n\u0329", "tn"), (r"(\S)\u0329", r"ᵊ\1"), (r"ə\^?l", "ᵊl"), ("ɚ", "əɹ"), ("r", "ɹ"), ("[xç]", "k"), ("ɐ", "ə"),
    ("ɬ", "l"), ("ɾ", "T"), ("ʔ", "t"), ("[ʲ\u0303]", ""),
    # "I" without stress is swallowed, and "at once" in one word heard as "it wants".
    (r"(?<!\S)I(?=[mdlv]?(?!\S))", "ˌI"), (r"(?<!\S)ətw(?=ˈʌns)", "æt w"), (r"(?<!\S)ətw(?=ˈɒns)", "at w"),
)  # fmt: skip
_AMERICAN = (
    *_rules(("ɜːɹ?", "ɜɹ")), *_ANY, *_TIES, *_rules(("ɪə", "iə")), *_ENGLISH,
    *_rules(("o", "ɔ"), ("e", "A"), ("ː", ""), ("ɹɹ+", "ɹ")),
)  # fmt: skip
# The centring ones first: e alone is A, which would make another word of "there".
_BRITISH = (
    *_rules((r"e\^ə", "ɛː"), (r"i\^ə", "ɪə"), (r"ʊ\^ə", "ʊə")), *_ANY, *_TIES, *_rules(("iə", "ɪə")), *_ENGLISH,
    *_rules(("o(?!ː)", "ɔ"), ("e", "A"), ("ɹɹ+", "ɹ")),
)  # fmt: skip

_GIVEN = _rules(
    ("[\u0361\u035c\u203f.|‖]", ""), ("'", "ˈ"), (":", "ː"), ("-", " "), ("g", "ɡ"), ("tʃ", "ʧ"), ("dʒ", "ʤ"),
    ("eɪ", "A"), ("aɪ", "I"), ("ɔɪ", "Y"), ("aʊ", "W"),
)  # fmt: skip
_GIVEN_AFFRICATES = _rules(("ts", "ʦ"), ("dz", "ʣ"))
# English keeps t and s, for "outset" has no affricate, and no English voice learned x.
_GIVEN_ENGLISH = _rules(
    ("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("ɫ", "l"), ("r", "ɹ"), ("x", "k"), (r"([lnm])\u0329", r"ᵊ\1"), ("oʊ", "O")
)
_GIVEN_AMERICAN = _rules(("əʊ", "O"), ("ɜː(?!ɹ)", "ɜɹ"), ("ː", ""), ("ɒ", "ɑ"), ("e", "ɛ"))
_GIVEN_BRITISH = _rules(("əʊ", "Q"), ("eə", "ɛː"), ("e", "ɛ"))

_TOLD = str.maketrans(
    {"A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "T": "ɾ", "S": "ss", "ᵊ": "ə", "ʧ": "tʃ"}
    | {"ʤ": "dʒ", "ʦ": "ts", "ʣ": "dz", "ʥ": "dʑ", "ʨ": "tɕ"}
)

_ABBREVIATIONS = (
    "Mrs",
    "Prof",
    "Capt",
    "Sept",
    "Corp",
    "Dept",
    "Gen",
    "Col",
    "Sgt",
    "Rev",
    "Hon",
    "Sen",
    "Rep",
    "Gov",
    "Sra",
    "Dra",
)
"""With three letters or more, before a name."""
_NO_ABBREVIATION = r"(?<=\w{3})" + "".join(rf"(?<!\b{each})" for each in _ABBREVIATIONS)
_MARK = re.compile(
    rf"""(
    \s*[“(]+(?=\w)
    | [”)]*\s*[;:,!?…।॥]+[”)]*(?:\s+|$)
    | [”)]*\.+[”)]*\s*$
    | {_NO_ABBREVIATION}\.+[”)]*\s+(?=[“(]*[^\W\d_a-z])
    | [”)]+(?:\s+|$)
    | \s*—\s*
    )""",
    re.VERBOSE,
)
"""Marks by which the model phrases: before a space or the end, so that 20,000 and 3.5 stay numbers, and inside a text a
full stop only behind a word that is no abbreviation. What lies between them goes to eSpeak NG."""
_INITIALS = re.compile(rf"(?<![\w{ONE_BY_ONE}])((?:[^\W\d_]{ONE_BY_ONE})+[^\W\d_](?:['’]s)?)(?![\w{ONE_BY_ONE}])")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[;:,.!?…])")
_DANDAS = str.maketrans("।॥", "..")


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language is written in the alphabet: `voice` is eSpeak NG's, `spoken` are the rules for what that says,
    `given` those for an editor's IPA."""

    voice: str
    spoken: Rules
    given: Rules


_OTHER = (*_ANY, *_TIES)
_GIVEN_OTHER = (*_GIVEN, *_GIVEN_AFFRICATES)
NOTATIONS = {
    "en-US": Notation("en-us", _AMERICAN, (*_GIVEN, *_GIVEN_ENGLISH, *_GIVEN_AMERICAN)),
    "en-GB": Notation("gmw/en", _BRITISH, (*_GIVEN, *_GIVEN_ENGLISH, *_GIVEN_BRITISH)),
    "es": Notation("es", _OTHER, _GIVEN_OTHER),
    "es-419": Notation("es-419", (*_OTHER, *_rules(("jj", "ʝ"))), _GIVEN_OTHER),
    "fr": Notation("fr", _OTHER, _GIVEN_OTHER),
    "hi": Notation("hi", _OTHER, _GIVEN_OTHER),
    "it": Notation("it", _OTHER, _GIVEN_OTHER),
    "pt-BR": Notation("pt-br", _OTHER, _GIVEN_OTHER),
}
"""By the language of a voice."""


def written(text: str, notation: Notation, ipa: Callable[[str, str], str]) -> list[str]:
    """Return a text in the model's letters and marks; `ipa` tells what a voice of eSpeak NG says for a text."""
    parts = _MARK.split(form_for("kokoro", " ".join(text.split())))
    letters = ""
    for place, part in enumerate(parts):
        if place % 2:
            letters += _SPACE_BEFORE_MARK.sub("", part.translate(_DANDAS))
        else:
            letters += "".join(_said(each, notation, ipa) for each in _INITIALS.split(part))
    return [letter for letter in " ".join(letters.split()) if letter in NUMBER]


def _said(text: str, notation: Notation, ipa: Callable[[str, str], str]) -> str:
    """Return a text without marks in the model's letters, with the spaces around it, which eSpeak NG drops."""
    if not text.strip():
        return text
    if _INITIALS.fullmatch(text):
        names = [_changed(ipa(f"{letter}.", notation.voice), notation.spoken) for letter in text.split(ONE_BY_ONE)]
        return "".join(name if "ˈ" in name else "ˈ" + name.replace("ˌ", "") for name in names)
    before, behind = text[0].isspace(), text[-1].isspace()
    return " " * before + _changed(ipa(text, notation.voice), notation.spoken) + " " * behind


def written_ipa(ipa: str, notation: Notation) -> list[str]:
    """Return an editor's IPA in the model's letters; nothing where it has none for a sound."""
    letters = " ".join(decomposed(ipa).split())
    for pattern, instead in notation.given:
        letters = pattern.sub(instead, letters)
    if not all(letter in NUMBER for letter in letters):
        return []
    return list(letters)


def told(letters: str) -> str:
    """Return in IPA what the model's letters stand for."""
    return letters.translate(_TOLD)


def ended(letters: list[str]) -> bool:
    """Return whether a mark ends the text, quotation marks and brackets aside."""
    rest = "".join(letters).rstrip(' "()“”')
    return not rest or rest[-1] in _PAUSES


def _changed(ipa: str, rules: Rules) -> str:
    for pattern, letters in (*rules, *_STAND_INS):
        ipa = pattern.sub(letters, ipa)
    return ipa
