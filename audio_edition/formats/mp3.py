"""Format mp3: the whole edition in one file, with ID3 chapters and the text."""

from __future__ import annotations

from pathlib import Path

from audio_edition.formats.id3 import edition_tag
from audio_edition.formats.mp3_stream import write_mp3
from audio_edition.model import Package, Recording


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.mp3`."""
    name = Path(f"{slug}.mp3")
    write_mp3(folder / name, recording.chapters, edition_tag(recording))
    return Package("mp3", (name,))
