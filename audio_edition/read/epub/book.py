"""Joins a book's documents in one tree, with a heading for each entry of its contents.

In one tree a note is found from any document. What is not part of the text, such as the cover, is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.errors import in_brief
from audio_edition.model import Finding
from audio_edition.read.epub.contents import Entry, Navigation, parse_document
from audio_edition.read.epub.lines import Line
from audio_edition.read.epub.openings import Lines, Opening, open_entries, open_unlisted
from audio_edition.read.epub.package import PAGES, Item, Package, path_of
from audio_edition.read.epub.parts import printings, reason_to_leave_out
from audio_edition.read.epub.styles import StyleSheets
from audio_edition.read.epub.titles import title_of
from audio_edition.read.html.bold import bold_lines
from audio_edition.read.markup import seen_texts
from audio_edition.read.markup.elements import EPUB_TYPE, XML_LANG, heading_level, language_of, name_of, roles_of
from audio_edition.read.markup.notes import Notes
from audio_edition.read.markup.seen import seen_text
from audio_edition.read.tree import take_out

_PAGE_NUMBERS = frozenset({"doc-pagebreak", "pagebreak"})
_MATHML = "http://www.w3.org/1998/Math/MathML"
_WEB = ("http://", "https://", "mailto:", "tel:")
_MOST_NAMED = 10
_LINKING = ("href", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True, slots=True)
class Book:
    """The tree; the headings that stand for entries of the contents; those labels that appear on no page; and all text
    that the documents show."""

    root: etree._Element
    entries: dict[etree._Element, Entry]
    labels: frozenset[etree._Element]
    seen: tuple[str, ...]
    findings: tuple[Finding, ...]


def bound(package: Package, navigation: Navigation, keep_all: bool) -> Book:
    """Return the whole book; with `keep_all` also its covers, contents and documents outside the reading order."""
    root = etree.Element("body")
    numbers = {item.path: number for number, item in enumerate(package.spine)}
    parts: dict[str, etree._Element] = {}
    seen: list[str] = []
    left_out, sheets = _LeftOut(), StyleSheets(package)
    for item in package.spine:
        part = _part(package, item, numbers, sheets)
        if part is None:
            left_out.add("pictures that are pages", item.path)
            continue
        texts = [seen_text(part)]
        if not any(map(heading_level, part.iter(etree.Element))):
            bold_lines(part)  # what remains may still open a chapter
        seen += texts
        is_contents = item.path == package.navigation
        reason = "contents" if is_contents else ""
        reason = reason or reason_to_leave_out(part, item, navigation.landmarks.get(item.path, ""), navigation.contents)
        if reason and not keep_all:
            left_out.add(reason, item.path, [*texts, *(each.get("alt", "") for each in part.iter("{*}img"))])
            continue
        if not keep_all:
            left_out.printings += printings(part)
        if not item.linear and not keep_all:
            part.set("hidden", "")
        root.append(part)
        parts[item.path] = part
    if not keep_all:
        for path, texts in _beside(parts, root):
            left_out.add("what is not in its reading order", path, texts)
    _keep_links(root)
    _mark_pages(navigation.pages, parts, numbers)
    openings = _open(navigation, parts, numbers)
    entries = {opening.heading: opening.entry for opening in openings if opening.entry is not None}
    replaced = [text for opening in openings for text in opening.replaced]
    return Book(
        root,
        entries,
        frozenset(opening.heading for opening in openings if opening.is_label),
        tuple(seen),
        tuple(left_out.findings(replaced)),
    )


def _part(package: Package, item: Item, numbers: dict[str, int], sheets: StyleSheets) -> etree._Element | None:
    """Return a document's body as part of the book, with ids and links made unique in the book."""
    if item.media_type not in PAGES and item.media_type != "image/svg+xml":
        return None
    root = parse_document(
        package.archive.read(item.path), f"{package.name} ({in_brief(item.path)})", package.archive.entities
    )
    body = next((each for each in root.iter("{*}body", "{*}book")), None)
    if name_of(root) == "svg":
        body = etree.Element("body")
        body.append(root)
    if body is None:
        return None
    sheets.apply(root, item)
    part = etree.Element("div", id=_id(numbers[item.path], ""))
    language = language_of(body) or language_of(root)
    if language:
        part.set(XML_LANG, language)
    part.append(body)
    body.tail = None
    _choose(part)
    for element in part.iter(etree.Element):
        if element is not part:
            _rename(element, item.path, numbers)
    return part


