"""Converts a FictionBook to a tree of HTML elements (FictionBook 2.1: http://www.fictionbook.org)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Creator, Finding, Metadata
from audio_edition.read.about import About
from audio_edition.read.document import Document
from audio_edition.read.fb2.typed_lists import rebuild_lists
from audio_edition.read.lines import folded, speakable
from audio_edition.read.tree import document_tree, each, name_of, with_data_apart
from audio_edition.read.xml.rewrite import Rewriter, line_in, put_loose_texts_into_paragraphs, texts_of

_NAMES = {
    "annotation": "div", "binary": "", "cite": "blockquote", "code": "code", "emphasis": "em", "epigraph": "blockquote",
    "p": "p", "strikethrough": "s", "strong": "strong", "sub": "sub", "sup": "sup", "table": "table", "td": "td",
    "th": "th", "tr": "tr",
}  # fmt: skip
_HREF = "{http://www.w3.org/1999/xlink}href"
_OF_ELEMENTS = frozenset({"body", "poem", "section", "stanza", "title"})
_OF_NOTES = frozenset({"comments", "footnotes", "notes"})
_LOWEST = 6
_WRITERS = ("first-name", "middle-name", "last-name")


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a tree, with what it says of itself, and its pictures by the addresses in the tree."""

    root: etree._Element
    about: About
    seen: list[str]
    findings: tuple[Finding, ...]
    pictures: dict[str, bytes]

    def picture(self, source: str) -> bytes | None:
        """Return the bytes of a picture; None if the book does not hold it."""
        try:
            return base64.b64decode(self.pictures[source]) if source in self.pictures else None
        except (binascii.Error, ValueError):
            return None


def book_of(document: Document) -> Book:
    """Return the book. Raises ReadError."""
    data, contents = with_data_apart(document.data, "binary")
    root, findings = document_tree(data, document.name)
    bodies = [*each(root, "body")]
    if not bodies:
        raise ReadError(f"{document.name} is a FictionBook without a text.", "Get the book again.")
    about = _about(root)
    seen = texts_of(*bodies)
    put_loose_texts_into_paragraphs(root, _OF_ELEMENTS)
    writer = _Writer(about, {section.get("id", "") for body in bodies if _is_of_notes(body) for section in body})
    written = etree.Element("body")
    for body in bodies:
        writer.write_body(body, written)
    findings = (*findings, *rebuild_lists(written))
    pictures = {f"#{held.get('id')}": _data_of(held, contents) for held in each(root, "binary")}
    return Book(written, about, seen, findings, pictures)


