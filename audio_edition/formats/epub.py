"""The edition as EPUB 3.3 with Media Overlays: a document, an overlay and the chapter's own MP3 for each chapter.

Every sentence is a par. Its clip goes on to the next one's start, so that a reading system plays the pauses too. The
contents are spoken with the headings they lead to (EPUB Accessibility 1.1, "Synchronized text-audio playback"). A book
of sound has the same overlays over documents of headings and pages (DAISY, "Navigable Audio-only EPUB3 Guidelines").
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from audio_edition.formats import accessibility
from audio_edition.formats.about import about, artist, title_of
from audio_edition.formats.archive import EPOCH_DATE, add_blocks, add_bytes, add_text
from audio_edition.formats.clips import Clip, clips, edition_identifier, length_ms
from audio_edition.formats.clock import timestamp
from audio_edition.formats.contents import contents
from audio_edition.formats.cover import alternative, embedded, of_the_document
from audio_edition.formats.disclosure import digital_source_type, iptc_source_type, narrator
from audio_edition.formats.images import FOLDER, images_shown
from audio_edition.formats.language import direction
from audio_edition.formats.markup import EPUB, EPUB_OF_SOUND, Body, StructureKind, bodies
from audio_edition.formats.markup.elements import element, empty, lines, within_lines
from audio_edition.formats.mp3_stream import mp3_stream
from audio_edition.formats.narration import Group, narration
from audio_edition.formats.outline import begins_with_title, heading
from audio_edition.formats.pages import template
from audio_edition.model import ChapterRecording, CreatorRole, Image, Package, Recording, Script
from audio_edition.model.characters import one_line

_ROLES: dict[CreatorRole, str] = {"translator": "trl", "editor": "edt", "illustrator": "ill", "contributor": "ctb"}
"""MARC relators. Who once read the work aloud is not who reads it here."""
_POSITION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})*")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


_TYPES: dict[StructureKind, str] = {"description": "aside", "prodnote": "aside"}
"""The vocabulary's terms (EPUB 3 Structural Semantics) where they are others than ours."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """The narration of a document: its pars and seqs, and how long it lasts."""

    document: str
    markup: Markup
    duration_ms: int


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.epub`."""
    path = folder / f"{slug}.epub"
    cover = of_the_document(recording.script) or embedded(recording)
    with zipfile.ZipFile(path, "w") as book:
        add_text(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        add_text(book, "META-INF/container.xml", _CONTAINER)
        for name, content in _documents(recording, cover):
            add_text(book, f"EPUB/{name}", content)
        add_bytes(book, f"EPUB/{cover.name}", cover.data)
        for image in _images(recording):
            add_bytes(book, f"EPUB/{FOLDER}/{image.name}", image.data)
        for chapter in recording.chapters:
            add_blocks(book, f"EPUB/{chapter.chapter.id}.mp3", mp3_stream([chapter]))
    return Package("epub", (path.relative_to(folder),))


def _documents(recording: Recording, cover: Image) -> Iterator[tuple[str, str]]:
    """Yield every text file of the book, except the container's own."""
    script = recording.script
    written = list(bodies(script, EPUB_OF_SOUND if recording.book_text == "none" else EPUB))
    overlays = _overlays(recording, written)
    yield "package.opf", _package(recording, overlays, written, cover)
    yield "nav.xhtml", _navigation(script, written, cover)
    yield "style.css", template("epub/style.css").render()
    for body in written:
        yield f"{body.chapter.id}.xhtml", _page(body, script.language)
    for overlay in overlays:
        yield f"{overlay.document}.smil", template("epub/overlay.smil").render(overlay=overlay)


def _images(recording: Recording) -> tuple[Image, ...]:
    """Return the pictures of the text; a book of sound shows none."""
    return () if recording.book_text == "none" else images_shown(recording.script)


def _page(body: Body, language: str) -> str:
    opening = heading(body.chapter)
    return template("epub/chapter.xhtml").render(
        id=body.chapter.id,
        title=title_of(body.chapter.title, language),
        labelled_by=opening.id if opening else "",
        markup=body.markup,
        language=language,
        direction=direction,
    )


def _navigation(script: Script, written: Sequence[Body], cover: Image) -> str:
    """Return the navigation document. It is not in the spine, so that listeners do not hear the contents within the
    article."""
    return (
        template("epub/nav.xhtml")
        .render(
            title=_title(script),
            language=script.language,
            direction=direction,
            entries=contents(script),
            pages=[(page, body.chapter.id) for body in written for page in body.pages],
            cover=cover.name,
            cover_alternative=alternative(script) or _title(script),
        )
        .lstrip()
    )


def _title(script: Script) -> str:
    return title_of(script.title, script.language)


# --- narration


def _overlays(recording: Recording, written: Sequence[Body]) -> list[Overlay]:
    """That of each chapter, then that of the contents."""
    chapters = (_overlay(chapter, body) for chapter, body in zip(recording.chapters, written, strict=True))
    return [*chapters, *_contents_overlay(recording)]


def _overlay(chapter: ChapterRecording, body: Body) -> Overlay:
    """Return the narration of a chapter: a seq for each structure that readers can skip or leave, its type on it."""
    name, clipped = chapter.chapter.id, clips(chapter)
    return Overlay(name, _narrated(narration(clipped, body.structures), name), length_ms(clipped))


def _narrated(parts: Iterable[Clip | Group], name: str) -> Markup:
    return lines(_par(part, name, name) if isinstance(part, Clip) else _seq(part, name) for part in parts)


def _seq(group: Group, name: str) -> Markup:
    """Return a seq; or one par, with the type, where the structure is the element of one sentence."""
    structure = group.structure
    if structure.kind == "alternative":  # the vocabulary has no term for it
        return _narrated(group.parts, name)
    kind = _TYPES.get(structure.kind, structure.kind)
    if structure.id == structure.first == structure.last:
        (clip,) = (part for part in group.parts if isinstance(part, Clip))
        return _par(clip, name, name, kind)
    place = f"{name}.xhtml#{structure.id}"
    attributes = {"id": f"seq-{structure.id}", "epub:textref": place, "epub:type": kind}
    return element("seq", attributes, within_lines([_narrated(group.parts, name)]))


def _par(clip: Clip, document: str, chapter: str, kind: str | None = None) -> Markup:
    """Return a par that joins an element of a document, by the id of the clip, to a clip of a chapter's sound."""
    times = {"clipBegin": timestamp(clip.begin_ms), "clipEnd": timestamp(clip.end_ms)}
    text = empty("text", {"src": f"{document}.xhtml#{clip.id}"})
    return element(
        "par", {"id": f"par-{clip.id}", "epub:type": kind}, text, empty("audio", {"src": f"{chapter}.mp3", **times})
    )


def _contents_overlay(recording: Recording) -> Iterator[Overlay]:
    """Yield the overlay of the contents, in which each entry is spoken by the heading that it links to; nothing if
    a heading is not spoken: contents are spoken as a whole or not at all."""
    headings: list[tuple[str, Clip]] = []
    for chapter in recording.chapters:
        opening = heading(chapter.chapter)
        said = {utterance.id for utterance in opening.utterances} if opening else set()
        clipped = [clip for clip in clips(chapter) if clip.id in said]
        if not clipped:
            return
        name = chapter.chapter.id
        headings.append((name, Clip(f"to-{name}", clipped[0].begin_ms, clipped[-1].end_ms)))
    if begins_with_title(recording.script):
        name, clip = headings[0]
        entries = [(name, replace(clip, id="heading")), *headings]
        markup = lines(_par(clip, "nav", name) for name, clip in entries)
        yield Overlay("nav", markup, length_ms(clip for _, clip in entries))


# --- the package document


def _package(recording: Recording, overlays: Sequence[Overlay], written: Sequence[Body], cover: Image) -> str:
    script = recording.script
    has_pages = any(body.pages for body in written)
    facts: dict[str, Any] = {
        "script": script,
        "title": _title(script),
        "identifier": edition_identifier(script),
        **_about(recording),
        "publisher": one_line(script.source),
        "narrators": [narrator([voice], script.language) for voice in recording.voices],
        "source_type": digital_source_type(recording.voices),
        "iptc_source_type": iptc_source_type(recording.voices),
        "modified": f"{script.published or EPOCH_DATE}T00:00:00Z",
        "duration": timestamp(sum(overlay.duration_ms for overlay in overlays)),
        "durations": {overlay.document: timestamp(overlay.duration_ms) for overlay in overlays},
        "chapters": written,
        "images": _images(recording),
        "is_sound": recording.book_text == "none",
        "images_folder": FOLDER,
        "page_source": _page_source(script) if has_pages else "",
        "modes": accessibility.access_modes(recording),
        "sufficient": accessibility.sufficient_modes(recording),
        "features": accessibility.book_features(recording),
        "hazards": accessibility.HAZARDS,
        "summary": accessibility.summary(recording),
        "certifier": one_line(recording.certifier).strip(),
        "cover": cover,
        "direction": direction,
    }
    return template("epub/package.opf").render(**facts)


def _about(recording: Recording) -> dict[str, Any]:
    """Return what the document says about the work. Its identifiers are those of the source."""
    work = about(recording.script)
    return {
        "creators": work.authors or [artist(recording)],
        "contributors": [(each.name, _ROLES[each.role]) for each in work.others if each.role in _ROLES],
        "subtitle": work.subtitle,
        "description": work.description,
        "subjects": work.subjects,
        "series": work.series,
        "series_position": work.series_position if _POSITION.fullmatch(work.series_position) else "",
        "rights": work.rights,
        "sources": work.identifiers,
    }


def _page_source(script: Script) -> str:
    """Return the source of the page numbers (EPUB 3.4, "pageBreakSource"); "none" if the document does not say."""
    return next(iter(about(script).identifiers), "none")
