"""In: a book's navigation document or NCX. Out: its entries: a title, the place where it begins, and its level.

https://www.w3.org/TR/epub-33/#sec-nav and https://daisy.org/activities/standards/daisy/daisy-3/z39-86-2005-r2012/#NCX
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.about import fact
from audio_edition.read.charsets import decoded
from audio_edition.read.epub.package import Package, path_of
from audio_edition.read.lines import in_brief
from audio_edition.read.markup import tree_of
from audio_edition.read.markup.elements import name_of, roles_of
from audio_edition.read.markup.inline import words_of
from audio_edition.read.tree import part_tree

MOST_ENTRIES = 10_000
_TOC = frozenset({"toc", "doc-toc"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents. `path` and `place` say where it begins; `level` counts from 1."""

    title: str
    path: str
    place: str
    level: int


def contents_of(package: Package) -> list[Entry]:
    """The book's own contents; none where it has none. A heading over entries begins where the first of them does."""
    for path, entries in ((package.navigation, _of_navigation), (package.ncx, _of_ncx)):
        if path and path in package.archive:
            root = _root(package, path)
            if found := list(entries(root, path))[:MOST_ENTRIES]:
                return _with_places(found)
    return []


def landmarks_of(package: Package) -> dict[str, str]:
    """What kind of part a document is, by the navigation document's landmarks; by the guide of EPUB 2."""
    kinds = dict(package.landmarks)
    if package.navigation and package.navigation in package.archive:
        for link in _root(package, package.navigation).iter("{*}a"):
            path, place = path_of(link.get("href", ""), package.navigation)
            if path and not place and roles_of(link):
                kinds[path] = sorted(roles_of(link))[0]
    return kinds


def _root(package: Package, path: str) -> etree._Element:
    data, where = package.archive.read(path), f"{package.name} ({in_brief(path)})"
    return part_tree(data, where) if path == package.ncx else parse_document(data, where)


def parse_document(data: bytes, where: str) -> etree._Element:
    """An XHTML document; one that is not well-formed as the HTML it nearly is."""
    try:
        return part_tree(data, where)
    except ReadError:
        return tree_of(decoded(data)[0], where)


def _of_navigation(root: etree._Element, base: str) -> Iterator[Entry]:
    toc = next((nav for nav in root.iter("{*}nav") if roles_of(nav) & _TOC), None)
    if toc is None:
        return
    for item in toc.iter("{*}li"):
        level = sum(name_of(each) in ("ol", "ul") for each in item.iterancestors())
        label = next((each for each in item if name_of(each) in ("a", "span")), None)
        if label is None:
            continue
        title = fact(words_of(label, "").text)
        path, place = path_of(label.get("href", ""), base) if label.get("href") else ("", "")
        if title:
            yield Entry(title, path, place, level)


def _of_ncx(root: etree._Element, base: str) -> Iterator[Entry]:
    for point in root.iter("{*}navPoint"):
        level = 1 + sum(name_of(each) == "navpoint" for each in point.iterancestors())
        label = next((text for each in point if name_of(each) == "navlabel" for text in each.iter("{*}text")), None)
        source = next((each.get("src", "") for each in point if name_of(each) == "content"), "")
        title = fact("".join(label.itertext())) if label is not None else ""
        path, place = path_of(source, base) if source else ("", "")
        if title:
            yield Entry(title, path, place, level)


def _with_places(found: list[Entry]) -> list[Entry]:
    placed: list[Entry] = []
    for entry in reversed(found):
        if not entry.path and placed and placed[-1].level > entry.level:
            entry = replace(entry, path=placed[-1].path, place=placed[-1].place)
        placed.append(entry)
    return [entry for entry in reversed(placed) if entry.path]
