"""Puts the lines of a page in reading order.

The drawing order is right on most pages. Where it contradicts the places of the lines, the page is cut along its white
space: into columns, and across at what spans them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from audio_edition.read.pdf.lines import Line, around, line_of

_LEAST_IN_COLUMN = 3
"""Lines on each side of a gap between two columns."""

_NARROWEST_GAP = 0.6
"""Times the height of a line."""

_HEADLINE = 1.3
"""Times the size of most lines."""

_FULL = 12
"""Characters of a line that could be one of running text."""

_FARTHEST_BELOW = 2.2
"""Times the height of a line, to the next one of a column."""

_BETTER = 1.03
_DEEPEST = 40


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in the order in which they are read, those that are parts of one line joined."""
    drawn = rejoined(lines)
    if len(drawn) < 2:
        return drawn
    flow = _flow(drawn)
    if flow + _most_gain(drawn) <= _BETTER * flow:
        return drawn
    cut = rejoined(list(_cut(list(lines), 0)))
    return cut if _flow(cut) > _BETTER * flow else drawn


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with neighbours on one height joined, which a wide space had parted."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and not (last.cells or line.cells) and _is_beside(last, line):
            spans = (*last.spans, *line.spans)
            found[-1] = line_of(spans, line.page, line.styles)
        else:
            found.append(line)
    return found


def _is_beside(line: Line, other: Line) -> bool:
    height = min(line.height, other.height)
    gap = other.box.left - line.box.right
    common = min(line.box.top, other.box.top) - max(line.box.bottom, other.box.bottom)
    return common > 0.6 * height and -height < gap < 2 * height and not line.is_hyphenated and line.page == other.page


def is_below(line: Line, other: Line) -> bool:
    """Return whether the second line is the next one of the first one's column."""
    height = max(line.height, other.height)
    drop = line.base - other.base
    common = min(line.box.right, other.box.right) - max(line.box.left, other.box.left)
    narrow = min(line.box.right - line.box.left, other.box.right - other.box.left)
    return 0.4 * height < drop < _FARTHEST_BELOW * height and common > 0.5 * narrow


def _flow(lines: Sequence[Line]) -> float:
    """Return how much of the text goes on from one line to the one below it; steps back up take away from it."""
    flow = 1.0
    for line, other in pairwise(lines):
        length = min(line.letters, other.letters)
        if is_below(line, other):
            flow += length if length >= _FULL or line.cells else 0.25 * length
        elif _is_back(line, other):
            flow -= length
    return flow


def _most_gain(lines: Sequence[Line]) -> float:
    """Return how much better the flow of some lines could be: if all that do not go on below did so."""
    breaks = ((line, other) for line, other in pairwise(lines) if not is_below(line, other))
    return sum(line.letters + min(line.letters, other.letters) * _is_back(line, other) for line, other in breaks)


def _is_back(line: Line, other: Line) -> bool:
    """Return whether the second line stands above the first one, or to its left on its height: no reader goes there."""
    is_above = other.box.bottom >= line.box.top - 1
    overlaps = min(line.box.right, other.box.right) > max(line.box.left, other.box.left)
    is_left = other.box.right <= line.box.left and other.box.top > line.box.bottom
    return (is_above and overlaps) or is_left


# --- cutting


def _cut(lines: list[Line], depth: int) -> Iterator[Line]:
    """Yield the lines of a block in order: its columns, else its parts above and below what spans them."""
    if len(lines) < 2 or depth > _DEEPEST:
        yield from sorted(lines, key=_downwards)
        return
    parts = _stories(lines) or _columns(lines) or _bands(lines)
    for part in parts:
        yield from _cut(part, depth + 1)
    if not parts:
        yield from _by_rows(lines)


def _downwards(line: Line) -> tuple[float, float]:
    return -line.base, line.box.left


def _by_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines from top to bottom, those on one height from left to right."""
    row: list[Line] = []
    for line in sorted(lines, key=_downwards):
        if row and row[0].base - line.base > 0.5 * min(row[0].height, line.height):
            yield from sorted(row, key=lambda each: each.box.left)
            row = []
        row.append(line)
    yield from sorted(row, key=lambda each: each.box.left)


def _stories(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines cut at headlines, in large type alone on their height: they head all columns below them."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    left = min(line.box.left for line in lines)
    found: list[list[Line]] = [[]]
    bottom = float("inf")
    rows = sorted(lines, key=lambda line: -line.box.top)
    for line, below in zip_longest(rows, rows[1:]):
        is_alone = line.box.top <= bottom and (below is None or below.box.top <= line.box.bottom + 0.2 * line.height)
        if is_alone and line.size >= _HEADLINE * size and line.box.left < left + line.height:
            found += [[line], []]
        else:
            found[-1].append(line)
        bottom = min(bottom, line.box.bottom + 0.2 * line.height)
    parts = [part for part in found if part]
    return parts if len(parts) > 1 else []


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines cut at the vertical gaps that run through all of them; nothing if there is none."""
    height = _usual_height(lines)
    found: list[list[Line]] = []
    right = float("-inf")
    for line in sorted(lines, key=lambda each: each.box.left):
        if found and line.box.left - right < _NARROWEST_GAP * height:
            found[-1].append(line)
        else:
            found.append([line])
        right = max(right, line.box.right)
    if len(found) < 2 or sum(_rows(column) >= _LEAST_IN_COLUMN for column in found) < 2:
        return []
    return found


def _rows(lines: Sequence[Line]) -> int:
    return len({round(line.base / 3) for line in lines})


def _usual_height(lines: Sequence[Line]) -> float:
    heights = sorted(line.height for line in lines)
    return heights[len(heights) // 2]


def _bands(lines: list[Line]) -> list[list[Line]]:
    """Return the lines cut above and below those that span the widest gutter; nothing if they form no columns."""
    gutter = _gutter(lines)
    if gutter is None:
        return []
    rows = sorted(lines, key=lambda each: -each.box.top)
    bands: list[list[Line]] = []
    was_spanning: bool | None = None
    for line in rows:
        spans = line.box.left < gutter < line.box.right
        if was_spanning is None or spans != was_spanning:
            bands.append([])
        bands[-1].append(line)
        was_spanning = spans
    return bands if len(bands) > 1 else []


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where most lines end on one side and begin on the other; None if no place parts enough lines."""
    box, height = around(lines), _usual_height(lines)
    best, best_score = None, 0.0
    for place in sorted({round(line.box.left, 0) - 0.3 * height for line in lines}):
        if not box.left + 2 * height < place < box.right - 2 * height:
            continue
        before = [line for line in lines if line.box.right <= place]
        behind = [line for line in lines if line.box.left >= place]
        spanning = len(lines) - len(before) - len(behind)
        score = min(_rows(before), _rows(behind)) - 0.5 * spanning
        if min(_rows(before), _rows(behind)) >= _LEAST_IN_COLUMN and score > best_score:
            best, best_score = place, score
    return best
