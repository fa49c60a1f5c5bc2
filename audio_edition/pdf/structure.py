"""Reads what a PDF says of itself as a whole: tags, metadata, filled-in fields, by pikepdf. Runs in the child process.

The tree of tags (ISO 32000-1, 14.7) is walked with a stack: it may be deep, or lead back to itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from audio_edition.pdf.facts import CONTENTS_OF_FORM, Field, Node, Statements
from audio_edition.pdf.forms import forms_drawn_by
from audio_edition.sources.parser import safe_parser

_MOST_NODES = 250_000
_MOST_FIELDS = 5_000
_DEEPEST_FIELD = 30
_LONGEST_TEXT = 20_000
_LONGEST_NAME = 100
_MOST_METADATA_BYTES = 2_000_000
_COPYING_BIT = 1 << 4
"""Permission to take text out (ISO 32000-1, table 22, bit 5)."""

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_UNTITLED = re.compile(r"untitled\W*", re.IGNORECASE)
_OF_CELLS = {"/ColSpan": "colspan", "/RowSpan": "rowspan", "/Scope": "scope", "/ListNumbering": "numbering"}


def statements_of(data: bytes, pages: int) -> Statements:
    """Return the statements of a document, as far as they can be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return _Read(document).statements(pages)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, MemoryError):
        return Statements(pages, troubles=("structure",))


class _Read:
    """Reads one document. A part that is broken is left out, and named."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._root = document.Root
        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        self._troubles: list[str] = []
        self._forms: dict[int, list[tuple[int, int]]] = {}

    def statements(self, pages: int) -> Statements:
        about, authors = self._part("metadata", self._about, ({}, ()))
        nodes = self._part("tags", lambda: tuple(self._nodes()), ())
        fields = self._part("fields", lambda: tuple(self._fields()), ())
        may_be_copied = not self._document.is_encrypted or bool(int(self._document.encryption.P) & _COPYING_BIT)
        return Statements(pages, (), about, authors, (), nodes, fields, tuple(self._troubles), may_be_copied)

    def _part(self, name: str, read: Any, without: Any) -> Any:
        try:
            return read()
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
            self._troubles.append(name)
            return without

    # --- metadata

    def _about(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return the facts about the document and its authors: those of XMP before those of the dictionary."""
        written = self._document.trailer.get("/Info")
        info = {
            name: _string_value(written, f"/{name}")
            for name in ("Title", "Author", "Subject", "Keywords", "CreationDate")
        }
        xmp = dict(self._xmp())
        about = {
            "title": xmp.get("title") or info["Title"],
            "published": _date(xmp.get("date", "")) or _date(info["CreationDate"]),
            "description": xmp.get("description") or info["Subject"],
            "keywords": info["Keywords"] or xmp.get("subject", ""),
            "publisher": xmp.get("publisher", ""),
            "rights": xmp.get("rights", ""),
            "identifier": xmp.get("identifier", ""),
            "language": _string_value(self._root, "/Lang") or xmp.get("language", ""),
            "is_tagged": "yes" if self._is_marked() else "",
        }
        authors = xmp.get("creator", "") or info["Author"]
        return about, tuple(filter(None, (name.strip() for name in re.split(r"[;\n]", authors))))

    def _is_marked(self) -> bool:
        return "/StructTreeRoot" in self._root

    def _xmp(self) -> Iterator[tuple[str, str]]:
        """Yield the facts of XMP (ISO 16684-1) that come from Dublin Core, those of a list on lines."""
        if "/Metadata" not in self._root:
            return
        packet = self._root.Metadata.read_bytes()
        if len(packet) > _MOST_METADATA_BYTES:
            return
        from lxml import etree

        try:
            root = etree.fromstring(packet.strip(b"\0 \r\n\t"), safe_parser())
        except (etree.XMLSyntaxError, ValueError):
            return
        for element in root.iter(f"{_DUBLIN_CORE}*"):
            lines = (line.strip() for line in map(str, element.itertext()))
            yield str(element.tag).removeprefix(_DUBLIN_CORE), "\n".join(filter(None, lines))[:_LONGEST_TEXT]

    # --- tags

    def _nodes(self) -> Iterator[Node]:
        """Yield the elements of the tree of tags and their marked content, parents first, in order."""
        root = self._root.get("/StructTreeRoot")
        if root is None:
            return
        roles = _roles(root)
        seen: set[tuple[int, int]] = set()
        waiting: list[tuple[Any, int, int]] = [(kid, -1, -1) for kid in reversed(_kids(root))]
        count = 0
        while waiting and count < _MOST_NODES:
            found, parent, page = waiting.pop()
            node = self._node(found, parent, page, roles, seen)
            if node is None:
                continue
            yield node
            if node.kind and node.kind != "OBJR":
                waiting.extend((kid, count, node.page) for kid in reversed(_kids(found)))
            count += 1

    def _node(
        self, found: Any, parent: int, page: int, roles: dict[str, str], seen: set[tuple[int, int]]
    ) -> Node | None:
        if isinstance(found, int):
            return Node(parent, "", page, found)
        if not isinstance(found, pikepdf.Dictionary):
            return None
        if found.is_indirect:
            if found.objgen in seen:
                return None
            seen.add(found.objgen)
        own = self._page_of(found, page)
        kind = _name(found.get("/Type"))
        if kind == "MCR":
            return self._reference(found, parent, own)
        if kind == "OBJR":
            return Node(parent, "OBJR", own, -1, self._address(found.get("/Obj")))
        return Node(parent, roles.get(name := _name(found.get("/S")), name)[:_LONGEST_NAME], own, -1, _facts(found))

    def _reference(self, found: Any, parent: int, page: int) -> Node | None:
        """Return a reference to marked content; None if it is in a form XObject that its page does not draw."""
        content, form = int(found.get("/MCID", -1)), found.get("/Stm")
        if form is None:
            return Node(parent, "", page, content)
        if page not in self._forms:
            self._forms[page] = forms_drawn_by(self._document.pages[page]) if page >= 0 else []
        if not 0 <= content < CONTENTS_OF_FORM or form.objgen not in self._forms[page]:
            return None
        return Node(parent, "", page, content + CONTENTS_OF_FORM * (1 + self._forms[page].index(form.objgen)))

    def _page_of(self, found: Any, page: int) -> int:
        own = found.get("/Pg")
        return self._pages.get(own.objgen, page) if isinstance(own, pikepdf.Dictionary) else page

    def _address(self, annotation: Any) -> dict[str, str]:
        """Return the address that a link leads to."""
        action = annotation.get("/A") if isinstance(annotation, pikepdf.Dictionary) else None
        address = _string_value(action, "/URI") if isinstance(action, pikepdf.Dictionary) else ""
        return {"href": address} if address else {}

    # --- fields

    def _fields(self) -> Iterator[Field]:
        """Yield the filled-in fields of the document's form (ISO 32000-1, 12.7)."""
        form = self._root.get("/AcroForm")
        if not isinstance(form, pikepdf.Dictionary):
            return
        seen: set[tuple[int, int]] = set()
        found = [(each, "", "", "", 0) for each in reversed(list(form.get("/Fields", [])))]
        count = 0
        while found and count < _MOST_FIELDS:
            each, name, kind, value, depth = found.pop()
            if not isinstance(each, pikepdf.Dictionary) or (each.is_indirect and each.objgen in seen):
                continue
            seen.add(each.objgen)
            name = _string_value(each, "/TU") or _string_value(each, "/T") or name
            kind, value = _name(each.get("/FT")) or kind, _value(each) or value
            kids = list(each.get("/Kids", []))
            if kids and depth < _DEEPEST_FIELD:
                found.extend((kid, name, kind, value, depth + 1) for kid in reversed(kids))
            if "/Rect" in each and kind in ("Tx", "Ch", "Btn"):
                count += 1
                yield from self._filled(each, name, kind, value)

    def _filled(self, each: Any, name: str, kind: str, value: str) -> Iterator[Field]:
        if kind == "Btn":
            value = _name(each.get("/AS")) or value
            if value in ("", "Off"):
                return
        if value.strip():
            left, _, _, top = (float(edge) for edge in each.Rect)
            yield Field(name, value[:_LONGEST_TEXT], self._page_of_widget(each), left, top)

    def _page_of_widget(self, each: Any) -> int:
        own = each.get("/P")
        return self._pages.get(own.objgen, 0) if isinstance(own, pikepdf.Dictionary) else 0


