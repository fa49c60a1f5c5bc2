"""In: what a document says of itself, and the sections of its text. Out: an article, with each of the two once.

A title or byline may stand in the text, in the metadata, or in both; what is written in the text is taken as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Paragraph, Phrase, Section
from audio_edition.read.credits import dateline_of, is_byline, iso_date
from audio_edition.read.headline import cut
from audio_edition.read.lines import in_brief, speakable
from audio_edition.read.markup import titled
from audio_edition.read.markup.elements import is_language

_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?![\d-])")
_NO_DAY = re.compile(r"\d{4}(?:-\d\d)?")
_LONGEST_FACT = 300
"""Characters of a title, name or date that metadata give. What is longer is a mistake or a trap."""

_MOST_CREDITS = 4
_MOST_ABOVE_CREDITS = 2
"""What may stand over the byline: a subtitle, a line that names the series."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself outside its text; as written there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""


def article_of(about: About, found: Sequence[Section], findings: Iterable[Finding], name: str) -> Article:
    """The article. A document without any word is refused."""
    if not any(map(speakable, _texts(found))):
        raise ReadError(f"{name} holds nothing to say.", "Check that the article was saved into it.")
    title, sections = titled(found, fact(about.title) or _only_top_heading(found))
    sections = _without_title(sections, title)
    doubts: tuple[Finding, ...] = ()
    if not title:
        title, sections, doubts = _titled_by_its_first_words(sections)
    sections = _below_the_title(sections, found)
    credited, sections = _credited(sections)
    datelines = [line for credit in credited if (line := dateline_of(credit.text))]
    authors = filter(speakable, map(fact, about.authors))
    if not any(credit.kind == "byline" for credit in credited):
        credited += tuple(Paragraph(author, "byline") for author in authors)
    return Article(
        title,
        sections,
        credited,
        date_of(about.published) or next(filter(None, (dateline.published for dateline in datelines)), ""),
        tag_of(about.language),
        fact(about.source) or next(filter(None, (dateline.agency for dateline in datelines)), ""),
        fact(about.category),
        (*doubts, *_date_doubts(about.published), *findings),
    )


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading or ""
        yield from (paragraph.text for paragraph in section.paragraphs)


def fact(said: str) -> str:
    """A fact on one line; nothing where it is too long for one."""
    said = " ".join(said.split())
    return said if len(said) <= _LONGEST_FACT else ""


def date_of(said: str) -> str:
    """The ISO 8601 date in what a document gives as one; nothing where it is none of the calendar's."""
    said = fact(said)[:40]
    match = _ISO_DATE.match(said)
    return iso_date(match[1] if match else said)


def _date_doubts(said: str) -> Iterator[Finding]:
    if said and not date_of(said) and not _NO_DAY.fullmatch(said):
        yield Finding(
            "date-not-understood",
            "warning",
            f"The document's date is not one of the calendar, so the article has none: “{in_brief(said)}”.",
            remedy="Write it as 2026-11-22, or name it: --date 2026-11-22.",
        )


def tag_of(said: str) -> str:
    """The BCP 47 tag in what a document gives as its language."""
    tag = said.strip().replace("_", "-")
    return tag if is_language(tag) else ""


def _only_top_heading(sections: Sequence[Section]) -> str:
    """The heading that stands over all others, whatever stands above it."""
    top = [section.heading for section in sections if section.heading and section.level == 1]
    first = next((section.heading for section in sections if section.heading), None)
    return first if first and top == [first] else ""


def _without_title(sections: tuple[Section, ...], title: str) -> tuple[Section, ...]:
    """The sections without a first paragraph or heading that says the title."""
    lead, *others = sections
    if title and lead.paragraphs and lead.paragraphs[0].text.casefold() == title.casefold():
        return (replace(lead, paragraphs=lead.paragraphs[1:]), *others)
    if title and others and (others[0].heading or "").casefold() == title.casefold():
        return (replace(lead, paragraphs=lead.paragraphs + others[0].paragraphs), *others[1:])
    return sections


def _below_the_title(sections: tuple[Section, ...], found: Sequence[Section]) -> tuple[Section, ...]:
    """The sections one level deeper where some that were found are at the title's own."""
    lead, *others = sections
    written = found[len(found) - len(others) :]
    deeper = any(section.level == 1 for section in written)
    levels = (min(6, section.level + deeper) for section in written)
    return (lead, *(replace(section, level=max(2, level)) for section, level in zip(others, levels, strict=True)))


def _titled_by_its_first_words(
    sections: tuple[Section, ...],
) -> tuple[str, tuple[Section, ...], tuple[Finding, ...]]:
    """The first paragraph is the title, or its beginning where it is too long for one."""
    lead, *others = sections
    at = next((at for at, paragraph in enumerate(lead.paragraphs) if speakable(paragraph.text)), None)
    if at is None:  # nothing but marks before the first heading
        headed, *others = others
        lead = replace(lead, paragraphs=lead.paragraphs + headed.paragraphs)
        return headed.heading or "", (lead, *others), ()
    first = lead.paragraphs[at]
    title, overlong = cut(first.text)
    rest = (_tail(first, len(first.text) - len(overlong)),) if overlong else ()
    lead = replace(lead, paragraphs=(*lead.paragraphs[:at], *rest, *lead.paragraphs[at + 1 :]))
    return title, (lead, *others), (_LONG_TITLE,) if overlong else ()


_LONG_TITLE = Finding(
    "long-title",
    "warning",
    "The document has no title and its first paragraph is too long for one, so its opening words became the title.",
    remedy="Give the article a title: a heading above it, or the document's own.",
)


def _credited(sections: tuple[Section, ...]) -> tuple[tuple[Paragraph, ...], tuple[Section, ...]]:
    """The bylines and datelines that open the text, and the text without them."""
    lead, *others = sections
    opening = lead.paragraphs[: _MOST_ABOVE_CREDITS + 1]
    start = next((at for at, paragraph in enumerate(opening) if _is_credit(paragraph)), 0)
    credited: list[Paragraph] = []
    rest = list(lead.paragraphs[start:])
    while rest and _is_credit(rest[0]) and len(credited) < _MOST_CREDITS:
        first = rest.pop(0)
        dateline = dateline_of(first.text)
        if dateline is None:
            credited.append(Paragraph(first.text, "byline"))
            continue
        credited.append(Paragraph(dateline.text, "dateline"))
        if dateline.rest:
            rest.insert(0, _tail(first, len(first.text) - len(dateline.rest)))
            break
    return tuple(credited), (replace(lead, paragraphs=(*lead.paragraphs[:start], *rest)), *others)


def _is_credit(paragraph: Paragraph) -> bool:
    return paragraph.kind == "body" and (is_byline(paragraph.text) or dateline_of(paragraph.text) is not None)


def _tail(paragraph: Paragraph, start: int) -> Paragraph:
    """The paragraph from a character on."""
    phrases = tuple(
        Phrase(max(0, phrase.start - start), phrase.end - start, phrase.language)
        for phrase in paragraph.phrases
        if phrase.end > start
    )
    return replace(paragraph, text=paragraph.text[start:], phrases=phrases)
