"""The pages of PDFs as they were understood: a picture of each page beside a list of its parts, numbered alike."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audio_edition.model.characters import one_line
from audio_edition.read import pdf

if TYPE_CHECKING:
    from audio_edition.read.pdf.looking import ShownPage, ShownPart

_LONGEST = 300
"""Characters of a part's text: enough to find it."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a page: its number, what it was taken for, how its text begins, and the style that puts its frame on
    the picture, empty for none."""

    number: int
    kind: str
    text: str
    is_read: bool
    style: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: an id for links, its label, its picture as a data URI, empty for none, and its parts."""

    id: str
    label: str
    picture: str
    width: int
    height: int
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a PDF that are shown. `count` is how many it has."""

    name: str
    is_tagged: bool
    count: int
    sheets: tuple[Sheet, ...]


def sheets_of(documents: Iterable[tuple[bytes, str]]) -> tuple[Sheets, ...]:
    """Return the pages of the PDFs among documents, which are given as bytes and name. Raises ReadError."""
    return tuple(
        _sheets(at, data, name) for at, (data, name) in enumerate(documents, start=1) if pdf.recognises(data, name)
    )


def _sheets(at: int, data: bytes, name: str) -> Sheets:
    from audio_edition.read.pdf.looking import shown

    document = shown(data, name)
    sheets = tuple(_sheet(f"page-{at}-{number}", page) for number, page in enumerate(document.pages, start=1))
    return Sheets(one_line(name), document.is_tagged, document.count, sheets)


def _sheet(id: str, page: ShownPage) -> Sheet:  # noqa: A002
    picture = f"data:image/jpeg;base64,{base64.b64encode(page.jpeg).decode()}" if page.jpeg else ""
    return Sheet(id, one_line(page.label), picture, page.width, page.height, tuple(_parts(page.parts)))


def _parts(parts: Iterable[ShownPart]) -> Iterator[SheetPart]:
    for number, part in enumerate(parts, start=1):
        kind = f"heading, level {part.level}" if part.level else part.kind
        text = one_line(part.text)
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
        yield SheetPart(number, kind, text, part.is_read, _style(part))


def _style(part: ShownPart) -> str:
    """Return the place of a frame on the picture as CSS, in percent of the picture's size."""
    if part.place is None:
        return ""
    place = part.place
    width, height = place.right - place.left, place.bottom - place.top
    return f"left:{place.left:.2f}%;top:{place.top:.2f}%;width:{width:.2f}%;height:{height:.2f}%"
