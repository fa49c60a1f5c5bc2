"""Tables of RTF: cells come one by one, and where they end on the page comes with each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from audio_edition.read.docx.flow import Flow
from audio_edition.read.docx.paragraphs import is_blank

_NEAR = 40
"""Twentieths of a point by which edges of one column may differ."""

_MOST_COLUMNS = 63
_MUCH_TEXT = 60
"""Words of a cell with more than one paragraph: a longer one means columns on a page, not a table of data."""


@dataclass(slots=True)
class CellPlan:
    """A cell's place: its right edge, and whether it goes on with the cell before it or above it."""

    edge: int = 0
    goes_on_across: bool = False
    goes_on_down: bool = False


@dataclass(slots=True)
class RowPlan:
    """What a row's definition says."""

    left: int = 0
    is_head: bool = False
    cells: list[CellPlan] = field(default_factory=list)
    next: CellPlan = field(default_factory=CellPlan)

    def add(self, edge: int) -> None:
        """End the definition of a cell at its right edge."""
        if len(self.cells) < _MOST_COLUMNS:
            self.next.edge = edge
            self.cells.append(self.next)
        self.next = CellPlan()


@dataclass(slots=True)
class _Cell:
    element: etree._Element
    left: int
    right: int
    rows: int = 1


class OpenTable:
    """A table that can take further rows."""

    def __init__(self) -> None:
        self.element = etree.Element("table")
        self._cells: list[etree._Element] = []
        self._cell: etree._Element | None = None
        self._flow: Flow | None = None
        self._rows: list[tuple[list[_Cell], bool]] = []

    @property
    def flow(self) -> Flow:
        """What takes the paragraphs of the open cell."""
        if self._flow is None:
            self._cell = etree.Element("td")
            self._flow = Flow(self._cell)
        return self._flow

    def end_cell(self) -> None:
        """Close the open cell."""
        _ = self.flow
        if self._cell is not None:
            self._cells.append(self._cell)
        self._cell, self._flow = None, None

    def end_row(self, plan: RowPlan) -> None:
        """Close the row with the cells since the last one."""
        if self._flow is not None:
            self.end_cell()
        cells: list[_Cell] = []
        left = plan.left
        for number, element in enumerate(self._cells):
            known = plan.cells[number] if number < len(plan.cells) else CellPlan(left + 1000)
            if known.goes_on_across and cells:
                cells[-1].right = known.edge
                cells[-1].element.extend(list(element))
            elif known.goes_on_down and (above := self._above(left)) is not None:
                above.rows += 1
                above.element.extend([each for each in element if not is_blank(each)])
            else:
                cells.append(_Cell(element, left, known.edge))
            left = known.edge
        self._rows.append((cells, plan.is_head))
        self._cells = []

    def _above(self, left: int) -> _Cell | None:
        """Return the cell above that begins at an edge."""
        for cells, _ in reversed(self._rows):
            for cell in cells:
                if abs(cell.left - left) <= _NEAR:
                    return cell
        return None

    def end(self) -> None:
        """Write the rows into the table's element."""
        if self._cells or self._flow is not None:
            self.end_row(RowPlan())
        edges = _edges([cell for cells, _ in self._rows for cell in cells])
        has_head = any(is_head for _, is_head in self._rows) and not all(is_head for _, is_head in self._rows)
        if not has_head and self._is_layout():
            self.element.set("role", "presentation")
        parts = {name: etree.SubElement(self.element, name) for name in ("thead", "tbody")[not has_head :]}
        for cells, is_head in self._rows:
            is_in_head = has_head and is_head
            row = etree.SubElement(parts["thead" if is_in_head else "tbody"], "tr")
            for cell in cells:
                row.append(_written(cell, edges, is_head=is_in_head))

    def _is_layout(self) -> bool:
        rows = [cells for cells, _ in self._rows]
        if len(rows) < 2 or all(len(cells) < 2 for cells in rows):
            return True
        return any(_holds_text(cell.element) for cells in rows for cell in cells)


def _holds_text(cell: etree._Element) -> bool:
    if next(cell.iter("table"), None) is not None:
        return True
    return len(cell.findall("p")) > 1 and len(" ".join(map(str, cell.itertext())).split()) > _MUCH_TEXT


def _edges(cells: list[_Cell]) -> list[int]:
    """Return the right edges of a table's columns."""
    edges: list[int] = []
    for edge in sorted({cell.right for cell in cells}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _written(cell: _Cell, edges: list[int], *, is_head: bool) -> etree._Element:
    element = cell.element
    columns = sum(cell.left + _NEAR < edge <= cell.right + _NEAR for edge in edges)
    for attribute, count in (("colspan", min(columns, _MOST_COLUMNS)), ("rowspan", cell.rows)):
        if count > 1:
            element.set(attribute, str(count))
    if is_head:
        element.tag = "th"
        element.set("scope", "col")
        for each in list(element.iter("strong")):
            each.tag = "span"
    return element
