"""The blocks of an element, and findings for what it holds that is not read."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from audio_edition.model import (
    DEEPEST,
    Block,
    Code,
    Finding,
    Formula,
    Heading,
    Image,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    SceneBreak,
    SpanKind,
    Text,
    Verse,
    leaves,
    with_leaves,
)
from audio_edition.read.lines import speakable
from audio_edition.read.marks import heading_of
from audio_edition.read.markup.elements import (
    BLOCKS,
    PICTURES,
    PLAYED,
    classes_of,
    heading_level,
    is_seen,
    name_of,
    names_in,
    roles_of,
    whole_number,
)
from audio_edition.read.markup.formula import formula_text, mathml_of, tex_of
from audio_edition.read.markup.frames import (
    AsideFrame,
    CaptionFrame,
    DefinitionFrame,
    FigureFrame,
    Frame,
    ItemFrame,
    ListFrame,
    NotesStood,
    QuoteFrame,
    TableFrame,
    lines_joined,
)
from audio_edition.read.markup.inline import Line, lines_of, visible
from audio_edition.read.markup.lists import LISTS, numbering_of
from audio_edition.read.markup.notes import FoundNote, Notes
from audio_edition.read.markup.pictures import Gallery, Pictures, description_of, is_drawn, no_pictures
from audio_edition.read.markup.seen import seen_texts
from audio_edition.read.markup.tables import groups_of, is_data_table
from audio_edition.read.markup.walk import Event, language_at, walk

_PAGE_ROLES = frozenset({"doc-pagebreak", "pagebreak"})
_PAGE_CLASSES = frozenset({"pagenum", "pageno", "page-number", "pagenumber", "pagebreak"})
_PAGE_WORDS = re.compile(
    r"^\W*(?:pages?|pag\.?|pg\.?|p\.|seite|página|pagina|sida|side|strona|стр\.?)?\s*(.*?)[\s.\])]*$", re.IGNORECASE
)
_LONGEST_LABEL = 40
_LONGEST_ADDRESS = 2_000

_INLINE: dict[str, SpanKind] = {
    "b": "strong", "cite": "emphasis", "code": "code", "del": "struck", "dfn": "emphasis", "em": "emphasis",
    "i": "emphasis", "ins": "inserted", "kbd": "code", "s": "struck", "samp": "code", "strike": "struck",
    "strong": "strong", "sub": "subscript", "sup": "superscript", "tt": "code", "var": "emphasis",
}  # fmt: skip
_STYLES: tuple[tuple[re.Pattern[str], SpanKind], ...] = (
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), "struck"),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), "superscript"),
    (re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE), "subscript"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), "emphasis"),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "strong"),
)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_LEADS_OUT = re.compile(r"(?:https?|mailto|tel):\S+", re.IGNORECASE)
_BLANKS_IN_ADDRESS = re.compile(r"[\t\n\r]+")

_VERSE_NAMES = """
    lg linegroup lyrics poem poetry poetry-container stanza verse z3998:poem z3998:song z3998:stanza z3998:verse
"""
_VERSE = frozenset(_VERSE_NAMES.split())
_ASIDES = {
    "admonition": "", "callout": "", "caution": "caution", "danger": "danger", "doc-notice": "notice",
    "doc-pullquote": "pullquote", "doc-tip": "tip", "important": "important", "notice": "notice",
    "pullquote": "pullquote", "sidebar": "sidebar", "tip": "tip", "warning": "warning",
}  # fmt: skip
_ADMONITIONS = frozenset({"admonition", "alert", "callout", "markdown-alert"})
_KINDS_NAMES = """
    attention caution danger error example hint important info note notice question quote success tip warning
