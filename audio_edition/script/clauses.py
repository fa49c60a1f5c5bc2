"""In: a span of text too long to be one utterance. Out: spans that tile it, cut where a reader would breathe.

A cue is what a listener jumps by and what an engine gets in one piece, so none may grow without bound.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 600
"""Characters of the longest utterance."""

Span = tuple[int, int]

_CLAUSE_END = re.compile(r"[;:,—–،؛](?= )|[；：，、]")


def cut_long(text: str, span: Span) -> list[Span]:
    """The span, in pieces of at most LONGEST characters, none of them beginning or ending with a space."""
    start, end = span
    pieces: list[Span] = []
    while end - start > LONGEST:
        cut = _cut(text, start, end)
        pieces.append((start, cut))
        start = cut + (text[cut] == " ")
    return [*pieces, (start, end)]


def _cut(text: str, start: int, end: int) -> int:
    """Where the first piece ends: at the last clause end, else space, else letter that is within reach."""
    rest = end - start
    # Even pieces: 700 characters become two of about 350, not 600 and a stub.
    reach = start + min(LONGEST, rest // -(-rest // LONGEST) * 5 // 4)
    nearest = start + (reach - start) // 3
    clause_ends = [match.end() for match in _CLAUSE_END.finditer(text, nearest, reach)]
    if clause_ends:
        return clause_ends[-1]
    space = text.rfind(" ", nearest, reach)
    return space if space >= nearest else _between_letters(text, nearest, reach)


def _between_letters(text: str, nearest: int, reach: int) -> int:
    """A place at or before `reach` that parts no accent or joined emoji from its letter."""
    for cut in range(reach, nearest, -1):
        if not unicodedata.category(text[cut]).startswith("M") and "\u200d" not in text[cut - 1 : cut + 1]:
            return cut
    return reach
