"""The blocks of an element, and findings for what it holds that is not read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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
    Text,
    leaves,
    with_leaves,
)
from audio_edition.read.lines import speakable
from audio_edition.read.marks import heading_of
from audio_edition.read.markup.beside import Shown, parted
from audio_edition.read.markup.described import described
from audio_edition.read.markup.elements import (
    BLOCKS,
    PICTURES,
    PLAYED,
    heading_level,
    is_seen,
    name_of,
    whole_number,
)
from audio_edition.read.markup.formula import formula_text, mathml_of, tex_of
from audio_edition.read.markup.frames import (
    AsideFrame,
    CaptionedFrame,
    CaptionFrame,
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
from audio_edition.read.markup.inline import Line, lines_of, shortened, visible, with_readings
from audio_edition.read.markup.kinds import (
    CODE,
    LONGEST_LABEL,
    aside_kind,
    breaks_before,
    code_language,
    follows_link,
    has_readings,
    is_apart,
    is_attribution,
    is_between_paragraphs,
    is_blank,
    is_caption,
    is_displayed,
    is_drop_cap,
    is_figure,
    is_hidden_drop_cap,
    is_lines,
    is_named_break,
    is_of_word,
    is_ornament,
    is_scene_break,
    is_stanza,
    is_verse,
    keeps_lines,
    left_out_as,
    may_be_page,
    page_label,
    span_kinds,
    spans_of_block,
)
from audio_edition.read.markup.left_out import LeftOut
from audio_edition.read.markup.lists import LISTS, numbering_of
from audio_edition.read.markup.note_signs import end_of_mark, label_of
from audio_edition.read.markup.notes import FoundNote, Notes
from audio_edition.read.markup.pictures import Gallery, Pictures, description_of, is_drawn, no_pictures
from audio_edition.read.markup.seen import seen_text
from audio_edition.read.markup.tables import groups_of, is_data_table
from audio_edition.read.markup.walk import Event, language_at, walk

End = Callable[[], None]
"""What is to be done when an element ends."""

_LONGEST_DRAWN = 300
"""Characters: what is written in a drawing that nobody described, if it is no longer, says what it shows."""

_MOST_BLANK = 0.1
"""The part of a document's paragraphs that may be empty where an empty one parts scenes."""


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
    document = _Document(own, root, pictures)
    reader = _Reader(document, (root,), 1)
    reader.read()
    reader.read_what_is_left()
    blocks = reader.blocks()
    elements = tuple(document.headings.get(id(block)) for block in blocks if isinstance(block, Heading))
    return Body(_linked(blocks), document.gallery.images, tuple(document.left_out.findings()), elements)


def words_of(
    element: etree._Element, own: str = "", language: str = "", without: Iterable[etree._Element] = ()
) -> Text:
    """Return all text inside the element on one line, without that of some; where a block begins or ends, a space."""
    return _Reader(_Document(own), (element,), 1, language, frozenset(without)).read_line()


