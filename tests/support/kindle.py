"""Kindle books for tests, as small as they can be: MOBI 7, with text that is packed or not."""

from __future__ import annotations

import struct

_RECORD = 4096


def kindle(
    text: bytes,
    facts: dict[int, bytes] | None = None,
    *,
    compression: int = 1,
    encryption: int = 0,
    pictures: tuple[bytes, ...] = (),
) -> bytes:
    """A book of a text, which is packed already if `compression` is 2; `facts` are its metadata by EXTH's numbers."""
    pieces = [text[at : at + _RECORD] for at in range(0, len(text), _RECORD)] or [b""]
    entries = b"".join(struct.pack(">II", kind, 8 + len(said)) + said for kind, said in (facts or {}).items())
    exth = b"EXTH" + struct.pack(">II", 12 + len(entries), len(facts or {})) + entries
    head = bytearray(232)
    head[:4] = b"MOBI"
    for at, value in {4: 232, 8: 2, 12: 65001, 20: 6, 68: 248 + len(exth), 72: 4, 76: 9, 92: 1 + len(pieces)}.items():
        struct.pack_into(">I", head, at, value)
    struct.pack_into(">I", head, 96, 0xFFFFFFFF)  # no codes
    struct.pack_into(">I", head, 112, 0x40)
    first = struct.pack(">HHIHHHH", compression, 0, len(text), len(pieces), _RECORD, encryption, 0) + bytes(head) + exth
    records = [first + b"Name", *pieces, *pictures]
    at = 78 + 8 * len(records) + 2
    starts = b""
    for number, record in enumerate(records):
        starts += struct.pack(">II", at, 2 * number)
        at += len(record)
    top = b"book".ljust(60, b"\0") + b"BOOKMOBI" + bytes(8) + struct.pack(">H", len(records))
    return top + starts + bytes(2) + b"".join(records)
