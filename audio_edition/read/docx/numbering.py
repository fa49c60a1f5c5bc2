"""In: a Word document's lists, and their items in order. Out: the number that stands before each (ECMA-376 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.docx.names import all_in, child, is_on, said, whole

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LARGEST = 9_999
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: `format` is its numFmt, `text` has a %n for the number of each level."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


class Numbering:
    """Counts on with each item that it is asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract = {
            said(each, "w:abstractNumId"): each for each in (all_in(root, "w:abstractNum") if root is not None else ())
        }
        self._levels: dict[str, list[_Level]] = {}
        self._lists: dict[str, str] = {}  # lists that refer to the same definition count on together
        self._restarts: dict[str, dict[int, int]] = {}
        for number in all_in(root, "w:num") if root is not None else ():
            id, definition = said(number, "w:numId"), said(child(number, "w:abstractNumId"))  # noqa: A001
            self._levels[id] = _levels(abstract.get(definition), number)
            self._lists[id] = definition
            self._restarts[id] = _restarts(number)
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)

    def mark(self, own: etree._Element | None, of_style: etree._Element | None) -> str | None:
        """What stands before the paragraph that has a w:numPr of its own, or of its style: empty for a dot; none where
        it is no item of a list."""
        id = said(child(own, "w:numId")) or said(child(of_style, "w:numId"))  # noqa: A001
        levels = self._levels.get(id)
        if levels is None:
            return None
        depth = said(child(own, "w:ilvl")) or said(child(of_style, "w:ilvl"))
        level = min(whole(depth) or 0, _LEVELS - 1)
        counts = self._counts[self._lists[id]]
        restart = self._restarts[id].pop(level, None)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        if restart is not None:
            counts[level] = restart
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._written(levels, counts, level)

    def _written(self, levels: list[_Level], counts: list[int | None], level: int) -> str:
        this = levels[level]
        if this.format in ("bullet", "none") or not _PLACE.search(this.text):
            return "" if this.format in ("bullet", "none") else this.text.strip()

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            count = counts[at] if counts[at] is not None else levels[at].start
            return _in_format(count or 0, "decimal" if this.legal else levels[at].format)

        return _PLACE.sub(number, this.text).strip()


def _levels(definition: etree._Element | None, number: etree._Element) -> list[_Level]:
    levels = [_Level() for _ in range(_LEVELS)]
    overridden = [found for each in all_in(number, "w:lvlOverride") if (found := child(each, "w:lvl")) is not None]
    for each in [*(all_in(definition, "w:lvl") if definition is not None else ()), *overridden]:
        at = whole(said(each, "w:ilvl"))
        if at is not None and at < _LEVELS:
            start = whole(said(child(each, "w:start")))
            levels[at] = _Level(
                said(child(each, "w:numFmt")) or "decimal",
                said(child(each, "w:lvlText")),
                1 if start is None else start,
                is_on(each, "w:isLgl"),
            )
    return levels


def _restarts(number: etree._Element) -> dict[int, int]:
    found = {}
    for each in all_in(number, "w:lvlOverride"):
        level, start = whole(said(each, "w:ilvl")), whole(said(child(each, "w:startOverride")))
        if level is not None and start is not None:
            found[level] = start
    return found


def _in_format(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _LARGEST:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
