"""Takes words with their places from the pages of a PDF, by PDFium. Runs in the child process only.

PDFium tells characters in drawing order, with the spaces that it infers from gaps.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audio_edition.pdf import drawing, recognition
from audio_edition.pdf.characters import HYPHEN, TEX_LIGATURES, Characters, Edges, Run
from audio_edition.pdf.facts import CONTENTS_OF_FORM, DEEPEST_FORM, Box, Entry, Mark, Span, Style, turned_box

_MOST_OBJECTS = 100_000
_MOST_RULES = 2_000
_THIN = 3.0
"""Points. A thicker shape is no rule."""

_SMALLEST_DOT, _LARGEST_DOT = 1.2, 8.0
"""Points. A dot is a bullet, or a mark."""

_MOST_DOTS = 500
_MOST_SEGMENTS = 10
"""Of a rectangle, also one with round corners."""

_WHITE = 252
_MOST_LINKS = 2_000
_LONGEST_ADDRESS = 2_000
_MOST_ENTRIES = 10_000
_DEEPEST_OUTLINE = 12
_LONGEST_NAME = 1_000
_MOST_OF_PAGE = 0.6
_DOUBTFUL = 60
"""Percent of certainty, below which an editor should look at a word."""

_MOST_DOUBTFUL = 1_000
_SAME_PLACE = 2.0
"""Points within which a word printed twice stands, as if in bold type."""

_MOST_PLACES = 40
_SAME_LINE = 0.3
"""Points by which words beside each other differ in height, or lie over each other."""

_NEAR = 0.9
"""Share of the height of a line. Words farther from each other may be in two columns."""

_MANY = 100
"""Links. On a page with more, words stay apart, for each is looked for under all links."""

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_INVISIBLE_INK = 3
"""A text rendering mode (ISO 32000-1, 9.3.6)."""

_BOLD_WEIGHT, _FORCED_BOLD, _ITALIC = 600, 1 << 18, 1 << 6
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-bd", "cmbx", "ecbx", "sfbx")
_ITALIC_NAMES = ("italic", "oblique", "cmti", "ecti", "sfti", "cmsl")


class Refused(Exception):  # noqa: N818 - it is told, not raised to users
    """The document can't be opened; the message is a word for why."""


class _Look(NamedTuple):
    """What words share that one text object draws."""

    style: int
    content: int
    turn: int
    marks: int
    expansion: str


class OpenedPages:
    """The pages of a document. Raises Refused."""

    def __init__(self, data: bytes) -> None:
        pdfium.FPDF_InitLibrary()
        self._data = data  # PDFium reads it when it needs it
        self._document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._document:
            is_locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise Refused("locked" if is_locked else "damaged")
        self.count: int = pdfium.FPDF_GetPageCount(self._document)

    def labels(self, most: int) -> list[str]:
        """Return the labels of the pages; empty if the document has none."""
        found = [self._label(number) for number in range(min(self.count, most))]
        return found if any(found) else []

    def _label(self, number: int) -> str:
        return _text(lambda buffer, size: pdfium.FPDF_GetPageLabel(self._document, number, buffer, size))

    def outline(self) -> list[Entry]:
        """Return the entries of the document's outline, in order; each once, for they may form a circle."""
        entries: list[Entry] = []
        seen: set[int] = set()
        waiting = [(pdfium.FPDFBookmark_GetFirstChild(self._document, None), 1)]
        while waiting and len(entries) < _MOST_ENTRIES:
            bookmark, level = waiting.pop()
            if not bookmark or ctypes.addressof(bookmark.contents) in seen:
                continue
            seen.add(ctypes.addressof(bookmark.contents))
            entries.append(Entry(level, _title(bookmark), self._page_of(bookmark)))
            waiting.append((pdfium.FPDFBookmark_GetNextSibling(self._document, bookmark), level))
            if level < _DEEPEST_OUTLINE:
                waiting.append((pdfium.FPDFBookmark_GetFirstChild(self._document, bookmark), level + 1))
        return entries

    def _page_of(self, bookmark: Any) -> int:
        target = pdfium.FPDFBookmark_GetDest(self._document, bookmark)
        if not target and (action := pdfium.FPDFBookmark_GetAction(bookmark)):
            target = pdfium.FPDFAction_GetDest(self._document, action)
        return int(pdfium.FPDFDest_GetDestPageIndex(self._document, target)) if target else -1

    def drawn(self, number: int) -> dict[str, Any] | None:
        """Return a picture of a page; None if it can't be drawn."""
        page = pdfium.FPDF_LoadPage(self._document, number)
        if not page:
            return None
        try:
            return drawing.drawn(page, number)
        finally:
            pdfium.FPDF_ClosePage(page)

    def cut_out(self, number: int, box: Box) -> dict[str, Any]:
        """Return a picture of a part of a page; empty if it can't be drawn."""
        page = pdfium.FPDF_LoadPage(self._document, number)
        if not page:
            return {"data": ""}
        try:
            return drawing.cut_out(page, box)
        finally:
            pdfium.FPDF_ClosePage(page)

    def page(self, number: int, language: str, prepare: Callable[[], None]) -> dict[str, Any] | None:
        """Return the facts about a page; None if it can't be read.

        The words of a page that is a picture are recognised, in its language if it is known; `prepare` is called
        before, for that takes longer.
        """
        page = pdfium.FPDF_LoadPage(self._document, number)
        text = pdfium.FPDFText_LoadPage(page) if page else None
        if not text:
            return None
        try:
            links = list(islice(_links(self._document, page), _MOST_LINKS))
            taken = _Taken(page, text, links)
            facts = taken.facts(number) | {"links": links}
            if taken.is_picture and recognition.is_installed():
                prepare()
                facts |= _recognised(page, language)
            return facts | {"is_picture": taken.is_picture}
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)


