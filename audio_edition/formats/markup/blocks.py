"""The blocks of a chapter as elements: lists, tables, figures, quotations, notes and the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from markupsafe import Markup, escape

from audio_edition.formats.markup.dialects import Dialect
from audio_edition.formats.markup.elements import BREAK, RULE, Attributes, element, lines, within_lines
from audio_edition.formats.markup.inline import END_TOLD, SHOWN, TOLD, Inline, Shown
from audio_edition.formats.markup.places import Places, note_id
from audio_edition.formats.markup.structures import StructureKind
from audio_edition.formats.markup.tables import Place, parted, told_in_full
from audio_edition.model import (
    PRODUCER_NOTE,
    Aside,
    Block,
    Cell,
    Code,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Row,
    SceneBreak,
    Table,
    Verse,
    every,
    leaves,
)
from audio_edition.model.characters import one_line
from audio_edition.translations import Words

_DEEPEST_HEADING = 6
_CREDITS = frozenset({"byline", "dateline", "announcement"})
_ROLES_OF_BOXES: Final = {
    "tip": "doc-tip", "example": "doc-example", "pullquote": "doc-pullquote", "note": "note", "warning": "note",
    "caution": "note", "important": "note", "danger": "note", "info": "note",
    PRODUCER_NOTE: "note",
}  # fmt: skip
_Holder = (
    List[Passage] | DefinitionList[Passage] | Table[Passage] | Figure[Passage] | Quote[Passage] | Aside[Passage]
    | Note[Passage]
)  # fmt: skip
_LANGUAGE_OF_CODE = re.compile(r"[A-Za-z0-9+#._-]{1,40}")


def inner_depth(depth: int) -> int:
    """Return how deep headings inside the blocks of a chapter are, whose own is of `depth`, or 0 where it has none."""
    return min((depth or 1) + 1, _DEEPEST_HEADING)


class Blocks:
    """Writes the blocks of a chapter, whose heading has the depth `depth`: headings inside blocks are one deeper."""

    def __init__(self, inline: Inline, dialect: Dialect, places: Places, words: Words, depth: int) -> None:
        self._inline = inline
        self._dialect = dialect
        self._places = places
        self._words = words
        self._depth = depth
        self._notes, self._pages, self._tables = count(1), count(1), count(1)
        self._structures = count(1)
        self._is_in_cell = False

    def chapter(self) -> Markup:
        """Return the blocks of the chapter, one after the other."""
        match self._inline.chapter.blocks:
            case (Heading(text), *rest):
                return lines((self._heading(text, self._depth, SHOWN), *(self._block(block, SHOWN) for block in rest)))
            case blocks:
                return lines(self._block(block, SHOWN) for block in blocks)

    def _block(self, block: Block[Passage], shown: Shown) -> Markup:
        match block:
            case Heading(text):
                return self._heading(text, inner_depth(self._depth), shown)
            case Paragraph(text):
                return self._paragraph(text, shown)
            case Picture():
                return self._picture(block)
            case Formula():
                return self._formula(block)
            case Code():
                return self._code(block)
            case Verse():
                return self._verse(block)
            case SceneBreak():
                return RULE
            case PageBreak():
                return self._page(block)
            case _:
                return self._holder(block)

    def _holder(self, block: _Holder) -> Markup:
        match block:
            case List():
                return self._list(block)
            case DefinitionList():
                return self._definitions(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Quote():
                return self._quote(block)
            case Aside():
                return self._aside(block)
            case Note():
                return self._note(block)

    def _page(self, block: PageBreak[Passage]) -> Markup:
        """Return the mark of a page; where its label is said, the mark is the sentence."""
        said = block.text.utterances if block.text else ()
        if said:
            self._inline.structure("pagebreak", [block.text] if block.text else (), said[0].id)
            page = self._inline.spoken_page(block.label, said[0])
        else:
            page = self._inline.page(block.label, f"{self._inline.chapter.id}-page{next(self._pages)}", "div")
        return page if self._dialect.html5 else element("div", {}, page)

    def _heading(self, text: Passage, depth: int, shown: Shown) -> Markup:
        name = "title" if text.role == "title" and not self._dialect.html5 else None
        return element(
            f"h{depth}", {"class": name, **self._inline.container(text)}, self._inline.sentences(text, shown)
        )

    def _paragraph(self, text: Passage, shown: Shown, name: str = "", *, before: str = "", behind: str = "") -> Markup:
        """Return a paragraph with what stands before and after its text; nothing if it would be empty."""
        content = Markup("").join((before, self._inline.sentences(text, shown), behind))
        name = name or (text.role if text.role in _CREDITS else "")
        return element("p", {"class": name or None, **self._inline.container(text)}, content) if content else Markup()

    def _content(self, blocks: Sequence[Block[Passage]], shown: Shown) -> tuple[Attributes, Markup]:
        """Return the attributes and the content of an element that holds blocks. A paragraph alone, or with nothing but
        lists below it, needs no element of its own there."""
        match blocks:
            case (Paragraph(text), *below) if all(isinstance(block, List) for block in below):
                content = self._inline.sentences(text, shown)
                return self._inline.container(text), content + (self._within(below, shown) if below else "")
            case ():
                return {}, Markup()
            case _:
                return {}, self._within(blocks, shown)

    def _within(self, blocks: Iterable[Block[Passage]], shown: Shown) -> Markup:
        return within_lines(self._block(block, shown) for block in blocks)

    def _structure(self, kind: StructureKind, *blocks: Block[Passage]) -> Attributes:
        """Return the id of the element of blocks that players can skip or leave."""
        return self._inline.structure(kind, leaves(blocks), f"{self._inline.chapter.id}-k{next(self._structures)}")

    # --- lists

    def _list(self, block: List[Passage]) -> Markup:
        if not block.items:
            return Markup()
        attributes = self._structure("list", block)
        if block.ordered:
            attributes = {
                **attributes,
                "start": str(block.start) if block.start != 1 or block.reversed else None,
                "reversed": "reversed" if block.reversed and self._dialect.html5 else None,
                "type": block.style if block.style != "1" else None,
            }
        numbered = zip(block.items, block.numbers(), strict=True)
        items = [self._item(item, number, block) for item, number in numbered]
        return element("ol" if block.ordered else "ul", attributes, within_lines(items))

    def _item(self, item: Item[Passage], number: int, block: List[Passage]) -> Markup:
        has_value = item.value is not None or (block.reversed and not self._dialect.html5)
        before = len(self._inline.structures)
        attributes, content = self._content(item.blocks, TOLD)
        place = attributes.get("id") or f"{self._inline.chapter.id}-k{next(self._structures)}"
        own = self._inline.structure("list-item", leaves(item.blocks), place, before)
        value = {"value": str(number) if block.ordered and has_value else None}
        return element("li", {**own, **attributes, **value}, content)

    def _definitions(self, block: DefinitionList[Passage]) -> Markup:
        parts: list[Markup] = []
        attributes = self._structure("list", block)
        for entry in block.entries:
            parts += (
                element("dt", self._inline.container(term), self._inline.sentences(term, TOLD)) for term in entry.terms
            )
            if not parts:  # a list can't begin with a definition
                parts.append(element("dt", {}))
            parts.append(element("dd", *self._content(entry.blocks, TOLD)))
        return element("dl", attributes, within_lines(parts)) if parts else Markup()

    # --- tables

    def _table(self, table: Table[Passage]) -> Markup:
        place = f"{self._inline.chapter.id}-t{next(self._tables)}"
        attributes = self._structure("table", table) if table.rows else {}
        above, caption = self._table_caption(table, place)
        headers = told_in_full(table)
        ids = {head: _cell_id(table, head, place) for heads in headers.values() for head in heads}
        parts = [caption]
        for part, start, rows in parted(table, with_foot=self._dialect.html5):
            written = (self._row(row, start + at, place, headers, ids) for at, row in enumerate(rows))
            parts.append(element(part, {}, within_lines(written)))
        if not table.rows:
            return above
        return lines(
            (above, self._scrolling(element("table", attributes, within_lines(parts)), place if table.caption else ""))
        )

    def _scrolling(self, table: Markup, caption: str) -> Markup:
        """Return a table that may be wider than the window, in a named region that the keyboard can reach and
        scroll."""
        if self._is_in_cell or not self._dialect.scrolls:
            return table
        name = {"aria-labelledby": caption} if caption else {"aria-label": self._words["table"]}
        return element("div", {"class": "wide", "role": "region", **name, "tabindex": "0"}, table)

    def _table_caption(self, table: Table[Passage], place: str) -> tuple[Markup, Markup]:
        """The caption as what stands above the table, or in it: that takes no tables, and in XHTML 1.0 no blocks."""
        if not table.caption:
            return Markup(), Markup()
        is_text = len(table.caption) == 1 and isinstance(table.caption[0], Paragraph)
        may_be_blocks = self._dialect.html5 and not any(isinstance(block, Table) for block in every(table.caption))
        attributes, content = self._content(table.caption, TOLD)
        if table.rows and (is_text or may_be_blocks):
            return Markup(), element("caption", {**attributes, "id": place}, content)
        return element("div", {"class": "caption", **attributes, "id": place}, content), Markup()

    def _row(
        self,
        row: Row[Passage],
        number: int,
        table: str,
        headers: Mapping[Place, tuple[Place, ...]],
        ids: Mapping[Place, str],
    ) -> Markup:
        said = (passage for cell in row.cells for passage in leaves(cell.blocks))
        attributes = self._inline.structure("table-row", said, f"{table}-{number}")
        cells = []
        for at, cell in enumerate(row.cells):
            heads = [ids[head] for head in headers.get((number, at), ())]
            cells.append(self._cell(cell, ids.get((number, at)), f"{table}-{number}-{at}", heads))
        return element("tr", attributes, *(cells or [element("td", {})]))

    def _cell(self, cell: Cell[Passage], name: str | None, place: str, headers: Sequence[str]) -> Markup:
        before = len(self._inline.structures)
        attributes, content = self._cell_content(cell)
        own = self._inline.structure("table-cell", leaves(cell.blocks), attributes.get("id") or name or place, before)
        is_header = bool(cell.header and content)
        spans = {
            "headers": " ".join(headers) or None,
            "scope": {"column": "col", "row": "row"}[cell.header] if is_header else None,
            "colspan": str(cell.columns) if cell.columns > 1 else None,
            "rowspan": str(cell.rows) if cell.rows > 1 else None,
        }
        return element("th" if is_header else "td", {"id": name, **own, **attributes, **spans}, content)

    def _cell_content(self, cell: Cell[Passage]) -> tuple[Attributes, Markup]:
        match cell.blocks:
            case (Paragraph(text),):
                return self._inline.alone(text, TOLD)
            case blocks:
                self._is_in_cell, around = True, self._is_in_cell
                attributes, content = self._content(blocks, TOLD)
                self._is_in_cell = around
                return attributes, content

    # --- pictures, formulas

    def _figure(self, figure: Figure[Passage]) -> Markup:
        own = self._structure("figure", figure)
        parts = [self._block(block, SHOWN) for block in figure.blocks]
        attributes, content = self._content(figure.caption, TOLD if self._dialect.html5 else SHOWN)
        if not self._dialect.html5:
            parts += [element("div", {"class": "caption", **attributes}, content)] * bool(content)
            return element("div", {"class": "figure", **own}, within_lines(parts))
        parts += [element("figcaption", attributes, content)] * bool(content)
        return element("figure", own, within_lines(parts))

    def _picture(self, picture: Picture[Passage]) -> Markup:
        """Return the picture with its alternative text. An image carries only one sentence: more of them stand below
        it. If the document does not hold the picture, its alternative text replaces it."""
        text = picture.text
        first = next(iter(text.utterances), None)
        described = f"{text.id}-description" if picture.description else None
        attributes = self._inline.target(first) if first else {}
        self._inline.structure("alternative", [text], first.id if first else "")
        if described and self._dialect.html5:
            attributes = {**attributes, "aria-details": described}
        image = self._inline.picture(picture.image, first.text if first else text.unspoken.text, attributes)
        if image is None:
            parts = [self._paragraph(text, SHOWN, "picture")]
        else:
            parts = [element("div", {"class": "picture"}, self._inline.sounding(first or text, image))]
            if text.utterances[1:]:
                rest = replace(text, parts=text.parts[text.parts.index(text.utterances[1]) :])
                parts.append(self._paragraph(rest, SHOWN, "alternative"))
        return lines((*parts, self._description(picture.description, described)))

    def _description(self, blocks: Sequence[Block[Passage]], place: str | None) -> Markup:
        """Return the long description, which is spoken and therefore shown."""
        if not blocks:
            return Markup()
        self._inline.structure("description", leaves(blocks), place or "")
        if not self._dialect.html5:
            return element("div", {"class": "optional-prodnote", "id": place}, self._within(blocks, SHOWN))
        summary = element("summary", self._ours(), self._words["description"])
        content = (summary, self._within(blocks, TOLD))
        return element("details", {"class": "description", "id": place, "open": "open"}, *content)

    def _ours(self) -> Attributes:
        """The language of words that are the program's, where it is another than the document's."""
        own, around = self._words.language, self._inline.script.language
        return {} if own.partition("-")[0] == around.partition("-")[0] else self._inline.language(own, "")

    def _formula(self, formula: Formula[Passage]) -> Markup:
        """Return the formula as MathML, or as its TeX source, with its words as the accessible name; else its words."""
        text = formula.text
        if not self._dialect.html5 or len(text.utterances) != 1:
            return self._paragraph(text, SHOWN, "formula")
        words = text.utterances[0].text
        attributes, content = self._inline.alone(text, TOLD)
        if mathml := self._inline.formula(formula.mathml, words, block=True):
            content = mathml
        else:
            attributes = {**attributes, "role": "math", "aria-label": one_line(words)}
            content = escape(one_line(formula.tex).strip()) or content
        return element("p", {"class": "formula", "id": text.id}, element("span", attributes, content))

    # --- quotations, programs, verse

    def _quote(self, quote: Quote[Passage]) -> Markup:
        parts = [self._block(block, TOLD) for block in quote.blocks]
        if quote.attribution:
            parts.append(self._paragraph(quote.attribution, SHOWN, "attribution"))
        return element("blockquote", {}, within_lines(parts))

    def _code(self, code: Code[Passage]) -> Markup:
        written = Markup("\n").join(self._inline.sentences(line, TOLD, in_lines=True) for line in code.lines)
        known = _LANGUAGE_OF_CODE.fullmatch(code.language)
        return element("pre", {}, element("code", {"class": f"language-{code.language}" if known else None}, written))

    def _verse(self, verse: Verse[Passage]) -> Markup:
        written = [self._inline.sentences(line, SHOWN, in_lines=True) for line in verse.lines]
        return element("p", {"class": "verse"}, (BREAK + "\n").join(line for line in written if line))

    # --- beside the text

    def _aside(self, aside: Aside[Passage]) -> Markup:
        is_producers = aside.kind == PRODUCER_NOTE
        own = self._structure("prodnote" if is_producers else "aside", aside)
        if not self._dialect.html5:
            kind = "optional-prodnote" if is_producers else "sidebar"
            return element("div", {"class": kind, **own}, self._within(aside.blocks, SHOWN))
        first = aside.blocks[0] if aside.blocks else None
        attributes = {
            "class": PRODUCER_NOTE if is_producers else None,
            **own,
            "role": _ROLES_OF_BOXES.get(aside.kind.lower()),
            "aria-labelledby": first.text.id if isinstance(first, Heading) else None,
        }
        return element("aside", attributes, self._within(aside.blocks, SHOWN))

    def _note(self, note: Note[Passage]) -> Markup:
        """Return the note at the place where it is read, with links back to its marks after its text. Its own mark is
        shown if the sound does not announce it."""
        place = note_id(self._inline.chapter, next(self._notes))
        self._inline.structure("footnote", leaves(note.blocks), place)
        shown = END_TOLD if self._dialect.html5 else SHOWN
        first = next((passage for passage in leaves(note.blocks) if passage.utterances), None)
        announced = first is not None and first.utterances[0].announces
        label = Markup() if announced else element("span", {"class": "label"}, self._mark_of(place, note), " ")
        back = self._links_back(place, note) if self._dialect.arrows else Markup()
        parts: list[Markup] = []
        for at, block in enumerate(note.blocks):
            if isinstance(block, Paragraph):
                before = label if at == 0 else ""
                behind = back if at == len(note.blocks) - 1 else ""
                parts.append(self._paragraph(block.text, shown, before=before, behind=behind))
            else:
                parts.append(self._block(block, shown))
        if not note.blocks or not isinstance(note.blocks[0], Paragraph):
            parts.insert(0, element("p", {}, label) if label else label)
        if back and (not note.blocks or not isinstance(note.blocks[-1], Paragraph)):
            parts.append(element("p", {}, back))
        role = {"role": "doc-footnote"} if self._dialect.html5 else {}
        return element("div", {"class": "notebody", **role, "id": place}, within_lines(parts))

    def _label(self, note: Note[Passage]) -> str:
        return one_line(note.label).strip() or "*"

    def _mark_of(self, place: str, note: Note[Passage]) -> Markup:
        """Return the mark of a note; where no arrows lead back, it is a link to its mark in the text."""
        label, marks = escape(self._label(note)), self._places.marks.get(place, ())
        if self._dialect.arrows or not marks:
            return label
        attributes: Attributes = {"epub:type": "backlink", "role": "doc-backlink", "href": self._inline.to(marks[0])}
        return element("a", attributes, label)

    def _links_back(self, place: str, note: Note[Passage]) -> Markup:
        if not self._dialect.html5:
            return Markup()
        words = self._words["back_to_text"].format(label=self._label(note))
        attributes: Attributes = {
            "class": "backlink", "epub:type": "backlink" if self._dialect.types else None, "role": "doc-backlink",
            **self._ours(), "aria-label": words,
        }  # fmt: skip
        marks = self._places.marks.get(place, ())
        links = (element("a", {**attributes, "href": self._inline.to(mark)}, "↩") for mark in marks)
        return Markup("").join(" " + link for link in links)


def _cell_id(table: Table[Passage], place: Place, name: str) -> str:
    """Return the id of a cell in the table of that name: its text's where it is that text's element, else its own."""
    row, at = place
    match table.rows[row].cells[at].blocks:
        case (Paragraph(text),) if len(text.utterances) == 1:
            return text.utterances[0].id
        case (Paragraph(text), *below) if all(isinstance(block, List) for block in below):
            return text.id
        case _:
            return f"{name}-{row}-{at}"
