"""Reads a tagged PDF by its tree of tags (ISO 32000-1, 14.7 and 14.8): who made it said what each part is.

Elements come parents first, so that one pass over them writes the document; no depth is a danger.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml import etree

from audio_edition.pdf.facts import Box, Mark, Node, Page, Span, Style
from audio_edition.read.lines import letters_of
from audio_edition.read.pdf.boxes import around_boxes
from audio_edition.read.pdf.figures import Placed, box_of, place_figures, source_of
from audio_edition.read.pdf.furniture import Furniture
from audio_edition.read.pdf.judged import Judged, Kind, Part
from audio_edition.read.pdf.left_out import LeftOut
from audio_edition.read.pdf.lines import Stand, around, is_raised_above, lines_of, spaced, word_count
from audio_edition.read.pdf.order import rejoined
from audio_edition.read.pdf.paragraphs import bullet_of, number_of
from audio_edition.read.pdf.writing import Piece, Pieces, break_before, clean, plainly, text_of, write

_LEAST_COVERED = 0.8
"""Share of the words that tags must name to be trusted."""

_PLAIN = Style("", 0, False, False)
_DEEPEST = 24
"""Elements in each other. What lies deeper stands beside."""

_BLOCKS = {
    "P": "p", "H": "h2", "H1": "h1", "H2": "h2", "H3": "h3", "H4": "h4", "H5": "h5", "H6": "h6", "Title": "h1",
    "Caption": "figcaption", "Code": "pre", "BlockQuote": "blockquote", "L": "ul", "LI": "li", "Table": "table",
    "TR": "tr", "TH": "th", "TD": "td", "Aside": "aside", "Figure": "figure", "Formula": "p", "BibEntry": "p",
}  # fmt: skip
_HOLD_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
"""Elements that hold text, and no blocks."""

_INLINE = frozenset({"Span", "Link", "Quote", "Reference", "Lbl", "Em", "Strong", "Sub", "Annot", "Ruby", "RB", "Form"})
_NOTES = frozenset({"Note", "FENote"})
_LEFT_OUT = {"TOC": "contents-left-out", "Artifact": "page-heads", "Private": "hidden-left-out"}
_HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "P"})
_COUNTED = re.compile(r"\(?(\d{1,6})[.)]?$")
_NOTE_MARK = re.compile(r"\s*[\[(]?(\d{1,4}|[^\W\d_]{1,4}(?=[\s.)\]])|[*†‡§]+)[\])]?")
_FRAMES = frozenset({"Div", "Sect", "Art", "Part"})
"""What a frame that is anchored in a paragraph becomes: text beside it."""

_NARROWEST_SPACE = 0.17
"""Share of the height of letters."""

_COLUMN_GAP = 4.0
"""Points between two columns, at least."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "figcaption": "caption", "caption": "caption",
    "table": "table", "aside": "note", "li": "list item", "blockquote": "quotation", "pre": "code",
}  # fmt: skip
_LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
_SPAN = re.compile(r"\d{1,3}$")
_SCOPES = {"Row": "row", "Column": "col"}


@dataclass(slots=True)
class Content:
    """The text of marked content on a page. `first` and `last` are its outermost words, `box` is around all; `stand`
    is where its first line stands: a document has too many contents to keep their lines."""

    pieces: list[Piece]
    first: Span
    last: Span
    count: int
    box: Box
    stand: Stand


@dataclass(slots=True)
class Contents:
    """The marked content of a document by page and number, and the words of each page that no tag names."""

    named: dict[tuple[int, int], Content] = field(default_factory=dict)
    rest: dict[int, list[Span]] = field(default_factory=dict)
    pictures: dict[tuple[int, int], Box] = field(default_factory=dict)
    """Where images are, by page and number."""
    words: int = 0
    unnamed: int = 0

    @property
    def is_covered(self) -> bool:
        """Whether the tags name most of the words."""
        return self.words > 0 and self.words >= _LEAST_COVERED * (self.words + self.unnamed)