class _Taken:
    """What is taken from one page."""

    def __init__(self, page: Any, text: Any, links: Sequence[tuple[Box, str]]) -> None:
        self._page = page
        self._links = links
        self._text = text
        self._characters = Characters(text)
        self._looks: dict[int, _Look | None] = {}
        self._known_looks: dict[_Look, _Look] = {}
        self._styles: dict[Style, int] = {}
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._forms: dict[int, tuple[int, int]] = {}
        self._drawn_forms = 0
        self._images: list[Box] = []
        self._contents: list[int] = []
        self._rules: list[Box] = []
        self._frames: list[Box] = []
        self._drawings: list[Box] = []
        self._dots: list[Box] = []
        self._area = _area(page)
        self.is_picture = False

    def facts(self, number: int) -> dict[str, Any]:
        self._look_through(None, 0, -1, 0, 0)
        spans = _seen(list(self._spans()))
        self.is_picture = not any(span.text.strip() for span in spans) and self._has_large_picture()
        return {
            "number": number,
            "width": float(pdfium.FPDF_GetPageWidthF(self._page)),
            "height": float(pdfium.FPDF_GetPageHeightF(self._page)),
            "spans": spans,
            "styles": list(self._styles),
            "images": self._images,
            "image_contents": self._contents,
            "rules": self._rules,
            "frames": self._frames,
            "drawings": self._drawings,
            "dots": self._dots,
            "is_cut": self._characters.is_cut,
        }

    def _has_large_picture(self) -> bool:
        """Return whether a picture covers most of the page."""
        area = (self._area.right - self._area.left) * (self._area.top - self._area.bottom)
        covered = max(((each.right - each.left) * (each.top - each.bottom) for each in self._images), default=0.0)
        return covered > _MOST_OF_PAGE * area

    # --- objects

    def _look_through(self, form: Any, place: int, content: int, marks: int, depth: int) -> None:
        """Note pictures, rules, and which marked content the texts in a form XObject belong to: that around the form,
        else their own. `place` counts the forms of the page from 1, as they are drawn."""
        count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(self._page)
        for at in range(min(count, _MOST_OBJECTS)):
            found = pdfium.FPDFFormObj_GetObject(form, at) if form else pdfium.FPDFPage_GetObject(self._page, at)
            kind = pdfium.FPDFPageObj_GetType(found) if found else 0
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and form:
                own = pdfium.FPDFPageObj_GetMarkedContentID(found) if content < 0 else -1
                inside = place * CONTENTS_OF_FORM + own if 0 <= own < CONTENTS_OF_FORM else content
                self._forms[ctypes.addressof(found.contents)] = (inside, marks)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                own = pdfium.FPDFPageObj_GetMarkedContentID(found) if not form else -1
                around = marks | _marks_of(found)
                self._drawn_forms += 1
                self._look_through(found, self._drawn_forms, own if own >= 0 else content, around, depth + 1)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and not form:
                self._images.append(_bounds(found))
                self._contents.append(pdfium.FPDFPageObj_GetMarkedContentID(found))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and not form and len(self._rules) < _MOST_RULES:
                self._note_path(found)

    def _note_path(self, found: Any) -> None:
        """Note a path as a dot, a rule, a frame or a drawing."""
        box = _bounds(found)
        if _may_be_dot(box):
            if _is_filled(found) and len(self._dots) < _MOST_DOTS:
                self._dots.append(box)
        elif min(box.right - box.left, box.top - box.bottom) <= _THIN:
            self._rules.append(box)
        elif len(self._frames) < _MOST_RULES and _is_frame(found):
            self._frames.append(box)
        elif len(self._drawings) < _MOST_RULES and pdfium.FPDFPath_CountSegments(found) > _MOST_SEGMENTS:
            self._drawings.append(box)

    def _look(self, at: int, found: int) -> _Look | None:
        """Return the look of the text that an object draws, a character of which is at a place; None if nobody can see
        it on the page."""
        if not found:
            return None
        drawn = ctypes.cast(found, pdfium.FPDF_PAGEOBJECT)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        size = float(pdfium.FPDFText_GetFontSize(self._text, at)) * math.hypot(matrix.c, matrix.d)
        if not 0.5 < size < 10_000:
            return None
        content = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        marks = _marks_of(drawn)
        if found in self._forms:
            content, marks = self._forms[found][0], marks | self._forms[found][1]
        if pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE_INK:
            marks |= Mark.UNSEEN
        font, bold, italic = self._font(drawn)
        style = Style(font, round(size, 1), bold, italic)
        turn = _turn(float(pdfium.FPDFText_GetCharAngle(self._text, at)))
        look = _Look(self._styles.setdefault(style, len(self._styles)), content, turn, marks, _expansion_of(drawn))
        return self._known_looks.setdefault(look, look)

    def _font(self, drawn: Any) -> tuple[str, bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(drawn)
        if not font:
            return "", False, False
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            buffer = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
            name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
            flags, low = pdfium.FPDFFont_GetFlags(font), name.lower()
            weight = pdfium.FPDFFont_GetWeight(font)
            bold = weight >= _BOLD_WEIGHT or bool(flags & _FORCED_BOLD) or any(each in low for each in _BOLD_NAMES)
            italic = bool(flags & _ITALIC) or any(each in low for each in _ITALIC_NAMES)
            self._fonts[address] = (name, bold, italic)
        return self._fonts[address]

    # --- characters

    def _look_of(self, run: Run) -> _Look | None:
        if run.drawn not in self._looks:
            self._looks[run.drawn] = self._look(run.first, run.drawn)
        return self._looks[run.drawn]

    def _words(self) -> Iterator[tuple[Run, _Look]]:
        """Yield the words in drawing order, with their looks: runs of one look that nothing parts."""
        word: Run | None = None
        own: _Look | None = None
        for run in self._characters.runs():
            look = self._look_of(run)
            if word and own and (run.is_first or (look is not None and look is not own)):
                yield word, own
                word = None
            if look is None:
                continue
            if word is None:
                word, own = run, look
            else:
                word = word._replace(text=word.text + run.text, last_box=run.last_box)
            if run.text[-1] == HYPHEN:
                yield word, look
                word = None
        if word and own:
            yield word, own

    def _shown(self) -> Iterator[tuple[Run, _Look, Box]]:
        """Yield the words on the page with their looks and boxes, without those printed twice on the same place, as if
        in bold type."""
        places: dict[str, list[Box]] = {}
        for word, look in self._words():
            box = _around(word.first_box, word.last_box)
            if not _overlap(box, self._area):
                continue
            if not word.text.isascii() or not word.text.isprintable():
                word = word._replace(text=_readable(word, look.turn))
            text = word.text
            known = places.get(text)
            if known is None:
                places[text] = [box]
            elif len(text) > 1 and not look.marks & Mark.UNSEEN and _is_at(known[-_MOST_PLACES:], box):
                continue
            else:
                known.append(box)
            yield word, look, box

    def _spans(self) -> Iterator[Span]:
        """Yield the words on the page, those beside each other together."""
        start: Run | None = None
        own: _Look | None = None
        text, edges = "", Box(0, 0, 0, 0)
        for word, look, box in self._shown():
            if look is own and word.is_spaced and word.is_first and self._goes_on(look, text, edges, word.text, box):
                text = f"{text} {word.text}"
                edges = Box(edges.left, edges.bottom, box.right, edges.top)
                continue
            if start and own:
                yield self._span(start, own, text, edges)
            start, own, text, edges = word, look, word.text, box
        if start and own:
            yield self._span(start, own, text, edges)

    def _goes_on(self, look: _Look, text: str, edges: Box, word: str, box: Box) -> bool:
        """Return whether a word stands beside a text of its look on a line, and leads to the same address. What is
        written to the left stays in words."""
        if look.turn or text[-1] == HYPHEN or abs(box.bottom - edges.bottom) > _SAME_LINE:
            return False
        if not -_SAME_LINE < box.left - edges.right < _NEAR * (edges.top - edges.bottom):
            return False
        if not word.isascii() and (_LEFTWARD.search(word) or _LEFTWARD.search(text)):
            return False
        return not self._links or self._link_under(edges) == self._link_under(box) != _MANY

    def _link_under(self, box: Box) -> int:
        """Return which link a text begins in: its place among those of the page, -1 for none."""
        if len(self._links) > _MANY:
            return _MANY
        across, down = box.left + 1, (box.bottom + box.top) / 2
        around = (
            at
            for at, (link, _) in enumerate(self._links)
            if link.left <= across <= link.right and link.bottom <= down <= link.top
        )
        return next(around, -1)

    def _span(self, start: Run, look: _Look, text: str, box: Box) -> Span:
        mark = look.marks | (Mark.SPACED if start.is_spaced else 0)
        if text[-1] == HYPHEN:
            text, mark = f"{text[:-1]}-", mark | Mark.HYPHENATED
        x, y = self._characters.origin(start.first)
        base = (y, -x, -y, x, y)[look.turn]
        place = (*turned_box(box, look.turn), round(base, 1))
        return Span(text, *place, look.style, look.content, look.turn, mark, look.expansion)


def _readable(word: Run, turn: int) -> str:
    """Return characters with ligatures of TeX as letters, halves of wide ones joined, and those of a word of Hebrew or
    Arabic in order that was told from its last letter."""
    letters = word.text.translate(TEX_LIGATURES)
    if any("\ud800" <= each < "\ue000" for each in letters):
        letters = letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return letters[::-1] if _is_backwards(letters, word.first_box, word.last_box, turn) else letters


def _seen(spans: list[Span]) -> list[Span]:
    """Return the words of a page. Where all are drawn without ink, they are a scan's text."""
    if all(span.marks & Mark.UNSEEN for span in spans):
        return [span._replace(marks=span.marks & ~Mark.UNSEEN) for span in spans]
    return spans


def _is_at(places: Sequence[Box], box: Box) -> bool:
    """Return whether a word stands on one of some places."""
    left, bottom, *_ = box
    for known_left, known_bottom, _, _ in places:
        if -_SAME_PLACE < known_bottom - bottom < _SAME_PLACE and -_SAME_PLACE < known_left - left < _SAME_PLACE:
            return True
    return False


def _recognised(page: Any, language: str) -> dict[str, Any]:
    found = recognition.recognised(page, language)
    sure = sum(found.sure) / max(1, len(found.sure))
    doubtful = [word.text for word, each in zip(found.words, found.sure, strict=True) if each < _DOUBTFUL]
    styles = [Style("", size, False, False) for size in found.sizes]
    return {"spans": found.words, "styles": styles, "sure": sure, "doubtful": doubtful[:_MOST_DOUBTFUL]}


def _turn(angle: float) -> int:
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.07 else 4


def _is_backwards(letters: str, first: Edges, last: Edges, turn: int) -> bool:
    """Return whether a word of Hebrew or Arabic was told from its last letter: it runs to the right."""
    strong = [character for character in letters if character.isalpha()]
    is_leftward = bool(strong) and all(map(_LEFTWARD.match, strong))
    return is_leftward and turn == 0 and first[0] + first[2] < last[0] + last[2]


def _around(first: Edges, last: Edges) -> Box:
    left, top, right, bottom = first
    last_left, last_top, last_right, last_bottom = last
    return Box(
        left if left < last_left else last_left,
        bottom if bottom < last_bottom else last_bottom,
        right if right > last_right else last_right,
        top if top > last_top else last_top,
    )


def _overlap(box: Box, area: Box) -> bool:
    return box.left < area.right and box.right > area.left and box.bottom < area.top and box.top > area.bottom


def _area(page: Any) -> Box:
    """Return the part of the page that is shown, in the coordinates of its content."""
    edges = [ctypes.c_float() for _ in range(4)]
    for get in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if get(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return Box(0, 0, float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page)))


