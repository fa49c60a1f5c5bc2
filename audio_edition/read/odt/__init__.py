"""Reads an OpenDocument text (.odt, its templates .ott, and .fodt, which is one file) as one article.

OpenDocument 1.3: https://docs.oasis-open.org/office/OpenDocument/v1.3/. Encrypted ones are refused with a remedy.
"""

from __future__ import annotations

from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of

_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_FLAT = "opendocument.text"


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are an archive or an XML document that declares itself an OpenDocument text."""
    if data.startswith(b"PK"):
        return data.startswith(_MIMETYPE, 30)
    root, attributes = root_of(data)
    return root == "document" and _FLAT in attributes


def read(document: Document) -> Reading:
    """Return the document's article, and all text that a person can see in it. Raises ReadError."""
    from audio_edition.read.converted import reading_of_text  # here: plain text needs none of it
    from audio_edition.read.odt.body import text_of
    from audio_edition.read.odt.metadata import about_of
    from audio_edition.read.odt.package import Package
    from audio_edition.read.odt.seen import seen_texts
    from audio_edition.read.odt.styles import Styles

    package = Package(document)
    seen = seen_texts(package)
    text = text_of(package, Styles(package.styles), keep_all=document.keep_all)
    about = about_of(package.meta, text.language)
    return reading_of_text(text, about, seen, document.name, package.findings(), package.picture)
