"""Splits paragraphs that hold several notes as lines, so that each note is an element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import is_block, name_of
from audio_edition.read.markup.note_signs import LINE, Link, begins, block_around, is_line

_MOST_LINES = 2_000


def with_lines_apart(root: etree._Element, links: Iterable[Link]) -> None:
    """Wrap each line that begins with a link target, and what follows it, in an element of its own, in paragraphs that
    hold several targets."""
    wanted = {link.place for link in links}
    found: dict[etree._Element, int] = {}
    for element in root.iter(etree.Element):
        if element.get("id") in wanted or element.get("name") in wanted:
            block = block_around(element)
            if block is not element and not is_line(block):
                found[block] = found.get(block, 0) + 1
    for block, count in found.items():
        if count > 1 and block is not root and _can_be_parted(block):
            _part(block, wanted)


def _can_be_parted(block: etree._Element) -> bool:
    return any(name_of(each) == "br" for each in block) and not any(is_block(each) for each in block)


def _part(block: etree._Element, wanted: set[str]) -> None:
    lines = list(_lines(block))
    opened = [line for line in lines if line and _begins_with_place(line, block, wanted)]
    if len(opened) < 2 or len(lines) > _MOST_LINES:
        return
    starts = {line[0] for line in opened}
    wrapper: etree._Element | None = None
    for each in list(block):
        if each in starts:
            wrapper = etree.Element("span")
            wrapper.set("class", LINE)
            each.addprevious(wrapper)
        if wrapper is not None:
            wrapper.append(each)


def _lines(block: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the elements of each line that begins with a target. The text after them goes along."""
    line: list[etree._Element] = []
    is_open = not (block.text or "").strip()
    for each in block:
        if name_of(each) == "br":
            yield line
            line = []
            is_open = not (each.tail or "").strip()
        elif is_open:
            line.append(each)
    yield line


def _begins_with_place(line: list[etree._Element], block: etree._Element, wanted: set[str]) -> bool:
    first = line[0]
    for each in first.iter(etree.Element):
        if each.get("id") in wanted or each.get("name") in wanted:
            return begins(each, first)
        if speakable(each.text or "") and name_of(each) != "a":
            return False
    return False
