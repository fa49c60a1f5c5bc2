"""Changes of an article's tree before it is planned: where its notes are read, and whether its
pages and struck text are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audio_edition.model import (
    Article,
    Block,
    Disclosure,
    Finding,
    Heading,
    Note,
    Notes,
    PageBreak,
    Pages,
    Struck,
    Text,
    every,
    leaves,
    with_blocks,
    with_leaves,
)
from audio_edition.script.producer_notes import with_producer_notes
from audio_edition.script.wording import english, wording


@dataclass(frozen=True, slots=True)
class Choices:
    """What a publication chose to have read, and where. `speakers` are those with a voice of their own: what they say
    is apart from what is said of it. `only_pages` names a range of pages, all if it is empty; `producer_notes` are the
    words that begin a producer's note, of which there are none if they are empty."""

    notes: Notes = "after"
    struck: Struck = "said"
    pages: Pages = "silent"
    disclosure: Disclosure = "metadata"
    speakers: tuple[str, ...] = ()
    only_pages: str = ""
    producer_notes: str = ""


USUAL = Choices()


def as_chosen(article: Article, choices: Choices) -> Article:
    """Return the article with its notes, struck text and marks of pages as they are to be read."""
    article = with_producer_notes(article, choices.producer_notes)
    return with_pages(with_struck(with_notes(article, choices.notes), choices.struck), choices.pages)


def with_notes(article: Article, place: Notes) -> Article:
    """Return the article with its notes where they are to be read; at the end, under a heading of their own."""
    notes = tuple(block for block in every(article.blocks) if isinstance(block, Note))
    if place == "after" or not notes:
        return article
    known = wording(article.language)
    heading = Heading(Text((known or english()).notes, language="" if known else "en"))
    own = tuple(replace(note, blocks=with_blocks(note.blocks, _no_note)) for note in notes)
    return replace(article, blocks=(*with_blocks(article.blocks, _no_note), heading, *own))


def _no_note(block: Block[Text]) -> tuple[Block[Text], ...]:
    return () if isinstance(block, Note) else (block,)


def with_pages(article: Article, pages: Pages) -> Article:
    """Return the article with its pages as they are to be told: without any, or each said behind the paragraph, cell
    or line in which it begins, and marked there."""
    if pages == "silent":
        return article
    change = _spoken_pages if pages == "spoken" else _no_pages
    return replace(article, blocks=with_blocks(article.blocks, change))


def _spoken_pages(block: Block[Text]) -> Iterator[Block[Text]]:
    if isinstance(block, PageBreak):
        yield replace(block, text=Text(block.label))
        return
    begun = [span.value for text in leaves([block]) for span in text.of("page")]
    yield from _no_pages(block)
    yield from (PageBreak(label, Text(label)) for label in begun)


def _no_pages(block: Block[Text]) -> tuple[Block[Text], ...]:
    return () if isinstance(block, PageBreak) else (with_leaves(block, _unpaged),)


def _unpaged(text: Text) -> Text:
    return replace(text, spans=tuple(span for span in text.spans if span.kind != "page"))


def with_struck(article: Article, struck: Struck) -> Article:
    """Return the article without its struck text, where that is to be left out, with a finding that quotes it."""
    removed = [text.text[span.start : span.end] for text in leaves(article.blocks) for span in text.of("struck")]
    if struck == "said" or not removed:
        return article
    finding = Finding("struck-left-out", "note", "Left out: words that are struck out.", text=" … ".join(removed))
    blocks = tuple(with_leaves(block, _without_struck) for block in article.blocks)
    return replace(article, blocks=blocks, findings=(*article.findings, finding))


def _without_struck(text: Text) -> Text:
    kept = [text.part(start, end) for start, end in _kept(text)]
    written = Text.joined(kept, between="")
    doubled = written.text.find("  ")
    while doubled >= 0:
        written = Text.joined([written.part(0, doubled), written.part(doubled + 1)], between="")
        doubled = written.text.find("  ")
    return replace(written, language=text.language)


def _kept(text: Text) -> Iterator[tuple[int, int]]:
    done = 0
    for span in text.of("struck"):
        if span.start >= done:
            yield done, span.start
        done = max(done, span.end)
    yield done, len(text.text)
