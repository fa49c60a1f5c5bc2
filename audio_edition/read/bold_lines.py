"""Finds lines that look like headings in a document without any: bold, larger, underlined or in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.credits import dateline_of, names_writer

_MOST_WORDS = 14
_MOST_CHARACTERS = 110
_LEAST_BODY_WORDS = 6
_LEAST_HEADINGS = 2
_MOST_SHARE = 0.5
"""Share of a document's paragraphs. If more are bold, they are its text."""

_SENTENCE_END = re.compile(r"[.!;:,…。！；：،][\"'”’»)\]]*$")
_NOT_A_HEADING = re.compile(
    r"[\W\d_]*$|(?:fig(?:ure|\.)?|abb(?:ildung|\.)|tab(?:le|elle|\.)|foto|photo)\s*\d", re.IGNORECASE
)
_LOWEST = 4
_LONG_WORD = 4
"""Letters. A longer word in capitals is not an abbreviation."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of letters: bold, underlined, in capitals, and their size in half points."""

    bold: bool = False
    underlined: bool = False
    capitals: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the story: a paragraph with the look that all its letters share, or another block without one."""

    element: etree._Element
    text: str = ""
    look: Look | None = None


def line_of(element: etree._Element, looks: Counter[Look]) -> Line:
    """Return a paragraph as a line, given how many of its letters have each look."""
    text = " ".join("".join(map(str, element.itertext())).split())
    found = [look for look, count in looks.items() if count]
    if not found:
        return Line(element)
    bold, underlined = all(look.bold for look in found), all(look.underlined for look in found)
    capitals = all(look.capitals for look in found) or (text.isupper() and sum(map(str.isalpha, text)) > _LONG_WORD)
    return Line(element, text, Look(bold, underlined, capitals, min(look.size for look in found)))


def find_headings(lines: Sequence[Line]) -> list[str]:
    """Turn lines that look like headings into headings, if there are several.

    Return the lines that may be headings but were left unchanged.
    """
    body = _body_look(lines)
    found = [at for at, line in enumerate(lines) if body is not None and _stands_out(line, body)]
    title = found[0] if found and _is_title(lines, found) else None
    headings = [at for at in found if at != title and _is_above_text(lines, at, set(found))]
    questions = [at for at in headings if lines[at].text.endswith("?")]
    if 2 * len(questions) > len(headings):  # an interview
        headings = [at for at in headings if at not in questions]
    if len(headings) < _LEAST_HEADINGS or len(headings) > _MOST_SHARE * len(lines):
        return [lines[at].text for at in headings]
    # A look stronger than the first heading's is not a level above it: the first section is under a chapter.
    first = _look(lines[headings[0]])
    lower = _ranked({look for at in headings if _weight(look := _look(lines[at])) < _weight(first)})
    ranks = {look: rank for rank, look in enumerate(lower, start=1)}
    for at in headings:
        _turn(lines[at], min(_LOWEST, 2 + ranks.get(_look(lines[at]), 0)))
    if title is not None:
        _turn(lines[title], 1)
    return []


def title_by_size(lines: Sequence[Line], half_points: int) -> etree._Element | None:
    """Turn the first of the lines above the first heading into the title if it is at least that large, and larger than
    the others; return its element, None if it is no title."""
    body = _body_look(lines[1:])
    if not lines or not _stands_out(lines[0], body or Look()):
        return None
    size = _look(lines[0]).size
    if size < half_points or (body is not None and size <= body.size):
        return None
    _turn(lines[0], 1)
    return lines[0].element


def _look(line: Line) -> Look:
    return line.look or Look()


def _body_look(lines: Sequence[Line]) -> Look | None:
    """Return the look of most of the text."""
    letters: Counter[Look] = Counter()
    for line in lines:
        if line.look is not None:
            letters[line.look] += len(line.text)
    return max(letters, key=lambda look: letters[look], default=None)


def _stands_out(line: Line, body: Look) -> bool:
    look, text = line.look, line.text
    if look is None or look == body or len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS:
        return False
    if _SENTENCE_END.search(text) or _NOT_A_HEADING.match(text) or names_writer(text) or dateline_of(text):
        return False
    more = (look.bold and not body.bold, look.underlined and not body.underlined, look.capitals and not body.capitals)
    return any(more) or look.size > body.size


def _is_title(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Return whether the first line that stands out comes before everything else and looks like no other."""
    first = found[0]
    others = {_look(lines[at]) for at in found[1:]}
    if any(line.look is not None for line in lines[:first]):
        return False
    return all(_weight(_look(lines[first])) > _weight(each) for each in others)


def _is_above_text(lines: Sequence[Line], at: int, found: set[int]) -> bool:
    """Return whether text follows, possibly after a lower heading."""
    for after in range(at + 1, min(at + 3, len(lines))):
        if after in found and _weight(_look(lines[after])) < _weight(_look(lines[at])):
            continue
        is_text = lines[after].look is None or len(lines[after].text.split()) >= _LEAST_BODY_WORDS
        return after not in found and is_text
    return False


def _weight(look: Look) -> tuple[int, bool, bool, bool]:
    return look.size, look.bold, look.capitals, look.underlined


def _ranked(looks: set[Look]) -> list[Look]:
    return sorted(looks, key=_weight, reverse=True)


def _turn(line: Line, level: int) -> None:
    """Turn a paragraph into a heading, dropping the emphasis that covers all of it."""
    line.element.tag = f"h{level}"
    emphasis = ("strong", "em") if _look(line).underlined else ("strong",)
    for each in list(line.element.iter(*emphasis)):
        each.tag = "span"
