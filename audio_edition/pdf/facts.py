"""The facts that the child process tells of a PDF: its words with their places, its tags, its statements about itself.

Coordinates are points (1/72 inch), upwards, in a frame turned so that the words run from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

SOFT_HYPHEN = "\u00ad"


DEEPEST_FORM = 12
"""Form XObjects in each other. What lies deeper belongs to no tag."""

CONTENTS_OF_FORM = 1_000_000
"""A form XObject numbers its marked content for itself (ISO 32000-1, 14.7.4.3). Here the numbers in a page's first form
that is drawn begin with this number, those in the second with twice that."""


class Mark:
    """What else is known of a span: bits of a plain number, for there are millions."""

    NONE = 0
    SPACED = 1  # white space precedes it
    HYPHENATED = 2  # it ends with the hyphen of a line's end
    ARTIFACT = 4  # ISO 32000-1, 14.8.2.2: page furniture
    UNSEEN = 8  # drawn without ink


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float


def turned_box(box: Box, turn: int) -> Box:
    """Return a box in the frame where text that was turned by so many quarters is upright."""
    left, bottom, right, top = box
    left, bottom, right, top = round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)
    if turn == 1:
        return Box(bottom, -right, top, -left)
    if turn == 2:
        return Box(-right, -top, -left, -bottom)
    if turn == 3:
        return Box(-top, left, -bottom, right)
    return Box(left, bottom, right, top)


class Span(NamedTuple):
    """Words in one style beside each other on a line, with a space between them; or a part of a word. The box has the
    height of the font, not of the letters; `base` is the height of the line that the letters stand on; `content` is the
    identifier of their marked content, -1 for none; `turn` counts quarter turns, 4 for any other angle; `expansion` is
    what the abbreviation stands for that they are, as the marked content around them has it (ISO 32000-1, 14.9.5)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    style: int
    content: int
    turn: int
    marks: int
    expansion: str = ""

    @property
    def is_spaced(self) -> bool:
        return self.marks & Mark.SPACED != 0

    @property
    def is_hyphenated(self) -> bool:
        return self.marks & Mark.HYPHENATED != 0 or self.text.endswith(SOFT_HYPHEN)

    @property
    def is_artifact(self) -> bool:
        return bool(self.marks & Mark.ARTIFACT)


class Style(NamedTuple):
    """The look of words: the font's name, the size in points."""

    font: str
    size: float
    bold: bool
    italic: bool


class Link(NamedTuple):
    """Where a part of a page leads to: its box, and the address."""

    box: Box
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `number` counts from 0. Boxes are `images`, `rules`, which are thin lines, `frames`, which are drawn or
    tinted rectangles, `drawings`, which are curves, and `dots`, which are small and filled; `image_contents` are the
    numbers of the images' marked content, -1 for none. Of a page that is a picture, `sure` is the mean certainty of the
    recognised words in percent, None if none were looked for; `doubtful` are those that are less sure."""

    number: int
    width: float
    height: float
    spans: tuple[Span, ...]
    styles: tuple[Style, ...]
    images: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    is_cut: bool = False
    is_picture: bool = False
    sure: float | None = None
    doubtful: tuple[str, ...] = ()
    frames: tuple[Box, ...] = ()
    image_contents: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    drawings: tuple[Box, ...] = ()
    dots: tuple[Box, ...] = ()


class Node(NamedTuple):
    """An element of the tree of tags, or marked content in one: that has a page, and no kind.

    `parent` is its place in the list of nodes, -1 for none; `facts` are attributes such as alternative text.
    """

    parent: int
    kind: str
    page: int = -1
    content: int = -1
    facts: dict[str, str] = {}  # noqa: RUF012 - never changed


class Entry(NamedTuple):
    """An entry of the document's outline. `page` counts from 0, -1 for none."""

    level: int
    title: str
    page: int


class Field(NamedTuple):
    """A filled-in field of a form: what it is called and what it says. `top` is its upper edge on the page."""

    name: str
    value: str
    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Statements:
    """What a PDF says of itself as a whole."""

    pages: int
    labels: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    outline: tuple[Entry, ...] = ()
    nodes: tuple[Node, ...] = ()
    fields: tuple[Field, ...] = ()
    troubles: tuple[str, ...] = ()
    may_be_copied: bool = True
