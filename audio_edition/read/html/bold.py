"""Treats bold paragraphs as subheadings on pages and in feeds that have no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.errors import in_brief
from audio_edition.model import Finding
from audio_edition.read.bold_lines import Line, Look, find_headings
from audio_edition.read.markup.elements import heading_level, is_block, is_shown, name_of

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_STANDS_APART = frozenset({"blockquote", "dl", "figure", "ol", "pre", "table", "ul"})
_HOLDERS = frozenset({"article", "body", "center", "div", "main", "section", "td"})
_SHORT = 110
_LEAST = 2
_MOST_PARTS = 40
_LONG_WORD = 4


def bold_lines(root: etree._Element) -> list[Finding]:
    """Turn wholly bold paragraphs into headings, if several stand between others and the page has no headings; return a
    finding that names the remaining ones."""
    headings = [each for each in root.iter(etree.Element) if heading_level(each)]
    if headings and not (len(headings) == 1 and _is_first(headings[0], root)):
        return []
    for block in {parent for each in root.iter("b", "strong") if (parent := _block_around(each)) is not None}:
        _write_paragraphs(block)
    _part_from_text(root)
    left = find_headings([*_lines(root)])
    for heading in root.iter("h1", "h2", "h3", "h4"):
        for each in heading.iter(etree.Element):  # a heading needs no emphasis on all of it
            each.tag = "span" if name_of(each) in ("b", "strong") else each.tag
            if style := each.get("style"):
                each.set("style", _BOLD.sub("", style))
    if not left:
        return []
    message = f"Lines in bold that may be subheadings are read as text: “{in_brief('”, “'.join(left))}”."
    return [Finding("bold-lines", "note", message, remedy="Mark them as headings, if they are.")]


def _is_first(heading: etree._Element, root: etree._Element) -> bool:
    """Return whether no text comes before a heading, which makes it the title."""
    around = set(heading.iterancestors())
    for each in root.iter(etree.Element):
        if each is heading:
            return True
        if (each.text or "").strip() or (each not in around and (each.tail or "").strip()):
            return False
    return True


def _block_around(bold: etree._Element) -> etree._Element | None:
    """Return the block in which a bold line stands alone between the breaks that separate its paragraphs; else None."""
    before, after, parent = bold.getprevious(), bold.getnext(), bold.getparent()
    if parent is None or name_of(parent) not in _HOLDERS or (bold.tail or "").strip():
        return None
    text_before = (parent.text if before is None else before.tail) or ""
    if text_before.strip() or not all(
        each is None or name_of(each) == "br" or is_block(each) for each in (before, after)
    ):
        return None
    return parent if next(parent.iter("br"), None) is not None else None


def _write_paragraphs(block: etree._Element) -> None:
    """Make paragraphs of the parts of a block between double breaks."""
    children = [*block]
    paragraph = etree.Element("p")
    paragraph.text, block.text = block.text, None
    for child in children:
        tail, child.tail = child.tail, None
        block.remove(child)
        is_second = name_of(child) == "br" and len(paragraph) > 0 and _ends_in_break(paragraph)
        if is_second or is_block(child):
            if is_second:
                paragraph.remove(paragraph[-1])
            _end(paragraph, block)
            block.extend([] if is_second else [child])
            paragraph = etree.Element("p")
            paragraph.text = tail
        else:
            paragraph.append(child)
            child.tail = tail
    _end(paragraph, block)


def _ends_in_break(paragraph: etree._Element) -> bool:
    return name_of(paragraph[-1]) == "br" and not (paragraph[-1].tail or "").strip()


def _end(paragraph: etree._Element, block: etree._Element) -> None:
    if len(paragraph) or (paragraph.text or "").strip():
        block.append(paragraph)


def _part_from_text(root: etree._Element) -> None:
    """Split off bold lines that begin paragraphs, if there are several."""
    found = [each for each in root.iter("p") if _begins_in_bold(each)]
    alone = any(_is_bold(each) and 0 < len("".join(each.itertext()).strip()) <= _SHORT for each in root.iter("p"))
    for paragraph in found if len(found) + alone >= _LEAST else ():
        line = etree.Element("p")
        paragraph.addprevious(line)
        line.append(paragraph[0])
        line[0].tail = None
        behind = paragraph[0].tail
        paragraph.remove(paragraph[0])
        paragraph.text = behind


def _begins_in_bold(paragraph: etree._Element) -> bool:
    """Return whether the first line of a paragraph is all bold and more follows."""
    if (paragraph.text or "").strip() or len(paragraph) < 2 or name_of(paragraph[1]) != "br":
        return False
    bold, rest = paragraph[0], paragraph[1].tail
    text = "".join(bold.itertext()).strip()
    return (
        name_of(bold) in ("b", "strong")
        and not (bold.tail or "").strip()
        and 0 < len(text) <= _SHORT
        and next(bold.iter("br"), None) is None
        and bool((rest or "").strip() or len(paragraph) > 2)
    )


def _lines(root: etree._Element) -> Iterator[Line]:
    """Yield the paragraphs of a page with their looks, and the other blocks between them."""
    waiting = [iter(root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif not is_shown(element) or not is_block(element):
            continue
        elif name_of(element) in _STANDS_APART:
            yield Line(element)
        elif any(is_block(each) for each in element.iterdescendants(etree.Element)):
            waiting.append(iter(element))
        elif text := " ".join("".join(element.itertext()).split()):
            is_capitals = text.isupper() and sum(map(str.isalpha, text)) > _LONG_WORD
            yield Line(element, text, Look(_is_bold(element), False, is_capitals, 0))


def _is_bold(element: etree._Element) -> bool:
    """Return whether all text of an element is bold."""
    waiting = [(element, False)]
    parts = 0
    while waiting:
        each, is_bold = waiting.pop()
        style = each.get("style") or ""
        is_bold = not _PLAIN.search(style) and (
            is_bold or name_of(each) in ("b", "strong") or bool(_BOLD.search(style))
        )
        parts += 1
        if parts > _MOST_PARTS or ((each.text or "").strip() and not is_bold):
            return False
        for child in each:
            if (child.tail or "").strip() and not is_bold:
                return False
            waiting.append((child, is_bold))
    return True
