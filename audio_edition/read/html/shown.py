"""What a page shows, measured once: the text of each element, and how much of it is running text, links and controls.

A line of a menu is short, or all links; a paragraph is neither (Kohlschütter and others, 2010,
doi:10.1145/1718487.1718542).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.markup.elements import BLOCKS, HEADINGS, heading_level, is_seen, is_shown, name_of
from audio_edition.read.markup.formula import formula_text
from audio_edition.read.markup.inline import visible
from audio_edition.read.markup.seen import seen_texts

SHORTEST = 40
"""Letters of running text. One of a script that writes a word or a syllable with each counts three times."""

_MOST_LINKED = 0.5
_ALL_LINKED = 0.8
_WIDE = 3
_OPENING = 30
_TOLD = frozenset({"desc", "metadata"})
"""Elements of a drawing that are told, and not drawn."""

_CONTROLS = frozenset({"button", "input", "select", "textarea"})


@dataclass(slots=True)
class Measure:
    """What is in an element, in letters and in numbers of elements.

    `first` and `last` bound its elements among those of the page in document order, `start` and `end` its texts.
    """

    first: int
    start: int
    last: int = 0
    end: int = 0
    written: int = 0
    linked: int = 0
    running: int = 0
    paragraphs: int = 0
    links: int = 0
    controls: int = 0
    headings: int = 0
    linked_headings: int = 0
    times: int = 0

    def add(self, inner: Measure) -> None:
        self.written += inner.written
        self.linked += inner.linked
        self.running += inner.running
        self.paragraphs += inner.paragraphs
        self.links += inner.links
        self.controls += inner.controls
        self.headings += inner.headings
        self.linked_headings += inner.linked_headings
        self.times += inner.times


class Shown:
    """The elements that a page shows, in document order, and their measures."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements: list[etree._Element] = []
        self.paragraphs: list[etree._Element] = []
        """The elements that hold running text themselves, in order; more than once if they hold several paragraphs."""
        self._measures: dict[etree._Element, Measure] = {}
        self._texts: list[str] = []
        self._besides: dict[int, str] = {}
        """What is seen and not read, such as a button's label, by its place among the texts."""
        self._measure(root)

    def __contains__(self, element: etree._Element) -> bool:
        return element in self._measures

    def of(self, element: etree._Element) -> Measure:
        return self._measures[element]

    def text(self, element: etree._Element) -> str:
        """Return the words of the element on one line."""
        measure = self._measures[element]
        return self.written(measure.start, measure.end)

    def opening(self, element: etree._Element) -> str:
        """Return the first words of the element, on one line."""
        measure = self._measures[element]
        return self.written(measure.start, min(measure.end, measure.start + _OPENING))

    def written(self, start: int, end: int) -> str:
        """Return the words of some of the page's texts on one line."""
        return " ".join("".join(self._texts[start:end]).split())

    def inside(self, element: etree._Element) -> list[etree._Element]:
        """Return the element and all that are shown in it, in document order."""
        measure = self._measures[element]
        return self.elements[measure.first : measure.last]

    def holds(self, outer: etree._Element, inner: etree._Element) -> bool:
        """Return whether an element is the other, or around it."""
        around, within = self._measures[outer], self._measures[inner]
        return around.first <= within.first and within.last <= around.last

    def seen(self, start: int, end: int) -> str:
        """Return all that a person sees where some of the page's texts stand, on one line."""
        # Two names in two links have no space between them, and are two words all the same.
        texts = (self._besides.get(at) or self._texts[at] for at in range(start, end))
        return " ".join(visible(" ".join(texts)).split())

    def _measure(self, root: etree._Element) -> None:
        measures, texts, elements = self._measures, self._texts, self.elements
        line = _Line()
        blocks = [root]
        stack: list[tuple[etree._Element, Measure, Iterator[etree._Element]]] = []
        child: etree._Element | None = root
        while True:
            if child is None:
                element, measure, _ = stack.pop()
                if self._is_block(element):
                    self._end_line(line, blocks.pop())
                    texts.append(" ")
                elif element.tag == "a":
                    line.links -= 1
                measure.last, measure.end = len(elements), len(texts)
                if heading_level(element) and measure.written:
                    measure.headings += 1
                    measure.linked_headings += self._leads_away(element, measure)
                if not stack:
                    return
                stack[-1][1].add(measure)
                self._write(element.tail, stack[-1][1], line)
            elif is_shown(child) and not (child.tag in _TOLD and stack and stack[-1][0].tag != "body"):
                measure = measures[child] = Measure(len(elements), len(texts))
                elements.append(child)
                if self._is_block(child):
                    self._end_line(line, blocks[-1])
                    blocks.append(child)
                    texts.append(" ")
                elif child.tag == "a":
                    line.links += 1
                    measure.links += 1
                elif child.tag == "br":
                    self._end_line(line, blocks[-1])
                    texts.append(" ")
                elif child.tag == "time":
                    measure.times += 1
                if child.tag == "math":
                    self._write(formula_text(child), measure, line)
                    stack.append((child, measure, iter(())))
                else:
                    stack.append((child, measure, iter(child)))
                    self._write(child.text, measure, line)
            else:
                stack[-1][1].controls += name_of(child) in _CONTROLS and child.get("type") != "hidden"
                if is_seen(child) and (text := " ".join(seen_texts(child))):
                    self._besides[len(texts)] = f" {text} "
                    texts.append("")
                self._write(child.tail, stack[-1][1], line)
            child = next(stack[-1][2], None)

    def _leads_away(self, heading: etree._Element, measure: Measure) -> bool:
        """Return whether all of a heading is a link, and not to a place of the same page, as manuals have them."""
        if measure.linked < _ALL_LINKED * measure.written:
            return False
        around = next((each for each in heading.iterancestors("a")), None)
        links = [each for each in self.elements[measure.first :] if each.tag == "a"] if around is None else [around]
        return any(not (each.get("href") or "#").startswith("#") for each in links)

    def _is_block(self, element: etree._Element) -> bool:
        return element.tag in BLOCKS or element.tag in HEADINGS

    def _write(self, text: str | None, measure: Measure, line: _Line) -> None:
        if not text:
            return
        self._texts.append(text)
        length = weight(text)
        line.written += length
        measure.written += length
        if line.links:
            line.linked += length
            measure.linked += length

    def _end_line(self, line: _Line, block: etree._Element) -> None:
        if line.written >= SHORTEST and line.linked <= _MOST_LINKED * line.written and block.tag not in HEADINGS:
            measure = self._measures[block]
            measure.running += line.written
            measure.paragraphs += 1
            self.paragraphs.append(block)
        line.written = line.linked = 0


