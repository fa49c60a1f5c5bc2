"""Finds running heads, feet and page numbers: lines at the edges of pages that others repeat at the same height."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audio_edition.read.pdf.lines import Line, is_raised

_ROWS = 2
"""Rows at the head and at the foot of a page where furniture stands."""

_MOST_ROWS = 3
_SAME_HEIGHT = 3.0
"""Points."""

_MARK_GAP = 30.0
"""Points from the number of a note to its text, at most."""

_SHARE = 0.4
"""Of all pages, or of all left or right ones."""

_LEAST_PAGES = 3
_SHORT_DOCUMENT = 4
"""Pages. In a shorter document two pages are enough."""

_LONGEST = 150
_FIGURES = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_NUMBER = re.compile(
    r"[-–—|·•\[(]* ?(?:(?:pages?|pag\.?|p\.|seite|s\.|página|pág\.|pagina|side|sida|strona|str\.|стр\.|страница) ?)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})(?: ?(?:of|von|de|sur|di|van|av|af|z|из|/) ?\d{1,4})? ?[-–—|·•\])]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Furniture:
    """The furniture of a document: which lines, by page number and key, and the printed number of each page."""

    keys: dict[int, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[int, str] = field(default_factory=dict)

    def holds(self, line: Line) -> bool:
        """Return whether a line is furniture."""
        return (_key(line.text), round(line.base)) in self.keys[line.page]


class Search:
    """Looks at the edges of all pages, one after the other."""

    def __init__(self) -> None:
        self._edges: dict[int, list[Line]] = {}
        self._alone: set[int] = set()

    def look(self, page: int, lines: Sequence[Line]) -> None:
        """Keep the lines at the edges of a page."""
        rows = _rows(lines)
        count = _ROWS if len(rows) > 2 * _MOST_ROWS else max(1, len(rows) // 3)
        edges = [line for row in (*rows[:count], *rows[-count:]) for line in row if _may_be(line)]
        self._edges[page] = edges if len(rows) > 1 else []

    def furniture(self, labels: Sequence[str]) -> Furniture:
        """Return what is repeated, or counts the pages."""
        found = Furniture()
        for group in self._groups():
            pages = {line.page for line in group}
            if not self._is_repeated(pages):
                continue
            numbers = {line.page: number for line in group if (number := number_of(line.text))}
            if numbers and len(numbers) == len(pages) and not _grow(numbers):
                continue
            for line in group:
                found.keys[line.page].add((_key(line.text), round(line.base)))
            for page, number in numbers.items():
                found.numbers.setdefault(page, number)
        self._add_single_numbers(found, labels)
        return found

    def _groups(self) -> Iterable[list[Line]]:
        """Yield lines of the same words, whatever their numbers, at the same height."""
        by_key: dict[str, list[Line]] = defaultdict(list)
        for lines in self._edges.values():
            for line in lines:
                by_key[_key(line.text)].append(line)
        for lines in by_key.values():
            lines.sort(key=lambda line: line.base)
            group: list[Line] = []
            for line in lines:
                if group and line.base - group[-1].base > _SAME_HEIGHT:
                    yield group
                    group = []
                group.append(line)
            yield group

    def _is_repeated(self, pages: set[int]) -> bool:
        count = len(self._edges)
        if count <= _SHORT_DOCUMENT:
            return len(pages) >= 2
        if len(pages) >= _SHARE * count:
            return True
        if len(pages) < _LEAST_PAGES:
            return False
        # A chapter's own head stands on neighbouring pages, or on each left one.
        return len(pages) >= _SHARE * (max(pages) - min(pages) + 1)

    def _add_single_numbers(self, found: Furniture, labels: Sequence[str]) -> None:
        """Take a number that says the page's own label, where no other page has one at this height."""
        for page, lines in self._edges.items():
            own = {str(page + 1), labels[page] if page < len(labels) else ""}
            for line in lines if page not in found.numbers else ():
                number = number_of(line.text)
                if number and number in own and not _heads_text(line, lines):
                    found.keys[page].add((_key(line.text), round(line.base)))
                    found.numbers[page] = number


def _may_be(line: Line) -> bool:
    return line.letters <= _LONGEST and not is_raised(line.spans[0], line)


def _heads_text(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether text stands close behind a number: it is a note's."""
    return any(abs(line.base - other.base) < 1 and 0 < other.box.left - line.box.right < _MARK_GAP for other in lines)


def number_of(text: str) -> str:
    """Return the page number that is all of a line; empty for other lines."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) < 40 else None
    if found is None or not (found["number"].isdecimal() or _ROMAN.fullmatch(found["number"])):
        return ""
    return found["number"]


def _key(text: str) -> str:
    text = text.strip()
    return "#" if number_of(text) else _FIGURES.sub("#", text.casefold())


def _grow(numbers: dict[int, str]) -> bool:
    """Return whether most numbers are greater than those of the pages before."""
    values = [int(number) for _, number in sorted(numbers.items()) if number.isdecimal()]
    steps = sum(after > before for before, after in pairwise(values))
    return len(values) < 2 or steps >= 0.7 * (len(values) - 1)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.base):
        if rows and rows[-1][0].base - line.base < 0.5 * min(rows[-1][0].height, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
