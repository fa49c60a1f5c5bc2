"""In: a book's package. Out: all its documents in one tree, with a heading for each entry of its contents.

In one tree a note is found from any document. What is not of the book's text, such as its cover, is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.model import Finding
from audio_edition.read.epub.contents import Entry, contents_of, landmarks_of, parse_document
from audio_edition.read.epub.package import Item, Package, path_of
from audio_edition.read.lines import in_brief
from audio_edition.read.markup.elements import language_of, name_of, roles_of
from audio_edition.read.markup.inline import words_of
from audio_edition.read.tree import take_out

_UNREAD_PARTS = """
    bastard-title cover cover-image coverpage doc-cover doc-index doc-pagelist doc-toc halftitlepage index landmarks
    list-of-illustrations list-of-tables loa loi lot lov page-list title-page titlepage toc
"""
_UNREAD = frozenset(_UNREAD_PARTS.split())
"""Parts that show the book and do not tell it: https://www.w3.org/TR/epub-ssv-11/, and EPUB 2's guide."""

_OF_CONTENTS = frozenset({"doc-toc", "toc", "landmarks", "page-list", "doc-pagelist"})
_COVERS = frozenset({"cover", "cover-image", "coverpage", "doc-cover", "title-page", "titlepage"})
_COVER_FILE = re.compile(r"(?:cover|title-?page)\b", re.IGNORECASE)
_PAGE_NUMBERS = frozenset({"doc-pagebreak", "pagebreak"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_CONTAINERS = frozenset({"article", "body", "div", "main", "section"})
_OURS = "of the contents"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_NAMED = 10
_FEW_WORDS = 40
"""A document called cover or title page with more words than this is something else."""


@dataclass(frozen=True, slots=True)
class Book:
    """The tree, and which of its headings stand for which entries of the contents."""

    root: etree._Element
    entries: dict[etree._Element, Entry]
    findings: tuple[Finding, ...]


def bound(package: Package) -> Book:
    """The whole book."""
    landmarks = landmarks_of(package)
    root = etree.Element("body")
    parts: dict[str, etree._Element] = {}
    left_out: dict[str, str] = {}
    numbers = {item.path: number for number, item in enumerate(package.spine)}
    for item in package.spine:
        if item.path == package.navigation:
            continue
        part = _part(package, item, numbers)
        if part is None:
            left_out[item.path] = ""
        elif _is_unread(part, item, landmarks.get(item.path, "")):
            left_out[item.path] = "" if _kinds(part, landmarks.get(item.path, "")) & _OF_CONTENTS else _words(part)
        else:
            if not item.linear:
                part.set("hidden", "")
            root.append(part)
            parts[item.path] = part
    left_out |= {path: _words(part) for path, part in parts.items() if _is_beside(part, root)}
    entries = dict(_headed(contents_of(package), parts, numbers))
    return Book(root, entries, tuple(_findings(left_out)))


def _part(package: Package, item: Item, numbers: dict[str, int]) -> etree._Element | None:
    """A document's body as a part of the book: its names and references made those of the book."""
    if item.media_type not in _PAGES:
        return None
    root = parse_document(package.archive.read(item.path), f"{package.name} ({in_brief(item.path)})")
    body = next((each for each in root.iter("{*}body", "{*}book")), None)
    if body is None:
        return None
    part = etree.Element("div", id=_id(numbers[item.path], ""))
    language = language_of(body) or language_of(root)
    if language:
        part.set(_XML_LANG, language)
    for element in list(body.iter("*")):
        _rename(element, item.path, numbers)
    part.append(body)
    for element in list(part.iter("*")):
        if roles_of(element) & _PAGE_NUMBERS and element is not body:
            take_out(element)
    return part


def _id(number: int, place: str) -> str:
    return f"part-{number}-{place}"


def _rename(element: etree._Element, path: str, numbers: dict[str, int]) -> None:
    for attribute in ("id", "name"):
        if place := element.get(attribute):
            element.set(attribute, _id(numbers[path], place))
    if (reference := element.get("href")) is None:
        return
    target, place = path_of(reference, path)
    if place and target in numbers:
        element.set("href", f"#{_id(numbers[target], place)}")
    else:
        del element.attrib["href"]


def _is_unread(part: etree._Element, item: Item, landmark: str) -> bool:
    kinds = _kinds(part, landmark) & _UNREAD
    if not kinds and not _COVER_FILE.match(item.path.rpartition("/")[2]):
        return False
    words = len(_words(part).split())
    if kinds & _OF_CONTENTS:  # a wrong reference must not cost a chapter
        return 2 * sum(len(words_of(link, "").text.split()) for link in part.iter("{*}a")) >= words
    return bool(kinds - _COVERS) or words <= _FEW_WORDS


def _is_beside(part: etree._Element, root: etree._Element) -> bool:
    """Whether the document is out of the reading order, and no note is in it that another one refers to."""
    if part.get("hidden") is None:
        return False
    links = (link for other in root if other is not part for link in other.iter("{*}a"))
    return not any(link.get("href", "").startswith(f"#{part.get('id')}") for link in links)


def _kinds(part: etree._Element, landmark: str) -> set[str]:
    """What the book says that the document is: in its landmarks, on its body, or on the only section in that."""
    (body,) = part
    kinds = {landmark} | roles_of(body)
    children = list(body)
    return kinds | roles_of(children[0]) if len(children) == 1 else kinds


def _words(part: etree._Element) -> str:
    return words_of(part, "").text


def _headed(
    contents: list[Entry], parts: dict[str, etree._Element], numbers: dict[str, int]
) -> Iterator[tuple[etree._Element, Entry]]:
    """A heading in the tree for each entry whose place is there."""
    places = {place.get("id"): place for part in parts.values() for place in part.iter("*") if place.get("id")}
    for entry in contents:
        part = parts.get(entry.path)
        if part is None or part.get("hidden") is not None:
            continue
        target = places.get(_id(numbers[entry.path], entry.place), part)
        heading = etree.Element("h1")
        heading.text = entry.title
        _put(heading, target)
        yield heading, entry


def _put(heading: etree._Element, target: etree._Element) -> None:
    """The heading into a part, or before the paragraph, list or table that the place is in."""
    lineage = [target, *target.iterancestors()]
    within = [element for element in lineage if name_of(element) not in _CONTAINERS]
    if within:
        within[-1].addprevious(heading)
        return
    heading.set("class", _OURS)
    at = next((at for at, child in enumerate(target) if child.get("class") != _OURS), len(target))
    if at:
        text, target[at - 1].tail = target[at - 1].tail, None
    else:
        text, target.text = target.text, None
    target.insert(at, heading)
    heading.tail = text


def _findings(left_out: dict[str, str]) -> Iterator[Finding]:
    if left_out:
        names = ", ".join(map(in_brief, list(left_out)[:_MOST_NAMED])) + ", …" * (len(left_out) > _MOST_NAMED)
        yield Finding(
            "parts-left-out",
            "note",
            f"Left out: parts that show the book and do not tell it, such as its cover: {names}.",
            remedy="Look whether one of them should be read.",
            text=" ".join(filter(None, left_out.values())),
        )
