"""What the NCX of a DAISY 3 book leads to: headings, pages, notes and descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from audio_edition.formats.about import title_of
from audio_edition.formats.clips import Clip
from audio_edition.formats.markup import Body, PageKind, Structure, inner_depth, kind_of_page
from audio_edition.formats.outline import heading
from audio_edition.model import Heading, Passage, Utterance, every
from audio_edition.model.characters import one_line

_LISTED = ("footnote", "description", "prodnote")
_LONGEST_LABEL = 60
"""Characters of a label that is made of first words."""


class Section(Protocol):
    """A chapter of the book: its files, its text, and when its sentences sound."""

    @property
    def name(self) -> str: ...

    @property
    def body(self) -> Body: ...

    @property
    def clips(self) -> Sequence[Clip]: ...


@dataclass(frozen=True, slots=True)
class Target:
    """What a player can go to: its label, the sound of the label where it is said, and what plays it. `order` counts
    all targets of a book as they are played; those that are played by the same have the same."""

    label: str
    order: int
    smil: str
    sound: str
    clip: Clip | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A heading, and those under it."""

    target: Target
    depth: int
    children: list[Point] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    target: Target
    kind: PageKind


@dataclass(frozen=True, slots=True)
class Contents:
    """What the NCX holds. `highest_page` is the number of the last page that has one."""

    points: list[Point]
    pages: list[Page]
    notes: list[Target]
    descriptions: list[Target]
    depth: int
    highest_page: int


def contents_of(sections: Sequence[Section], language: str) -> Contents:
    """Return what the NCX leads to."""
    orders = _Orders(sections)
    headings = [point for section in sections for point in _headings(section, orders, language)]
    pages = [page for section in sections for page in _pages(section, orders)]
    listed = [(structure.kind, target) for section in sections for structure, target in _structures(section, orders)]
    numbers = [int(page.target.label) for page in pages if page.kind == "normal"]
    return Contents(
        _nested(headings),
        pages,
        [target for kind, target in listed if kind == "footnote"],
        [target for kind, target in listed if kind != "footnote"],
        max(point.depth for point in headings),
        max(numbers, default=0),
    )


class _Orders:
    """The place of every target in the order of playing."""

    def __init__(self, sections: Sequence[Section]) -> None:
        led_to = [(section, name) for section in sections for name in _led_to(section)]
        self._orders = {(section.name, name): order for order, (section, name) in enumerate(led_to, start=1)}

    def target(self, section: Section, sentence: str, label: str, said: Clip | None, element: str = "") -> Target:
        place = f"{section.name}.smil#m-{element or sentence}"
        return Target(label, self._orders[section.name, element or sentence], place, f"{section.name}.mp3", said)


def _led_to(section: Section) -> Iterator[str]:
    """Yield the sentences and structures of a chapter that something leads to, as they are played."""
    body = section.body
    pages = [page for page in body.pages if page.id != page.sentence]
    sentences = {page.sentence for page in body.pages if page.id == page.sentence} | {body.chapter.utterances[0].id}
    sentences |= {text.utterances[0].id for text in _heading_texts(body)}
    for clip in section.clips:
        yield from (structure.id for structure in _listed(body) if structure.first == clip.id)
        yield from (page.id for page in pages if page.sentence == clip.id)
        if clip.id in sentences:
            yield clip.id


def _heading_texts(body: Body) -> Iterator[Passage]:
    """Yield the headings that are said, but for that of the chapter."""
    opening = heading(body.chapter)
    texts = (block.text for block in every(body.chapter.blocks) if isinstance(block, Heading))
    return (text for text in texts if text.utterances and text != opening)


def _headings(section: Section, orders: _Orders, language: str) -> Iterator[Point]:
    """Yield the chapter, by its heading or its title, and the headings inside blocks."""
    body = section.body
    opening = heading(body.chapter)
    first = body.chapter.utterances[0].id
    said = _sound(section, opening.utterances) if opening and opening.utterances else None
    label = (
        _heading_text(opening.utterances) if opening and opening.utterances else title_of(body.chapter.title, language)
    )
    yield Point(orders.target(section, first, label, said), max(body.depth, 1))
    for text in _heading_texts(body):
        target = orders.target(
            section, text.utterances[0].id, _heading_text(text.utterances), _sound(section, text.utterances)
        )
        yield Point(target, inner_depth(body.depth))


def _heading_text(said: Sequence[Utterance]) -> str:
    parts = (said[0].announces, *(each.text for each in said), said[-1].concludes)
    return one_line(" ".join(part for part in parts if part)).strip()


def _sound(section: Section, said: Sequence[Utterance]) -> Clip | None:
    """Return when some sentences sound that follow each other."""
    names = {each.id for each in said}
    clipped = [clip for clip in section.clips if clip.id in names]
    return Clip(clipped[0].id, clipped[0].begin_ms, clipped[-1].end_ms) if clipped else None


def _pages(section: Section, orders: _Orders) -> Iterator[Page]:
    sounds = {clip.id: clip for clip in section.clips}
    spoken = {structure.first for structure in section.body.structures if structure.kind == "pagebreak"}
    for page in section.body.pages:
        said = sounds.get(page.sentence) if page.sentence in spoken else None
        yield Page(orders.target(section, page.id, page.label, said), kind_of_page(page.label))


def _listed(body: Body) -> list[Structure]:
    return [structure for structure in body.structures if structure.kind in _LISTED]


def _structures(section: Section, orders: _Orders) -> Iterator[tuple[Structure, Target]]:
    """Yield the notes and descriptions, each by what is announced of it or by its first words."""
    said = {utterance.id: utterance for utterance in section.body.chapter.utterances}
    for structure in _listed(section.body):
        first = said[structure.first]
        announced = one_line(first.announces).strip().rstrip(" :：") if structure.kind == "footnote" else ""
        label = announced or _shortened(one_line(first.text).strip())
        sound = None if announced else _sound(section, [first])
        yield structure, orders.target(section, first.id, label, sound, structure.id)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


def _nested(points: Sequence[Point]) -> list[Point]:
    top: list[Point] = []
    inside: list[Point] = []
    for point in points:
        while inside and inside[-1].depth >= point.depth:
            inside.pop()
        (inside[-1].children if inside else top).append(point)
        inside.append(point)
    return top
