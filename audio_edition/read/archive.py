"""Reads single entries of a ZIP archive, within limits.

Nothing is unpacked to disk, no nested archive is opened, and bytes are counted as they are read, because the sizes that
an archive declares may be false (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from itertools import pairwise
from typing import IO

from audio_edition.errors import ReadError, in_brief
from audio_edition.read.entities import Entities

MOST_ENTRIES = 10_000
LARGEST_ENTRY_BYTES = 16_000_000
LARGEST_TOTAL_BYTES = 20_000_000
"""Total of all entries read as text: twenty long novels. Pictures are counted apart, recordings are never read."""

LARGEST_PICTURES_BYTES = 100_000_000
"""Total of all pictures read. Further ones count as missing."""

MOST_TAGS = 800_000
"""Total in all entries read. A tree of so many elements takes 200 MB."""

MOST_RATIO = 200
"""Ratio of an entry's size to its packed size, once it is large: markup reaches 60, a bomb 1,000."""

_LARGE_BYTES = 1_000_000
_CHUNK_BYTES = 1 << 16
_LOCAL_HEADER_BYTES = 30
_DAMAGED = "Get the document again, or open and save it in the program that made it."
_TRAP = "Do not open it if you do not know where it comes from; else save it again in the program that made it."
_UNSAFE_NAME = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|\Z)|.*\0", re.DOTALL)
_REASONS = {
    "not a zip file": "its end is missing, as if it was not saved or sent whole",
    "end-of-stream": "a part of it ends too early",
    "truncated": "a part of it ends too early",
    "eof": "a part of it ends too early",
    "overlap": "its parts share bytes",
    "crc": "a part of it is not what was packed",
    "compression": "a part of it is packed in a way that is not known here",
    "magic number": "where its list of parts should be, there is something else",
    "password": "a part of it needs a password",
    "encrypted": "a part of it needs a password",
    "directory": "its list of parts is damaged",
    "header": "its list of parts and the parts do not agree",
}
"""Python's error messages for archives, and what they mean for people."""

_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Archive:
    """An archive whose entries have plain names and do not overlap. `name` is the document's, for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.entities = Entities()
        self._read_bytes = self._tags = self._picture_bytes = 0
        if data.count(b"PK\x01\x02") > MOST_ENTRIES:  # counts entries by their signature, without listing them
            raise ReadError(f"{name} holds more than {MOST_ENTRIES} entries, which no document does.", _TRAP)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _TROUBLES as trouble:
            raise ReadError(f"{name} is a damaged archive: {_reason(trouble)}.", _DAMAGED) from trouble
        entries = self._zip.infolist()
        self._refuse_names(entries)
        self._refuse_overlaps(entries)
        self._entries = {entry.filename: entry for entry in entries}

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def read(self, path: str) -> bytes:
        """Return all bytes of an entry.

        Raises ReadError if the entry is missing, encrypted, damaged or too large.
        """
        entry = self._entries.get(path)
        if entry is None:
            raise ReadError(f"{self.name} lacks a part that it names, “{in_brief(path)}”.", _DAMAGED)
        if entry.flag_bits & 1:
            raise ReadError(
                f"{self.name} is encrypted: “{in_brief(path)}” needs a password.",
                "Save the document without a password.",
            )
        try:
            with self._zip.open(entry) as file:
                return b"".join(self._chunks(file, entry))
        except _TROUBLES as trouble:
            raise ReadError(
                f"{self.name} is damaged: “{in_brief(path)}” can't be read: {_reason(trouble)}.", _DAMAGED
            ) from trouble

    def picture(self, path: str) -> bytes | None:
        """Return all bytes of a picture; None if it is missing, damaged, encrypted or too large, since a document is
        worth reading without it."""
        entry = self._entries.get(path)
        if entry is None or entry.flag_bits & 1:
            return None
        most = min(LARGEST_ENTRY_BYTES, LARGEST_PICTURES_BYTES - self._picture_bytes)
        try:
            with self._zip.open(entry) as file:
                data = file.read(most + 1)
        except _TROUBLES:
            return None
        self._picture_bytes += len(data)
        return data if len(data) <= most else None

    def _chunks(self, file: IO[bytes], entry: zipfile.ZipInfo) -> Iterable[bytes]:
        size = 0
        while chunk := file.read(_CHUNK_BYTES):
            size += len(chunk)
            self._read_bytes += len(chunk)
            self._tags += chunk.count(b"<")
            if size > _LARGE_BYTES and size > MOST_RATIO * entry.compress_size:
                raise self._bomb(entry, f"more than {MOST_RATIO} times as large as it is packed")
            if size > LARGEST_ENTRY_BYTES:
                raise self._bomb(entry, f"larger than {LARGEST_ENTRY_BYTES // 1_000_000} MB")
            if self._read_bytes > LARGEST_TOTAL_BYTES:
                raise self._bomb(entry, f"what makes its text larger than {LARGEST_TOTAL_BYTES // 1_000_000} MB")
            if self._tags > MOST_TAGS:
                raise self._bomb(entry, f"what makes its tags more than {MOST_TAGS}")
            yield chunk

    def _bomb(self, entry: zipfile.ZipInfo, why: str) -> ReadError:
        return ReadError(f"{self.name} is refused: its part “{in_brief(entry.filename)}” is {why}.", _TRAP)

    def _refuse_names(self, entries: list[zipfile.ZipInfo]) -> None:
        seen = set()
        for entry in entries:
            if _UNSAFE_NAME.match(entry.filename):
                raise ReadError(
                    f"{self.name} is refused: its part “{in_brief(entry.filename)}” lies outside of it.", _TRAP
                )
            if entry.filename in seen:
                raise ReadError(f"{self.name} is refused: it holds “{in_brief(entry.filename)}” twice.", _TRAP)
            seen.add(entry.filename)

    def _refuse_overlaps(self, entries: list[zipfile.ZipInfo]) -> None:
        for entry, after in pairwise(sorted(entries, key=lambda entry: entry.header_offset)):
            if entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size > after.header_offset:
                parts = f"“{in_brief(entry.filename)}” and “{in_brief(after.filename)}”"
                raise ReadError(f"{self.name} is refused: its parts {parts} share bytes.", _TRAP)


def _reason(trouble: Exception) -> str:
    """Return what is wrong with an archive, in words for a person who does not know the format."""
    said = str(trouble).casefold()
    return next((words for sign, words in _REASONS.items() if sign in said), "some of its bytes are wrong")
