"""Finds boxes of text on pages without tags: what a frame or a tint sets apart, such as an advertisement.

A box becomes one line that holds its own lines, so that it stays together in the text and does not divide a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from audio_edition.pdf.facts import Box, Page
from audio_edition.read.pdf.lines import Line, first_width, line_of

_SAME_EDGE = 4.0
"""Points within which the ends of rules meet."""

_LEAST_WIDTH, _LEAST_HEIGHT = 40.0, 20.0
"""Points. A smaller rectangle is a mark."""

_MOST_OF_PAGE = 0.4
"""Share of a page's area. A larger frame is around all of the page's text."""

_MOST_RULES = 120
"""The most rules of a page in which frames are looked for. A page with more has a drawing or a table."""

_LARGE = 1.4
"""Times the size of the text. A tint behind larger type only is a heading's."""

_CURVE = 0.3
"""The least share of a chart's width that its curve spans."""

_CENTRED = 6.0
"""Points by which the middle of a centred line may differ from that of its box."""

_PADDING = 6.0
"""Points between the frame of a box and its text."""


def with_boxes(lines: Sequence[Line], page: Page, usual: float) -> list[Line]:
    """Return the lines with each box as a single line, in place of its first one. `usual` is the size of most of the
    document's letters."""
    taken: dict[Line, Line | None] = {}
    for frame in _frames(page):
        inside = [line for line in lines if _holds(frame, line.box) and line not in taken]
        if _is_box(frame, inside, lines, usual):
            taken |= dict.fromkeys(inside, None)
            taken[inside[0]] = _boxed(frame, inside)
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def with_charts(lines: Sequence[Line], page: Page) -> list[Line]:
    """Return the lines with the labels of each framed chart as a single line, so that none stands in a row beside it.

    A chart is a frame with a curve in it, whatever other frames it holds.
    """
    taken: dict[Line, Line | None] = {}
    for frame in sorted(_of_box_size(page.frames, page), key=_area, reverse=True):
        inside = [line for line in lines if _holds(frame, line.box) and line not in taken]
        if len(inside) > 1 and any(_is_curve_of(frame, drawing) for drawing in page.drawings):
            taken |= dict.fromkeys(inside, None)
            taken[inside[0]] = _boxed(frame, inside)
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _is_curve_of(frame: Box, drawing: Box) -> bool:
    return _holds(frame, drawing) and drawing.right - drawing.left > _CURVE * (frame.right - frame.left)


def _boxed(frame: Box, inside: Sequence[Line]) -> Line:
    spans = [span for line in inside for span in line.spans]
    whole = line_of(spans, inside[0].page, inside[0].styles)
    return replace(whole, box=frame, base=frame.bottom, boxed=tuple(inside))


def _is_box(frame: Box, inside: Sequence[Line], lines: Sequence[Line], usual: float) -> bool:
    """Return whether the lines in a frame make a box: several lines, none with cells, none cut by the frame's sides."""
    if len(inside) < 2 or any(line.cells or line.boxed for line in inside):
        return False
    is_cut = any(_crosses_edge(frame, line.box) for line in lines)
    return not is_cut and not all(line.size > _LARGE * usual for line in inside)


def _holds(frame: Box, box: Box) -> bool:
    return (
        frame.left - 2 <= box.left
        and box.right <= frame.right + 2
        and frame.bottom - 4 <= box.bottom
        and box.top <= frame.top + 4
    )


def _crosses_edge(frame: Box, box: Box) -> bool:
    """Return whether a box lies across the left or right edge of a frame."""
    if _holds(frame, box) or not (frame.bottom < (box.bottom + box.top) / 2 < frame.top):
        return False
    return any(box.left + 2 < edge < box.right - 2 for edge in (frame.left, frame.right))


def _frames(page: Page) -> list[Box]:
    """Return the frames that may be around a box, smaller ones first, without those that hold others, as tables do."""
    drawn = [*page.frames, *(_of_rules(page.rules) if len(page.rules) <= _MOST_RULES else ())]
    found: list[Box] = []
    for frame in sorted(_of_box_size(drawn, page), key=_area):
        if not any(_holds(frame, other) and _area(other) > 0.8 * _area(frame) for other in found):
            found.append(frame)
    return [frame for frame in found if sum(_holds(frame, other) for other in found) == 1]


def _of_box_size(frames: Iterable[Box], page: Page) -> Iterator[Box]:
    """Yield the frames of a size that a box may have."""
    for frame in frames:
        is_large = frame.right - frame.left > _LEAST_WIDTH and frame.top - frame.bottom > _LEAST_HEIGHT
        if is_large and _area(frame) < _MOST_OF_PAGE * page.width * page.height:
            yield frame


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _of_rules(rules: Sequence[Box]) -> Iterator[Box]:
    """Yield the rectangles that four rules make."""
    across = [rule for rule in rules if rule.right - rule.left > _LEAST_WIDTH]
    upright = [rule for rule in rules if rule.top - rule.bottom > _LEAST_HEIGHT]
    for rule, other in combinations(across, 2):
        frame = around_boxes((rule, other))
        if abs(rule.left - other.left) > _SAME_EDGE or abs(rule.right - other.right) > _SAME_EDGE:
            continue
        sides = [side for side in upright if _spans(side, frame)]
        if all(any(abs(side.left - edge) < _SAME_EDGE for side in sides) for edge in (frame.left, frame.right)):
            yield frame


def around_boxes(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _spans(side: Box, frame: Box) -> bool:
    return abs(side.top - frame.top) < _SAME_EDGE and abs(side.bottom - frame.bottom) < _SAME_EDGE


# --- what stands in a box


def is_centred(box: Line) -> bool:
    """Return whether the lines of a box stand in its middle, as those of an advertisement or a notice do."""
    middle = (box.box.left + box.box.right) / 2
    return all(abs((line.box.left + line.box.right) / 2 - middle) < _CENTRED for line in box.boxed)


def centred_lines(box: Line) -> list[list[Line]]:
    """Return the lines of a box, grouped as its author meant them. A line continues in the next if there was no room
    for the next one's first word, and that does not look like a beginning."""
    lines = sorted(box.boxed, key=lambda line: -line.base)
    meant = [[lines[0]]]
    for line, other in pairwise(lines):
        if _is_full(line, other, box) and _may_go_on(line.text, other.text) and abs(line.size - other.size) < 0.5:
            meant[-1].append(other)
        else:
            meant.append([other])
    return meant


def _is_full(line: Line, other: Line, box: Line) -> bool:
    """Return whether a line of a box had no room for the first word of the next one."""
    room = box.box.right - box.box.left - 2 * _PADDING - (line.box.right - line.box.left)
    return first_width(other) + 0.25 * line.size > room


def _may_go_on(text: str, other: str) -> bool:
    return text.endswith((",", "-", "–", "&")) or not other[:1].isupper() or (text.isupper() and other.isupper())
