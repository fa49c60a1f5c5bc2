"""The lists of a Word document: which list a paragraph belongs to, how deep, and its number (ECMA-376 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from audio_edition.model import ListStyle
from audio_edition.model.numerals import numeral
from audio_edition.read.docx.names import all_in, child, is_on, said, whole

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_OF_HTML: dict[str, ListStyle] = {
    "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
_WITH_WORDS = frozenset({"chicago", "russianLower", "russianUpper"})
"""Formats without an HTML list type whose marks are more than another way to write a number."""

_PLAIN_MARK = re.compile(r"[\s(\[]*%[1-9][\s.)\]:°ºª–-]*")
"""A number with only punctuation around it, which HTML can express."""

_CHECKED = frozenset("☑☒✓✔✅🗹🗷\uf0fe\uf0fd\uf052\uf053")
_BOXES = _CHECKED | frozenset("☐❏❑□\uf0a8\uf06f")
"""Bullets that are boxes, also in the Wingdings fonts."""

_LAST_LETTER = 27
"""From the 28th on, HTML's letters differ from Word's."""

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_CHICAGO = "*†‡§"


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark before an item. `list` identifies its list, `depth` the level in it.

    `text` is the mark as Word writes it, empty for a bullet; `style` is HTML's numbering type, None if HTML has none;
    `checked` tells whether a check box is checked, None if the mark is no check box.
    """

    list: str
    depth: int
    text: str = ""
    number: int = 1
    style: ListStyle | None = None
    indent: int | None = None
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: `format` is its numFmt, `text` has a %n for the number of each level; `restart` is the level,
    counted from 1, after which it restarts, if that is not the one above."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    indent: int | None = None
    restart: int | None = None


class Numbering:
    """Counts the items of each list as it is asked for their marks."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract = {said(each, "w:abstractNumId"): each for each in all_in(root, "w:abstractNum")}
        linked = {name: each for each in abstract.values() if (name := said(child(each, "w:styleLink")))}
        self._levels: dict[str, list[_Level]] = {}
        self._lists: dict[str, str] = {}  # lists with the same definition share their count
        self._restarts: dict[str, dict[int, int]] = {}
        for number in all_in(root, "w:num"):
            id, definition = said(number, "w:numId"), said(child(number, "w:abstractNumId"))  # noqa: A001
            found = abstract.get(definition)
            found = linked.get(said(child(found, "w:numStyleLink")), found)
            self._levels[id] = _levels(found, number)
            self._lists[id] = definition
            self._restarts[id] = _restarts(number)
        # If all boxes are empty, they are just bullets.
        self._has_boxes = any(level.text in _CHECKED for levels in self._levels.values() for level in levels)
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)

    def list_of(self, own: etree._Element | None, of_style: etree._Element | None) -> str:
        """Return the list of a paragraph, by its own w:numPr or its style's; empty for none."""
        id = said(child(own, "w:numId")) or said(child(of_style, "w:numId"))  # noqa: A001
        return self._lists[id] if id in self._levels else ""

    def mark(self, own: etree._Element | None, of_style: etree._Element | None) -> Mark | None:
        """Return the paragraph's mark and count it; None if it is not a list item."""
        id = said(child(own, "w:numId")) or said(child(of_style, "w:numId"))  # noqa: A001
        levels = self._levels.get(id)
        if levels is None:
            return None
        depth = said(child(own, "w:ilvl")) or said(child(of_style, "w:ilvl"))
        level = min(whole(depth) or 0, _LEVELS - 1)
        counts = self._counts[self._lists[id]]
        restart = self._restarts[id].pop(level, None)
        before = counts[level]
        number = levels[level].start if before is None else before + 1
        counts[level] = number = number if restart is None else restart
        for deeper in range(level + 1, _LEVELS):
            after = levels[deeper].restart
            if after is None or level < after:
                counts[deeper] = None
        this = levels[level]
        checked = this.text in _CHECKED if self._has_boxes and this.text in _BOXES else None
        text = _written(levels, counts, level)
        return Mark(self._lists[id], level, text, number, _style(this, number), this.indent, checked)


def _written(levels: list[_Level], counts: list[int | None], level: int) -> str:
    this = levels[level]
    if this.format in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counts[at] if counts[at] is not None else levels[at].start
        return in_format(count or 0, "decimal" if this.legal else levels[at].format)

    return _PLACE.sub(number, this.text).strip()


def _style(level: _Level, number: int) -> ListStyle | None:
    """Return HTML's list type; None if the mark must be text or is a bullet."""
    if level.format in ("bullet", "none") or not _PLAIN_MARK.fullmatch(level.text) or level.format in _WITH_WORDS:
        return None
    if level.legal or level.format not in _OF_HTML:
        return "1"
    return None if "Letter" in level.format and number > _LAST_LETTER else _OF_HTML[level.format]


def _levels(definition: etree._Element | None, number: etree._Element) -> list[_Level]:
    levels = [_Level() for _ in range(_LEVELS)]
    overridden = [found for each in all_in(number, "w:lvlOverride") if (found := child(each, "w:lvl")) is not None]
    for each in [*all_in(definition, "w:lvl"), *overridden]:
        at = whole(said(each, "w:ilvl"))
        if at is not None and at < _LEVELS:
            start = whole(said(child(each, "w:start")))
            levels[at] = _Level(
                said(child(each, "w:numFmt"))
                or said(child(each, "mc:AlternateContent", "mc:Fallback", "w:numFmt"))
                or "decimal",
                said(child(each, "w:lvlText")),
                1 if start is None else start,
                is_on(each, "w:isLgl"),
                indent_of(child(each, "w:pPr")),
                whole(said(child(each, "w:lvlRestart"))),
            )
    return levels


def indent_of(properties: etree._Element | None) -> int | None:
    """Return a paragraph's indent from the margin in twentieths of a point; None if unspecified."""
    indent = child(properties, "w:ind")
    written = said(indent, "w:left") or said(indent, "w:start")
    return None if indent is None or not written else whole(written) or 0


def _restarts(number: etree._Element) -> dict[int, int]:
    found = {}
    for each in all_in(number, "w:lvlOverride"):
        level, start = whole(said(each, "w:ilvl")), whole(said(child(each, "w:startOverride")))
        if level is not None and start is not None:
            found[level] = start
    return found


def in_format(number: int, form: str) -> str:
    """Return a number in one of Word's formats (numFmt)."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return numeral(number, "I" if form == "upperRoman" else "i")
    if form in ("russianLower", "russianUpper") and 0 < number <= len(_RUSSIAN):
        letter = _RUSSIAN[number - 1]
        return letter.upper() if form == "russianUpper" else letter
    if form == "chicago" and 0 < number <= 40:
        return _CHICAGO[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return f"{number:02d}" if form == "decimalZero" else str(number)
