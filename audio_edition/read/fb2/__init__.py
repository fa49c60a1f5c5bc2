"""Reads a FictionBook (.fb2, FictionBook 2.1) as one article: a book in one file, with its notes and pictures."""

from __future__ import annotations

from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of


def recognises(data: bytes, name: str) -> bool:
    """Return whether the root element is FictionBook's."""
    return root_of(data)[0] == "FictionBook"


def read(document: Document) -> Reading:
    """Return the book. Raises ReadError."""
    from audio_edition.read.converted import reading_of  # here: plain text needs none of it
    from audio_edition.read.fb2.book import book_of

    book = book_of(document)
    return reading_of(book.root, book.about, book.seen, document.name, book.findings, book.picture)
