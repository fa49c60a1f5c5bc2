"""Reads a Word document (.docx, .docm; ECMA-376 1) as one article. Macros are ignored.

Password-protected ones are refused with a remedy.
"""

from __future__ import annotations

from audio_edition.read import pptx
from audio_edition.read.document import Document, Reading


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are an Office Open XML package, but no presentation's."""
    is_package = data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data
    return is_package and not pptx.recognises(data, name)


def read(document: Document) -> Reading:
    """Return the document's article, and all text that a person can see in it. Raises ReadError."""
    from audio_edition.read.archive import Archive  # here: plain text needs none of it
    from audio_edition.read.converted import reading_of_text
    from audio_edition.read.docx.body import text_of
    from audio_edition.read.docx.package import Package
    from audio_edition.read.docx.properties import about_of
    from audio_edition.read.docx.seen import seen_texts
    from audio_edition.read.docx.styles import Styles

    package = Package(Archive(document.data, document.name))
    styles = Styles(package.part("styles"))
    text = text_of(package, styles, keep_all=document.keep_all)
    about, seen = about_of(package, text.language), seen_texts(package, styles)
    findings = package.archive.entities.findings()
    return reading_of_text(text, about, seen, document.name, findings, package.archive.picture)
