"""Reads an element as blocks, with findings for what is not read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.model import (
    DEEPEST,
    Block,
    Code,
    Finding,
    Heading,
    Image,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    SceneBreak,
    Text,
    leaves,
    with_leaves,
)
from audio_edition.read.lines import speakable
from audio_edition.read.markup.beside import parted
from audio_edition.read.markup.document import Document
from audio_edition.read.markup.elements import heading_level, name_of, whole_number
from audio_edition.read.markup.frames import (
    AsideFrame,
    CaptionedFrame,
    CaptionFrame,
    CellFrame,
    DefinitionFrame,
    FigureFrame,
    Frame,
    Held,
    ItemFrame,
    ListFrame,
    NotesStood,
    QuoteFrame,
    Stanza,
    TableFrame,
)
from audio_edition.read.markup.inline import Line, lines_of, pieces, shortened
from audio_edition.read.markup.joined_lists import join_lists
from audio_edition.read.markup.kinds import (
    CODE,
    aside_kind,
    breaks_before,
    code_language,
    is_attribution,
    is_between_paragraphs,
    is_blank,
    is_caption,
    is_drop_cap,
    is_figure,
    is_lines,
    is_named_break,
    is_of_word,
    is_scene_break,
    is_stanza,
    is_verse,
    keeps_lines,
    spans_of_block,
)
from audio_edition.read.markup.lists import LISTS, numbering_of
from audio_edition.read.markup.note_signs import end_of_mark
from audio_edition.read.markup.notes import FoundNote
from audio_edition.read.markup.phrases import End, PhraseReader
from audio_edition.read.markup.pictures import Pictures, no_pictures
from audio_edition.read.markup.tables import groups_of, is_data_table
from audio_edition.read.markup.walk import Event
from audio_edition.read.text.marks import heading_of


@dataclass(frozen=True, slots=True)
class Body:
    """The contents of an element. `headings` are the elements of the top-level headings, in order: None for a heading
    without an element, such as words between dashes."""

    blocks: tuple[Block[Text], ...]
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[etree._Element | None, ...] = ()


def read_body(root: etree._Element, own: str = "", pictures: Pictures = no_pictures) -> Body:
    """Return all that the element shows, in a document whose `own` language this is. `pictures` returns the bytes of
    the document's pictures."""
    join_lists(root)
    document = Document(own, root, pictures)
    reader = _BlockReader(document, (root,), 1)
    reader.read()
    reader.read_what_is_left()
    blocks = reader.blocks()
    elements = tuple(document.headings.get(id(block)) for block in blocks if isinstance(block, Heading))
    return Body(_linked(blocks), document.gallery.images, tuple(document.left_out.findings()), elements)


def words_of(
    element: etree._Element, own: str = "", language: str = "", without: Iterable[etree._Element] = ()
) -> Text:
    """Return all text inside the element on one line, without that of excluded elements; block boundaries become
    spaces."""
    return _BlockReader(Document(own), (element,), 1, language, frozenset(without)).read_line()


