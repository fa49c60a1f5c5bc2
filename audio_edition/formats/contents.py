"""The contents of an edition: its chapters, nested by the level of their headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from audio_edition.formats.outline import depths
from audio_edition.model import Script
from audio_edition.model.characters import one_line


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a chapter and those nested in it."""

    id: str
    title: str
    depth: int
    children: list[Entry] = field(default_factory=list)


def contents(script: Script) -> list[Entry]:
    """Return the top of the contents. The title of the edition stands beside the headings under it."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    for chapter, depth in zip(script.chapters, depths(script), strict=True):
        entry = Entry(chapter.id, one_line(chapter.title), max(depth, 2))
        while open_entries and open_entries[-1].depth >= entry.depth:
            open_entries.pop()
        (open_entries[-1].children if open_entries else top).append(entry)
        open_entries.append(entry)
    return top