class _Writer(Rewriter):
    """Writes the bodies of a book."""

    def __init__(self, about: About, notes: set[str]) -> None:
        super().__init__(_NAMES)
        self._about = about
        self._notes = notes - {""}
        self._labels: dict[str, str] = {}
        self._level = 1
        self.rules = {
            "a": self._link,
            "empty-line": self._gap,
            "image": self._image,
            "poem": self._poem,
            "section": self._section,
            "stanza": self._stanza,
            "subtitle": self._subtitle,
            "text-author": self._author,
            "title": self._title,
        }

    def write_body(self, body: etree._Element, out: etree._Element) -> None:
        """Write a body: a book's text, or its notes."""
        if _is_of_notes(body):
            for section in body:
                if name_of(section) == "section" and section.get("id"):
                    self._note(section, out)
                else:
                    self.write(section, out)
            return
        for part in body:
            if name_of(part) == "title":
                self._book_title(part, out)
            elif name_of(part):
                self.write(part, out)

    def _note(self, section: etree._Element, out: etree._Element) -> None:
        """Write a note; its number stands at its mark already."""
        name = section.get("id", "")
        aside = etree.SubElement(out, "aside", role="doc-footnote", id=name)
        label = _signs(self._labels.pop(name, ""))
        for part in section:
            if name_of(part) == "title" and label and _signs(line_in(part)) == label:
                continue
            if name_of(part) == "title":
                etree.SubElement(aside, "p").text = line_in(part)
            elif name_of(part):
                self.write(part, aside)

    def _book_title(self, title: etree._Element, out: etree._Element) -> None:
        """Write the lines above the whole text: the title, its author, and others."""
        for line in title:
            if text := line_in(line):
                is_title = folded(text) == folded(self._about.title)
                etree.SubElement(out, "h1" if is_title else "p").text = text

    def _section(self, section: etree._Element, out: etree._Element) -> None:
        self._level += 1
        self.put("div", section, out)
        self._level -= 1

    def _title(self, title: etree._Element, out: etree._Element) -> None:
        if not speakable(line_in(title)):
            etree.SubElement(out, "p").text = line_in(title)
            return
        heading = etree.SubElement(out, f"h{min(self._level, _LOWEST)}")
        lines = [line for line in title if line_in(line)]
        for number, line in enumerate(lines):
            if number:
                etree.SubElement(heading, "br")
            self.contents(line, heading)

    def _subtitle(self, subtitle: etree._Element, out: etree._Element) -> None:
        is_heading = speakable(line_in(subtitle))
        self.put(f"h{min(self._level + 1, _LOWEST)}" if is_heading else "p", subtitle, out)

    def _gap(self, gap: etree._Element, out: etree._Element) -> None:
        etree.SubElement(out, "p").text = "\u00a0"

    def _poem(self, poem: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "div", {"class": "poem"})
        for part in poem:
            if name_of(part) == "title":
                for line in part:
                    etree.SubElement(out if not len(written) else written, "p").text = line_in(line)
            elif name_of(part):
                self.write(part, written)
        out.append(written)

    def _stanza(self, stanza: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "div", {"class": "stanza"})
        for line in stanza:
            if not name_of(line):
                continue
            if len(written):
                etree.SubElement(written, "br")
            self.contents(line, written)

    def _author(self, author: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "p", {"class": "attribution"})
        self.put("cite", author, written)

    def _link(self, link: etree._Element, out: etree._Element) -> None:
        href = link.get(_HREF) or link.get("href") or ""
        if href[1:] in self._notes and href.startswith("#"):
            self._labels.setdefault(href[1:], line_in(link))
            self.put("a", link, out, role="doc-noteref", href=href)
        else:
            self.put("a", link, out, href=href)

    def _image(self, image: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "img", src=image.get(_HREF) or image.get("href") or "")
        if told := image.get("alt") or image.get("title"):
            written.set("alt", told)


def _is_of_notes(body: etree._Element) -> bool:
    return body.get("name", "").casefold() in _OF_NOTES


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _data_of(held: etree._Element, contents: list[bytes]) -> bytes:
    text = (held.text or "").strip()
    if text.isdecimal() and len(text) < 6 and int(text) < len(contents):
        return contents[int(text)]
    return text.encode("ascii", "ignore")


def _about(root: etree._Element) -> About:
    info = next(each(root, "description/title-info"), None)
    published = next(each(root, "description/publish-info"), None)
    if info is None:
        return About()
    sequence = next(each(info, "sequence"), None)
    date = next(each(info, "date"), None)
    isbn = line_in(None if published is None else next(each(published, "isbn"), None))
    return About(
        title=line_in(next(each(info, "book-title"), None)),
        published="" if date is None else date.get("value") or line_in(date),
        language=line_in(next(each(info, "lang"), None)),
        source=line_in(None if published is None else next(each(published, "publisher"), None)),
        metadata=Metadata(
            creators=(
                *(Creator(name) for name in _people(info, "author")),
                *(Creator(name, "translator") for name in _people(info, "translator")),
            ),
            description=line_in(next(each(info, "annotation"), None)),
            subjects=tuple(line_in(word) for word in each(info, "keywords")),
            series="" if sequence is None else sequence.get("name", ""),
            series_position="" if sequence is None else sequence.get("number", ""),
            identifiers=(f"urn:isbn:{isbn}",) if isbn else (),
        ),
    )


def _people(info: etree._Element, role: str) -> Iterator[str]:
    for person in each(info, role):
        names = (line_in(next(each(person, name), None)) for name in _WRITERS)
        yield " ".join(filter(None, names)) or line_in(next(each(person, "nickname"), None))
