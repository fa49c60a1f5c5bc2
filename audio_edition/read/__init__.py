"""Read a document, given as a file or as bytes, into an Issue: one Article, or the several that it holds.

A reader is a module or object with `recognises` and `read`. READERS lists the built-in ones; other packages register
theirs under the entry point group `audio_edition.readers`. A document's content decides which reader takes it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from audio_edition.errors import AudioEditionError, ReadError
from audio_edition.model import Article, Issue
from audio_edition.plugins import broken_plugin, load_plugin, plugins, without
from audio_edition.read import (
    daisy,
    docx,
    epub,
    fb2,
    html,
    jats,
    mail,
    markdown,
    mobi,
    odt,
    old_word,
    other_markup,
    packed,
    pdf,
    pptx,
    rtf,
)
from audio_edition.read.about import with_tidy_facts
from audio_edition.read.account import accounted
from audio_edition.read.desk import without_desk_copy
from audio_edition.read.divided import divided, divided_where_clear
from audio_edition.read.document import Document, Reading
from audio_edition.read.feed import entries as feed
from audio_edition.read.kinds import refuse
from audio_edition.read.language import with_languages
from audio_edition.read.mail import outlook, web_page
from audio_edition.read.news import newsml, ninjs, nitf
from audio_edition.read.news.story import with_opening_credits
from audio_edition.read.text import wire
from audio_edition.read.xml import other_xml
from audio_edition.sources.files import LIMIT_BYTES, load

__all__ = ["LIMIT_BYTES", "READERS", "Document", "Reader", "Reading", "load", "read", "reading_of"]


class Reader(Protocol):
    """A reader for one kind of document."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Return whether the bytes are a document of this kind, judging by how they begin, and by the name only in
        doubt."""
        ...

    def read(self, document: Document) -> Reading:
        """Return the articles in the document, at least one, and all text that a person could see in it.

        Facts that the document does not state are empty, its language included. Text that is left out is quoted in a
        finding. Raises ReadError naming the document, the place and the remedy.
        """
        ...


READERS: tuple[Reader, ...] = (
    epub, outlook, old_word, docx, pptx, odt, pdf, daisy, packed, mobi, rtf, web_page, mail, newsml, nitf, ninjs, feed,
    fb2, jats, other_markup, html, other_xml, markdown, wire,
)  # fmt: skip
"""The first reader that recognises a document reads it; plain text, which has no distinctive content, is last."""

_WITHOUT_DESKS = (epub, fb2, daisy, mobi, jats, wire)
"""Readers whose articles are not searched for desk copy: books and journals have none; plain text is read by lines."""

_BOOKS = (epub, fb2, daisy, mobi, jats)
"""Readers of documents that are one work, however many bylines they have."""


def read(
    source: Path | bytes,
    *,
    name: str = "",
    language: str = "",
    keep_all: bool = False,
    folder: Path | None = None,
    split: str = "auto",
) -> Issue:
    """Return the articles in a file, or in bytes with a name, such as those from standard input.

    `language` is the articles' language, if known; `keep_all` also keeps what looks like boilerplate; `folder` holds
    the files that the bytes refer to; `split` is the level of the headings that part a document into articles, "auto"
    for the level at which it clearly holds several, "none" for no level. Words that are neither in an article nor
    in a finding are reported as `text-unaccounted`. Raises ReadError.
    """
    name = name or (str(source) if isinstance(source, Path) else "the document")
    data = load(source, name)
    beside = source.parent if isinstance(source, Path) else folder
    issue = accounted(reading_of(Document(data, name, beside, keep_all)))
    if not issue.articles:
        raise ReadError(f"{name} holds no article.", "Check that it is the right document.")
    if split.isdecimal():
        issue = divided(issue, int(split))
    elif split == "auto" and not any(reader.recognises(data, name) for reader in _BOOKS):
        issue = divided_where_clear(issue)
    articles = tuple(
        with_languages(replace(with_tidy_facts(article), language=article.language or issue.language), language)
        for article in issue.articles
    )
    return replace(issue, articles=articles)


def reading_of(document: Document) -> Reading:
    """Return the matching reader's result, before its words are checked against the document.

    Readers of other packages are asked first. Raises ReadError, and MissingTool if a plug-in fails.
    """
    for point in plugins("reader").values():
        reader: Reader = load_plugin("reader", point, partial(without, Reader))
        try:
            if reader.recognises(document.data, document.name):
                return reader.read(document)
        except AudioEditionError:
            raise
        except Exception as error:  # third-party code can raise anything
            raise broken_plugin("reader", point, error) from error
    if not pdf.recognises(document.data, document.name):
        refuse(document.data, document.name)
    own = next(reader for reader in READERS if reader.recognises(document.data, document.name))
    reading = own.read(document)
    if document.keep_all or own in _WITHOUT_DESKS:
        return reading
    articles = tuple(map(_for_readers, reading.issue.articles))
    return replace(reading, issue=replace(reading.issue, articles=articles))


def _for_readers(article: Article) -> Article:
    """Return the article without the desk's own copy, and with any credits that stood behind it."""
    left = without_desk_copy(article)
    return article if left is article else with_opening_credits(left)
