"""Which cells head a cell, by what its table's markup says (HTML, "internal algorithm for scanning and assigning header
cells")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.trees import Element

Slots = dict[tuple[int, int], "Element"]


def header_cells(table: Element) -> dict[int, list[Element]]:
    """The header cells of each cell, by the id() of its element."""
    slots, boxes = _formed(table)
    named = {cell.attributes["id"]: cell for cell in slots.values() if "id" in cell.attributes}
    found: dict[int, list[Element]] = {}
    for cell in slots.values():
        if "headers" in cell.attributes:
            names = cell.attributes["headers"].split()
            found[id(cell)] = [named[name] for name in names if name in named and named[name] is not cell]
        else:
            found[id(cell)] = list(dict.fromkeys(_scanned(cell, slots, boxes)))
    return found


def _formed(table: Element) -> tuple[Slots, dict[int, tuple[int, int, int, int]]]:
    """The cell of each slot, and of each cell its column, row, width and height."""
    slots: Slots = {}
    boxes: dict[int, tuple[int, int, int, int]] = {}
    rows = [part for part in table.within() if part.name == "tr" and _owner(part) is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in (child for child in row.children if child.name in ("td", "th")):
            while (x, y) in slots:
                x += 1
            width, height = (int(cell.attributes.get(name, "1")) for name in ("colspan", "rowspan"))
            height = min(height, len(rows) - y)
            boxes[id(cell)] = (x, y, width, height)
            slots |= {(x + across, y + down): cell for across in range(width) for down in range(height)}
            x += width
    return slots, boxes


def _owner(row: Element) -> Element:
    return next(element for element in row.around() if element.name == "table")


def _scanned(cell: Element, slots: Slots, boxes: dict[int, tuple[int, int, int, int]]) -> Iterator[Element]:
    x, y, width, height = boxes[id(cell)]
    for column in range(x, x + width):
        yield from _along(cell, [(column, row) for row in range(y - 1, -1, -1)], "column", slots, boxes)
    for row in range(y, y + height):
        yield from _along(cell, [(column, row) for column in range(x - 1, -1, -1)], "row", slots, boxes)


def _along(
    principal: Element,
    way: list[tuple[int, int]],
    kind: str,
    slots: Slots,
    boxes: dict[int, tuple[int, int, int, int]],
) -> Iterator[Element]:
    size = slice(0, 4, 2) if kind == "column" else slice(1, 4, 2)
    opaque: list[Element] = []
    in_block = principal.name == "th"
    block = [principal] if in_block else []
    for current in (slots[place] for place in way if place in slots):
        if current.name == "th":
            in_block = True
            block.append(current)
            blocked = any(boxes[id(other)][size] == boxes[id(current)][size] for other in opaque)
            if not blocked and _heads(current, slots, boxes) == kind and current is not principal:
                yield current
        elif in_block:
            opaque += block
            block, in_block = [], False


def _heads(cell: Element, slots: Slots, boxes: dict[int, tuple[int, int, int, int]]) -> str:
    """Whether a header cell is one of columns or of a row."""
    scope = cell.attributes.get("scope", "").lower()
    if scope in ("col", "colgroup", "row", "rowgroup"):
        return "column" if scope.startswith("col") else "row"
    x, y, width, height = boxes[id(cell)]
    if not any(other.name == "td" for (_, row), other in slots.items() if y <= row < y + height):
        return "column"
    return "" if any(other.name == "td" for (column, _), other in slots.items() if x <= column < x + width) else "row"
