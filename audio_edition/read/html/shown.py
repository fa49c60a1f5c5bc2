"""What a page shows, measured once: the text of each element, and how much of it is running text, links and controls.

A line of a menu is short, or all links; a paragraph is neither (Kohlschütter and others, 2010,
doi:10.1145/1718487.1718542).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.model.characters import without_unwanted
from audio_edition.read.markup import seen_texts
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, is_seen, is_shown, name_of
from audio_edition.read.markup.formula import formula_text

SHORTEST = 40
"""Letters of running text. One of a script that writes a word or a syllable with each counts three times."""

_MOST_LINKED = 0.5
_ALL_LINKED = 0.8
_WIDE = 3
_WIDE_LETTERS = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
_OPENING = 30
"""Texts, of which an element's opening is made."""

_TOLD = frozenset({"desc", "metadata", "title"})
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

    def add(self, inner: Measure) -> None:
        """Count what is in an element inside."""
        self.written += inner.written
        self.linked += inner.linked
        self.running += inner.running
        self.paragraphs += inner.paragraphs
        self.links += inner.links
        self.controls += inner.controls
        self.headings += inner.headings
        self.linked_headings += inner.linked_headings


class Shown:
    """The elements that a page shows, in document order, and their measures."""

    def __init__(self, root: etree._Element) -> None:
        walk = _Walk(root)
        self.root = root
        self.elements = walk.elements
        self.paragraphs = walk.paragraphs
        """The elements that hold running text themselves, in order; more than once if they hold several paragraphs."""
        self._measures = walk.measures
        self._texts = walk.texts
        self._besides = walk.besides

    def __contains__(self, element: object) -> bool:
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

    def seen(self, start: int, end: int) -> str:
        """Return all that a person sees where some of the page's texts stand, on one line."""
        # Two names in two links have no space between them, and are two words all the same.
        texts = self._texts[start:end]
        for at in range(start, end) if self._besides else ():
            texts[at - start] = self._besides.get(at) or texts[at - start]
        text = " ".join(" ".join(texts).split())
        return text if text.isprintable() else " ".join(without_unwanted(text).split())

    def inside(self, element: etree._Element) -> list[etree._Element]:
        """Return the element and all that are shown in it, in document order."""
        measure = self._measures[element]
        return self.elements[measure.first : measure.last]

    def holds(self, outer: etree._Element, inner: etree._Element) -> bool:
        """Return whether an element is the other, or around it."""
        around, within = self._measures[outer], self._measures[inner]
        return around.first <= within.first and within.last <= around.last


