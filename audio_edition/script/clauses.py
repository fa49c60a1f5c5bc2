"""Cut what is too long for one utterance where a reader would breathe.

A cue is what a listener jumps by and what an engine gets in one piece, so none may grow without bound.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 600
LONGEST_IDEOGRAPHIC = 150
"""Characters of the longest utterance; in Chinese and Japanese each is a syllable or more, and eSpeak NG drops what
comes after some 200 without punctuation."""

Span = tuple[int, int]

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CLAUSE_END = re.compile(r"[;:,—–،؛](?= )|[；：，、]")


def is_ideographic(text: str) -> bool:
    """Return whether Chinese or Japanese stands in a text."""
    return _IDEOGRAPH.search(text) is not None


def cut_long(text: str, span: Span) -> list[Span]:
    """Return the span, in pieces that are not too long, none of them beginning or ending with a space."""
    start, end = span
    longest = LONGEST_IDEOGRAPHIC if _IDEOGRAPH.search(text, start, end) else LONGEST
    pieces: list[Span] = []
    while end - start > longest:
        cut = _cut(text, start, end, longest)
        pieces.append((start, cut))
        start = cut + (text[cut] == " ")
    return [*pieces, (start, end)]


def _cut(text: str, start: int, end: int, longest: int) -> int:
    """Return where the first piece ends: at the last clause end, else space, else letter that is within reach."""
    rest = end - start
    # Even pieces: 700 characters become two of about 350, not 600 and a stub.
    reach = start + min(longest, rest // -(-rest // longest) * 5 // 4)
    nearest = start + (reach - start) // 3
    clause_ends = [match.end() for match in _CLAUSE_END.finditer(text, nearest, reach)]
    if clause_ends:
        return clause_ends[-1]
    space = text.rfind(" ", nearest, reach)
    return space if space >= nearest else _between_letters(text, nearest, reach)


def _between_letters(text: str, nearest: int, reach: int) -> int:
    """Return a place at or before `reach` that parts no accent or joined emoji from its letter."""
    for cut in range(reach, nearest, -1):
        if not unicodedata.category(text[cut]).startswith("M") and "\u200d" not in text[cut - 1 : cut + 1]:
            return cut
    return reach
