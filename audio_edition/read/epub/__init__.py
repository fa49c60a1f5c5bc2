"""In: an EPUB, 2 or 3. Out: one article (https://www.w3.org/TR/epub-33/, https://idpf.org/epub/201).

Its sections are the book's chapters, by the book's own contents. Covers, title pages and contents are not read.
"""

from __future__ import annotations

from audio_edition.model import Issue

_MIMETYPE = b"mimetypeapplication/epub+zip"
_CONTAINER = b"META-INF/container.xml"


def recognises(data: bytes, name: str) -> bool:
    """A ZIP archive that says so first, or holds a container's description."""
    return data.startswith(b"PK\x03\x04") and (_MIMETYPE in data[:200] or _CONTAINER in data)


def read(data: bytes, name: str) -> Issue:
    """The book."""
    from audio_edition.read.about import article_of  # here, because plain text needs none of it
    from audio_edition.read.archive import Archive
    from audio_edition.read.epub.book import bound
    from audio_edition.read.epub.chapters import chapters
    from audio_edition.read.epub.package import open_package
    from audio_edition.read.markup import read_body

    package = open_package(Archive(data, name))
    book = bound(package)
    body = read_body(book.root, package.about.language)
    found = chapters(body, book)
    return Issue((article_of(package.about, found, (*book.findings, *body.findings), name),))
