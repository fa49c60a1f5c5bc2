"""Lines of plain text: what stands above them, and how far in they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audio_edition.model import Utterance

INDENT = 4
Line = tuple[int, str]
"""A line, and how many blank lines stand before it at least."""


def below(lines: Iterable[Line], before: int) -> Iterator[Line]:
    """Yield the lines, the first with at least so many blank ones above it."""
    for number, (blank, line) in enumerate(lines):
        yield (max(blank, before), line) if number == 0 else (blank, line)


def indented(lines: Iterable[Line], by: int = INDENT) -> Iterator[Line]:
    return ((blank, " " * by + line) for blank, line in lines)


def marked(lines: Iterable[Line], mark: str, unless: str = "") -> Iterator[Line]:
    """Yield the lines with a mark before the first, the others as far in; `unless` are marks that it may have."""
    for number, (blank, line) in enumerate(lines):
        if number == 0 and unless and line.startswith(tuple(unless)):
            mark = ""
        yield blank, (mark if number == 0 else " " * len(mark)) + line


def is_spaced(utterance: Utterance) -> bool:
    """Return whether a space stands between what is announced and the text."""
    spoken, announced = utterance.spoken, utterance.announces
    return not spoken.startswith(announced) or spoken[len(announced) :][:1] in ("", " ")
