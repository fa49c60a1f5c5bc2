"""In: a book's body, read. Out: its sections, named and ranked as in its contents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from audio_edition.model import Section
from audio_edition.read.epub.book import Book
from audio_edition.read.epub.contents import Entry
from audio_edition.read.markup import Body

_DEEPEST = 6
_MOST_HEADINGS = 4
_SHOWN_ABOVE = frozenset({"caption", "picture"})
"""What may stand over a chapter's heading."""


def chapters(body: Body, book: Book) -> tuple[Section, ...]:
    """The lead, and the chapters at level 2 with what is in them below."""
    if not book.entries:
        return _by_headings(body.sections)
    lead, *_ = body.sections
    before, chunks = _chunks(body, book.entries)
    found = [lead, *(replace(section, level=max(2, section.level)) for section in before)]
    for chunk in chunks:
        found += _chapter(chunk)
    return tuple(found)


@dataclass(slots=True)
class _Chunk:
    """A section that stands for an entry of the contents, and those up to the next one."""

    entry: Entry
    section: Section
    inside: list[Section] = field(default_factory=list)


def _chunks(body: Body, entries: dict[etree._Element, Entry]) -> tuple[list[Section], list[_Chunk]]:
    before: list[Section] = []
    chunks: list[_Chunk] = []
    for section, element in list(zip(body.sections, body.headings, strict=True))[1:]:
        if element is not None and element in entries:
            chunks.append(_Chunk(entries[element], section))
        else:
            (chunks[-1].inside if chunks else before).append(section)
    return before, chunks


def _by_headings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """A book without contents: its highest headings are its chapters."""
    lead, *others = sections
    highest = min((section.level for section in others), default=1)
    return (lead, *(replace(section, level=min(_DEEPEST, section.level - highest + 2)) for section in others))


def _chapter(chunk: _Chunk) -> list[Section]:
    """The chapter at its level in the contents, and what is in it below."""
    level = min(_DEEPEST, chunk.entry.level + 1)
    written = (
        0 if any(paragraph.kind not in _SHOWN_ABOVE for paragraph in chunk.section.paragraphs) else _written(chunk)
    )
    headings, inside = chunk.inside[:written], chunk.inside[written:]
    outer = min((section.level for section in headings), default=0)
    outer = outer or min((section.level for section in inside), default=1) - 1
    chapter = replace(
        chunk.section,
        heading=_joined([section.heading or "" for section in headings]) or chunk.section.heading,
        level=level,
        paragraphs=sum((section.paragraphs for section in headings), chunk.section.paragraphs),
    )
    deeper = (min(_DEEPEST, max(level + 1, level + section.level - outer)) for section in inside)
    return [chapter, *(replace(section, level=at) for section, at in zip(inside, deeper, strict=True))]


def _written(chunk: _Chunk) -> int:
    """How many headings at the chapter's beginning say together, or the last of them alone, what the contents say."""
    said = _letters(chunk.entry.title)
    written = ""
    for count, section in enumerate(chunk.inside[:_MOST_HEADINGS], start=1):
        heading = _letters(section.heading or "")
        written += heading
        if said in (written, heading):
            return count
        if section.paragraphs:
            break
    return 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _joined(headings: list[str]) -> str:
    """The headings as one: “Chapter 1. The ferry”."""
    text = ""
    for heading in headings:
        text += (" " if text[-1] in ".:!?–—" else ". ") + heading if text else heading
    return text
