"""Reads what rows of dots lead to: prices are rows of two cells, the entries of a list of contents are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audio_edition.pdf.facts import Mark, Span
from audio_edition.read.contents_names import CALLED_CONTENTS
from audio_edition.read.pdf.lines import Line, line_of

_LEADER = re.compile(r"[ \u00a0]*(?:[.…·][ \u00a0]?){4,}[ \u00a0]*")
_LONGEST_VALUE = 24
_LEAST_ENTRIES = 3


def with_leaders(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those whose two parts a row of dots joins as rows of two cells."""
    return [_row_of(line) or line for line in lines]


def _row_of(line: Line) -> Line | None:
    leaders = list(_LEADER.finditer(line.text))
    if len(leaders) != 1 or not leaders[0].start() > 0 or line.cells or line.boxed:
        return None
    name, value = line.text[: leaders[0].start()], line.text[leaders[0].end() :]
    if not 0 < len(value) <= _LONGEST_VALUE or name.rstrip().endswith((":", "_")):
        return None
    cells = [part for part in _parted(line.spans) if part]
    if len(cells) != 2:
        return None
    first, second = (line_of(cell, line.page, line.styles) for cell in cells)
    return line_of([*cells[0], *cells[1]], line.page, line.styles, (first, second))


def _parted(spans: Sequence[Span]) -> list[list[Span]]:
    """Return the spans before the dots and those behind them; one that has both is parted."""
    found: list[list[Span]] = [[], []]
    side = 0
    for span in spans:
        leader = _LEADER.search(span.text)
        if leader is None:
            found[side].append(span)
            continue
        before, behind = span.text[: leader.start()], span.text[leader.end() :]
        width = (span.right - span.left) / len(span.text)
        if before:
            found[0].append(span._replace(text=before, right=span.left + width * len(before)))
        side = 1
        if behind:
            found[1].append(span._replace(text=behind, left=span.right - width * len(behind)))
    if found[1]:
        found[1][0] = found[1][0]._replace(marks=found[1][0].marks | Mark.SPACED)
    return found


def contents_in(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a list of contents in the order in which a page is read: its heading, and the rows below it
    that end or begin with the numbers of pages; nothing if there is none."""
    for at, line in enumerate(lines):
        if line.text.strip(" :").casefold() in CALLED_CONTENTS:
            entries = list(_entries(lines[at + 1 :]))
            return [line, *entries] if len(entries) >= _LEAST_ENTRIES else []
    return []


def _entries(lines: Sequence[Line]) -> Iterator[Line]:
    last = 0
    for line in lines:
        number = _page_of(line)
        if not number or number < last:
            return
        last = number
        yield line


def _page_of(line: Line) -> int:
    """Return the number of the page that a row of a list of contents leads to; 0 for other lines."""
    ends = [line.cells[-1].text, line.cells[0].text] if line.cells else []
    return next((int(text) for text in ends if text.isdecimal() and len(text) < 5), 0)