def named_in(nodes: Iterable[Node]) -> set[tuple[int, int]]:
    """Return the marked content that a tree of tags names."""
    return {(node.page, node.content) for node in nodes if not node.kind and node.content >= 0}


def has_text_tags(nodes: Iterable[Node]) -> bool:
    """Return whether a tree has an element for a paragraph or a heading."""
    return any(node.kind in _HEADINGS for node in nodes)


def take_contents(
    page: Page,
    named: set[tuple[int, int]],
    pieces: Pieces,
    furniture: Furniture,
    out: Contents,
    left_out: LeftOut,
    judged: Judged,
    *,
    keep_all: bool = False,
) -> None:
    """Sort the words of a page by their marked content."""
    groups: dict[int, list[Span]] = defaultdict(list)
    out.pictures |= {(page.number, content): box for content, box in zip(page.image_contents, page.images, strict=True)}
    rest: list[Span] = []
    artifacts: list[Span] = []
    for span in page.spans:
        if span.marks & Mark.UNSEEN:
            continue
        if (page.number, span.content) in named:
            groups[span.content].append(span)
        elif span.is_artifact:
            artifacts.append(span)
        else:
            rest.append(span)
    if artifacts and keep_all:
        out.rest[page.number] = artifacts
    elif artifacts:
        left_out.add("page-heads", spaced(artifacts, page))
        for line in lines_of(artifacts, page):
            judged.lines("running head", [line])
    for content, spans in groups.items():
        lines = rejoined(lines_of(spans, page))
        out.named[page.number, content] = Content(
            pieces.of(lines, {}, _PLAIN),
            spans[0],
            spans[-1],
            sum(map(word_count, spans)),
            around(lines),
            Stand(lines[0].base, lines[0].size),
        )
        out.words += sum(map(word_count, spans))
    if rest:
        out.rest.setdefault(page.number, []).extend(rest)
        lines = [line for line in lines_of(rest, page) if not furniture.holds(line)]
        out.unnamed += sum(word_count(span) for line in lines for span in line.spans)


class _Place(NamedTuple):
    """Where what an element holds is written: into `element`, as text if `text` collects it. `kind` tells how."""

    element: etree._Element
    text: _Text | None
    depth: int
    look: frozenset[str] = frozenset()
    href: str = ""
    language: str = ""
    skip: str = ""
    instead: str = ""
    note: _Note | None = None
    is_label: bool = False
    sections: int = 0


class _Text:
    """The text of one block, which is written when all of it is known."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.pieces: list[Piece] = []
        self.last: Span | None = None
        self.last_page = -1
        self.boxes: list[tuple[int, Box]] = []
        """Where it stands: the page and the box of each of its columns."""
        self.stand: Stand | None = None
        """The line that the letters of the text stand on, which raised ones stand above."""

    def reach(self, page: int, box: Box) -> None:
        """Note that some of the text stands in a box on a page: in the last one's column, or in another."""
        last_page, last = self.boxes[-1] if self.boxes else (-1, box)
        is_beside = box.left > last.right + _COLUMN_GAP or box.right < last.left - _COLUMN_GAP
        is_above = box.bottom > last.top
        if page == last_page and not (is_beside and is_above):
            self.boxes[-1] = page, around_boxes([last, box])
        else:
            self.boxes.append((page, box))


@dataclass(slots=True, eq=False)
class _Note:
    element: etree._Element
    label: list[str] = field(default_factory=list)