class _BlockReader(PhraseReader):
    """Reads elements as blocks at a level."""

    def __init__(
        self,
        document: Document,
        roots: tuple[etree._Element, ...],
        depth: int,
        language: str | None = None,
        without: frozenset[etree._Element] = frozenset(),
    ) -> None:
        super().__init__(document, roots, language, without)
        self._is_main = depth == 1
        self._frames: list[Frame] = [Frame(depth)]
        self._is_broken = False  # blocks inside one text, where they begin and end
        self._verse: list[etree._Element] = []
        self._is_carried = False

    # --- reading as a whole

    def read(self) -> None:
        """Read all elements."""
        for _ in self._read_events():
            self._flush()
        self._settle()

    def read_line(self) -> Text:
        """Return the contents of the elements on one line."""
        self._leaf += 1
        for _ in self._read_events():
            self._line.space()
        return self._line.take(self._around)

    def read_what_is_left(self) -> None:
        """Read what has no place yet: notes whose marks are where nothing can follow, descriptions of unread
        pictures."""
        self._add_notes(None)
        for note in self._document.notes.all() if self._document.notes else ():
            if note not in self._document.ids and not note.is_comment:
                self._add(self._read_apart(note.parts))
        for element, is_read in self._document.descriptions.items():
            if not is_read:
                self._add(self._read_apart((element,)))

    def blocks(self) -> tuple[Block[Text], ...]:
        """Return the blocks that were read."""
        blocks = self._frames[0].blocks()
        self._note_dropped(self._frames[0])
        return blocks

    def _note_dropped(self, frame: Frame) -> None:
        for text in frame.dropped:
            self._left_out.add("notes-heading", text)
        frame.dropped = []

    def _read_apart(self, parts: tuple[etree._Element, ...]) -> tuple[Block[Text], ...]:
        """Return the blocks of elements from elsewhere, one level deeper than what they are read for."""
        reader = _BlockReader(self._document, parts, self._frames[-1].depth + 1)
        reader.read()
        return reader.blocks()

    def _add_notes(self, block: Held | None) -> None:
        """Add the notes that a block refers to, and those that they refer to; without a block, all that wait."""
        document = self._document
        asked = None if block is None else _notes_asked([block])
        kept: deque[tuple[FoundNote, str]] = deque()
        while document.waiting:
            note, label = document.waiting.popleft()
            if asked is not None and document.ids[note] not in asked:
                kept.append((note, label))
                continue
            blocks = self._read_apart(note.parts)
            self._frames[-1].add(Note(document.ids[note], label, _without_mark(blocks, label, note)))
            if asked is not None:
                asked |= _notes_asked(blocks)
        document.waiting = kept

    def _is_in_figure(self) -> bool:
        return any(isinstance(frame, FigureFrame) for frame in self._frames[-2:])

    # --- blocks

    def _block(self, event: Event, name: str) -> tuple[End, ...]:
        """Open a block; return the actions that close it, last first."""
        element = event.element
        if self._code is not None:
            return self._block_in_code(element)
        if self._leaf:
            return self._block_in_leaf(event, name)
        self._flush()
        if breaks_before(element) and not is_blank(element):
            self._add([SceneBreak()])
        self._anchor(element)
        ends = [*self._in_language(event, is_block=True)]
        for kind, value in spans_of_block(element, name):
            self._line.open(kind, value)
            ends.append(self._line.close)
        if is_drop_cap(element):
            return (*ends, self._carry)
        return (*ends, *self._opened(element, name), self._flush)

    def _block_in_code(self, element: etree._Element) -> tuple[End, ...]:
        self._anchor(element)
        self._end_line_of_code()
        return (self._end_line_of_code,)

    def _end_line_of_code(self) -> None:
        if self._code is not None and not self._line.is_empty:
            self._code.append(self._line.take(self._language))

    def _block_in_leaf(self, event: Event, name: str) -> tuple[End, ...]:
        self._part()
        self._anchor(event.element)
        ends = [self._part, *self._in_language(event)]
        if keeps_lines(event.element, name):
            self._kept_lines += 1
            ends.append(self._keep_no_lines)
        return tuple(ends)

    def _part(self) -> None:
        """Separate the contents of two blocks within one text."""
        if self._is_broken:
            self._line.end_line()
        else:
            self._line.space()

    def _opened(self, element: etree._Element, name: str) -> tuple[End, ...]:
        """Open the block according to its meaning; return what closes it."""
        frame = self._frames[-1]
        if level := heading_level(element):
            return (self._one_text(lambda text: self._add_heading(text, level, element)),)
        if isinstance(frame, TableFrame) and element in frame.cells:
            return (self._opened_cell(frame, element),)
        if name == "dt" and isinstance(frame, DefinitionFrame):
            return (self._one_text(frame.add_term),)
        if name == "dd" and isinstance(frame, DefinitionFrame):
            frame.begin_definition()
        if isinstance(frame, QuoteFrame) and is_attribution(element, name):
            return (self._one_text(frame.attribute, is_broken=True),)
        if name == "address" and is_lines(element):
            return (self._one_text(self._add_paragraph, is_broken=True),)
        if name == "hr":
            self._add([SceneBreak()])
            return ()
        return self._opened_text(element, name)

    def _opened_text(self, element: etree._Element, name: str) -> tuple[End, ...]:
        """Open a block whose text is separate from its surroundings: code, verse, an empty line."""
        if is_verse(element):
            self._verse.append(element)
            if name in CODE:
                self._kept_lines += 1
                return (self._end_verse, self._keep_no_lines)
            return (self._end_verse, *self._opened_frame(element, name))
        if name in CODE:
            return (self._opened_code(element),)
        if name in ("div", "p") and not len(element) and is_blank(element) and not is_of_word(element):
            self._blank(element, name)
        if keeps_lines(element, name):
            self._kept_lines += 1
            return (self._keep_no_lines,)
        return self._opened_frame(element, name)

    def _end_verse(self) -> None:
        self._verse.pop()

    def _blank(self, element: etree._Element, name: str) -> None:
        """Handle an empty line: it separates stanzas, and scenes if it is there for that."""
        self._end_stanza()
        if self._verse:
            return
        is_alone = name == "p" and bool(element.text) and is_between_paragraphs(element)
        if is_named_break(element) or (is_alone and self._document.has_few_blank_paragraphs):
            self._add([SceneBreak()])

    def _opened_frame(self, element: etree._Element, name: str) -> tuple[End, ...]:
        """Open a block that contains others; return what closes it. If it is too deep, its contents go where it would
        begin."""
        frame = self._frames[-1]
        if isinstance(frame, CaptionedFrame) and self._is_caption(frame, element, name):
            return (self._opened_caption(frame),)
        if name == "li" and isinstance(frame, ListFrame):
            return (self._opened_item(element, frame.depth),)
        depth = frame.depth + 1
        if depth > DEEPEST - 2:  # a note in it goes a level deeper, and the description of a picture in that
            return ()
        if name == "li":
            return (self._opened_item(element, depth),)
        opened = _frame_for(element, name, depth)
        if opened is None:
            return ()
        self._frames.append(opened)
        return (self._end_frame,)

    def _end_frame(self) -> None:
        self._settle()
        frame = self._frames.pop()
        ended = frame.ended()
        self._note_dropped(frame)
        self._add(ended)

    def _opened_item(self, element: etree._Element, depth: int) -> End:
        item = ItemFrame(depth, whole_number(element.get("value")))
        self._frames.append(item)

        def end() -> None:
            self._settle()
            self._frames.pop()
            frame = self._frames[-1]
            if isinstance(frame, ListFrame):
                frame.add_item(item)
            elif blocks := item.blocks():
                self._settle()
                frame.add_stray(Item(blocks, item.value))
            else:
                self._add(item.traces())
            self._note_dropped(item)

        return end

    def _is_caption(self, frame: CaptionedFrame, element: etree._Element, name: str) -> bool:
        if isinstance(frame, TableFrame):
            return name == "caption"
        return is_caption(element, name)

    def _opened_caption(self, frame: CaptionedFrame) -> End:
        caption = CaptionFrame(frame.depth)
        self._frames.append(caption)

        def end() -> None:
            self._settle()
            self._frames.pop()
            frame.caption += caption.blocks()
            self._note_dropped(caption)

        return end

    def _opened_cell(self, frame: TableFrame, element: etree._Element) -> End:
        cell = CellFrame(frame.depth)
        self._frames.append(cell)

        def end() -> None:
            self._settle()
            self._frames.pop()
            frame.add_cell(element, cell)

        return end

    def _one_text(self, finish: Callable[[Text], None], is_broken: bool = False) -> End:
        """Collect the contents of an element as one text; return what ends that."""
        before = self._is_broken
        self._leaf += 1
        self._is_broken = is_broken

        def end() -> None:
            self._leaf -= 1
            self._is_broken = before
            finish(self._line.take(self._language))

        return end

    def _opened_code(self, element: etree._Element) -> End:
        before, lines = self._line, list[Text]()
        self._code, self._line = lines, Line(self._document.own, self._anchors, is_verbatim=True)
        self._kept_lines += 1

        def end() -> None:
            lines.append(self._line.take(self._language))
            self._kept_lines -= 1
            self._code, self._line = None, before
            if kept := _without_blank_ends(lines):
                self._add([Code(kept, code_language(element))])

        return end

    # --- finished blocks

    def _add_heading(self, text: Text, level: int, element: etree._Element | None) -> None:
        if not text.text:
            self._add_paragraph(text)
            return
        heading = Heading(text, level)
        self._document.held.append(heading)
        if element is not None:
            self._document.headings[id(heading)] = element
        self._add([heading])

    def _add_paragraph(self, text: Text) -> None:
        if text:
            self._add([Paragraph(text)])

    def _carry(self) -> None:
        """Keep the first letter of a word for the rest, which is in the next block."""
        self._is_carried = True

    def _flush(self) -> None:
        """End the paragraph that is being collected."""
        if self._leaf or self._code is not None:
            return
        if self._is_carried:
            self._is_carried = False
            return
        text = self._line.take(self._language)
        shown, self._shown = self._shown, []
        is_ornate, self._is_ornate = self._is_ornate, False
        if text or shown:
            for part in parted(text, shown):
                self._add([part] if isinstance(part, Picture) else self._paragraph(part))
        elif is_ornate:
            self._add([SceneBreak()])

    def _paragraph(self, text: Text) -> Sequence[Held]:
        """Return a text as a paragraph, lines of verse, a heading between dashes, or a scene break."""
        if self._verse:
            return [self._stanza(text)]
        is_among_paragraphs = isinstance(self._frames[-1], AsideFrame | QuoteFrame) or type(self._frames[-1]) is Frame
        if is_among_paragraphs and is_scene_break(text.text) and not any(text.of("image", "note")):
            if "_" in text.text or speakable(text.text):
                self._left_out.add("scene-marks", text.text)
            return [SceneBreak(), *(PageBreak(span.value) for span in text.of("page"))]
        is_at_top = self._is_main and len(self._frames) == 1
        if is_at_top and (found := heading_of(text.text)) is not None:
            start = text.text.find(found[0])
            self._left_out.add("heading-marks", found[1])
            last = next((each.level for each in reversed(self._frames[0].held) if isinstance(each, Heading)), 1)
            return [Heading(text.part(start, start + len(found[0])), min(6, last + 1))]
        return [Paragraph(text)]

    def _stanza(self, text: Text) -> Stanza:
        lines = [line for line in lines_of(text) if line]
        inner = self._verse[-1]
        around = next((each for each in reversed(self._verse) if is_stanza(each)), None)
        if around is not None:
            return Stanza(lines, around, goes_on=True)
        if len(self._verse) > 1:
            inner = self._verse[-2]
        elif name_of(inner) == "p" and (parent := inner.getparent()) is not None:
            inner = parent
        return Stanza(lines, inner, goes_on=len(lines) == 1)

    def _end_stanza(self) -> None:
        """Make the next line of verse begin a stanza."""
        held = self._frames[-1].held
        if held and isinstance(last := held[-1], Stanza):
            last.goes_on = False

    def _add(self, blocks: Iterable[Held]) -> None:
        """Add blocks to the open frame, each followed by the notes that it refers to."""
        frame = self._frames[-1]
        for block in blocks:
            last = frame.held[-1] if frame.held else None
            if isinstance(block, Stanza) and isinstance(last, Stanza) and _goes_on(last, block):
                last.lines += block.lines
                continue
            self._settle()
            frame.add(block)
            if not isinstance(block, Stanza | NotesStood):
                self._follow(block)

    def _settle(self) -> None:
        """Add the notes of the last stanza after it: it has no more lines."""
        held = self._frames[-1].held
        if held and isinstance(last := held[-1], Stanza):
            self._follow(last)

    def _follow(self, block: Held) -> None:
        if self._document.waiting and self._is_main and all(frame.takes_notes for frame in self._frames):
            self._add_notes(block)


