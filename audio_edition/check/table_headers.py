"""Check that the markup of a table shows which headers belong to each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from audio_edition.check.facts import Document
from audio_edition.check.facts_of_markup import rows_of
from audio_edition.check.reading import local, one_spaced
from audio_edition.check.tree import steps
from audio_edition.check.wording import written_in
from audio_edition.model import Finding

_MOST_CELLS = 10_000
"""Of larger tables, what heads each cell is not looked at."""
_AGAIN = "Build the edition again."


def header_findings(place: str, document: Document) -> Iterator[Finding]:
    """Yield a finding for each cell with other headers in the text than a screen reader finds in the document."""
    tables = [element for root in document.roots for element in root.iter() if local(element) == "table"]
    blocks = [
        step.value for chapter in document.chapters for step in steps(chapter.blocks)
        if step.kind == "table" and step.value["rows"]
    ]  # fmt: skip
    for element, block in zip(tables, blocks, strict=False):
        rows = list(rows_of(element))
        if [len(row) for row in rows] != [len(row["cells"]) for row in block["rows"]]:
            continue  # said already
        if sum(map(len, rows)) <= _MOST_CELLS and (lost := _lost_header(rows, block)):
            cell, header = lost
            yield Finding(
                "structure-differs", "error", f"“{cell}” is headed by “{header}”, and the table does not say so.",
                place, _AGAIN,
            )  # fmt: skip


def _lost_header(rows: Sequence[Sequence[etree._Element]], block: Mapping[str, Any]) -> tuple[str, str] | None:
    grid = _Grid(rows)
    for at, row in enumerate(block["rows"]):
        for place, cell in enumerate(row["cells"]):
            for head in cell.get("headers", []):
                if len(head) == 2 and 0 <= head[0] < len(rows) and 0 <= head[1] < len(rows[head[0]]):
                    header, own = rows[head[0]][head[1]], rows[at][place]
                    is_header = local(header) == "th" and header is not own
                    if is_header and not grid.heads(header, own):
                        return one_spaced(written_in(own))[:40], one_spaced(written_in(header))[:40]
    return None


class _Grid:
    """Where the cells of a table stand (HTML, "forming a table")."""

    def __init__(self, rows: Sequence[Sequence[etree._Element]]) -> None:
        self._spans: dict[etree._Element, tuple[range, range]] = {}
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                wide, high = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
                across, down = range(column, column + min(wide, 1000)), range(number, min(number + high, len(rows)))
                taken |= {(below, beside) for below in down for beside in across}
                self._spans[cell] = (across, down)

    def heads(self, header: etree._Element, cell: etree._Element) -> bool:
        """Return whether a header is one of a cell: by the cell's own list, else by where it stands and its scope."""
        if named := str(cell.get("headers", "")).split():
            ids = {str(inner.get("id")) for inner in header.iter() if inner.get("id")}
            return bool(ids & set(named))
        (across, down), (own_across, own_down) = self._spans[header], self._spans[cell]
        if header.get("scope") == "col":
            return _meet(across, own_across) and down.start < own_down.stop
        return _meet(down, own_down) and across.start < own_across.stop


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
