"""Read DTBook, the text of a DAISY 3 book, with the names that XHTML has for the same, as the other texts are read."""

from __future__ import annotations

import copy
import re

from lxml import etree

from audio_edition.check.links import one
from audio_edition.check.reading import local

_NAMESPACE = "http://www.daisy.org/z3986/2005/dtbook/"
_RENAMED = {
    "sent": ("span", ""), "note": ("div", "notebody"), "sidebar": ("div", "sidebar"), "hd": ("h6", ""),
    "prodnote": ("div", "optional-prodnote"), "imggroup": ("div", "figure"), "bridgehead": ("h6", ""),
}  # fmt: skip
"""What an element of DTBook is called in XHTML, and the class that it has there."""
_ELEMENTS_OF_DTBOOK = frozenset({"notebody", "sidebar", "optional-prodnote", "noteref"})
"""Classes that tell in XHTML what DTBook has elements for."""
_OF_CLASS = {("p", "scene-break"): "hr", ("p", "program"): "pre", ("p", "heading"): "h6"}
_NUMBERED = re.compile(r"\s*(-?\d+)\. ")


def text_of_book(root: etree._Element) -> etree._Element:
    """Return the part of a DTBook that is read, as XHTML. Raises UnreadableError if it is no DTBook."""
    body = copy.deepcopy(one(list(root.iter(f"{{{_NAMESPACE}}}bodymatter")), "parts of a DTBook that are read"))
    for element in body.iter():
        if local(element):
            _rename(element)
    body.tag = "body"
    return body


def _rename(element: etree._Element) -> None:
    name, kind = local(element), str(element.get("class", ""))
    match name:
        case "list":
            name = _list(element)
        case "pagenum":
            name, kind = "span", f"page-{element.get('page')}"
        case "noteref":
            name, kind = "span", "noteref"
            element.set("bodyref", str(element.get("idref", "")))
        case _ if name in _RENAMED:
            name, own = _RENAMED[name]
            kind = own or kind
        case "caption" if (above := element.getparent()) is not None and local(above) != "table":
            name, kind = "div", "caption"
        case _:
            name = _OF_CLASS.get((name, kind), name)
            kind = "" if kind in _ELEMENTS_OF_DTBOOK else kind
    element.tag = name
    element.attrib.pop("class", None)
    if kind:
        element.set("class", kind)


def _list(element: etree._Element) -> str:
    """Return what a list is in XHTML. The numbers of one that writes them become values."""
    kind = str(element.get("type"))
    if kind != "pl":
        return "ol" if kind == "ol" else "ul"
    for item in element:
        if local(item) == "li" and (found := _NUMBERED.match(item.text or "")):
            item.set("value", found[1])
            item.text = str(item.text)[found.end() :]
    return "ol"