def _id(number: int, place: str) -> str:
    return f"part-{number}-{place}"


def _choose(part: etree._Element) -> None:
    """Keep one of the alternatives that a document offers to programs with and without MathML."""
    for switch in list(part.iter("{http://www.idpf.org/2007/ops}switch")):
        cases = [each for each in switch if name_of(each) == "case"]
        kept = next((each for each in cases if each.get("required-namespace") == _MATHML), None)
        for each in list(switch):
            if each is not kept and (kept is not None or name_of(each) != "default"):
                take_out(each)


def _rename(element: etree._Element, path: str, numbers: dict[str, int]) -> None:
    for attribute in ("id", "name"):
        if place := element.get(attribute):
            element.set(attribute, _id(numbers[path], place))
    for attribute in ("aria-details", "aria-describedby", "aria-labelledby", "headers"):
        if places := element.get(attribute):
            element.set(attribute, " ".join(_id(numbers[path], place) for place in places.split()))
    if (source := element.get("src")) is not None:
        element.set("src", path_of(source, path)[0] or source)
    for attribute in _LINKING:
        if (reference := element.get(attribute)) is not None:
            _lead(element, attribute, reference.strip(), path, numbers)


def _lead(element: etree._Element, attribute: str, reference: str, path: str, numbers: dict[str, int]) -> None:
    """Point a link to the same place within the book, or to the web."""
    target, place = path_of(reference, path)
    if name_of(element) == "image":
        element.set(attribute, target or reference)
    elif target in numbers:
        element.set(attribute, f"#{_id(numbers[target], place)}")
    elif not reference.lower().startswith(_WEB):
        del element.attrib[attribute]


def _beside(parts: dict[str, etree._Element], root: etree._Element) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts outside the reading order that are not notes referred to."""
    hidden = {path: part for path, part in parts.items() if part.get("hidden") is not None}
    notes = Notes(root).parts if hidden else {}
    for path, part in hidden.items():
        del part.attrib["hidden"]
        texts = [text for body in part for text in _texts_without(body, notes)]
        part.set("hidden", "")
        if texts:
            yield path, texts


def _texts_without(element: etree._Element, notes: Container[etree._Element]) -> Iterator[str]:
    """Yield the texts of an element that are not in a note."""
    if element in notes:
        return
    if not any(each in notes for each in element.iter(etree.Element)):
        yield from seen_texts(element)
        return
    yield element.text or ""
    for child in element:
        yield from _texts_without(child, notes)
        yield child.tail or ""


def _keep_links(root: etree._Element) -> None:
    """Remove links to places that are not in the tree."""
    places = {place for each in root.iter(etree.Element) for place in (each.get("id"), each.get("name")) if place}
    for link in root.iter("{*}a"):
        reference = link.get("href", "")
        if reference.startswith("#") and reference[1:] not in places:
            del link.attrib["href"]


def _places(parts: dict[str, etree._Element], wanted: set[str]) -> dict[str, etree._Element]:
    return {
        place: each
        for part in parts.values()
        for each in part.iter(etree.Element)
        for place in (each.get("name"), each.get("id"))
        if place in wanted
    }


def _mark_pages(pages: Sequence[Entry], parts: dict[str, etree._Element], numbers: dict[str, int]) -> None:
    """Mark where the printed pages begin, if only the page list says so."""
    ids = {_id(numbers[page.path], page.place): page for page in pages if page.path in parts}
    places = _places(parts, set(ids))
    for place, page in ids.items():
        target = places.get(place)
        if target is None:
            continue
        if roles_of(target) & _PAGE_NUMBERS:
            if not (target.get("aria-label") or target.get("title") or "".join(target.itertext()).strip()):
                target.set("aria-label", page.title)
            continue
        mark = etree.Element("span", {"role": "doc-pagebreak", EPUB_TYPE: "pagebreak", "aria-label": page.title})
        mark.tail, target.text = target.text, None
        target.insert(0, mark)


def _open(navigation: Navigation, parts: dict[str, etree._Element], numbers: dict[str, int]) -> list[Opening]:
    """Create the headings of the book's chapters."""
    listed: dict[str, list[Entry]] = defaultdict(list)
    for entry in _ranked(navigation.contents, parts):
        listed[entry.path].append(entry)
    lines = {path: Lines(part) for path, part in parts.items() if part.get("hidden") is None}
    if sum(map(len, listed.values())) == 1 and _has_chapters(lines):
        listed.clear()
    wanted = {_id(numbers[entry.path], entry.place) for entries in listed.values() for entry in entries if entry.place}
    places = _places(parts, wanted)
    openings: list[Opening] = []
    for path, found in lines.items():
        targets = [
            (entry, places.get(_id(numbers[path], entry.place)) if entry.place else None) for entry in listed[path]
        ]
        openings += open_entries(found, targets)
        openings += open_unlisted(found)
    return openings


