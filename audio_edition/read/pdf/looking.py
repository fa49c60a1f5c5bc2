"""Shows the pages of a PDF, and what each part of them was taken for, so that an editor sees mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audio_edition.pdf.confined import Picture, opened, pictures_of
from audio_edition.pdf.facts import Box
from audio_edition.read.pdf.document import text_of
from audio_edition.read.pdf.judged import NOT_READ, Part

MOST_PAGES = 60
"""Pages whose pictures are shown: some ten megabytes."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a page. `kind` is what it was taken for, and `place` its box in percent of the picture's width and
    height, None without a picture. `level` is a heading's, from 1; 0 for other parts."""

    kind: str
    text: str
    level: int
    is_read: bool
    place: Box | None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page: its label or else its number, its picture (empty if it could not be drawn) with its size in pixels, and
    its parts."""

    label: str
    jpeg: bytes
    width: int
    height: int
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """The pages that are shown, and how many the document has."""

    pages: tuple[ShownPage, ...]
    count: int
    is_tagged: bool


def shown(data: bytes, name: str) -> ShownDocument:
    """Return the first pages of a PDF as they were understood. Raises ReadError."""
    found = opened(data, name)
    text = text_of(found)
    count = min(found.statements.pages, MOST_PAGES)
    pictures = {picture.page: picture for picture in pictures_of(data, count)}
    by_page: dict[int, list[Part]] = {number: [] for number in range(count)}
    for part in text.judged.parts:
        if part.page in by_page and (part.text.strip() or part.kind == "picture"):
            by_page[part.page].append(part)
    pages = (
        _page(text.label(number) or str(number + 1), by_page[number], pictures.get(number)) for number in range(count)
    )
    return ShownDocument(tuple(pages), found.statements.pages, text.is_tagged)


def _page(label: str, parts: Sequence[Part], picture: Picture | None) -> ShownPage:
    shown_parts = tuple(_part(part, picture) for part in sorted(parts, key=_rank))
    if picture is None:
        return ShownPage(label, b"", 0, 0, shown_parts)
    return ShownPage(label, picture.jpeg, picture.width, picture.height, shown_parts)


def _rank(part: Part) -> int:
    """Return the order of a part: 0 for what is read, 1 for pictures without words, 2 for what is not read."""
    return 2 if part.kind in NOT_READ else int(not part.text)


def _part(part: Part, picture: Picture | None) -> ShownPart:
    place = None if picture is None else picture.place_of(part.box)
    return ShownPart(part.kind, " ".join(part.text.split()), part.level, part.kind not in NOT_READ, place)
