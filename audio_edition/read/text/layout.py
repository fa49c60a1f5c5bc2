"""Joins lines into paragraphs. Wire copy has a paragraph on each line, or lines wrapped at some width.

A wrapped line had no room for the next line's first word; a document is wrapped if enough of its lines are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from audio_edition.read.lines import Line, speakable
from audio_edition.read.text.marks import heading_of, is_list_item, is_scene_mark

_NARROWEST, _WIDEST = 40, 120
"""Characters in a full line of wrapped copy. Results and verse are narrower, paragraphs on one line wider."""

_WRAPPED_SHARE = 1 / 3
"""Share of the lines followed by another that must be full and end within a sentence. Two-line paragraphs have 1/2,
one-line paragraphs almost none."""

_FEWEST_VERSES = 3
_LONGEST_VERSE = 0.75
"""Share of the width of the other lines."""

_FREE_SHARE = 1 / 3
"""Share of a poem's lines that would have room for the next one's first word. In narrow prose few have."""

_SENTENCE_END = re.compile(r"[.!?…。！？؟।۔][\"'”’»›)\]」』]*\Z")


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width at which the lines are wrapped; None if each line is a paragraph."""
    breaks = [(line, after) for line, after in pairwise(lines) if line.text and after.text]
    breaks = [(line, after) for line, after in breaks if not is_list_item(after.text)]
    if not breaks:
        return None
    widths = sorted(len(line.text) for line, _ in breaks)
    width = widths[len(widths) * 9 // 10]  # not the widest: an address may stick out
    if not _NARROWEST <= width <= _WIDEST:
        return None
    wrapped = sum(not has_room(line, after, width) and not ends_sentence(line.text) for line, after in breaks)
    return width if wrapped >= _WRAPPED_SHARE * len(breaks) else None


def paragraphs(lines: Sequence[Line], width: int | None) -> Iterator[Line]:
    """Yield each paragraph as one line with its first line's number; `width` is that of wrapped lines, None for
    others."""
    for filled, block in groupby(lines, key=lambda line: line.text != ""):
        if filled:
            together = list(block)
            yield from together if width is None else _unwrapped(together, width)


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text, max(0, len(text) - 8)) is not None


def _unwrapped(block: list[Line], width: int) -> Iterator[Line]:
    if _is_verse(block, width):
        ends = accumulate(len(line.text) + 1 for line in block[:-1])
        yield block[0]._replace(text=" ".join(line.text for line in block), breaks=tuple(end - 1 for end in ends))
        return
    margin = min(line.indent for line in block)
    start = 0
    for index in range(1, len(block) + 1):
        if index < len(block) and not _begins(block[index - 1], block[index], index - start, width, margin):
            continue
        yield block[start]._replace(text=" ".join(line.text for line in block[start:index]))
        start = index


def _is_verse(block: Sequence[Line], width: int) -> bool:
    """Return whether the line ends are deliberate, as in a poem or an address: lines far from full and of all
    lengths."""
    if len(block) < _FEWEST_VERSES or any(len(line.text) > _LONGEST_VERSE * width for line in block):
        return False
    if any(line.in_columns or not speakable(line.text) or _is_marked(line) for line in block):
        return False
    widest = max(len(line.text) for line in block)
    free = sum(has_room(line, after, widest) for line, after in pairwise(block))
    return free >= _FREE_SHARE * (len(block) - 1)


def _is_marked(line: Line) -> bool:
    return is_list_item(line.text) or is_scene_mark(line.text) or heading_of(line.text) is not None


def _begins(last: Line, line: Line, count: int, width: int, margin: int) -> bool:
    """Return whether the line begins a new paragraph rather than continuing the `count` lines before it."""
    if is_scene_mark(line.text) or is_scene_mark(last.text) or (count == 1 and heading_of(last.text)):
        return True
    if line.in_columns and last.in_columns:
        return True
    ended, room = ends_sentence(last.text), has_room(last, line, width)
    if ended and room:
        return True
    return (line.indent > margin or _is_marked(line)) and (ended or room)


def has_room(line: Line, after: Line, width: int) -> bool:
    """Return whether the next line's first word would have fitted on the line."""
    return len(line.text) + 1 + len(after.text.split(" ", 1)[0]) <= width
