"""Reads a table of a Word document: its rows, each cell with its header role and its spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from audio_edition.model import HeaderScope
from audio_edition.read.docx.names import all_in, child, is_on, name_of, said, whole
from audio_edition.read.docx.styles import Styles

_FIRST_ROW, _FIRST_COLUMN = 0x0020, 0x0080
_PLAIN_STYLES = ("", "tablegrid", "tablenormal", "tabellenraster", "grilledutableau", "tablaconcuadrcula")
_MOST_COLUMNS = 63
"""Word's own limit."""

_MUCH_TEXT = 60
"""Words of a cell with more than one paragraph: a longer one means columns on a page, not a table of data."""


class Cell(NamedTuple):
    """A cell with its HTML attributes."""

    element: etree._Element
    header: HeaderScope
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """The visible rows of a table. `head` counts the header rows at its beginning; `title` is the author's hidden
    title; a `layout` table only arranges its contents on the page."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int
    title: str
    layout: bool


def table(element: etree._Element, styles: Styles) -> Table:
    """Return the table that a w:tbl shows. A cell merged with the one above is part of that one."""
    rows = [row for row in _inside(element, "w:tr") if not _is_deleted(row)]
    headers = _header_rows(element, rows)
    first_column = _heads_rows(element, rows, headers, styles)
    found: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # by column: where the cell that may go on stands in `found`
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        column = whole(said(child(row, "w:trPr", "w:gridBefore"))) or 0
        for cell in _inside(row, "w:tc"):
            properties = child(cell, "w:tcPr")
            columns = max(1, min(whole(said(child(properties, "w:gridSpan"))) or 1, _MOST_COLUMNS))
            merge = child(properties, "w:vMerge")
            if merge is not None and said(merge) in ("", "continue") and column in above:
                at, place = above[column]
                found[at][place] = found[at][place]._replace(rows=found[at][place].rows + 1)
            else:
                above[column] = (number, len(cells))
                heads: HeaderScope = "column" if number in headers else "row" if first_column and not column else ""
                cells.append(Cell(cell, heads, columns, 1))
            column += columns
        found.append(cells)
    head = next((at for at in range(len(rows)) if at not in headers), len(rows))
    properties = child(element, "w:tblPr")
    title = ". ".join(filter(None, (said(child(properties, f"w:tbl{name}")) for name in ("Caption", "Description"))))
    return Table(tuple(map(tuple, found)), head, title, not headers and _is_layout(found))


def deleted_rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows whose deletion nobody has accepted yet."""
    return list(filter(_is_deleted, _inside(table, "w:tr")))


def _is_deleted(row: etree._Element) -> bool:
    return child(row, "w:trPr", "w:del") is not None


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a table without headers only sets its cells side by side."""
    if len(rows) < 2 or all(len(row) < 2 for row in rows):
        return True
    return any(_holds_text(cell.element) for row in rows for cell in row)


def _holds_text(cell: etree._Element) -> bool:
    paragraphs = [each for each in cell if name_of(each) == "w:p"]
    if any(name_of(each) == "w:tbl" for each in cell):
        return True
    words = sum(len((text.text or "").split()) for text in all_in(cell, "w:t"))
    return len(paragraphs) > 1 and words > _MUCH_TEXT


def _header_rows(table: etree._Element, rows: list[etree._Element]) -> frozenset[int]:
    """Return the declared header rows; else a first row that looks like one, if the table may have one."""
    marked = {number for number, row in enumerate(rows) if is_on(child(row, "w:trPr"), "w:tblHeader")}
    if marked or len(rows) < 2:
        return frozenset(marked) if len(marked) < len(rows) else frozenset({0}) & frozenset(marked)
    if not _looks(table, "w:firstRow", _FIRST_ROW):
        return frozenset()
    return frozenset({0}) if _style(table) not in _PLAIN_STYLES or _is_bold(rows[0]) else frozenset()


def _heads_rows(table: etree._Element, rows: list[etree._Element], headers: frozenset[int], styles: Styles) -> bool:
    """Return whether the first column holds row headers: its style sets it off, or its author did."""
    body = [row for number, row in enumerate(rows) if number not in headers]
    firsts = [next(_inside(row, "w:tc"), None) for row in body]
    if len(body) < 2 or any(len(list(_inside(row, "w:tc"))) < 2 for row in body):
        return False
    if not _looks(table, "w:firstColumn", _FIRST_COLUMN):
        return False
    if styles.sets_off(said(child(table, "w:tblPr", "w:tblStyle")), "firstCol"):
        return True
    return all(first is not None and _is_bold(first) for first in firsts) and not all(map(_is_bold, body))


def _looks(table: etree._Element, name: str, bit: int) -> bool:
    look = child(table, "w:tblPr", "w:tblLook")
    bits = said(look)
    return said(look, name) in ("1", "true", "on") or bool(bits and len(bits) <= 8 and _bits(bits) & bit)


def _style(table: etree._Element) -> str:
    return "".join(filter(str.isalnum, said(child(table, "w:tblPr", "w:tblStyle")).lower()))


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _is_bold(part: etree._Element) -> bool:
    runs = [run for run in all_in(part, "w:r") if any((text.text or "").strip() for text in all_in(run, "w:t"))]
    return bool(runs) and all(is_on(child(run, "w:rPr"), "w:b") for run in runs)


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows or cells, also those wrapped in content controls and insertions."""
    for each in element:
        kind = name_of(each)
        if kind == name:
            yield each
        elif kind in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from _inside(each, name)