def _may_be_dot(box: Box) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return _SMALLEST_DOT <= width <= _LARGEST_DOT and abs(width - height) < 0.5


def _is_filled(found: Any) -> bool:
    filled, drawn = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(found, filled, drawn)
    return bool(filled.value)


def _is_frame(found: Any) -> bool:
    """Return whether a path is a rectangle that can be seen: drawn, or filled with a tint."""
    if not 4 <= pdfium.FPDFPath_CountSegments(found) <= _MOST_SEGMENTS:
        return False
    filled, drawn = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(found, filled, drawn)
    colours = [ctypes.c_uint() for _ in range(4)]
    if drawn.value or not pdfium.FPDFPageObj_GetFillColor(found, *colours):
        return bool(drawn.value)
    return bool(filled.value) and min(colour.value for colour in colours[:3]) < _WHITE


def _links(document: Any, page: Any) -> Iterator[tuple[Box, str]]:
    """Yield the box of each link annotation of a page that leads to an address, and that."""
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, at, link):
        action, area = pdfium.FPDFLink_GetAction(link), pdfium.FS_RECTF()
        if not action or not pdfium.FPDFLink_GetAnnotRect(link, area):
            continue
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if 1 < size <= _LONGEST_ADDRESS:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            yield Box(area.left, area.bottom, area.right, area.top), buffer.value.decode("utf-8", "replace")


