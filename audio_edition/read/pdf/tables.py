"""Finds tables on pages without tags: rows of short texts that stand below each other in columns.

A row becomes one line with its cells, so that it is read as a row, whatever else the page holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from lxml import etree

from audio_edition.pdf.facts import Box, Mark, Span
from audio_edition.read.pdf.lines import Line, around, line_of
from audio_edition.read.pdf.paragraphs import bullet_of, number_of

_LEAST_ROWS = 3
_SAME_EDGE = 3.0
"""Points within which edges of cells stand below each other."""

_SHORT, _SHORT_IF_RULED = 16, 60
"""Letters of most cells, without spaces. Longer ones are lines of columns of text."""

_MOST_RUNNING, _MOST_RUNNING_IF_RULED = 0.25, 0.4
"""Share of cells that begin with a small letter. More of them do in columns of text."""

_FARTHEST_ROW = 3.5
"""Times the height of a line, from one row to the next."""

_NEXT_LINE = 1.8
"""Times the height of a line, to the next one of a cell."""

_ROW = 8.0
"""Points. Lines of one row are no farther from each other."""

_CURRENCY = r"(?:[£$€¥]|EUR|GBP|USD|CHF|kr\.?|Fr\.)"
_FIGURE = re.compile(
    rf"(?=.*\d){_CURRENCY}? ?[-+−–(]?[\d.,:]+[%)]?(?: ?[-–] ?[\d.,:]+)?(?: ?(?:{_CURRENCY}|Uhr|h|[ap]\.?m\.?))?",
    re.IGNORECASE,
)
_DASHES = ("-", "–", "—", "*")
"""Before a figure they are a cell without one."""

_SHORTEST_RULE = 12.0
"""Points. Shorter strokes are bullets, or parts of drawings."""

_SMALLER = 0.93
_MARK_GAP = 50.0
"""Points from a bullet to its text."""


def with_marks(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with bullets and numbers of lists at the beginning of their texts, which may be drawn before
    them or long after."""
    heights: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        heights[int(line.base // _ROW)].append(line)
    taken: dict[Line, Line | None] = {}
    for mark in filter(_is_mark, lines):
        row = int(mark.base // _ROW)
        near = [line for at in (row - 1, row, row + 1) for line in heights.get(at, ())]
        behind = [line for line in near if line not in taken and _is_marked_by(line, mark)]
        first = min(behind, key=lambda each: each.box.left, default=None)
        is_cell = first is not None and _is_figure(first) and mark.text.strip() in _DASHES
        if first is not None and not is_cell and not _goes_on_from_above(first, lines):
            taken |= {mark: None, first: _with_mark(first, mark)}
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _with_mark(line: Line, mark: Line) -> Line:
    first = line.spans[0]
    spaced = first._replace(marks=first.marks | Mark.SPACED)
    return line_of([*mark.spans, spaced, *line.spans[1:]], line.page, line.styles)


def _is_marked_by(line: Line, mark: Line) -> bool:
    return line is not mark and _is_row(mark, line) and 0 <= line.box.left - mark.box.right < _MARK_GAP


def _goes_on_from_above(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line is not the first of its text: a number in the middle of a cell's height is none of it."""
    return line.text[:1].islower() and any(
        abs(other.box.left - line.box.left) < _SAME_EDGE and 0 < other.base - line.base < _NEXT_LINE * line.height
        for other in lines
    )


def _is_mark(line: Line) -> bool:
    text = line.text.strip()
    return len(text) < 6 and text in (bullet_of(f"{text} "), number_of(f"{text} "))


def with_rows(lines: Sequence[Line], rules: Sequence[Box]) -> list[Line]:
    """Return the lines with the rows of tables as single lines, in place of the first of them."""
    places = {line: at for at, line in enumerate(lines)}
    taken: dict[Line, Line | None] = {}
    for rows in _tables([line for line in lines if not (line.boxed or line.cells)], rules):
        for cells, parts in _whole_rows(rows):
            spans = [span for cell in cells for span in _spaced(cell)]
            taken |= dict.fromkeys(parts, None)
            taken[min(parts, key=places.__getitem__)] = line_of(spans, cells[0].page, cells[0].styles, tuple(cells))
    if not taken:
        return list(lines)
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _spaced(cell: Line) -> list[Span]:
    first, *rest = cell.spans
    return [first._replace(marks=(first.marks | Mark.SPACED) & ~Mark.HYPHENATED), *rest]


def _tables(lines: Sequence[Line], rules: Sequence[Box]) -> Iterator[list[list[Line]]]:
    """Yield the rows of each table."""
    rows: list[list[Line]] = []
    for row in _rows(lines):
        if rows and (_follows(rows, row) or (len(rows) == 1 and _is_under_heads(row, rows[0]))):
            rows.append(row)
            continue
        yield from _if_table(rows, rules)
        rows = [row] if len(row) > 1 else []
    yield from _if_table(rows, rules)


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines on each height, from top to bottom, those of a row from left to right."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.base):
        if row and not _is_row(row[0], line):
            yield sorted(row, key=lambda each: each.box.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda each: each.box.left)


def _is_row(line: Line, other: Line) -> bool:
    return abs(line.base - other.base) < 0.35 * min(line.height, other.height)


def _follows(rows: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Return whether a row is of the table above it: its cells stand below others."""
    last = rows[-1][0]
    if last.base - row[0].base > _FARTHEST_ROW * max(last.height, row[0].height):
        return False
    above = [cell for each in rows[-3:] for cell in each]
    below = sum(any(_stand_below(cell, other) for other in above) for cell in row)
    if len(row) == 1:  # the rest of a cell
        if _is_description(row, rows[-1]) or _is_rest_of_first(row, rows[-1]):
            return True
        return below == 1 and row[0].box.left > rows[0][0].box.right and len(rows) > 1
    return below >= 2


def _is_description(row: Sequence[Line], above: Sequence[Line]) -> bool:
    """Return whether a line tells more about the first cell of the row above it, whose other cells are figures: in
    smaller or slanted type, as on menus."""
    line, first = row[0], above[0]
    is_told_apart = line.size < _SMALLER * first.size or (line.style.italic and not first.style.italic)
    is_under = abs(line.box.left - first.box.left) < _SAME_EDGE and first.base - line.base < _NEXT_LINE * first.height
    return len(row) == 1 and len(above) > 1 and is_told_apart and is_under and all(map(_is_figure, above[1:]))


def _is_under_heads(row: Sequence[Line], heads: Sequence[Line]) -> bool:
    """Return whether a row has more cells than the bold row right above it, whose cells stand over one or several."""
    drop = heads[0].base - row[0].base
    if len(row) <= len(heads) or drop > _FARTHEST_ROW * row[0].height or not all(cell.is_bold for cell in heads):
        return False
    over_one = sum(any(_stand_below(cell, head) for cell in row) for head in heads)
    spans = [around(row[first:last]) for first in range(len(row)) for last in range(first + 2, len(row) + 1)]
    over_more = sum(any(_have_one_middle(head.box, span) for span in spans) for head in heads)
    return over_one > 0 and over_one + over_more >= len(heads)


def _is_rest_of_first(row: Sequence[Line], above: Sequence[Line]) -> bool:
    """Return whether a line goes on in the first cell of the row above it, which was too narrow: “Site / address:”."""
    line, first = row[0], above[0]
    is_under = abs(line.box.left - first.box.left) < _SAME_EDGE and first.base - line.base < _NEXT_LINE * first.height
    is_narrow = len(above) > 1 and line.box.right < above[1].box.left
    return len(row) == 1 and is_under and is_narrow and line.text[:1].islower()


def _have_one_middle(one: Box, other: Box) -> bool:
    return abs(one.left + one.right - other.left - other.right) / 2 < _SAME_EDGE


def _stand_below(cell: Line, other: Line) -> bool:
    edges = abs(cell.box.left - other.box.left), abs(cell.box.right - other.box.right)
    return min(edges) < _SAME_EDGE or _have_one_middle(cell.box, other.box)


def _if_table(rows: list[list[Line]], rules: Sequence[Box]) -> Iterator[list[list[Line]]]:
    """Yield the rows if they are a table's: several, of short texts, or longer ones between rules."""
    full = [row for row in rows if len(row) > 1]
    if len(full) < 2:
        return
    if _have_figures(full):
        yield rows
        return
    if _are_headed(rows):
        yield rows
        return
    cells = [cell for row in rows for cell in row]
    box = around(cells)
    ruled = sum(_crosses(rule, box) for rule in rules) >= 3
    if len(full) < (2 if ruled else _LEAST_ROWS):
        return
    running = sum(cell.text[:1].islower() for cell in cells) / len(cells)
    if running > (_MOST_RUNNING_IF_RULED if ruled else _MOST_RUNNING):
        return
    if median(cell.letters for cell in cells) <= (_SHORT_IF_RULED if ruled else _SHORT):
        yield rows


def _are_headed(rows: Sequence[Sequence[Line]]) -> bool:
    """Return whether the cells of the first row are bold, and each line below begins under one of them, where the first
    cells are short: long texts may stand in the others."""
    heads, *rest = rows
    if len(heads) < 2 or not all(cell.is_bold for cell in heads) or all(row[0].is_bold for row in rest):
        return False
    lefts = [cell.box.left for cell in heads]
    cells = [cell for row in rest for cell in row]
    first = [cell.letters for cell in cells if abs(cell.box.left - lefts[0]) < _SAME_EDGE]
    are_under = all(any(abs(cell.box.left - left) < _SAME_EDGE for left in lefts) for cell in cells)
    return are_under and len(first) > 1 and max(first) <= _SHORT


def _have_figures(rows: Sequence[Sequence[Line]]) -> bool:
    """Return whether each row begins or ends with a figure, such as a time or a price, and all stand below each
    other."""
    for side in (0, -1):
        edges = [(row[side].box.left, row[side].box.right) for row in rows if _is_figure(row[side])]
        lefts, rights = zip(*edges, strict=True) if edges else ((0.0,), (0.0,))
        is_straight = min(max(lefts) - min(lefts), max(rights) - min(rights)) < _SAME_EDGE
        if len(edges) == len(rows) and is_straight and not any(_is_figure(row[-1 - side]) for row in rows):
            return True
    return False


def _crosses(rule: Box, box: Box) -> bool:
    return (
        max(rule.right - rule.left, rule.top - rule.bottom) > _SHORTEST_RULE
        and rule.left < box.right + 5
        and rule.right > box.left - 5
        and box.bottom - 15 < rule.top
        and rule.bottom < box.top + 15
    )


def _whole_rows(rows: Sequence[list[Line]]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the cells of each row, whole: the rest of a cell stands below it, in a row without a first cell. With them
    come the lines that they are made of."""
    whole: list[Line] = []
    parts: list[Line] = []
    for row in rows:
        if whole and _is_rest(row, whole, parts[-1]):
            whole = [_with_rest(cell, row) for cell in whole]
            parts += row
            continue
        if whole:
            yield whole, parts
        whole, parts = row, list(row)
    if whole:
        yield whole, parts


def _is_rest(row: Sequence[Line], whole: Sequence[Line], above: Line) -> bool:
    """Return whether a row without a first cell goes on in cells of the one above it: close below it, in fewer cells,
    with no figure under a figure, for that begins a row."""
    if _is_description(row, whole) or _is_rest_of_first(row, whole):
        return True
    drop = above.base - row[0].base
    if row[0].box.left <= whole[0].box.right or len(row) >= len(whole) or drop > _NEXT_LINE * above.height:
        return False
    return not any(_is_figure(cell) and _is_under(cell, other) and _is_figure(other) for cell in row for other in whole)


def _is_figure(cell: Line) -> bool:
    return _FIGURE.fullmatch(cell.text.strip()) is not None


def _with_rest(cell: Line, row: Sequence[Line]) -> Line:
    rest = [span for other in row if _is_under(other, cell) for span in _spaced(other)]
    return line_of([*cell.spans, *rest], cell.page, cell.styles) if rest else cell


def _is_under(line: Line, cell: Line) -> bool:
    return min(line.box.right, cell.box.right) > max(line.box.left, cell.box.left)


# --- writing


def columns_of(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the left and right edges of the columns of a table."""
    count = max(len(row.cells) for row in rows)
    edges = sorted((cell.box.left, cell.box.right) for row in rows if len(row.cells) == count for cell in row.cells)
    columns: list[tuple[float, float]] = []
    for left, right in edges:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def places_of(row: Line, columns: Sequence[tuple[float, float]]) -> list[range] | None:
    """Return which columns each cell of a row stands in; None if two cells share one."""
    places = []
    for cell in row.cells:
        under = [at for at, (left, right) in enumerate(columns) if cell.box.left < right and cell.box.right > left]
        nearest = min(range(len(columns)), key=lambda at: abs(columns[at][0] - cell.box.left))
        places.append(range(min(under, default=nearest), max(under, default=nearest) + 1))
    return places if all(one.stop <= other.start for one, other in pairwise(places)) else None


def heads(rows: Sequence[Line]) -> bool:
    """Return whether the first row looks like the heads of the columns: bold, as the others are not."""
    return rows[0].is_bold and not all(row.is_bold for row in rows[1:])


def cell_element(row: etree._Element, is_head: bool, columns: range) -> etree._Element:
    """Return a new cell over some columns."""
    cell = etree.SubElement(row, "th" if is_head else "td")
    if is_head:
        cell.set("scope", "col")
    if len(columns) > 1:
        cell.set("colspan", str(len(columns)))
    return cell
