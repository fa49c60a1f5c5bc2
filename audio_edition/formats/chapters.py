"""Format chapters: the tracks as the Podcasting 2.0 chapters file (podcast-namespace, JSON Chapters 1.2)."""

from __future__ import annotations

import json
from pathlib import Path

from audio_edition.formats.clock import seconds
from audio_edition.formats.track_list import track_list
from audio_edition.model import Package, Recording
from audio_edition.model.characters import one_line

_NAME = Path("chapters.json")


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `chapters.json`."""
    document = {
        "version": "1.2.0",
        "title": one_line(recording.script.title),
        "chapters": [
            {
                "startTime": seconds(track.start),
                "endTime": seconds(track.end),
                "title": one_line(track.title),
            }
            for track in track_list(recording)
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / _NAME).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return Package("chapters", (_NAME,))
