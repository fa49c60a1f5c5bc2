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
from typing import Literal

from audio_edition.model import Article, Cell, Finding, Paragraph, Phrase, Role
from audio_edition.script.quotation import is_quotation
from audio_edition.script.speakable import is_speakable

LONGEST_TITLE = 60
"""Characters of a chapter title that is made of the first words."""

_WHOLE: dict[Role, str] = {
    "quote": "quote", "table header": "table", "table row": "table", "code": "code", "note": "note",
}  # fmt: skip
"""What may be several passages, by the role of each."""

_LINE_SPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes one paragraph of the script. `number` is said before it, but not written. A quotation, a table, code
    or a note may be several passages: `opens` and `closes` mark its first and its last."""

    text: str
    role: Role
    language: str = ""
    phrases: tuple[Phrase, ...] = ()
    cells: tuple[Cell, ...] = ()
    number: int = 0
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class ChapterOutline:
    """A chapter's title, level and passages; `begins` says what begins with it, the others are as in Chapter."""

    title: str
    level: int
    passages: list[Passage] = field(default_factory=list)
    begins: Literal["part", "article", "section"] = "part"
    continues: bool = False
    track: str = ""


def chapter_id(chapter: int) -> str:
    return f"c{chapter:02d}"


def paragraph_id(chapter: int, paragraph: int) -> str:
    return f"{chapter_id(chapter)}-p{paragraph:03d}"


def outline(article: Article) -> tuple[list[ChapterOutline], list[Finding]]:
    """The chapters that have something to say, and findings for passages that have not."""
    chapters = [ChapterOutline(article.title, 1, begins="article")]
    findings: list[Finding] = []
    for passage, opens_level in _passages(article):
        speakable = is_speakable(passage.text)
        if speakable and opens_level:
            begins = chapters[-1].begins if not chapters[-1].passages else "part"
            if not chapters[-1].passages:
                chapters.pop()
            chapters.append(ChapterOutline(passage.text, opens_level, begins=begins))
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
    yield Passage(one_line(article.title), "title"), 0
    for credit in article.credits:
        yield _passage(credit), 0
    for section in article.sections:
        if section.heading is not None:
            yield Passage(one_line(section.heading), "heading", section.language), section.level
        yield from ((passage, 0) for passage in _with_ends([_passage(each) for each in section.paragraphs]))


def _with_ends(passages: list[Passage]) -> Iterator[Passage]:
    """The passages of a section; those that are one quotation, table, code or note together know its ends."""
    whole = [_WHOLE.get(passage.role, "") for passage in passages]
    for at, passage in enumerate(passages):
        is_new = passage.role == "table header" and passages[at - 1].role != "table header"
        opens = not whole[at] or at == 0 or whole[at - 1] != whole[at] or is_new
        closes = not whole[at] or whole[at + 1 : at + 2] != [whole[at]]
        yield dataclasses.replace(passage, opens=opens, closes=closes)


def _passage(paragraph: Paragraph) -> Passage:
    """A paragraph of an article: a quotation by its marks too. Where its white space has to change, places in it no
    longer hold."""
    text = one_line(paragraph.text)
    role: Role = "quote" if paragraph.kind == "body" and is_quotation(text) else paragraph.kind
    if text != paragraph.text:
        return Passage(text, role, paragraph.language)
    return Passage(text, role, paragraph.language, paragraph.phrases, paragraph.cells)


def one_line(text: str) -> str:
    return _LINE_SPACE.sub(" ", text).strip(" ")


def _nothing_to_say(text: str, chapter: int, paragraph: int) -> Finding:
    return Finding(
        id="nothing-to-say",
        level="warning" if any(unicodedata.category(character) in ("So", "Sc") for character in text) else "note",
        message="A paragraph has no letter or digit that could be spoken, so it is left out.",
        place=paragraph_id(chapter, paragraph),
        text=text,
    )
