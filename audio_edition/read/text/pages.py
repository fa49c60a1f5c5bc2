"""Removes page numbers and running heads from text copied from a PDF.

A line is one if it interrupts a sentence, has a number together with the title, or resembles others that are certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from audio_edition.read.desk import is_sign_off
from audio_edition.read.lines import Line
from audio_edition.read.text.layout import ends_sentence
from audio_edition.read.text.marks import is_list_item, is_rule

_LONGEST_HEAD = 90
_WIDEST_HEAD = 0.8
"""Share of the width: a full line belongs to the text, even if it occurs twice."""

_MOST_LINES = 4
"""Lines of a page's foot and the next one's head together."""

_FARTHEST = 3
"""Pages between two numbers: some have none."""

_FEWEST = 2
"""Certain heads or numbers required to recognise others by them."""

_FEWEST_CUTS = 3
"""Sentences that a line must interrupt to be a head, if it is not the title and has no number."""

_NARROWEST = 0.75
"""Share of the width: a line within a sentence is almost full."""

_PAGE = r"(?:pages?|pag\.?|p\.|seite|s\.|página|pág\.|pagina|side|sida|strona|str\.|стр\.|страница)"
_OF = r"(?: ?(?:of|von|de|sur|di|van|av|af|z|из|/) ?\d{1,4})?"
_ROMAN = r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_FOLIO = re.compile(rf"[-–—\[|·•]* ?(?:{_PAGE} ?)?(?:(\d{{1,4}})|({_ROMAN})){_OF} ?[-–—\]|·•]*", re.IGNORECASE)
_CALLED_PAGE = re.compile(
    rf"{_PAGE} ?\d{{1,4}} ?(?:of|von|de|sur|di|van|av|af|z|из|/) ?\d{{1,4}}|[-–—] ?\d{{1,4}} ?[-–—]", re.IGNORECASE
)
_FIGURES = re.compile(rf"(\d{{1,4}}){_OF}(?=[ |·•–—]).*|.*(?<=[ |·•–—])(?:{_PAGE} ?)?(\d{{1,4}}){_OF}", re.IGNORECASE)
"""A number before or after a head's words."""

