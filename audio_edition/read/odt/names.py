"""The names of OpenDocument with the prefixes that its standard prints: "text:p" (OASIS OpenDocument 1.3)."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "chart": f"{_OASIS}chart:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "draw": f"{_OASIS}drawing:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "math": "http://www.w3.org/1998/Math/MathML",
    "meta": f"{_OASIS}meta:1.0",
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()}


def prefixed(tag: str) -> str:
    """Return a name of lxml with its prefix; without one if the namespace is unknown."""
    return _name(tag)


def name_of(element: etree._Element) -> str:
    """Return the element's name with its prefix, such as "text:p"; without one if the namespace is unknown."""
    return _name(element.tag) if isinstance(element.tag, str) else ""


@functools.lru_cache(1024)
def _name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return f"{prefix}:{name}" if prefix else name


@functools.lru_cache(1024)
def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def said(element: etree._Element | None, attribute: str) -> str:
    """Return an attribute's value; empty if the attribute or the element is missing."""
    return "" if element is None else element.get(_tag(attribute), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the element at a path of first children; None if one is missing."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(_tag(name)), None)
    return element


def all_in(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield all elements with these names, in document order."""
    if root is not None:
        yield from root.iter(*map(_tag, names))


def whole(text: str) -> int | None:
    """Return the whole number in the attribute, if it is one of a sane length."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
