"""The pages of a book in braille: pages of contents, if there are any, and pages of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.formats.braille.layout import groups
from audio_edition.formats.braille.lines import Group, Indent, centred, with_number
from audio_edition.formats.braille.pages import Pages
from audio_edition.formats.braille.transcribed import in_braille
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.formats.outline import depths
from audio_edition.model import Recording, Script
from audio_edition.translations import words_for

Page = Sequence[str]
"""All lines of a page, as cells: Unicode's braille patterns, and spaces."""
_DEEPEST = 3
"""The most levels by which entries of the contents are indented."""
_BEFORE_THE_TEXT = "⠏"
"""The prefix of the page numbers of the contents."""


@dataclass(frozen=True, slots=True)
class Book:
    """The pages of the contents, which may be none, and of the text."""

    contents: Sequence[Page]
    text: Sequence[Page]


def book(recording: Recording) -> Book:
    """Return the pages of a recording's text. Raises MissingTool without liblouis, PublishError for a language without
    six-dot braille."""
    form = recording.braille
    transcriber = Transcriber(recording.script.language, form.grade)
    script = in_braille(recording.script, transcriber)
    text = Pages(form.width, form.height, script.title, transcriber)
    pages = text.fill(groups(script, transcriber, form.width))
    if len(text.starts) < 2:
        return Book((), pages)
    title = transcriber.cells(words_for("script", recording.script.language)["contents"])
    contents = Pages(form.width, form.height, script.title, transcriber, mark=_BEFORE_THE_TEXT)
    return Book(contents.fill(_contents(script, title, text.starts, transcriber, form.width)), pages)


def _contents(
    script: Script, title: str, starts: dict[int, int], transcriber: Transcriber, width: int
) -> Iterator[Group]:
    yield Group(tuple(centred(script.title, width)), closed=True, kept=True)
    yield Group(tuple(centred(title, width)), spaced=True, closed=True, kept=True)
    inset = [2 * min(max(depth, 1) - 1, _DEEPEST) for depth in depths(script)]
    runover = max(inset[number] for number in starts) + 2
    for number, chapter in enumerate(script.chapters):
        if number in starts:
            page = transcriber.cells(str(starts[number]))
            lines = with_number(chapter.title, page, Indent(inset[number], runover), width)
            yield Group(tuple(lines))
