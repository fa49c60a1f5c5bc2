"""Reads a PDF (ISO 32000) as one article: by its tags where it has good ones, else by how its pages look.

All that touches the file runs in a process of its own, within limits of memory and time.
"""

from __future__ import annotations

import re

from audio_edition.read.document import Document, Reading

_MARK = re.compile(rb"%PDF-\d\.\d")
_JUNK = 1_024
"""Bytes that may stand before the mark of a PDF."""


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes are a PDF; something may stand before it."""
    if data.startswith(b"%PDF-"):
        return True
    return _MARK.search(data[:_JUNK]) is not None and b"endobj" in data


def read(document: Document) -> Reading:
    """Return the document's article, and all text that a person can see in it. Raises ReadError."""
    from audio_edition.read.pdf.document import reading_of  # here: plain text needs none of it

    return reading_of(document)
