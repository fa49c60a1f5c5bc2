"""Converts the slides of a presentation to a tree of HTML elements."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.model import ListStyle
from audio_edition.read.alternatives import alternative
from audio_edition.read.converted import WrittenText
from audio_edition.read.docx.charts import chart
from audio_edition.read.docx.diagrams import diagram
from audio_edition.read.docx.drawings import DRAWN
from audio_edition.read.docx.flow import Flow
from audio_edition.read.docx.names import OFF, all_in, child, choice, name_of, said, whole
from audio_edition.read.docx.numbering import Mark
from audio_edition.read.docx.package import Parts
from audio_edition.read.docx.paragraphs import is_blank
from audio_edition.read.left_out import LeftOut
from audio_edition.read.pptx.runs import Runs
from audio_edition.read.pptx.seen import bodies_of, comments_in, lines_of, placeholder_type, related, slides_of

_TITLES = frozenset({"ctrTitle", "title"})
_MARGINS = frozenset({"dt", "ftr", "hdr", "sldImg", "sldNum"})
_WITH_BULLETS = frozenset({"body", "obj"})
_SHAPES = frozenset({"p:cxnSp", "p:graphicFrame", "p:grpSp", "p:pic", "p:sp"})
_NUMBERED: dict[str, ListStyle] = {
    "alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I",
}  # fmt: skip
_ROW = 230_000
"""English Metric Units, a quarter of an inch: shapes whose tops differ by less stand beside each other."""

_DEEPEST = 60
_MOST_COLUMNS = 63


def text_of(parts: Parts) -> WrittenText:
    """Return what the slides show, each under its title, with the speaker's notes behind it. Raises ReadError."""
    return _Writer(parts).text()


