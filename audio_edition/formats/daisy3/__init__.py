"""The edition as a DAISY 3 talking book with full text and full audio: DTBook, a SMIL and an MP3 for each chapter.

A book of sound has no DTBook: its NCX leads to headings and pages in the SMILs.

ANSI/NISO Z39.86-2005. All times are sums of the milliseconds that the SMILs print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from audio_edition.formats.about import about, artist, title_of
from audio_edition.formats.archive import EPOCH_DATE, write_book_archive
from audio_edition.formats.clips import Clip, clips, edition_identifier, length_ms
from audio_edition.formats.clock import timestamp
from audio_edition.formats.daisy3.contents import contents_of
from audio_edition.formats.daisy3.dtbook import TEXT, dtbook
from audio_edition.formats.daisy3.synchrony import SEQS, TESTS, Parts, parts_of, references
from audio_edition.formats.disclosure import disclosure, iptc_source_type, narrator, program
from audio_edition.formats.images import images_as
from audio_edition.formats.markup import DAISY, Body, bodies
from audio_edition.formats.mp3_stream import write_mp3
from audio_edition.formats.narration import narration
from audio_edition.formats.pages import template
from audio_edition.model import Image, Package, Recording
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_PICTURES = {"image/jpeg": ".jpg", "image/png": ".png"}
"""Pictures that a book may hold, and how their files end; others become PNG."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its files are `name`.smil and `name`.mp3."""

    name: str
    body: Body
    clips: tuple[Clip, ...]
    parts: Parts
    elapsed_ms: int

    @property
    def length_ms(self) -> int:
        return length_ms(self.clips)


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>-daisy3.zip`, with the book at its top."""
    path = folder / f"{slug}-daisy3.zip"
    write_book_archive(path, partial(write_book, recording))
    return Package("daisy3", (path.relative_to(folder),))


def write_book(recording: Recording, folder: Path) -> list[Path]:
    """Write the book's files into a folder, and return them, book.opf first."""
    script = recording.script
    has_text = recording.book_text == "full"
    images = images_as(_PICTURES, script) if has_text else {}
    sections = list(_sections(recording, {name: image.name for name, image in images.items()}))
    for image in images.values():
        (folder / image.name).write_bytes(image.data)
    if has_text:
        (folder / TEXT).write_bytes(_text(sections, recording))
    contents = contents_of(sections, script.language)
    for section, chapter in zip(sections, recording.chapters, strict=True):
        write_mp3(folder / f"{section.name}.mp3", [chapter], b"")
        _render(folder / f"{section.name}.smil", "section.smil", recording, section=section, has_text=has_text)
    _render(folder / "book.ncx", "book.ncx", recording, contents=contents)
    _render(folder / "resources.res", "resources.res", recording)
    _render(folder / "book.opf", "book.opf", recording, **_package(recording, sections, list(images.values())))
    opf = folder / "book.opf"
    return [opf, *sorted(file for file in folder.iterdir() if file != opf)]


def _sections(recording: Recording, renamed: dict[str, str]) -> Iterator[Section]:
    digits = max(3, len(str(len(recording.chapters))))
    held = tuple(image for image in recording.script.images if image.name in renamed)
    written = bodies(replace(recording.script, images=held), replace(DAISY, renamed=renamed))
    names = [f"s{number:0{digits}}" for number in range(1, len(recording.chapters) + 1)]
    files = [f"{name}.smil" for name in names]
    elapsed_ms = 0
    for name, chapter, body in zip(names, recording.chapters, written, strict=True):
        body = body if recording.book_text == "full" else _of_sound(body)
        clipped = tuple(clips(chapter))
        parts = parts_of(narration(clipped, body.structures), body, files)
        yield Section(name, body, clipped, parts, elapsed_ms)
        elapsed_ms += length_ms(clipped)


def _text(sections: Sequence[Section], recording: Recording) -> bytes:
    sounds = {
        name: f"{section.name}.smil#{target}" for section in sections for name, target in references(section.parts)
    }
    return dtbook([section.body for section in sections], sounds, _facts(recording))


def _of_sound(body: Body) -> Body:
    """Return the chapter without what only a text has: its pages begin with sentences, and notes have no marks."""
    pages = tuple(replace(page, id=page.sentence) for page in body.pages)
    return replace(body, pages=pages, marks=())


# --- facts


def _facts(recording: Recording) -> dict[str, str]:
    script = recording.script
    return {
        "uid": edition_identifier(script),
        "title": title_of(script.title, script.language),
        "language": script.language,
        "generator": program(),
    }


def _package(recording: Recording, sections: Sequence[Section], images: Sequence[Image]) -> dict[str, object]:
    script = recording.script
    return {
        "about": list(_about(recording)),
        "publisher": one_line(script.source).strip() or words_for("edition", script.language)["unknown"],
        "date": script.published or EPOCH_DATE,
        "narrator": narrator(recording.voices, script.language),
        "source_type": iptc_source_type(recording.voices),
        "total_time": timestamp(sum(section.length_ms for section in sections)),
        "images": images,
        "sections": sections,
        "has_text": recording.book_text == "full",
    }


def _about(recording: Recording) -> Iterator[tuple[str, str]]:
    """Yield what the document says about the work, and that the voice is synthetic, as Dublin Core."""
    work, language = about(recording.script), recording.script.language
    words = words_for("edition", language)
    yield from (("Creator", name) for name in work.authors or [artist(recording)])
    yield from (("Contributor", f"{creator.name} ({words[creator.role]})") for creator in work.others)
    yield from (("Subject", subject) for subject in work.subjects)
    told = [
        ("Description", work.description),
        ("Description", disclosure(recording.voices, language, recording.script.wording)),
    ]
    series = ", ".join(text for text in (work.series, work.series_position) if text) if work.series else ""
    told += [("Relation", series), ("Rights", work.rights), *(("Source", each) for each in work.identifiers)]
    yield from ((name, text) for name, text in told if text)


def _render(path: Path, name: str, recording: Recording, **facts: object) -> None:
    words = words_for("page", recording.script.language)
    text = (
        template(f"daisy3/{name}").render(book=_facts(recording), words=words, tests=TESTS, seqs=SEQS, **facts).lstrip()
    )
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
