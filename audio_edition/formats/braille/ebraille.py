"""Format ebraille: the text in braille as eBraille 1.0, which displays of any width lay out themselves.

It is the EPUB's markup with cells for characters, made from the same script in braille as the BRF. Section numbers are
those of the specification (DAISY, 14 August 2025).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from audio_edition.formats.about import about, title_of
from audio_edition.formats.archive import EPOCH_DATE, add_text
from audio_edition.formats.braille.tables import system_of
from audio_edition.formats.braille.transcribed import braille_tag, in_braille
from audio_edition.formats.braille.transcription import Transcriber, is_same_language
from audio_edition.formats.clips import edition_identifier
from audio_edition.formats.contents import contents
from audio_edition.formats.disclosure import program
from audio_edition.formats.language import direction
from audio_edition.formats.markup import EBRAILLE, EPUB, Body, Page, bodies
from audio_edition.formats.outline import heading
from audio_edition.formats.pages import template
from audio_edition.model import Package, Recording, Script
from audio_edition.model.characters import one_line
from audio_edition.translations import Words, words_for

_FOLDER = "ebraille"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_FEATURES = ("braille", "tableOfContents", "readingOrder", "structuralNavigation", "unlocked")
_FEATURES_OF_PAGES = ("pageBreakMarkers", "pageNavigation")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

Listed = tuple[Page, str, str]
"""A page, the id of the chapter that it is in, and its number as printed."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.ebrl`. Raises MissingTool without liblouis, PublishError for a language without six-dot braille."""
    name, printed = Path(f"{slug}.ebrl"), recording.script
    transcriber = Transcriber(printed.language, recording.braille.grade)
    script = in_braille(printed, transcriber)
    words = _words("page", ("description", "skipped_pages"), transcriber)
    written = list(bodies(script, EBRAILLE, words))
    pages = _pages(written, printed)
    with zipfile.ZipFile(folder / name, "w") as book:
        add_text(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        add_text(book, "META-INF/container.xml", _CONTAINER)
        add_text(book, "package.opf", _package(recording, script, written, pages))
        add_text(book, "index.html", _index(script, pages, _words("script", ("contents",), transcriber), words))
        add_text(book, f"{_FOLDER}/style.css", template("braille/style.css").render())
        for body in written:
            add_text(book, f"{_FOLDER}/{body.chapter.id}.xhtml", _document(body, script.language))
    return Package("ebraille", (name,))


def _words(table: Literal["page", "script"], names: Sequence[str], transcriber: Transcriber) -> Words:
    """Return words of the program in braille."""
    found = words_for(table, transcriber.main)
    return Words(braille_tag(found.language), {name: transcriber.cells(found[name], found.language) for name in names})


def _pages(written: Sequence[Body], printed: Script) -> list[Listed]:
    """Return the pages of all chapters, with their numbers as print has them (8.3.2)."""
    if not any(body.pages for body in written):
        return []
    labels = {page.id: page.label for body in bodies(printed, EPUB) for page in body.pages}
    return [(page, body.chapter.id, labels[page.id]) for body in written for page in body.pages]


def _document(body: Body, language: str) -> str:
    opening = heading(body.chapter)
    return template("epub/chapter.xhtml").render(
        id=body.chapter.id,
        title=one_line(body.chapter.title),
        labelled_by=opening.id if opening else "",
        markup=body.markup,
        language=language,
        direction=direction,
    )


def _index(script: Script, pages: Sequence[Listed], of_contents: Words, of_pages: Words) -> str:
    """Return the primary entry page (8). It is not in the spine."""
    return (
        template("braille/index.html")
        .render(
            script=script,
            folder=_FOLDER,
            of_contents=of_contents,
            of_pages=of_pages,
            entries=contents(script),
            pages=pages,
        )
        .lstrip()
    )


def _package(recording: Recording, script: Script, written: Sequence[Body], pages: Sequence[Listed]) -> str:
    printed, work = recording.script, about(recording.script)
    publisher = one_line(printed.source).strip()
    languages = list(_languages(script))
    return template("braille/package.opf").render(
        script=printed,
        direction=direction,
        identifier=edition_identifier(printed),
        title=title_of(printed.title, printed.language),
        work=work,
        creators=work.authors or [publisher or program()],
        languages=languages,
        systems=dict.fromkeys(_systems(languages, recording.braille.grade)),
        date=printed.published or EPOCH_DATE,
        copyright_year=_copyright_year(work.rights, printed.published),
        publisher=publisher,
        producer=publisher or program(),
        pages=pages,
        page_source=next(iter(work.identifiers), "none"),
        features=(*_FEATURES, *(_FEATURES_OF_PAGES if pages else ())),
        folder=_FOLDER,
        bodies=written,
    )


def _languages(script: Script) -> Iterator[str]:
    """Yield the language of a script in braille, and those of its phrases, each once."""
    tags = [script.language]
    for passage in script.passages():
        tags += (each.language for each in passage.utterances)
        tags += (passage.language, passage.unspoken.language)
        tags += (span.value for span in passage.spans if span.kind == "language")
    yield from dict.fromkeys(filter(None, tags))


def _systems(languages: Sequence[str], grade: int) -> Iterator[str]:
    """Yield the names of the languages' braille codes: the first in the grade given, the others uncontracted."""
    main, *others = languages
    yield system_of(main, grade)
    yield from filter(None, (system_of(language, 1) for language in others if not is_same_language(language, main)))


def _copyright_year(rights: str, published: str) -> str:
    """Return the year in the rights, or else of publication; without either, the earliest year that ZIP knows."""
    found = _YEAR.search(rights)
    return found[0] if found else (published or EPOCH_DATE)[:4]
