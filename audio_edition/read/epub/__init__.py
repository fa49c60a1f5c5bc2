"""Reads an EPUB, 2 or 3 (https://www.w3.org/TR/epub-33/, https://idpf.org/epub/201).

Its chapters follow the book's own table of contents. Covers, title pages and contents are not read.
"""

from __future__ import annotations

from dataclasses import replace

from audio_edition.model import Issue
from audio_edition.read.document import Document, Reading

_MIMETYPE = b"mimetypeapplication/epub+zip"
_CONTAINER = b"META-INF/container.xml"


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is a ZIP archive that declares itself an EPUB or has an EPUB container file."""
    return data.startswith(b"PK\x03\x04") and (_MIMETYPE in data[:200] or _CONTAINER in data)


def read(document: Document) -> Reading:
    """Return the book. Raises ReadError."""
    from audio_edition.read.about import article_of  # here: plain text needs none of it
    from audio_edition.read.archive import Archive
    from audio_edition.read.epub.book import bound
    from audio_edition.read.epub.chapters import chapters
    from audio_edition.read.epub.contents import navigation_of
    from audio_edition.read.epub.cover import cover_of
    from audio_edition.read.epub.package import open_package
    from audio_edition.read.markup import read_body

    package = open_package(Archive(document.data, document.name))
    navigation = navigation_of(package)
    book = bound(package, navigation, document.keep_all)
    about = package.about
    body = read_body(book.root, about.language, package.archive.picture)
    images = body.images
    if cover := cover_of(package, navigation.landmarks):
        about = replace(about, metadata=replace(about.metadata, cover=cover.name))
        images = tuple(dict.fromkeys((cover, *images)))
    findings = (*book.findings, *body.findings, *package.archive.entities.findings())
    article = replace(article_of(about, chapters(body, book, about.title), findings, document.name, images), lowered=1)
    return Reading(Issue((article,)), book.seen)