_OPENS_HEAD = frozenset("-–—|[“„«\"'’‘")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_HYPHENS = ("-", "‐", "\u2011", "¬")
_GOING_ON = (",", ";", ":", "(", *_HYPHENS)
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` to `end` that may be one page's foot and the next one's head.

    `number` is the page's, 0 if there is none, and stands alone or not; `heads` are the heads' words without numbers.
    `is_tight` tells that no blank lines surround them, `runs_on` that none follows, `is_called_page` that a line says
    which page of how many it is, or has its number between dashes; `cut` are the lines of an interrupted sentence.
    """

    start: int
    end: int
    number: int
    stands_alone: bool
    heads: frozenset[str]
    is_tight: bool
    runs_on: bool
    is_called_page: bool
    cut: tuple[str, str] | None


def without_page_heads(lines: Sequence[Line], title: str, width: int | None) -> tuple[list[Line], list[Line]]:
    """Return the lines without page heads and feet, and the removed lines.

    Nothing is removed if lines are not wrapped: such text does not come from pages.
    """
    if width is None:
        return list(lines), []
    heads = _heads(lines, title, width)
    runs = list(_runs(lines, heads, width))
    told = _certain(runs, _key(title))
    places = {at for run in told for at in range(run.start, run.end)}
    places |= {at for run in told if run.cut for at in _blanks_around(lines, run)}
    left = [line for at, line in enumerate(lines) if at not in places]
    return left, [line for at, line in enumerate(lines) if at in places and line.text]


def _key(text: str) -> str:
    """Return the words of a head without its page number, however it is typeset."""
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def _heads(lines: Sequence[Line], title: str, width: int) -> dict[int, str]:
    """Return the words of lines that may be running heads: the title, or a repeated line."""
    underlined = {at for at, (_, under) in enumerate(pairwise(lines)) if is_rule(under.text)}
    short = {at: _key(line.text) for at, line in enumerate(lines) if _may_be_head(line, width) and at not in underlined}
    counts = Counter(short.values())
    return {at: key for at, key in short.items() if key and (key == _key(title) or counts[key] > 1)}


def _may_be_head(line: Line, width: int) -> bool:
    text = line.text
    if not 0 < len(text) <= min(_LONGEST_HEAD, _WIDEST_HEAD * width) or ends_sentence(text) or text.endswith(_GOING_ON):
        return False
    if text[0].islower() or not (text[0].isalnum() or text[0] in _OPENS_HEAD) or text.count("(") != text.count(")"):
        return False
    is_in_columns = line.in_columns and _FIGURES.fullmatch(text) is None  # the page's number stands apart
    return not (is_in_columns or is_list_item(text) or is_sign_off(text))


def _runs(lines: Sequence[Line], heads: Mapping[int, str], width: int) -> Iterator[_Run]:
    """Yield runs of lines, with only blanks between, that may belong to a page's foot and head."""
    places = [at for at, line in enumerate(lines) if at in heads or _number_alone(line.text)]
    start = 0
    for index, at in enumerate(places, start=1):
        after = places[index] if index < len(places) else len(lines) + 1
        if after == at + 1 or not any(line.text for line in lines[at + 1 : after]):
            continue
        run = places[start:index]
        start = index
        if len(run) <= _MOST_LINES:
            yield _run(lines, run, heads, width)


def _run(lines: Sequence[Line], places: Sequence[int], heads: Mapping[int, str], width: int) -> _Run:
    texts = [lines[at].text for at in places]
    alone = [number for text in texts if (number := _number_alone(text))]
    beside = [int(found[1] or found[2]) for text in texts if (found := _FIGURES.fullmatch(text))]
    start, end = places[0], places[-1] + 1
    before = next((at for at in range(start - 1, -1, -1) if lines[at].text), -1)
    after = next((at for at in range(end, len(lines)) if lines[at].text), -1)
    around = (lines[before].text, lines[after].text) if before >= 0 and after >= 0 else ("", "")
    return _Run(
        start,
        end,
        (alone or beside or [0])[-1],
        bool(alone),
        frozenset(heads[at] for at in places if at in heads),
        before == start - 1 >= 0 and after == end,
        after == end > 0,
        any(map(_CALLED_PAGE.fullmatch, texts)),
        around if _goes_on(*around, width) else None,
    )


def _number_alone(text: str) -> int:
    """Return the page number that is all of a line; 0 for other lines."""
    found = _FOLIO.fullmatch(text) if len(text) <= _LONGEST_HEAD and not is_sign_off(text) else None
    if not found:
        return 0
    values = [_VALUES[letter] for letter in (found[2] or "").casefold()]
    roman = sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
    return int(found[1]) if found[1] else roman


def _goes_on(before: str, after: str, width: int) -> bool:
    """Return whether a sentence continues from one line to another."""
    if ends_sentence(before) or len(before) < _NARROWEST * width:
        return False
    is_full = len(before) + 1 + len(after.split(" ", 1)[0]) > width
    return is_full or after[0].islower() or (before.endswith(_HYPHENS) and before[-2].isalpha())


def _certain(runs: Sequence[_Run], title: str) -> list[_Run]:
    """Return the runs that are page feet and heads."""
    # A duplicated text repeats its lines too, but between the same neighbours.
    cuts = Counter(head for head, _ in {(head, run.cut) for run in runs if run.cut for head in run.heads})
    numbers = [run.number for run in runs if run.cut and run.number]
    are_pages = all(number < other for number, other in pairwise(numbers))
    called = [run.number for run in runs if run.is_called_page]
    are_called = len(called) >= _FEWEST and called[0] > 1
    are_called = are_called and all(0 < other - number <= _FARTHEST for number, other in pairwise(called))
    certain = [
        _is_certain(run, title, cuts, are_pages=are_pages) or (are_called and run.is_called_page) for run in runs
    ]
    heads = Counter(head for run, is_certain in zip(runs, certain, strict=True) if is_certain for head in run.heads)
    numbers = [run.number if is_certain else 0 for run, is_certain in zip(runs, certain, strict=True)]
    last, following = list(accumulate(numbers, _later)), list(accumulate(reversed(numbers), _later))[::-1]
    is_numbered = sum(map(bool, numbers)) >= _FEWEST
    return [
        run
        for at, run in enumerate(runs)
        if certain[at]
        or (run.heads and all(heads[head] >= _FEWEST for head in run.heads))
        or (is_numbered and not run.heads and _is_between(last[at], run.number, following[at]))
    ]


def _is_certain(run: _Run, title: str, cuts: Mapping[str, int], *, are_pages: bool) -> bool:
    is_titled = title in run.heads
    if run.cut:
        is_numbered = run.number > 0 and are_pages
        return is_numbered or is_titled or any(cuts[head] >= _FEWEST_CUTS for head in run.heads)
    return is_titled and (run.stands_alone or (run.number > 0 and run.is_tight) or (run.number > 1 and run.runs_on))


def _later(number: int, other: int) -> int:
    return other or number


def _is_between(last: int, number: int, following: int) -> bool:
    """Return whether a page number continues the last one or leads to the next; 0 for none."""
    if (last and number <= last) or (following and number >= following):
        return False
    return (last > 0 and number - last <= _FARTHEST) or (following > 0 and following - number <= _FARTHEST)


def _blanks_around(lines: Sequence[Line], run: _Run) -> Iterator[int]:
    before, after = run.start - 1, run.end
    while before >= 0 and not lines[before].text:
        yield before
        before -= 1
    while after < len(lines) and not lines[after].text:
        yield after
        after += 1
