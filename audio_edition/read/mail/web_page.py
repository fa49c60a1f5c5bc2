"""Reads a web page in one file (.mhtml, .mht; RFC 2557), as browsers save it: the page, with the pictures beside it."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from audio_edition.errors import ReadError
from audio_edition.read import html
from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading

if TYPE_CHECKING:
    from email.message import Message

_HEAD = re.compile(r"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
_OF_BROWSERS = re.compile(r"^(?:from:\s*\"?<?saved by|snapshot-content-location:)", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_OF_PEOPLE = re.compile(r"^(?:from|to|received|return-path|message-id):", re.IGNORECASE | re.MULTILINE)
_OPENING_CHARACTERS = 20_000
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_SOURCE = re.compile(r"""(<img\b[^<>]{0,2000}?\bsrc\s*=\s*)(["'])([^"'<>]{1,2000})\2""", re.IGNORECASE)
_PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
_LARGEST_PICTURES_BYTES = 40_000_000
_MOST_PARTS = 5_000
_REMEDY = "Open it in a browser, save it as a complete web page (.html), and give that file."


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is a message that a browser or Word made of a page; nobody sent it."""
    head = _HEAD.match(opening(data, _OPENING_CHARACTERS).replace("\r\n", "\n"))
    if head is None:
        return False
    is_page = _RELATED.search(head[0]) is not None and _OF_PEOPLE.search(head[0]) is None
    return is_page or _OF_BROWSERS.search(head[0]) is not None


def read(document: Document) -> Reading:
    """Return the article of the page. Raises ReadError."""
    from audio_edition.read.mail.message import bytes_of, text_in

    parts = _parts(document)
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError(f"{document.name} is a web page in one file that holds no page.", _REMEDY)
    start = str(parts[0].get_param("start", "") or "")
    page = next((part for part in pages if start and part.get("Content-ID", "") == start), pages[0])
    text = text_in(bytes_of(page), str(page.get_param("charset", "") or ""))
    if _FRAMES.search(text):  # the page only arranges others: the longest is what it shows
        page = max(pages, key=lambda each: len(bytes_of(each)) if each is not page else 0)
        text = text_in(bytes_of(page), str(page.get_param("charset", "") or ""))
    text = _with_pictures(text, str(page.get("Content-Location", "")), dict(_pictures(parts)))
    return html.read(replace(document, data=text.encode(errors="replace"), folder=None))


def _parts(document: Document) -> list[Message]:
    """Return all parts of the message, itself first."""
    import email
    import email.policy

    data = document.data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadError(f"{document.name} has more than {_MOST_PARTS:,} parts.", _REMEDY)
    return list(email.message_from_bytes(data, policy=email.policy.compat32).walk())


def _pictures(parts: list[Message]) -> list[tuple[str, str]]:
    """Return the pictures as data addresses, by the addresses and ids that the page names them by."""
    from audio_edition.read.mail.message import bytes_of

    found = []
    left = _LARGEST_PICTURES_BYTES
    for part in parts:
        kind = part.get_content_type()
        if kind not in _PICTURES:
            continue
        data = bytes_of(part)
        left -= len(data)
        if left >= 0:
            address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
            found.append((str(part.get("Content-Location", "")), address))
            found.append((f"cid:{str(part.get('Content-ID', '')).strip(' <>')}", address))
    return found


def _with_pictures(page: str, base: str, pictures: dict[str, str]) -> str:
    """Return the page with the pictures of the message embedded."""

    def source(found: re.Match[str]) -> str:
        name = found[3].replace("&amp;", "&").strip()
        try:
            address = pictures.get(name) or pictures.get(urljoin(base, name))
        except ValueError:
            address = None
        return f"{found[1]}{found[2]}{address}{found[2]}" if address else found[0]

    return _SOURCE.sub(source, page) if pictures else page
