"""In: an Article. Out: its chapters as passages in speaking order, each with its role; findings for what has no sound.

The first chapter is headline, credits and lead; every subheading opens another.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from audio_edition.model import Article, Finding, Paragraph, ParagraphKind, Role
from audio_edition.script.quotation import is_quotation
from audio_edition.script.speakable import is_speakable

ROLE_OF_KIND: dict[ParagraphKind, Role] = {"quote": "quote", "dateline": "dateline", "byline": "byline"}
"""Paragraphs of every other kind are body, or a quotation by their marks."""

LONGEST_TITLE = 60
"""Characters of a chapter title that is made of the first words."""

_LINE_SPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes one paragraph of the script."""

    text: str
    role: Role
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChapterOutline:
    """A chapter's title, level and passages."""

    title: str
    level: int
    passages: list[Passage] = field(default_factory=list)


def chapter_id(chapter: int) -> str:
    return f"c{chapter:02d}"


def paragraph_id(chapter: int, paragraph: int) -> str:
    return f"{chapter_id(chapter)}-p{paragraph:03d}"


def outline(article: Article) -> tuple[list[ChapterOutline], list[Finding]]:
    """The chapters that have something to say, and findings for passages that have not."""
    chapters = [ChapterOutline(article.title, 1)]
    findings: list[Finding] = []
    for passage, opens_level in _passages(article):
        speakable = is_speakable(passage.text)
        if speakable and opens_level:
            if not chapters[-1].passages:
                chapters.pop()
            chapters.append(ChapterOutline(passage.text, opens_level))
        if speakable:
            chapters[-1].passages.append(passage)
        elif passage.text:
            findings.append(_nothing_to_say(passage.text, len(chapters), len(chapters[-1].passages) + 1))
    return [_titled(chapter) for chapter in chapters if chapter.passages], findings


def _titled(chapter: ChapterOutline) -> ChapterOutline:
    """The chapter; named by its first words if the article has no title."""
    if is_speakable(chapter.title):
        return chapter
    return dataclasses.replace(
        chapter, title=textwrap.shorten(chapter.passages[0].text, LONGEST_TITLE, placeholder="…")
    )


def _passages(article: Article) -> Iterator[tuple[Passage, int]]:
    """Every passage, with the level of the chapter that it opens, or 0."""
    yield Passage(_one_line(article.title), "title"), 0
    for credit in article.credits:
        yield Passage(_one_line(credit.text), ROLE_OF_KIND.get(credit.kind, "body"), credit.language), 0
    for section in article.sections:
        if section.heading is not None:
            yield Passage(_one_line(section.heading), "heading"), section.level
        for paragraph in section.paragraphs:
            yield _passage(paragraph), 0


def _passage(paragraph: Paragraph) -> Passage:
    text = _one_line(paragraph.text)
    role = "quote" if paragraph.kind == "body" and is_quotation(text) else ROLE_OF_KIND.get(paragraph.kind, "body")
    return Passage(text, role, paragraph.language)


def _one_line(text: str) -> str:
    return _LINE_SPACE.sub(" ", text).strip(" ")


def _nothing_to_say(text: str, chapter: int, paragraph: int) -> Finding:
    return Finding(
        id="nothing-to-say",
        level="warning" if any(unicodedata.category(character) in ("So", "Sc") for character in text) else "note",
        message="A paragraph has no letter or digit that could be spoken, so it is left out.",
        place=paragraph_id(chapter, paragraph),
        text=text,
    )
