"""Unpacks the text of a Kindle book: as it is, by PalmDoc's pairs, or by Huffman codes and a dictionary (HUFF/CDIC)."""

from __future__ import annotations

from collections.abc import Callable

from audio_edition.errors import ReadError
from audio_edition.read.mobi.database import Database, Head, number

LARGEST_BYTES = 20_000_000
"""The text of a book: twenty long novels."""

_PLAIN, _PALMDOC, _HUFFMAN = 1, 2, 17480
_DEEPEST = 30
_MOST_PHRASES = 200_000
_TRAP = "Do not open it if you do not know where it comes from."


def text_of(database: Database, head: Head) -> bytes:
    """Return the text of a book. Raises ReadError if it is damaged, or larger than any book."""
    unpack = _unpacker(database, head)
    pieces: list[bytes] = []
    size = 0
    for at in range(1, head.records + 1):
        piece = unpack(_without_trailing(database.record(head.base + at), head.trailing))
        size += len(piece)
        if size > LARGEST_BYTES:
            raise ReadError(
                f"{database.name} is refused: its text is larger than {LARGEST_BYTES // 1_000_000} MB.", _TRAP
            )
        pieces.append(piece)
    return b"".join(pieces)


def _unpacker(database: Database, head: Head) -> Callable[[bytes], bytes]:
    if head.compression == _PLAIN:
        return bytes
    if head.compression == _PALMDOC:
        return palmdoc
    if head.compression == _HUFFMAN and head.huffman >= 0:
        records = [database.record(head.base + head.huffman + at) for at in range(min(head.huffman_records, 500))]
        return _Huffman(records, database).unpacked
    raise database.damaged("its text is packed in a way that is not known here")


def palmdoc(data: bytes) -> bytes:
    """Return the unpacked text of a record (https://wiki.mobileread.com/wiki/PalmDOC)."""
    out = bytearray()
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if 1 <= byte <= 8:
            out += data[at : at + byte]
            at += byte
        elif byte < 0x80:
            out.append(byte)
        elif byte >= 0xC0:
            out += bytes((0x20, byte ^ 0x80))
        elif at < len(data):
            pair = byte << 8 | data[at]
            at += 1
            distance, length = (pair >> 3) & 0x07FF, (pair & 7) + 3
            if 0 < distance <= len(out):
                for _ in range(length):
                    out.append(out[-distance])
    return bytes(out)


def _without_trailing(record: bytes, flags: int) -> bytes:
    """Return a record without the data behind its text, of which each flag but the lowest stands for one."""
    for bit in range(1, 16):
        if flags >> bit & 1:
            size = _size_at_end(record)
            record = record[: len(record) - size] if size <= len(record) else b""
    if flags & 1 and record:
        record = record[: len(record) - (record[-1] & 3) - 1]
    return record


def _size_at_end(record: bytes) -> int:
    """Return the size of the last piece of trailing data, itself included: a number read from its end."""
    size = 0
    for byte in record[-4:]:
        size = byte & 0x7F if byte & 0x80 else size << 7 | byte & 0x7F
    return size


class _Huffman:
    """The codes and phrases of a book. Phrases hold codes themselves, and are unpacked once."""

    def __init__(self, records: list[bytes], database: Database) -> None:
        self._database = database
        self._phrases: list[tuple[bytes, bool]] = []
        if not records or records[0][:4] != b"HUFF":
            raise database.damaged("the codes of its text are missing")
        first, second = number(records[0], 8, 4), number(records[0], 12, 4)
        self._short = [number(records[0], first + 4 * at, 4) for at in range(256)]
        bounds = [number(records[0], second + 4 * at, 4) for at in range(64)]
        self._least = [0, *(bound << (32 - length) for length, bound in enumerate(bounds[0::2], start=1))]
        self._most = [0, *(((bound + 1) << (32 - length)) - 1 for length, bound in enumerate(bounds[1::2], start=1))]
        for record in records[1:]:
            self._add_phrases(record)

    def _add_phrases(self, record: bytes) -> None:
        if record[:4] != b"CDIC":
            raise self._database.damaged("the phrases of its text are missing")
        total, bits = number(record, 8, 4), min(number(record, 12, 4), 16)
        for at in range(max(0, min(1 << bits, total - len(self._phrases)))):
            if len(self._phrases) >= _MOST_PHRASES:
                return
            start = 16 + number(record, 16 + 2 * at, 2)
            length = number(record, start, 2)
            self._phrases.append((record[start + 2 : start + 2 + (length & 0x7FFF)], bool(length & 0x8000)))

    def unpacked(self, data: bytes, depth: int = 0) -> bytes:
        """Return the text of a record or phrase."""
        if depth > _DEEPEST:
            raise self._database.damaged("its phrases hold each other")
        out = bytearray()
        left = 8 * len(data)
        value = int.from_bytes(data + bytes(8), "big")
        total = left + 64
        place = 0
        while left > 0:
            code = value >> (total - place - 32) & 0xFFFFFFFF
            length, most = self._code(code)
            if not length:
                break
            place += length
            left -= length
            if left < 0:
                break
            out += self._phrase((most - code) >> (32 - length), depth)
            if len(out) > LARGEST_BYTES:
                raise self._database.damaged("its text grows without end")
        return bytes(out)

    def _code(self, code: int) -> tuple[int, int]:
        """Return the length in bits of the code at the beginning of 32 bits, and the largest code of that length."""
        short = self._short[code >> 24]
        length = short & 0x1F
        if short & 0x80:
            return length, (((short >> 8) + 1) << (32 - length)) - 1
        while 0 < length < 32 and code < self._least[length]:
            length += 1
        return length, self._most[length]

    def _phrase(self, number: int, depth: int) -> bytes:
        if number >= len(self._phrases):
            return b""
        text, is_unpacked = self._phrases[number]
        if not is_unpacked:
            self._phrases[number] = (b"", True)  # a phrase that holds itself ends there
            text = self.unpacked(text, depth + 1)
            self._phrases[number] = (text, True)
        return text
