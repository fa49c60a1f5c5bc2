"""Lists what a person can see in an OpenDocument text: one plain pass over its parts, independent of the reader.

The account compares it with what was read. It includes what a program prints with all changes accepted, and comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.read.markup.formula import formula_text
from audio_edition.read.odt.names import all_in, child, name_of
from audio_edition.read.odt.package import Package

_UNSEEN = frozenset(
    {
        "dc:creator", "dc:date", "meta:creator-initials", "loext:sender-initials", "office:binary-data",
        "office:change-info", "office:event-listeners", "office:forms", "svg:desc", "svg:title", "table:desc",
        "table:shapes", "table:title",
        "text:label", "text:note-citation", "text:number", "text:script", "text:tracked-changes",
    }
)  # fmt: skip
_OF_ELEMENTS = frozenset(
    {
        "draw:frame", "draw:g", "draw:text-box", "office:body", "office:text", "table:covered-table-cell",
        "table:table", "table:table-cell", "table:table-header-rows", "table:table-row", "table:table-rows",
        "text:list", "text:list-header", "text:list-item", "text:note", "text:note-body", "text:section",
    }
)  # fmt: skip
"""Elements in which a text stands in a paragraph only: LibreOffice shows none beside it."""

_APART = frozenset({"text:p", "text:h", "text:line-break", "text:s", "text:tab", "text:ruby-text"})
_MARGINS = ("style:header", "style:header-left", "style:header-first", "style:footer", "style:footer-left",
            "style:footer-first")  # fmt: skip


def seen_texts(package: Package) -> tuple[str, ...]:
    """Return the text of each paragraph: of the text, its boxes, notes, headers, footers and comments."""
    formulas = [
        formula_text(found)
        for draw in all_in(package.body, "draw:object")
        if (found := package.formula(draw)) is not None
    ]
    return (*_lines(package.body), *formulas, *margins_of(package))


def margins_of(package: Package) -> list[str]:
    """Return the texts of headers and footers, repeated ones once."""
    roots = [child(root, "office:master-styles") for root in package.styles]
    found = (" ".join(_lines(each)) for root in roots for each in all_in(root, *_MARGINS))
    return list(dict.fromkeys(filter(None, found)))


def _lines(root: etree._Element) -> list[str]:
    lines = "".join(_pieces(root)).split("\n")
    return list(filter(None, (" ".join(line.split()) for line in lines)))


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the texts; a line end where a paragraph, a line or a reading begins or ends. Only elements inside a
    paragraph hold text that is shown."""
    is_shown = name_of(element) not in _OF_ELEMENTS
    if is_shown:
        yield " ".join((element.text or "").split("\n"))
    for each in element:
        name = name_of(each)
        is_apart = name in _APART
        if is_apart:
            yield "\n"
        if name and name not in _UNSEEN and not name.startswith("math:") and not name.endswith("-source"):
            yield from _pieces(each)
        if is_apart:
            yield "\n"
        if is_shown:
            yield " ".join((each.tail or "").split("\n"))
