"""Reads tables: their rows and cells, and which cells are headers of which.

https://html.spec.whatwg.org/multipage/tables.html#forming-a-table and the sections after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from audio_edition.model import Block, Cell, HeaderScope, Row, RowPart, Table, Text, leaves
from audio_edition.read.markup.elements import heading_level, is_shown, name_of, roles_of

MOST_COLUMNS = 200
"""A table that spans more is an attack, or useless when spoken."""

_MOST_SLOTS = 2_000_000
"""Grid size, spans included, above which headers are not computed."""

_MOST_HEADERS = 8
"""The nearest headers of a cell that are kept: with more, it is a list rather than a table."""

_PARTS: dict[str, RowPart] = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_ORDER = ("head", "body", "foot")
_SCOPES: dict[str, HeaderScope] = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "row"}


Contents = Mapping[etree._Element, tuple[Block[Text], ...]]
"""The contents of table cells, by element."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row group: no cell reaches beyond it."""

    part: RowPart
    rows: tuple[tuple[etree._Element, ...], ...]


def groups_of(table: etree._Element) -> list[Group]:
    """Return a table's row groups, each row as its cells."""
    groups: list[Group] = []
    loose: list[tuple[etree._Element, ...]] = []
    for each in [each for each in table if is_shown(each)]:
        if name_of(each) == "tr":
            loose.append(_cells(each))
        elif name_of(each) in _PARTS:
            if loose:
                groups.append(Group("body", tuple(loose)))
                loose = []
            rows = [_cells(row) for row in each if name_of(row) == "tr" and is_shown(row)]
            groups.append(Group(_PARTS[name_of(each)], tuple(rows)))
    if loose:
        groups.append(Group("body", tuple(loose)))
    return sorted(groups, key=lambda group: _ORDER.index(group.part))


