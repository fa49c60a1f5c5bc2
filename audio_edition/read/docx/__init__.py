"""In: a Word document (.docx, .docm; ECMA-376 1). Out: one article. Macros are never looked at.

Older Word documents and those under a password are refused, with what to do about it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read.about import About, article_of
from audio_edition.read.archive import Archive
from audio_edition.read.docx.body import Text, text_of
from audio_edition.read.docx.package import open_package
from audio_edition.read.markup import Body, read_body

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOBODY = frozenset({"admin", "administrator", "apache poi", "microsoft office user", "owner", "python-docx", "user"})
_NO_TITLE = re.compile(
    r"(?:microsoft )?word\b|(?:document|dokument|untitled)\W?\d*$|.*\.(?:docx?|odt|rtf|txt)$", re.IGNORECASE
)


def recognises(data: bytes, name: str) -> bool:
    """A package of Office Open XML, or what Office wrote before it."""
    return data.startswith(_OLE) or (data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data)


def read(data: bytes, name: str) -> Issue:
    """The document."""
    if data.startswith(_OLE):
        raise _older(data, name)
    package = open_package(Archive(data, name))
    text = text_of(package)
    about = _about(package.part("core-properties"), text.language)
    body = read_body(text.root, about.language)
    about = _entitled(about, text, body)
    return Issue((article_of(about, body.sections, (*text.findings, *body.findings), name),))


def _older(data: bytes, name: str) -> ReadError:
    if _ENCRYPTED in data:
        return ReadError(f"{name} is encrypted: it opens with a password only.", "Save it in Word without a password.")
    return ReadError(f"{name} is an old Word document (.doc).", "Open it in Word or LibreOffice, and save it as .docx.")


def _about(core: etree._Element | None, language: str) -> About:
    facts = {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in (core if core is not None else ())}
    title = facts.get("title", "")
    writers = [who.strip() for who in facts.get("creator", "").split(";")]
    return About(
        "" if _NO_TITLE.match(title) else title,
        tuple(who for who in writers if who and who.casefold() not in _NOBODY),
        facts.get("created", "") or facts.get("modified", ""),
        language or facts.get("language", ""),
        category=facts.get("category", ""),
    )


def _entitled(about: About, text: Text, body: Body) -> About:
    """The title in the text goes before that of the properties, which many a document keeps from the one it was."""
    lead, *others = body.sections
    headed = bool(others) and not lead.paragraphs
    title = text.title or ("" if headed else about.title)
    return replace(about, title=title)
