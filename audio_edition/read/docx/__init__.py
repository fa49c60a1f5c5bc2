"""In: a Word document (.docx, .docm; ECMA-376 1). Out: one article. Macros are never looked at.

Older Word documents and those under a password are refused, with what to do about it.
"""

from __future__ import annotations

from audio_edition.errors import ReadError
from audio_edition.model import Issue

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def recognises(data: bytes, name: str) -> bool:
    """A package of Office Open XML, or what Office wrote before it."""
    return data.startswith(_OLE) or (data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data)


def read(data: bytes, name: str) -> Issue:
    """The document."""
    if data.startswith(_OLE):
        raise _older(data, name)
    from audio_edition.read.about import article_of  # here, because plain text needs none of it
    from audio_edition.read.archive import Archive
    from audio_edition.read.docx.body import text_of
    from audio_edition.read.docx.package import open_package
    from audio_edition.read.docx.properties import about_of, entitled
    from audio_edition.read.markup import read_body

    package = open_package(Archive(data, name))
    text = text_of(package)
    about = about_of(package.part("core-properties"), text.language)
    body = read_body(text.root, about.language)
    about = entitled(about, text, body)
    return Issue((article_of(about, body.sections, (*text.findings, *body.findings), name),))


def _older(data: bytes, name: str) -> ReadError:
    if _ENCRYPTED in data:
        return ReadError(f"{name} is encrypted: it opens with a password only.", "Save it in Word without a password.")
    return ReadError(f"{name} is an old Word document (.doc).", "Open it in Word or LibreOffice, and save it as .docx.")
