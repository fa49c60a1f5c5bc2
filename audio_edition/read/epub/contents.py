"""Reads a book's navigation document or NCX: its contents, its page list, and the kinds of its parts.

https://www.w3.org/TR/epub-33/#sec-nav and https://daisy.org/activities/standards/daisy/daisy-3/z39-86-2005-r2012/#NCX
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.read.about import fact
from audio_edition.read.entities import Entities
from audio_edition.read.epub.lines import said
from audio_edition.read.epub.package import Package, path_of
from audio_edition.read.lines import speakable
from audio_edition.read.markup import tree_of
from audio_edition.read.markup.elements import name_of, roles_of
from audio_edition.read.tree import part_tree
from audio_edition.sources.charsets import decoded

MOST_ENTRIES = 10_000
_TOC = frozenset({"doc-toc", "toc"})
_PAGES = frozenset({"doc-pagelist", "page-list"})
_LONGEST_LABEL = 30
_UNNAMED = re.compile(r"Section (\d{1,4})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents or the page list. `path` and `place` say where it begins; `level` counts from 1."""

    title: str
    path: str
    place: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Navigation:
    """The book's contents, which may be empty; the pages of the printed book; and the kinds of its documents, by
    path."""

    contents: tuple[Entry, ...]
    pages: tuple[Entry, ...]
    landmarks: dict[str, str]


def navigation_of(package: Package) -> Navigation:
    """Return the navigation from the navigation document, falling back to EPUB 2's NCX and guide."""
    entities = package.archive.entities
    contents: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    landmarks = dict(package.landmarks)
    if package.navigation and package.navigation in package.archive:
        base = package.navigation
        root = parse_document(package.archive.read(base), f"{package.name} ({in_brief(base)})", entities)
        contents = _with_places(list(_of_navigation(root, base, _TOC)))
        pages = tuple(_of_navigation(root, base, _PAGES))
        landmarks |= _landmarks(root, base)
    if not (contents and pages) and package.ncx and package.ncx in package.archive:
        root = part_tree(package.archive.read(package.ncx), f"{package.name} ({in_brief(package.ncx)})", entities)
        contents = contents or _with_places(list(_of_ncx(root, package.ncx, "navpoint")))
        pages = pages or tuple(_of_ncx(root, package.ncx, "pagetarget"))
    return Navigation(contents[:MOST_ENTRIES], tuple(filter(_is_page, pages[:MOST_ENTRIES])), landmarks)


def parse_document(data: bytes, where: str, entities: Entities) -> etree._Element:
    """Return the tree of an XHTML document, parsed as HTML if it is not well-formed."""
    own = Entities()
    try:
        root = part_tree(data, where, own)
    except ReadError:
        own = Entities()
        root = tree_of(own.resolved(decoded(data)[0], where, is_xml=False), where)
    entities.include(own)
    return root


def _landmarks(root: etree._Element, base: str) -> dict[str, str]:
    kinds = {}
    for link in root.iter("{*}a"):
        path, place = path_of(link.get("href", ""), base)
        if path and not place and roles_of(link):
            kinds[path] = sorted(roles_of(link))[0]
    return kinds


def _of_navigation(root: etree._Element, base: str, kinds: frozenset[str]) -> Iterator[Entry]:
    listed = next((nav for nav in root.iter("{*}nav") if roles_of(nav) & kinds), None)
    if listed is None:
        return
    for item in listed.iter("{*}li"):
        level = sum(name_of(each) in ("ol", "ul") for each in item.iterancestors())
        label = next((each for each in item if name_of(each) in ("a", "span")), None)
        if label is None:
            continue
        title = fact(said(label))
        path, place = path_of(label.get("href", ""), base) if label.get("href") else ("", "")
        if title and not _is_numbered_by_program(title, path):
            yield Entry(title, path, place, level)


def _of_ncx(root: etree._Element, base: str, kind: str) -> Iterator[Entry]:
    for point in root.iter(etree.Element):
        if name_of(point) != kind:
            continue
        level = 1 + sum(name_of(each) == kind for each in point.iterancestors())
        label = next((text for each in point if name_of(each) == "navlabel" for text in each.iter("{*}text")), None)
        source = next((each.get("src", "") for each in point if name_of(each) == "content"), "")
        title = fact("".join(label.itertext())) if label is not None else ""
        path, place = path_of(source, base) if source else ("", "")
        if title and not _is_numbered_by_program(title, path):
            yield Entry(title, path, place, level)


def _with_places(found: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries with a target; a heading without one begins at its first child."""
    placed: list[Entry] = []
    for entry in reversed(found):
        if not entry.path and placed and placed[-1].level > entry.level:
            entry = replace(entry, path=placed[-1].path, place=placed[-1].place)
        placed.append(entry)
    return tuple(entry for entry in reversed(placed) if entry.path)


def _is_numbered_by_program(title: str, path: str) -> bool:
    """Return whether an entry is LibreOffice's “Section 3” for what has no heading, in sections/section0003.xhtml."""
    found = _UNNAMED.fullmatch(title)
    return found is not None and path.endswith(f"sections/section{int(found[1]):04}.xhtml")


def _is_page(page: Entry) -> bool:
    return bool(page.path) and len(page.title) <= _LONGEST_LABEL and speakable(page.title)
