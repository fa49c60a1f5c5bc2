"""Messages of Outlook (.msg) as bytes: a compound file (MS-CFB, version 3) with properties (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

Entries = Mapping[str, "bytes | Entries"]
"""Streams and storages by their names."""

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096


def text_property(tag: str, text: str) -> tuple[str, bytes]:
    return f"__substg1.0_{tag}001F", text.encode("utf-16-le")


def properties(head_bytes: int, fixed: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The stream of properties with fixed lengths, by their tags and types: eight bytes for 00390040."""
    entries = (
        struct.pack("<HHI8s", int(name[4:], 16), int(name[:4], 16), 6, value.ljust(8, b"\0"))
        for name, value in fixed.items()
    )
    return "__properties_version1.0", bytes(head_bytes) + b"".join(entries)


def message(
    *entries: tuple[str, bytes | Entries], head_bytes: int = 32, fixed: Mapping[str, bytes] | None = None
) -> Entries:
    """A message of these properties and attachments."""
    return dict([properties(head_bytes, fixed or {}), *entries])


def attachment(number: int, *entries: tuple[str, bytes | Entries]) -> tuple[str, Entries]:
    return f"__attach_version1.0_#{number:08X}", dict([properties(8, {}), *entries])


@dataclass
class _File:
    """The sectors of a file under way."""

    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)
    small: bytearray = field(default_factory=bytearray)
    small_table: list[int] = field(default_factory=list)
    directory: list[bytes] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """The first of the sectors that hold the bytes."""
        start = len(self.sectors)
        count = -(-len(data) // _SECTOR)
        self.sectors += [data[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count)]
        self.table += [*range(start + 1, start + count), _END][:count]
        return start if count else _END

    def add_stream(self, data: bytes) -> int:
        if len(data) >= _CUTOFF:
            return self.add(data)
        start, count = len(self.small_table), -(-len(data) // _SMALL)
        self.small += data.ljust(count * _SMALL, b"\0")
        self.small_table += [*range(start + 1, start + count), _END][:count]
        return start if count else _END

    def add_entries(self, entries: Entries) -> int:
        """The number of the entry of a storage from which all others are reached."""
        numbers = []
        for name, held in entries.items():
            numbers.append(len(self.directory))
            self.directory.append(b"")
            is_stream = isinstance(held, bytes)
            child = _FREE if isinstance(held, bytes) else self.add_entries(held)
            start = self.add_stream(held) if isinstance(held, bytes) else 0
            size = len(held) if isinstance(held, bytes) else 0
            self.directory[numbers[-1]] = _entry(name, 2 if is_stream else 1, child, start, size)
        return self._joined(numbers)

    def _joined(self, numbers: list[int]) -> int:
        """The entry in the middle, which names those of each half as its neighbours."""
        if not numbers:
            return _FREE
        middle = len(numbers) // 2
        left, right = self._joined(numbers[:middle]), self._joined(numbers[middle + 1 :])
        one = self.directory[numbers[middle]]
        self.directory[numbers[middle]] = one[:68] + struct.pack("<II", left, right) + one[76:]
        return numbers[middle]


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written) + 2, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(entries: Entries) -> bytes:
    """The bytes of a compound file."""
    file = _File(directory=[b""])
    child = file.add_entries(entries)
    small_start = file.add(bytes(file.small))
    file.directory[0] = _entry("Root Entry", 5, child, small_start, len(file.small))
    directory_start = file.add(b"".join(file.directory))
    small_table = struct.pack(f"<{len(file.small_table)}I", *file.small_table)
    small_table_start = file.add(small_table + b"\xff" * (-len(small_table) % _SECTOR))
    count = -(-(len(file.table) + 1) // 127)
    own = range(len(file.table), len(file.table) + count)
    table = struct.pack(f"<{len(file.table) + count}I", *file.table, *[_FAT] * count)
    file.sectors.append(table.ljust(count * _SECTOR, b"\xff"))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<IIIIIIIII", 0, count, directory_start, 0, _CUTOFF, small_table_start, -(-len(small_table) // _SECTOR), _END, 0
    )
    return head + struct.pack("<109I", *own, *[_FREE] * (109 - count)) + b"".join(file.sectors)


def packed_rtf(data: bytes) -> bytes:
    """RTF in the form of compressed one, without a reference to earlier bytes but the one that ends it."""
    out = bytearray()
    for at in range(0, len(data), 8):
        out += b"\0" + data[at : at + 8] if len(data) - at >= 8 else b""
    rest = data[len(data) - len(data) % 8 :]
    end = (207 + len(data)) % 4096
    out += bytes([1 << len(rest)]) + rest + (end << 4).to_bytes(2, "big")
    return struct.pack("<IIII", len(out) + 12, len(data), 0x75465A4C, 0) + bytes(out)
