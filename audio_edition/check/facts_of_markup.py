"""List the lists, tables, pictures, notes and links in the elements that hold the text of some chapters."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator

from lxml import etree

from audio_edition.check.facts import KINDS, Document, Fact, Facts, canonical, stem
from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import is_external, local, one_spaced, target_of, unspaced, within
from audio_edition.check.wording import written_in
from audio_edition.model import PRODUCER_NOTE

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def facts_of_markup(document: Document, manifest: Manifest) -> Facts:
    """Return what a document shows of each kind."""
    facts: Facts = {kind: [] for kind in KINDS}
    said = {cue.id for cue in manifest.cues}
    for root in document.roots:
        for element in root.iter():
            if local(element):
                for kind, fact in _of_element(element, document, said):
                    facts[kind].append(fact)
    return facts


def _of_element(element: etree._Element, document: Document, said: set[str]) -> Iterator[tuple[str, Fact]]:  # noqa: C901 - a case an element
    classes, role = set(str(element.get("class", "")).split()), element.get("role")
    match local(element).lower():
        case "ol" | "ul":
            yield "lists", _list(element)
        case "dl":
            terms = [inner for inner in element if local(inner) == "dt" and unspaced(written_in(inner))]
            yield "lists of terms", (len(terms), sum(local(inner) == "dd" for inner in element))
        case "table":
            yield "tables", tuple(tuple(map(_shown_cell, row)) for row in rows_of(element))
        case "blockquote":
            yield "quotations", (1 + sum(local(above) == "blockquote" for above in element.iterancestors()),)
        case "pre":
            yield "programs", ("".join(element.itertext()).count("\n") + 1,)
        case "img" if not _is_in_program(element):
            source = urllib.parse.unquote(str(element.get("src", "")))
            yield "pictures", (stem(source), unspaced(str(element.get("alt", ""))))
        case "figure":
            yield "figures", ()
        case "aside":
            yield ("producer's notes" if PRODUCER_NOTE in classes else "boxes"), ()
        case "hr":
            yield "scene breaks", ()
        case "a" if is_external(str(element.get("href", ""))):
            yield "links", (canonical(str(element.get("href"))), unspaced(written_in(element)))
        case name if name in _HEADINGS:
            yield "headings", (unspaced(written_in(element)),)
    if role == "doc-footnote" or (not document.html5 and "notebody" in classes):
        yield "notes", (_first_said(element, said),)
    if "noteref" in classes:
        yield "marks of notes", (_owner(element, said), _first_said(_note_of(element, document), said))
    if ("description" in classes and local(element) == "details") or "optional-prodnote" in classes:
        yield "descriptions", ()
    if role == "doc-pagebreak" or classes & {"page-front", "page-normal", "page-special"}:
        yield "page breaks", (one_spaced(str(element.get("aria-label") or within(element))),)
    if not document.html5:
        yield from (("figures", ()) for _ in classes & {"figure"})
        yield from (("boxes", ()) for _ in classes & {"sidebar"})


def _is_in_program(element: etree._Element) -> bool:
    """A picture in a program is a sign of it: formats differ in what they can show there."""
    return any(local(above) == "pre" for above in element.iterancestors())


def _list(element: etree._Element) -> Fact:
    depth = 1 + sum(local(above) in ("ol", "ul") for above in element.iterancestors())
    items = [inner for inner in element if local(inner) == "li"]
    if local(element) == "ul":
        return (depth, *["•"] * len(items))
    falls = element.get("reversed") is not None
    number, found = int(element.get("start") or (len(items) if falls else 1)), []
    for item in items:
        number = int(item.get("value") or number)
        found.append(number)
        number += -1 if falls else 1
    return (depth, *found)


def rows_of(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row of a table; a row that is there only because each must have a cell has none."""
    for row in table.iter():
        if local(row) == "tr" and _table_of(row) is table:
            cells = [cell for cell in row if local(cell) in ("td", "th")]
            yield [] if len(cells) == 1 and not cells[0].attrib and not len(cells[0]) else cells


def _table_of(row: etree._Element) -> etree._Element | None:
    return next((above for above in row.iterancestors() if local(above) == "table"), None)


def _shown_cell(cell: etree._Element) -> Fact:
    header = {"col": "column", "row": "row"}.get(str(cell.get("scope")), "") if local(cell) == "th" else ""
    return (header, int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)), unspaced(written_in(cell)))


def _first_said(element: etree._Element | None, said: set[str]) -> str:
    """Return the id of the first sentence in an element."""
    if element is None:
        return "nowhere"
    return next((str(inner.get("id")) for inner in element.iter() if inner.get("id") in said), "")


def _owner(element: etree._Element, said: set[str]) -> str:
    """Return the id of the sentence that contains an element."""
    return next((str(above.get("id")) for above in element.iterancestors() if above.get("id") in said), "")


def _note_of(mark: etree._Element, document: Document) -> etree._Element | None:
    """Return the element that a note's mark links to."""
    address = str(mark.get("bodyref") or mark.get("href") or "")
    name, fragment = target_of(address, document.name)
    return document.ids.get(f"{name}#{fragment}")
