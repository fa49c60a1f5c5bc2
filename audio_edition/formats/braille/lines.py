"""Lines of braille: words of cells broken at the width of a page, indented as the conventions say."""

from __future__ import annotations

from dataclasses import dataclass

GOES_ON = "⠐"
"""Dot 5 at the end of a line: the word goes on in the next (The Rules of Unified English Braille, 10.13.10)."""
_GUIDE = "⠐"
_LEAST_GUIDE = 2
_MARGIN = 3
"""Cells that stay free at both sides of a centred heading."""


@dataclass(frozen=True, slots=True)
class Indent:
    """How many cells the first line is in, and the others: 3-1 in the books of transcribers is (2, 0) here."""

    first: int
    others: int


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together. `spaced` wants a blank line before and `closed` one behind; `kept` stays with the two
    lines that follow. `begins` is the number of a chapter whose heading it is; `print_page` the printed page that
    begins with it, whose line is left out at the top of a page if it is `silent`."""

    lines: tuple[str, ...]
    spaced: bool = False
    closed: bool = False
    kept: bool = False
    begins: int | None = None
    print_page: str = ""
    silent: bool = False


def broken(cells: str, indent: Indent, width: int) -> list[str]:
    """Return words of cells as lines of at most `width` cells."""
    lines: list[str] = []
    line, is_empty, further = " " * indent.first, True, " " * indent.others
    for word in cells.split():
        if not is_empty and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, is_empty = further, True
        line += "" if is_empty else " "
        while len(line) + len(word) > width:
            room = width - len(line) - 1
            lines.append(line + word[:room] + GOES_ON)
            line, word = further, word[room:]
        line, is_empty = line + word, False
    return lines if is_empty else [*lines, line]


def centred(cells: str, width: int) -> list[str]:
    inner = width - 2 * _MARGIN
    return [" " * ((width - len(line)) // 2) + line for line in broken(cells, Indent(0, 0), inner)]


def with_number(cells: str, number: str, indent: Indent, width: int) -> list[str]:
    """Return an entry of the contents: its words, guide dots, and the number of its page at the right edge."""
    *before, last = broken(cells, indent, width - len(number) - _LEAST_GUIDE - 2)
    room = width - len(last) - len(number) - 2
    return [*before, f"{last} {_GUIDE * room} {number}"]
