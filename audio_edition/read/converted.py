"""Makes the article of a document whose reader has turned it into a tree of HTML elements."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.model import Finding, Issue
from audio_edition.read.about import About, article_of
from audio_edition.read.document import Reading
from audio_edition.read.markup import no_pictures, read_body
from audio_edition.read.markup.pictures import Pictures
from audio_edition.read.properties import entitled, written_by


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The tree of the text that somebody wrote with a word processor. `title` is the element in the style for titles,
    `authors` are the names in that for authors; `guessed` tells that headings were recognised by their look alone."""

    root: etree._Element
    title: etree._Element | None
    language: str
    findings: tuple[Finding, ...]
    guessed: bool = False
    authors: tuple[str, ...] = ()


def reading_of(
    root: etree._Element,
    about: About,
    seen: Sequence[str],
    name: str,
    findings: Iterable[Finding] = (),
    pictures: Pictures = no_pictures,
) -> Reading:
    """Return the article of a tree, and the texts that a person could see in its document. Raises ReadError."""
    body = read_body(root, about.language, pictures)
    article = article_of(about, body.blocks, (*findings, *body.findings), name, body.images)
    return Reading(Issue((article,)), tuple(seen))


def reading_of_text(
    text: WrittenText,
    about: About,
    seen: Sequence[str],
    name: str,
    findings: Iterable[Finding] = (),
    pictures: Pictures = no_pictures,
) -> Reading:
    """Return the article of what was written with a word processor, whose properties may be those of another text.

    Raises ReadError.
    """
    body = read_body(text.root, about.language, pictures)
    about = written_by(entitled(about, text.title, body, is_guessed=text.guessed), text.authors)
    article = article_of(about, body.blocks, (*text.findings, *body.findings, *findings), name, body.images)
    if text.title is not None:  # the headings were put below it
        article = replace(article, lowered=article.lowered + 1)
    return Reading(Issue((article,)), tuple(seen))


def say(text: str | None, out: etree._Element) -> etree._Element | None:
    """Put a text at the end of an element, in an element of its own: a text behind a text is copied each time."""
    if not text:
        return None
    written = etree.SubElement(out, "span")
    written.text = text
    return written


def bare_text(element: etree._Element) -> str:
    """Return the text of a written element on one line, without readings and note marks."""
    written = copy.deepcopy(element)
    for mark in written.xpath(".//a[@role='doc-noteref']"):
        mark.tag = "rt"
    etree.strip_elements(written, "rt", "rp", with_tail=False)
    return " ".join("".join(map(str, written.itertext())).split())
