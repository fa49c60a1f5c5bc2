"""In: the bytes of a page. Out: its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Paragraph, Section
from audio_edition.read.charsets import decoded
from audio_edition.read.credits import Dateline, dateline_of
from audio_edition.read.html.article import Found, article_in
from audio_edition.read.html.facts import Facts, facts_of
from audio_edition.read.markup import read_body, titled, tree_of
from audio_edition.read.markup.inline import Words

_LEAST = 150
"""Letters of running text: what is shorter may be the beginning of an article, or none."""

_LEAST_OF_PAGE = 0.5
_PARAGRAPHS_TO_DATELINE = 2
"""A standfirst may be first."""

_MUCH_LONGER = 1.3


def article_of(data: bytes, name: str) -> Article:
    """The article that the page is about.

    Raises ReadError where it shows none.
    """
    text, decoding = decoded(data)
    page = tree_of(text, name)
    facts = facts_of(page)
    found = article_in(page, facts)
    language = found.root.get("lang") or facts.language
    body = read_body(found.root, language)
    title, sections = titled(body.sections, found.title)
    if not any(section.paragraphs for section in sections):
        raise ReadError(
            f"{name} shows no text of an article in its {len(text)} characters of markup.",
            "If a program loads its text, save the page from a browser that shows it; or save the article as text.",
        )
    dateline, sections = _without_dateline(sections)
    headless = [] if title else [_no_headline()]
    return Article(
        title or PurePath(name).stem,
        sections,
        credits=(
            *([Paragraph(found.byline, "byline")] if found.byline not in ("", facts.source) else []),
            *([Paragraph(dateline.text, "dateline")] if dateline.text else []),
        ),
        published=found.published or dateline.published,
        language=language,
        source=facts.source or dateline.agency,
        category=facts.category,
        findings=(*decoding, *headless, *body.findings, *_doubts(found, facts, sections)),
    )


def _without_dateline(sections: Sequence[Section]) -> tuple[Dateline, tuple[Section, ...]]:
    """The dateline that opens the first paragraph, and the sections without it."""
    lead, *others = sections
    first = [at for at, each in enumerate(lead.paragraphs) if each.kind == "body"][:_PARAGRAPHS_TO_DATELINE]
    found = ((at, dateline_of(lead.paragraphs[at].text)) for at in first)
    at, dateline = next((pair for pair in found if pair[1]), (0, None))
    if dateline is None:
        return Dateline(), tuple(sections)
    opening = lead.paragraphs[at]
    rest = Words(opening.text, opening.language, opening.phrases).behind(len(opening.text) - len(dateline.rest))
    left = [replace(opening, text=rest.text, phrases=rest.phrases)] if rest.text else []
    return dateline, (replace(lead, paragraphs=(*lead.paragraphs[:at], *left, *lead.paragraphs[at + 1 :])), *others)


def _doubts(found: Found, facts: Facts, sections: Sequence[Section]) -> Iterator[Finding]:
    text = "".join(paragraph.text for section in sections for paragraph in section.paragraphs)
    if found.left_out:
        yield Finding(
            "page-furniture",
            "note",
            f"Left out, because they seem to be none of the article: parts of the page amid it, {len(found.left_out)}.",
            remedy="If one is of the article, save the article alone, and give that file.",
            text=" ".join(found.left_out),
        )
    if found.repeated:
        yield Finding(
            "pull-quote",
            "note",
            "Left out: pull quotes, whose words stand in the article too.",
            text=" ".join(found.repeated),
        )
    if not found.is_one:
        yield Finding(
            "article-unsure",
            "warning",
            "The page has several articles, none of which is its main one; all were taken for one.",
            remedy="If it is a list of articles, save each alone, and give those files.",
        )
    elif found.running < min(_LEAST, _LEAST_OF_PAGE * found.written) or found.running < _LEAST_OF_PAGE * found.of_page:
        yield Finding(
            "article-unsure",
            "warning",
            f"The page has little text that can be told for its article: {len(text)} characters.",
            remedy="Look at what will be said, with `script`; if it is not the article, save that alone.",
        )
    if len(facts.text) > _MUCH_LONGER * len(text) or not (facts.is_free or facts.text):
        yield Finding(
            "article-cut",
            "warning",
            "The page says that its article is for subscribers, or longer than what it shows: its end may be missing.",
            remedy="Compare the end with that of the article; if it is missing, save the page while you are signed in.",
        )
    if "\ufffd" in text:
        yield Finding(
            "replacement-characters",
            "warning",
            f"{text.count(chr(0xFFFD))} replacement marks (U+FFFD) stand where the page has no legible character.",
            remedy="Put the right characters back, or get the page again.",
        )


def _no_headline() -> Finding:
    message = "The page has no headline, so the article is called what the document is."
    return Finding("no-headline", "warning", message, remedy="Name it: --title.")
