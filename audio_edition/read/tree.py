"""Bytes of XML become a tree of elements, within limits; nothing is loaded for it. (HTML: see markup.)

lxml is imported where a tree is made: who only looks what a document is needs none.
"""

from __future__ import annotations

import functools
import html.entities
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audio_edition.errors import ReadError
from audio_edition.model import Finding
from audio_edition.read.charsets import MARKS
from audio_edition.read.decode import opening, refuse_other_letters, without_mark
from audio_edition.read.lines import in_brief

if TYPE_CHECKING:
    from lxml import etree

LIMIT_BYTES = 20_000_000
"""A larger message or feed is refused."""

_MOST_TAGS = 200_000
"""Of start and end tags together. A tree takes some 150 bytes for each."""

_MOST_ENTITIES = 1000
_LONGEST_ENTITY = 1000
_OPENING_CHARACTERS = 20_000
_PIECE_BYTES = 1_000_000

_BEFORE_ROOT = re.compile(
    r"""(?:\s++ | <\?.*?\?> | <!--.*?--> | <!DOCTYPE[^\[>]*+ (?:\[ .*? \]\s*+)? > )*+""", re.DOTALL | re.VERBOSE
)
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})(?=[\s/>])([^>]{0,4000})")
_ENCODING = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_TAG = re.compile(r"<[^<>]*>")
_OF_LIBRARY = re.compile(r"xmlCtxt|XML_PARSE|amplification", re.IGNORECASE)
_TOO_MUCH = "its elements are nested too deeply, or its texts or entities grow too large"
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BEFORE_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s+(?=<\?xml\s)")
_BARE_AND = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][\w.-]{0,31};)")
_CDATA = b"<![CDATA["
_MENDED = Finding(
    "xml-mended",
    "warning",
    "The document is not sound XML: something stands before it, or “&” is not written as “&amp;”. It was read so.",
    remedy="Tell the makers of the program that wrote it.",
)
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def root_of(data: bytes) -> tuple[str, str]:
    """Return the name of a document's first element without its prefix, and its attributes as they are written.

    Both are empty where the document does not begin like XML.
    """
    text = opening(data, _OPENING_CHARACTERS)
    before = _BEFORE_ROOT.match(text)
    found = _ROOT.match(text, before.end() if before else 0)
    return (found[1], found[2]) if found else ("", "")


def xml_tree(data: bytes, name: str) -> tuple[etree._Element, tuple[Finding, ...]]:
    """Return the first element of a message or feed, with its own short entities put in, and what had to be guessed.

    What would have to be loaded stays as it is written. Raises ReadError.
    """
    check_size(data, name)
    text, findings = _decoded(data, name)
    encoding = "utf-8" if findings else None
    try:
        root = _root(text, name, encoding)
    except ReadError:
        mended = _mended(text)
        if mended == text:
            raise
        root = _root(mended, name, encoding)
        findings = (*findings, _MENDED)
    _resolve_entities(root, name)
    return root, findings


def _mended(data: bytes) -> bytes:
    """Return the data without what stands before its declaration, and with each “&” written as XML wants it: the faults
    of programs that put feeds together from texts."""
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
    """Return the data in UTF-8 where it neither is so nor says otherwise, and what had to be guessed for that."""
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


def part_tree(data: bytes, name: str) -> etree._Element:
    """Return the first element of an XML document in an archive, which bounds its size.

    One with entities of its own, as no program writes, is refused. Raises ReadError.
    """
    from lxml import etree

    root = _root(data, name)
    for reference in root.iter(etree.Entity):
        raise ReadError(
            f"{name} refers to “{in_brief(reference.text or '')}” on line {reference.sourceline}, unknown to pages.",
            "Write the text itself in its place.",
        )
    return root


def _root(data: bytes, name: str, encoding: str | None = None) -> etree._Element:
    from lxml import etree

    try:
        return etree.fromstring(_with_numbers(data), safe_parser(encoding))
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise ReadError(
            f"{name} is not sound XML: {_where(trouble)}.",
            "Save it again in the program that made it, or save the article as plain text.",
        ) from trouble


def safe_parser(encoding: str | None = None) -> etree.XMLParser:
    """Return a parser for XML from anywhere, which loads and puts in nothing, and keeps libxml2's bounds of depth and
    length. An encoding goes over what the XML says of itself."""
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def each(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements on a path of names, whatever their namespace."""
    yield from element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))


def name_of(element: etree._Element) -> str:
    """Return the element's name without its namespace, as it is written."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Return what a page shows of the element, on one line."""
    from audio_edition.read.markup import plain, words_of

    return plain(words_of(element))


def first_of(element: etree._Element, *paths: str) -> str:
    """Return the text of the first element on the first of the paths that has one."""
    return next(filter(None, (text_of(found) for path in paths for found in each(element, path))), "")


def take_out(element: etree._Element) -> None:
    """Remove an element; the text behind it stays."""
    put_in_place(element, "")


def put_in_place(element: etree._Element, text: str) -> None:
    """Put text where an element is; the root of a tree stays."""
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
    """Raise ReadError for what no message or feed is, and would fill the memory."""
    if len(data) > LIMIT_BYTES:
        raise ReadError(
            f"{name} is larger than {LIMIT_BYTES // 1_000_000} MB, which no message or feed is.",
            "Split it into its articles.",
        )
    if data.count(b"<") > _MOST_TAGS:
        raise ReadError(f"{name} has more than {_MOST_TAGS:,} tags.", "Split it into its articles.")


def _with_numbers(data: bytes) -> bytes:
    """Return the data with numbers for HTML's names of characters, which XML has not.

    It is changed piece by piece, as there may be millions.
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
    position = getattr(trouble, "position", None)
    place = f"line {position[0]}, column {position[1]}: " if position else ""
    said = " ".join(str(trouble).partition(", line ")[0].split()).rstrip(".")
    return place + (_TOO_MUCH if _OF_LIBRARY.search(said) else said)


def _resolve_entities(root: etree._Element, name: str) -> None:
    """Entities that the document declares itself become their text; others stay as they are written."""
    from lxml import etree

    entities = list(root.iter(etree.Entity))
    if len(entities) > _MOST_ENTITIES:
        raise ReadError(f"{name} uses entities of its own more than {_MOST_ENTITIES:,} times.", "Write their text.")
    declared = _declared(root) if entities else {}
    for entity in entities:
        written = entity.text or ""
        put_in_place(entity, declared.get(written[1:-1], written))


def _declared(root: etree._Element) -> dict[str, str]:
    """Return the document's own entities that are short and plain text."""
    declaration = root.getroottree().docinfo.internalDTD
    if declaration is None:
        return {}
    return {
        entity.name: entity.content
        for entity in declaration.iterentities()
        if entity.name
        and entity.content
        and len(entity.content) <= _LONGEST_ENTITY
        and not set("<&") & set(entity.content)
    }
