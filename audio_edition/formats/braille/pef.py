"""Format pef: the pages of the BRF in PEF 1.0 (2008-1), which names each cell independently of the embosser's code.

A book is cut into volumes that can be bound. The pages of the contents are a section of the first volume, and the pages
of the text are another, as embossers begin a section on a new leaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from audio_edition.formats.about import about, title_of
from audio_edition.formats.braille.book import Book, Page, book
from audio_edition.formats.clips import edition_identifier
from audio_edition.formats.pages import template
from audio_edition.model import Package, Recording
from audio_edition.model.characters import one_line

VOLUME_PAGES = 100
"""The most pages of a volume: leaves of braille paper, embossed on one side, that a binding holds."""
_BLANK = "\u2800"


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.pef`. Raises MissingTool without liblouis, PublishError for a language without six-dot braille."""
    script, name = recording.script, Path(f"{slug}.pef")
    written = template("braille/book.pef").generate(
        identifier=edition_identifier(script),
        title=title_of(script.title, script.language),
        work=about(script),
        publisher=one_line(script.source).strip(),
        date=script.published,
        language=script.language,
        form=recording.braille,
        volumes=_volumes(book(recording)),
    )
    with (folder / name).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(written)
    return Package("pef", (name,))


def _volumes(pages: Book) -> Iterator[list[list[list[str]]]]:
    """Yield the sections of each volume. Volumes are of about the same length, so that none has only a few pages."""
    whole = (*pages.contents, *pages.text)
    count = -(-len(whole) // VOLUME_PAGES)
    edges = [len(whole) * number // count for number in range(count + 1)]
    for start, end in pairwise(edges):
        front = max(start, min(end, len(pages.contents)))
        yield [[_rows(page) for page in part] for part in (whole[start:front], whole[front:end]) if part]


def _rows(page: Page) -> list[str]:
    """Return the lines of a page without blank cells at their ends."""
    return [line.rstrip(" " + _BLANK).replace(" ", _BLANK) for line in page]
