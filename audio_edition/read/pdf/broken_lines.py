"""Tells texts whose lines their author broke, such as verse and addresses, from text that fills its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from audio_edition.read.pdf.lines import Line, first_width

_LEAST_LINES = 3
_LEAST_WITH_ROOM = 0.75
"""Share of the lines behind which the next word would have had room, if their author broke them."""

_LEAST_UNEVEN, _SURELY_UNEVEN = 0.5, 0.55
"""Share of the lines that the next word would have made no wider than the widest."""

_FAR = 0.25
"""Share of the column's width."""

_HUNG = 0.8
"""Times the size of the letters by which the rest of a long line stands to the right."""

_LEAST_ENDED = 0.5
_LEAST_LETTERS = 15
"""Of a line of verse, on average."""

_END = re.compile(r"[.!?…][\"'”’»)]*$")
_PAUSE = re.compile(r"[,.;:!?…–—][\"'”’»)]*$")


class Edges(NamedTuple):
    """Where the lines of a column begin, and where they may end."""

    left: float
    right: float


def broken_lines(block: Sequence[Line], column: Edges) -> list[list[Line]]:
    """Return the lines of a block as their author broke them, each with what hangs below it; nothing if the lines
    follow from the column.

    A column breaks a line where the next word had no room. An author's lines leave room, and begin with capitals or
    figures, or end where a speaker pauses.
    """
    meant = list(_meant(block))
    breaks = [(one[-1], other[0]) for one, other in pairwise(meant)]
    if len(meant) < _LEAST_LINES or any(before.is_hyphenated for before, _ in breaks):
        return []
    is_paused = all(_PAUSE.search(before.text) for before, _ in breaks)
    if not is_paused and not all(_begins(line.text) for _, line in breaks):
        return []
    return meant if _leave_room(breaks, column, max(line.box.right for line in block)) else []


def _leave_room(breaks: Sequence[tuple[Line, Line]], column: Edges, widest: float) -> bool:
    """Return whether lines end where the next word had room: in the column for most of them, and beside the widest of
    them for half; or all far from the column's edge."""
    with_room = sum(_has_room(before, line, column.right) for before, line in breaks)
    uneven = sum(_has_room(before, line, widest) for before, line in breaks)
    if uneven >= _LEAST_UNEVEN * len(breaks):
        return uneven > _SURELY_UNEVEN * len(breaks) or with_room >= _LEAST_WITH_ROOM * len(breaks)
    farthest = column.right - _FAR * (column.right - column.left)
    return len(breaks) >= _LEAST_LINES and widest < farthest


def is_verse(lines: Sequence[Sequence[Line]]) -> bool:
    """Return whether lines that their author broke are verse: not short, and many end where a speaker pauses, but not
    each with its sentence."""
    if all(_END.search(line[-1].text) for line in lines):
        return False
    ended = sum(_PAUSE.search(line[-1].text) is not None for line in lines)
    letters = sum(part.letters for line in lines for part in line)
    return ended >= _LEAST_ENDED * len(lines) and letters >= _LEAST_LETTERS * len(lines)


def _meant(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of a block, each with the rest of it, which hangs below it if it was too long."""
    left = min(line.box.left for line in block)
    line: list[Line] = []
    for each in block:
        if line and each.text[:1].islower() and each.box.left > left + _HUNG * each.size:
            line.append(each)
            continue
        if line:
            yield line
        line = [each]
    if line:
        yield line


def _begins(text: str) -> bool:
    """Return whether a text begins with a capital or a figure."""
    first = text.lstrip("\"'“‘„«»")[:1]
    return first.isupper() or first.isdigit()


def _has_room(before: Line, line: Line, right: float) -> bool:
    return right - before.box.right > first_width(line) + 0.3 * line.size
