"""The lines of a text, whatever ends them, with the numbers that an editor sees."""

from __future__ import annotations

import re
from typing import NamedTuple

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
_WIDE_SPACE = re.compile(" {3}|\t")
_SPEAKABLE = re.compile(r"[^\W_]")
_LONGEST_NAMED = 150


class Line(NamedTuple):
    """A line or a paragraph that begins there: `text` has no white space around it, and single spaces in it.

    `in_columns` tells that wide space parts its words, as in a table.
    """

    number: int
    text: str
    indent: int = 0
    in_columns: bool = False


def written_lines(text: str) -> list[str]:
    """All lines as they are written, without what ends them."""
    return _LINE_END.split(text)


def split_lines(text: str) -> list[Line]:
    """All lines, the blank ones too."""
    return [
        Line(
            number, " ".join(line.split()), len(line) - len(line.lstrip()), _WIDE_SPACE.search(line.strip()) is not None
        )
        for number, line in enumerate(written_lines(text), start=1)
    ]


def line_at(text: str, position: int) -> int:
    """The number of the line that a character stands on."""
    return 1 + sum(1 for _ in _LINE_END.finditer(text, 0, position))


def in_brief(text: str) -> str:
    """The beginning of a text from a document, on one line, to be named in a message."""
    line = " ".join(
        "".join(character for character in text[:400] if character.isprintable() or character.isspace()).split()
    )
    return line if len(line) <= _LONGEST_NAMED else f"{line[:_LONGEST_NAMED]}…"


def speakable(text: str) -> bool:
    """Whether the text has a letter or digit."""
    return _SPEAKABLE.search(text) is not None