def _bounds(found: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(found, *edges)
    return Box(*(round(edge.value, 1) for edge in edges))


def _marks_of(found: Any) -> int:
    """Return ARTIFACT if an object stands in marked content of that name."""
    for at in range(min(pdfium.FPDFPageObj_CountMarks(found), DEEPEST_FORM)):
        mark = pdfium.FPDFPageObj_GetMark(found, at)
        if mark and _mark_name(mark) == "Artifact":
            return Mark.ARTIFACT
    return 0


def _expansion_of(found: Any) -> str:
    """Return what the marked content around an object says that it stands for."""
    for at in range(min(pdfium.FPDFPageObj_CountMarks(found), DEEPEST_FORM)):
        mark, size = pdfium.FPDFPageObj_GetMark(found, at), ctypes.c_ulong()
        if not mark or not pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"E", None, 0, size):
            continue
        if 2 < size.value <= 2 * _LONGEST_NAME:
            buffer = (pdfium.FPDF_WCHAR * (size.value // 2))()
            pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"E", buffer, size.value, size)
            return " ".join(bytes(buffer)[:-2].decode("utf-16-le", "replace").split())
    return ""


def _mark_name(mark: Any) -> str:
    buffer, size = (pdfium.FPDF_WCHAR * 40)(), ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


def _title(bookmark: Any) -> str:
    return _text(lambda buffer, size: pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size))


def _text(get: Any) -> str:
    """Return what a function of PDFium writes in UTF-16 into a buffer."""
    size = get(None, 0)
    if not 2 < size <= 2 * _LONGEST_NAME:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(buffer, size)
    return " ".join(buffer.raw[: size - 2].decode("utf-16-le", "replace").split())
