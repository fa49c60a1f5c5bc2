"""Finds headings in lines of plain text: underlined ones, lines of capitals, numbered ones, chapters.

In doubt a line is a paragraph: each kind needs blank lines around it, and most need more than one heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audio_edition.read.desk import is_sign_off
from audio_edition.read.lines import Line, speakable
from audio_edition.read.text.layout import ends_sentence
from audio_edition.read.text.marks import is_list_item, is_rule

_LONGEST = 100
_SHORTEST_UNDERLINE = 3
_UNDERLINE_ERROR = 3
"""Characters by which an underline may differ from its line."""
_FEWEST_CAPITALS = 4
_FEWEST = 2
"""Lines of capitals, or numbered lines, required to take them for headings."""
_DEEPEST = 6

_OPENING_QUOTES = "\"'“‘«„"
_TRAILING = (":", ",", ";", "-", "–", "—")
_NUMBER = re.compile(r"(\d{1,2})((?:\.\d{1,2}){0,3})[.)]? (?=[^\W\d_])")
_ROMAN_OR_FIGURES = r"[IVXLC]{1,7}|\d{1,3}"
_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the (?:first|second|third|fourth|fifth|last)"
)
_PARTS = "part|book|volume|act|teil|buch|partie|livre|parte|libro|часть|книга"
_CHAPTERS = "chapter|scene|canto|kapitel|chapitre|capítulo|capitolo|hoofdstuk|глава"
_CHAPTER = re.compile(
    rf"(?:(?P<part>{_PARTS})|(?:{_CHAPTERS})) (?:(?-i:{_ROMAN_OR_FIGURES})|{_NUMBER_WORDS})"
    r"[.:]? ?[-–—]?(?: (?P<title>.{1,80}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadingLines:
    """A heading, its level, the marks under or over it, and the number of lines that it takes with them."""

    line: Line
    level: int
    lines: int = 1
    marks: tuple[Line, ...] = ()


def headings_in(lines: Sequence[Line]) -> dict[int, HeadingLines]:
    """Return the headings by the index of their first line."""
    chapters = dict(_chapters(lines))
    deepest = max((heading.level for heading in chapters.values()), default=1)
    others = {**_numbered(lines), **_shouted(lines, chapters)}
    below = {
        index: replace(heading, level=min(_DEEPEST, heading.level + deepest - 1)) for index, heading in others.items()
    }
    return {**below, **chapters, **_underlined(lines)}


def _underlined(lines: Sequence[Line]) -> dict[int, HeadingLines]:
    """Return lines with a row of marks of their length under them; a new kind of row is a deeper level."""
    found: dict[int, HeadingLines] = {}
    kinds: list[str] = []
    for index, (line, under) in enumerate(pairwise(lines)):
        if not _is_underlined(line, under):
            continue
        over = lines[index - 1] if index and is_rule(lines[index - 1].text) else None
        if index and lines[index - 1].text and (over is None or over.text != under.text):
            continue
        kind = under.text[0] + ("over" if over else "")
        if kind not in kinds:
            kinds.append(kind)
        marks = (over, under) if over else (under,)
        level = min(_DEEPEST, 2 + kinds.index(kind))
        found[index - len(marks) + 1] = HeadingLines(line, level, len(marks) + 1, marks)
    return found


def _is_underlined(line: Line, under: Line) -> bool:
    if not _is_short(line) or line.in_columns or not is_rule(under.text) or " " in under.text:
        return False
    if len(under.text) < _SHORTEST_UNDERLINE or abs(len(under.text) - len(line.text)) > _UNDERLINE_ERROR:
        return False
    return not ends_sentence(line.text) or (line.text[-1] in "?!" and len(under.text) == len(line.text))


def _shouted(lines: Sequence[Line], chapters: dict[int, HeadingLines]) -> dict[int, HeadingLines]:
    """Return lines of capitals that stand alone above text in mixed case."""
    taken = {at for index, heading in chapters.items() for at in range(index, index + heading.lines)}
    found = [
        index
        for index, line in enumerate(lines)
        if index not in taken and _stands_alone(lines, index) and _is_shouted(line) and not ends_sentence(line.text)
    ]
    found = [index for index in found if (after := _next(lines, index)) is not None and not _is_shouted(lines[after])]
    return {index: HeadingLines(lines[index], 2) for index in found} if len(found) >= _FEWEST else {}


def _is_shouted(line: Line) -> bool:
    letters = [character for character in line.text[: _LONGEST + 1] if character.isalpha()]
    return (
        _is_short(line)
        and len(letters) >= _FEWEST_CAPITALS
        and all(letter.isupper() for letter in letters)
        and line.text[0] not in _OPENING_QUOTES
        and not _is_chapter(line)
        and not line.text.endswith(_TRAILING)
    )


def _numbered(lines: Sequence[Line]) -> dict[int, HeadingLines]:
    """Return lines that stand alone and count from 1, with text between them."""
    found: dict[int, HeadingLines] = {}
    number = 0
    for index, line in enumerate(lines):
        counted = _NUMBER.match(line.text)
        if not (counted and _is_short(line) and _stands_alone(lines, index)) or ends_sentence(line.text):
            continue
        after = _next(lines, index)
        if line.text.endswith(_TRAILING) or after is None:
            continue
        if int(counted[1]) not in (number, number + 1) or (int(counted[1]) == number and not counted[2]):
            return {}
        number = int(counted[1])
        if _NUMBER.match(lines[after].text) and not _is_deeper(line, lines[after]):
            return {}
        found[index] = HeadingLines(line, 2 + counted[2].count("."))
    return found if number >= _FEWEST else {}


def _is_deeper(line: Line, after: Line) -> bool:
    """Whether 1.1 follows 1 at once."""
    first, second = _NUMBER.match(line.text), _NUMBER.match(after.text)
    return bool(first and second and second[2].count(".") > first[2].count("."))


def _chapters(lines: Sequence[Line]) -> Iterator[tuple[int, HeadingLines]]:
    """Return lines such as “Chapter II. The pool”, perhaps with their title below, except in a list of contents."""
    starts = [index for index, line in enumerate(lines) if _is_chapter(line) and _is_after_blank(lines, index)]
    with_parts = any(_is_part(lines[index]) for index in starts)
    for index in starts:
        end = _end_of_title(lines, index)
        if (end < len(lines) and lines[end].text) or _is_listed(lines, index):
            continue
        text = " ".join(line.text for line in lines[index:end] if line.text)
        level = 3 if with_parts and not _is_part(lines[index]) else 2
        yield index, HeadingLines(lines[index]._replace(text=text), level, end - index)


def _is_listed(lines: Sequence[Line], index: int) -> bool:
    """Whether the next chapter or the end follows at once; a part may open with its first chapter."""
    after = _next(lines, _end_of_title(lines, index) - 1)
    if after is None:
        return True
    if _is_part(lines[index]) and _is_chapter(lines[after]) and not _is_part(lines[after]):
        return _is_listed(lines, after)
    return _is_chapter(lines[after])


def _end_of_title(lines: Sequence[Line], index: int) -> int:
    """Return the index after a chapter's heading: one more line may hold its title."""
    below = index + 1
    if below < len(lines) and lines[below].text and _is_title(lines[below]):
        return below + 1
    after = _next(lines, index)
    if after is not None and after > below and _stands_alone(lines, after) and _is_shouted(lines[after]):
        return after + 1 if not _is_chapter(lines[after]) else below
    return below


def _is_title(line: Line) -> bool:
    return _is_short(line) and not _is_chapter(line) and not ends_sentence(line.text.rstrip("."))


def _is_chapter(line: Line) -> bool:
    match = _CHAPTER.fullmatch(line.text) if len(line.text) <= _LONGEST else None
    return match is not None and not (match["title"] and ends_sentence(line.text))


def _is_part(line: Line) -> bool:
    match = _CHAPTER.fullmatch(line.text)
    return bool(match and match["part"])


def _is_short(line: Line) -> bool:
    return (
        len(line.text) <= _LONGEST
        and speakable(line.text)
        and not is_list_item(line.text)
        and not is_sign_off(line.text)
    ) or bool(len(line.text) <= _LONGEST and _NUMBER.match(line.text))


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    return _is_after_blank(lines, index) and (index + 1 == len(lines) or not lines[index + 1].text)


def _is_after_blank(lines: Sequence[Line], index: int) -> bool:
    return index == 0 or not lines[index - 1].text


def _next(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line with text."""
    return next((after for after in range(index + 1, len(lines)) if lines[after].text), None)
