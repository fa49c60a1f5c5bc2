"""In: a text in any language. Out: the same with spaces in words too long for an engine.

eSpeak NG drops the rest of a word after some 160 bytes without a sign; no word that is said has 50 letters.
"""

from __future__ import annotations

import re

LONGEST = 50
PIECE = 25

# Writing without spaces between words is no long word: Thai to Lao, Burmese, Khmer, Chinese and Japanese.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef"
_LONG_WORD = re.compile(rf"[^\s!-/:-@\[-`{{-~{_UNSPACED}]{{{LONGEST + 1},}}")
# A piece goes on while accents and joined letters follow, so that none is parted from its letter.
_PIECE = re.compile(
    rf".{{{PIECE}}}(?:[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200c\u200d\ufe0e\ufe0f]|(?<=\u200d).)*"
)


def in_pieces(text: str) -> str:
    """The text with a space after every 25 letters of a very long word."""
    return _LONG_WORD.sub(lambda word: _PIECE.sub(lambda piece: piece[0] + " ", word[0]).strip(), text)