class Tagged:
    """Writes the tree of tags into an element."""

    def __init__(
        self,
        out: etree._Element,
        nodes: Sequence[Node],
        contents: Contents,
        pieces: Pieces,
        label: Callable[[int], str],
        left_out: LeftOut,
        *,
        keep_all: bool = False,
    ) -> None:
        self._keep_all = keep_all
        self._out = out
        self._nodes = nodes
        self._contents = contents
        self._pieces = pieces
        self._label = label
        self._left_out = left_out
        self._places: dict[int, _Place] = {-1: _Place(out, None, 0)}
        self._texts: list[_Text] = []
        self._items: dict[etree._Element, list[str]] = defaultdict(list)
        self._notes: list[_Note] = []
        self._figures: list[Placed] = []
        self._boxless: dict[int, etree._Element] = {}
        """Figures whose tags do not say where they are, by the number of their element."""
        self.title = ""
        """What the only element for a title says, if there is one."""
        self._references: list[tuple[_Text, int]] = []
        self._page = -1
        self._last_of_page: dict[int, etree._Element] = {}
        self._links = {
            node.parent: node.facts["href"] for node in nodes if node.kind == "OBJR" and "href" in node.facts
        }

    def write(self) -> dict[int, etree._Element]:
        """Write all; return the last block of each page."""
        for number, node in enumerate(self._nodes):
            place = self._places.get(node.parent, self._places[-1])
            if not node.kind:
                self._content(node, place)
            elif node.kind != "OBJR":
                self._places[number] = self._opened(number, node, place)
        self._number_items()
        self._join_notes()
        self._name()
        for text in self._texts:
            self._write_text(text)
        place_figures(self._figures, list(self._placed_texts()))
        self._tidy()
        return self._last_of_page

    def _write_text(self, text: _Text) -> None:
        """Write a block's text, after the marks of the pages that begin with it."""
        pieces = plainly(text.pieces)
        if pieces and pieces[0].pages and text.element.tag in _HOLD_TEXT:
            for label in pieces[0].pages:
                text.element.addprevious(break_before(label))
            pieces[0] = pieces[0]._replace(pages=())
        write(pieces, text.element)

    def _name(self) -> None:
        titles = [text for text in self._texts if text.element.get("class") == "title"]
        if len(titles) == 1:
            self.title = " ".join(text_of(titles[0].pieces).split())
            for text in self._texts:
                if text.element.tag in _LOWER and text is not titles[0]:
                    text.element.tag = _LOWER[text.element.tag]

    def judge(self, judged: Judged) -> None:
        """Keep what the tags say of each part."""
        for text in self._texts:
            said = text_of(text.pieces)
            for page, box in text.boxes:
                judged.parts.append(Part(page, _kind_of(text.element), box, said, text.element))
        for figure in self._figures:
            image = figure.element.find("img")
            said = (image.get("alt") or "") if image is not None else ""
            judged.parts.append(Part(figure.page, "picture", figure.box, said))

    def _placed_texts(self) -> Iterator[Placed]:
        for text in self._texts:
            element = text.element
            if element.tag == "span" and (parent := element.getparent()) is not None:
                element = parent
            yield from (Placed(element, page, box) for page, box in text.boxes)

    # --- elements

    def _opened(self, number: int, node: Node, place: _Place) -> _Place:
        """Return the place of what an element holds."""
        if place.skip:
            return place
        language = clean(node.facts.get("lang", ""))
        if node.kind in _LEFT_OUT and not self._keep_all:
            return place._replace(skip=_LEFT_OUT[node.kind])
        instead = node.facts.get("text") or node.facts.get("expanded")
        if instead and node.kind not in ("Figure", "Formula"):
            return self._replaced(number, node, instead, place)
        if node.kind in ("Figure", "Formula") and (node.facts.get("alt") or node.facts.get("text")):
            return self._figure(number, node, place)
        if node.kind in _NOTES:
            return self._note(place)
        if place.text is not None and node.kind in _FRAMES and (above := place.element.getparent()) is not None:
            return place._replace(element=above, text=None)
        if node.kind in _INLINE or (place.text is not None and node.kind not in _BLOCKS):
            return self._inline(number, node, place, language)
        tag = _BLOCKS.get(node.kind)
        if tag is None or place.depth > _DEEPEST:
            sections = place.sections + (node.kind in ("Sect", "Art", "Part"))
            return place._replace(text=None, language=language or place.language, sections=sections)
        return self._block(number, node, tag, place, language)

    def _block(self, number: int, node: Node, tag: str, place: _Place, language: str) -> _Place:
        parent = place.element
        if place.text is not None and tag == "p":
            return place  # a paragraph in a heading or a paragraph
        if place.text is not None and (above := parent.getparent()) is not None:
            parent = above
        if node.kind == "H":
            tag = f"h{max(1, min(6, place.sections))}"
        if parent.tag == "figure" and tag == "figure":
            return place
        element = etree.SubElement(parent, tag)
        if language:
            element.set("lang", language)
        if tag in ("th", "td"):
            _set_cell(element, node.facts)
        if tag == "figure":
            image = etree.SubElement(element, "img")
            if "alt" in node.facts:  # an empty one: a decoration
                image.set("alt", "")
            else:
                self._note_place(element, number, node)
        if node.kind == "Title":
            element.set("class", "title")
        text = self._new_text(element) if tag in _HOLD_TEXT else None
        return _Place(element, text, place.depth + 1, note=place.note, sections=place.sections)

    def _inline(self, number: int, node: Node, place: _Place, language: str) -> _Place:
        looks = {"Em": "em", "Strong": "strong"}
        look = place.look | {looks[node.kind]} if node.kind in looks else place.look
        href = self._links.get(number, "") or place.href
        if node.kind in ("Reference", "Link") and place.text is not None:
            self._references.append((place.text, len(place.text.pieces)))
        is_label = place.is_label or node.kind == "Lbl"
        return place._replace(look=look, href=href, language=language or place.language, is_label=is_label)

    def _replaced(self, number: int, node: Node, instead: str, place: _Place) -> _Place:
        """Write the text that is read instead of all that an element holds, and leave that out: other words for what is
        drawn (14.9.4), or what an abbreviation stands for (14.9.5)."""
        bare = {name: fact for name, fact in node.facts.items() if name not in ("text", "expanded")}
        inner = self._opened(-1, node._replace(facts=bare), place) if node.kind in _BLOCKS else place
        said = " ".join(clean(instead).split())
        text = inner.text or self._text_in(inner)
        if said:
            is_apart = bool(text.pieces) and (instead[:1].isspace() or self._begins_apart(number, text))
            text.pieces.append(Piece(f" {said}" if is_apart else said, inner.look, href=inner.href))
        return inner._replace(text=text, skip="replaced-text", instead=letters_of(said))

    def _begins_apart(self, number: int, text: _Text) -> bool:
        """Return whether what an element holds begins with a space, or on a new line, behind a text."""
        below = islice(range(number + 1, len(self._nodes)), _DEEPEST)
        leaf = next((self._nodes[at] for at in below if not self._nodes[at].kind), None)
        content = self._contents.named.get((leaf.page, leaf.content)) if leaf else None
        if leaf is None or content is None or text.last is None:
            return False
        is_below = _is_next_line(text.last, text.last_page, content.first, leaf.page)
        return is_below or _are_apart(text.last, content.first)

    def _figure(self, number: int, node: Node, place: _Place) -> _Place:
        parent = place.element
        said = " ".join(clean(node.facts.get("alt") or node.facts.get("text", "")).split())
        if place.text is not None:
            place.text.pieces.append(Piece("", alt=said))
            return place._replace(skip="drawn-text")
        element = etree.SubElement(parent, "figure") if parent.tag != "figure" else parent
        etree.SubElement(element, "img", alt=said)
        self._note_place(element, number, node)
        return place._replace(element=element, text=None, skip="drawn-text")

    def _note_place(self, figure: etree._Element, number: int, node: Node) -> None:
        if box := box_of(node.facts.get("box", "")):
            self._found_figure(Placed(figure, node.page, box))
        else:
            self._boxless[number] = figure

    def _found_figure(self, figure: Placed) -> None:
        image = figure.element.find("img")
        if image is not None:
            image.set("src", source_of(figure.page, figure.box))
        self._figures.append(figure)

    def _note(self, place: _Place) -> _Place:
        note = _Note(etree.SubElement(self._out, "aside"))
        self._notes.append(note)
        return _Place(note.element, None, 1, note=note)

    def _new_text(self, element: etree._Element) -> _Text:
        text = _Text(element)
        self._texts.append(text)
        return text

    def _text_in(self, place: _Place) -> _Text:
        """Return the text for content directly in an element that holds blocks: the last one, if nothing follows it."""
        element = place.element
        tag = "span" if element.tag in ("th", "td", "figcaption") else "p"
        last = element[-1] if len(element) else None
        for text in reversed(self._texts[-4:]):
            if text.element is last and last is not None and last.get("class") == "bare":
                return text
        return self._new_text(etree.SubElement(element, tag, {"class": "bare"}))

    # --- content

    def _content(self, node: Node, place: _Place) -> None:
        picture = self._contents.pictures.get((node.page, node.content))
        if picture is not None and node.parent in self._boxless:
            self._found_figure(Placed(self._boxless.pop(node.parent), node.page, picture))
        content = self._contents.named.get((node.page, node.content))
        if content is None:
            return
        if place.skip:
            text = text_of(content.pieces)
            if not place.instead or letters_of(text) not in place.instead:
                self._left_out.add(place.skip, text)
            if place.instead and place.text is not None:
                place.text.last, place.text.last_page = content.last, node.page
            return
        if place.is_label and place.element.tag == "li":
            self._items[place.element].append(text_of(content.pieces).strip())
            return
        if place.is_label and place.note is not None and not place.note.label:
            place.note.label.append(text_of(content.pieces).strip())
            return
        self._append(place.text or self._text_in(place), content, node.page, place)

    def _append(self, text: _Text, content: Content, page: int, place: _Place) -> None:
        pieces = [
            piece._replace(look=piece.look | place.look, href=place.href or piece.href, language=place.language)
            for piece in content.pieces
        ]
        text.reach(page, content.box)
        if text.stand is not None and text.last_page == page and is_raised_above(text.stand, content.stand):
            pieces = [piece._replace(look=piece.look | {"sup"}) for piece in pieces]
        else:
            text.stand = content.stand
        if page > self._page:
            labels = [self._label(each) for each in range(self._page + 1, page + 1)]
            pieces[0] = pieces[0]._replace(pages=tuple(filter(None, labels)))
            self._page = page
        if text.last is None or not text.pieces:
            text.pieces.extend(pieces)
        elif _is_next_line(text.last, text.last_page, content.first, page):
            self._pieces.join_line(text.pieces, pieces)
        else:
            if _are_apart(text.last, content.first):
                pieces[0] = pieces[0]._replace(text=f" {pieces[0].text}")
            text.pieces.extend(pieces)
        text.last, text.last_page = content.last, page
        self._last_of_page[page] = text.element

    # --- lists and notes

    def _number_items(self) -> None:
        """Give lists their kind by the labels of their items, which may stand in the text."""
        texts = {text.element: text for text in self._texts}
        for element in list(self._out.iter("ul")):
            labels = {item: self._label_of(item, texts) for item in element if item.tag == "li"}
            numbers = {item: found for item, label in labels.items() if (found := _COUNTED.match(label))}
            if numbers and len(numbers) == len(labels):
                element.tag = "ol"
                for item, found in numbers.items():
                    item.set("value", str(int(found[1])))
                    self._left_out.add("list-marks", found[1])
                continue
            for item, label in labels.items():
                if label and not bullet_of(f"{label} "):
                    number = etree.Element("span")
                    number.text = f"{label} "
                    first = next((each for each in item if each.tag in _HOLD_TEXT), item)
                    first.insert(0, number)
                elif label.isalnum():
                    self._left_out.add("list-marks", label)

    def _label_of(self, item: etree._Element, texts: Mapping[etree._Element, _Text]) -> str:
        """Return an item's label, which is taken from its text if no tag names it."""
        if item in self._items:
            return " ".join(self._items[item])
        first = next((texts[each] for each in item.iter("p", "span") if each in texts), None)
        if first is None or not first.pieces:
            return ""
        said = text_of(first.pieces).lstrip()
        label = bullet_of(said) or number_of(said)
        if label:
            _cut_off(first.pieces, label)
        return label

    def _join_notes(self) -> None:
        """Link each note with the reference that has its label."""
        texts = {text.element: text for text in self._texts}
        for number, note in enumerate(self._notes, start=1):
            first = next((texts[each] for each in note.element.iter() if each in texts), None)
            label = "".join(note.label).strip("[]().")
            if first is not None and not label and (found := _NOTE_MARK.match(text_of(first.pieces[:2]))):
                label = found[1]
                if self._refer(label, f"note-{number}"):
                    _cut_off(first.pieces, found[0].strip())
                    note.element.set("role", "doc-footnote")
                    note.element.set("id", f"note-{number}")
            elif label and self._refer(label, f"note-{number}"):
                note.element.set("role", "doc-footnote")
                note.element.set("id", f"note-{number}")

    def _refer(self, label: str, id: str) -> bool:  # noqa: A002
        for text, at in self._references:
            for place in range(at, min(at + 3, len(text.pieces))):
                piece = text.pieces[place]
                if not piece.note and piece.text.strip(" []().") == label:
                    text.pieces[place] = piece._replace(note=id, href="")
                    return True
        for text in self._texts:
            for place, piece in enumerate(text.pieces):
                if "sup" in piece.look and not piece.note and piece.text.strip(" []().") == label:
                    text.pieces[place] = piece._replace(note=id, href="")
                    return True
        return False

    def _tidy(self) -> None:
        """Remove what holds nothing, and make HTML of what PDF allows: captions in tables, lists without items."""
        for caption in list(self._out.iter("figcaption")):
            parent = caption.getparent()
            if parent is not None and parent.tag == "table":
                caption.tag = "caption"
                parent.insert(0, caption)
            elif parent is not None and parent.tag != "figure":
                caption.tag = "p"