def is_data_table(table: etree._Element) -> bool:
    """Return whether the table holds data rather than laying out the page: a layout table has other tables in its cells
    and no headers."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [row for group in groups_of(table) for row in group.rows]
    is_headed = any(name_of(each) in ("caption", "thead") for each in table) or any(
        name_of(cell) == "th" for row in rows for cell in row
    )
    if not any(len(row) > 1 for row in rows):
        return is_headed and len(rows) > 1 and any(name_of(cell) == "th" for row in rows for cell in row)
    if is_headed:
        return True
    if next(islice(table.iter("{*}table"), 1, None), None) is not None:
        return False
    return not (len(rows) == 1 and any(_is_laid_out(cell) for cell in rows[0]))


def _is_laid_out(cell: etree._Element) -> bool:
    """Return whether a cell holds a part of a page."""
    paragraphs = 0
    for each in islice(cell.iterdescendants(etree.Element), 200):
        paragraphs += name_of(each) == "p"
        if heading_level(each) or name_of(each) in ("ul", "ol", "pre", "figure", "blockquote") or paragraphs > 1:
            return True
    return False


def _cells(row: etree._Element) -> tuple[etree._Element, ...]:
    return tuple(cell for cell in row if name_of(cell) in ("td", "th") and is_shown(cell))


@dataclass(slots=True, eq=False)
class _Placed:
    """A cell at its position in the grid of a table."""

    element: etree._Element
    blocks: tuple[Block[Text], ...]
    row: int
    at: int
    column: int
    columns: int
    rows: int
    scope: HeaderScope = ""
    is_header: bool = False
    is_of_group: bool = False
    headers: dict[_Placed, None] = field(default_factory=dict)


def table_of(groups: Sequence[Group], contents: Contents, caption: Sequence[Block[Text]]) -> Table[Text] | None:
    """Return the table; None if all its cells are empty."""
    if not any(contents.values()):
        return None
    placed, parts, bounds = _placed(groups, contents)
    slots = _slots(placed)
    parts = _find_headers(placed, parts, slots)
    if slots is not None:
        _assign(placed, slots, bounds)
    _honour_named(placed)
    rows = tuple(Row(tuple(_cell(cell) for cell in row), part) for row, part in zip(placed, parts, strict=True))
    return Table(rows, tuple(caption))


def _cell(cell: _Placed) -> Cell[Text]:
    headers = sorted((header.row, header.at) for header in cell.headers if header.blocks)[:_MOST_HEADERS]
    return Cell(cell.blocks, cell.scope if cell.is_header else "", cell.columns, cell.rows, tuple(headers))


def _placed(groups: Sequence[Group], contents: Contents) -> tuple[list[list[_Placed]], list[RowPart], list[int]]:
    """Return the cells of each row, the part that each row belongs to, and the index of the row that ends its group."""
    placed: list[list[_Placed]] = []
    parts: list[RowPart] = []
    bounds: list[int] = []
    for group in groups:
        below: dict[int, int] = {}
        kept: list[list[_Placed]] = []
        for number, elements in enumerate(group.rows):
            taken = {at for at, rows in below.items() if rows}
            below = {at: rows - 1 for at, rows in below.items() if rows}
            row: list[_Placed] = []
            column = 0
            for element in elements:
                while column in taken:
                    column += 1
                columns = max(1, min(_span(element, "colspan"), MOST_COLUMNS - column))
                rows = min(_span(element, "rowspan") or len(group.rows), len(group.rows) - number)
                at = len(placed) + len(kept)
                row.append(_Placed(element, contents.get(element, ()), at, len(row), column, columns, rows))
                if column < MOST_COLUMNS:  # else each row of a hostile table would begin where the one above ends
                    below |= dict.fromkeys(range(column, column + columns), rows - 1)
                column += columns
            if taken or any(cell.blocks or cell.rows > 1 for cell in row):
                kept.append(row)
        placed += kept
        parts += [group.part] * len(kept)
        bounds += [len(placed)] * len(kept)
    for row, bound in zip(placed, bounds, strict=True):
        for cell in row:
            cell.rows = max(1, min(cell.rows, bound - cell.row))
    return placed, parts, bounds


def _span(cell: etree._Element, attribute: str) -> int:
    said = cell.get(attribute, "1").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 6):
        return 1
    return min(int(said), MOST_COLUMNS) if attribute == "colspan" else int(said)


def _slots(placed: list[list[_Placed]]) -> list[dict[int, _Placed]] | None:
    """Return the cell in each column, row by row; None if the grid is too large."""
    if sum(cell.columns * cell.rows for row in placed for cell in row) > _MOST_SLOTS:
        return None
    slots: list[dict[int, _Placed]] = [{} for _ in placed]
    for row in placed:
        for cell in row:
            for at in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    slots[at].setdefault(column, cell)
    return slots


def _find_headers(
    placed: list[list[_Placed]], parts: list[RowPart], slots: list[dict[int, _Placed]] | None
) -> list[RowPart]:
    """Record which cells are headers, and of what; return the parts of rows, including heads recognised by look."""
    cells = [cell for row in placed for cell in row]
    for cell in cells:
        role = roles_of(cell.element)
        cell.is_header = name_of(cell.element) == "th" or bool(role & {"columnheader", "rowheader"})
        said = cell.element.get("scope", "").strip().lower()
        cell.scope = _SCOPES.get(said, "row" if "rowheader" in role else "column" if "columnheader" in role else "")
        cell.is_of_group = said == "rowgroup"
    if not any(cell.is_header for cell in cells):
        _find_by_looks(placed, parts)
    _find_scopes(placed, slots)
    found = list(parts)
    for at, row in enumerate(placed):
        written = [cell for cell in row if cell.blocks]
        if found[at] == "body" and written and all(cell.is_header and cell.scope == "column" for cell in written):
            found[at] = "head"
        elif found[at] != "head":
            break
    return found


def _find_by_looks(placed: list[list[_Placed]], parts: list[RowPart]) -> None:
    """Treat a first row, or one in a head, as headers if all of it is strong and not everything below is."""
    for row, part in zip(placed, parts, strict=True):
        if part == "head":
            for cell in row:
                cell.is_header, cell.scope = True, "column"
    if "head" in parts or len(placed) < 2:
        return
    first, *others = placed
    written = [cell for cell in first if cell.blocks]
    if (
        len(written) < 2
        or not all(map(_is_strong, written))
        or all(_is_strong(cell) for cell in others[0] if cell.blocks)
    ):
        return
    for cell in first:
        cell.is_header, cell.scope = True, "column"


def _is_strong(cell: _Placed) -> bool:
    texts = list(leaves(cell.blocks))
    return bool(texts) and all(
        any(span.end - span.start == len(text.text) for span in text.of("strong")) for text in texts
    )


def _find_scopes(placed: list[list[_Placed]], slots: list[dict[int, _Placed]] | None) -> None:
    """Give each header without a scope one: HTML's, else the one that its position suggests."""
    data_rows: set[int] = set()
    data_columns: set[int] = set()
    for row in placed:
        for cell in row:
            if not cell.is_header and (cell.blocks or cell.column):
                data_rows |= set(range(cell.row, cell.row + cell.rows))
                data_columns |= set(range(cell.column, cell.column + cell.columns))
    for row in placed:
        for cell in row:
            if not cell.is_header or cell.scope:
                continue
            if not data_rows.intersection(range(cell.row, cell.row + cell.rows)):
                cell.scope = "column"
            elif not data_columns.intersection(range(cell.column, cell.column + cell.columns)):
                cell.scope = "row"
            else:
                cell.scope = "row" if cell.column == 0 else "column"


