"""Reads an e-mail (.eml, RFC 5322 and MIME): its subject is the headline, its text the article.

If a message has both an HTML and a plain text, the HTML is read; nested messages follow. The header, the signature and
quoted messages are left out, each with a finding; attachments are named.
"""

from __future__ import annotations

import re

from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading

_FIELD = re.compile(r"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
_OF_PEOPLE = re.compile(r"^(?:from|subject|to|date):", re.IGNORECASE | re.MULTILINE)
_OF_PROGRAMS = re.compile(
    r"^(?:content-(?:type|transfer-encoding)|mime-version|message-id|received|return-path|delivered-to|dkim-signature"
    r"|list-unsubscribe):",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING_CHARACTERS = 60_000
_FEWEST_OF_PEOPLE = 2


def recognises(data: bytes, name: str) -> bool:
    """Return whether this begins with a message header as programs send it; a header that somebody copied above a text
    is plain text."""
    text = opening(data, _OPENING_CHARACTERS).replace("\r\n", "\n")
    head = _FIELD.match(text)
    if head is None:
        return False
    people = {found.casefold() for found in _OF_PEOPLE.findall(head[0])}
    return bool(_OF_PROGRAMS.search(head[0])) and (
        len(people) >= _FEWEST_OF_PEOPLE or (name.lower().endswith(".eml") and bool(people))
    )


def read(document: Document) -> Reading:
    """Return the article of a message. Raises ReadError if it is encrypted or holds no text."""
    from audio_edition.read.mail.message import message_of
    from audio_edition.read.mail.reading import reading

    return reading(document, message_of(document.data, document.name))
