"""In: a Word document's parts. Out: its text as a tree of HTML elements, and what it says besides.

mammoth would do the same, but leaves out languages, the numbers of lists, formulas, and where a text box stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.model import Finding
from audio_edition.read.docx.languages import Languages
from audio_edition.read.docx.names import all_in, child, name_of, said
from audio_edition.read.docx.numbering import Numbering
from audio_edition.read.docx.package import Package
from audio_edition.read.docx.runs import DELETED, TRANSPARENT, Runs, choice, formula, is_shown_control
from audio_edition.read.docx.styles import Style, Styles, outline_level
from audio_edition.read.docx.tables import deleted_rows, rows_of

_TAGS = {"title": "h1", "quote": "blockquote", "caption": "figcaption", "code": "pre"}


@dataclass(frozen=True, slots=True)
class Text:
    """The tree of a document's text. `title` is what stands there in Word's style for titles."""

    root: etree._Element
    title: str
    language: str
    findings: tuple[Finding, ...]


def text_of(package: Package) -> Text:
    """What Word shows of the document with all its changes accepted, but headers, footers, comments and contents."""
    return _Writer(package).text()


class _Writer:
    """Writes one document, from its beginning to its end."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._languages = Languages(self._styles.default_language)
        self._runs = Runs(package, self._styles, self._languages)
        self._titles: list[etree._Element] = []
        self._unended: list[etree._Element] = []  # paragraphs whose end was deleted

    def text(self) -> Text:
        root = etree.Element("body")
        story = child(self._package.document, "w:body")
        if story is not None:
            self._blocks(story, root)
        self._write_notes(root)
        title = " ".join("".join(self._titles[0].itertext()).split()) if self._titles else ""
        return Text(root, title, self._languages.main(), tuple(self._findings()))

    def _write_notes(self, root: etree._Element) -> None:
        written = 0
        while written < len(self._runs.notes):  # a note may refer to another
            for note, number in list(self._runs.notes.items())[written:]:
                self._blocks(note, etree.SubElement(root, "aside", role="doc-footnote", id=f"note-{number}"))
                written += 1

    def _blocks(self, parent: etree._Element, out: etree._Element) -> None:
        for element in parent:
            name = name_of(element)
            if name == "w:p":
                self._paragraph(element, out)
            elif name == "w:tbl":
                self._table(element, out)
            elif name == "w:sdt" and is_shown_control(element):
                self._blocks(element, out)
            elif name == "mc:AlternateContent":
                self._blocks(choice(element), out)
            elif name == "m:oMathPara":
                formula(element, out)
            elif name == "w:altChunk":
                self._runs.seen.embedded += 1
            elif name in DELETED:
                self._runs.delete(element)
            elif name in TRANSPARENT:
                self._blocks(element, out)

    def _paragraph(self, paragraph: etree._Element, out: etree._Element) -> None:
        """A paragraph; one whose end was deleted is part of the next."""
        self._unended.append(paragraph)
        marks = child(paragraph, "w:pPr", "w:rPr")
        ended = marks is None or not any(name_of(each) in DELETED for each in marks)
        if ended or paragraph.getnext() is None or name_of(paragraph.getnext()) != "w:p":
            parts, self._unended = self._unended, []
            self._write(parts, out)

    def _write(self, parts: list[etree._Element], out: etree._Element) -> None:
        properties = child(parts[-1], "w:pPr")
        style = self._styles.of(said(child(properties, "w:pStyle")) or self._styles.default_paragraph)
        if style.kind == "contents":
            return
        mark = self._numbering.mark(child(properties, "w:numPr"), style.numbering)
        written = etree.SubElement(out, self._tag(style, properties, mark))
        for part in parts:
            self._runs.write(part, written, style)
        if not len(written):
            out.remove(written)
        elif style.kind == "title":
            self._titles.append(written)
        if mark and len(written):
            number = etree.Element("span")
            number.text = f"{mark} "
            written.insert(0, number)
        boxes, self._runs.boxes = self._runs.boxes, []
        for box in boxes:  # they follow the paragraph in which they are anchored
            self._blocks(box, etree.SubElement(out, "div"))

    def _tag(self, style: Style, properties: etree._Element | None, mark: str | None) -> str:
        own = outline_level(properties)
        level = style.level if own is None else own % 10
        if style.kind in _TAGS:
            return _TAGS[style.kind]
        if level:
            return f"h{min(6, level + bool(self._titles))}"
        return "p" if mark is None else "li"

    def _table(self, element: etree._Element, out: etree._Element) -> None:
        for row in deleted_rows(element):
            self._runs.delete(row)
        table = etree.SubElement(out, "table")
        for cells in rows_of(element):
            row = etree.SubElement(table, "tr")
            for cell in cells:
                written = etree.SubElement(row, "th" if cell.is_header else "td")
                for attribute, count in (("colspan", cell.columns), ("rowspan", cell.rows)):
                    if count > 1:
                        written.set(attribute, str(count))
                self._blocks(cell.element, written)

    def _findings(self) -> Iterator[Finding]:
        seen = self._runs.seen
        if seen.changes:
            yield Finding(
                "tracked-changes",
                "warning",
                f"The document keeps changes that nobody has accepted ({seen.changes}): it is read as if all were.",
                remedy="Accept or reject them in Word.",
                text="".join(seen.deleted),
            )
        comments = self._package.part("comments")
        count = sum(1 for _ in all_in(comments, "w:comment")) if comments is not None else 0
        if count:
            yield Finding("comments-left-out", "note", f"Left out: comments of those who worked on the text: {count}.")
        if seen.symbols:
            message = f"Symbols of a font, which no letters stand for, were left out: {seen.symbols}."
            yield Finding("symbols-left-out", "warning", message, remedy="Write in words what they mean.")
        if seen.embedded:
            message = f"Documents inside the document were left out: {seen.embedded}."
            yield Finding("embedded-left-out", "warning", message, remedy="Put their text into the document itself.")