def _frame_for(element: etree._Element, name: str, depth: int) -> Frame | None:
    """Return the frame that collects the blocks in an element; None if they stand for themselves."""
    if name in LISTS:
        return ListFrame(depth, numbering_of(element))
    if name == "dl":
        return DefinitionFrame(depth)
    if name == "blockquote":
        return QuoteFrame(depth)
    if name == "table" and is_data_table(element):
        return TableFrame(depth, groups_of(element))
    if is_figure(element, name):
        return FigureFrame(depth)
    kind = aside_kind(element, name)
    return None if kind is None else AsideFrame(depth, kind)


def _without_mark(blocks: tuple[Block[Text], ...], label: str, note: FoundNote) -> tuple[Block[Text], ...]:
    """Return the blocks of a note without its mark at the beginning."""
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return blocks
    end = end_of_mark(first.text.text, label, is_item=name_of(note.parts[0]) == "li")
    return (Paragraph(next(pieces(first.text, [(end, len(first.text.text))]))), *blocks[1:]) if end else blocks


def _goes_on(last: Stanza, stanza: Stanza) -> bool:
    return last.place is stanza.place and last.goes_on and stanza.goes_on


def _notes_asked(blocks: Iterable[Held]) -> set[str]:
    """Return the ids of the notes that blocks refer to."""
    texts: Iterable[Text] = ()
    found: set[str] = set()
    for block in blocks:
        texts = block.lines if isinstance(block, Stanza) else leaves([block])  # type: ignore[list-item]
        found.update(span.value for text in texts for span in text.of("note"))
    return found


