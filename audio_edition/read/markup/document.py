"""Document-wide facts that are needed while elements are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Heading, Text
from audio_edition.read.markup.described import described
from audio_edition.read.markup.kinds import is_blank
from audio_edition.read.markup.left_out import LeftOut
from audio_edition.read.markup.notes import FoundNote, Notes
from audio_edition.read.markup.pictures import Gallery, Pictures, no_pictures

_MOST_BLANK = 0.1
"""Share of a document's paragraphs that may be empty if an empty one separates scenes."""


class Document:
    """Facts about the whole document, and what was left out of it."""

    def __init__(self, own: str, root: etree._Element | None = None, pictures: Pictures = no_pictures) -> None:
        self.own = own
        self.root = root
        self.gallery = Gallery(pictures)
        self.left_out = LeftOut()
        self.ids: dict[FoundNote, str] = {}
        self.labels: dict[FoundNote, str] = {}
        self.waiting: deque[tuple[FoundNote, str]] = deque()
        self.headings: dict[int, etree._Element] = {}
        self.held: list[Heading[Text]] = []  # so that no other heading reuses one of these ids
        self.notes = None if root is None else Notes(root)
        self.described = {} if root is None else dict(described(root))
        self.descriptions = dict.fromkeys(self.described.values(), False)  # with whether they were read
        self.elsewhere = frozenset(self.descriptions) | (self.notes.parts.keys() if self.notes else set())
        self.linked = frozenset(() if root is None else _places_of_links(root))
        self._few_blank: bool | None = None

    @property
    def has_few_blank_paragraphs(self) -> bool:
        """Whether empty paragraphs are rare enough to be more than spacing."""
        if self._few_blank is None:
            paragraphs = [] if self.root is None else list(self.root.iter("{*}p"))
            self._few_blank = sum(map(is_blank, paragraphs)) <= max(1, _MOST_BLANK * len(paragraphs))
        return self._few_blank


def _places_of_links(root: etree._Element) -> Iterator[str]:
    """Yield the ids that the document's links lead to."""
    for link in root.iter("{*}a"):
        href = link.get("href", "").strip()
        if href[:1] == "#" and len(href) > 1:
            yield href[1:]
