"""Reads pages without tags by how they look: reading order, paragraphs, headings, lists, captions, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from audio_edition.pdf.facts import Box, Entry, Mark, Page, Span
from audio_edition.read.lines import speakable
from audio_edition.read.pdf.boxes import centred_lines, is_centred, with_boxes, with_charts
from audio_edition.read.pdf.figures import source_of
from audio_edition.read.pdf.furniture import Furniture, Search
from audio_edition.read.pdf.headings import Headings, Looks
from audio_edition.read.pdf.hyphens import Hyphens
from audio_edition.read.pdf.judged import Judged, Kind, Part
from audio_edition.read.pdf.leaders import contents_in, with_leaders
from audio_edition.read.pdf.left_out import LeftOut
from audio_edition.read.pdf.lines import Line, lines_of, spaced, upright, with_drop_caps
from audio_edition.read.pdf.order import in_reading_order
from audio_edition.read.pdf.paragraphs import Paragraph, bullet_of, goes_on, number_of, paragraphs_of
from audio_edition.read.pdf.strays import with_drawn_bullets, with_note_numbers, with_tails
from audio_edition.read.pdf.tables import cell_element, columns_of, heads, places_of, with_marks, with_rows
from audio_edition.read.pdf.writing import Piece, Pieces, break_before, clean, plainly, text_of, write

_CONTENTS = re.compile(r"[^\s.:_][ \u00a0]*(?:\.[ \u00a0]?){4,}\s*[\divxlc]{0,6}$", re.IGNORECASE)
"""An entry of a table of contents. What a colon precedes is to be filled in."""

_SMALL = 0.93
"""Times the size of the text: notes and captions are smaller."""

_NOTE_MARK = re.compile(r"(\d{1,3}|[*†‡§]{1,3}|[a-z](?=[ .)]))[.)]?")
_GLUED_MARK = re.compile(r"(\d{1,3})(?=[^\W\d_])")
"""The number of a note without anything between it and the text."""

_INITIAL = re.compile(r"[A-Z]\. (?:[A-Z]\. )*[A-Z][a-z]")
"""Of a name: “P. Carter”. An item of a list has others."""

_NEAR = 30.0
"""Points between a picture and its caption."""

_MOST_LINES = 3_000
"""Of a page whose order is looked for."""


@dataclass(slots=True)
class Survey:
    """What a first look over all pages tells: how their text looks, what they repeat, which words are whole."""

    looks: Looks
    furniture: Furniture
    hyphens: Hyphens
    keep_all: bool = False


def survey_of(pages: Iterable[Page], labels: Sequence[str], language: str, *, keep_all: bool = False) -> Survey:
    """Look over all pages. With `keep_all`, nothing of them is furniture."""
    looks, search, hyphens = Looks(), Search(), Hyphens(language)
    for page in pages:
        lines = _lines(page, LeftOut())
        looks.count(lines)
        search.look(page.number, lines)
        for line in lines:
            hyphens.learn(line.text.split()[1:-1])
    furniture = search.furniture(labels)
    if keep_all:
        furniture.keys.clear()
    return Survey(looks, furniture, hyphens, keep_all)


def _lines(page: Page, left_out: LeftOut, *, keep_all: bool = False) -> list[Line]:
    """Return the lines of a page that may be read, in drawing order."""
    spans, turned = upright(page)
    if keep_all:
        return lines_of([span for span in spans if not span.marks & Mark.UNSEEN], page)
    if turned:
        left_out.add("turned-text", spaced([span for span in turned if not span.marks & Mark.UNSEEN], page))
    spans = [span for span in spans if not span.marks & Mark.UNSEEN]
    if furniture := [span for span in spans if span.is_artifact]:
        left_out.add("page-heads", spaced(furniture, page))
    return lines_of([span for span in spans if not span.is_artifact], page)


class Untagged:
    """Writes pages, one after the other, into an element. `label` returns the label of a page."""

    def __init__(
        self,
        out: etree._Element,
        survey: Survey,
        outline: Sequence[Entry],
        label: Callable[[int], str],
        left_out: LeftOut,
        judged: Judged,
    ) -> None:
        self._judged = judged
        self._out = out
        self._survey = survey
        self._label = label
        self._headings = Headings(survey.looks, outline)
        self._pieces = Pieces(survey.hyphens, label)
        self._left_out = left_out
        self._open: _Open | None = None
        self._caption: _Open | None = None
        self._shown: set[str] = set()
        self._list: _List | None = None
        self._marks: set[str] = set()
        """What the paragraphs of the page begin with as items do."""
        self._size = survey.looks.body[0]
        self._notes = 0

    def page(self, page: Page) -> None:
        """Write a page."""
        lines = []
        self._judge_spans(page)
        keep_all = self._survey.keep_all
        for line in _lines(page, self._left_out, keep_all=keep_all):
            if self._survey.furniture.holds(line):
                self._left_out.add("page-heads", line.text)
                self._judged.lines("running head", [line])
            elif _CONTENTS.search(line.text) and not keep_all:
                self._left_out.add("contents-left-out", line.text)
                self._judged.lines("contents", [line])
            else:
                lines.append(line)
        if len(lines) <= _MOST_LINES:
            lines = with_marks(with_drawn_bullets(with_drop_caps(lines), page))
            lines = with_rows(with_charts(with_leaders(with_note_numbers(lines)), page), page.rules)
            lines = in_reading_order(with_boxes(with_tails(lines), page, self._size))
            lines = lines if keep_all else self._without_contents(lines)
        paragraphs = self._merged(paragraphs_of(lines))
        notes = self._notes_of(paragraphs)
        self._pieces.link(page)
        self._write_page(page, paragraphs, notes)
        if keep_all:
            self._write_turned(page)

    def _without_contents(self, lines: list[Line]) -> list[Line]:
        """Return the lines of a page without a list of contents."""
        contents = contents_in(lines)
        for line in contents:
            self._left_out.add("contents-left-out", line.text)
        if contents:
            self._judged.lines("contents", contents)
        return [line for line in lines if line not in contents]

    def _judge_spans(self, page: Page) -> None:
        """Keep what is not among the lines: pictures, artifacts, and what is turned."""
        self._judged.parts += (Part(page.number, "picture", image, "") for image in _large(page.images))
        if self._survey.keep_all:
            return
        spans, turned = upright(page)
        found: dict[Kind, list[Span]] = {
            "turned text": turned,
            "running head": [span for span in spans if span.is_artifact],
        }
        for kind, own in found.items():
            if seen := [span for span in own if not span.marks & Mark.UNSEEN]:
                self._judged.spans(kind, page.number, seen)

    def _judge(
        self,
        paragraph: Paragraph,
        headings: Mapping[Paragraph, int],
        notes: Mapping[Paragraph, str],
        images: Sequence[Box],
    ) -> None:
        """Keep what a paragraph is taken for; a heading is kept with its element."""
        kind: Kind = "text"
        if paragraph.is_row:
            kind = "table"
        elif paragraph.is_box:
            kind = "box"
        elif paragraph in notes:
            kind = "note"
        elif paragraph in headings:
            return
        elif self._is_caption(paragraph, images):
            kind = "caption"
        elif bullet_of(clean(paragraph.text)) or number_of(clean(paragraph.text)):
            kind = "list item"
        self._judged.lines(kind, paragraph.lines)

    def add(self, elements: Iterable[etree._Element]) -> None:
        """Add what is read after the last page."""
        self._list = None
        self._out.extend(elements)

    def end(self) -> None:
        """Settle what only the whole document tells."""
        self._close()
        self._place_notes()
        self._headings.set_levels()

    def _merged(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """Return the paragraphs with headings whole that were parted at their lines."""
        found: list[Paragraph] = []
        for paragraph in paragraphs:
            last = found[-1] if found else None
            if last is not None and self._is_one_heading(last, paragraph):
                last.lines += paragraph.lines
            else:
                found.append(paragraph)
        return found

    def _is_one_heading(self, one: Paragraph, other: Paragraph) -> bool:
        if one.style[1:] != other.style[1:] or number_of(other.text) or one.size <= 1.05 * self._size:
            return False
        drop = one.lines[-1].base - other.lines[0].base
        return self._headings.may_be(one) and self._headings.may_be(other) and 0 < drop < 1.5 * one.lines[-1].height

    def _write_turned(self, page: Page) -> None:
        """Write what is turned behind the rest of its page, a paragraph for each line."""
        _, turned = upright(page)
        for line in lines_of([span for span in turned if not span.marks & Mark.UNSEEN], page):
            write(self._pieces.of([line], {}, line.style), etree.SubElement(self._out, "p"))

    # --- notes and captions

    def _notes_of(self, paragraphs: Sequence[Paragraph]) -> dict[Paragraph, str]:
        """Return the notes at the foot of a page, each with its mark, which stands raised in the text above."""
        raised = {
            clean(span.text).strip(".,;()[]")
            for paragraph in paragraphs
            for line in paragraph.lines
            for span in line.spans
            if span.base - line.base > 0.15 * line.size
        }
        found: dict[Paragraph, str] = {}
        for paragraph in reversed(paragraphs):
            if paragraph.size > _SMALL * self._size:
                continue
            mark = _NOTE_MARK.match(clean(paragraph.text))
            if mark and mark[1] in raised and mark[1] not in found.values():
                found[paragraph] = mark[1]
        return found

    def _is_caption(self, paragraph: Paragraph, images: Sequence[Box]) -> bool:
        return self._picture_of(paragraph, images) is not None

    def _picture_of(self, paragraph: Paragraph, images: Sequence[Box]) -> Box | None:
        """Return the picture that a paragraph in smaller type stands right below, or above; None if it is no
        caption."""
        style = paragraph.style
        is_plain = style.size > _SMALL * self._size and not style.italic and not paragraph.is_bold
        if is_plain or len(paragraph.lines) > 8:
            return None
        near = [image for image in images if _is_near(paragraph.box, image)]
        return min(near, key=lambda image: abs(image.bottom - paragraph.box.top)) if near else None

    # --- writing

    def _write_page(self, page: Page, paragraphs: Sequence[Paragraph], notes: dict[Paragraph, str]) -> None:
        ids = {}
        for mark in reversed(notes.values()):
            self._notes += 1
            ids[page.number, mark] = f"note-{self._notes}"
        headings = self._headings.found([each for each in paragraphs if each not in notes])
        images = _large(page.images)
        self._marks = {number_of(clean(paragraph.text)) for paragraph in paragraphs}
        is_marked = False
        rows: list[Line] = []
        for paragraph in paragraphs:
            is_special = paragraph in headings or paragraph in notes
            self._judge(paragraph, headings, notes, images)
            if paragraph.is_row:
                rows += paragraph.lines
                continue
            rows = self._write_rows(rows)
            if not speakable(paragraph.text):
                self._left_out.add("separator", paragraph.text)
            elif not is_special and self._goes_on(paragraph, ids):
                is_marked = True
            else:
                if not is_marked:
                    self._mark_page(page.number)
                    is_marked = True
                if paragraph in notes:
                    self._write_note(paragraph, ids[page.number, notes[paragraph]])
                elif paragraph in headings:
                    self._write_heading(paragraph, headings[paragraph], ids)
                else:
                    self._write_text(paragraph, ids, images)
        self._write_rows(rows)
        if not is_marked:
            self._mark_page(page.number)

    def _write_rows(self, rows: Sequence[Line]) -> list[Line]:
        """Write rows as a table, or as paragraphs if their cells stand in no columns. Return none that are left."""
        if not rows:
            return []
        self._close()
        self._list = None
        columns = columns_of(rows)
        places = [places_of(row, columns) for row in rows]
        if len(columns) < 2 or not all(places):
            for row in rows:
                write(self._pieces.of([row], {}, row.style), etree.SubElement(self._out, "p"))
            return []
        table = etree.SubElement(self._out, "table")
        for at, (row, place) in enumerate(zip(rows, places, strict=True)):
            self._write_row(etree.SubElement(table, "tr"), row, place or [], len(columns), at == 0 and heads(rows))
        return []

    def _write_row(self, out: etree._Element, row: Line, places: Sequence[range], columns: int, is_head: bool) -> None:
        at = 0
        for cell, place in zip(row.cells, places, strict=True):
            for empty in range(at, place.start):
                cell_element(out, is_head, range(empty, empty + 1))
            pieces = plainly(self._pieces.of([cell], {}, cell.style))
            write(pieces, cell_element(out, is_head, place))
            at = place.stop
        for empty in range(at, columns):
            cell_element(out, is_head, range(empty, empty + 1))

    def _write_text(self, paragraph: Paragraph, ids: dict[tuple[int, str], str], images: Sequence[Box]) -> None:
        """Write a box, a caption, an item of a list, or a paragraph."""
        if paragraph.is_box:
            self._write_box(paragraph.lines[0])
        elif (picture := self._picture_of(paragraph, images)) is not None:
            self._write_caption(paragraph, ids, picture)
        elif paragraph.verse:
            self._write_verse(paragraph, ids)
        elif not self._write_item(paragraph, ids):
            self._write_paragraph(paragraph, ids)

    def _mark_page(self, number: int) -> None:
        if self._label(number):
            self._out.append(break_before(self._label(number)))

    def _goes_on(self, paragraph: Paragraph, ids: dict[tuple[int, str], str]) -> bool:
        """Add a paragraph to the one, or to the caption, that its column or page cut."""
        for cut in (self._caption, self._open):
            if (
                cut is not None
                and goes_on(cut.paragraph, paragraph)
                and (cut is self._open or _are_alike(cut.paragraph, paragraph))
            ):
                cut.paragraph.lines += paragraph.lines
                cut.paragraph.is_open = paragraph.is_open
                cut.ids.update(ids)
                return True
        return False

    def _close(self) -> None:
        """Write the text of the paragraph that might have gone on."""
        for cut in filter(None, (self._open, self._caption)):
            self._write_cut(cut)
        self._open = self._caption = None

    def _write_cut(self, cut: _Open) -> None:
        pieces = self._pieces.of(cut.paragraph.lines, cut.ids, cut.paragraph.style)
        write(plainly(_without(pieces, cut.bullet)), cut.element)

    def _write_paragraph(self, paragraph: Paragraph, ids: dict[tuple[int, str], str]) -> None:
        self._close()
        self._list = None
        element = etree.SubElement(self._out, "p")
        self._open = _Open(element, paragraph, dict(ids))

    def _write_verse(self, paragraph: Paragraph, ids: dict[tuple[int, str], str]) -> None:
        """Write a stanza, line by line."""
        self._close()
        self._list = None
        element = etree.SubElement(self._out, "p", {"class": "verse"})
        for at, line in enumerate(paragraph.verse):
            if at:
                etree.SubElement(element, "br")
            write(self._pieces.of(line, ids, paragraph.style), element)

    def _write_heading(self, paragraph: Paragraph, level: int, ids: dict[tuple[int, str], str]) -> None:
        self._close()
        self._list = None
        element = etree.SubElement(self._out, "h2")
        self._judged.lines("heading", paragraph.lines, element)
        write(self._pieces.of(paragraph.lines, ids, paragraph.style), element)
        self._headings.write(element, paragraph, level)

    def _write_caption(self, paragraph: Paragraph, ids: dict[tuple[int, str], str], picture: Box) -> None:
        figure = etree.SubElement(self._out, "figure")
        source = source_of(paragraph.page, picture)
        if source not in self._shown:
            self._shown.add(source)
            etree.SubElement(figure, "img", src=source)
        if self._caption is not None:
            self._write_cut(self._caption)
        self._caption = _Open(etree.SubElement(figure, "figcaption"), paragraph, dict(ids))

    def _write_note(self, paragraph: Paragraph, id: str) -> None:  # noqa: A002
        aside = etree.SubElement(self._out, "aside", role="doc-footnote", id=id)
        pieces = self._pieces.of(paragraph.lines, {}, paragraph.style)
        glued = _GLUED_MARK.match(text_of(pieces))
        write(_without(pieces, glued[1]) if glued else pieces, etree.SubElement(aside, "p"))

    def _place_notes(self) -> None:
        """Put each note behind the block that refers to it."""
        places = {each.get("href", ""): each for each in self._out.iter("a") if each.get("role") == "doc-noteref"}
        for aside in reversed([each for each in self._out if each.get("id")]):
            block = places.get(f"#{aside.get('id')}")
            while block is not None and block.getparent() is not self._out:
                block = block.getparent()
            if block is not None:
                block.addnext(aside)

    def _write_box(self, box: Line) -> None:
        """Write a box as an aside: notices line by line, others by their paragraphs."""
        self._list = None
        lines = in_reading_order(box.boxed)
        parts = centred_lines(box) if is_centred(box) else [each.lines for each in paragraphs_of(lines)]
        aside = etree.SubElement(self._out, "aside")
        for part in parts:
            write(plainly(self._pieces.of(part, {}, part[0].style)), etree.SubElement(aside, "p"))

    def _write_item(self, paragraph: Paragraph, ids: dict[tuple[int, str], str]) -> bool:
        """Write an item of a list: what begins with a bullet, or with the number after the last item's."""
        text = clean(paragraph.text)
        mark = bullet_of(text) or number_of(text)
        if not mark or (_INITIAL.match(text) and not self._is_lettered(mark)):
            return False
        self._close()
        if self._list is None or not self._list.takes(mark, paragraph.lines[0].box.left):
            self._list = _List(self._out, mark)
        item = self._list.item(mark, paragraph.lines[0].box.left)
        bullet = bullet_of(text)
        if bullet:
            self._left_out.add("list-marks", bullet)
        self._open = _Open(etree.SubElement(item, "p"), paragraph, dict(ids), bullet)
        return True

    def _is_lettered(self, mark: str) -> bool:
        """Return whether the item with the letter before stands before, or one with the letter behind on the page."""
        is_followed = f"{chr(ord(mark[0]) + 1)}." in self._marks
        return is_followed or (self._list is not None and self._list.is_after(mark))


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on in another column: its element, which is empty yet, the ids of the notes that it
    refers to, and the bullet that it begins with."""

    element: etree._Element
    paragraph: Paragraph
    ids: dict[tuple[int, str], str]
    bullet: str = ""


class _List:
    """A list that can take items, with those inside it by their left edge."""

    def __init__(self, out: etree._Element, mark: str) -> None:
        self._bulleted = bool(bullet_of(f"{mark} "))
        self._levels: list[tuple[float, etree._Element, etree._Element | None]] = [
            (float("-inf"), etree.SubElement(out, "ul"), None)
        ]
        self._is_new = True
        self._last = ""

    def is_after(self, mark: str) -> bool:
        """Return whether a letter is the one after the last item's."""
        return len(self._last) > 1 and ord(mark[0]) == ord(self._last[0]) + 1

    def takes(self, mark: str, left: float) -> bool:
        """Return whether an item belongs to this list."""
        return bool(bullet_of(f"{mark} ")) == self._bulleted or left > self._levels[0][0] + 5

    def item(self, mark: str, left: float) -> etree._Element:
        """Return the element of a new item."""
        self._last = mark
        if self._is_new:
            self._levels[0] = (left, self._levels[0][1], None)
            self._is_new = False
        while len(self._levels) > 1 and left < self._levels[-1][0] - 5:
            self._levels.pop()
        edge, element, last = self._levels[-1]
        if left > edge + 5 and last is not None and len(self._levels) < 6:
            element = etree.SubElement(last, "ul")
            self._levels.append((left, element, None))
        item = etree.SubElement(element, "li")
        self._levels[-1] = (self._levels[-1][0], element, item)
        return item


def _are_alike(one: Paragraph, other: Paragraph) -> bool:
    """Return whether two paragraphs are a caption's, or neither is: in letters of one size, upright or slanted."""
    return (one.style.size, one.style.italic) == (other.style.size, other.style.italic)


def _without(pieces: Sequence[Piece], mark: str) -> list[Piece]:
    """Return the pieces without a mark that they begin with."""
    if not mark:
        return list(pieces)
    first, *rest = pieces
    kept = [first._replace(text=first.text.removeprefix(mark)), *rest]
    while kept and not kept[0].text.strip():
        del kept[0]
    return [kept[0]._replace(text=kept[0].text.lstrip()), *kept[1:]] if kept else []


def _large(images: Sequence[Box]) -> list[Box]:
    """Return the pictures that are more than marks."""
    return [image for image in images if image.right - image.left > 20 and image.top - image.bottom > 20]


def _is_near(box: Box, image: Box) -> bool:
    overlaps = min(box.right, image.right) - max(box.left, image.left) > 0.5 * (box.right - box.left)
    is_below = -4 < image.bottom - box.top < _NEAR
    is_above = -4 < box.bottom - image.top < _NEAR / 3
    return overlaps and (is_below or is_above)
