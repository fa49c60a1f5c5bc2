"""Finds rows of tools on a page that have no telling name: ways to share, print or save an article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from audio_edition.read.html.labels import is_network, is_tool
from audio_edition.read.html.shown import Shown
from audio_edition.read.markup.elements import is_block, name_of

_ROWS = frozenset({"div", "header", "li", "ol", "p", "section", "span", "ul"})
_LONGEST_LINE = 40
_LONGEST_ROW = 400
_LONGEST_CHAIN = 100
_FEWEST = 2


def tools(place: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield lines that are tools, if several follow each other and at least one is unambiguous: an article may list
    social networks."""
    last = shown.of(place).last
    at = shown.of(place).first
    while at < last:
        element = shown.elements[at]
        row = _row_from(element, shown)
        if len(row) >= _FEWEST and any(_is_certain(each, shown) for each in row):
            yield from row
            at = shown.of(row[-1]).last
        else:
            at += 1


def _is_certain(element: etree._Element, shown: Shown) -> bool:
    """Return whether a line must be a tool: a single word is one only on a button or link."""
    text = shown.text(element)
    return is_tool(text) and (" " in text or shown.of(element).links > 0)


def _row_from(element: etree._Element, shown: Shown) -> list[etree._Element]:
    """Return an element and the tools after it, up to other content."""
    row: list[etree._Element] = []
    if not shown.of(element).written:
        return row
    for each in chain([element], islice(element.itersiblings(etree.Element), _LONGEST_CHAIN)):
        if each not in shown or not shown.of(each).written:
            continue
        if not _is_line_of_tools(each, shown):
            break
        row.append(each)
        if (each.tail or "").strip():
            break
    return row


def _is_line_of_tools(element: etree._Element, shown: Shown) -> bool:
    measure = shown.of(element)
    if name_of(element) not in _ROWS or measure.written > _LONGEST_ROW or measure.headings:
        return False
    if not (is_block(element) or name_of(element) == "span"):
        return False
    text = shown.text(element)
    return len(text) <= _LONGEST_LINE and (is_tool(text) or is_network(text))
