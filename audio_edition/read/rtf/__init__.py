"""Reads a document in Rich Text Format (.rtf, and many a .doc) as one article.

Rich Text Format 1.9.1, as Word, LibreOffice, TextEdit and others write it. Nothing that is embedded is run or loaded.
"""

from __future__ import annotations

from audio_edition.read.document import Document, Reading

_SIGNATURE = b"{\\rtf"


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes begin as RTF."""
    return data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_SIGNATURE)


def read(document: Document) -> Reading:
    """Return the document's article, and all text that a person can see in it. Raises ReadError."""
    from audio_edition.read.converted import reading_of_text  # here: plain text needs none of it
    from audio_edition.read.rtf.body import text_of

    found = text_of(document.data, document.name, keep_all=document.keep_all)
    text = found.written()
    about = found.heads.about(text.language)
    return reading_of_text(text, about, found.seen, document.name, pictures=found.picture)
