"""Reads an EPUB's package: its metadata, its documents in reading order, its contents and its cover.

https://www.w3.org/TR/epub-33/#sec-package-doc and https://www.w3.org/TR/epub-33/#sec-container-metainf
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.read.about import About
from audio_edition.read.archive import Archive
from audio_edition.read.epub.metadata import about_of, facts_of
from audio_edition.read.markup.elements import name_of
from audio_edition.read.tree import part_tree

MOST_DOCUMENTS = 5_000
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_MOST_FALLBACKS = 10
_NOT_SOUND = "Check the book with EPUBCheck, or get it again."


@dataclass(frozen=True, slots=True)
class Item:
    """A document or picture of the book. `path` is its entry in the archive; `fallback` is the id of the item that
    replaces one of a type that not every program can show."""

    path: str
    media_type: str
    properties: frozenset[str]
    linear: bool = True
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A book. `navigation` and `ncx` are the paths of its contents, or empty; `cover` is that of its cover picture, if
    the package names one; `landmarks` give the kinds of documents by path."""

    archive: Archive
    about: About
    spine: tuple[Item, ...]
    navigation: str
    ncx: str
    cover: str
    landmarks: dict[str, str]

    @property
    def name(self) -> str:
        return self.archive.name


def open_package(archive: Archive) -> Package:
    """Return the book's package. Raises ReadError for a book that only its shop's program can open."""
    _refuse_encrypted(archive)
    path = _package_path(archive)
    root = part_tree(archive.read(path), f"{archive.name} ({in_brief(path)})", archive.entities)
    items = dict(_items(root, path))
    spine = _named(root, "spine")
    documents = tuple(_spine(spine, items)) if spine is not None else ()
    if not documents:
        raise ReadError(f"{archive.name} has no reading order: its spine names no document of the book.", _NOT_SOUND)
    facts = facts_of(root)
    return Package(
        archive,
        about_of(facts),
        documents,
        next((item.path for item in items.values() if "nav" in item.properties), ""),
        _ncx(items, spine),
        _cover(items, facts.named("cover"), path),
        dict(_guide(root, path)),
    )


def path_of(reference: str, base: str) -> tuple[str, str]:
    """Return the path of the entry that a reference in the entry `base` leads to, and the fragment; both are empty if
    it leads out of the book."""
    reference, _, fragment = reference.strip().partition("#")
    if not reference:
        return base, unquote(fragment)
    if ":" in reference.partition("/")[0] or reference.startswith("/"):
        return "", ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference.partition("?")[0])))
    return ("", "") if path.startswith("..") else (path, unquote(fragment))


def _refuse_encrypted(archive: Archive) -> None:
    """Raise ReadError for encryption other than obfuscated fonts: it is a shop's or a library's lock."""
    if _ENCRYPTION not in archive:
        return
    root = part_tree(archive.read(_ENCRYPTION), f"{archive.name} ({_ENCRYPTION})", archive.entities)
    for method in root.iter("{*}EncryptionMethod"):
        around = method.getparent()
        is_of_data = around is not None and name_of(around) == "encrypteddata"
        if is_of_data and method.get("Algorithm") not in _FONTS_ONLY:
            raise ReadError(
                f"{archive.name} is locked (DRM): {_ENCRYPTION} says that its documents are encrypted.",
                "Ask the publisher for a copy without the lock, or a library for print-disabled people for the book.",
            )


def _package_path(archive: Archive) -> str:
    root = part_tree(archive.read(_CONTAINER), f"{archive.name} ({_CONTAINER})", archive.entities)
    for file in root.iter("{*}rootfile"):
        path = file.get("full-path")
        if path and file.get("media-type", _PACKAGE_TYPE) == _PACKAGE_TYPE:
            return path_of(path, "")[0]
    raise ReadError(f"{archive.name} is not a valid EPUB: {_CONTAINER} names no package.", _NOT_SOUND)


def _named(root: etree._Element, name: str) -> etree._Element | None:
    return next(root.iter(f"{{*}}{name}"), None)


def _items(root: etree._Element, base: str) -> Iterator[tuple[str, Item]]:
    for item in root.iter("{*}item"):
        path, _ = path_of(item.get("href", ""), base)
        name = item.get("id")
        if path and name:
            properties = frozenset(item.get("properties", "").split())
            yield name, Item(path, item.get("media-type", ""), properties, fallback=item.get("fallback", ""))


def _spine(spine: etree._Element, items: dict[str, Item]) -> Iterator[Item]:
    """Yield the documents in reading order, each once."""
    passed = set()
    for reference in spine.iter("{*}itemref"):
        item = _shown(items.get(reference.get("idref", "")), items)
        if item is None or item.path in passed:
            continue
        passed.add(item.path)
        if len(passed) > MOST_DOCUMENTS:
            break
        yield replace(item, linear=reference.get("linear") != "no")


def _shown(item: Item | None, items: dict[str, Item]) -> Item | None:
    """Return the item, or the document in its fallback chain: a page may be a picture with a text as fallback."""
    for _ in range(_MOST_FALLBACKS):
        if item is None or item.media_type in PAGES or item.fallback not in items:
            break
        item = items[item.fallback]
    return item


def _cover(items: dict[str, Item], named: str, base: str) -> str:
    """Return the path of the cover picture: by its property, or as EPUB 2 programs name it."""
    for item in items.values():
        if "cover-image" in item.properties:
            return item.path
    if named in items:
        return items[named].path
    path, _ = path_of(named, base) if named else ("", "")
    return path if path in {item.path for item in items.values()} else ""


def _ncx(items: dict[str, Item], spine: etree._Element | None) -> str:
    named = items.get(spine.get("toc", "")) if spine is not None else None
    if named is not None:
        return named.path
    return next((item.path for item in items.values() if item.media_type == "application/x-dtbncx+xml"), "")


def _guide(root: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    """Return the kinds of documents in EPUB 2's guide, by path."""
    for reference in root.iter("{*}reference"):
        path, fragment = path_of(reference.get("href", ""), base)
        if path and not fragment:
            yield path, reference.get("type", "").lower()
