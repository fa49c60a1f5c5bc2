"""A script's tree as markup, in the dialect of each format that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from audio_edition.formats.images import images_shown
from audio_edition.formats.markup.blocks import Blocks, inner_depth
from audio_edition.formats.markup.dialects import DAISY, EBRAILLE, EPUB, EPUB_OF_SOUND, HTML, Dialect
from audio_edition.formats.markup.inline import Inline
from audio_edition.formats.markup.places import places_of
from audio_edition.formats.markup.sparse import sparse
from audio_edition.formats.markup.structures import Mark, Page, PageKind, Structure, StructureKind, kind_of_page
from audio_edition.formats.outline import begins_with_title, depths
from audio_edition.model import Chapter, Script
from audio_edition.translations import Words, words_for

__all__ = [
    "DAISY", "EBRAILLE", "EPUB", "EPUB_OF_SOUND", "HTML", "Body", "Dialect", "Mark", "Page", "PageKind", "Structure",
    "StructureKind", "bodies", "inner_depth", "kind_of_page",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a chapter as markup; the depth of its heading is 1 to 6, or 0 if it has none. `pages` begin in
    it. `structures` are what players can skip or leave, each before those inside it; only
    dialects that name them have them. `marks` are those of notes in its sentences."""

    chapter: Chapter
    markup: Markup
    depth: int
    pages: tuple[Page, ...]
    structures: tuple[Structure, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def has_mathml(self) -> bool:
        return "<math " in self.markup


def bodies(script: Script, dialect: Dialect, words: Words | None = None) -> Iterator[Body]:
    """Yield the chapters of a script as markup. Each sentence has an element whose id is the utterance's. `words` are
    the program's own, where they are not as translated for pages."""
    places, words = places_of(script), words or words_for("page", script.language)
    held = {image.name: image for image in images_shown(script)}
    for number, (chapter, depth) in enumerate(zip(script.chapters, _depths(script, dialect), strict=True)):
        inline = Inline(script, number, dialect, places, held)
        markup = Blocks(inline, dialect, places, words, depth).chapter()
        if dialect.sparse:
            markup = sparse(markup, chapter, inline.structures, inline.pages)
        yield Body(chapter, markup, depth, tuple(inline.pages), tuple(inline.structures), tuple(inline.marks))


def _depths(script: Script, dialect: Dialect) -> Iterator[int]:
    """Yield the depth of each chapter's heading. A separate file begins with a heading of level 1, where depths are not
    kept, and so does a DAISY book, whose title may not be spoken."""
    up = 0 if dialect.html5 or begins_with_title(script) else 1
    for depth in depths(script):
        is_kept = dialect.one_document or dialect.keep_depths
        yield max(depth - up, min(depth, 1)) if is_kept else min(depth, 1)
