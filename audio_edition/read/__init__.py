"""Read: a document, as a file or as bytes, becomes an Article.

Every character of the document is in the article once, or in the `text` of a finding that says why it was left out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding
from audio_edition.read.clean import clean
from audio_edition.read.decode import decode
from audio_edition.read.language import with_languages
from audio_edition.read.load import LIMIT_BYTES, load
from audio_edition.read.wire import read_wire

__all__ = ["LIMIT_BYTES", "decode", "load", "read", "read_text"]


def read(source: Path | bytes, *, name: str = "", language: str = "") -> Article:
    """The article in a file, or in bytes that came from somewhere with a name, such as standard input. `language` is
    what it is in, if that is known."""
    name = name or (str(source) if isinstance(source, Path) else "the document")
    return read_text(*decode(load(source, name), name), name, language)


def read_text(text: str, decoding: tuple[Finding, ...], name: str, language: str = "") -> Article:
    """The article in a document's text, with the findings of its decoding in front of its own."""
    text, cleaning = clean(text)
    if not text or text.isspace():
        raise ReadError(f"{name} holds nothing but white space.", "Check that the article was saved into it.")
    article = with_languages(read_wire(text, name), language)
    return replace(article, findings=decoding + cleaning + article.findings)
