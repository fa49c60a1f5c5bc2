"""The edition as EPUB 3.3 with Media Overlays: a document, an overlay and the chapter's own MP3 for each chapter.

Every sentence is a par. Its clip goes on to the next one's start, so that a reading system plays the pauses too.
"""

from __future__ import annotations

import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio_edition.model import ChapterRecording, Package, Recording
from audio_edition.publish.characters import one_line
from audio_edition.publish.clock import milliseconds, timestamp
from audio_edition.publish.disclosure import narrator
from audio_edition.publish.id3 import artist
from audio_edition.publish.language import direction
from audio_edition.publish.mp3_stream import write_mp3
from audio_edition.publish.outline import Block, outline
from audio_edition.publish.pages import template
from audio_edition.publish.transcript_html import paragraph

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: ZIP knows no earlier one, and a later one would be a clock's."""
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence's part of its chapter's MP3, as SMIL clock values (SMIL 3.0, clock value: full clock)."""

    id: str
    begin: str
    end: str


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
        _add(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _add(book, "META-INF/container.xml", _CONTAINER)
        for name, content in _documents(recording):
            _add(book, f"EPUB/{name}", content)
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
        yield (
            f"{chapter.chapter.id}.smil",
            template("epub/overlay.smil").render(id=chapter.chapter.id, clips=clips(chapter)),
        )


def clips(chapter: ChapterRecording) -> list[Clip]:
    """The clips of a chapter: they touch, and the last one ends with the sound."""
    starts = [milliseconds(cue.start) for cue in chapter.cues]
    ends = [*starts[1:], milliseconds(chapter.length)]
    return [
        Clip(cue.utterance.id, timestamp(start), timestamp(end))
        for cue, start, end in zip(chapter.cues, starts, ends, strict=True)
    ]


def _duration_ms(chapter: ChapterRecording) -> int:
    return milliseconds(chapter.length) - milliseconds(chapter.cues[0].start)


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
    durations = [_duration_ms(chapter) for chapter in recording.chapters]
    chapters = [
        {"id": chapter.chapter.id, "duration": timestamp(duration)}
        for chapter, duration in zip(recording.chapters, durations, strict=True)
    ]
    facts: dict[str, Any] = {
        "script": script,
        "title": one_line(script.title) or "Untitled",
        "identifier": _identifier(recording),
        "creator": artist(recording),
        "publisher": one_line(script.source),
        "narrator": narrator(recording.delivery.voice),
        "modified": f"{script.published or '1980-01-01'}T00:00:00Z",
        "duration": timestamp(sum(durations)),
        "chapters": chapters,
        "summary": (
            f"All text is narrated, sentence by sentence, by a synthetic voice: {recording.delivery.voice.name} "
            f"({recording.delivery.voice.engine}). There are no images."
        ),
        "direction": direction,
    }
    return template("epub/package.opf").render(**facts)


def _identifier(recording: Recording) -> str:
    """The same for the same article on the same day, also after a correction."""
    script = recording.script
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((script.title, script.published, script.source))).urn


def _add(book: zipfile.ZipFile, name: str, content: str, method: int = zipfile.ZIP_DEFLATED) -> None:
    book.writestr(_entry(name, method), content.encode("utf-8", "replace"))


def _add_sound(book: zipfile.ZipFile, chapter: ChapterRecording, folder: Path) -> None:
    """Stored, not deflated: reading systems seek in it."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".epub.") as temporary:
        sound = Path(temporary, "sound.mp3")
        write_mp3(sound, [chapter], b"")
        with sound.open("rb") as source, book.open(_entry(f"EPUB/{chapter.chapter.id}.mp3"), "w") as entry:
            while block := source.read(1 << 20):
                entry.write(block)


def _entry(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    return entry
