"""In: an EPUB's archive. Out: its package: what it says of itself, its documents in reading order, and its contents.

https://www.w3.org/TR/epub-33/#sec-package-doc and https://www.w3.org/TR/epub-33/#sec-container-metainf
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.about import About, tag_of
from audio_edition.read.archive import Archive
from audio_edition.read.lines import in_brief
from audio_edition.read.markup.elements import name_of
from audio_edition.read.tree import part_tree

MOST_DOCUMENTS = 5_000
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_NOT_SOUND = "Check the book with EPUBCheck, or get it again."


@dataclass(frozen=True, slots=True)
class Item:
    """A document of the book. `path` is that of its entry in the archive."""

    path: str
    media_type: str
    properties: frozenset[str]
    linear: bool = True


@dataclass(frozen=True, slots=True)
class Package:
    """A book. `navigation` and `ncx` are paths of its contents, or empty; `landmarks` say what a path is."""

    archive: Archive
    about: About
    spine: tuple[Item, ...]
    navigation: str
    ncx: str
    landmarks: dict[str, str]

    @property
    def name(self) -> str:
        return self.archive.name


def open_package(archive: Archive) -> Package:
    """The book's package. A book that only its shop's program can open is refused."""
    _refuse_encrypted(archive)
    path = _package_path(archive)
    root = part_tree(archive.read(path), f"{archive.name} ({in_brief(path)})")
    items = dict(_items(root, path))
    spine = _named(root, "spine")
    documents = tuple(_spine(spine, items)) if spine is not None else ()
    if not documents:
        raise ReadError(f"{archive.name} has no reading order: its spine names no document of the book.", _NOT_SOUND)
    return Package(
        archive,
        _about(root),
        documents,
        next((item.path for item in items.values() if "nav" in item.properties), ""),
        _ncx(items, spine),
        dict(_guide(root, path)),
    )


def path_of(reference: str, base: str) -> tuple[str, str]:
    """The path of the entry that a reference in the entry `base` leads to, and the place in it; both are empty where it
    leads out of the book."""
    reference, _, fragment = reference.strip().partition("#")
    if not reference:
        return base, unquote(fragment)
    if ":" in reference.partition("/")[0] or reference.startswith("/"):
        return "", ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference.partition("?")[0])))
    return ("", "") if path.startswith("..") else (path, unquote(fragment))


def _refuse_encrypted(archive: Archive) -> None:
    """Fonts may be obfuscated; any other encryption is a shop's or a library's lock."""
    if _ENCRYPTION not in archive:
        return
    root = part_tree(archive.read(_ENCRYPTION), f"{archive.name} ({_ENCRYPTION})")
    for method in root.iter("{*}EncryptionMethod"):
        if name_of(method.getparent()) == "encrypteddata" and method.get("Algorithm") not in _FONTS_ONLY:
            raise ReadError(
                f"{archive.name} is locked (DRM): {_ENCRYPTION} says that its documents are encrypted.",
                "Ask the publisher for a copy without the lock, or a library for print-disabled people for the book.",
            )


def _package_path(archive: Archive) -> str:
    root = part_tree(archive.read(_CONTAINER), f"{archive.name} ({_CONTAINER})")
    for file in root.iter("{*}rootfile"):
        if file.get("media-type", _PACKAGE_TYPE) == _PACKAGE_TYPE and file.get("full-path"):
            return path_of(file.get("full-path"), "")[0]
    raise ReadError(f"{archive.name} is no sound EPUB: {_CONTAINER} names no package.", _NOT_SOUND)


def _named(root: etree._Element, name: str) -> etree._Element | None:
    return next(root.iter(f"{{*}}{name}"), None)


def _items(root: etree._Element, base: str) -> Iterator[tuple[str, Item]]:
    for item in root.iter("{*}item"):
        path, _ = path_of(item.get("href", ""), base)
        if path and item.get("id"):
            properties = frozenset(item.get("properties", "").split())
            yield item.get("id"), Item(path, item.get("media-type", ""), properties)


def _spine(spine: etree._Element, items: dict[str, Item]) -> Iterator[Item]:
    """The documents in reading order, each once."""
    passed = set()
    for reference in spine.iter("{*}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.path in passed:
            continue
        passed.add(item.path)
        if len(passed) > MOST_DOCUMENTS:
            break
        yield Item(item.path, item.media_type, item.properties, reference.get("linear") != "no")


def _ncx(items: dict[str, Item], spine: etree._Element | None) -> str:
    named = items.get(spine.get("toc", "")) if spine is not None else None
    if named is not None:
        return named.path
    return next((item.path for item in items.values() if item.media_type == "application/x-dtbncx+xml"), "")


def _guide(root: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    """EPUB 2's guide: what kind of part a document is."""
    for reference in root.iter("{*}reference"):
        path, fragment = path_of(reference.get("href", ""), base)
        if path and not fragment:
            yield path, reference.get("type", "").lower()


def _about(root: etree._Element) -> About:
    metadata = _named(root, "metadata")
    facts = list(metadata.iter("{http://purl.org/dc/elements/1.1/}*")) if metadata is not None else []
    refinements = _refinements(metadata) if metadata is not None else {}

    def all_of(name: str) -> list[etree._Element]:
        return [fact for fact in facts if name_of(fact) == name and "".join(fact.itertext()).strip()]

    def first(found: list[etree._Element]) -> str:
        return "".join(found[0].itertext()).strip() if found else ""

    titles = all_of("title")
    main = [title for title in titles if _says(title, refinements, "title-type") == "main"]
    writers = [who for who in all_of("creator") if _says(who, refinements, "role") in ("", "aut")]
    dates = all_of("date")
    issued = [date for date in dates if date.get(f"{_OPF}event", "publication") == "publication"]
    return About(
        first(main or titles),
        tuple("".join(who.itertext()).strip() for who in writers),
        first(issued or dates),
        tag_of(first(all_of("language"))),
        first(all_of("publisher")),
    )


def _refinements(metadata: etree._Element) -> dict[tuple[str, str], str]:
    return {
        (meta.get("refines", ""), meta.get("property", "")): (meta.text or "").strip()
        for meta in metadata.iter("{*}meta")
        if meta.get("refines")
    }


def _says(element: etree._Element, refinements: dict[tuple[str, str], str], what: str) -> str:
    """What EPUB 3 or EPUB 2 says more about a fact."""
    return refinements.get((f"#{element.get('id')}", what)) or element.get(f"{_OPF}{what}", "")