class _Scan:
    """The headers met on the way to a cell: nearer ones hide farther ones that are as wide."""

    def __init__(self, scope: HeaderScope) -> None:
        self._scope = scope
        self._found: list[tuple[tuple[int, int], _Placed]] = []
        self._nearest: set[tuple[int, int]] = set()
        self._is_in_block = False

    def headers(self, cell: _Placed, extent: tuple[int, int]) -> Iterator[_Placed]:
        """Yield the headers that apply to the next cell, the nearest last."""
        is_apart = cell.is_header and not self._is_in_block
        return (header for size, header in self._found if not (is_apart and size == extent))

    def passed(self, cell: _Placed, extent: tuple[int, int]) -> None:
        """Move past a cell that spans some columns or rows."""
        if not cell.is_header:
            self._is_in_block = False
            return
        if not self._is_in_block:
            self._is_in_block = True
            self._nearest = set()
        if extent not in self._nearest:
            self._nearest.add(extent)
            self._found = [each for each in self._found if each[0] != extent]
        if cell.scope == self._scope:
            self._found = [*self._found, (extent, cell)][-_MOST_HEADERS:]


def _assign(placed: list[list[_Placed]], slots: list[dict[int, _Placed]], bounds: list[int]) -> None:
    """Assign the cells their headers."""
    title = _title(placed)
    above: dict[int, _Scan] = {}
    of_group: dict[int, _Placed] = {}
    for number, row in enumerate(slots):
        if number and bounds[number] != bounds[number - 1]:
            of_group = {}
        beside = _Scan("row")
        last: _Placed | None = None
        for column in sorted(row):
            cell = row[column]
            scan = above.setdefault(column, _Scan("column"))
            across, down = (cell.column, cell.columns), (cell.row, cell.rows)
            if cell.row == number:
                _add(cell, scan.headers(cell, across), title)
            if cell is not last:
                _add(cell, beside.headers(cell, down), title)
                _add(cell, [each for at, each in of_group.items() if at <= cell.column], title)
                beside.passed(cell, down)
                last = cell
            if cell.row + cell.rows - 1 == number:
                scan.passed(cell, across)
        of_group |= {cell.column: cell for cell in row.values() if cell.is_of_group}


def _add(cell: _Placed, headers: Iterable[_Placed], title: _Placed | None) -> None:
    for header in headers:
        if header is not cell and header is not title and len(cell.headers) < 2 * _MOST_HEADERS:
            cell.headers[header] = None


def _title(placed: list[list[_Placed]]) -> _Placed | None:
    """Return the header that stands alone above a row of headers: it is the table's title, not a column's name."""
    is_alone = len(placed) > 2 and len(placed[0]) == 1 and placed[0][0].columns > 1
    if is_alone and len(placed[1]) > 1 and all(cell.is_header for cell in placed[1] if cell.blocks):
        return placed[0][0]
    return None


def _honour_named(placed: list[list[_Placed]]) -> None:
    """Give cells that name their headers only those."""
    by_id = {cell.element.get("id"): cell for row in placed for cell in row if cell.element.get("id")}
    for row in placed:
        for cell in row:
            named = [by_id[each] for each in cell.element.get("headers", "").split()[:_MOST_HEADERS] if each in by_id]
            if headers := [each for each in named if each.is_header and each is not cell]:
                cell.headers = dict.fromkeys(headers)


def cells_in(groups: Iterable[Group]) -> Iterator[etree._Element]:
    """Yield the cells of row groups."""
    return (cell for group in groups for row in group.rows for cell in row)