def _kind_of(element: etree._Element) -> Kind:
    """Return what an element's text is: by the nearest element around it that tells."""
    for each in (element, *element.iterancestors()):
        if (kind := _KINDS.get(str(each.tag))) is not None:
            return kind
    return "text"


def _is_next_line(last: Span, last_page: int, first: Span, page: int) -> bool:
    if page != last_page:
        return True
    return min(last.top, first.top) - max(last.bottom, first.bottom) < 0.3 * min(_height(last), _height(first))


def _are_apart(last: Span, first: Span) -> bool:
    return first.is_spaced or first.left - last.right > _NARROWEST_SPACE * _height(first)


def _height(span: Span) -> float:
    return max(1.0, span.top - span.bottom)


def _cut_off(pieces: list[Piece], label: str) -> None:
    rest = label
    while pieces and rest:
        text = pieces[0].text.lstrip()
        if text.startswith(rest):
            pieces[0] = pieces[0]._replace(text=text[len(rest) :].lstrip())
            return
        if not rest.startswith(text):
            return
        rest = rest[len(text) :].lstrip()
        del pieces[0]
    while pieces and not pieces[0].text.strip():
        del pieces[0]
    if pieces:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())


def _set_cell(element: etree._Element, facts: Mapping[str, str]) -> None:
    for name in ("colspan", "rowspan"):
        if _SPAN.match(facts.get(name, "")):
            element.set(name, facts[name])
    if element.tag == "th":
        element.set("scope", _SCOPES.get(facts.get("scope", ""), "col"))
