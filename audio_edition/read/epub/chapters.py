"""The blocks of a book under its chapter headings, ranked as in the table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audio_edition.model import Block, Heading, PageBreak, SceneBreak, Text
from audio_edition.read.epub.book import Book
from audio_edition.read.epub.contents import Entry
from audio_edition.read.lines import folded
from audio_edition.read.markup import Body

Blocks = tuple[Block[Text], ...]

_DEEPEST = 6


@dataclass(slots=True)
class _Section:
    """A heading with the blocks up to the next one; the first section may have no heading."""

    heading: Heading[Text] | None = None
    entry: Entry | None = None
    is_label: bool = False
    blocks: list[Block[Text]] = field(default_factory=list)


def chapters(body: Body, book: Book, title: str) -> Blocks:
    """Return the blocks with chapters at level 2 and their sections below. A heading that alone has the highest level,
    and says the book's title, is no chapter."""
    lead, *others = _sections(body, book)
    has_contents = any(section.entry for section in others)
    ranked = list(_by_contents(others) if has_contents else _by_headings(others, title))
    return tuple(block for section in (lead, *_with_text(ranked)) for block in _written(section))


def _sections(body: Body, book: Book) -> Iterator[_Section]:
    section = _Section()
    elements = iter(body.headings)
    for block in body.blocks:
        if isinstance(block, Heading):
            yield section
            element = next(elements)
            entry = book.entries.get(element) if element is not None else None
            section = _Section(block, entry, element in book.labels)
        else:
            section.blocks.append(block)
    yield section


def _by_headings(sections: Sequence[_Section], title: str) -> Iterator[_Section]:
    """Return the sections of a book without contents: its top-level headings are the chapters."""
    is_titled = bool(sections) and _says(sections[0], title)
    highest = min((_level(section) for section in sections[is_titled:]), default=1)
    if is_titled and _level(sections[0]) >= highest:
        highest = _level(sections[0])
    return (_at(section, _level(section) - highest + 2) for section in sections)


def _says(section: _Section, title: str) -> bool:
    return section.heading is not None and folded(section.heading.text.text) == folded(title) != ""


def _by_contents(sections: Sequence[_Section]) -> Iterator[_Section]:
    """Return the sections with each chapter at its level in the contents, and its own headings below."""
    above = 1
    inside: list[_Section] = []
    for section in sections:
        if section.entry is None:
            inside.append(section)
            continue
        yield from _below(inside, above)
        inside = []
        above = min(_DEEPEST, section.entry.level + 1)
        yield _at(section, above)
    yield from _below(inside, above)


def _below(inside: Sequence[_Section], above: int) -> Iterator[_Section]:
    outer = min((_level(section) for section in inside), default=1) - 1
    return (_at(section, max(above + 1, above + _level(section) - outer)) for section in inside)


def _level(section: _Section) -> int:
    return section.heading.level if section.heading is not None else 1


def _at(section: _Section, level: int) -> _Section:
    if section.heading is None:
        return section
    return replace(section, heading=replace(section.heading, level=max(2, min(_DEEPEST, level))))


def _with_text(sections: Sequence[_Section]) -> Iterator[_Section]:
    """Yield the sections, without contents labels that have neither text nor chapters below."""
    for at, section in enumerate(sections):
        has_text = any(not isinstance(block, PageBreak | SceneBreak) for block in section.blocks)
        is_above = at + 1 < len(sections) and _level(sections[at + 1]) > _level(section)
        if has_text or is_above or not section.is_label:
            yield section
        elif section.blocks:
            yield replace(section, heading=None)


def _written(section: _Section) -> Iterator[Block[Text]]:
    if section.heading is not None:
        yield section.heading
    yield from section.blocks
