"""Reads a list's numbering (https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element)."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from audio_edition.model import ListStyle
from audio_edition.read.markup.elements import is_shown, name_of, whole_number

LISTS = frozenset({"dir", "menu", "ol", "ul"})
_STYLES: dict[str, ListStyle] = {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I"}
_CSS_STYLES: dict[str, ListStyle] = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_DOTS = frozenset({"circle", "disc", "none", "square"})
_CSS = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)?)\s*(?:;|!|$)", re.IGNORECASE)


class Numbering(NamedTuple):
    """How the items of a list are numbered."""

    is_ordered: bool
    start: int = 1
    is_reversed: bool = False
    style: ListStyle = "1"


def numbering_of(items: etree._Element) -> Numbering:
    """Return a list's numbering: none if a page shows bullets."""
    said = items.get("type", "").strip()
    found = _CSS.search(items.get("style", ""))
    css = found[1].lower() if found else ""
    if name_of(items) != "ol" or said.lower() in _DOTS or css in _DOTS:
        return Numbering(False)
    style = _CSS_STYLES.get(css) or _STYLES.get(said, "1")
    is_reversed = items.get("reversed") is not None
    start = whole_number(items.get("start"))
    if start is None:
        start = sum(name_of(item) == "li" and is_shown(item) for item in items) if is_reversed else 1
    return Numbering(True, start, is_reversed, style)
