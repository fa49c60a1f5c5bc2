"""Converts the text of an OpenDocument document to a tree of HTML elements."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from audio_edition.read.converted import WrittenText, bare_text
from audio_edition.read.docx.captions import UNSEEN, join_captions
from audio_edition.read.docx.flow import Flow
from audio_edition.read.docx.headings import Headings
from audio_edition.read.docx.paragraphs import is_blank
from audio_edition.read.docx.scenes import mark_scenes
from audio_edition.read.odt.lists import Counter as Numbers
from audio_edition.read.odt.lists import ItemMark, Lists
from audio_edition.read.odt.names import all_in, child, name_of, said, whole
from audio_edition.read.odt.package import Package
from audio_edition.read.odt.runs import Runs, text_in
from audio_edition.read.odt.seen import margins_of
from audio_edition.read.odt.styles import Style, Styles, is_hidden
from audio_edition.read.odt.tables import is_layout, rows_of, spans_of

_CONTENTS = frozenset(
    {
        "text:alphabetical-index", "text:bibliography", "text:illustration-index", "text:object-index",
        "text:table-index", "text:table-of-content", "text:user-index",
    }
)  # fmt: skip
_UNREAD = frozenset(
    {
        "office:event-listeners", "office:forms", "svg:desc", "svg:title", "table:shapes",
        "text:dde-connection-decls", "text:sequence-decls", "text:user-field-decls", "text:variable-decls",
    }
)  # fmt: skip
_INDEX_SOURCE = "-source"
_DEFINED = {"term": "dt", "definition": "dd"}
_LOWEST = 6


def text_of(package: Package, styles: Styles, *, keep_all: bool = False) -> WrittenText:
    """Return what LibreOffice shows with all changes accepted, without headers, footers, comments and contents.

    With `keep_all`, headers, footers and contents are read too. Raises ReadError.
    """
    return _Writer(package, styles, keep_all).text()


class _Writer:
    """Writes one document from beginning to end."""

    def __init__(self, package: Package, styles: Styles, keep_all: bool) -> None:
        self._package = package
        self._styles = styles
        self._keep_all = keep_all
        self._lists = Lists(styles.lists, styles.outline)
        self._runs = Runs(package, styles)
        self._root = etree.Element("body")
        self._headings = Headings(self._root)
        self._captions: dict[etree._Element, str] = {}
        self._before_blank: set[etree._Element] = set()
        self._number = ""  # of the item that begins, where HTML can't express it

    def text(self) -> WrittenText:
        self._blocks(self._package.body, Flow(self._root))
        left_out = self._runs.left_out
        left_out.may_be_headings = self._headings.find()
        mark_scenes(self._root, self._before_blank)
        for body, id_ in self._runs.notes.waiting():
            self._blocks(body, Flow(etree.SubElement(self._root, "aside", role="doc-footnote", id=id_)))
        join_captions(self._captions)
        language = self._runs.main_language()
        self._runs.check_boxes.say_all(language)
        self._write_margins()
        found, headings = tuple(left_out.findings()), self._headings
        return WrittenText(self._root, headings.title, language, found, headings.guessed, headings.authors)

    def _write_margins(self) -> None:
        margins = margins_of(self._package)
        if not self._keep_all:
            self._runs.left_out.margins = margins
            return
        for text in margins:
            etree.SubElement(self._root, "p").text = text

    # --- blocks

    def _blocks(self, parent: etree._Element, flow: Flow) -> None:
        for element in parent:
            name = name_of(element)
            if name in ("text:p", "text:h"):
                self._paragraph(element, flow)
            elif name == "text:list":
                self._list(element, flow)
            elif name == "text:numbered-paragraph":
                self._number = _written_number(element)
                self._blocks(element, flow)
                self._number = ""
            elif name == "table:table":
                self._table(element, flow)
            elif name.startswith("draw:"):
                self._stray(element, flow)
            else:
                self._part(element, name, flow)

    def _part(self, element: etree._Element, name: str, flow: Flow) -> None:
        """Write an element that holds blocks, unless it is not read."""
        if name == "text:tracked-changes":
            self._changes(element)
        elif name in _CONTENTS and not self._keep_all:
            self._runs.left_out.contents += [f"{text_in(each)} " for each in all_in(element, "text:index-body")]
        elif name == "text:section" and said(element, "text:display") in ("none", "condition"):
            self._runs.left_out.hidden.append(f"{text_in(element)} ")
        elif name and name not in _UNREAD and not name.endswith(_INDEX_SOURCE):
            self._blocks(element, flow)

    def _changes(self, changes: etree._Element) -> None:
        """Record deleted text as left out, and count all changes."""
        self._runs.left_out.changes += sum(1 for _ in all_in(changes, "text:changed-region"))
        for deletion in all_in(changes, "text:deletion"):
            words = [text_in(each) for each in deletion if name_of(each) != "office:change-info"]
            self._runs.left_out.deleted.append(" ".join((*words, "")))

    def _stray(self, drawing: etree._Element, flow: Flow) -> None:
        """Write a drawing that is anchored to a page."""
        written = etree.Element("p")
        self._runs.draw(drawing, written)
        if not is_blank(written):
            flow.block(written)
        self._anchor_all(flow)

    def _paragraph(self, element: etree._Element, flow: Flow) -> None:
        style = self._styles.of("paragraph", said(element, "text:style-name"))
        if style.kind == "contents" and not self._keep_all:
            self._runs.left_out.contents.append(f"{text_in(element)} ")
            return
        if is_hidden(style.properties) or _hides_itself(element):
            self._runs.left_out.hidden.append(f"{text_in(element)} ")
            return
        self._runs.looks.clear()
        written = etree.Element("p")
        self._runs.write(element, written, style)
        looks = Counter(self._runs.looks)
        if self._number and not is_blank(written):
            _number(written, self._number)
            self._number = ""
        if not is_blank(written):
            is_plain = self._put(written, element, style, flow)
            self._headings.note_line(written, flow, looks if is_plain else None)
        elif style.kind == "code" and flow.is_in_code:
            flow.code(etree.Element("span"))
        elif style.rules and not self._runs.anchored:
            flow.block(etree.Element("hr"))
        elif not self._runs.anchored and flow.is_in(self._root) and flow.last is not None:
            self._before_blank.add(flow.last)
        self._anchor_all(flow)

    def _put(self, written: etree._Element, element: etree._Element, style: Style, flow: Flow) -> bool:
        """Put a paragraph where it belongs; return whether it is a plain one."""
        level = self._level(element, style)
        if level:
            self._put_heading(written, element, level, style, flow)
        elif style.kind == "code":
            written.tag = "span"
            flow.code(written)
        elif style.kind == "quote":
            flow.quoted(written)
        elif style.kind in _DEFINED:
            flow.defined(written, _DEFINED[style.kind])
        else:
            self._note_caption(written, element, style)
            if style.kind == "author":
                self._headings.put_author(written)
            flow.block(written)
            return True
        return False

    def _level(self, element: etree._Element, style: Style) -> int:
        """Return the level of a heading below the title; 0 for other paragraphs."""
        if style.kind == "title":
            return 1
        own = whole(said(element, "text:outline-level")) or 1 if name_of(element) == "text:h" else style.level
        return min(_LOWEST, own + self._headings.has_title) if own else 0

    def _put_heading(
        self, written: etree._Element, element: etree._Element, level: int, style: Style, flow: Flow
    ) -> None:
        is_title = style.kind == "title"
        if name_of(element) == "text:h" and not is_title:
            own = whole(said(element, "text:outline-level")) or 1
            if number := self._lists.heading_number(own, element) or _written_number(element):
                _number(written, number)
        self._headings.put(written, level, flow, is_title=is_title)

    def _note_caption(self, written: etree._Element, element: etree._Element, style: Style) -> None:
        """Remember a paragraph that is a caption, by its style."""
        if style.kind == "caption":
            counter = next(all_in(element, "text:sequence"), None)
            self._captions[written] = said(counter, "text:name") or bare_text(written).partition(" ")[0]

    def _anchor_all(self, flow: Flow) -> None:
        """Put text boxes and shapes after the paragraph that they are anchored in."""
        anchored, self._runs.anchored = self._runs.anchored, []
        for element in anchored:
            if name_of(element) == "table:table":
                self._table(element, Flow(etree.SubElement(flow.place, "div")))
            else:
                self._blocks(element, Flow(etree.SubElement(flow.place, "div")))
            self._headings.note_line(flow.place[-1], flow)

    # --- lists

    def _list(self, element: etree._Element, flow: Flow) -> None:
        style = said(element, "text:style-name") or self._style_of_items(element)
        self._items(element, style, self._lists.opened(element, style), 1, flow)

    def _style_of_items(self, element: etree._Element) -> str:
        """Return the list style that the style of the first paragraph names."""
        first = next(all_in(element, "text:p", "text:h"), None)
        return self._styles.of("paragraph", said(first, "text:style-name")).list_style

    def _items(self, element: etree._Element, style: str, counter: Numbers, level: int, flow: Flow) -> None:
        written: etree._Element | None = None
        place = flow
        for item in element:
            first = next((each for each in item if name_of(each) not in ("", "text:number")), None)
            kind = "" if first is None else name_of(first)
            if name_of(item) == "text:list-item" and kind == "text:p":
                mark = self._lists.mark(counter, style, level, item)
                written = _list_for(written, mark, flow)
                place = Flow(_item_in(written, mark))
                self._number = mark.text if mark.style is None else ""
            elif kind == "text:h":
                written, place = None, flow
            elif kind == "text:list" and written is None:
                place = _last_item(flow)
            for each in item:
                if name_of(each) == "text:list":
                    own = said(each, "text:style-name") or style
                    self._items(each, own, counter, level + 1, place)
                else:
                    self._blocks([each], place)  # type: ignore[arg-type]

    # --- tables

    def _table(self, element: etree._Element, flow: Flow) -> None:
        rows = rows_of(element)
        written = etree.Element("table")
        flow.block(written)
        self._headings.note_line(written, flow)
        told = [text_in(each) for name in ("title", "desc") if (each := child(element, f"table:{name}")) is not None]
        if is_layout(rows):
            written.set("role", "presentation")
        elif told:
            etree.SubElement(written, "caption", {"class": UNSEEN}).text = ". ".join(told)
        head, body = etree.Element("thead"), etree.Element("tbody")
        for row in rows:
            line = etree.SubElement(head if row.is_head else body, "tr")
            for cell in row.cells:
                self._cell(cell, line, is_head=row.is_head)
        written.extend(each for each in (head, body) if len(each))

    def _cell(self, cell: etree._Element, row: etree._Element, *, is_head: bool) -> None:
        written = etree.SubElement(row, "th" if is_head else "td", dict(spans_of(cell)))
        if is_head:
            written.set("scope", "col")
        self._blocks(cell, Flow(written))
        for each in list(written.iter("strong")) if is_head else ():
            each.tag = "span"


def _last_item(flow: Flow) -> Flow:
    """Return where an inner list belongs that is written as a list of its own: the last item of the list before it."""
    before = flow.last
    is_list = before is not None and before.tag in ("ol", "ul") and len(before) > 0
    return Flow(before[-1]) if is_list and before is not None else flow


def _list_for(written: etree._Element | None, mark: ItemMark, flow: Flow) -> etree._Element:
    """Return the list that takes an item: the open one, or a new one."""
    tag = "ul" if mark.style is None else "ol"
    if written is not None and written.tag == tag:
        return written
    written = etree.Element(tag)
    if mark.style not in (None, "1"):
        written.set("type", str(mark.style))
    if mark.style is not None and mark.number != 1:
        written.set("start", str(mark.number))
    if flow.place.tag == "li":
        flow.place.append(written)
    else:
        flow.block(written)
    return written


def _item_in(written: etree._Element, mark: ItemMark) -> etree._Element:
    item = etree.SubElement(written, "li")
    if mark.style is not None:
        item.set("value", str(mark.number))
    return item


def _written_number(element: etree._Element) -> str:
    """Return the number of a paragraph, as it is written for programs that do not count (OpenDocument 1.3, 6.1.10)."""
    number = child(element, "text:number")
    return "" if number is None else text_in(number)


def _number(written: etree._Element, text: str) -> None:
    number = etree.Element("span")
    number.text = f"{text} "
    written.insert(0, number)


def _hides_itself(paragraph: etree._Element) -> bool:
    """Return whether a paragraph holds a field that hides it."""
    return any(said(each, "text:is-hidden") == "true" for each in all_in(paragraph, "text:hidden-paragraph"))
