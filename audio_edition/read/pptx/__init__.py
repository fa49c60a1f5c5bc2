"""Reads a PowerPoint presentation (.pptx, .pptm, .ppsx; ECMA-376 1, 19) as one article, slide by slide.

A slide's title is a heading; its number is a page. Macros are ignored; hidden slides are told.
"""

from __future__ import annotations

from audio_edition.read.document import Document, Reading

_MAIN = b"ppt/presentation.xml"
_WORD = b"word/document.xml"


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are an Office Open XML package of a presentation."""
    return data.startswith(b"PK\x03\x04") and _MAIN in data and _WORD not in data


def read(document: Document) -> Reading:
    """Return the presentation's article, and all text that a person can see in it. Raises ReadError."""
    from audio_edition.read.archive import Archive  # here: plain text needs none of it
    from audio_edition.read.converted import reading_of_text
    from audio_edition.read.docx.package import Parts
    from audio_edition.read.docx.properties import about_of
    from audio_edition.read.pptx.seen import seen_texts
    from audio_edition.read.pptx.slides import text_of

    parts = Parts(Archive(document.data, document.name), "ppt/presentation.xml")
    text = text_of(parts)
    about, seen = about_of(parts, text.language), seen_texts(parts)
    findings = parts.archive.entities.findings()
    return reading_of_text(text, about, seen, document.name, findings, parts.archive.picture)
