"""Reads a web page, saved or fetched: its article with its structure, without the page's boilerplate.

Title, byline, date, site, section and language also come from its metadata. Nothing that it refers to is loaded.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from audio_edition.model import Issue
from audio_edition.read import decode
from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of

_BEFORE = r"(?:<!--.{0,3000}?-->|<\?xml[^>]{0,200}>|\s)*+"
_PAGE = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(
    rf"{_BEFORE}<(?:article|main|section|div|header|meta|title|link|h[1-6]|p|table|[ou]l)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = frozenset({".markdown", ".md", ".mkd", ".txt"})


def recognises(data: bytes, name: str) -> bool:
    """Return whether the bytes begin like a page, or like a fragment of one and the name does not contradict."""
    beginning = decode.opening(data)
    is_other = PurePath(name).suffix.lower() in _OTHERS
    is_page = _PAGE.match(beginning) or root_of(data)[0].lower() == "html"
    return bool(is_page or (not is_other and _PIECE.match(beginning)))


def read(document: Document) -> Reading:
    """Return the one article of the page. Raises ReadError."""
    from audio_edition.read.html.reading import article_of

    article, seen = article_of(document)
    return Reading(Issue((article,)), seen)
