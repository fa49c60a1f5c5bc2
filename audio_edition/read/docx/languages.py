"""Determines the language of each run of a Word document, and of the document itself.

Most programs put American English into every document's defaults, so the defaults say nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from audio_edition.read.docx.names import said
from audio_edition.read.markup.elements import is_language

_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


class Languages:
    """Counts the letters in each language."""

    def __init__(self, default: etree._Element | None) -> None:
        self._default = default
        self._letters: Counter[str] = Counter()

    def of(self, text: str, sayings: Sequence[etree._Element | None], right_to_left: bool) -> str:
        """Return the BCP 47 tag for a text, from the nearest w:lang; empty if none says."""
        attribute = "w:bidi" if right_to_left else "w:eastAsia" if _is_east_asian(text) else "w:val"
        tags = (said(each, attribute) for each in sayings if each is not None)
        tag = next(filter(None, tags), "") or self._of_default(attribute)
        tag = tag if is_language(tag) else ""
        self._letters[tag] += sum(map(str.isalpha, text))
        return tag

    def main(self) -> str:
        """Return the language of most of the text; empty if that is not stated."""
        return max(sorted(self._letters), key=lambda tag: self._letters[tag], default="")

    def _of_default(self, attribute: str) -> str:
        tag = said(self._default, attribute)
        return "" if attribute != "w:val" or tag.lower().startswith("en") else tag


def _is_east_asian(text: str) -> bool:
    letter = next(filter(str.isalpha, text), " ")
    return letter > "\u1100" and unicodedata.name(letter, "").startswith(_EAST_ASIAN)