@dataclass(slots=True)
class _Line:
    """What stands between two ends of blocks, in letters, and in how many links one is."""

    written: int = 0
    linked: int = 0
    links: int = 0


class Running:
    """How much running text elements hold, but for that of some."""

    def __init__(self, shown: Shown, without: Iterable[etree._Element] = ()) -> None:
        self.shown = shown
        self._less: dict[etree._Element, tuple[int, int]] = {}
        self._without = set(without)
        for each in self._outermost():
            measure = shown.of(each)
            for around in (each, *each.iterancestors()):
                running, written, linked = self._less.get(around, (0, 0, 0))
                self._less[around] = running + measure.running, written + measure.written, linked + measure.linked
        self._counts_all = not self._left(shown.root)[0]

    def told(self, element: etree._Element) -> int:
        """Return its letters of running text; on a page that has none, all that is written in it."""
        return self._left(element)[1 if self._counts_all else 0] if element in self.shown else 0

    def running(self, element: etree._Element) -> int:
        """Return its letters of running text."""
        return self._left(element)[0]

    def unlinked(self, element: etree._Element) -> int:
        """Return the letters in it that are in no link."""
        _, written, linked = self._left(element) if element in self.shown else (0, 0, 0)
        return written - linked

    def paragraphs(self) -> Iterator[etree._Element]:
        """Yield the elements that hold running text themselves, in order."""
        if not self._without:
            yield from self.shown.paragraphs
            return
        end = 0
        outer = [(self.shown.of(each).first, self.shown.of(each).last) for each in self._outermost()]
        spans = iter([*outer, (len(self.shown.elements) + 1,) * 2])
        start, end = next(spans)
        for each in self.shown.paragraphs:
            at = self.shown.of(each).first
            while at >= end:
                start, end = next(spans)
            if at < start:
                yield each

    def _outermost(self) -> list[etree._Element]:
        found: list[etree._Element] = []
        for each in sorted(self._without, key=lambda each: self.shown.of(each).first):
            if not found or not self.shown.holds(found[-1], each):
                found.append(each)
        return found

    def _left(self, element: etree._Element) -> tuple[int, int, int]:
        measure = self.shown.of(element)
        running, written, linked = self._less.get(element, (0, 0, 0))
        return measure.running - running, measure.written - written, measure.linked - linked


def weight(text: str) -> int:
    """Return the length of the text in letters of an alphabet."""
    text = " ".join(text.split())
    if text.isascii():
        return len(text)
    return len(text) + (_WIDE - 1) * sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
