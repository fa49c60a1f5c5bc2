"""Joins to a line what stands at its end or before it, and is drawn elsewhere: marks at a margin, drawn bullets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from audio_edition.pdf.facts import Box, Mark, Page
from audio_edition.read.pdf.lines import Line, is_raised, line_of

_SHORT = 16
"""Letters of what stands at the end of a line, at most."""

_SAME_EDGE = 3.0
_NEIGHBOUR = 2.5
"""Times the height of a line, within which lines of one column follow each other."""

_FARTHEST_BULLET = 30.0
"""Points from a bullet to its text."""

_LEAST_BULLETS = 2


def with_tails(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with short pieces at the right margin, such as the marks for a question, behind the lines that
    they stand beside. Those that stand below each other are a column of their own."""
    heights: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        heights[round(line.base)].append(line)
    margin = max((line.box.right for line in lines), default=0.0) - _SAME_EDGE
    taken: dict[Line, Line | None] = {}
    for at, tail in enumerate(lines):
        if (
            tail.box.right < margin
            or tail.letters > _SHORT
            or tail.cells
            or tail.boxed
            or (at and lines[at - 1].base == tail.base)
        ):
            continue
        beside = [line for near in (-1, 0, 1) for line in heights.get(round(tail.base) + near, ()) if line is not tail]
        if len(beside) == 1 and _ends_with(beside[0], tail) and _is_alone(tail, lines) and beside[0] not in taken:
            first = tail.spans[0]._replace(marks=tail.spans[0].marks | Mark.SPACED)
            spans = [*beside[0].spans, first, *tail.spans[1:]]
            taken |= {tail: None, beside[0]: line_of(spans, tail.page, tail.styles)}
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _ends_with(line: Line, tail: Line) -> bool:
    is_line = not (line.cells or line.boxed)
    return is_line and line.box.right < tail.box.left and line.letters > tail.letters and line.size == tail.size


def _is_alone(tail: Line, lines: Sequence[Line]) -> bool:
    """Return whether no line near a piece stands in a column with it."""
    return not any(
        line is not tail
        and abs(line.base - tail.base) < _NEIGHBOUR * tail.height
        and (abs(line.box.left - tail.box.left) < _SAME_EDGE or _is_centred_on(line, tail) or _is_like(line, tail))
        for line in lines
    )


def _is_centred_on(line: Line, tail: Line) -> bool:
    return abs(line.box.left + line.box.right - tail.box.left - tail.box.right) < 2 * _SAME_EDGE


def _is_like(line: Line, tail: Line) -> bool:
    return abs(line.box.right - tail.box.right) < _SAME_EDGE and line.letters <= _SHORT


def with_note_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the number of each note before its text, if that number stands raised on the page."""
    raised = {span.text.strip() for line in lines for span in line.spans if is_raised(span, line)}
    taken: dict[Line, Line | None] = {}
    for mark in lines:
        if mark.text not in raised or not mark.text.isdecimal():
            continue
        behind = [line for line in lines if line not in taken and _is_behind(line, mark)]
        if behind:
            line = min(behind, key=lambda each: each.box.left)
            first = line.spans[0]._replace(marks=line.spans[0].marks | Mark.SPACED)
            taken |= {mark: None, line: line_of([*mark.spans, first, *line.spans[1:]], line.page, line.styles)}
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _is_behind(line: Line, mark: Line) -> bool:
    return abs(line.base - mark.base) < 1 and 0 < line.box.left - mark.box.right < _FARTHEST_BULLET


def with_drawn_bullets(lines: Sequence[Line], page: Page) -> list[Line]:
    """Return the lines with a bullet before each that a dot, drawn as a curve, stands before. Two at least stand below
    each other."""
    found: dict[Line, Box] = {}
    for dot in page.dots:
        behind = [line for line in lines if _is_before(dot, line)]
        if behind:
            found.setdefault(min(behind, key=lambda line: line.box.left), dot)
    lefts = [dot.left for dot in found.values()]
    bulleted = {
        line: dot
        for line, dot in found.items()
        if sum(abs(dot.left - left) < _SAME_EDGE for left in lefts) >= _LEAST_BULLETS
    }
    return [_with_bullet(line, bulleted[line]) if line in bulleted else line for line in lines]


def _is_before(dot: Box, line: Line) -> bool:
    is_beside = line.box.bottom < (dot.bottom + dot.top) / 2 < line.box.top
    return is_beside and 0 < line.box.left - dot.right < _FARTHEST_BULLET


def _with_bullet(line: Line, dot: Box) -> Line:
    first = line.spans[0]
    bullet = first._replace(text="•", left=dot.left, right=dot.right)
    return line_of([bullet, first._replace(marks=first.marks | Mark.SPACED), *line.spans[1:]], line.page, line.styles)