def _linked(blocks: tuple[Block[Text], ...]) -> tuple[Block[Text], ...]:
    """Return the blocks without dead links and without anchors that nothing links to; each anchor once."""
    links: set[str] = set()
    places: set[str] = set()
    for leaf in leaves(blocks):
        links.update(span.value[1:] for span in leaf.of("link") if span.value[0] == "#")
        places.update(span.value for span in leaf.of("anchor"))
    if not links and not places:
        return blocks
    wanted = links & places

    def changed(text: Text) -> Text:
        spans = []
        for span in text.spans:
            if span.kind == "link" and span.value[0] == "#" and span.value[1:] not in places:
                continue
            if span.kind == "anchor":
                if span.value not in wanted:
                    continue
                wanted.discard(span.value)
            spans.append(span)
        return text if len(spans) == len(text.spans) else replace(text, spans=tuple(spans))

    return tuple(with_leaves(block, changed) for block in blocks)


def _without_blank_ends(lines: Sequence[Text]) -> tuple[Text, ...]:
    """Return the lines of code without blank lines at the beginning and end, and without trailing white space."""
    kept = [shortened(line, len(line.text.rstrip())) for line in lines]
    written = [at for at, line in enumerate(kept) if line]
    return tuple(kept[written[0] : written[-1] + 1]) if written else ()
