"""Write text and IPA as Piper takes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_BRACKET_BEFORE_BRACKET = re.compile(r"\[(?=\[)")
_WRITTEN_OTHERWISE = str.maketrans({"'": "ˈ", ":": "ː", "g": "ɡ", "ɝ": "ɜ", "-": " "})
_NOT_SAID = frozenset("\u035c\u0361\u203f.|‖")
"""Tie bars, linking, syllables, feet: a full stop would be heard as the end of a sentence."""


def as_text(text: str) -> str:
    """Return the text without what Piper takes for phonemes: `[[` is nowhere in it."""
    return _BRACKET_BEFORE_BRACKET.sub("[ ", text)


def symbols(ipa: str, known: Collection[str]) -> list[str]:
    """Return IPA as the symbols of a voice; none if it does not know one of them."""
    decomposed = unicodedata.normalize("NFD", ipa).translate(_WRITTEN_OTHERWISE)
    found = [symbol for symbol in " ".join(decomposed.split()) if symbol not in _NOT_SAID]
    return found if all(symbol in known for symbol in found) else []
