"""Reads a Word document (.docx, .docm; ECMA-376 1) as one article. Macros are ignored.

Older Word documents and password-protected ones are refused with a remedy.
"""

from __future__ import annotations

from audio_edition.errors import ReadError
from audio_edition.read import pptx
from audio_edition.read.document import Document, Reading

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are an Office Open XML package but no presentation's, or a file of an older Office."""
    return data.startswith(_OLE) or (
        data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data and not pptx.recognises(data, name)
    )


def read(document: Document) -> Reading:
    """Return the document's article, and all text that a person can see in it. Raises ReadError."""
    if document.data.startswith(_OLE):
        raise _older(document)
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


def _older(document: Document) -> ReadError:
    if _ENCRYPTED in document.data:
        return ReadError(
            f"{document.name} is encrypted: it opens only with a password.", "Save it in Word without a password."
        )
    return ReadError(
        f"{document.name} is an old Word document (.doc).", "Open it in Word or LibreOffice, and save it as .docx."
    )
