"""Reads documents that Word shows as part of another (w:altChunk, ECMA-376 1, 17.17.2).

HTML and plain text are read, also when packed as a message (MHT); embedded Word documents and RTF are not.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.docx.names import said
from audio_edition.read.docx.package import Package
from audio_edition.read.markup import body_of, seen_texts
from audio_edition.sources.charsets import decoded

_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_MESSAGE = (b"mime-version", b"content-type", b"from:", b"subject:")
_MOST_PARTS = 1_000
_ATTRIBUTES = ("id", "name", "href")


def embedded(package: Package, chunk: etree._Element) -> etree._Element | None:
    """Return the contents of a w:altChunk as HTML; None if they can't be read."""
    relation = package.related(chunk, said(chunk, "r:id"))
    if relation is None or relation.external or relation.target not in package.archive:
        return None
    data = package.archive.read(relation.target)
    if data.lstrip()[:40].lower().startswith(_MESSAGE):
        data = _page_in(data)
    if not data.strip() or data.startswith(_BINARY):
        return None
    text, _ = decoded(data)
    if "\0" in text:
        return None
    try:
        return _renamed(body_of(text, package.archive.name)) if "<" in text else _paragraphs(text)
    except ReadError:
        return None


def embedded_texts(package: Package, chunk: etree._Element) -> Iterator[str]:
    """Yield the texts that a w:altChunk shows."""
    body = embedded(package, chunk)
    if body is not None:
        yield from seen_texts(body)


def _page_in(data: bytes) -> bytes:
    """Return the first HTML or plain text part of a message."""
    message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        if number < _MOST_PARTS and part.get_content_type() in ("text/html", "application/xhtml+xml", "text/plain"):
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""


def _paragraphs(text: str) -> etree._Element:
    body = etree.Element("body")
    for line in text.splitlines():
        if line.strip():
            etree.SubElement(body, "p").text = line
    return body


def _renamed(body: etree._Element) -> etree._Element:
    """Return the body with its ids renamed so that they differ from the outer document's."""
    for element in body.iter("*"):
        for attribute in _ATTRIBUTES:
            place = element.get(attribute)
            if place and attribute != "href":
                element.set(attribute, f"embedded-{place}")
            elif place and place.startswith("#"):
                element.set("href", f"#embedded-{place[1:]}")
    body.tag = "div"
    return body
