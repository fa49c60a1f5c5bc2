"""Reads a scholarly article in JATS, or NLM before it (https://jats.nlm.nih.gov), as one article."""

from __future__ import annotations

from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of

_FRONT = ("<front>", "<front ", "<article-meta", "<journal-meta", "<processing-meta")
_DOCTYPE = ("JATS", "//NLM//", "archivearticle", "journalpublishing", "nlm-articleset")
_OPENING_CHARACTERS = 20_000


def recognises(data: bytes, name: str) -> bool:
    """Return whether the root is an article with JATS's front matter or type; DocBook's root is called so too."""
    root, attributes = root_of(data)
    if root != "article" or "docbook" in attributes:
        return False
    text = opening(data, _OPENING_CHARACTERS)
    return any(sign in text for sign in (*_FRONT, *_DOCTYPE)) and "DTD DocBook" not in text


def read(document: Document) -> Reading:
    """Return the article. Raises ReadError."""
    from audio_edition.read.converted import reading_of  # here: plain text needs none of it
    from audio_edition.read.jats.article import scholarly_article
    from audio_edition.read.pictures import pictures_of

    found = scholarly_article(document)
    pictures = pictures_of(document)
    return reading_of(found.root, found.about, found.seen, document.name, found.findings, pictures)
