"""Paragraphs in bold that head what follows, on pages and in feeds that have no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Finding
from audio_edition.read.bold_lines import Line, Look, find_headings
from audio_edition.read.lines import in_brief
from audio_edition.read.markup.elements import heading_level, is_block, is_shown, name_of

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_STANDS_APART = frozenset({"blockquote", "dl", "figure", "ol", "pre", "table", "ul"})
_SHORT = 110
_LEAST = 2
_MOST_PARTS = 40
_LONG_WORD = 4


def bold_lines(root: etree._Element) -> list[Finding]:
    """Turn paragraphs that are wholly bold into headings, where several stand between others and there are none; return
    a finding that names those that were left."""
    if any(map(heading_level, root.iter(etree.Element))):
        return []
    _part_from_text(root)
    left = find_headings([*_lines(root)])
    if not left:
        return []
    message = f"Lines in bold that may be subheadings are read as text: “{in_brief('”, “'.join(left))}”."
    return [Finding("bold-lines", "note", message, remedy="Mark them as headings, if they are.")]


def _part_from_text(root: etree._Element) -> None:
    """Make paragraphs of their own of lines in bold that begin others, if several do."""
    found = [each for each in root.iter("p") if _begins_in_bold(each)]
    for paragraph in found if len(found) >= _LEAST else ():
        line = etree.Element("p")
        paragraph.addprevious(line)
        line.append(paragraph[0])
        line[0].tail = None
        behind = paragraph[0].tail
        paragraph.remove(paragraph[0])
        paragraph.text = behind


def _begins_in_bold(paragraph: etree._Element) -> bool:
    """Return whether the first line of a paragraph is all in bold, and more follows."""
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
    """Yield the paragraphs of a page with their looks, and what stands between them."""
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
    """Return whether all that is written in an element is bold."""
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
