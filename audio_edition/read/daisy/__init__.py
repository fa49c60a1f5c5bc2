"""Reads DAISY books as documents: DTBook (ANSI/NISO Z39.86) alone or in a DAISY 3 book, and DAISY 2.02 books with text.

Only their text is read, not their sound: a book that is a recording alone is refused.
"""

from __future__ import annotations

from audio_edition.read.document import Document, Reading
from audio_edition.read.kinds import is_of_daisy, paths_of
from audio_edition.read.tree import root_of

_SIGNS = (b"ncc.html", b"NCC.HTML", b".opf", b".OPF")
_CONTAINER = "META-INF/container.xml"


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is a DTBook document, or an archive with the head of a DAISY book and none of an EPUB."""
    if not data.startswith(b"PK"):
        return root_of(data)[0] == "dtbook"
    if not any(sign in data for sign in _SIGNS):
        return False
    paths = paths_of(data) or []
    return _CONTAINER not in paths and any(map(is_of_daisy, paths))


def read(document: Document) -> Reading:
    """Return the book. Raises ReadError."""
    from audio_edition.read.converted import reading_of  # here: plain text needs none of it
    from audio_edition.read.daisy.book import book_of

    book = book_of(document)
    return reading_of(book.root, book.about, book.seen, document.name, book.findings, book.picture)
