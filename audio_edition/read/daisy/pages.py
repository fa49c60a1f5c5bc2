"""Converts the pages of a DAISY 2.02 book, which mark what may be skipped by classes (DAISY 2.02, 2.4)."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.markup.elements import classes_of

_PAGES = frozenset({"page-front", "page-normal", "page-special"})


def write_page(page: etree._Element, out: etree._Element) -> None:
    """Move what a page shows to the end of an element."""
    body = page.find("body")
    body = page if body is None else body
    for element in list(body.iter("a", "span", "div")):
        classes = classes_of(element)
        if classes & _PAGES:
            element.set("role", "doc-pagebreak")
            _unwrap(element)
        elif "noteref" in classes and (reference := element.get("bodyref") or _inner_link(element)):
            _unwrap(element)
            element.tag = "a"
            element.set("role", "doc-noteref")
            element.set("href", f"#{reference.rpartition('#')[2]}")
        elif "notebody" in classes:
            element.tag = "aside"
            element.set("role", "doc-footnote")
    for link in body.iter("a"):
        href = link.get("href", "")
        if ".smil" in href.lower():
            link.tag = "span"  # it leads to the sound of what stands there
        elif "#" in href and ":" not in href.partition("#")[0]:
            link.set("href", f"#{href.rpartition('#')[2]}")
    part = etree.SubElement(out, "div")
    part.text = body.text
    part.extend(list(body))


def _inner_link(element: etree._Element) -> str:
    return next((link.get("href", "") for link in element.iter("a") if "#" in link.get("href", "")), "")


def _unwrap(element: etree._Element) -> None:
    """Leave only the text of an element, without the links in it."""
    text = "".join(map(str, element.itertext()))
    for each in list(element):
        element.remove(each)
    element.text = text
