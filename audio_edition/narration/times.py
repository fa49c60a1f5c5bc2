"""Read a list of chapters. Each line has the time at which a chapter begins, and its title:

    0:00:00 Opening
    0:04:10 The bridge
    1:02:33.5 Sport

Empty lines, and lines that begin with #, are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from audio_edition.atomic import regular_file
from audio_edition.errors import NarrationError
from audio_edition.model.characters import one_line, without_unwanted

_LIMIT_BYTES = 1_000_000
_MOST_CHAPTERS = 2_000
_LONGEST_TITLE = 300
_LINE = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d(?:[.,]\d{1,3})?)(?:\s+(?:[-–—]\s+)?(.*))?")
_SUCH = "Write each line as a time and a title, such as 0:04:10 The bridge."


@dataclass(frozen=True, slots=True)
class ListedTime:
    """A chapter, with the seconds from the beginning of the recording to its start."""

    seconds: float
    title: str


def listed_times(path: Path) -> tuple[ListedTime, ...]:
    """Return the chapters that a file lists; the first begins at 0. Raises NarrationError, which names the line, if the
    file is not such a list."""
    try:
        with regular_file(path) as file:
            data = file.read(_LIMIT_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise NarrationError(f"{path} can't be read ({error.strerror or error}).", "Check its name.") from error
    except UnicodeDecodeError as error:
        raise NarrationError(f"{path} is not text in UTF-8.", "Save it as plain text in UTF-8.") from error
    if len(data) > _LIMIT_BYTES:
        raise NarrationError(f"{path} is larger than {_LIMIT_BYTES // 1_000_000} MB.", _SUCH)
    numbered = list(_times(path, text))
    if not 0 < len(numbered) <= _MOST_CHAPTERS:
        raise NarrationError(f"{path} lists {len(numbered)} chapters.", f"List 1 to {_MOST_CHAPTERS}. {_SUCH}")
    number, first = numbered[0]
    if first.seconds:
        raise NarrationError(f"{path}, line {number}: the first chapter does not begin at 0:00.", "Begin it there.")
    for (_, before), (number, each) in pairwise(numbered):
        if each.seconds <= before.seconds:
            raise NarrationError(
                f"{path}, line {number}: the time is not later than the one before.", "Put the lines in order."
            )
    return tuple(each for _, each in numbered)


def _times(path: Path, text: str) -> Iterator[tuple[int, ListedTime]]:
    """Yield the chapters with their line numbers. Raises NarrationError."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        title = one_line(without_unwanted(found[4] or "")).strip() if found else ""
        if not found or not title or len(title) > _LONGEST_TITLE or float(found[3].replace(",", ".")) >= 60:
            raise NarrationError(f"{path}, line {number}: “{one_line(line)[:60]}” is not a time with a title.", _SUCH)
        hours, minutes, seconds = int(found[1] or 0), int(found[2]), float(found[3].replace(",", "."))
        yield number, ListedTime(3600 * hours + 60 * minutes + seconds, title)
