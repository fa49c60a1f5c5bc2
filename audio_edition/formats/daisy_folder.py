"""The DAISY 2.02 book as a folder, ready to copy onto a player or a disc."""

from __future__ import annotations

from pathlib import Path

from audio_edition.formats.daisy202 import write_book
from audio_edition.model import Package, Recording


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write the folder `<slug>-daisy202`."""
    book = folder / f"{slug}-daisy202"
    book.mkdir()
    return Package("daisy-folder", tuple(file.relative_to(folder) for file in write_book(recording, book)))
