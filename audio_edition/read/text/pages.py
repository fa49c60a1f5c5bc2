"""Numbers and heads of pages, which copy from a PDF has between the lines of its text.

A line is one where it stands amid a sentence, where a number and the title stand together, and where it is the like of
others that are.
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
"""Of the width: a full line is one of the text, though the text may have it twice."""

_MOST_LINES = 4
"""Of a page's foot and the next one's head together."""

_FARTHEST = 3
"""Pages from a number to the next: some have none."""

_FEWEST = 2
"""Heads or numbers that must be certain, for others to be told by them."""

_FEWEST_CUTS = 3
"""Sentences that a line must cut to be a head, if it is not the title and has no number."""

_NARROWEST = 0.75
"""Of the width: a line amid a sentence is about full."""

_PAGE = r"(?:pages?|pag\.?|p\.|seite|s\.|página|pág\.|pagina|side|sida|strona|str\.|стр\.|страница)"
_OF = r"(?: ?(?:of|von|de|sur|di|van|av|af|z|из|/) ?\d{1,4})?"
_ROMAN = r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_FOLIO = re.compile(rf"[-–—\[|·•]* ?(?:{_PAGE} ?)?(?:(\d{{1,4}})|({_ROMAN})){_OF} ?[-–—\]|·•]*", re.IGNORECASE)
_CALLED_PAGE = re.compile(
    rf"{_PAGE} ?\d{{1,4}} ?(?:of|von|de|sur|di|van|av|af|z|из|/) ?\d{{1,4}}|[-–—] ?\d{{1,4}} ?[-–—]", re.IGNORECASE
)
_FIGURES = re.compile(rf"(\d{{1,4}}){_OF}(?=[ |·•–—]).*|.*(?<=[ |·•–—])(?:{_PAGE} ?)?(\d{{1,4}}){_OF}", re.IGNORECASE)
"""A number in front of what a head says, or behind it."""

_OPENS_HEAD = frozenset("-–—|[“„«\"'’‘")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_HYPHENS = ("-", "‐", "\u2011", "¬")
_GOING_ON = (",", ";", ":", "(", *_HYPHENS)
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` to `end` that may be a page's foot and the next one's head.

    `number` is the page's, 0 where there is none, and stands alone or not; `heads` are what heads say, but for numbers.
    `is_tight` tells that no line is blank around them, `runs_on` that none is behind them, `is_called_page` that a line
    says which page it is of how many, or has its number between dashes; `cut` which lines of a sentence they part.
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
    """Return the lines without those that a page had at its head and foot, and those.

    Nothing is left out where lines are not wrapped at a width: such copy comes from no page.
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
    """Return what a head says, however it is set, without the number of the page."""
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def _heads(lines: Sequence[Line], title: str, width: int) -> dict[int, str]:
    """Return what the lines say that may be heads of pages: the title, or the same as another."""
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
    """Yield the lines that follow each other, with blanks between at most, and may be of a page."""
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
    """Return the number of a page that the line is; 0 for a line that is none."""
    found = _FOLIO.fullmatch(text) if len(text) <= _LONGEST_HEAD and not is_sign_off(text) else None
    if not found:
        return 0
    values = [_VALUES[letter] for letter in (found[2] or "").casefold()]
    roman = sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
    return int(found[1]) if found[1] else roman


def _goes_on(before: str, after: str, width: int) -> bool:
    """Return whether a sentence goes on from one line to another."""
    if ends_sentence(before) or len(before) < _NARROWEST * width:
        return False
    is_full = len(before) + 1 + len(after.split(" ", 1)[0]) > width
    return is_full or after[0].islower() or (before.endswith(_HYPHENS) and before[-2].isalpha())


def _certain(runs: Sequence[_Run], title: str) -> list[_Run]:
    """Return the runs that are of pages."""
    # A text that is there twice has lines that are, but between the same ones.
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
    """Return whether a page's number goes on with the last one, or leads to the following one; 0 for none."""
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
