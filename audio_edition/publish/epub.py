"""The edition as EPUB 3.3 with Media Overlays: a document, an overlay and the chapter's own MP3 for each chapter.

Every sentence is a par. Its clip goes on to the next one's start, so that a reading system plays the pauses too. The
contents are spoken with the headings they lead to (EPUB Accessibility 1.1, "Synchronized text-audio playback").
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audio_edition.model import Chapter, ChapterRecording, Package, Recording, Script
from audio_edition.publish import accessibility
from audio_edition.publish.archive import EPOCH_DATE, add_bytes, add_file, add_text
from audio_edition.publish.characters import one_line
from audio_edition.publish.clips import Clip, clips, edition_identifier, length_ms
from audio_edition.publish.clock import timestamp
from audio_edition.publish.contents import contents
from audio_edition.publish.cover import NAME as COVER
from audio_edition.publish.cover import alternative, picture
from audio_edition.publish.disclosure import narrator
from audio_edition.publish.id3 import artist
from audio_edition.publish.language import direction
from audio_edition.publish.mp3_stream import write_mp3
from audio_edition.publish.outline import Block, begins_with_title, outline
from audio_edition.publish.pages import template
from audio_edition.publish.transcript_html import paragraph

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Overlay:
    """The narration of a document: for each par, the id in the document, the chapter in whose sound it is, the clip."""

    document: str
    pars: tuple[tuple[str, str, Clip], ...]

    @property
    def duration_ms(self) -> int:
        return length_ms(clip for _, _, clip in self.pars)


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.epub`."""
    path = folder / f"{slug}.epub"
    with zipfile.ZipFile(path, "w") as book:
        add_text(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        add_text(book, "META-INF/container.xml", _CONTAINER)
        for name, content in _documents(recording):
            add_text(book, f"EPUB/{name}", content)
        add_bytes(book, f"EPUB/{COVER}", picture(recording.script))
        for chapter in recording.chapters:
            _add_sound(book, chapter, folder)
    return Package("epub", (path.relative_to(folder),))


def _documents(recording: Recording) -> Iterator[tuple[str, str]]:
    """Every text file of the book, but for the container's own."""
    script = recording.script
    overlays = _overlays(recording)
    yield "package.opf", _package(recording, overlays)
    yield "nav.xhtml", _navigation(script)
    yield "style.css", template("epub/style.css").render()
    for chapter, blocks in outline(script):
        yield f"{chapter.id}.xhtml", _page(chapter, blocks, script.language)
    for overlay in overlays:
        yield f"{overlay.document}.smil", template("epub/overlay.smil").render(overlay=overlay)


def _page(chapter: Chapter, blocks: Iterable[Block], language: str) -> str:
    paragraphs = [paragraph(block, language) for block in blocks]
    first = paragraphs[0]
    return (
        template("epub/chapter.xhtml")
        .render(
            id=chapter.id,
            title=one_line(chapter.title),
            labelled_by=first.id if first.depth else "",
            paragraphs=paragraphs,
            language=language,
            direction=direction,
        )
        .lstrip()
    )


def _navigation(script: Script) -> str:
    """The navigation document. It is not in the spine: who listens on would hear the contents in the article."""
    return (
        template("epub/nav.xhtml")
        .render(
            title=_title(script),
            language=script.language,
            direction=direction,
            entries=contents(script),
            cover=COVER,
            cover_alternative=alternative(script) or _title(script),
        )
        .lstrip()
    )


def _title(script: Script) -> str:
    return one_line(script.title).strip() or "Untitled"


# --- narration


def _overlays(recording: Recording) -> list[Overlay]:
    """That of each chapter, then that of the contents."""
    chapters = [
        Overlay(name, tuple((clip.id, name, clip) for clip in clips(chapter)))
        for chapter, name in ((chapter, chapter.chapter.id) for chapter in recording.chapters)
    ]
    return [*chapters, *_contents_overlay(recording)]


def _contents_overlay(recording: Recording) -> Iterator[Overlay]:
    """The contents, each entry said by the heading that it leads to. None where a heading is not said: contents are
    spoken as a whole or not at all."""
    headings = []
    for chapter, (_, blocks) in zip(recording.chapters, outline(recording.script), strict=True):
        said = {utterance.id for utterance in blocks[0].utterances if blocks[0].depth}
        clipped = [clip for clip in clips(chapter) if clip.id in said]
        if not clipped:
            return
        name = chapter.chapter.id
        headings.append((f"to-{name}", name, Clip(f"to-{name}", clipped[0].begin_ms, clipped[-1].end_ms)))
    if begins_with_title(recording.script):
        _, name, clip = headings[0]
        yield Overlay("nav", (("heading", name, replace(clip, id="heading")), *headings))


# --- the package document


def _package(recording: Recording, overlays: Sequence[Overlay]) -> str:
    script = recording.script
    facts: dict[str, Any] = {
        "script": script,
        "title": _title(script),
        "identifier": edition_identifier(script),
        "creator": artist(recording),
        "publisher": one_line(script.source),
        "narrators": [narrator([voice]) for voice in recording.voices],
        "modified": f"{script.published or EPOCH_DATE}T00:00:00Z",
        "duration": timestamp(sum(overlay.duration_ms for overlay in overlays)),
        "durations": {overlay.document: timestamp(overlay.duration_ms) for overlay in overlays},
        "chapters": [chapter.id for chapter in script.chapters],
        "sufficient": accessibility.sufficient_modes(recording),
        "features": (*accessibility.FEATURES, "displayTransformability"),
        "hazards": accessibility.HAZARDS,
        "summary": accessibility.summary(recording),
        "certifier": one_line(recording.certifier).strip(),
        "cover": COVER,
        "direction": direction,
    }
    return template("epub/package.opf").render(**facts)


def _add_sound(book: zipfile.ZipFile, chapter: ChapterRecording, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".epub.") as temporary:
        sound = Path(temporary, f"{chapter.chapter.id}.mp3")
        write_mp3(sound, [chapter], b"")
        add_file(book, f"EPUB/{sound.name}", sound)
