"""ZIP archives that are the same for the same content: no clock, no rights of whoever built them."""

from __future__ import annotations

import zipfile
from pathlib import Path

_EARLIEST = (1980, 1, 1, 0, 0, 0)
EPOCH_DATE = "1980-01-01"
"""For formats that must have a date, where there is none: the earliest that ZIP knows. A clock would change bytes."""
_BLOCK_BYTES = 1 << 20
_STORED = {".mp3", ".m4b", ".gif", ".jpeg", ".jpg", ".png", ".webp", ".epub", ".lpf", ".zip"}
"""What is compressed already; players seek in it."""


def add_text(archive: zipfile.ZipFile, name: str, content: str, method: int = zipfile.ZIP_DEFLATED) -> None:
    archive.writestr(_entry(name, method), content.encode("utf-8", "replace"))


def add_bytes(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add what is compressed already."""
    archive.writestr(_entry(name, zipfile.ZIP_STORED), content)


def add_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Add a file in blocks; sound and pictures are stored as they are."""
    method = zipfile.ZIP_STORED if path.suffix in _STORED else zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(_entry(name, method), "w") as entry:
        while block := source.read(_BLOCK_BYTES):
            entry.write(block)


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    return entry