def _kids(found: Any) -> list[Any]:
    kids = found.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _roles(root: Any) -> dict[str, str]:
    """Return the standard kinds that a document's own kinds stand for (14.7.3), also through others."""
    found = {name.removeprefix("/"): _name(kind) for name, kind in dict(root.get("/RoleMap", {})).items()}
    roles = {}
    for name in found:
        kind, steps = name, 0
        while kind in found and kind not in _STANDARD and steps < 10:
            kind, steps = found[kind], steps + 1
        roles[name] = kind
    return roles


def _facts(found: Any) -> dict[str, str]:
    facts = {name: _string_value(found, f"/{key}") for key, name in _KEYS.items() if f"/{key}" in found}
    attributes = found.get("/A")
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(each, pikepdf.Dictionary):
            facts |= {name: _plain(each[key]) for key, name in _OF_CELLS.items() if key in each}
            facts |= _place(each.get("/BBox"))
    return facts


def _place(box: Any) -> dict[str, str]:
    """Return the edges of an element's box: left, bottom, right and top, in points (14.8.5.4)."""
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        return {}
    return {"box": " ".join(f"{float(edge):.1f}" for edge in list(box))}


_KEYS = {"Alt": "alt", "ActualText": "text", "E": "expanded", "Lang": "lang", "ID": "id", "T": "title"}
_STANDARD_NAMES = """
    Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5
    H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note FENote Reference BibEntry Code Link Annot Ruby RB
    RT RP Warichu WT WP Figure Formula Form Title Aside Em Strong Sub Artifact
"""
_STANDARD = frozenset(_STANDARD_NAMES.split())
"""ISO 32000-1, 14.8.4, and ISO 32000-2."""


def _name(found: Any) -> str:
    return str(found).removeprefix("/") if isinstance(found, pikepdf.Name) else ""


def _plain(found: Any) -> str:
    return _name(found) or str(found)[:_LONGEST_NAME]


def _string_value(found: Any, key: str) -> str:
    value = found.get(key) if isinstance(found, pikepdf.Dictionary) else None
    return str(value)[:_LONGEST_TEXT] if isinstance(value, pikepdf.String) else ""


def _value(field: Any) -> str:
    value = field.get("/V")
    if isinstance(value, pikepdf.Array):
        return ", ".join(str(each) for each in list(value)[:100] if isinstance(each, pikepdf.String))
    return _name(value) or _string_value(field, "/V")


def _date(said: str) -> str:
    """Return the day of a date of PDF (D:20261130…) or XMP, in ISO 8601."""
    found = re.match(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)", said.strip())
    return "-".join(found.groups()) if found else ""