class _Writer:
    """Writes one presentation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._runs = Runs(parts)
        self._root = etree.Element("body")
        self._left_out = LeftOut()
        self._title: etree._Element | None = None
        self._comments: list[str] = []
        self._margins: dict[str, None] = {}

    def text(self) -> WrittenText:
        for number, slide in enumerate(slides_of(self._parts), start=1):
            if slide.get("show", "1") in OFF:
                self._hide(slide)
            else:
                self._slide(slide, number)
        self._left_out.comments = self._comments
        self._left_out.margins = list(self._margins)
        return WrittenText(self._root, self._title, self._runs.main_language(), tuple(self._left_out.findings()))

    def _hide(self, slide: etree._Element) -> None:
        """Record the words of a hidden slide, with its notes, as left out."""
        shown = [slide, *(shape for notes in related(self._parts, slide, "notesSlide") for shape in bodies_of(notes))]
        words = [line for each in shown for line in lines_of(each)]
        self._left_out.hidden.append(" ".join((*words, "")))

    def _slide(self, slide: etree._Element, number: int) -> None:
        etree.SubElement(self._root, "span", {"role": "doc-pagebreak", "aria-label": str(number)})
        layout = next(iter(related(self._parts, slide, "slideLayout")), None)
        tree = child(slide, "p:cSld", "p:spTree")
        flow = Flow(self._root)
        for line in lines_of(slide) if tree is None else ():  # a damaged slide
            etree.SubElement(self._root, "p").text = line
        for shape in _in_order(tree, layout):
            self._shape(shape, flow, layout, 0)
        for notes in related(self._parts, slide, "notesSlide"):
            self._notes(notes)
        for comments in related(self._parts, slide, "comments"):
            self._comments += comments_in(comments)

    def _notes(self, notes: etree._Element) -> None:
        aside = etree.Element("aside", {"class": "note"})
        for shape in bodies_of(notes):
            self._paragraphs(child(shape, "p:txBody"), Flow(aside), None)
        if not is_blank(aside):
            self._root.append(aside)

    # --- shapes

    def _shape(self, shape: etree._Element, flow: Flow, layout: etree._Element | None, depth: int) -> None:
        name = name_of(shape)
        if name == "p:sp":
            self._text_shape(shape, flow, layout)
        elif name == "p:pic":
            self._picture(shape, flow)
        elif name == "p:graphicFrame":
            self._frame(shape, flow)
        elif name == "p:cxnSp":
            self._told(_alternative_text(child(shape, "p:nvCxnSpPr", "p:cNvPr")), flow)
        elif name == "p:grpSp" and depth < _DEEPEST:
            self._group(shape, flow, layout, depth + 1)

    def _group(self, group: etree._Element, flow: Flow, layout: etree._Element | None, depth: int) -> None:
        """Write the shapes of a group. The alternative text of a group without words stands for the whole drawing."""
        told = _alternative_text(child(group, "p:nvGrpSpPr", "p:cNvPr"))
        if told is not None and not lines_of(group) and next(all_in(group, "p:graphicFrame"), None) is None:
            self._told(told, flow, next(all_in(group, "p:pic"), None))
            return
        for each in _in_order(group, None):
            self._shape(each, flow, layout, depth)

    def _told(self, told: str | None, flow: Flow, picture: etree._Element | None = None) -> None:
        """Write the alternative text of a drawing without words, with the picture if there is one."""
        if not told:
            return
        written = etree.Element("p")
        image = etree.SubElement(written, "img", alt=told)
        if picture is not None:
            self._show(image, picture)
        flow.block(written)

    def _show(self, image: etree._Element, picture: etree._Element) -> None:
        relation = self._parts.related(picture, said(next(all_in(picture, "a:blip"), None), "r:embed"))
        if relation is not None and not relation.external:
            image.set("src", relation.target)

    def _text_shape(self, shape: etree._Element, flow: Flow, layout: etree._Element | None) -> None:
        kind, body = placeholder_type(shape), child(shape, "p:txBody")
        if kind in _MARGINS:
            self._margins |= dict.fromkeys(lines_of(shape))
        elif kind in _TITLES:
            self._heading(body, flow, is_first=kind == "ctrTitle" and self._title is None)
        else:
            of_layout = _counterpart(shape, layout) if kind in _WITH_BULLETS else None
            self._paragraphs(body, flow, shape if kind in _WITH_BULLETS else None, of_layout)
            if not lines_of(shape):
                self._told(_alternative_text(child(shape, "p:nvSpPr", "p:cNvPr")), flow)

    def _heading(self, body: etree._Element | None, flow: Flow, *, is_first: bool) -> None:
        written = etree.Element("h1" if is_first else "h2")
        for paragraph in all_in(body, "a:p"):
            if len(written):
                etree.SubElement(written, "br")
            self._runs.write(paragraph, written, is_heading=True)
        if not is_blank(written):
            flow.block(written)
            self._title = written if is_first else self._title

    def _paragraphs(
        self,
        body: etree._Element | None,
        flow: Flow,
        placeholder: etree._Element | None,
        of_layout: etree._Element | None = None,
    ) -> None:
        """Write the paragraphs of a shape; those of a placeholder have bullets unless it is told otherwise."""
        counts: dict[int, int] = {}
        name = str(id(body))
        for paragraph in all_in(body, "a:p"):
            written = etree.Element("p")
            self._runs.write(paragraph, written)
            if is_blank(written):
                continue
            properties = child(paragraph, "a:pPr")
            level = min(whole(said_of(properties, "lvl")) or 0, 8)
            mark = _mark(properties, level, counts, name, _has_bullets(placeholder, of_layout, level))
            if mark is None:
                flow.block(written)
            else:
                flow.item(written, mark, None)

    def _picture(self, picture: etree._Element, flow: Flow) -> None:
        properties = child(picture, "p:nvPicPr", "p:cNvPr")
        if next(all_in(child(picture, "p:nvPicPr"), "a:videoFile", "a:audioFile"), None) is not None:
            flow.block(etree.Element("video"))
        written = etree.Element("p")
        image = etree.SubElement(written, "img")
        self._show(image, picture)
        if (told := _alternative_text(properties)) is not None:
            image.set("alt", told)
        flow.block(written)

    def _frame(self, frame: etree._Element, flow: Flow) -> None:
        """Write a table, a chart, a diagram, or the picture of something embedded."""
        told = _alternative_text(child(frame, "p:nvGraphicFramePr", "p:cNvPr"))
        if (table := next(all_in(frame, "a:tbl"), None)) is not None:
            self._table(table, flow, told)
            return
        for drawn in self._drawn(frame):
            drawn.set("class", DRAWN)
            flow.block(drawn)
            told = None
        embedded = next(all_in(frame, "p:oleObj"), None)
        picture = next(all_in(frame, "p:pic"), None)
        if embedded is not None:
            self._left_out.embedded += 1
        if picture is not None:
            self._picture(picture, flow)
        elif told:
            flow.block(etree.Element("img", alt=told))

    def _drawn(self, frame: etree._Element) -> Iterator[etree._Element]:
        for shape in all_in(frame, "c:chart", "cx:chart", "dgm:relIds"):
            root = self._parts.related_root(shape, said(shape, "r:dm") or said(shape, "r:id"))
            if root is None:
                continue
            if name_of(shape) == "dgm:relIds":
                if (words := diagram(root)) is not None:
                    yield words
            else:
                drawn, left_out = chart(root)
                self._left_out.charts += [left_out] if left_out else []
                yield from drawn

    def _table(self, table: etree._Element, flow: Flow, told: str | None) -> None:
        properties = child(table, "a:tblPr")
        rows = [row for row in table if name_of(row) == "a:tr"]
        written = etree.Element("table")
        flow.block(written)
        if told:
            etree.SubElement(written, "caption", {"class": "unseen"}).text = told
        is_headed = said_of(properties, "firstRow") not in ("", *OFF) and len(rows) > 1
        names_rows = said_of(properties, "firstCol") not in ("", *OFF)
        parts = {name: etree.SubElement(written, name) for name in ("thead", "tbody")[not is_headed :]}
        for number, row in enumerate(rows):
            is_head = is_headed and not number
            line = etree.SubElement(parts["thead" if is_head else "tbody"], "tr")
            for at, cell in enumerate(each for each in row if name_of(each) == "a:tc"):
                if said_of(cell, "hMerge") in ("", *OFF) and said_of(cell, "vMerge") in ("", *OFF):
                    self._cell(cell, line, "col" if is_head else "row" if names_rows and not at else "")

    def _cell(self, cell: etree._Element, row: etree._Element, scope: str) -> None:
        written = etree.SubElement(row, "th" if scope else "td")
        if scope:
            written.set("scope", scope)
        for attribute, name in (("colspan", "gridSpan"), ("rowspan", "rowSpan")):
            count = min(whole(said_of(cell, name)) or 1, _MOST_COLUMNS)
            if count > 1:
                written.set(attribute, str(count))
        self._paragraphs(child(cell, "a:txBody"), Flow(written), None)
        for each in list(written.iter("strong")) if scope else ():
            each.tag = "span"


def said_of(element: etree._Element | None, name: str) -> str:
    """Return an attribute without a namespace; empty if it is missing."""
    return "" if element is None else element.get(name, "")


def _in_order(tree: etree._Element | None, layout: etree._Element | None) -> list[etree._Element]:
    """Return the shapes as they are read: the title first, then by rows from the top, each from the left. In the file
    they are in the order in which they cover each other."""
    shapes = [shape for each in (tree if tree is not None else ()) for shape in _shapes(each)]
    placed = [(_place(shape, layout), shape) for shape in shapes]

    def order(found: tuple[tuple[int, int] | None, etree._Element]) -> tuple[bool, int, int]:
        place, shape = found
        return placeholder_type(shape) not in _TITLES, place[1] // _ROW if place else 0, place[0] if place else 0

    return [shape for _, shape in sorted(placed, key=order)]


def _shapes(element: etree._Element) -> Iterator[etree._Element]:
    if name_of(element) == "mc:AlternateContent":
        yield from (each for each in choice(element) if name_of(each) in _SHAPES)
    elif name_of(element) in _SHAPES:
        yield element


def _place(shape: etree._Element, layout: etree._Element | None) -> tuple[int, int] | None:
    """Return where a shape stands, from the left and the top; as its layout says if it does not say so itself."""
    own = next(all_in(shape, "a:off"), None)
    if own is None and (counterpart := _counterpart(shape, layout)) is not None:
        own = next(all_in(counterpart, "a:off"), None)
    left, top = whole(said_of(own, "x").lstrip("-")), whole(said_of(own, "y").lstrip("-"))
    return None if left is None or top is None else (left, top)


def _counterpart(shape: etree._Element, layout: etree._Element | None) -> etree._Element | None:
    """Return the placeholder of the layout that a shape fills."""
    own = child(shape, "p:nvSpPr", "p:nvPr", "p:ph")
    if own is None or layout is None:
        return None
    for each in all_in(layout, "p:sp"):
        found = child(each, "p:nvSpPr", "p:nvPr", "p:ph")
        if found is not None and (found.get("idx"), found.get("type")) == (own.get("idx"), own.get("type")):
            return each
    index = own.get("idx")
    others = ((each, child(each, "p:nvSpPr", "p:nvPr", "p:ph")) for each in all_in(layout, "p:sp"))
    return next((each for each, found in others if index and found is not None and found.get("idx") == index), None)


def _has_bullets(placeholder: etree._Element | None, of_layout: etree._Element | None, level: int) -> bool:
    """Return whether paragraphs without a word of it have bullets."""
    if placeholder is None:
        return False
    for shape in (placeholder, of_layout):
        style = child(shape, "p:txBody", "a:lstStyle", f"a:lvl{level + 1}pPr")
        if child(style, "a:buNone") is not None:
            return False
        if child(style, "a:buChar") is not None or child(style, "a:buAutoNum") is not None:
            return True
    return True


def _mark(
    properties: etree._Element | None, level: int, counts: dict[int, int], name: str, has_bullets: bool
) -> Mark | None:
    """Return the mark of a paragraph, and count it; None if it has none."""
    numbered = child(properties, "a:buAutoNum")
    if numbered is None:
        has_bullets = has_bullets or any(child(properties, f"a:bu{each}") is not None for each in ("Char", "Blip"))
        for deeper in [each for each in counts if each >= level]:
            del counts[deeper]
        if child(properties, "a:buNone") is not None or not has_bullets:
            return None
        return Mark(name, level)
    start = min(whole(said_of(numbered, "startAt")) or 1, 32_767)
    counts[level] = counts.get(level, start - 1) + 1
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
    form = said_of(numbered, "type")
    style = next((style for start_of, style in _NUMBERED.items() if form.startswith(start_of)), "1")
    return Mark(name, level, f"{counts[level]}.", counts[level], style)  # type: ignore[arg-type]


def _alternative_text(properties: etree._Element | None) -> str | None:
    """Return the alternative text of a shape: empty if it only decorates, None if nobody wrote one."""
    if any(each.get("val", "1") not in OFF for each in all_in(properties, "adec:decorative")):
        return ""
    return alternative(said_of(properties, "descr")) or alternative(said_of(properties, "title"))
