"""Lists what a person can see in a Word document: one plain pass over its parts, independent of the reader.

The account compares it with what was read. It includes what Word prints with all changes accepted, and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.read.docx.drawings import BOXES
from audio_edition.read.docx.embedded import embedded_texts
from audio_edition.read.docx.names import DELETED, all_in, child, choice, name_of, said
from audio_edition.read.docx.package import Package, Parts
from audio_edition.read.docx.styles import Style, Styles, has
from audio_edition.read.docx.symbols import symbol

_LETTER = re.compile(r"([^\W\d_])")
"""Each letter of a formula is a word: xy is x times y."""

_TEXTS = frozenset({"m:t", "v:textpath", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab", "w:sym", "w:t", "w:tab"})
_APART = frozenset({"a:p", "w:rt", *BOXES})
_UNSEEN = frozenset({"w:del", "w:delText", "w:instrText", "w:moveFrom", "w:pPr", "w:rPr"})
_OF_NUMBERS = frozenset({"c:numCache", "c:numLit", "cx:numDim"})
"""Elements with numbers: a chart shows them rounded, as dates or not at all."""

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTES = (("footnotes", "w:footnote", "w:footnoteReference"), ("endnotes", "w:endnote", "w:endnoteReference"))


def seen_texts(package: Package, styles: Styles) -> tuple[str, ...]:
    """Return the text of each paragraph: of the story, its boxes, notes, drawings, headers, footers and comments."""
    stories = [package.document, *_notes(package), *package.parts("comments")]
    found = [line for story in stories for line in lines_of(story, styles)]
    drawn = [text for story in stories for text in drawn_texts(package, story)]
    embedded = [text for chunk in all_in(package.document, "w:altChunk") for text in embedded_texts(package, chunk)]
    return (*found, *drawn, *embedded, *margins_of(package, styles))


def margins_of(package: Package, styles: Styles) -> list[str]:
    """Return the texts of headers and footers, repeated ones once."""
    parts = (*package.parts("header"), *package.parts("footer"))
    return list(dict.fromkeys(filter(None, (" ".join(lines_of(part, styles)) for part in parts))))


def lines_of(root: etree._Element, styles: Styles) -> list[str]:
    """Return the text of each paragraph in a part; empty if the part is missing."""
    lines = _Lines(root, styles)
    lines.take(root)
    return lines.found()


def drawn_texts(package: Parts, story: etree._Element) -> list[str]:
    """Return the texts of SmartArt and charts: titles, series names, and categories, which each series repeats."""
    return [text for part in drawn_parts(package, story) for text in _texts_of(part)]


def _texts_of(part: etree._Element) -> list[str]:
    lines = ["".join(text.text or "" for text in all_in(line, "a:t")) for line in all_in(part, "a:p")]
    values = (
        each.text or ""
        for each in all_in(part, "c:v", "cx:pt")
        if not any(name_of(above) in _OF_NUMBERS for above in each.iterancestors())
    )
    return list(filter(None, (*lines, *dict.fromkeys(values))))


def drawn_parts(package: Parts, story: etree._Element) -> list[etree._Element]:
    """Return the roots of the charts and SmartArt that a story shows, each once."""
    shapes = all_in(story, "c:chart", "cx:chart", "dgm:relIds")
    ids = ((each, said(each, "r:dm") or said(each, "r:id")) for each in shapes if not _is_deleted(each))
    found = (package.related_root(each, name) for each, name in ids)
    return list(dict.fromkeys(part for part in found if part is not None))


def _notes(package: Package) -> Iterator[etree._Element]:
    """Yield the notes that are referred to."""
    for part, name, mark in _NOTES:
        root = package.part(part)
        every = {said(note, "w:id"): note for note in all_in(root, name) if said(note, "w:type") not in _SEPARATORS}
        waiting, known = [package.document], set[str]()
        while waiting:
            for each in all_in(waiting.pop(), mark):
                id = said(each, "w:id")  # noqa: A001
                if id in every and id not in known and not _is_deleted(each):
                    known.add(id)
                    waiting.append(every[id])
                    yield every[id]


def _is_deleted(element: etree._Element) -> bool:
    return any(name_of(above) in (*DELETED, "mc:Fallback") for above in element.iterancestors())


class _Lines:
    """Collects the lines of a part; those of a box inside a paragraph are separate."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._found: list[list[str]] = []
        self._open: list[list[str]] = []
        self._joined: list[str] | None = None
        self._style = Style()  # of the open paragraph
        self._instructions = _in_instructions(root)

    def found(self) -> list[str]:
        lines = (" ".join("".join(line).split()) for line in self._found)
        return list(filter(None, lines))

    def take(self, element: etree._Element) -> None:
        name = name_of(element)
        if name == "w:p":
            self._paragraph(element)
        elif name in _APART:
            self._apart(element)
        elif name in _TEXTS:
            self._text(element, name)
        elif name == "mc:AlternateContent":
            self.take_all(choice(element))
        elif not self._is_unseen(element, name):
            self.take_all(element)

    def _text(self, element: etree._Element, name: str) -> None:
        if name == "w:t":
            self._say("" if element in self._instructions else element.text or "")
        elif name == "m:t":
            self._say(" " + _LETTER.sub(r"\1 ", element.text or "") + " ")
        elif name == "w:sym":
            self._say(symbol(said(element, "w:font"), said(element, "w:char")) or "")
        elif name == "v:textpath":
            self._say(f" {element.get('string', '')} ")
        else:
            self._say("-" if name == "w:noBreakHyphen" else " ")

    def _is_unseen(self, element: etree._Element, name: str) -> bool:
        if name == "w:r":
            return self._is_hidden(element)
        if name == "w:tr":
            return child(element, "w:trPr", "w:del") is not None
        return name in _UNSEEN or (name == "w:sdt" and child(element, "w:sdtPr", "w14:checkbox") is not None)

    def take_all(self, element: etree._Element) -> None:
        for each in element:
            self.take(each)

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
        else:
            self._found.append([text])

    def _apart(self, element: etree._Element) -> None:
        joined, self._joined = self._joined, None
        self._open.append([])
        for text in all_in(element, "a:t") if name_of(element) == "a:p" else ():
            self._say(text.text or "")
        self.take_all(element)
        self._found.append(self._open.pop())
        self._joined = joined

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = child(paragraph, "w:pPr")
        line, self._joined = self._joined, None
        if line is None:
            line = []
            self._found.append(line)
        self._open.append(line)
        style, self._style = self._style, self._styles.of_paragraph(properties)
        self.take_all(paragraph)
        self._style = style
        self._open.pop()
        marks = child(properties, "w:rPr")
        cap = said(child(properties, "w:framePr"), "w:dropCap") in ("drop", "margin")
        if cap or (marks is not None and any(name_of(each) in DELETED for each in marks)):
            self._joined = line

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = child(run, "w:rPr")
        return has(properties, self._styles.of_run(properties), self._style, "w:vanish")


def _in_instructions(root: etree._Element) -> set[etree._Element]:
    """Return the texts inside field instructions, which are never shown. A field without an end has none."""
    found: set[etree._Element] = set()
    fields: list[list[etree._Element] | None] = []  # each open field's instruction texts; None once in its result
    instructions: list[list[etree._Element]] = []
    for element in all_in(root, "w:t", "w:fldChar"):
        kind = said(element, "w:fldCharType")
        if name_of(element) == "w:t":
            if instructions:
                instructions[-1].append(element)
        elif kind == "begin":
            instructions.append([])
            fields.append(instructions[-1])
        elif kind in ("separate", "end") and fields:
            if fields[-1] is not None:
                found.update(instructions.pop())
                fields[-1] = None
            if kind == "end":
                fields.pop()
    return found
