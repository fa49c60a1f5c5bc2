"""The edition as EPUB 3.3 with Media Overlays: a document, an overlay and the chapter's own MP3 for each chapter.

Every sentence is a par. Its clip goes on to the next one's start, so that a reading system plays the pauses too.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio_edition.model import ChapterRecording, Package, Recording
from audio_edition.publish.archive import EPOCH_DATE, add_file, add_text
from audio_edition.publish.characters import one_line
from audio_edition.publish.clips import clips, edition_identifier, length_ms
from audio_edition.publish.clock import timestamp
from audio_edition.publish.disclosure import by_voices, narrator
from audio_edition.publish.id3 import artist
from audio_edition.publish.language import direction
from audio_edition.publish.mp3_stream import write_mp3
from audio_edition.publish.outline import Block, outline
from audio_edition.publish.pages import template
from audio_edition.publish.transcript_html import paragraph

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, and those below it."""

    id: str
    title: str
    depth: int
    children: list[Entry] = field(default_factory=list)


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.epub`."""
    path = folder / f"{slug}.epub"
    with zipfile.ZipFile(path, "w") as book:
        add_text(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        add_text(book, "META-INF/container.xml", _CONTAINER)
        for name, content in _documents(recording):
            add_text(book, f"EPUB/{name}", content)
        for chapter in recording.chapters:
            _add_sound(book, chapter, folder)
    return Package("epub", (path.relative_to(folder),))


def _documents(recording: Recording) -> Iterator[tuple[str, str]]:
    """Every text file of the book, but for the container's own."""
    script = recording.script
    yield "package.opf", _package(recording)
    yield "nav.xhtml", _navigation(recording)
    yield "style.css", template("epub/style.css").render()
    for chapter, (_, blocks) in zip(recording.chapters, outline(script), strict=True):
        yield f"{chapter.chapter.id}.xhtml", _page(chapter, blocks, script.language)
        overlay = template("epub/overlay.smil").render(id=chapter.chapter.id, clips=clips(chapter))
        yield f"{chapter.chapter.id}.smil", overlay


def _page(chapter: ChapterRecording, blocks: Iterable[Block], language: str) -> str:
    paragraphs = [paragraph(block, language) for block in blocks]
    first = paragraphs[0]
    return (
        template("epub/chapter.xhtml")
        .render(
            id=chapter.chapter.id,
            title=one_line(chapter.chapter.title),
            labelled_by=first.id if first.depth else "",
            paragraphs=paragraphs,
            language=language,
            direction=direction,
        )
        .lstrip()
    )


def _navigation(recording: Recording) -> str:
    script = recording.script
    return (
        template("epub/nav.xhtml")
        .render(title=one_line(script.title), language=script.language, direction=direction, nodes=_contents(recording))
        .lstrip()
    )


def _contents(recording: Recording) -> list[Entry]:
    """The chapters, those of deeper headings below those above them. The title stands beside the headings under it."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    for chapter, blocks in outline(recording.script):
        entry = Entry(chapter.id, one_line(chapter.title), max(blocks[0].depth, 2))
        while open_entries and open_entries[-1].depth >= entry.depth:
            open_entries.pop()
        (open_entries[-1].children if open_entries else top).append(entry)
        open_entries.append(entry)
    return top


def _package(recording: Recording) -> str:
    script = recording.script
    durations = [length_ms(clips(chapter)) for chapter in recording.chapters]
    chapters = [
        {"id": chapter.chapter.id, "duration": timestamp(duration)}
        for chapter, duration in zip(recording.chapters, durations, strict=True)
    ]
    facts: dict[str, Any] = {
        "script": script,
        "title": one_line(script.title) or "Untitled",
        "identifier": edition_identifier(script),
        "creator": artist(recording),
        "publisher": one_line(script.source),
        "narrators": [narrator([voice]) for voice in recording.voices],
        "modified": f"{script.published or EPOCH_DATE}T00:00:00Z",
        "duration": timestamp(sum(durations)),
        "chapters": chapters,
        "summary": (
            f"All text is narrated, sentence by sentence, by {by_voices(recording.voices)}. There are no images."
        ),
        "direction": direction,
    }
    return template("epub/package.opf").render(**facts)


def _add_sound(book: zipfile.ZipFile, chapter: ChapterRecording, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".epub.") as temporary:
        sound = Path(temporary, f"{chapter.chapter.id}.mp3")
        write_mp3(sound, [chapter], b"")
        add_file(book, f"EPUB/{sound.name}", sound)
