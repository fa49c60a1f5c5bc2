"""Marks scene changes that are shown only by an empty line, in stories without empty lines between paragraphs."""

from __future__ import annotations

from collections.abc import Set

from lxml import etree

_LEAST_PARAGRAPHS = 20
_MOST_SHARE = 0.08
"""Share of the gaps between paragraphs. If more have an empty line, the document uses it for all paragraphs."""

_LEAST_SHARE_OF_TEXT = 0.9
"""A document with lists, tables and pictures is not a story and has other separators."""

_TEXT = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr", "p"})


def mark_scenes(root: etree._Element, before_blank: Set[etree._Element]) -> None:
    """Put a rule between paragraphs separated by an empty one.

    `before_blank` are the blocks followed by an empty paragraph.
    """
    blocks = list(root)
    texts = [each for each in blocks if each.tag in _TEXT and each.find(".//img") is None]
    between = [each for each in texts if _is_text(each) and _is_text(each.getnext())]
    parted = [each for each in between if each in before_blank]
    if len(between) < _LEAST_PARAGRAPHS or len(texts) < _LEAST_SHARE_OF_TEXT * len(blocks):
        return
    if len(parted) <= _MOST_SHARE * len(between):
        for each in parted:
            each.addnext(etree.Element("hr"))


def _is_text(element: etree._Element | None) -> bool:
    """Return whether a block is a paragraph with words."""
    return element is not None and element.tag == "p" and any(str(text).strip() for text in element.itertext())
