"""In: an element. Out: how much running text it and each element in it hold, which is where articles show.

A line of a menu is short, or all links; a paragraph is neither (Kohlschütter and others, 2010,
doi:10.1145/1718487.1718542).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from audio_edition.read.markup.elements import BLOCKS, HEADINGS, name_of
from audio_edition.read.markup.inline import words_of
from audio_edition.read.markup.walk import Event, walk

SHORTEST = 40
"""Letters of running text. One of a script that writes a word or a syllable with each counts three times."""

_MOST_LINKED = 0.5
_WIDE = 3
MOST_PARTS = 60


class Prose:
    """Letters of an element by what they are: `all` that is written, those of running text, and those of links."""

    def __init__(self, root: etree._Element, without: Set[etree._Element] = frozenset()) -> None:
        self._written: Counter[etree._Element] = Counter()
        self._linked: Counter[etree._Element] = Counter()
        self._running: Counter[etree._Element] = Counter()
        self.paragraphs: list[etree._Element] = []
        """The elements that hold running text themselves, in order; more than once if they hold several paragraphs."""
        self._root = root
        self._measure(root, without)
        for element in reversed([*root.iter(etree.Element)]):
            if element is not root:
                for count in (self._written, self._linked, self._running):
                    if element in count:
                        count[element.getparent()] += count[element]

    def written(self, element: etree._Element) -> int:
        return self._written[element]

    def linked(self, element: etree._Element) -> int:
        return self._linked[element]

    def running(self, element: etree._Element) -> int:
        return self._running[element]

    def told(self, element: etree._Element) -> int:
        """Its running text; on a page that has none, all that is written in it."""
        return (self._running if self._running[self._root] else self._written)[element]

    def _measure(self, root: etree._Element, without: Set[etree._Element]) -> None:
        blocks = [root]
        line = _Line()
        for event in _events(root, without):
            name = name_of(event.element)
            if event.kind == "text":
                length = weight(event.text)
                line.written += length
                self._written[event.element] += length
                if line.links:
                    line.linked += length
                    self._linked[event.element] += length
            elif name == "a":
                line.links += 1 if event.kind == "start" else -1
            elif name == "br" or name in BLOCKS or name in HEADINGS:
                if line.is_running() and name not in HEADINGS:
                    self._running[blocks[-1]] += line.written
                    self.paragraphs.append(blocks[-1])
                line = _Line(links=line.links)
                if name != "br" and event.element is not root:
                    _step(blocks, event)


@dataclass(slots=True)
class _Line:
    """What stands between two ends of blocks, in letters, and in how many links one is."""

    written: int = 0
    linked: int = 0
    links: int = 0

    def is_running(self) -> bool:
        return self.written >= SHORTEST and self.linked <= _MOST_LINKED * self.written


def _step(blocks: list[etree._Element], event: Event) -> None:
    """Into a block, or out of it."""
    if event.kind == "start":
        blocks.append(event.element)
    else:
        blocks.pop()


def _events(root: etree._Element, without: Set[etree._Element]) -> Iterator[Event]:
    """What is shown, but for some elements."""
    passed = 0
    for event in walk(root, ""):
        if event.element in without and event.kind in ("start", "end"):
            passed += 1 if event.kind == "start" else -1
        elif not passed and event.kind != "skip":
            yield event


def weight(text: str) -> int:
    """The length of the text in letters of an alphabet."""
    text = " ".join(text.split())
    if text.isascii():
        return len(text)
    return len(text) + (_WIDE - 1) * sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def short_text(element: etree._Element) -> str:
    """The words of the element; none if it holds so many elements that it can't be a line."""
    if sum(1 for _ in islice(element.iter(), MOST_PARTS + 1)) > MOST_PARTS:
        return ""
    return words_of(element, "").text
