"""Splits text into lines, whatever ends them, with the line numbers that an editor shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
_WIDE_SPACE = re.compile(" {3}|\t")
_SPEAKABLE = re.compile(r"[^\W_]")
_MOST_PLACES = 10


class Line(NamedTuple):
    """A line, or a paragraph that begins there: `text` is stripped and has single spaces.

    `in_columns` tells that wide gaps separate its words, as in a table; `blanks` counts the blank lines above it;
    `breaks` are the positions of spaces that stand for deliberate line ends.
    """

    number: int
    text: str
    indent: int = 0
    in_columns: bool = False
    blanks: int = 0
    breaks: tuple[int, ...] = ()


def written_lines(text: str) -> list[str]:
    """Return all lines as written, without their line ends."""
    return _LINE_END.split(text)


def split_lines(text: str) -> list[Line]:
    """Return all lines, including blank ones."""
    lines, blanks = [], 0
    for number, written in enumerate(written_lines(text), start=1):
        line = " ".join(written.split())
        in_columns = _WIDE_SPACE.search(written.strip()) is not None
        lines.append(Line(number, line, len(written) - len(written.lstrip()), in_columns, blanks))
        blanks = 0 if line else blanks + 1
    return lines


def line_at(text: str, position: int) -> int:
    """Return the number of the line that contains a character."""
    return 1 + sum(1 for _ in _LINE_END.finditer(text, 0, position))


def speakable(text: str) -> bool:
    """Return whether the text has a letter or digit."""
    return text[:1].isalnum() or _SPEAKABLE.search(text) is not None


def folded(text: str) -> str:
    """Return the text without regard to case and white space, for comparison."""
    return " ".join(text.casefold().split())


def letters_of(text: str) -> str:
    """Return the letters and digits of the text alone, in lower case, for comparison."""
    return "".join(filter(str.isalnum, text.casefold()))


def place_of(numbers: Sequence[int]) -> str:
    """Return line numbers as a phrase for an editor: “lines 3, 5 and 9”."""
    said = list(map(str, numbers[:_MOST_PLACES]))
    if len(numbers) > _MOST_PLACES:
        said.append(f"{len(numbers) - _MOST_PLACES} more")
    return f"line {said[0]}" if len(said) == 1 else f"lines {', '.join(said[:-1])} and {said[-1]}"
