"""In: a table of a Word document. Out: its rows, each cell with its header's role and its spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from audio_edition.read.docx.names import all_in, child, is_on, name_of, said, whole

_FIRST_ROW = 0x0020
_PLAIN_STYLES = ("", "tablegrid", "tablenormal", "tabellenraster", "grilledutableau", "tablaconcuadrcula")
_MOST_COLUMNS = 63
"""Of a Word table (its own limit)."""


class Cell(NamedTuple):
    """A cell, and what HTML says of it."""

    element: etree._Element
    is_header: bool
    columns: int
    rows: int


def rows_of(table: etree._Element) -> list[list[Cell]]:
    """The rows that are shown; a cell that goes on from above is part of that one."""
    rows = [row for row in _inside(table, "w:tr") if not _is_deleted(row)]
    headers = _header_rows(table, rows)
    found: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # by column: where the cell that may go on stands in `found`
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        column = whole(said(child(row, "w:trPr", "w:gridBefore"))) or 0
        for element in _inside(row, "w:tc"):
            properties = child(element, "w:tcPr")
            columns = max(1, min(whole(said(child(properties, "w:gridSpan"))) or 1, _MOST_COLUMNS))
            merge = child(properties, "w:vMerge")
            if merge is not None and said(merge) in ("", "continue") and column in above:
                at, place = above[column]
                found[at][place] = found[at][place]._replace(rows=found[at][place].rows + 1)
            else:
                above[column] = (number, len(cells))
                cells.append(Cell(element, number in headers, columns, 1))
            column += columns
        found.append(cells)
    return found


def deleted_rows(table: etree._Element) -> list[etree._Element]:
    """The rows whose deletion nobody has accepted yet."""
    return list(filter(_is_deleted, _inside(table, "w:tr")))


def _is_deleted(row: etree._Element) -> bool:
    return child(row, "w:trPr", "w:del") is not None


def _header_rows(table: etree._Element, rows: list[etree._Element]) -> frozenset[int]:
    """The rows that are said to be headers; else a first row that looks it, in a table that may have one."""
    marked = {number for number, row in enumerate(rows) if is_on(child(row, "w:trPr"), "w:tblHeader")}
    if marked or len(rows) < 2:
        return frozenset(marked)
    properties = child(table, "w:tblPr")
    look = child(properties, "w:tblLook")
    bits = said(look)
    first = said(look, "w:firstRow") in ("1", "true", "on") or bool(
        bits and len(bits) <= 8 and _bits(bits) & _FIRST_ROW
    )
    if not first:
        return frozenset()
    style = "".join(filter(str.isalnum, said(child(properties, "w:tblStyle")).lower()))
    return frozenset({0}) if style not in _PLAIN_STYLES or _is_bold(rows[0]) else frozenset()


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _is_bold(row: etree._Element) -> bool:
    runs = [run for run in all_in(row, "w:r") if any((text.text or "").strip() for text in all_in(run, "w:t"))]
    return bool(runs) and all(is_on(child(run, "w:rPr"), "w:b") for run in runs)


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows or cells, which content controls and insertions may wrap."""
    for each in element:
        kind = name_of(each)
        if kind == name:
            yield each
        elif kind in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from _inside(each, name)
