"""Parses XML into a tree of elements, within limits and without loading anything. (For HTML see markup.)

lxml is imported only when a tree is built: recognising a document does not need it.
"""

from __future__ import annotations

import functools
import html.entities
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audio_edition.errors import ReadError
from audio_edition.model import Finding
from audio_edition.read.decode import opening, refuse_other_letters, without_mark
from audio_edition.read.entities import DECLARATIONS, Entities
from audio_edition.sources.charsets import MARKS
from audio_edition.sources.parser import safe_parser

if TYPE_CHECKING:
    from lxml import etree

LIMIT_BYTES = 20_000_000
"""A larger message or feed is refused."""

_MOST_TAGS = 200_000
"""Start and end tags together. A tree takes some 150 bytes for each."""

_LARGEST_DOCUMENT_BYTES = 20_000_000
_MOST_DOCUMENT_TAGS = 800_000
"""As of the text in an archive: a tree of so many elements takes 200 MB."""

_MOST_DATA = 5_000
"""Pictures of a document in one file."""

_OPENING_CHARACTERS = 20_000
_PIECE_BYTES = 1_000_000

_BEFORE_ROOT = re.compile(
    rf"""(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[{DECLARATIONS}\]\s*+)?>)*+""", re.DOTALL
)
_DECLARED = re.compile(r"<!DOCTYPE[^\[>]{0,500}")
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})(?=[\s/>])([^>]{0,4000})")
_ENCODING = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_TAG = re.compile(r"<[^<>]*>")
_DEEP, _LONG, _GROWS = (
    "its elements are nested too deeply",
    "one of its texts is too long",
    "its entities, names that it declares for texts, grow too large",
)
_TOO_MUCH = frozenset({_DEEP, _LONG, _GROWS})
_BROKEN = "its marks are broken there"
_CAUSES = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"amplification|reference loop", _GROWS),
        (r"depth", _DEEP),
        (r"huge|too long|XML_PARSE|memory", _LONG),
        (r"encoding", "it names letters (an encoding) that are not known here"),
        (r"mismatch|end tag|invalid element name|finished tag|start tag|required", "its tags are not in pairs there"),
        (r"extra content", "something stands behind its end"),
        (r"empty|premature|not terminated|not finished|end of|unclosed", "it ends too early, as if it was cut off"),
        (r"entity|charref", "an “&” stands there that begins no name of a character"),
        (r"hyphen|comment", "a comment is not closed, or has two hyphens in it"),
        (r"utf-8|encod|char |allowed range|invalid char|bytes", "a character stands there that can't be read"),
        (r"attribute|attvalue|specification mandates", "something within a tag is not written as it must be"),
    )
)
"""The parser's error messages, and what they mean for people."""

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BEFORE_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s+(?=<\?xml\s)")
_BARE_AND = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][\w.-]{0,31};)")
_CDATA = b"<![CDATA["
_MENDED = Finding(
    "xml-mended",
    "warning",
    "The document is not well-formed XML: something precedes it, or “&” is not written as “&amp;”. It was read anyway.",
    remedy="Tell the makers of the program that wrote it.",
)
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def root_of(data: bytes) -> tuple[str, str]:
    """Return the name of a document's root element without its prefix, and as written its attributes, behind the type
    that the document declares.

    Both are empty if the document does not begin like XML.
    """
    text = opening(data, _OPENING_CHARACTERS)
    before = _BEFORE_ROOT.match(text)
    found = _ROOT.match(text, before.end() if before else 0)
    declared = _DECLARED.search(before[0]) if before else None
    return (found[1], f"{declared[0] if declared else ''}{found[2]}") if found else ("", "")


def xml_tree(data: bytes, name: str) -> tuple[etree._Element, tuple[Finding, ...]]:
    """Return the root element of a message or feed, with its own short entities replaced, and findings for guesses.

    Raises ReadError.
    """
    check_size(data, name)
    return _tree(data, name)


def document_tree(data: bytes, name: str) -> tuple[etree._Element, tuple[Finding, ...]]:
    """Return the root element of a whole document or book in one file, as `xml_tree` does. Raises ReadError."""
    if len(data) > _LARGEST_DOCUMENT_BYTES or data.count(b"<") > _MOST_DOCUMENT_TAGS:
        raise ReadError(
            f"{name} has more than {_LARGEST_DOCUMENT_BYTES // 1_000_000} MB of text or {_MOST_DOCUMENT_TAGS:,} tags, "
            "more than any book.",
            "Split it into its chapters.",
        )
    return _tree(data, name)


def with_data_apart(data: bytes, element: str) -> tuple[bytes, list[bytes]]:
    """Return a document with the contents of its data elements replaced by their numbers, and those contents: the
    pictures of a document in one file are most of it."""
    contents: list[bytes] = []

    def number(found: re.Match[bytes]) -> bytes:
        if len(contents) >= _MOST_DATA:
            return found[1]
        contents.append(found[2])
        return found[1] + str(len(contents) - 1).encode()

    name = element.encode()
    return re.sub(rb"(<%b\b[^<>]{0,1000}(?<!/)>)([^<]*+)(?=</%b\s*>)" % (name, name), number, data), contents


