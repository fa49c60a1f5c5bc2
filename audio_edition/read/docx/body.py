"""Converts the text of a Word document to a tree of HTML elements.

mammoth does much the same, but drops languages, list numbers, formulas, and the positions of text boxes.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from lxml import etree

from audio_edition.read.converted import WrittenText, bare_text
from audio_edition.read.docx.captions import UNSEEN, join_captions
from audio_edition.read.docx.drawings import BOXES
from audio_edition.read.docx.embedded import embedded
from audio_edition.read.docx.flow import NEAR, Flow
from audio_edition.read.docx.headings import Headings
from audio_edition.read.docx.languages import Languages
from audio_edition.read.docx.names import DELETED, MARKS, all_in, child, choice, name_of
from audio_edition.read.docx.notes import Notes
from audio_edition.read.docx.numbering import Mark, Numbering, indent_of
from audio_edition.read.docx.package import Package
from audio_edition.read.docx.paragraphs import is_blank, is_drop_cap, is_part, is_rule, text_in
from audio_edition.read.docx.runs import Runs
from audio_edition.read.docx.scenes import mark_scenes
from audio_edition.read.docx.seen import lines_of, margins_of
from audio_edition.read.docx.styles import Style, Styles, outline_level
from audio_edition.read.docx.tables import Cell, deleted_rows, table

_DEFINED = {"term": "dt", "definition": "dd"}
_NEAR_SIBLINGS = 6
"""Paragraphs after which a list may continue."""


def text_of(package: Package, styles: Styles, *, keep_all: bool = False) -> WrittenText:
    """Return what Word shows with all changes accepted, without headers, footers, comments and contents.

    With `keep_all`, headers, footers and contents are read too.
    """
    return _Writer(package, styles, keep_all).text()


class _Writer:
    """Writes one document from beginning to end."""

    def __init__(self, package: Package, styles: Styles, keep_all: bool) -> None:
        self._package = package
        self._styles = styles
        self._keep_all = keep_all
        self._numbering = Numbering(package.part("numbering"))
        self._languages = Languages(styles.default_language)
        self._notes = Notes(package)
        self._runs = Runs(package, styles, self._languages, self._notes, keep_all=keep_all)
        self._root = etree.Element("body")
        self._headings = Headings(self._root)
        self._captions: dict[etree._Element, str] = {}
        self._before_blank: set[etree._Element] = set()  # blocks of the story with an empty paragraph after them
        self._unended: list[etree._Element] = []  # paragraphs that are part of the next one
        self._pending: list[str] = []  # link targets whose paragraph had no text

    def text(self) -> WrittenText:
        flow = Flow(self._root)
        for story in self._package.document:  # some programs write several bodies
            self._blocks(story, flow)
        left_out = self._runs.left_out
        left_out.may_be_headings = self._headings.find()
        mark_scenes(self._root, self._before_blank)
        self._write_notes()
        join_captions(self._captions)
        language = self._languages.main()
        self._runs.check_boxes.say_all(language)
        self._unlink()
        margins = margins_of(self._package, self._styles)
        if self._keep_all:
            for text in margins:
                etree.SubElement(self._root, "p").text = text
        else:
            left_out.margins = margins
        comments = (each for part in self._package.parts("comments") for each in all_in(part, "w:comment"))
        left_out.comments = [" ".join(lines_of(comment, self._styles)) for comment in comments]
        found, headings = tuple(left_out.findings()), self._headings
        return WrittenText(self._root, headings.title, language, found, headings.guessed, headings.authors)

    def _write_notes(self) -> None:
        written = 0
        while written < len(self._notes.written):  # a note may refer to another
            for note in list(self._notes.written)[written:]:
                aside = self._notes.start(note, self._root)
                self._blocks(note, Flow(aside))
                self._notes.end(note, aside)
                written += 1

    def _unlink(self) -> None:
        """Remove the targets of links to places that were not written."""
        there = {each.get("id") for each in self._root.iter("*")}
        for link in self._root.iter("a"):
            address = link.get("href", "")
            if address.startswith("#") and address[1:] not in there:
                del link.attrib["href"]

    def _blocks(self, parent: etree._Element, flow: Flow) -> None:
        for element in parent:
            name = name_of(element)
            if name == "w:p":
                self._paragraph(element, flow)
            elif name == "w:tbl":
                self._table(element, flow)
            elif name == "w:altChunk":
                self._embed(element, flow)
            elif name == "w:subDoc":
                self._runs.left_out.embedded += 1
            elif name in DELETED:
                self._runs.delete(element)
            elif name in ("m:oMathPara", "m:oMath", "w:r"):
                self._stray(element, flow)
            elif name not in MARKS and (name != "w:sdt" or self._runs.shows(element)):
                self._blocks(choice(element) if name == "mc:AlternateContent" else element, flow)

    def _stray(self, element: etree._Element, flow: Flow) -> None:
        """Write a run or formula outside any paragraph, as some programs produce them."""
        written = etree.Element("p")
        self._runs.write([element], written, Style())
        if not is_blank(written):
            flow.block(written)
        self._anchor_all(flow)

    def _embed(self, chunk: etree._Element, flow: Flow) -> None:
        body = embedded(self._package, chunk)
        if body is None:
            self._runs.left_out.embedded += 1
        else:
            if any(True for _ in body.iter("h1", "h2", "h3", "h4", "h5", "h6")):
                self._headings.has_styles = True
            flow.block(body)
            self._runs.left_out.embedded_layout += 1

    def _paragraph(self, paragraph: etree._Element, flow: Flow) -> None:
        """Write a paragraph, unless it is part of the next one: a drop cap, or one whose end was deleted."""
        self._unended.append(paragraph)
        if not is_part(paragraph):
            parts, self._unended = self._unended, []
            self._write(parts, flow)

    def _write(self, parts: list[etree._Element], flow: Flow) -> None:
        properties = child(parts[-1], "w:pPr")
        style = self._styles.of_paragraph(properties)
        if style.kind == "contents" and not self._keep_all:
            self._runs.left_out.contents += [f"{text_in(part)} " for part in parts]
            return
        mark = self._numbering.mark(child(properties, "w:numPr"), style.numbering)
        self._runs.looks.clear()
        written = self._written(parts, style)
        looks = Counter(self._runs.looks)
        if not is_blank(written) or (mark is not None and self._runs.anchored):
            is_plain = self._put(written, parts, style, mark, flow)
            self._headings.note_line(written, flow, looks if is_plain else None)
        elif style.kind == "code" and flow.is_in_code:
            flow.code(etree.Element("span"))
        elif is_rule(properties) and not self._runs.anchored:
            flow.block(etree.Element("hr"))
        elif not self._runs.anchored and flow.is_in(self._root) and flow.last is not None:
            self._before_blank.add(flow.last)
        self._anchor_all(flow)

    def _written(self, parts: list[etree._Element], style: Style) -> etree._Element:
        """Return a paragraph with all its runs, and with the id that links to it use."""
        written = etree.Element("p")
        for part in parts:
            self._runs.write(part, written, style)
            if len(parts) > 1 and is_drop_cap(part):
                for each in list(written.iter("em", "strong")):
                    each.tag = "span"
            if place := self._runs.places.id_of(part):
                self._pending.append(place)
        if self._pending and not is_blank(written):
            written.set("id", self._pending[0])
            for place in self._pending[1:]:
                written.insert(0, etree.Element("span", id=place))
            self._pending.clear()
        return written

    def _put(
        self, written: etree._Element, parts: list[etree._Element], style: Style, mark: Mark | None, flow: Flow
    ) -> bool:
        """Put a paragraph where it belongs, with its number as text where HTML can't express it.

        Return whether it is a plain paragraph.
        """
        properties = child(parts[-1], "w:pPr")
        level, indent = self._level(style, properties), indent_of(properties)
        if mark is not None and mark.text and (level or mark.style is None):
            number = etree.Element("span")
            number.text = f"{mark.text} "
            written.insert(0, number)
        if level:
            self._headings.put(written, level, flow, is_title=style.kind == "title")
        elif mark is not None:
            if mark.checked is not None:
                self._runs.check_boxes.write(written, mark.checked, first=True)
            indents = (indent, mark.indent, style.indent)
            flow.item(written, mark, next((each for each in indents if each is not None), None))
        elif style.kind == "code":
            written.tag = "span"
            flow.code(written)
        elif style.kind == "quote":
            flow.quoted(written)
        elif style.kind in _DEFINED:
            flow.defined(written, _DEFINED[style.kind])
        else:
            self._note_caption(written, parts, style)
            indent = style.indent if indent is None else indent
            if style.kind == "author":
                self._headings.put_author(written)
            if not self._goes_on_with_item(written, parts[-1], style, indent, flow):
                flow.block(written)
                return True
            flow.continued(written, indent)
        return False

    def _level(self, style: Style, properties: etree._Element | None) -> int:
        """Return the level of a heading below the title; 0 for other paragraphs."""
        if style.kind == "title":
            return 1
        own = outline_level(properties)
        level = style.level if own is None else own % 10
        return min(6, level + self._headings.has_title) if level else 0

    def _note_caption(self, written: etree._Element, parts: list[etree._Element], style: Style) -> None:
        """Remember a paragraph that is a caption, by its style or because it begins with a counter."""
        counters = self._runs.fields.counters
        runs = (run for part in parts for run in all_in(part, "w:r")) if counters else ()
        counts = next((counters[run] for run in runs if run in counters), "")
        if not counts and style.kind != "caption":
            return
        text = bare_text(written).casefold()
        if style.kind == "caption" or text.startswith(counts.casefold()):
            self._captions[written] = counts or text.partition(" ")[0]

    def _goes_on_with_item(
        self, written: etree._Element, paragraph: etree._Element, style: Style, indent: int | None, flow: Flow
    ) -> bool:
        """Return whether a paragraph without a number continues the item above it: the list continues below, and it has
        the same indent as the item's text, or is a picture."""
        if not flow.lists or style.kind == "continued":
            return bool(flow.lists)
        is_set_in = indent is not None and indent > 0 and indent + NEAR >= flow.indent
        is_picture = written in self._captions or not "".join(map(str, written.itertext())).strip()
        return (is_set_in or is_picture) and self._goes_on(paragraph, flow.lists)

    def _goes_on(self, paragraph: etree._Element, lists: frozenset[str]) -> bool:
        """Return whether one of the lists continues soon after a paragraph."""
        for sibling in islice(paragraph.itersiblings(), _NEAR_SIBLINGS):
            properties = child(sibling, "w:pPr")
            style = self._styles.of_paragraph(properties)
            if self._numbering.list_of(child(properties, "w:numPr"), style.numbering) in lists:
                return True
            if style.is_heading:
                return False
        return False

    def _anchor_all(self, flow: Flow) -> None:
        """Put text boxes and drawings after the paragraph that they are anchored in."""
        anchored, self._runs.anchored = self._runs.anchored, []
        for element in anchored:
            if name_of(element) in BOXES:
                self._blocks(element, Flow(etree.SubElement(flow.place, "div")))
                continue
            place = etree.SubElement(flow.place, "p") if element.tag == "img" else flow.place
            place.append(element)
            self._headings.note_line(element, flow)

    def _table(self, element: etree._Element, flow: Flow) -> None:
        for row in deleted_rows(element):
            self._runs.delete(row)
        found = table(element, self._styles)
        written = etree.Element("table")
        flow.block(written)
        self._headings.note_line(written, flow)
        if found.layout:
            written.set("role", "presentation")
        elif found.title:
            etree.SubElement(written, "caption", {"class": UNSEEN}).text = found.title
        parts = {part: etree.SubElement(written, part) for part in ("thead", "tbody")[not found.head :]}
        for number, cells in enumerate(found.rows):
            row = etree.SubElement(parts["thead" if number < found.head else "tbody"], "tr")
            for cell in cells:
                self._cell(cell, row)

    def _cell(self, cell: Cell, row: etree._Element) -> None:
        written = etree.SubElement(row, "th" if cell.header else "td")
        if cell.header:
            written.set("scope", "col" if cell.header == "column" else "row")
        for attribute, count in (("colspan", cell.columns), ("rowspan", cell.rows)):
            if count > 1:
                written.set(attribute, str(count))
        self._blocks(cell.element, Flow(written))
        for each in list(written.iter("strong")) if cell.header else ():
            each.tag = "span"
