"""ZIP archives that are identical for identical content: no times, no permissions of the builder."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

from audio_edition.atomic import blocks_of

_EARLIEST = (1980, 1, 1, 0, 0, 0)
EPOCH_DATE = "1980-01-01"
"""For formats that must have a date, where there is none: the earliest that ZIP knows. A clock would change bytes."""
_STORED = {".mp3", ".m4b", ".gif", ".jpeg", ".jpg", ".png", ".webp", ".epub", ".lpf", ".zip"}
"""What is compressed already; players seek in it."""


def add_text(archive: zipfile.ZipFile, name: str, content: str, method: int = zipfile.ZIP_DEFLATED) -> None:
    archive.writestr(_entry(name, method), content.encode("utf-8", "replace"))


def add_bytes(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add what is compressed already."""
    archive.writestr(_entry(name, zipfile.ZIP_STORED), content)


def add_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Add a file in blocks; sound and pictures are stored as they are."""
    with path.open("rb") as source:
        add_blocks(archive, name, blocks_of(source))


def add_blocks(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> None:
    """Add a file that is given in blocks; what its name says is compressed already is stored as it is."""
    method = zipfile.ZIP_STORED if PurePath(name).suffix in _STORED else zipfile.ZIP_DEFLATED
    with archive.open(_entry(name, method), "w") as entry:
        for block in blocks:
            entry.write(block)


def write_book_archive(path: Path, write_book: Callable[[Path], Iterable[Path]]) -> None:
    """Write an archive of the files that `write_book` makes in the folder it is given: at the top, in that order."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".book.") as folder:
        files = write_book(Path(folder))
        with zipfile.ZipFile(path, "w") as archive:
            for file in files:
                add_file(archive, file.name, file)


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    return entry