def _tree(data: bytes, name: str) -> tuple[etree._Element, tuple[Finding, ...]]:
    text, findings = _decoded(data, name)
    entities = Entities()
    encoding = "utf-8" if findings else None
    try:
        root = _root(text, name, entities, encoding)
    except ReadError:
        mended = _mended(text)
        if mended == text:
            raise
        entities = Entities()
        root = _root(mended, name, entities, encoding)
        findings = (*findings, _MENDED)
    return root, (*findings, *entities.findings())


def _mended(data: bytes) -> bytes:
    """Return the data without text before its declaration, and with each bare “&” escaped: common faults of programs
    that build feeds from strings."""
    if b"\0" in data[:4]:
        return data
    start = _BEFORE_DECLARATION.match(data)
    outside, *others = data[start.end() if start else 0 :].split(_CDATA)
    pieces = [_BARE_AND.sub(b"&amp;", outside)]
    for other in others:
        inside, end, outside = other.partition(b"]]>")
        pieces.append(_CDATA + inside + end + _BARE_AND.sub(b"&amp;", outside))
    return b"".join(pieces)


def _decoded(data: bytes, name: str) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the data in UTF-8 if it is neither UTF-8 nor declares another encoding, and findings for guesses."""
    said = _ENCODING.match(data)
    says_other = said is not None and said[1].lower() not in (b"utf-8", b"utf8")
    if says_other or data.startswith(tuple(MARKS)) or b"\0" in data[:4]:
        return data, ()
    try:
        data.decode()
    except UnicodeDecodeError:
        text, findings = without_mark(data, name)
        refuse_other_letters(_TAG.sub("", text), name)
        return text.encode(), findings
    return data, ()


def part_tree(data: bytes, name: str, entities: Entities) -> etree._Element:
    """Return the root element of an XML document in an archive, which limits its size and records its entities. Raises
    ReadError."""
    return _root(data, name, entities)


def _root(data: bytes, name: str, entities: Entities, encoding: str | None = None) -> etree._Element:
    from lxml import etree

    try:
        root = etree.fromstring(_with_numbers(_resolved(data, name, entities)), safe_parser(encoding))
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise ReadError(
            f"{name} is not well-formed XML: {_where(trouble)}.",
            "Save it again in the program that made it, or save the article as plain text.",
        ) from trouble
    _leave_out_entities(root, entities)
    return root


def each(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements on a path of names, in any namespace."""
    yield from element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))


def name_of(element: etree._Element) -> str:
    """Return the element's name without its namespace, as written."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Return the visible text of the element, on one line."""
    from audio_edition.read.markup import plain, words_of

    return plain(words_of(element))


def first_of(element: etree._Element, *paths: str) -> str:
    """Return the text of the first element on the first of the paths that has one."""
    return next(filter(None, (text_of(found) for path in paths for found in each(element, path))), "")


def take_out(element: etree._Element) -> None:
    """Remove an element but keep the text after it. A block parts the words on both sides, as it did on the page."""
    from audio_edition.read.markup.elements import is_block

    put_in_place(element, " " if is_block(element) else "")


def put_in_place(element: etree._Element, text: str) -> None:
    """Replace an element with text; the root of a tree stays."""
    before, parent = element.getprevious(), element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    element.tail = None
    parent.remove(element)


def check_size(data: bytes, name: str) -> None:
    """Raise ReadError for data larger than any message or feed, which would exhaust the memory."""
    if len(data) > LIMIT_BYTES:
        raise ReadError(
            f"{name} is larger than {LIMIT_BYTES // 1_000_000} MB, which no message or feed is.",
            "Split it into its articles.",
        )
    if data.count(b"<") > _MOST_TAGS:
        raise ReadError(f"{name} has more than {_MOST_TAGS:,} tags.", "Split it into its articles.")


def _resolved(data: bytes, name: str, entities: Entities) -> bytes:
    """Return the data with entities replaced, if its encoding is ASCII-compatible."""
    if b"&" not in data or b"\0" in data[:4]:
        return data
    try:
        return entities.resolved(data.decode(), name, is_xml=True).encode()
    except UnicodeDecodeError:  # Latin-1 preserves the bytes, whatever their encoding
        return entities.resolved(data.decode("latin-1"), name, is_xml=True).encode("latin-1")


def _with_numbers(data: bytes) -> bytes:
    """Return the data with HTML's entity names, which XML lacks, as numeric references.

    It is converted piece by piece, since there may be millions.
    """
    pieces, start = [], 0
    while start < len(data):
        end = data.find(b";", start + _PIECE_BYTES) + 1 or len(data)
        pieces.append(_NAMED.sub(lambda found: _number_of(found[1]) or found[0], data[start:end]))
        start = end
    return b"".join(pieces)


@functools.lru_cache(4096)
def _number_of(name: bytes) -> bytes:
    if name.decode() in _OF_XML:
        return b""
    return "".join(f"&#{ord(character)};" for character in html.entities.html5.get(name.decode(), "")).encode()


def _where(trouble: Exception) -> str:
    """Return what is wrong and where, in words for people who don't write XML."""
    said = str(trouble)
    what = next((words for pattern, words in _CAUSES if pattern.search(said)), _BROKEN)
    position = getattr(trouble, "position", None)
    return f"line {position[0]}, column {position[1]}: {what}" if position and what not in _TOO_MUCH else what


def _leave_out_entities(root: etree._Element, entities: Entities) -> None:
    """Remove the remaining references: those in UTF-16, and of broken declarations."""
    from lxml import etree

    for reference in list(root.iter(etree.Entity)):
        entities.leave_out(reference.text or "")
        put_in_place(reference, "")
