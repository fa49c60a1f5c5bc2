"""Read: a document, as a file or as bytes, becomes an Issue: one Article, or the several that it holds.

A reader is a module or object with `recognises` and `read`. READERS names those of this package; other packages add
theirs by the entry point group `audio_edition.readers`. What a document is, its content says.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from audio_edition.errors import AudioEditionError, ReadError
from audio_edition.model import Article, Issue
from audio_edition.plugins import broken_plugin, load_plugin, plugins, without
from audio_edition.read import docx, epub, html, mail, markdown
from audio_edition.read.about import with_tidy_facts
from audio_edition.read.account import accounted
from audio_edition.read.desk import without_desk_copy
from audio_edition.read.document import Document, Reading
from audio_edition.read.feed import entries as feed
from audio_edition.read.kinds import refuse
from audio_edition.read.language import with_languages
from audio_edition.read.news import newsml, ninjs, nitf
from audio_edition.read.news.story import with_opening_credits
from audio_edition.read.text import wire
from audio_edition.read.xml import other_xml
from audio_edition.sources.files import LIMIT_BYTES, load

__all__ = ["LIMIT_BYTES", "READERS", "Document", "Reader", "Reading", "load", "read", "reading_of"]


class Reader(Protocol):
    """A kind of document."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Return whether the bytes are such a document: by a look at their beginning, and by the name only in doubt."""
        ...

    def read(self, document: Document) -> Reading:
        """Return the articles in it, at least one, and all texts that a person could see.

        What the document does not say is empty, its language too. What is left out is quoted in a finding. Raises
        ReadError that names the document, the place and the remedy.
        """
        ...


READERS: tuple[Reader, ...] = (epub, docx, mail, newsml, nitf, ninjs, feed, html, other_xml, markdown, wire)
"""The first that recognises a document reads it; plain text, which cannot be told by its content, is the last."""

_WITHOUT_DESKS = (epub, wire)
"""No desk sends books; of plain text the lines are looked at, and have numbers."""


def read(
    source: Path | bytes,
    *,
    name: str = "",
    language: str = "",
    keep_all: bool = False,
    folder: Path | None = None,
) -> Issue:
    """Return the articles in a file, or in bytes that came from somewhere with a name, such as standard input.

    `language` is what they are in, if that is known; `keep_all` asks for everything, also what looks like boilerplate;
    `folder` is where the files of bytes lie that were beside others. Words of the document that are neither in an
    article nor in a finding are a finding `text-unaccounted`. Raises ReadError.
    """
    name = name or (str(source) if isinstance(source, Path) else "the document")
    data = load(source, name)
    beside = source.parent if isinstance(source, Path) else folder
    issue = accounted(reading_of(Document(data, name, beside, keep_all)))
    if not issue.articles:
        raise ReadError(f"{name} holds no article.", "Check that it is the right document.")
    articles = tuple(
        with_languages(replace(with_tidy_facts(article), language=article.language or issue.language), language)
        for article in issue.articles
    )
    return replace(issue, articles=articles)


def reading_of(document: Document) -> Reading:
    """Return what the reader for a document makes of it, before the account is kept.

    Readers of other packages are asked first. Raises ReadError, and MissingTool for a plug-in that fails.
    """
    for point in plugins("reader").values():
        reader: Reader = load_plugin("reader", point, partial(without, Reader))
        try:
            if reader.recognises(document.data, document.name):
                return reader.read(document)
        except AudioEditionError:
            raise
        except Exception as error:  # a stranger's code can raise anything
            raise broken_plugin("reader", point, error) from error
    refuse(document.data, document.name)
    own = next(reader for reader in READERS if reader.recognises(document.data, document.name))
    reading = own.read(document)
    if document.keep_all or own in _WITHOUT_DESKS:
        return reading
    articles = tuple(map(_for_readers, reading.issue.articles))
    return replace(reading, issue=replace(reading.issue, articles=articles))


def _for_readers(article: Article) -> Article:
    """Return the article without what its desk wrote for desks; credits may have stood behind that."""
    left = without_desk_copy(article)
    return article if left is article else with_opening_credits(left)
