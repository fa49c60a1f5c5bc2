"""Chapters by hand: paragraphs of the utterances and pauses that a test names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audio_edition.model import Chapter, Heading, Paragraph, Passage, Pause, Quote, Utterance
from audio_edition.model.blocks import Block


def spoken_chapter(
    parts: Iterable[Utterance | Pause], name: str = "c01", title: str = "Title", level: int = 1
) -> Chapter:
    """Return a chapter of these parts; utterances whose ids begin with the same passage are one paragraph, heading or
    quotation, as their role says."""
    passages: list[Passage] = []
    for part in parts:
        place = part.id.rpartition("-")[0] if isinstance(part, Utterance) else passages[-1].id
        if not passages or passages[-1].id != place:
            assert isinstance(part, Utterance)
            passages.append(Passage(place, part.role, language=part.language))
        passages[-1] = replace(passages[-1], parts=(*passages[-1].parts, part))
    return Chapter(name, title, tuple(_block(passage, level) for passage in passages), level)


def _block(passage: Passage, level: int) -> Block[Passage]:
    match passage.role:
        case "title" | "heading":
            return Heading(passage, level)
        case "quote":
            return Quote((Paragraph(passage),))
        case _:
            return Paragraph(passage)
