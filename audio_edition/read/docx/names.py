"""The names of Office Open XML with the prefixes that ECMA-376 prints: "w:p". The strict variant has other
namespaces."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from lxml import etree

_SPACES = {
    "w": (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    "r": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    "m": (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ),
    "wp": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    "a": ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    "pic": (
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://purl.oclc.org/ooxml/drawingml/picture",
    ),
    "c": ("http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart"),
    "cx": ("http://schemas.microsoft.com/office/drawing/2014/chartex",),
    "dgm": (
        "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "http://purl.oclc.org/ooxml/drawingml/diagram",
    ),
    "p": (
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://purl.oclc.org/ooxml/presentationml/main",
    ),
    "a14": ("http://schemas.microsoft.com/office/drawing/2010/main",),
    "mc": ("http://schemas.openxmlformats.org/markup-compatibility/2006",),
    "v": ("urn:schemas-microsoft-com:vml",),
    "o": ("urn:schemas-microsoft-com:office:office",),
    "adec": ("http://schemas.microsoft.com/office/drawing/2017/decorative",),
    "wne": ("http://schemas.microsoft.com/office/word/2006/wordml",),
    "w14": ("http://schemas.microsoft.com/office/word/2010/wordml",),
}
OFF = frozenset({"0", "false", "off", "none"})
"""Values that turn a property off, and the one for no underline."""

DELETED = frozenset({"w:del", "w:moveFrom"})
"""Elements that disappear once all changes are accepted."""

MARKS = frozenset(
    {
        "w:bookmarkEnd", "w:bookmarkStart", "w:commentRangeEnd", "w:commentRangeStart", "w:customXmlPr",
        "w:moveFromRangeEnd", "w:moveFromRangeStart", "w:moveToRangeEnd", "w:moveToRangeStart", "w:pPr", "w:permEnd",
        "w:permStart", "w:proofErr", "w:rPr", "w:sdtEndPr", "w:sdtPr", "w:sectPr", "w:smartTagPr", "w:tblGrid",
        "w:tblPr", "w:tcPr", "w:trPr",
    }
)  # fmt: skip
"""Elements without text of their own. Other unknown elements only wrap their contents."""

_PREFIXES = {space: prefix for prefix, spaces in _SPACES.items() for space in spaces}


def name_of(element: etree._Element) -> str:
    """Return the element's name with its prefix, such as "w:p"; without one if the namespace is unknown."""
    return _name(element.tag) if isinstance(element.tag, str) else ""


@functools.lru_cache(1024)
def _name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return f"{prefix}:{name}" if prefix else name


@functools.lru_cache(1024)
def _tags(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return tuple(f"{{{space}}}{local}" for space in _SPACES[prefix])


def said(element: etree._Element | None, attribute: str = "w:val") -> str:
    """Return an attribute's value; empty if the attribute or the element is missing."""
    if element is None:
        return ""
    values = (element.get(tag) for tag in _tags(attribute))
    return next((value for value in values if value is not None), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the element at a path of first children; None if one is missing."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_tags(name)), None)
    return element


def all_in(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield all elements with these names, in document order."""
    if root is not None:
        yield from root.iter(*(tag for name in names for tag in _tags(name)))


def last_in(element: etree._Element) -> etree._Element | None:
    """Return the last child in constant time; None if there is none."""
    return next(element.iterchildren(reversed=True), None)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Return whether a property is present and not turned off (ECMA-376 1, 17.17.4)."""
    found = child(properties, name)
    return found is not None and said(found) not in OFF


def choice(alternate: etree._Element) -> etree._Element:
    """Return the first of the alternative forms of the same content."""
    return next((each for each in alternate if name_of(each) in ("mc:Choice", "mc:Fallback")), alternate)


def whole(text: str) -> int | None:
    """Return the whole number in the attribute, if it is one of a sane length."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
