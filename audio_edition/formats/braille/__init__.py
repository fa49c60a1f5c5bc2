"""Format braille: the text as BRF, pages of braille ASCII for displays, embossers and reading programs.

Each line ends with CR and LF, each page with a form feed; nothing but the 64 characters of the code is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audio_edition.formats.about import title_of
from audio_edition.formats.braille.layout import groups
from audio_edition.formats.braille.liblouis import version
from audio_edition.formats.braille.lines import Group, Indent, centred, with_number
from audio_edition.formats.braille.pages import Pages
from audio_edition.formats.braille.tables import main_table
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.formats.markup.places import places_of
from audio_edition.formats.outline import depths
from audio_edition.model import Package, Recording, Script
from audio_edition.translations import words_for

_BEFORE_THE_TEXT = "P"
"""Stands before the numbers of the pages of the contents."""


def library_version(language: str) -> str:
    """Return the version of the library that writes braille of a language. Raises MissingTool, PublishError."""
    main_table(language, grade=1)
    return version()


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write the BRF. Raises MissingTool without liblouis, PublishError for a language without six-dot braille."""
    name = Path(f"{slug}.brf")
    with (folder / name).open("w", encoding="ascii", newline="") as file:
        for page in _pages(recording):
            file.writelines(f"{line.rstrip()}\r\n" for line in page)
            file.write("\f")
    return Package("braille", (name,))


def _pages(recording: Recording) -> list[list[str]]:
    """Return the pages of the contents, where there are some, and of the text."""
    script, form = recording.script, recording.braille
    transcriber = Transcriber(script.language, form.grade)
    head = transcriber.cells(title_of(script.title, script.language))
    text = Pages(form.width, form.height, head, transcriber)
    pages = text.fill(groups(script, places_of(script), transcriber, form.width))
    if len(text.starts) < 2:
        return pages
    contents = Pages(form.width, form.height, head, transcriber, mark=_BEFORE_THE_TEXT)
    return contents.fill(_contents(script, head, text.starts, transcriber, form.width)) + pages


def _contents(
    script: Script, head: str, starts: dict[int, int], transcriber: Transcriber, width: int
) -> Iterator[Group]:
    yield Group(tuple(centred(head, width)), closed=True, kept=True)
    title = transcriber.cells(words_for("script", script.language)["contents"])
    yield Group(tuple(centred(title, width)), spaced=True, closed=True, kept=True)
    for number, (chapter, depth) in enumerate(zip(script.chapters, depths(script), strict=True)):
        if number in starts:
            inside = 2 * min(max(depth, 1) - 1, 3)
            page = transcriber.cells(str(starts[number]))
            lines = with_number(transcriber.cells(chapter.title), page, Indent(inside, inside + 4), width)
            yield Group(tuple(lines))
