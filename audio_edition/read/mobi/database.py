"""The records of a Palm database, and the heads of the books in it (https://wiki.mobileread.com/wiki/MOBI)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from audio_edition.errors import ReadError

_RECORDS_AT = 78
_NONE = 0xFFFFFFFF
_EXTH_FLAG = 0x40
_MOST_FACTS = 1_000
_DAMAGED = "Get the book again."
LOCKED = "Ask its publisher or a library for print-disabled people for an EPUB without a lock."


class Database:
    """The records of a database by their numbers."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data
        self.count = number(data, 76, 2)
        starts = [number(data, _RECORDS_AT + 8 * at, 4) for at in range(self.count)]
        self._starts = [min(start, len(data)) for start in starts] + [len(data)]
        if not self.count or len(data) < _RECORDS_AT + 8 * self.count:
            raise self.damaged("its list of records is cut off")

    def record(self, at: int) -> bytes:
        """Return the bytes of a record; empty if there is none."""
        if not 0 <= at < self.count:
            return b""
        return self._data[self._starts[at] : max(self._starts[at], self._starts[at + 1])]

    def damaged(self, what: str) -> ReadError:
        """Return the error that the book is damaged."""
        return ReadError(f"{self.name} is a damaged Kindle book: {what}.", _DAMAGED)


@dataclass(frozen=True, slots=True)
class Head:
    """What a book's first record says. `base` is that record's number: all others are counted from it, but pictures.

    `facts` are the texts of its metadata (EXTH) by their kinds. A number that is not told is -1.
    """

    base: int
    compression: int
    records: int
    encryption: int
    codec: str = "cp1252"
    version: int = 0
    title: str = ""
    locale: int = 0
    first_picture: int = -1
    huffman: int = -1
    huffman_records: int = 0
    trailing: int = 0
    flows: int = -1
    fragments: int = -1
    skeletons: int = -1
    facts: dict[int, list[str]] = field(default_factory=dict)
    boundary: int = -1


def head_of(database: Database, base: int = 0) -> Head:
    """Return the head of the book that begins at a record. Raises ReadError if it is locked or damaged."""
    record = database.record(base)
    if len(record) < 16:
        raise database.damaged("its head is cut off")
    compression, records, encryption = (number(record, at, 2) for at in (0, 8, 12))
    if encryption:
        raise ReadError(f"{database.name} is a Kindle book that is locked (DRM).", LOCKED)
    if record[16:20] != b"MOBI":
        return Head(base, compression, records, encryption)
    length = number(record, 20, 4)
    codec = "utf-8" if number(record, 28, 4) == 65001 else "cp1252"
    title_at, title_length = number(record, 84, 4), number(record, 88, 4)
    facts = _facts(record, 16 + length, codec) if number(record, 128, 4) & _EXTH_FLAG else {}
    boundary = facts.get(121, [""])[0]
    version = number(record, 36, 4)

    def told(at: int) -> int:
        found = number(record, at, 4) if length + 16 >= at + 4 else _NONE
        return -1 if found == _NONE else found

    return Head(
        base,
        compression,
        records,
        encryption,
        codec,
        version,
        record[title_at : title_at + min(title_length, 1_000)].decode(codec, "replace"),
        number(record, 92, 4),
        told(108),
        told(112),
        number(record, 116, 4),
        number(record, 242, 2) if length >= 228 else 0,
        told(192) if version >= 8 else -1,
        told(248) if version >= 8 else -1,
        told(252) if version >= 8 else -1,
        facts,
        int(boundary) if boundary.isdecimal() else -1,
    )


def number(data: bytes, at: int, size: int) -> int:
    """Return the number of some bytes; 0 beyond the end."""
    return int.from_bytes(data[at : at + size], "big") if len(data) >= at + size else 0


_NUMBERS = frozenset({121, 201, 202, 131})
"""Kinds of facts that are numbers."""


def _facts(record: bytes, at: int, codec: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if record[at : at + 4] != b"EXTH":
        return found
    place = at + 12
    for _ in range(min(number(record, at + 8, 4), _MOST_FACTS)):
        if place + 8 > len(record):
            break
        kind, length = struct.unpack_from(">II", record, place)
        if length < 8:
            break
        content = record[place + 8 : place + length]
        text = str(int.from_bytes(content, "big")) if kind in _NUMBERS and len(content) <= 8 else ""
        found.setdefault(kind, []).append(text or content.decode(codec, "replace"))
        place += length
    return found
