"""Reads a Kindle book without a lock (.mobi, .azw, .azw3, .prc): MOBI 7 and KF8, and PalmDoc texts.

The format is described at https://wiki.mobileread.com/wiki/MOBI. Locked (DRM) books are refused.
"""

from __future__ import annotations

from audio_edition.read.document import Document, Reading

_PLACE = 60
_KINDS = (b"BOOKMOBI", b"TEXtREAd")


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are a Palm database of a book."""
    return data.startswith(_KINDS, _PLACE)


def read(document: Document) -> Reading:
    """Return the book. Raises ReadError."""
    from audio_edition.read.converted import reading_of  # here: plain text needs none of it
    from audio_edition.read.mobi.book import book_of

    book = book_of(document)
    return reading_of(book.root, book.about, book.seen, document.name, pictures=book.picture)
