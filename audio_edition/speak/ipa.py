"""Tell whether a listener would call two sounds in IPA one, whoever wrote them down.

Stress marks, length, syllable dots and tie bars are habits of notation, as is r for ɹ; and each voice has its accent:
that a British voice says əʊ for oʊ, and no r in "car", is right. Consonants, vowels and their order are compared.
"""

from __future__ import annotations

import re
import unicodedata

_HABITS = re.compile(r"[\sˈˌ'ːˑ.|‖‿\u035c\u0361\u0329\u032f\u030a\u0325ʰ\-]")
_BEFORE_VELAR = re.compile("n(?=[kɡ])")
_SAME = str.maketrans({"g": "ɡ", "ɹ": "r", "ɻ": "r", "ɫ": "l", "ɚ": "ər", "ɝ": "ɜr", "ᵻ": "ɪ"})

_Accent = tuple[tuple[re.Pattern[str], str], ...]


def _accent(*pairs: tuple[str, str]) -> _Accent:
    return tuple((re.compile(wide), narrow) for wide, narrow in pairs)


_UVULAR = _accent(("[ʁʀɾ]", "r"))
_ACCENTS: dict[str, _Accent] = {
    "en": _accent(
        ("ɾ", "t"),
        ("[oə]ʊ", "o"),
        ("eɪ", "e"),
        ("[ɪi]ə", "ɪr"),
        ("[ɛe]ə", "ɛr"),
        ("[ʊu]ə", "ʊr"),
        ("[ɔo]ə", "ɔr"),
        ("ɑə", "ɑr"),
        ("æ", "a"),
        ("ɐ", "ə"),
        ("ɒ", "ɑ"),
        ("ʍ", "w"),
        ("ɜr?", "ər"),
        ("i", "ɪ"),
        ("[uʉ]", "ʊ"),
        ("r(?![aɑeɛəɪoɔʊʌ])", ""),
    ),
    "fr": _UVULAR,
    "de": _UVULAR,
    "da": _UVULAR,
}
"""What the accents of a language say for each other, applied in this order to both sides."""


def same_sound(wished: str, heard: str, language: str) -> bool:
    """Return whether a voice of the language that says `heard` has said what was `wished`."""
    return _compared(wished, language) == _compared(heard, language)


def decomposed(ipa: str) -> str:
    """Return the IPA with marks behind their letters, however it was typed; ç is a letter of its own."""
    return unicodedata.normalize("NFD", ipa).replace("c\u0327", "ç")


def _compared(ipa: str, language: str) -> str:
    text = _BEFORE_VELAR.sub("ŋ", _HABITS.sub("", decomposed(ipa).translate(_SAME)))
    for wide, narrow in _ACCENTS.get(language.partition("-")[0].casefold(), ()):
        text = wide.sub(narrow, text)
    return text