"""
_KINDS = frozenset(_KINDS_NAMES.split())
_ATTRIBUTIONS = frozenset({"attribution", "author", "citation", "cite", "quote-author", "quote-source", "source"})
_CODE_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-([\w+#.-]{1,30})")
_CODE = frozenset({"listing", "plaintext", "pre", "xmp"})

_STARS = re.compile(r"[\s*＊∗⁎⁕✱✻✽❋•·●○◦◆◇■□▪★☆#~∼～–—―_=+§❦❧☙⁂⁑⸻✦✧✶♦♥♠♣٭※☼❖-]{1,40}")
_BREAK_NAMES = re.compile(
    r"(?:scene|section|space|text|thought|line|paragraph)[-_]?break|asterism|dinkus|fleuron|ornament|flourish|vignette|"
    r"separator|divider|^sb$|^break$|blank-?line",
    re.IGNORECASE,
)
_STRONG_BREAK_NAMES = re.compile(r"^(?:scene|section|space|text|thought)[-_]?break$", re.IGNORECASE)
_ALIGNED = re.compile(r"align-?(?:left|right|center)|float|wp-image|size-(?:full|large|medium)", re.IGNORECASE)
_SHORT_WORDS = 2
_SHORT = 15
_LONG = 80
_LARGE = 200
"""Pixels: a picture that is wider is not part of a sentence."""


@dataclass(frozen=True, slots=True)
class Body:
    """What an element held. `headings` are the elements of the top-level headings, in order: none for a heading that is
    no element, such as words between dashes."""

    blocks: tuple[Block[Text], ...]
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[etree._Element | None, ...] = ()


def read_body(root: etree._Element, own: str = "", pictures: Pictures = no_pictures) -> Body:
    """Return all that the element shows, in a document in its `own` language. `pictures` gives the bytes of those that
    the document holds."""
    document = _Document(root, own, pictures)
    reader = _Reader(document, (root,), 1)
    reader.read()
    reader.end_document()
    blocks = reader.blocks()
    elements = tuple(document.headings.get(id(block)) for block in blocks if isinstance(block, Heading))
    return Body(_linked(blocks), document.gallery.images, tuple(document.findings()), elements)


def words_of(
    element: etree._Element,
    own: str = "",
    language: str = "",
    without: Iterable[etree._Element] = (),
) -> Text:
    """Return all text inside the element on one line, without that of some; where a block begins or ends, a space."""
    reader = _Reader(_Document(None, own, no_pictures), (element,), 1, language, frozenset(without))
    return reader.read_line()


class _Document:
    """What is known of the whole document, and what was left out of it."""

    def __init__(self, root: etree._Element | None, own: str, pictures: Pictures) -> None:
        self.own = own
        self.gallery = Gallery(pictures)
        self.notes = Notes(root) if root is not None else None
        self.ids: dict[FoundNote, str] = {}
        self.waiting: deque[tuple[FoundNote, str]] = deque()
        self.headings: dict[int, etree._Element] = {}
        self.held: list[object] = []  # so that no id of theirs is another's
        self.left_out: dict[str, list[str]] = {id: [] for id in _LEFT_OUT}  # noqa: A001 - a finding's own word
        self.wordless: Counter[str] = Counter()
        self.linked: set[str] = set()
        self.described: dict[etree._Element, etree._Element] = {}
        if root is not None:
            self.linked = {href[1:] for link in root.iter("{*}a") if (href := link.get("href", "")).startswith("#")}
            self.described = dict(_described(root))
        self.descriptions = frozenset(self.described.values())

    def findings(self) -> Iterator[Finding]:
        for id, texts in self.left_out.items():  # noqa: A001
            if texts:
                yield Finding(id, "note", f"Left out: {_LEFT_OUT[id]}.", text=" ".join(texts))
        for id, count in sorted(self.wordless.items()):  # noqa: A001
            message, remedy = _WORDLESS[id]
            yield Finding(id, "warning", message.format(count), remedy=remedy)


@dataclass(slots=True)
class _Shown:
    """A picture in the text that is being gathered; `at` is where it stands, if it has no words."""

    text: str
    image: str
    description: tuple[Block[Text], ...]
    is_aligned: bool
    at: int


class _Reader:
    """Takes the events of some elements one by one. They are read at a level of blocks."""

    def __init__(
        self,
        document: _Document,
        roots: tuple[etree._Element, ...],
        depth: int,
        language: str | None = None,
        without: frozenset[etree._Element] = frozenset(),
    ) -> None:
        self._document = document
        self._roots = roots
        self._without = without
        self._frames: list[Frame] = [Frame(depth)]
        self._anchors: list[str] = []
        self._line = Line(document.own, self._anchors)
        around = language_at(roots[0], document.own) if language is None else language
        self._around = self._language = around
        self._ends: list[tuple[Callable[[], None], ...]] = []
        self._whole: etree._Element | None = None
        self._leaf = 0  # inside so many elements whose text is one
        self._is_broken_by_blocks = False
        self._code: list[Text] | None = None
        self._in_code = 0
        self._verse: list[etree._Element] = []
        self._shown: list[_Shown] = []
        self._is_closing_due = False
        self._is_main = depth == 1
        self._has_break = False

    # --- as a whole

    def read(self) -> None:
        """Read all elements."""
        for root in self._roots:
            for event in walk(root, self._document.own, self._around):
                self._take(event)
            self._flush()

    def read_line(self) -> Text:
        """Return all that is in the elements on one line."""
        self._leaf += 1
        for root in self._roots:
            for event in walk(root, self._document.own, self._around):
                self._take(event)
        return self._line.take(self._around)

    def end_document(self) -> None:
        """Read the notes whose marks stand where nothing can follow them."""
        self._add_notes(())

    def blocks(self) -> tuple[Block[Text], ...]:
        """Return what was read."""
        return self._ended(self._frames[0])

    def _ended(self, frame: Frame) -> tuple[Block[Text], ...]:
        blocks = frame.blocks()
        self._document.left_out["notes-heading"] += [each.text.text for each in frame.headings_of_notes]
        return blocks

    # --- events

    def _take(self, event: Event) -> None:
        if self._whole is not None:
            if event.kind == "end" and event.element is self._whole:
                self._whole = None
        elif event.kind == "text":
            self._text(event)
        elif event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            for end in reversed(self._ends.pop()):
                end()
        else:
            self._skip(event.element)

    def _text(self, event: Event) -> None:
        text = event.text
        if not text or (self._document.notes and event.element in self._document.notes.wrappers):
            return
        if self._is_closing_due and text.strip():
            text = text.lstrip()[1:]
            self._is_closing_due = False
        if self._in_code:
            self._code_text(text)
        else:
            self._line.write(text)

    def _code_text(self, text: str) -> None:
        first, *others = text.split("\n")
        self._line.write(first)
        for line in others:
            self._end_line()
            self._line.write(line)

    def _start(self, event: Event) -> None:
        element, name = event.element, name_of(event.element)
        if element in self._roots:
            self._anchor(element)
            self._ends.append((*self._in_language(event, is_block=True),))
        elif self._is_read_whole(event, name):
            self._whole = element
        elif name in BLOCKS or heading_level(element):
            self._ends.append(self._block(event, name))
        else:
            self._anchor(element)
            self._ends.append((*self._in_language(event), *self._inline(element, name)))

    def _is_read_whole(self, event: Event, name: str) -> bool:
        """Return whether the element is read here and now, or passed over, with all that is in it."""
        element, notes = event.element, self._document.notes
        if element in self._without:
            return True
        if notes is not None:
            if (note := notes.of(element)) is not None:
                self._anchor(element)
                self._mark(element, note)
                return True
            if element in notes.marks_in_notes:
                self._leave_out("note-marks", element)
                self._drop_brackets(element)
                return True
            if element in notes.parts or element in self._document.descriptions:
                self._flush()
                self._frames[-1].add(NotesStood())
                return True
        if _is_page(element):
            self._anchor(element)
            self._page(element)
        elif name in PICTURES or name == "svg" or is_drawn(element):
            self._anchor(element)
            self._picture(event, name)
        elif name == "math":
            self._anchor(element)
            self._formula(event)
        elif name in PLAYED:
            self._document.wordless["played-without-text"] += 1
        else:
            return False
        return True

    def _skip(self, element: etree._Element) -> None:
        """Pass over what is not to be read, and tell what of it can be seen."""
        if name_of(element) in PLAYED and element.get("hidden") is None:
            self._document.wordless["played-without-text"] += 1
        elif is_seen(element):
            is_hidden = element.get("aria-hidden") == "true"
            self._leave_out("hidden-text" if is_hidden else "form-controls", element)

    def _leave_out(self, kind: str, element: etree._Element) -> None:
        text = " ".join(" ".join(seen_texts(element)).split())
        if speakable(text):
            self._document.left_out[kind].append(text)

    def _anchor(self, element: etree._Element) -> None:
        for name in dict.fromkeys((element.get("id"), element.get("name"))):
            if name and name in self._document.linked:
                self._anchors.append(name)

    def _in_language(self, event: Event, is_block: bool = False) -> Iterator[Callable[[], None]]:
        """Begin to be in the language of an element, if it is another; yield what ends that."""
        line, before = self._line, self._language
        if event.language == (before if line.language is None else line.language):
            return
        if is_block and line.language is None:
            self._language = event.language
            yield lambda: self._speak_again(before)
        else:
            line.open("language", event.language)
            yield line.close

    def _speak_again(self, language: str) -> None:
        self._language = language

    # --- inline

    def _inline(self, element: etree._Element, name: str) -> Iterator[Callable[[], None]]:
        line = self._line
        if name == "br":
            self._break()
        elif name == "q":
            line.write("“")
            yield lambda: line.write("”")
        elif name == "ruby":
            line.open_ruby()
            yield line.close_ruby
        elif name == "rb":
            start = line.next_place
            yield lambda: line.base(start)
        elif name in ("rt", "rtc") and line.has_ruby and not (name == "rtc" and _has_readings(element)):
            yield from self._reading(name == "rtc")
        for kind, value in self._kinds(element, name):
            line.open(kind, value)
            yield line.close

    def _kinds(self, element: etree._Element, name: str) -> Iterator[tuple[SpanKind, str]]:
        if name == "a" and (address := _address(element.get("href", ""))):
            yield "link", address
        style = element.get("style", "")
        kind = _INLINE.get(name)
        if kind == "strong" and _NOT_BOLD.search(style) or (kind == "code" and self._in_code):
            kind = None
        if kind:
            yield kind, ""
        if style:
            for pattern, kind_of_style in _STYLES:
                if kind_of_style != kind and pattern.search(style):
                    yield kind_of_style, ""

    def _reading(self, is_of_all: bool) -> Iterator[Callable[[], None]]:
        """Gather a reading apart from the text."""
        base, reading = self._line, Line(self._document.own, [])
        self._line = reading
        self._leaf += 1

        def end() -> None:
            self._line = base
            self._leaf -= 1
            text = reading.take().text
            if not base.read_as(text, is_of_all):
                base.write(text)

        yield end

    def _break(self) -> None:
        """End a line; two such ends in a row part paragraphs."""
        if self._in_code:
            self._end_line()
        elif self._line.is_at_break and not self._leaf:
            self._flush()
        else:
            self._line.end_line()

    def _end_line(self) -> None:
        """End a line of code."""
        if self._code is None:
            self._line.end_line()
        else:
            self._code.append(self._line.take(self._language))

    def _mark(self, element: etree._Element, note: FoundNote) -> None:
        """A mark gives way to its note, which follows the block; once, however many marks refer to it."""
        document = self._document
        text = visible(" ".join(" ".join(seen_texts(element)).split()))
        self._drop_brackets(element)
        if note in document.ids:
            if speakable(text):
                document.left_out["note-marks"].append(text)
        else:
            document.ids[note] = f"n{len(document.ids) + 1}"
            document.waiting.append((note, text.strip("[](){}（）［］〔〕【】.:^ ") or text))
        self._line.mark("note", document.ids[note])

    def _drop_brackets(self, mark: etree._Element) -> None:
        """Leave out brackets that stand around a mark."""
        notes = self._document.notes
        while notes is not None and (around := mark.getparent()) is not None and around in notes.wrappers:
            mark = around
        if (mark.tail or "").lstrip()[:1] in ("]", ")") and (mark.tail or "").strip() and self._line.drop_opening():
            self._is_closing_due = True

    def _page(self, element: etree._Element) -> None:
        text = " ".join(" ".join(seen_texts(element)).split())
        said = element.get("title") or element.get("aria-label") or text or element.get("id", "")
        found = _PAGE_WORDS.match(said.strip())
        label = ((found[1] if found else "") or said.strip())[:_LONGEST_LABEL]
        if speakable(text):
            self._document.left_out["page-numbers"].append(text)
        if not label:
            return
        if self._leaf or self._in_code or not self._line.is_empty:
            self._line.mark("page", label)
        else:
            self._flush()
            self._add([PageBreak(label)])

    def _formula(self, event: Event) -> None:
        math = event.element
        text, source = formula_text(math), mathml_of(math)
        if not text:
            return
        if _is_displayed(math) and not (self._leaf or self._in_code):
            self._flush()
            line = Line(self._document.own, self._anchors)
            line.write(text)
            self._add([Formula(line.take(self._language), source, tex_of(math))])
            return
        self._line.open("math", source)
        self._line.write(text)
        self._line.close()

    def _picture(self, event: Event, name: str) -> None:
        element = event.element
        said = description_of(element)
        drawn = " ".join(" ".join(seen_texts(element)).split())
        if not said and speakable(drawn) and len(drawn) <= 300:
            said = drawn
        elif speakable(drawn):
            self._document.left_out["drawn-text"].append(drawn)
        text = " ".join(visible(said or "").split())
        image = self._document.gallery.name_of(element) if name in PICTURES else ""
        described = self._document.described.get(element)
        description = () if described is None else self._read_apart((described,))
        if said is None and not description:
            self._document.wordless["picture-without-text"] += 1
        if not text and _is_ornament(element) and not self._leaf:
            self._has_break = True
            return
        is_block = not (self._leaf or self._in_code)
        if is_block and (speakable(text) or image or description):
            is_aligned = (
                _ALIGNED.search(f"{element.get('class', '')} {element.get('style', '')} {element.get('align', '')}")
                is not None
            )
            is_aligned |= (whole_number(element.get("width")) or 0) >= _LARGE
            if speakable(text) or said is None or description or self._is_in_figure():
                self._shown.append(
                    _Shown(text if speakable(text) else "", image, description, is_aligned, self._line.length)
                )
        if not text:
            return
        languages = list(self._in_language(event))
        is_of_words = speakable(text)
        if is_of_words:
            self._line.open("image", image)
        self._line.write(text)
        if is_of_words:
            self._line.close()
        for end in languages:
            end()

    def _is_in_figure(self) -> bool:
        return any(isinstance(frame, FigureFrame) for frame in self._frames[-2:])

    def _read_apart(self, elements: tuple[etree._Element, ...]) -> tuple[Block[Text], ...]:
        """Return the blocks of elements that stand elsewhere, one level deeper than what they are read for."""
        reader = _Reader(self._document, elements, self._frames[-1].depth + 1)
        reader.read()
        return reader.blocks()

    # --- blocks

    def _block(self, event: Event, name: str) -> tuple[Callable[[], None], ...]:
        """Begin a block; return what ends it."""
        element = event.element
        if self._in_code:
            return self._block_in_code(element)
        if self._leaf:
            self._part()
            self._anchor(element)
            in_code = name in _CODE
            self._in_code += in_code
            if name == "hr":
                self._part()

            def end() -> None:
                self._in_code -= in_code
                self._part()

            return (end, *self._in_language(event))
        self._flush()
        if _is_break_before(element):
            self._add([SceneBreak()])
        self._anchor(element)
        language = tuple(self._in_language(event, is_block=True))
        styles = []
        for kind, value in self._kinds(element, ""):
            self._line.open(kind, value)
            styles.append(self._line.close)
        ends = self._opened(element, name)
        return (*language, *styles, *ends, self._flush)

    def _block_in_code(self, element: etree._Element) -> tuple[Callable[[], None], ...]:
        self._anchor(element)

        def end() -> None:
            if not self._line.is_empty:
                self._end_line()

        end()
        return (end,)

    def _part(self) -> None:
        """Part what stands in two blocks of one text."""
        if self._is_broken_by_blocks:
            self._line.end_line()
        else:
            self._line.space()

    def _opened(self, element: etree._Element, name: str) -> tuple[Callable[[], None], ...]:
        """Begin what the block is for a reader; return what ends that."""
        frame = self._frames[-1]
        if level := heading_level(element):
            return self._one_text(lambda text: self._add_heading(text, level, element))
        if isinstance(frame, TableFrame) and element in frame.cells:
            return self._one_text(lambda text: frame.texts.__setitem__(element, text), is_broken=True)
        if name in _CODE and not names_in(element) & _VERSE:
            return self._opened_code(element)
        if name == "dt" and isinstance(frame, DefinitionFrame):
            return self._one_text(frame.add_term)
        if name == "dd" and isinstance(frame, DefinitionFrame):
            frame.begin_definition()
        if name == "hr":
            self._add([SceneBreak()])
            return ()
        if isinstance(frame, QuoteFrame) and self._is_attribution(element, name):
            return self._one_text(lambda text: self._attribute(frame, text), is_broken=True)
        if names_in(element) & _VERSE or (self._verse and name in ("p", "div", "li")):
            self._verse.append(element)
            return (self._end_verse, *self._opened_frame(element, name))
        if name == "address" and _is_lines(element):
            return self._one_text(lambda text: self._add([Paragraph(text)] if text else []), is_broken=True)
        return self._opened_frame(element, name)

    def _end_verse(self) -> None:
        self._verse.pop()

    def _opened_frame(self, element: etree._Element, name: str) -> tuple[Callable[[], None], ...]:
        """Begin a block that holds others; return what ends it. What is too deep stands where it would begin."""
        frame = self._frames[-1]
        depth = frame.depth + 1
        if depth >= DEEPEST:
            return ()
        opened: Frame | None = None
        if name in LISTS:
            opened = ListFrame(depth, numbering_of(element))
        elif name == "li" and "doc-pagebreak" not in roles_of(element):
            inside = frame.depth if isinstance(frame, ListFrame) else depth
            item = ItemFrame(inside, whole_number(element.get("value")))
            self._frames.append(item)
            return (lambda: self._end_item(item),)
        elif name == "dl":
            opened = DefinitionFrame(depth)
        elif name == "blockquote":
            opened = QuoteFrame(depth)
        elif name == "figure":
            opened = FigureFrame(depth)
        elif name == "table" and is_data_table(element):
            opened = TableFrame(depth, groups_of(element))
        elif (name == "figcaption" and isinstance(frame, FigureFrame)) or (
            name == "caption" and isinstance(frame, TableFrame)
        ):
            caption = CaptionFrame(frame.depth)
            self._frames.append(caption)
            return (lambda: self._end_caption(frame.caption),)
        elif (kind := _aside_kind(element, name)) is not None:
            opened = AsideFrame(depth, kind)
        if opened is None:
            return ()
        self._frames.append(opened)
        return (self._end_frame,)

    def _end_frame(self) -> None:
        frame = self._frames.pop()
        ended = list(frame.ended())
        self._document.left_out["notes-heading"] += [each.text.text for each in frame.headings_of_notes]
        self._add(ended)

    def _end_item(self, item: ItemFrame) -> None:
        self._frames.pop()
        frame = self._frames[-1]
        if isinstance(frame, ListFrame):
            frame.add_item(item)
        else:
            blocks = self._ended(item)
            if blocks:
                frame.add_stray(Item(blocks, item.value))
            elif item.traces():
                frame.add(NotesStood())

    def _end_caption(self, caption: list[Block[Text]]) -> None:
        frame = self._frames.pop()
        caption += self._ended(frame)

    def _one_text(self, finish: Callable[[Text], None], is_broken: bool = False) -> tuple[Callable[[], None], ...]:
        """Gather all that stands in an element as one text."""
        before = self._is_broken_by_blocks
        self._leaf += 1
        self._is_broken_by_blocks = is_broken

        def end() -> None:
            self._leaf -= 1
            self._is_broken_by_blocks = before
            finish(self._line.take(self._language))

        return (end,)

    def _opened_code(self, element: etree._Element) -> tuple[Callable[[], None], ...]:
        before = self._line
        lines: list[Text] = []
        self._code, self._line = lines, Line(self._document.own, self._anchors, is_verbatim=True)
        self._in_code += 1

        def end() -> None:
            lines.append(self._line.take(self._language))
            self._in_code -= 1
            self._code, self._line = None, before
            if kept := _without_blank_ends(lines):
                self._add([Code(kept, _code_language(element))])

        return (end,)

    def _add_heading(self, text: Text, level: int, element: etree._Element | None) -> None:
        if not text.text:
            if text.spans:
                self._add([Paragraph(text)])
            return
        heading = Heading(text, level)
        self._document.held.append(heading)
        if element is not None:
            self._document.headings[id(heading)] = element
        self._add([heading])

    def _is_attribution(self, element: etree._Element, name: str) -> bool:
        """Return whether the block, in a quotation, says whose words it has."""
        if name == "footer":
            return True
        is_last = next((False for each in element.itersiblings() if name_of(each)), True)
        if name not in ("p", "div") or not is_last:
            return False
        return bool(classes_of(element) & _ATTRIBUTIONS) or _is_all_cite(element)

    def _attribute(self, frame: QuoteFrame, text: Text) -> None:
        if text:
            frame.attribution = lines_joined([frame.attribution, text]) if frame.attribution else text

    def _flush(self) -> None:
        """End the paragraph that was gathered."""
        if self._leaf or self._in_code:
            return
        text = self._line.take(self._language)
        shown, self._shown = self._shown, []
        has_break, self._has_break = self._has_break, False
        if text or shown:
            self._add(list(self._paragraphs(text, shown)))
        elif has_break:
            self._add([SceneBreak()])

    def _paragraphs(self, text: Text, shown: list[_Shown]) -> Iterator[Block[Text]]:
        """Yield the paragraphs of a text, and the pictures that stand beside its words."""
        before = [_as_block(each, Text("")) for each in shown if not each.text and each.at == 0]
        after = [_as_block(each, Text("")) for each in shown if not each.text and each.at]
        yield from before
        worded = [each for each in shown if each.text]
        start = 0
        for each, span in zip(worded, list(text.of("image")), strict=False):
            if not _is_apart(each, text, span.start, span.end):
                continue
            if part := _trimmed(text, start, span.start):
                yield from self._paragraph(part)
            said = text.part(span.start, span.end)
            yield _as_block(each, replace(said, spans=tuple(one for one in said.spans if one.kind != "image")))
            start = span.end
        if part := _trimmed(text, start, len(text.text)):
            yield from self._paragraph(part)
        yield from after

    def _paragraph(self, text: Text) -> Iterator[Block[Text]]:
        if self._verse:
            yield Verse(tuple(line for line in lines_of(text) if line))
        elif (
            text.text and not speakable(text.text) and _STARS.fullmatch(text.text) and not any(text.of("note", "image"))
        ):
            if "_" in text.text:
                self._document.left_out["scene-marks"].append(text.text)
            yield SceneBreak()
        elif self._is_main and len(self._frames) == 1 and (found := heading_of(text.text)):
            start = text.text.find(found[0])
            self._document.left_out["heading-marks"].append(found[1])
            yield Heading(text.part(start, start + len(found[0])), min(6, self._last_level() + 1))
        else:
            yield Paragraph(text)

    def _last_level(self) -> int:
        return next((each.level for each in reversed(self._frames[0].held) if isinstance(each, Heading)), 1)

    def _add(self, blocks: Sequence[object]) -> None:
        """Add blocks to what has begun, each with the notes that it refers to behind it."""
        frame = self._frames[-1]
        for block in blocks:
            frame.add(block)  # type: ignore[arg-type]
            is_asked = self._document.waiting and frame.takes_notes and self._is_main
            if is_asked and not isinstance(block, NotesStood):
                self._add_notes((block,))

    def _add_notes(self, blocks: Iterable[object]) -> None:
        """Add the notes that blocks refer to, and those that these refer to; all that wait if no block is given."""
        document = self._document
        asked = None
        if blocks:
            asked = {span.value for leaf in leaves(blocks) for span in leaf.of("note")}  # type: ignore[arg-type]
        kept: deque[tuple[FoundNote, str]] = deque()
        while document.waiting:
            note, label = document.waiting.popleft()
            if asked is not None and document.ids[note] not in asked:
                kept.append((note, label))
                continue
            read = self._read_apart(note.parts)
            told = Note(document.ids[note], label, self._without_mark(read, label))
            self._frames[-1].add(told)
            if asked is not None:
                asked |= {span.value for leaf in leaves(read) for span in leaf.of("note")}
        document.waiting = kept

    def _without_mark(self, blocks: tuple[Block[Text], ...], label: str) -> tuple[Block[Text], ...]:
        """Return the blocks of a note without its number at the beginning."""
        if not blocks or not isinstance(blocks[0], Paragraph) or not label:
            return blocks
        text = blocks[0].text
        found = re.match(rf"[\[(]?{re.escape(label)}(?:[.:)\]]+|(?<=[*†‡§¶]))\s*(?=\S)", text.text)
        if found is None:
            return blocks
        self._document.left_out["note-marks"].append(found[0].strip())
        return (Paragraph(text.part(found.end())), *blocks[1:])


def _address(href: str) -> str:
    """Return where a link leads; empty where a reader can't go there."""
    if len(href) > _LONGEST_ADDRESS:
        return ""
    href = _BLANKS_IN_ADDRESS.sub("", href.strip())
    return href if _LEADS_OUT.fullmatch(href) or (href[:1] == "#" and len(href) > 1) else ""


