"""Converts the text of a Kindle book, which is HTML, to a tree, with its links, notes and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Creator, Metadata
from audio_edition.read.about import About
from audio_edition.read.document import Document
from audio_edition.read.epub.metadata import plain_description
from audio_edition.read.markup import body_of, seen_texts
from audio_edition.read.mobi.compression import text_of
from audio_edition.read.mobi.database import Database, Head, head_of, number
from audio_edition.read.mobi.index import fragment_starts
from audio_edition.read.rtf.charsets import language_of

_FILEPOS = re.compile(rb"\bfilepos=[\"']?(\d{1,10})[\"']?")
_POSITION = re.compile(rb"kindle:pos:fid:([0-9A-V]{1,6}):off:([0-9A-V]{1,12})")
_PICTURE = re.compile(r"kindle:embed:([0-9A-V]{1,6})[^\"'<>]{0,60}")
_RECORD = re.compile(r"\brecindex=[\"']?(\d{1,6})[\"']?")
_MOST_PLACES = 50_000
_BASE = 32
_PALMDOC = 0
_KF8 = 8


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a tree, with what it says of itself and all its texts."""

    root: etree._Element
    about: About
    seen: list[str]
    picture: Callable[[str], bytes | None]


def book_of(document: Document) -> Book:
    """Return the book. Raises ReadError."""
    database = Database(document.data, document.name)
    head = head_of(database)
    data = text_of(database, head)
    if not data.strip(b"\0 \r\n\t"):
        raise ReadError(f"{document.name} is a Kindle book without a text.", "Get the book again.")
    if head.version == _PALMDOC and b"<" not in data[:2_000]:
        data = b"".join(b"<p>" + _escaped(line) + b"</p>" for line in data.splitlines() if line.strip())
    elif head.version >= _KF8:
        data = _with_positions(_first_flow(database, head, data), fragment_starts(database, head))
    else:
        data = _with_places(data)
    text = data.decode(head.codec, "replace").replace("\0", "")
    root = body_of(_RECORD.sub(r'src="\1"', _PICTURE.sub(lambda found: str(int(found[1], _BASE)), text)), document.name)

    def picture(source: str) -> bytes | None:
        if not (source.isdecimal() and head.first_picture >= 0 and len(source) < 7):
            return None
        return database.record(head.base * (head.version >= _KF8) + head.first_picture + int(source) - 1) or None

    return Book(root, _about(head), list(seen_texts(root)), picture)


def _first_flow(database: Database, head: Head, data: bytes) -> bytes:
    """Return the text without the style sheets and drawings that follow it."""
    flows = database.record(head.base + head.flows) if head.flows >= 0 else b""
    if flows[:4] != b"FDST" or number(flows, 8, 4) < 2:
        return data
    return data[: number(flows, 16, 4) or len(data)]


def _with_places(data: bytes) -> bytes:
    """Return the text of a MOBI 7 book with ids where its links lead, which are numbers of bytes."""
    places = {int(found[1]) for found in _FILEPOS.finditer(data)}
    data = _with_ids(data, places)
    return _FILEPOS.sub(lambda found: b'href="#place-%d"' % int(found[1]), data)


def _with_positions(data: bytes, starts: list[int]) -> bytes:
    """Return the text of a KF8 book with ids where its links lead: bytes of its fragments."""

    def place(found: re.Match[bytes]) -> int:
        fragment = int(found[1], _BASE)
        return starts[fragment] + int(found[2], _BASE) if fragment < len(starts) else -1

    places = {place(found) for found in _POSITION.finditer(data)}
    data = _with_ids(data, places)
    return _POSITION.sub(lambda found: b"#place-%d" % place(found), data)


def _with_ids(data: bytes, places: Iterable[int]) -> bytes:
    """Return the data with an id at each place, or behind the tag that is there."""
    pieces: list[bytes] = []
    at = 0
    for place in sorted(each for each in places if 0 < each < len(data))[:_MOST_PLACES]:
        is_in_tag = data.rfind(b"<", at, place) > data.rfind(b">", at, place)
        end = data.find(b">", place) + 1 if is_in_tag else place
        if end >= at and end:
            pieces += [data[at:end], b'<a id="place-%d"></a>' % place]
            at = end
    return b"".join((*pieces, data[at:]))


def _escaped(line: bytes) -> bytes:
    return line.replace(b"&", b"&amp;").replace(b"<", b"&lt;")


def _about(head: Head) -> About:
    facts = head.facts
    isbn = next(iter(facts.get(104, [])), "")
    return About(
        title=next(iter(facts.get(503, [])), "") or head.title,
        published=next(iter(facts.get(106, [])), ""),
        language=next(iter(facts.get(524, [])), "") or language_of(head.locale),
        source=next(iter(facts.get(101, [])), ""),
        metadata=Metadata(
            creators=tuple(map(Creator, facts.get(100, []))),
            description=plain_description(next(iter(facts.get(103, [])), "")),
            subjects=tuple(facts.get(105, [])),
            rights=next(iter(facts.get(109, [])), ""),
            identifiers=(f"urn:isbn:{isbn}",) if isbn else (),
        ),
    )
