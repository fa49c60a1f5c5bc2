"""Read files of an untrusted edition within limits: bytes, XML and pages."""

from __future__ import annotations

import json
import posixpath
import re
import struct
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from lxml import etree

TEXT_LIMIT_BYTES = 100_000_000
_MEMBERS_LIMIT = 50_000
_BOMB_RATIO, _BOMB_FROM_BYTES = 200, 1_000_000
_ENCRYPTED = 0x1

_CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


class UnreadableError(Exception):
    """A file cannot be read; the message continues a sentence that begins with its name."""


UNREADABLE = (
    UnreadableError, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
    RuntimeError, MemoryError, struct.error, zlib.error, zipfile.BadZipFile, etree.LxmlError,
)  # fmt: skip
"""What libraries raise at files that are not what they seem."""


def one_spaced(text: str) -> str:
    """Return the text as formats carry it: runs of white space and control characters become one space; none at the
    ends."""
    return _CONTROL.sub(" ", _NO_CHARACTER.sub("\ufffd", text)).strip()


def unspaced(text: str) -> str:
    """Return the text without white space, which makes it independent of how lines and sentences are joined."""
    return one_spaced(text).replace(" ", "")


# --- containers


class Container(Protocol):
    """Files under names with slashes: an archive, or a folder. `place` is what findings call it."""

    place: str
    names: Sequence[str]

    def open(self, name: str) -> IO[bytes]:
        """Open the file of that name. Raises UnreadableError."""


@dataclass(slots=True)
class FilesOfFolder:
    """Some of the files of a folder."""

    place: str
    folder: Path
    names: Sequence[str]

    def open(self, name: str) -> IO[bytes]:
        if name not in self.names:
            raise UnreadableError(f"{name} is not there")
        return (self.folder / name).open("rb")


@dataclass(slots=True)
class Archive:
    """A ZIP archive."""

    place: str
    names: Sequence[str]
    zipped: zipfile.ZipFile

    def open(self, name: str) -> IO[bytes]:
        if name not in self.names:
            raise UnreadableError(f"{name} is not in it")
        entry = self.zipped.getinfo(name)
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableError(f"{name} in it is encrypted")
        if entry.file_size > max(_BOMB_FROM_BYTES, _BOMB_RATIO * entry.compress_size):
            raise UnreadableError(f"{name} in it is too large when unpacked")
        return self.zipped.open(entry)


@contextmanager
def archive(path: Path, place: str) -> Iterator[Archive]:
    """Open a ZIP archive. Raises UnreadableError and others of UNREADABLE."""
    with zipfile.ZipFile(path) as zipped:
        names = zipped.namelist()
        if len(names) > _MEMBERS_LIMIT:
            raise UnreadableError(f"it holds more than {_MEMBERS_LIMIT:,} files")
        if len(set(names)) < len(names):
            raise UnreadableError("two files in it have the same name")
        yield Archive(place, names, zipped)


def content(container: Container, name: str) -> bytes:
    """Return the whole content of a text or picture file."""
    with container.open(name) as file:
        data = file.read(TEXT_LIMIT_BYTES + 1)
    if len(data) > TEXT_LIMIT_BYTES:
        raise UnreadableError(f"{name} is larger than {TEXT_LIMIT_BYTES // 1_000_000} MB")
    return data


def text_of(container: Container, name: str) -> str:
    try:
        return content(container, name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name} is not UTF-8") from error


# --- XML, pages, JSON


def xml_of(container: Container, name: str) -> etree._Element:
    """Return the root of an XML document. Entities are refused, and nothing external is loaded."""
    return xml_in(content(container, name), name)


def xml_in(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML document, as `xml_of` does; `name` is what a refusal calls it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{name} is not well-formed XML ({one_spaced(str(error))[:100]})") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise UnreadableError(f"{name} declares entities")
    return root


def page_of(container: Container, name: str) -> etree._Element:
    """Return the root of an HTML page."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8")
    root = etree.fromstring(text_of(container, name).encode(), parser)
    if root is None:
        raise UnreadableError(f"{name} is empty")
    return root


def json_of(container: Container, name: str) -> Any:
    try:
        return json.loads(text_of(container, name))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name} is not JSON ({one_spaced(str(error))[:100]})") from error


def elements(root: etree._Element, tag: str) -> list[etree._Element]:
    """Return every element of that local name in document order."""
    return [element for element in root.iter() if local(element) == tag]


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def within(element: etree._Element) -> str:
    """Return all text in an element."""
    return "".join(element.itertext())


def language_of(element: etree._Element) -> str:
    """Return the language of an element, its own or inherited."""
    for around in (element, *element.iterancestors()):
        if language := around.get("{http://www.w3.org/XML/1998/namespace}lang") or around.get("lang"):
            return language
    return ""


# --- links


def is_external(url: str) -> bool:
    """Return whether an address leads out of the edition: with a scheme or host, or from the root."""
    parts = urllib.parse.urlsplit(url.strip())
    return bool(parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")))


def target_of(url: str, document: str) -> tuple[str, str]:
    """Return the file and the fragment that an address in a document leads to; the file is the document itself for a
    bare fragment, and empty for an address outside."""
    parts = urllib.parse.urlsplit(url.strip())
    path = urllib.parse.unquote(parts.path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(document), path)) if path else document
    outside = is_external(url) or joined.startswith("../")
    return "" if outside else joined, urllib.parse.unquote(parts.fragment)
