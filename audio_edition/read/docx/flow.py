"""Nests consecutive paragraphs: items in lists, quotations in one quotation, lines of code in one block."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from audio_edition.model import ListStyle
from audio_edition.read.docx.names import last_in
from audio_edition.read.docx.numbering import Mark

_DEEPEST = 12
NEAR = 60
"""Twentieths of a point by which indents that look the same may differ."""


@dataclass(slots=True)
class _OpenList:
    """A list that can take further items; `number` is the next item's, `dotted` tells that items have bullets."""

    id: str
    depth: int
    indent: int | None
    style: ListStyle | None
    element: etree._Element
    item: etree._Element
    number: int
    dotted: bool


class Flow:
    """Puts what is written into an element."""

    def __init__(self, out: etree._Element) -> None:
        self._out = out
        self._lists: list[_OpenList] = []

    @property
    def lists(self) -> frozenset[str]:
        """The open lists."""
        return frozenset(each.id for each in self._lists)

    @property
    def indent(self) -> int:
        """The indent of the last item's text."""
        return (self._lists[-1].indent or 0) if self._lists else 0

    @property
    def last(self) -> etree._Element | None:
        """The last element put outside any list."""
        return None if self._lists else last_in(self._out)

    @property
    def is_in_code(self) -> bool:
        """Whether the last element is a line of code."""
        return self.last is not None and self.last.tag == "pre"

    def is_in(self, element: etree._Element) -> bool:
        """Return whether this flow writes into the given element."""
        return self._out is element

    @property
    def place(self) -> etree._Element:
        """The element to which what follows the last paragraph belongs."""
        return self._lists[-1].item if self._lists else self._out

    def block(self, written: etree._Element) -> None:
        """Put an element outside any list."""
        self._lists.clear()
        self._out.append(written)

    def quoted(self, written: etree._Element) -> None:
        """Put a paragraph of a quotation."""
        self._wrapper("blockquote").append(written)

    def defined(self, written: etree._Element, tag: str) -> None:
        """Put a term or its definition."""
        written.tag = tag
        self._wrapper("dl").append(written)

    def code(self, written: etree._Element) -> None:
        """Put a line of code."""
        block = self._wrapper("pre")
        if (before := last_in(block)) is not None:
            before.tail = "\n"
        block.append(written)

    def item(self, written: etree._Element, mark: Mark, indent: int | None) -> None:
        """Put the first paragraph of a list item."""
        self._close_to(mark, indent)
        top = self._lists[-1] if self._lists else None
        if top is None or (top.id, top.depth, top.style) != (mark.list, mark.depth, mark.style):
            top = self._opened(mark, indent)
        item = top.item = etree.SubElement(top.element, "li")
        if mark.style is not None and mark.number != top.number:
            item.set("value", str(mark.number))
        top.number = mark.number + 1
        item.append(written)

    def continued(self, written: etree._Element, indent: int | None) -> None:
        """Put a further paragraph of the open list's item."""
        while len(self._lists) > 1 and indent is not None and (self._lists[-1].indent or 0) > indent + NEAR:
            self._lists.pop()
        self.place.append(written)

    def _wrapper(self, tag: str) -> etree._Element:
        self._lists.clear()
        last = self.last
        return last if last is not None and last.tag == tag else etree.SubElement(self._out, tag)

    def _close_to(self, mark: Mark, indent: int | None) -> None:
        """Close the lists that do not contain the item."""
        for at, open_list in enumerate(self._lists):
            if (open_list.id, open_list.depth) == (mark.list, mark.depth):
                del self._lists[at + 1 :]
                if open_list.style != mark.style:
                    self._lists.pop()
                return
        while self._lists and not _is_below(mark, indent, self._lists[-1]):
            if _is_beside(mark, indent, self._lists[-1]):
                self._lists[-1].id, self._lists[-1].depth = mark.list, mark.depth
                return
            self._lists.pop()
        del self._lists[_DEEPEST - 1 :]

    def _opened(self, mark: Mark, indent: int | None) -> _OpenList:
        element = etree.SubElement(self.place, "ul" if mark.style is None else "ol")
        if mark.style not in (None, "1"):
            element.set("type", str(mark.style))
        if mark.style is not None and mark.number != 1:
            element.set("start", str(mark.number))
        opened = _OpenList(
            mark.list,
            mark.depth,
            indent,
            mark.style,
            element,
            element,
            mark.number,
            mark.style is None and not mark.text,
        )
        self._lists.append(opened)
        return opened


def _is_below(mark: Mark, indent: int | None, around: _OpenList) -> bool:
    """Return whether an item's list is nested in an item of another."""
    if around.id == mark.list:
        return around.depth < mark.depth
    if indent is None or around.indent is None:
        return around.depth < mark.depth
    return around.indent + NEAR < indent


def _is_beside(mark: Mark, indent: int | None, last: _OpenList) -> bool:
    """Return whether a bulleted item continues another list; bullets look alike in all lists."""
    if mark.style is not None or mark.text or last.style is not None or not last.dotted:
        return False
    if indent is None or last.indent is None:
        return last.depth == mark.depth
    return abs(last.indent - indent) <= NEAR
