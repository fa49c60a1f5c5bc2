"""Reads a table of an OpenDocument text: its rows, each cell with its spans (OpenDocument 1.3, part 3, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.odt.names import all_in, name_of, said, whole

_MOST_COLUMNS = 200
_MUCH_TEXT = 60
"""Words of a cell with more than one paragraph: a longer one means columns on a page, not a table of data."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its own cells, without those that another one covers."""

    cells: tuple[etree._Element, ...]
    is_head: bool


def rows_of(table: etree._Element) -> list[Row]:
    """Return the rows of a table. One that is repeated is returned once: repeated rows are empty ones below a table."""
    return [Row(tuple(_cells(row)), is_head) for row, is_head in _rows(table, is_head=False)]


def spans_of(cell: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the HTML attributes of a cell that spans several columns or rows."""
    for attribute, name in (("colspan", "table:number-columns-spanned"), ("rowspan", "table:number-rows-spanned")):
        count = min(whole(said(cell, name)) or 1, _MOST_COLUMNS)
        if count > 1:
            yield attribute, str(count)


def is_layout(rows: list[Row]) -> bool:
    """Return whether a table without headers only sets its cells side by side."""
    if any(row.is_head for row in rows):
        return False
    if len(rows) < 2 or all(len(row.cells) < 2 for row in rows):
        return True
    return any(_holds_text(cell) for row in rows for cell in row.cells)


def _holds_text(cell: etree._Element) -> bool:
    if next(all_in(cell, "table:table"), None) is not None:
        return True
    paragraphs = [each for each in cell if name_of(each) in ("text:p", "text:h")]
    return len(paragraphs) > 1 and len(" ".join(map(str, cell.itertext())).split()) > _MUCH_TEXT


def _rows(element: etree._Element, *, is_head: bool) -> Iterator[tuple[etree._Element, bool]]:
    for each in element:
        name = name_of(each)
        if name == "table:table-row":
            yield each, is_head
        elif name in ("table:table-rows", "table:table-row-group", "table:table-header-rows"):
            yield from _rows(each, is_head=is_head or name == "table:table-header-rows")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells; an empty one that is repeated stands for as many, up to the most that a table has."""
    left = _MOST_COLUMNS
    for cell in row:
        if name_of(cell) == "table:table-cell":
            count = min(whole(said(cell, "table:number-columns-repeated")) or 1, left)
            left -= count
            yield from (cell for _ in range(count))