class _Document:
    """What is known of the whole document, and what was left out of it."""

    def __init__(self, own: str, root: etree._Element | None = None, pictures: Pictures = no_pictures) -> None:
        self.own = own
        self.root = root
        self.gallery = Gallery(pictures)
        self.left_out = LeftOut()
        self.ids: dict[FoundNote, str] = {}
        self.labels: dict[FoundNote, str] = {}
        self.waiting: deque[tuple[FoundNote, str]] = deque()
        self.headings: dict[int, etree._Element] = {}
        self.held: list[Heading[Text]] = []  # so that no other heading gets the id of one of them
        self.notes = None if root is None else Notes(root)
        self.described = {} if root is None else dict(described(root))
        self.descriptions = dict.fromkeys(self.described.values(), False)  # with whether they were read
        self.elsewhere = frozenset(self.descriptions) | (self.notes.parts.keys() if self.notes else set())
        self.linked = frozenset(() if root is None else _places_of_links(root))
        self._few_blank: bool | None = None

    @property
    def has_few_blank_paragraphs(self) -> bool:
        """Whether empty paragraphs are so few that they are not there for the looks."""
        if self._few_blank is None:
            paragraphs = [] if self.root is None else list(self.root.iter("{*}p"))
            self._few_blank = sum(map(is_blank, paragraphs)) <= max(1, _MOST_BLANK * len(paragraphs))
        return self._few_blank


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
        self._left_out = document.left_out
        self._roots = roots
        self._without = without
        self._is_main = depth == 1
        self._frames: list[Frame] = [Frame(depth)]
        self._anchors: list[str] = []
        self._line = Line(document.own, self._anchors)
        self._around = language_at(roots[0], document.own) if language is None else language
        self._language = self._around
        self._ends: list[tuple[End, ...]] = []
        self._whole: etree._Element | None = None  # passed over, with all that is in it
        self._leaf = 0  # elements around whose text is one
        self._is_broken = False  # in that text, where blocks begin and end
        self._code: list[Text] | None = None
        self._kept_lines = 0  # elements around that keep the ends of lines
        self._verse: list[etree._Element] = []
        self._shown: list[Shown] = []
        self._is_ornate = False
        self._is_carried = False

    # --- as a whole

    def read(self) -> None:
        """Read all elements."""
        for root in self._roots:
            for event in walk(root, self._document.own, self._around):
                self._take(event)
            self._flush()
        self._settle()

    def read_line(self) -> Text:
        """Return all that is in the elements on one line."""
        self._leaf += 1
        for root in self._roots:
            for event in walk(root, self._document.own, self._around):
                self._take(event)
        return self._line.take(self._around)

    def read_what_is_left(self) -> None:
        """Read what stands nowhere yet: notes whose marks are where nothing can follow, descriptions of what is not
        read."""
        self._add_notes(None)
        for note in self._document.notes.all() if self._document.notes else ():
            if note not in self._document.ids and not note.is_comment:
                self._add(self._read_apart(note.parts))
        for element, is_read in self._document.descriptions.items():
            if not is_read:
                self._add(self._read_apart((element,)))

    def blocks(self) -> tuple[Block[Text], ...]:
        """Return what was read."""
        blocks = self._frames[0].blocks()
        self._note_dropped(self._frames[0])
        return blocks

    def _note_dropped(self, frame: Frame) -> None:
        for text in frame.dropped:
            self._left_out.add("notes-heading", text)
        frame.dropped = []

    def _read_apart(self, parts: tuple[etree._Element, ...]) -> tuple[Block[Text], ...]:
        """Return the blocks of elements that stand elsewhere, one level deeper than what they are read for."""
        reader = _Reader(self._document, parts, self._frames[-1].depth + 1)
        reader.read()
        return reader.blocks()

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
            self._skip(event)

    def _text(self, event: Event) -> None:
        notes = self._document.notes
        if notes is not None and event.element in notes.wrappers:
            self._line.leave_gap()
        elif self._kept_lines:
            first, *others = event.text.split("\n")
            self._line.write(first)
            for line in others:
                self._break()
                self._line.write(line)
        elif event.text:
            self._line.write(event.text)

    def _start(self, event: Event) -> None:
        element, name = event.element, name_of(event.element)
        if element in self._roots:
            self._anchor(element)
            self._ends.append(tuple(self._in_language(event, is_block=True)))
        elif self._is_read_whole(event, name):
            self._whole = element
        elif name in BLOCKS or heading_level(element):
            self._ends.append(self._block(event, name))
        else:
            self._anchor(element)
            self._ends.append((*self._in_language(event), *self._inline(element, name), *self._mark_behind(element)))

    def _is_read_whole(self, event: Event, name: str) -> bool:
        """Return whether the element is read here and now, or passed over, with all that is in it."""
        element = event.element
        if element in self._without or self._is_of_notes(element):
            return True
        if reason := left_out_as(element, name):
            self._leave_out(reason, element)
        elif may_be_page(element) and len(seen_text(element)) <= LONGEST_LABEL:
            self._anchor(element)
            self._page(element)
        elif name in PICTURES or name == "svg" or is_drawn(element):
            self._anchor(element)
            self._picture(event, name)
        elif name == "math":
            self._anchor(element)
            self._formula(element)
        elif name in PLAYED:
            self._left_out.count("played-without-text")
        else:
            return False
        return True

    def _skip(self, event: Event) -> None:
        """Pass over what is not to be read, and tell what of it can be seen."""
        element = event.element
        is_hidden = element.get("aria-hidden") == "true"
        if name_of(element) in PLAYED:
            self._left_out.count("played-without-text")
        elif is_hidden and is_hidden_drop_cap(element):
            self._line.write("".join(element.itertext()))
        elif is_seen(element):
            self._leave_out("hidden-text" if is_hidden else "form-controls", element)

    def _leave_out(self, reason: str, element: etree._Element) -> None:
        """Tell that what can be seen of an element is not read, but for what of it is read elsewhere."""
        self._left_out.add_element(reason, element, self._document.elsewhere)

    def _anchor(self, element: etree._Element) -> None:
        for name in (element.get("id"), element.get("name")):
            if name in self._document.linked:
                self._anchors.append(str(name))

    def _in_language(self, event: Event, is_block: bool = False) -> Iterator[End]:
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

    # --- notes

    def _is_of_notes(self, element: etree._Element) -> bool:
        """Return whether the element is a mark, leads back from a note, or holds what is read elsewhere."""
        notes = self._document.notes
        if notes is None:
            return False
        if (note := notes.of(element)) is not None and element not in notes.wordy:
            self._anchor(element)
            self._mark(note, note.label if element in note.parts else seen_text(element), element)
        elif element in notes.ways_back:
            self._leave_out("note-marks", element)
            self._line.leave_gap()
        elif element in self._document.elsewhere:
            if element in notes.parts and notes.parts[element].is_comment:
                self._leave_out("comments-left-out", element)
            self._flush()
            self._frames[-1].add(NotesStood())
        else:
            return False
        return True

    def _mark_behind(self, element: etree._Element) -> Iterator[End]:
        """Yield what puts a mark behind words to which a note says something."""
        notes = self._document.notes
        if notes is not None and element in notes.wordy and (note := notes.of(element)) is not None:
            yield lambda: self._mark(note, "", element)

    def _mark(self, note: FoundNote, text: str, element: etree._Element) -> None:
        """A mark gives way to its note, which follows the block; once, however many marks refer to it."""
        document = self._document
        if note.is_comment:
            self._leave_out("comments-left-out", element)
            self._line.leave_gap()
            return
        if note not in document.ids:
            number = len(document.ids) + 1
            document.ids[note] = f"n{number}"
            document.labels[note] = label_of(text) or str(number)
            document.waiting.append((note, document.labels[note]))
        elif label_of(text) not in ("", document.labels[note]):
            self._leave_out("note-marks", element)
        self._line.mark("note", document.ids[note])

    def _add_notes(self, block: Held | None) -> None:
        """Add the notes that a block refers to, and those that these refer to; all that wait if there is no block."""
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

    # --- inline

    def _inline(self, element: etree._Element, name: str) -> Iterator[End]:
        """Begin an inline element; yield what ends it."""
        line = self._line
        if name == "a" and follows_link(element):
            line.space()
        if name == "br":
            self._break()
        elif name == "q":
            line.write("“")
            yield lambda: line.write("”")
        elif name in ("rb", "rt", "rtc", "ruby"):
            yield from self._ruby(element, name)
        if keeps_lines(element, name):
            self._kept_lines += 1
            yield self._keep_no_lines
        for kind, value in span_kinds(element, name, self._code is not None):
            line.open(kind, value)
            yield line.close

    def _keep_no_lines(self) -> None:
        self._kept_lines -= 1

    def _ruby(self, element: etree._Element, name: str) -> Iterator[End]:
        line = self._line
        if name == "ruby":
            line.open_ruby()
            yield line.close_ruby
        elif name == "rb":
            start = line.next_place
            yield lambda: line.base(start)
        elif line.has_ruby and not has_readings(element):
            yield self._reading(is_of_all=name == "rtc")

    def _reading(self, is_of_all: bool) -> End:
        """Gather a reading apart from the text; return what ends it."""
        base, reading = self._line, Line(self._document.own)
        self._line = reading
        self._leaf += 1

        def end() -> None:
            self._line = base
            self._leaf -= 1
            text = reading.take()
            written = with_readings(text)
            if not base.read_as(written, is_of_all):
                base.write(written)
            for span in text.of("note", "page"):
                base.mark(span.kind, span.value)

        return end

    def _break(self) -> None:
        """End a line; two such ends in a row part paragraphs."""
        if self._code is not None:
            self._code.append(self._line.take(self._language))
        elif self._line.is_at_break and not self._leaf:
            self._flush()
            self._end_stanza()
        else:
            self._line.end_line()

    def _page(self, element: etree._Element) -> None:
        text = seen_text(element)
        label = page_label(element, text)
        around = text.replace(label, "", 1)
        if speakable(around):
            self._left_out.add("page-numbers", around)
        if not label:
            return
        if self._leaf or self._code is not None or not self._line.is_empty:
            self._line.mark("page", label)
        else:
            self._flush()
            self._add([PageBreak(label)])

    def _formula(self, math: etree._Element) -> None:
        text, source = formula_text(math), mathml_of(math)
        if not text:
            return
        if is_displayed(math) and not self._leaf and self._code is None:
            self._flush()
            line = Line(self._document.own, self._anchors)
            line.write(text)
            self._add([Formula(line.take(self._language), source, tex_of(math))])
            return
        self._line.open("math", source)
        self._line.write(text)
        self._line.close()

    # --- pictures

    def _picture(self, event: Event, name: str) -> None:
        element = event.element
        said = self._said_of(element)
        is_in_text = self._leaf or self._code is not None
        if is_ornament(element, said or "") and not is_in_text:
            self._is_ornate = True
            return
        text = " ".join(visible(said or "").split())
        shown = self._shown_of(element, text)
        if said is None and not shown.description:
            self._left_out.count("picture-without-text")
        is_kept = said is None or self._is_in_figure()
        if not is_in_text and (shown.said or shown.description or (is_kept and shown.image)):
            self._shown.append(shown)
        self._write_picture(event, text, shown.image)

    def _said_of(self, element: etree._Element) -> str | None:
        """Return the alternative text of a picture, or what is written in a drawing."""
        said, drawn = description_of(element), seen_text(element)
        if not speakable(drawn):
            return said
        if not said and len(drawn) <= _LONGEST_DRAWN:
            return drawn
        self._left_out.add("drawn-text", drawn)
        return said

    def _shown_of(self, element: etree._Element, text: str) -> Shown:
        element_described = self._document.described.get(element)
        description: tuple[Block[Text], ...] = ()
        if element_described is not None and not self._leaf and self._frames[-1].depth < DEEPEST:
            self._document.descriptions[element_described] = True
            description = self._read_apart((element_described,))
        name = self._document.gallery.name_of(element)
        said = text if speakable(text) else ""
        return Shown(said, name, description, is_apart(element), self._line.length)

    def _write_picture(self, event: Event, text: str, image: str) -> None:
        languages = list(self._in_language(event)) if text else []
        if speakable(text):
            self._line.open("image", image)
            self._line.write(text)
            self._line.close()
        else:
            self._line.write(text)
        for end in languages:
            end()

    def _is_in_figure(self) -> bool:
        return any(isinstance(frame, FigureFrame) for frame in self._frames[-2:])

    # --- blocks

    def _block(self, event: Event, name: str) -> tuple[End, ...]:
        """Begin a block; return what ends it, last things first."""
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
        return (*ends, *self._opened(element, name), self._carry if is_drop_cap(element) else self._flush)

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
        """Part what stands in two blocks of one text."""
        if self._is_broken:
            self._line.end_line()
        else:
            self._line.space()

    def _opened(self, element: etree._Element, name: str) -> tuple[End, ...]:
        """Begin what the block is for a reader; return what ends that."""
        frame = self._frames[-1]
        if level := heading_level(element):
            return (self._one_text(lambda text: self._add_heading(text, level, element)),)
        if isinstance(frame, TableFrame) and element in frame.cells:
            return (self._one_text(lambda text: frame.texts.__setitem__(element, text), is_broken=True),)
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
        """Begin a block whose text is told apart from that around it: code, verse, an empty line."""
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
        """An empty line parts stanzas, and scenes where it is there for that."""
        self._end_stanza()
        if self._verse:
            return
        is_alone = name == "p" and bool(element.text) and is_between_paragraphs(element)
        if is_named_break(element) or (is_alone and self._document.has_few_blank_paragraphs):
            self._add([SceneBreak()])

    def _opened_frame(self, element: etree._Element, name: str) -> tuple[End, ...]:
        """Begin a block that holds others; return what ends it. What is too deep stands where it would begin."""
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

    def _one_text(self, finish: Callable[[Text], None], is_broken: bool = False) -> End:
        """Gather all that stands in an element as one text; return what ends that."""
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

    # --- what has ended

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
        """Let the first letter of a word wait for the rest, which is in the next block."""
        self._is_carried = True

    def _flush(self) -> None:
        """End the paragraph that was gathered."""
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
        """Return what a text is: a paragraph, lines of verse, a heading between dashes, or what parts scenes."""
        if self._verse:
            return [self._stanza(text)]
        if is_scene_break(text.text) and not any(text.of("image", "note")):
            if "_" in text.text:
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
        """Let the next line of verse begin a stanza."""
        held = self._frames[-1].held
        if held and isinstance(last := held[-1], Stanza):
            last.goes_on = False

    def _add(self, blocks: Iterable[Held]) -> None:
        """Add blocks to what has begun, each with the notes that it refers to behind it."""
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
        """Let the notes follow that the last stanza refers to: there are no more lines of it."""
        held = self._frames[-1].held
        if held and isinstance(last := held[-1], Stanza):
            self._follow(last)

    def _follow(self, block: Held) -> None:
        if self._document.waiting and self._is_main and self._frames[-1].takes_notes:
            self._add_notes(block)


def _frame_for(element: etree._Element, name: str, depth: int) -> Frame | None:
    """Return what gathers the blocks in an element; None where they stand for themselves."""
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
    return (Paragraph(first.text.part(end)), *blocks[1:]) if end else blocks


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


def _places_of_links(root: etree._Element) -> Iterator[str]:
    """Yield the names of the places that links of the document lead to."""
    for link in root.iter("{*}a"):
        href = link.get("href", "").strip()
        if href[:1] == "#" and len(href) > 1:
            yield href[1:]


def _linked(blocks: tuple[Block[Text], ...]) -> tuple[Block[Text], ...]:
    """Return the blocks without links to places that are not in them, and places that no link leads to; each place
    once."""
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
    """Return the lines of a program without empty ones before and behind it, and without white space at their ends."""
    kept = [shortened(line, len(line.text.rstrip())) for line in lines]
    written = [at for at, line in enumerate(kept) if line]
    return tuple(kept[written[0] : written[-1] + 1]) if written else ()
