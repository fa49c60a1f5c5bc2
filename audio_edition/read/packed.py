"""Reads the one document in a ZIP archive: a page as Google Docs exports it, a FictionBook, a report that was packed.

The pictures beside it in the archive come along. An archive of several documents is refused, with their names.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from urllib.parse import unquote

from audio_edition.errors import ReadError, in_brief
from audio_edition.read.document import Document, Reading
from audio_edition.read.kinds import document_in, paths_of


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is an archive with one document that can be read; readers of books are asked before."""
    return data.startswith(b"PK") and bool(document_in(paths_of(data) or []))


def read(document: Document) -> Reading:
    """Return the articles of the document inside. Raises ReadError."""
    from audio_edition.read import reading_of  # here: that module lists this one
    from audio_edition.read.archive import Archive

    archive = Archive(document.data, document.name)
    path = document_in(paths_of(document.data) or [])
    data = archive.read(path)

    def picture(source: str) -> bytes | None:
        return archive.picture(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(source))))

    inner = replace(document, data=data, name=f"{document.name} ({in_brief(path)})", folder=None, pictures=picture)
    if recognises(data, inner.name):
        raise ReadError(
            f"{document.name} is a ZIP archive that holds another one.", "Unpack it, and give the document inside."
        )
    return reading_of(inner)
