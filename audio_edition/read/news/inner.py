"""Reads text inside a message or feed, as HTML or plain text."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audio_edition.model import Article, Block, Credit, Finding, Image, Text
from audio_edition.read.clean import clean
from audio_edition.read.lines import written_lines
from audio_edition.read.text.plain import read_plain
from audio_edition.sources.charsets import storable

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a text, and all its text that a person could see."""

    blocks: tuple[Block[Text], ...] = ()
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    seen: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


NOTHING = Content()

_MARKUP = re.compile(
    r"</?(?:[a-zA-Z][a-zA-Z1-6]{0,10})(?:\s[^<>]{0,500})?/?>|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});"
)
_BLOCK = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")


def into(article: Article, told: Content) -> Article:
    """Return an article that so far had only metadata, with its text; the metadata's credits come first."""
    known = {credit.kind for credit in article.credits}
    return replace(
        article,
        blocks=told.blocks,
        images=told.images,
        credits=(*article.credits, *(credit for credit in told.credits if credit.kind not in known)),
        findings=article.findings + told.findings,
    )


def decoded(text: str, encoding: str) -> str:
    """Return the text of an element whose content may be Base64."""
    if "base64" not in encoding.casefold():
        return text
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def has_markup(text: str) -> bool:
    """Return whether a text contains HTML tags or entities."""
    return _MARKUP.search(text) is not None


def has_blocks(text: str) -> bool:
    """Return whether a text of undeclared type has HTML paragraphs."""
    return _BLOCK.search(text) is not None


def of_feed(text: str, name: str, own: str) -> Content:
    """Return a text that is HTML by convention, even if only blank lines separate its paragraphs."""
    if not has_markup(text):
        return plain(text)
    return html(text if has_blocks(text) else _BLANK_LINE.sub("<p>", text), name, own)


def of_either(text: str, name: str, own: str) -> Content:
    """Return a text of undeclared type, as HTML or plain."""
    return html(text, name, own) if has_blocks(text) else plain(text)


def html(markup: str, name: str, own: str) -> Content:
    """Return a fragment of HTML, in a document whose `own` language this is."""
    from audio_edition.read.html.bold import bold_lines
    from audio_edition.read.html.unclosed import unclosed
    from audio_edition.read.markup import body_of

    body = body_of(markup, name)
    bold = bold_lines(body)
    told = of_element(body, own)
    broken = (replace(finding, place="") for finding in unclosed(markup))
    return replace(told, findings=(*bold, *broken, *told.findings))


def of_element(element: etree._Element, own: str) -> Content:
    """Return an element of HTML."""
    from audio_edition.read.markup import read_body, seen_texts

    seen = tuple(seen_texts(element))
    body = read_body(element, own)
    return Content(body.blocks, body.images, body.findings, seen)


def plain(text: str) -> Content:
    """Return a plain text."""
    cleaned, cleaning = clean(storable(text))
    blocks, findings = read_plain(cleaned)
    unplaced = (replace(finding, place="") for finding in (*cleaning, *findings))
    return Content(blocks, (), tuple(unplaced), tuple(written_lines(cleaned)))


def line(text: str, name: str) -> str:
    """Return a headline or name on one line, even if it is written as HTML."""
    from audio_edition.read import markup

    if has_markup(text):
        return markup.plain(markup.words_of(markup.body_of(text, name)))
    return markup.as_words(storable(text)).text
