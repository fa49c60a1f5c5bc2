"""In: a table. Out: its caption, its headers, and each row with what its cells' columns are called.

Rows and columns are found as in https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.model import Cell, Paragraph, ParagraphKind, Phrase
from audio_edition.read.markup.elements import is_shown, name_of
from audio_edition.read.markup.inline import Words, words_of

MOST_COLUMNS = 200
"""What spans more is a trap, or no table for ears."""

BETWEEN_CELLS = "; "


@dataclass(frozen=True, slots=True)
class _Cell:
    words: Words
    column: int
    is_header: bool


def is_data_table(table: etree._Element) -> bool:
    """Whether the table has rows and columns to tell, and is not there for the page's looks."""
    if table.get("role") in ("presentation", "none") or any(
        name_of(inner) == "table" for inner in table.iterdescendants()
    ):
        return False
    return any(len(_cells(row)) > 1 for row in _rows(table))


def table_paragraphs(
    table: etree._Element, own: str, language: str, without: Collection[etree._Element] = ()
) -> Iterator[Paragraph]:
    """The table as paragraphs: "table header" for each row of headers, "table row" for the others."""
    headers: dict[int, list[str]] = {}
    below: dict[int, int] = {}
    in_head = True
    for row in _rows(table):
        cells = list(_placed(row, below, own, language, without))
        in_head = in_head and bool(cells) and (_is_in_head(row) or all(cell.is_header for cell in cells))
        if in_head:
            for cell in cells:
                headers.setdefault(cell.column, []).append(cell.words.text)
        if any(cell.words.text for cell in cells):
            yield _paragraph(cells, {} if in_head else headers, "table header" if in_head else "table row")


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


def _is_in_head(row: etree._Element) -> bool:
    return name_of(row.getparent()) == "thead"


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
        column = min(column, MOST_COLUMNS - 1)
        yield _Cell(words_of(cell, own, language, without), column, name_of(cell) == "th")
        for at in range(column, min(column + _span(cell, "colspan"), MOST_COLUMNS)):
            below[at] = _span(cell, "rowspan") - 1
            column = at + 1


def _span(cell: etree._Element, attribute: str) -> int:
    said = cell.get(attribute, "1").strip()
    return min(int(said), MOST_COLUMNS) if said.isascii() and said.isdigit() and len(said) < 6 and int(said) else 1


def _paragraph(cells: list[_Cell], headers: dict[int, list[str]], kind: ParagraphKind) -> Paragraph:
    text, phrases, places = "", [], []
    language = next((cell.words.language for cell in cells if cell.words.text), "")
    if any(cell.words.language != language for cell in cells if cell.words.text):
        language = ""
    for cell in cells:
        if not cell.words.text:
            continue
        text += BETWEEN_CELLS if text else ""
        places.append(Cell(len(text), ", ".join(filter(None, headers.get(cell.column, [])))))
        phrases += _moved(cell.words, len(text), language)
        text += cell.words.text
    return Paragraph(
        text, "table header" if kind == "table header" else "table row", language, tuple(phrases), tuple(places)
    )


def _moved(words: Words, by: int, language: str) -> list[Phrase]:
    if words.language != language:
        return [Phrase(by, by + len(words.text), words.language)]
    return [Phrase(by + phrase.start, by + phrase.end, phrase.language) for phrase in words.phrases]