def _linked(blocks: tuple[Block[Text], ...]) -> tuple[Block[Text], ...]:
    """Return the blocks without links to places that are not in them."""
    links: set[str] = set()
    anchors: set[str] = set()
    for leaf in leaves(blocks):
        links.update(span.value[1:] for span in leaf.of("link") if span.value[0] == "#")
        anchors.update(span.value for span in leaf.of("anchor"))
    if not links and not anchors:
        return blocks

    def changed(text: Text) -> Text:
        spans = []
        for span in text.spans:
            if span.kind == "link" and span.value[0] == "#" and span.value[1:] not in anchors:
                continue
            if span.kind == "anchor" and (span.value not in links or span.value in seen):
                continue
            if span.kind == "anchor":
                seen.add(span.value)
            spans.append(span)
        return text if len(spans) == len(text.spans) else replace(text, spans=tuple(spans))

    seen: set[str] = set()
    return tuple(with_leaves(block, changed) for block in blocks)


def _described(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the pictures that have a long description elsewhere in the document, each with that."""
    asked: dict[str, etree._Element] = {}
    for element in root.iter("{*}img", "{*}svg"):
        said = f"{element.get('aria-details', '')} {element.get('aria-describedby', '')}"
        place = element.get("longdesc", "").partition("#")
        names = [*said.split()[:4], *([place[2]] if not place[0] and place[2] else [])]
        for name in names:
            asked.setdefault(name, element)
    if not asked:
        return
    taken: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        picture = asked.get(element.get("id", ""))
        if picture is None or picture in taken or name_of(element) in ("figcaption", "caption") or element is root:
            continue
        around = {picture, *picture.iterancestors()}
        if element in around or any(each in taken for each in element.iterancestors()):
            continue
        if any(each in asked.values() for each in element.iter("{*}img", "{*}svg")):
            continue
        if _belongs_to(element, picture):
            taken.add(picture)
            yield picture, element


def _belongs_to(element: etree._Element, picture: etree._Element) -> bool:
    """Return whether what describes a picture is there for that alone: hidden, in its figure, or right behind it."""
    lineage = [element, *element.iterancestors()]
    if any(name_of(each) in ("figcaption", "caption") for each in lineage):
        return False
    if any(not is_seen(each) for each in lineage) or name_of(element) in ("details", "aside"):
        return True
    near = [picture, *islice(picture.iterancestors(), 3)]
    figure = next((each for each in near if name_of(each) == "figure"), None)
    return (figure is not None and figure in lineage) or any(each.getnext() is element for each in near)


def _has_readings(element: etree._Element) -> bool:
    return any(name_of(each) == "rt" for each in element)


def _is_page(element: etree._Element) -> bool:
    """Return whether the element says that a page begins."""
    if not (roles_of(element) & _PAGE_ROLES or classes_of(element) & _PAGE_CLASSES):
        return False
    text = ""
    for part in islice(element.itertext(), 20):
        text += part
    return len(text.strip()) <= _LONGEST_LABEL and name_of(element) != "body" and len(element) < 5


def _is_displayed(math: etree._Element) -> bool:
    if math.get("display") == "block":
        return True
    around = islice(math.iterancestors(), 4)
    return any({"katex-display", "mathjax_display", "mjx-display"} & classes_of(each) for each in around)


def _is_ornament(element: etree._Element) -> bool:
    """Return whether a picture without words only parts what stands around it."""
    names = f"{element.get('src', '')[-200:].rpartition('/')[2]} {element.get('class', '')}"
    parent = element.getparent()
    names += f" {parent.get('class', '')}" if parent is not None else ""
    return _BREAK_NAMES.search(names) is not None


def _is_break_before(element: etree._Element) -> bool:
    """Return whether the element's name says that a scene begins with it, or is all that stands in it."""
    names = classes_of(element)
    if not names:
        return False
    if name_of(element) not in ("p", "div"):
        return False
    has_words = next((True for part in islice(element.itertext(), 20) if part.strip()), False)
    pattern = _STRONG_BREAK_NAMES if has_words else _BREAK_NAMES
    return any(pattern.search(name) for name in names) and not len(element)


def _is_lines(element: etree._Element) -> bool:
    """Return whether an address holds nothing but its lines."""
    inside = [name_of(each) for each in islice(element.iterdescendants(etree.Element), 60)]
    return len(inside) < 60 and not any(
        name in ("p", "ul", "ol", "table", "pre", "figure") or name in _HEADING_NAMES for name in inside
    )


_HEADING_NAMES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _is_all_cite(element: etree._Element) -> bool:
    """Return whether all words of the element are in a `cite`."""
    children = [each for each in element if name_of(each)]
    if len(children) != 1 or name_of(children[0]) != "cite":
        return False
    return not speakable((element.text or "") + (children[0].tail or ""))


def _aside_kind(element: etree._Element, name: str) -> str | None:
    """Return what the document calls a box beside the text; None where the element is none."""
    names = names_in(element)
    said = next((kind for role, kind in _ASIDES.items() if role in roles_of(element)), None)
    if said is not None:
        return said
    kind = next((each for each in sorted(names) if each in _KINDS), "")
    if names & _ADMONITIONS:
        kinds = [part for each in sorted(names) for part in re.split(r"[-_]+", each) if part in _KINDS]
        return next(iter(kinds), "")
    if element.get("role") == "note":
        return "note"
    if name == "aside":
        return "note" if names & {"doc-footnote", "footnote", "endnote", "rearnote"} else kind
    return None


def _code_language(element: etree._Element) -> str:
    """Return what a program is written in, if the document says so."""
    around = element.getparent()
    places = [element, *islice(element, 1), *([around] if around is not None else [])]
    for each in places:
        if found := _CODE_LANGUAGE.search(each.get("class", "")):
            return str(found[1])
        names = each.get("class", "").split()
        if "sourceCode" in names and len(names) > 1:
            return str(next((name for name in names if name != "sourceCode"), ""))
    return ""


def _without_blank_ends(lines: list[Text]) -> tuple[Text, ...]:
    kept = [_without_blank_end(line) for line in lines]
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _without_blank_end(line: Text) -> Text:
    length = len(line.text.rstrip())
    return line if length == len(line.text) else line.part(0, length)


def _as_block(shown: _Shown, text: Text) -> Block[Text]:
    return Picture(text, shown.image, shown.description)


def _is_apart(shown: _Shown, text: Text, start: int, end: int) -> bool:
    """Return whether a picture stands beside the words around it, and not among them."""
    if any(span.start <= start and end <= span.end for span in text.of("ruby")):
        return False
    breaks = list(text.of("break"))
    first = max((span.end for span in breaks if span.end <= start), default=0)
    last = min((span.start for span in breaks if span.start >= end), default=len(text.text))
    others = [span for span in text.of("image") if first <= span.start and span.end <= last]
    before = _without_images(text, others, first, start)
    after = _without_images(text, others, end, last)
    is_short = len(shown.text) <= _SHORT and shown.text.count(" ") < _SHORT_WORDS
    if shown.description or not (speakable(before) or speakable(after)):
        return True
    if is_short and speakable(before) and text.text[start - 1 : start].strip():
        return False
    next_letter = text.text[end : end + 1]
    if is_short and next_letter.strip() and (len(shown.text) < 3 or not (next_letter.isupper() or speakable(before))):
        return False
    if shown.is_aligned or len(shown.text) > _LONG:
        return True
    if speakable(before) and speakable(after):
        return False
    ends_sentence = before.rstrip()[-1:] in tuple(".!?…:。！？")
    return not (is_short and speakable(before) and not ends_sentence)


def _without_images(text: Text, images: Iterable[object], start: int, end: int) -> str:
    written, at = "", start
    for span in images:
        if span.start >= start and span.end <= end:  # type: ignore[attr-defined]
            written += text.text[at : span.start]  # type: ignore[attr-defined]
            at = span.end  # type: ignore[attr-defined]
    return written + text.text[at:end]


def _trimmed(text: Text, start: int, end: int) -> Text:
    """Return a part of a text without white space around it."""
    part = text.text[start:end]
    start += len(part) - len(part.lstrip())
    end = max(start, end - (len(part) - len(part.rstrip())))
    return text.part(start, end)


_LEFT_OUT = {
    "note-marks": "marks of notes where they are repeated, and what leads back from notes",
    "notes-heading": "headings over notes alone, which are read where they are referred to",
    "heading-marks": "the dashes around subheadings",
    "page-numbers": "numbers of pages, which are kept as marks",
    "scene-marks": "signs between scenes",
    "hidden-text": "what the document hides from screen readers",
    "form-controls": "buttons and fields of forms",
    "drawn-text": "words inside drawings that are described",
}
_WORDLESS = {
    "picture-without-text": (
        "Pictures without alternative text, of which nothing can be said: {}.",
        "Give each an alternative text in the document, an empty one where it only decorates.",
    ),
    "played-without-text": (
        "Videos, recordings and embedded pages, which are not read: {}.",
        "Say in the article what they tell.",
    ),
}
