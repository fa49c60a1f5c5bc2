"""In: an article whose notes follow the paragraphs that refer to them. Out: the same, or with them all at its end."""

from __future__ import annotations

from dataclasses import replace

from audio_edition.model import Article, Notes, Section
from audio_edition.script.wording import ENGLISH, wording


def with_notes(article: Article, place: Notes) -> Article:
    """The article with its notes where they are to be read; at the end, under a heading of their own."""
    notes = tuple(
        paragraph for section in article.sections for paragraph in section.paragraphs if paragraph.kind == "note"
    )
    if place == "after" or not notes:
        return article
    sections = tuple(
        replace(section, paragraphs=tuple(each for each in section.paragraphs if each.kind != "note"))
        for section in article.sections
    )
    known = wording(article.language)
    heading = Section((known or ENGLISH).notes, notes, language="" if known else "en")
    return replace(article, sections=(*sections, heading))
