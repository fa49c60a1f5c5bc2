"""Read: a document, as a file or as bytes, becomes an Issue: one Article, or the several that it holds.

A reader is a module with `recognises` and `read`; READERS names them all. What a document is, its content says.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read import docx, epub, feed, html, markdown, newsml, ninjs, nitf, wire
from audio_edition.read.language import with_languages
from audio_edition.read.load import LIMIT_BYTES, load

__all__ = ["LIMIT_BYTES", "READERS", "load", "read"]


class Reader(Protocol):
    """A kind of document."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Whether the bytes are such a document: by a look at their beginning, and by the name only in doubt."""
        ...

    def read(self, data: bytes, name: str) -> Issue:
        """The articles in it, at least one. What the document does not say is empty, its language too.

        Raises ReadError that names the document, the place and the remedy.
        """
        ...


READERS: tuple[Reader, ...] = (epub, docx, newsml, nitf, ninjs, feed, html, markdown, wire)
"""The first that recognises a document reads it; plain text, which cannot be told by its content, is the last."""


def read(source: Path | bytes, *, name: str = "", language: str = "") -> Issue:
    """The articles in a file, or in bytes that came from somewhere with a name, such as standard input. `language` is
    what they are in, if that is known."""
    name = name or (str(source) if isinstance(source, Path) else "the document")
    data = load(source, name)
    reader = next(reader for reader in READERS if reader.recognises(data, name))
    issue = reader.read(data, name)
    if not issue.articles:
        raise ReadError(f"{name} holds no article.", "Check that it is the right document.")
    articles = tuple(
        with_languages(replace(article, language=article.language or issue.language), language)
        for article in issue.articles
    )
    return replace(issue, articles=articles)
