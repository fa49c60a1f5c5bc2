"""In: text inside a message or feed, as HTML or plain. Out: its sections, with findings."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace

from audio_edition.model import Finding, Section
from audio_edition.read.charsets import storable
from audio_edition.read.clean import clean
from audio_edition.read.plain import read_plain

Told = tuple[tuple[Section, ...], tuple[Finding, ...]]
NOTHING: Told = ((Section(None, ()),), ())

_MARKUP = re.compile(
    r"</?(?:[a-zA-Z][a-zA-Z1-6]{0,10})(?:\s[^<>]{0,500})?/?>|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});"
)
_BLOCK = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")


def decoded(text: str, encoding: str) -> str:
    """The text of an element whose content may be in Base64."""
    if "base64" not in encoding.casefold():
        return text
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def has_blocks(text: str) -> bool:
    """Whether a text that does not say what it is has paragraphs of HTML."""
    return _BLOCK.search(text) is not None


def of_feed(text: str, name: str, own: str) -> Told:
    """The sections of a text that is HTML by custom, if only with blank lines for paragraphs."""
    if not _MARKUP.search(text):
        return plain(text)
    return html(text if has_blocks(text) else _BLANK_LINE.sub("<p>", text), name, own)


def of_either(text: str, name: str, own: str) -> Told:
    """The sections of a text that does not say what it is."""
    return html(text, name, own) if has_blocks(text) else plain(text)


def html(markup: str, name: str, own: str) -> Told:
    """The sections of a piece of HTML in a document in its `own` language."""
    from audio_edition.read.markup import body_of, read_body

    body = read_body(body_of(markup, name), own)
    return body.sections, body.findings


def plain(text: str) -> Told:
    """The sections of a plain text."""
    cleaned, cleaning = clean(storable(text))
    sections, findings = read_plain(cleaned)
    return sections, (*(replace(finding, place="") for finding in (*cleaning, *findings)),)


def line(text: str, name: str) -> str:
    """A headline or name on one line, though it be written as HTML."""
    from audio_edition.read.markup import body_of
    from audio_edition.read.markup.inline import Piece, as_words, words_of

    if _MARKUP.search(text):
        return words_of(body_of(text, name), "").text
    return as_words([Piece(storable(text))]).text
