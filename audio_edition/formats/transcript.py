"""Format transcript: the text as a page, as plain text and as cues (HTML, TXT, WebVTT), with the same ids."""

from __future__ import annotations

from pathlib import Path

from audio_edition.formats.markup.places import places_of
from audio_edition.formats.plain_text import plain_text
from audio_edition.formats.transcript_html import html
from audio_edition.formats.transcript_vtt import vtt
from audio_edition.model import Package, Recording

_NAMES = Path("transcript.html"), Path("transcript.txt"), Path("transcript.vtt")


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `transcript.html`, `transcript.txt` and `transcript.vtt`."""
    lines = plain_text(recording.script.chapters, places_of(recording.script))
    for name, parts in zip(_NAMES, (html(recording), (f"{line}\n" for line in lines), vtt(recording)), strict=True):
        with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
    return Package("transcript", _NAMES)
