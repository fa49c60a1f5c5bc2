"""Tables as plain text: in columns where they fit, else a line a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from audio_edition.formats.plain_lines import Line, below, indented, is_spaced
from audio_edition.model import Cell, Code, List, Paragraph, Passage, Quote, Row, Table, Utterance, leaves
from audio_edition.model.characters import one_line

_WIDTH = 78
"""Columns of the text, in which a table is set if it fits."""
_BETWEEN = 2
"""Spaces between columns."""


def table_lines(table: Table[Passage], texts: Sequence[Sequence[str]]) -> Iterator[Line]:
    """Yield the lines of a table below its caption; `texts` are those of its cells."""
    widths = _column_widths(table, texts)
    if widths:
        yield from _in_columns(table, texts, widths)
    else:
        yield from _cell_by_cell(table, texts)


def _column_widths(table: Table[Passage], texts: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide the columns are; none where the table cannot be set in columns."""
    cells = [cell for row in table.rows for cell in row.cells]
    is_plain = all(cell.columns == cell.rows == 1 for cell in cells)
    if not is_plain or table.columns < 2 or any("\n" in text for row in texts for text in row):
        return []
    widths = [0] * table.columns
    for row in texts:
        for at, text in enumerate(row):
            widths[at] = max(widths[at], _width(text))
    return widths if sum(widths) + _BETWEEN * (len(widths) - 1) <= _WIDTH else []


def _width(text: str) -> int:
    """Return how many columns a text takes where each letter has the same width."""
    return sum(0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _in_columns(table: Table[Passage], texts: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[Line]:
    first = next((said[0] for row in table.rows for cell in row.cells if (said := _utterances_in(cell))), None)
    if first and first.announces and not table.caption:
        yield 0, one_line(first.announces)
        yield from below(_rows(table, texts, widths), 1)
    else:
        yield from below(_rows(table, texts, widths), 1 if table.caption else 0)


def _rows(table: Table[Passage], texts: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[Line]:
    heads = [_is_head(row) for row in table.rows]
    for at, row in enumerate(texts):
        padded = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=False))
        yield 0, (" " * _BETWEEN).join(padded)
        if heads[at] and not any(heads[at + 1 : at + 2]):
            yield 0, (" " * _BETWEEN).join("-" * max(width, 1) for width in widths)


def _is_head(row: Row[Passage]) -> bool:
    return row.part == "head" or any(cell.header == "column" for cell in row.cells)


def _cell_by_cell(table: Table[Passage], texts: Sequence[Sequence[str]]) -> Iterator[Line]:
    """Yield a line for a row of headers, and one for each cell of the others, with the header of its column."""
    concluded = ""
    for number, row in enumerate(table.rows):
        written = [(cell, text) for cell, text in zip(row.cells, texts[number], strict=True) if text]
        if _is_head(row):
            line = "; ".join(_announced(cell) + text for cell, text in written)
            yield from ((1, each) for each in [line] if each)
            continue
        for at, (cell, text) in enumerate(written):
            label = _label(cell, texts, table)
            lines = ((0, line) for line in f"{label}{text}".split("\n"))
            yield from below(indented(lines, 0 if at == 0 else 2), 1 if at == 0 else 0)
    for row in table.rows:
        for cell in row.cells:
            concluded = next((said.concludes for said in _utterances_in(cell) if said.concludes), concluded)
    if concluded:
        yield 1, one_line(concluded)


def _utterances_in(cell: Cell[Passage]) -> Sequence[Utterance]:
    return [utterance for passage in leaves(cell.blocks) for utterance in passage.utterances]


def _announced(cell: Cell[Passage]) -> str:
    said = _utterances_in(cell)[:1] if isinstance(next(iter(cell.blocks), None), Paragraph) else ()
    return "".join(one_line(each.announces) + " " * is_spaced(each) for each in said if each.announces)


def _label(cell: Cell[Passage], texts: Sequence[Sequence[str]], table: Table[Passage]) -> str:
    """Return what stands before a cell: what is announced, or a line above what has marks of its own. Of other blocks
    it is announced in their text."""
    match cell.blocks[0]:
        case Paragraph():
            return _announced(cell) or _header(cell, texts, table)
        case List() | Quote() | Code():
            header = _header(cell, texts, table).rstrip()
            return f"{header}\n" if header else ""
        case _:
            return ""


def _header(cell: Cell[Passage], texts: Sequence[Sequence[str]], table: Table[Passage]) -> str:
    """Return what the cell's columns are called, where no announcement says it."""
    names = [
        texts[row][at].replace("\n", " ") for row, at in cell.headers
        if row < len(table.rows) and at < len(table.rows[row].cells) and _names_a_column(table.rows[row].cells[at])
    ]  # fmt: skip
    return f"{', '.join(filter(None, names))}: " if any(names) else ""


def _names_a_column(cell: Cell[Passage]) -> bool:
    return cell.header == "column" and all(isinstance(block, Paragraph) for block in cell.blocks)
