"""Rows of tools that a page has for an article: ways to share, to print, to keep it, without a name that says so."""

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
    """Yield the lines that are tools, where several follow each other and one of them can be nothing else: an article
    may list networks."""
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
    """Return whether a line can be nothing but a tool: one word is one only where it can be pressed."""
    text = shown.text(element)
    return is_tool(text) and (" " in text or shown.of(element).links > 0)


def _row_from(element: etree._Element, shown: Shown) -> list[etree._Element]:
    """Return an element and those behind it that are tools, as long as nothing else stands between them."""
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
