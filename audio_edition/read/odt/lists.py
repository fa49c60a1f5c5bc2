"""The lists of an OpenDocument text: the mark of each item (OpenDocument 1.3, part 3, 16.30)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.model import ListStyle
from audio_edition.model.numerals import numeral
from audio_edition.read.odt.names import name_of, said, whole

_LEVELS = 10
_STYLES: dict[str, ListStyle] = {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I"}
_LAST_LETTER = 26
_PLAIN = " .)]([:°ºª–-\t"
"""What may stand around a number that HTML can express."""


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The mark of an item: `text` as it is shown, empty for a bullet; `style` is HTML's type of numbering, None if HTML
    has none for it."""

    text: str
    number: int
    style: ListStyle | None


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Counter:
    """The numbers of an open list by level, counted from 1."""

    style: str
    numbers: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts the items of a document's lists."""

    def __init__(self, styles: dict[str, etree._Element], outline: etree._Element | None) -> None:
        self._levels = {name: _levels(each) for name, each in styles.items()}
        self._outline = _levels(outline)
        self._headings = Counter("")
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = defaultdict(lambda: Counter(""))

    def opened(self, element: etree._Element, style: str) -> Counter:
        """Return the counter for a top-level list: a new one, or that of the list that it continues."""
        continued = self._by_id.get(said(element, "text:continue-list"))
        if said(element, "text:continue-numbering") == "true":
            continued = self._by_style.get(style)
        counter = Counter(style, {} if continued is None else dict(continued.numbers))
        self._by_style[style] = counter
        if name := said(element, "xml:id"):
            self._by_id[name] = counter
        return counter

    def mark(self, counter: Counter, style: str, level: int, item: etree._Element) -> ItemMark:
        """Return the mark of an item, and count it."""
        levels = self._levels.get(style, {})
        return _counted(counter, levels, min(level, _LEVELS), whole(said(item, "text:start-value")))

    def heading_number(self, level: int, heading: etree._Element) -> str:
        """Return the number before a heading as the outline's style shows it; empty for none."""
        if not any(each.format for each in self._outline.values()) or said(heading, "text:is-list-header") == "true":
            return ""
        start = whole(said(heading, "text:start-value"))
        return _counted(self._headings, self._outline, min(level, _LEVELS), start).text


def _counted(counter: Counter, levels: dict[int, _Level], level: int, start: int | None) -> ItemMark:
    this = levels.get(level, _Level())
    before = counter.numbers.get(level)
    number = start if start is not None else this.start if before is None else before + 1
    counter.numbers[level] = number
    for deeper in [each for each in counter.numbers if each > level]:
        del counter.numbers[deeper]
    if not this.format:
        return ItemMark("", number, None)
    shown = [at for at in range(max(1, level - this.shown + 1), level + 1) if levels.get(at, _Level()).format]
    numbers = [_in_format(counter.numbers.get(at, levels[at].start), levels[at].format) for at in shown]
    text = f"{this.prefix}{'.'.join(numbers)}{this.suffix}".strip()
    is_plain = len(shown) == 1 and not f"{this.prefix}{this.suffix}".strip(_PLAIN)
    is_beyond = this.format in "aA" and number > _LAST_LETTER
    return ItemMark(text, number, _STYLES.get(this.format, "1") if is_plain and not is_beyond else None)


def _in_format(number: int, form: str) -> str:
    if form in "iI" and form:
        return numeral(number, _STYLES[form])
    if form in ("a", "A") and 0 < number <= 30 * _LAST_LETTER:
        return chr(ord(form) + (number - 1) % _LAST_LETTER) * ((number - 1) // _LAST_LETTER + 1)
    return str(number)


def _levels(style: etree._Element | None) -> dict[int, _Level]:
    """Return the numbered levels of a list's or the outline's style; levels with bullets are not among them."""
    levels: dict[int, _Level] = {}
    for each in style if style is not None else ():
        at = whole(said(each, "text:level"))
        if at and name_of(each) in ("text:list-level-style-number", "text:outline-level-style"):
            start = whole(said(each, "text:start-value"))
            levels[at] = _Level(
                said(each, "style:num-format"),
                said(each, "style:num-prefix"),
                said(each, "style:num-suffix"),
                1 if start is None else start,
                min(whole(said(each, "text:display-levels")) or 1, _LEVELS),
            )
    return levels