class _Walk:
    """Goes through a page once, and measures. Without recursion: pages nest without end."""

    def __init__(self, root: etree._Element) -> None:
        self.elements: list[etree._Element] = []
        self.paragraphs: list[etree._Element] = []
        self.measures: dict[etree._Element, Measure] = {}
        self.texts: list[str] = []
        self.besides: dict[int, str] = {}
        """What is seen and not read, such as a button's label, by its place among the texts."""
        self._written = self._linked = self._links = 0  # of the line, and how many links it is in
        self._blocks = [root]
        self._stack: list[tuple[etree._Element, Measure, Iterator[etree._Element], bool]] = []
        self._enter(root)
        while self._stack:
            child = next(self._stack[-1][2], None)
            if child is None:
                self._leave()
            elif is_shown(child) and child.tag not in _TOLD:
                self._enter(child)
            else:
                self._pass(child)

    def _enter(self, element: etree._Element) -> None:
        measure = self.measures[element] = Measure(len(self.elements), len(self.texts))
        self.elements.append(element)
        name = element.tag
        is_block = name in BLOCKS or name in HEADINGS or _is_called_heading(element)
        if is_block:
            self._end_line()
            self._blocks.append(element)
        elif name == "a":
            self._links += 1
            measure.links += 1
        elif name == "br":
            self._end_line()
        is_whole = name == "math"
        self._stack.append((element, measure, iter(()) if is_whole else iter(element), is_block))
        self._write(formula_text(element) if is_whole else element.text)

    def _leave(self) -> None:
        element, measure, _, is_block = self._stack.pop()
        if is_block:
            self._end_line()
            self._blocks.pop()
            if measure.written and (element.tag in HEADINGS or _is_called_heading(element)):
                measure.headings += 1
                measure.linked_headings += self._leads_away(element, measure)
        elif element.tag == "a":
            self._links -= 1
        measure.last, measure.end = len(self.elements), len(self.texts)
        if self._stack:
            self._stack[-1][1].add(measure)
            self._write(element.tail)

    def _pass(self, element: etree._Element) -> None:
        """Pass over what is not to be read, though it may be seen."""
        if name_of(element) in _CONTROLS and element.get("type") != "hidden":
            self._stack[-1][1].controls += 1
        if element.tag not in _TOLD and is_seen(element) and (text := " ".join(seen_texts(element))):
            self.besides[len(self.texts)] = f" {text} "
            self.texts.append("")
        self._write(element.tail)

    def _write(self, text: str | None) -> None:
        if not text:
            return
        self.texts.append(text)
        if length := weight(text):
            measure = self._stack[-1][1]
            self._written += length
            measure.written += length
            if self._links:
                self._linked += length
                measure.linked += length

    def _end_line(self) -> None:
        block = self._blocks[-1]
        if self._written >= SHORTEST and self._linked <= _MOST_LINKED * self._written and block.tag not in HEADINGS:
            measure = self.measures[block]
            measure.running += self._written
            measure.paragraphs += 1
            self.paragraphs.append(block)
        self._written = self._linked = 0
        self.texts.append(" ")

    def _leads_away(self, heading: etree._Element, measure: Measure) -> bool:
        """Return whether all of a heading is a link, and not to a place of the same page, as manuals have them."""
        if measure.linked < _ALL_LINKED * measure.written:
            return False
        links = [each for each in self.elements[measure.first :] if each.tag == "a"]
        around = next(heading.iterancestors("a"), None)
        links += [] if around is None else [around]
        return any(not (each.get("href") or "#").startswith("#") for each in links)


def _is_called_heading(element: etree._Element) -> bool:
    role = element.get("role")
    return role is not None and "heading" in role.split()


class Running:
    """How much running text elements hold, but for that of some."""

    def __init__(self, shown: Shown, without: Iterable[etree._Element] = ()) -> None:
        self.shown = shown
        self._less: dict[etree._Element, tuple[int, int, int]] = {}
        self._without = self._outermost(without)
        for each in self._without:
            measure = shown.of(each)
            for around in (each, *each.iterancestors()):
                running, written, linked = self._less.get(around, (0, 0, 0))
                self._less[around] = running + measure.running, written + measure.written, linked + measure.linked
        self._counts_all = not self._left(shown.root)[0]

    def running(self, element: etree._Element) -> int:
        """Return its letters of running text."""
        return self._left(element)[0]

    def told(self, element: etree._Element) -> int:
        """Return its letters of running text; on a page that has none, all that is written in it."""
        return self._left(element)[1 if self._counts_all else 0] if element in self.shown else 0

    def unlinked(self, element: etree._Element) -> int:
        """Return the letters in it that are in no link."""
        _, written, linked = self._left(element) if element in self.shown else (0, 0, 0)
        return written - linked

    def paragraphs(self) -> Iterator[etree._Element]:
        """Yield the elements that hold running text themselves, in order."""
        spans = ((self.shown.of(each).first, self.shown.of(each).last) for each in self._without)
        start, end = next(spans, (len(self.shown.elements), 0))
        for each in self.shown.paragraphs:
            at = self.shown.of(each).first
            while at >= start and at >= end:
                start, end = next(spans, (len(self.shown.elements), 0))
            if at < start:
                yield each

    def _outermost(self, elements: Iterable[etree._Element]) -> list[etree._Element]:
        found: list[etree._Element] = []
        for each in sorted(set(elements), key=lambda each: self.shown.of(each).first):
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
    return len(text) if text.isascii() else len(text) + (_WIDE - 1) * len(_WIDE_LETTERS.findall(text))
