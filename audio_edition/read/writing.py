"""The kinds of writing that word processors keep a language for, each."""

from __future__ import annotations

import unicodedata
from typing import Literal

Script = Literal["western", "asian", "complex"]

_FIRST_OF_OTHERS = "\u0590"
_EAST_ASIAN = ("BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "KATAKANA")
_COMPLEX = (
    "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "HEBREW", "KANNADA", "KHMER", "LAO", "MALAYALAM",
    "MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN",
)  # fmt: skip


def script_of(text: str) -> Script:
    """Return the kind of writing of a text's first letter."""
    letter = next(filter(str.isalpha, text), " ")
    name = unicodedata.name(letter, "") if letter >= _FIRST_OF_OTHERS else ""
    if name.startswith(_EAST_ASIAN):
        return "asian"
    return "complex" if name.startswith(_COMPLEX) else "western"
