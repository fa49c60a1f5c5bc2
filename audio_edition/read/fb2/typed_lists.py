"""Rebuilds lists that are written as paragraphs: FictionBook has no lists, so programs type their marks.

An inner item repeats the marks of those above it: "1. One", "1. • Under", "2. Two".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Finding
from audio_edition.read.tree import name_of

_MARK = re.compile(r"(?:(•)|(\d{1,3})\.)[ \u00a0]+")
_LEAST = 2
"""Paragraphs in a row: one alone may be a sentence that begins with a number."""

_DEEPEST = 9
Path = tuple[int, ...]
"""The marks of an item from the outside in: a number, or 0 for a bullet."""


def rebuild_lists(root: etree._Element) -> Iterator[Finding]:
    """Turn rows of paragraphs with typed marks into lists; yield a finding that quotes the marks."""
    marks: list[str] = []
    for parent in dict.fromkeys(paragraph.getparent() for paragraph in root.iter("p")):
        for row in _rows(parent) if parent is not None else ():
            marks += _rebuild(row)
    if marks:
        yield Finding(
            "list-marks", "note", "Left out: the numbers typed before the items of lists.", text=" ".join(marks)
        )


def _rows(parent: etree._Element) -> Iterator[list[tuple[Path, etree._Element]]]:
    """Yield the rows of paragraphs in an element that all have marks, and go on from one to the next."""
    row: list[tuple[Path, etree._Element]] = []
    for child in [*parent, None]:
        path = _path_of(child) if child is not None and name_of(child) == "p" else ()
        if row and not (path and _goes_on(row, path)):
            if len(row) >= _LEAST or row[0][0][0] == 0:
                yield row
            row = []
        if path and child is not None:
            row.append((path, child))


def _path_of(paragraph: etree._Element) -> Path:
    text, path, end = _first_text(paragraph), list[int](), 0
    while (found := _MARK.match(text, end)) and len(path) < _DEEPEST:
        path.append(0 if found[1] else int(found[2]))
        end = found.end()
    return tuple(path)


def _first_text(paragraph: etree._Element) -> str:
    holder = _holder(paragraph)
    return "" if holder is None else holder.text or ""


def _holder(paragraph: etree._Element) -> etree._Element | None:
    """Return the element that holds a paragraph's first text."""
    return next((each for each in paragraph.iter("p", "span") if (each.text or "").strip()), None)


def _goes_on(row: list[tuple[Path, etree._Element]], path: Path) -> bool:
    """Return whether an item follows the one before: the next of its level or of one above, or the first below."""
    before = row[-1][0]
    if len(path) > len(before):
        return path[: len(before)] == before and path[len(before) :] in ((0,), (1,))
    above, last = path[:-1], path[-1]
    return before[: len(above)] == above and last == (before[len(above)] + 1 if before[len(above)] else 0)


def _rebuild(row: list[tuple[Path, etree._Element]]) -> Iterator[str]:
    """Put a row of paragraphs into a list in the place of the first; yield the marks."""
    outer = _list_for(row[0][0][0])
    row[0][1].addprevious(outer)
    lists = [outer]
    for path, paragraph in row:
        del lists[len(path) :]
        if len(lists) < len(path):
            lists.append(etree.SubElement(lists[-1][-1], _list_for(path[-1]).tag))
        yield from _marks_of(paragraph, len(path))
        paragraph.tail = None
        etree.SubElement(lists[-1], "li").append(paragraph)


def _list_for(number: int) -> etree._Element:
    return etree.Element("ol", start=str(number)) if number else etree.Element("ul")


def _marks_of(paragraph: etree._Element, count: int) -> Iterator[str]:
    """Remove the marks of a paragraph, and yield them."""
    holder = _holder(paragraph)
    for _ in range(count):
        if holder is not None and (found := _MARK.match(holder.text or "")):
            yield found[0].strip()
            holder.text = (holder.text or "")[found.end() :]
