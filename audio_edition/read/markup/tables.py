"""In: a table. Out: its caption, its headers, and each row with what its cells' columns are called.

Rows and columns are found as in https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from audio_edition.model import Cell, Paragraph, ParagraphKind, Phrase
from audio_edition.read.markup.elements import is_shown, name_of, roles_of
from audio_edition.read.markup.inline import Words, words_of

MOST_COLUMNS = 200
"""What spans more is a trap, or no table for ears."""

BETWEEN_CELLS = "; "
_MOST_HEADER_ROWS = 5
_LONGEST_HEADER = 200
"""Characters. What is longer names no column, and would be said before each of its cells."""


@dataclass(frozen=True, slots=True)
class _Cell:
    words: Words
    column: int
    columns: int
    is_header: bool
    id: str
    headers: tuple[str, ...]
    """The ids of cells that head this one, where it names them."""


def is_data_table(table: etree._Element) -> bool:
    """Whether the table has rows and columns to tell, and is not there for the page's looks: then it has other tables
    in its cells, and nothing that heads them."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = _rows(table)
    if not any(len(_cells(row)) > 1 for row in rows):
        return False
    if next(islice(table.iter("{*}table"), 1, None), None) is None:
        return True
    return any(name_of(each) in ("caption", "thead") for each in table) or any(
        name_of(cell) == "th" for row in rows for cell in _cells(row)
    )


def table_paragraphs(
    table: etree._Element, own: str, language: str, without: Collection[etree._Element] = ()
) -> Iterator[Paragraph]:
    """The table as paragraphs: "table header" for each row of headers, "table row" for the others."""
    headers = _Headers()
    below: dict[int, int] = {}
    in_head = True
    for row in _rows(table):
        cells = list(_placed(row, below, own, language, without))
        written = [cell for cell in cells if cell.words.text]
        if not written:
            continue
        # A row of headers amid the table heads what follows; a single one there is the heading of a group of rows.
        in_head = (in_head or len(written) > 1) and (
            all(cell.is_header for cell in written) or name_of(row.getparent()) == "thead"
        )
        if in_head and len(written) > 1:
            headers.add(cells)
        yield _paragraph(written, None if in_head else headers)


class _Headers:
    """What columns are called, by the last rows of headers."""

    def __init__(self) -> None:
        self._by_column: dict[int, str] = {}
        self._by_id: dict[str, str] = {}
        self._rows = 0
        self._is_open = True

    def add(self, cells: list[_Cell]) -> None:
        """A row of headers, below others or in their place."""
        if not self._is_open:
            self._by_column.clear()
            self._rows = 0
        self._is_open = True
        self._rows += 1
        if self._rows > _MOST_HEADER_ROWS:
            return
        for cell in cells:
            text = cell.words.text if len(cell.words.text) <= _LONGEST_HEADER else ""
            if cell.id and text:
                self._by_id[cell.id] = text
            for column in range(cell.column, cell.column + cell.columns):
                above = self._by_column.get(column, "")
                self._by_column[column] = f"{above}, {text}" if above and text else above or text

    def of(self, cell: _Cell) -> str:
        """What the cell's column is called; nothing beyond the columns that are counted."""
        self._is_open = False
        named = [self._by_id[id] for id in cell.headers if id in self._by_id]  # noqa: A001 - an attribute's own word
        if named:
            return ", ".join(named)
        is_of_group = cell.is_header and cell.columns > 1
        return "" if is_of_group or not cell.columns else self._by_column.get(cell.column, "")


def _rows(table: etree._Element) -> list[etree._Element]:
    shown = [each for each in table if is_shown(each)]
    rows = []
    for each in shown:
        if name_of(each) == "tr":
            rows.append(each)
        elif name_of(each) in ("thead", "tbody", "tfoot"):
            rows += [row for row in each if name_of(row) == "tr" and is_shown(row)]
    return rows


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if name_of(cell) in ("td", "th") and is_shown(cell)]


def _placed(
    row: etree._Element, below: dict[int, int], own: str, language: str, without: Collection[etree._Element]
) -> Iterator[_Cell]:
    """The row's cells with their columns. `below` counts, by column, the further rows that a cell from above takes."""
    column = 0
    taken = {at for at, rows in below.items() if rows > 0}
    for at in taken:
        below[at] -= 1
    for cell in _cells(row):
        while column in taken:
            column += 1
        columns = min(_span(cell, "colspan"), max(0, MOST_COLUMNS - column))
        yield _Cell(
            words_of(cell, own, language, without),
            column,
            columns,
            name_of(cell) == "th" or "columnheader" in roles_of(cell),
            cell.get("id", ""),
            tuple(cell.get("headers", "").split()[:_MOST_HEADER_ROWS]),
        )
        rows = _span(cell, "rowspan") - 1
        for at in range(column, column + columns):
            below[at] = rows
        column += max(1, columns)


def _span(cell: etree._Element, attribute: str) -> int:
    said = cell.get(attribute, "1").strip()
    return min(int(said), MOST_COLUMNS) if said.isascii() and said.isdigit() and len(said) < 6 and int(said) else 1


def _paragraph(cells: list[_Cell], headers: _Headers | None) -> Paragraph:
    """A row; one of headers where none are over it."""
    language = cells[0].words.language
    if any(cell.words.language != language for cell in cells):
        language = ""
    written, phrases, places = [], [], []
    start = 0
    for cell in cells:
        places.append(Cell(start, headers.of(cell) if headers else ""))
        phrases += _moved(cell.words, start, language)
        written.append(cell.words.text)
        start += len(cell.words.text) + len(BETWEEN_CELLS)
    kind: ParagraphKind = "table row" if headers else "table header"
    return Paragraph(BETWEEN_CELLS.join(written), kind, language, tuple(phrases), tuple(places))


def _moved(words: Words, by: int, language: str) -> list[Phrase]:
    if words.language != language:
        return [Phrase(by, by + len(words.text), words.language)]
    return [Phrase(by + phrase.start, by + phrase.end, phrase.language) for phrase in words.phrases]
