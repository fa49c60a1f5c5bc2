"""Which cells head a table's cells: as its markup says it by scope alone, and where that has to be said in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio_edition.model import Cell, Passage, Row, Table

Place = tuple[int, int]
"""A cell by its row, and by its place among the cells of that row."""

_MOST_SLOTS = 20_000
"""Of larger tables nothing is worked out: what heads their cells is said by scope alone."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell and its position: its place, left column and top row."""

    place: Place
    cell: Cell[Passage]
    column: int
    row: int


def parted(table: Table[Passage], *, with_foot: bool) -> Iterator[tuple[str, int, Sequence[Row[Passage]]]]:
    """Yield the parts of a table as HTML has them, each with the number of its first row: the rows of the head at the
    top, those of the foot at the end, and the body between them. XHTML 1.0 has the foot above the body, where nobody
    reads it: without it, its rows are of the body."""
    rows = table.rows
    top = next((at for at, row in enumerate(rows) if row.part != "head"), len(rows))
    end = next((at for at in range(len(rows), top, -1) if rows[at - 1].part != "foot"), top)
    end = end if with_foot else len(rows)
    for name, start, stop in (("thead", 0, top), ("tbody", top, end), ("tfoot", end, len(rows))):
        if start < stop:
            yield name, start, rows[start:stop]


def told_in_full(table: Table[Passage]) -> Mapping[Place, tuple[Place, ...]]:
    """Return the cells whose headers are others than those that `scope` gives them, with their headers."""
    size = sum(cell.columns * cell.rows for row in table.rows for cell in row.cells)
    if size > _MOST_SLOTS or not any(cell.headers for row in table.rows for cell in row.cells):
        return {}
    grid = _grid(table)
    told = {}
    for slot in dict.fromkeys(grid.values()):
        headers = {place for place in slot.cell.headers if _is_header(table, place)} - {slot.place}
        if headers != _by_scope(grid, slot):
            told[slot.place] = tuple(sorted(headers))
    return {place: headers for place, headers in told.items() if headers}


def _is_header(table: Table[Passage], place: Place) -> bool:
    row, at = place
    return (
        0 <= row < len(table.rows) and 0 <= at < len(table.rows[row].cells) and bool(table.rows[row].cells[at].header)
    )


def _grid(table: Table[Passage]) -> dict[tuple[int, int], _Slot]:
    """Return the cell at each row and column (HTML, "forming a table")."""
    grid: dict[tuple[int, int], _Slot] = {}
    for number, row in enumerate(table.rows):
        column = 0
        for at, cell in enumerate(row.cells):
            while (number, column) in grid:
                column += 1
            slot = _Slot((number, at), cell, column, number)
            for down in range(number, min(number + cell.rows, len(table.rows))):
                for across in range(column, column + cell.columns):
                    grid.setdefault((down, across), slot)
            column += cell.columns
    return grid


def _by_scope(grid: Mapping[tuple[int, int], _Slot], slot: _Slot) -> set[Place]:
    """Return the headers that a browser finds for a cell (HTML, "algorithm for assigning header cells")."""
    found: set[Place] = set()
    for column in range(slot.column, slot.column + slot.cell.columns):
        found |= _scanned(grid, slot, [(row, column) for row in range(slot.row - 1, -1, -1)], "column")
    for row in range(slot.row, slot.row + slot.cell.rows):
        found |= _scanned(grid, slot, [(row, column) for column in range(slot.column - 1, -1, -1)], "row")
    return found - {slot.place}


def _scanned(
    grid: Mapping[tuple[int, int], _Slot], principal: _Slot, way: Sequence[tuple[int, int]], scope: str
) -> set[Place]:
    found: set[Place] = set()
    opaque: list[_Slot] = []
    block: list[_Slot] = [principal] if principal.cell.header else []
    in_block = bool(principal.cell.header)
    for place in way:
        current = grid.get(place)
        if current is None:
            continue
        if not current.cell.header:
            if in_block:
                opaque, block, in_block = opaque + block, [], False
            continue
        in_block = True
        block.append(current)
        blocked = current.cell.header != scope or any(_same_extent(other, current, scope) for other in opaque)
        if not blocked:
            found.add(current.place)
    return found


def _same_extent(one: _Slot, other: _Slot, scope: str) -> bool:
    if scope == "column":
        return (one.column, one.cell.columns) == (other.column, other.cell.columns)
    return (one.row, one.cell.rows) == (other.row, other.cell.rows)