def _ranked(contents: Sequence[Entry], parts: dict[str, etree._Element]) -> Iterator[Entry]:
    """Yield the entries whose documents are read, each one level below the nearest parent entry that is read."""
    above: list[tuple[int, int]] = []  # of the enclosing entries: their levels in the contents, and here
    for entry in contents:
        while above and above[-1][0] >= entry.level:
            above.pop()
        part = parts.get(entry.path)
        is_read = part is not None and part.get("hidden") is None
        level = (above[-1][1] if above else 0) + is_read
        above.append((entry.level, level))
        if is_read:
            yield replace(entry, level=level)


def _has_chapters(lines: dict[str, Lines]) -> bool:
    """Return whether a book whose contents have a single entry has more chapters than that."""
    titles = [line for found in lines.values() for line in found.lines if _heads_chapter(line)]
    opening = [found.lines[0] for found in lines.values() if found.lines and found.lines[0].is_title]
    return len(titles) > 1 or len(opening) > 1


def _heads_chapter(line: Line) -> bool:
    """Return whether a line is a heading, or looks like one and has a number: "CHAPTER II"."""
    title = title_of(line.text) if line.is_title else None
    return not line.is_apart and bool(line.level or (title is not None and title.kind and title.number is not None))


class _LeftOut:
    """The documents that are not read, with the reasons."""

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = defaultdict(list)
        self._texts: dict[str, list[str]] = defaultdict(list)
        self.printings: list[str] = []

    def add(self, reason: str, path: str, texts: Sequence[str] = ()) -> None:
        self._paths[reason].append(path)
        self._texts[reason] += texts

    def findings(self, replaced: Sequence[str]) -> Iterator[Finding]:
        for reason, paths in self._paths.items():
            names = ", ".join(map(in_brief, paths[:_MOST_NAMED])) + ", …" * (len(paths) > _MOST_NAMED)
            yield Finding(
                "parts-left-out",
                "note",
                f"Left out of the book: {reason}, in {names}.",
                remedy="Check whether it should be read; --keep-all reads it.",
                text=" ".join(" ".join(self._texts[reason]).split()),
            )
        if self.printings:
            message = "Left out: the printing numbers in the imprint."
            yield Finding("parts-left-out", "note", message, text=" ".join(self.printings))
        if replaced:
            message = "Left out: chapter numbers that the contents write differently; those of the contents are read."
            yield Finding("heading-marks", "note", message, text=" ".join(replaced))
