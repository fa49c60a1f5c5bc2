"""Tells which paragraphs of an untagged PDF are headings, and of which level.

The document's outline is believed first, then size and weight; in doubt a paragraph is text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from lxml import etree

from audio_edition.pdf.facts import Entry, Style
from audio_edition.read.credits import dateline_of, names_writer
from audio_edition.read.lines import letters_of
from audio_edition.read.pdf.lines import Line
from audio_edition.read.pdf.paragraphs import Paragraph, bullet_of

Look = tuple[float, bool]
"""The size of letters, in half points, and whether they are bold."""

_Written = tuple[etree._Element, Look, int, str]
_LARGER = 1.12
_MUCH_LARGER = 1.5
_MOST_SHARE = 0.15
"""Of the document's letters: a look that more of them have is a text's."""

_MOST_WORDS = 25
_MOST_WORDS_IN_BOLD = 14
_MOST_LINES = 5
_LEAST_TEXT = 6
_ENDS_TEXT = re.compile(r"[.;,:…。；，：][\"'”’»)\]]*$")
_LABELS = re.compile(
    r"[\W\d_]*$|(?:fig(?:ure|\.)?|abb(?:ildung|\.)|tab(?:le|elle|\.)|foto|photo|image|source|quelle)\b.{0,3}\d",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«‘‹].*[”\"“»’›][.!?…]?")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_RUN_IN = re.compile(r"([^\W\d_][^:\d]{1,30}): \S")
_LOWEST = 6


def look_of(style: Style) -> Look:
    return round(style.size * 2) / 2, style.bold


class Looks:
    """How much of the document's text has each look."""

    def __init__(self) -> None:
        self._letters: Counter[Look] = Counter()
        self._labels: Counter[str] = Counter()

    def count(self, lines: Iterable[Line]) -> None:
        """Take in the lines of a page."""
        for line in lines:
            self._letters[look_of(line.style)] += line.letters
            if (label := _RUN_IN.match(line.text)) and line.is_bold:
                self._labels[label[1]] += 1

    @property
    def body(self) -> Look:
        """The look of most of the text."""
        sizes: Counter[float] = Counter()
        for (size, _), count in self._letters.items():
            sizes[size] += count
        size = max(sizes, key=sizes.__getitem__, default=10.0)
        return size, self._letters[size, True] > self._letters[size, False]

    def is_run_in(self, text: str) -> bool:
        """Return whether a text begins with a label that others begin with, too: “Action: AB”."""
        label = _RUN_IN.match(text)
        return label is not None and self._labels[label[1]] > 1

    def share(self, look: Look) -> float:
        """Return the share of the text that has a look."""
        return self._letters[look] / max(1, self._letters.total())


class Headings:
    """Finds headings page by page, and sets their levels at the end."""

    def __init__(self, looks: Looks, outline: Sequence[Entry]) -> None:
        self._looks = looks
        self._size, self._is_bold = looks.body
        self._entries: dict[int, dict[str, int]] = defaultdict(dict)
        for entry in outline:
            self._entries[entry.page].setdefault(letters_of(entry.title), entry.level)
        self._written: list[_Written] = []

    def found(self, paragraphs: Sequence[Paragraph]) -> dict[Paragraph, int]:
        """Return the headings among a page's paragraphs: each with its level in the outline, 0 for none."""
        found: dict[Paragraph, int] = {}
        for at, paragraph in enumerate(paragraphs):
            level = self._entries.get(paragraph.page, {}).get(letters_of(paragraph.text), 0)
            if level or (self._stands_out(paragraph) and self._is_above_text(paragraphs, at)):
                found[paragraph] = level
        return found

    def may_be(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph looks like a heading, wherever it stands."""
        return self._stands_out(paragraph)

    def _stands_out(self, paragraph: Paragraph) -> bool:
        if paragraph.is_row or paragraph.is_box or len(paragraph.lines) > _MOST_LINES:
            return False
        text = paragraph.text
        words = len(text.split())
        if words > _MOST_WORDS or self._looks.share(look_of(paragraph.style)) > _MOST_SHARE:
            return False
        if _QUOTED.fullmatch(text) and not paragraph.is_bold:  # a pull quote
            return False
        if _LABELS.match(text) or bullet_of(text) or names_writer(text) or dateline_of(text):
            return False
        if paragraph.size >= _LARGER * self._size:
            return not _ENDS_TEXT.search(text) or (paragraph.size >= _MUCH_LARGER * self._size and words > 2)
        if self._looks.is_run_in(text):
            return False
        is_bolder = paragraph.is_bold and not self._is_bold and paragraph.size >= 0.95 * self._size
        return is_bolder and words <= _MOST_WORDS_IN_BOLD and not _ENDS_TEXT.search(text)

    def _is_above_text(self, paragraphs: Sequence[Paragraph], at: int) -> bool:
        """Return whether text follows, perhaps after other lines that stand out: not a label that a larger heading
        follows."""
        after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if after is not None and _RUN_IN.match(paragraphs[at].text) and after.size > paragraphs[at].size:
            return False
        for after in paragraphs[at + 1 : at + 5]:
            if len(after.text.split()) >= _LEAST_TEXT and not self._stands_out(after):
                return True
        return at + 1 >= len(paragraphs)

    def write(self, element: etree._Element, paragraph: Paragraph, level: int) -> None:
        """Keep the element of a heading until all are known."""
        element.tag = "h2"
        self._written.append((element, look_of(paragraph.style), level, paragraph.text))

    def set_levels(self) -> None:
        """Give each heading its level: 1 for a title that is larger than all others, else from 2 on."""
        if not self._written:
            return
        first = self._written[0]
        is_titled = all(first[1][0] > look[0] for _, look, _, _ in self._written[1:])
        rest = self._written[1:] if is_titled else self._written
        if is_titled and len(rest) > 1 and _is_byline(first, rest):
            rest[0][0].tag = "p"
            rest = rest[1:]
        levels = self._levels([(look, level, text) for _, look, level, text in rest])
        for element, look, level, _ in rest:
            element.tag = f"h{min(_LOWEST, 1 + (level or levels[look]))}"
        if is_titled:
            first[0].tag = "h1"

    def _levels(self, found: Sequence[tuple[Look, int, str]]) -> Mapping[Look, int]:
        """Return the level of each look: as the outline or the headings' numbers have it, else by rank."""
        known: dict[Look, list[int]] = defaultdict(list)
        for look, level, text in found:
            number = _NUMBERED.match(text)
            if level or number:
                known[look].append(level or (number[1].count(".") + 1 if number else 1))
        levels: dict[Look, int] = {}
        deepest = 0
        for look in sorted({look for look, _, _ in found}, reverse=True):
            told = known.get(look, [])
            is_sure = len(told) >= 0.5 * sum(each == look for each, _, _ in found)
            levels[look] = max(1, round(median(told))) if told and is_sure else min(deepest + 1, _LOWEST - 1)
            deepest = max(deepest, levels[look])
        return levels


def _is_byline(first: _Written, rest: Sequence[_Written]) -> bool:
    """Return whether a line of its own look stands between the title and the first heading: who wrote it, and when."""
    element, look, level, _ = rest[0]
    is_alone = all(other != look for _, other, _, _ in rest[1:])
    is_between = first[0].getnext() is element and element.getnext() is rest[1][0]
    return not level and is_alone and is_between
