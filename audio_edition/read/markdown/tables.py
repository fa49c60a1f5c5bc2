"""Reads Pandoc's drawn tables: simple ones, multi-line rows, and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from audio_edition.read.markdown.boxes import Rules, line_of

_COLUMNS = re.compile(r" {0,3}(?=[- ]*-{3})-+(?: +-+)+ *$")
_WHOLE_LINE = re.compile(r" {0,3}-{3,} *$")
_GRID = re.compile(r"\+(?:[-=:]{1,500}\+)+\s*$")
_MOST_LINES = 2_000
_MOST_COLUMNS = 60

Rows = list[list[str]]


def tables(parser: MarkdownIt) -> None:
    """Make the parser read drawn tables."""
    options: RuleOptionsType = {"alt": ["paragraph", "reference"]}
    parser.block.ruler.before("table", "drawn_table", _drawn, options)


def _drawn(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read columns below a line of groups of dashes, with optional headers above it and a closing line below the
    rows."""
    if not (_begins_with_dash(state, start) or (start + 1 < end and _begins_with_dash(state, start + 1))):
        return False
    first = _raw(state, start)
    is_framed = bool(_WHOLE_LINE.match(first))
    at = start
    if is_framed or not _COLUMNS.match(first):
        at = _next_columns(state, start, end, most=6 if is_framed else 1)
    if at < 0:
        return False
    columns = [match.start() for match in re.finditer("-+", _raw(state, at))][:_MOST_COLUMNS]
    last, stop = _end_of_rows(state, at + 1, end, is_framed=is_framed or at == start)
    if stop < 0 or last == at + 1:
        return False
    if not silent:
        heads = [_raw(state, line) for line in range(start + is_framed, at)]
        rows = _rows_of([_raw(state, line) for line in range(at + 1, last)], columns, is_framed)
        _write(state, [_cells(heads, columns)] if heads else [], rows, (start, stop))
        state.line = stop
    return True


def _begins_with_dash(state: StateBlock, line: int) -> bool:
    return state.src.startswith("--", state.bMarks[line] + state.tShift[line])


def _raw(state: StateBlock, line: int) -> str:
    """Return a line with its indent within its block."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
    return " " * max(0, state.sCount[line] - state.blkIndent) + text if text else ""


def _next_columns(state: StateBlock, start: int, end: int, most: int) -> int:
    """Return the index of the next line of groups of dashes within a limit; -1 if there is none."""
    for line in range(start + 1, min(end, start + 1 + most)):
        text = _raw(state, line)
        if _COLUMNS.match(text):
            return line
        if not text:
            break
    return -1


def _end_of_rows(state: StateBlock, first: int, end: int, *, is_framed: bool) -> tuple[int, int]:
    """Return the index after the rows, and the one after the table; -1 if a required end is missing."""
    for line in range(first, min(end, first + _MOST_LINES)):
        text = _raw(state, line)
        if text and (_WHOLE_LINE.match(text) or _COLUMNS.match(text)):
            return line, line + 1
        if not text and not is_framed:
            return line, line
    stop = min(end, first + _MOST_LINES)
    return (stop, -1) if is_framed else (stop, stop)


def _rows_of(lines: Sequence[str], columns: Sequence[int], is_framed: bool) -> Rows:
    """Return the rows: each line, or the lines up to an empty one."""
    if not is_framed or not any(not line for line in lines):
        return [_cells([line], columns) for line in lines if line]
    rows: list[list[str]] = [[]]
    for line in lines:
        if line:
            rows[-1].append(line)
        elif rows[-1]:
            rows.append([])
    return [_cells(row, columns) for row in rows if row]


def _cells(lines: Sequence[str], columns: Sequence[int]) -> list[str]:
    """Return each column's words in some lines; a word that crosses into the next column stays whole."""
    cells = [""] * len(columns)
    for line in lines:
        cuts = [0, *(_cut(line, column) for column in columns[1:]), len(line)]
        for at, (start, stop) in enumerate(pairwise(cuts)):
            cells[at] = f"{cells[at]} {line[start:stop].strip()}".strip()
    return cells


def _cut(line: str, column: int) -> int:
    while 0 < column < len(line) and not (line[column - 1].isspace() or line[column].isspace()):
        column -= 1
    return min(column, len(line))


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read cells between lines of `+`, `-` and `|`; a line of `=` follows the headers."""
    text = line_of(state, start, "+")
    if not _GRID.match(text):
        return False
    last = start + 1
    while last < min(end, start + _MOST_LINES) and line_of(state, last)[:1] in ("+", "|"):
        last += 1
    lines = [line_of(state, line).rstrip() for line in range(start, last)]
    if len(lines) < 3 or not _GRID.match(lines[-1]):
        return False
    if not silent:
        heads, rows = _grid_rows(lines)
        _write(state, heads, rows, (start, last))
        state.line = last
    return True


def _grid_rows(lines: Sequence[str]) -> tuple[Rows, Rows]:
    heads: Rows = []
    rows: Rows = []
    edges = [at for at, sign in enumerate(lines[0]) if sign == "+"][: _MOST_COLUMNS + 1]
    row = [""] * (len(edges) - 1)
    for line in lines[1:]:
        if _GRID.match(line):
            rows += [row] if any(row) else []
            row = [""] * (len(edges) - 1)
            if "=" in line and not heads and line is not lines[-1]:
                heads, rows = rows, []
            continue
        for at, (cell, _) in enumerate(_grid_cells(line, edges)):
            row[min(at, len(row) - 1)] += f" {cell}"
    return [[" ".join(cell.split()) for cell in each] for each in heads], [
        [" ".join(cell.split()) for cell in each] for each in rows
    ]


def _grid_cells(line: str, edges: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the words between the edges of a line; a cell that spans columns is in the first of them."""
    kept = [edge for edge in edges if edge < len(line) and line[edge] in "|+"]
    known = {edge: at for at, edge in enumerate(edges)}
    for start, stop in pairwise(kept or [0, len(line)]):
        yield line[start + 1 : stop].strip("| "), known.get(start, 0)
        yield from (("", 0) for _ in range(known.get(stop, 0) - known.get(start, 0) - 1))


def _write(state: StateBlock, heads: Rows, rows: Rows, lines: tuple[int, int]) -> None:
    state.push("table_open", "table", 1).map = list(lines)
    for name, cell, part in (("thead", "th", heads), ("tbody", "td", rows)):
        if part:
            state.push(f"{name}_open", name, 1)
            for row in part:
                _write_row(state, row, cell, lines)
            state.push(f"{name}_close", name, -1)
    state.push("table_close", "table", -1)


def _write_row(state: StateBlock, row: Sequence[str], cell: str, lines: tuple[int, int]) -> None:
    state.push("tr_open", "tr", 1)
    for text in row:
        state.push(f"{cell}_open", cell, 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = text, [], list(lines)
        state.push(f"{cell}_close", cell, -1)
    state.push("tr_close", "tr", -1)


GRIDS: Rules = {"+": (_grid,)}
"""The rule that reads grids, by first character."""
