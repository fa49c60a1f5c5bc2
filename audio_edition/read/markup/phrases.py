"""Phrases: what stands inside the blocks of a document, read element by element."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from lxml import etree

from audio_edition.model import Block, Formula, PageBreak, Text
from audio_edition.model.characters import without_unwanted
from audio_edition.read.lines import speakable
from audio_edition.read.markup.beside import Shown
from audio_edition.read.markup.document import Document
from audio_edition.read.markup.elements import BLOCKS, PICTURES, PLAYED, heading_level, is_block, is_seen, name_of
from audio_edition.read.markup.formula import formula_text, mathml_of, tex_of
from audio_edition.read.markup.frames import Held, NotesStood
from audio_edition.read.markup.inline import Line, with_readings
from audio_edition.read.markup.kinds import (
    LONGEST_LABEL,
    follows_link,
    has_readings,
    initial_in,
    is_apart,
    is_displayed,
    is_gap_behind_drop_cap,
    is_hidden_drop_cap,
    is_ornament,
    keeps_lines,
    left_out_as,
    may_be_page,
    page_label,
    span_kinds,
)
from audio_edition.read.markup.note_signs import label_of
from audio_edition.read.markup.notes import FoundNote
from audio_edition.read.markup.pictures import description_of, is_drawn
from audio_edition.read.markup.seen import seen_text
from audio_edition.read.markup.walk import Event, language_at, walk

End = Callable[[], None]
"""What is to be done when an element ends."""

_NEAR_BLOCK = 3
_LONGEST_DRAWN = 300
"""Characters: what is written in a drawing that nobody described, if it is no longer, says what it shows."""

_UNSPACED = "\u2e80"
"""The first character of Chinese and Japanese, whose words nothing parts."""


class PhraseReader(ABC):
    """Takes the events of some elements one by one, and gathers the text in them, with what its parts are."""

    def __init__(
        self,
        document: Document,
        roots: tuple[etree._Element, ...],
        language: str | None = None,
        without: frozenset[etree._Element] = frozenset(),
    ) -> None:
        self._document = document
        self._left_out = document.left_out
        self._roots = roots
        self._without = without
        self._anchors: list[str] = []
        self._line = Line(document.own, self._anchors)
        self._around = language_at(roots[0], document.own) if language is None else language
        self._language = self._around
        self._ends: list[tuple[End, ...]] = []
        self._whole: etree._Element | None = None  # passed over, with all that is in it
        self._leaf = 0  # elements around whose text is one
        self._code: list[Text] | None = None
        self._kept_lines = 0  # elements around that keep the ends of lines
        self._shown: list[Shown] = []
        self._is_ornate = False
        self._gap: etree._Element | None = None  # a first letter, whose word goes on behind white space

    # --- what blocks do

    @abstractmethod
    def _block(self, event: Event, name: str) -> tuple[End, ...]:
        """Begin a block; return what ends it, last things first."""

    @abstractmethod
    def _flush(self) -> None:
        """End the paragraph that was gathered."""

    @abstractmethod
    def _end_stanza(self) -> None:
        """Let the next line of verse begin a stanza."""

    @abstractmethod
    def _add(self, blocks: Iterable[Held]) -> None:
        """Add blocks to what has begun."""

    @abstractmethod
    def _read_apart(self, parts: tuple[etree._Element, ...]) -> tuple[Block[Text], ...]:
        """Return the blocks of elements that stand elsewhere, one level deeper than what they are read for."""

    @abstractmethod
    def _is_in_figure(self) -> bool:
        """Return whether pictures here are those of a figure."""

    def _read_events(self) -> Iterator[None]:
        """Take all events; pause behind each element."""
        for root in self._roots:
            for event in walk(root, self._document.own, self._around):
                self._take(event)
            yield

    # --- events

    def _take(self, event: Event) -> None:
        if self._whole is not None:
            if event.kind == "end" and event.element is self._whole:
                self._whole = None
        elif event.kind == "text":
            if self._gap is None or event.element is not self._gap.getparent():
                self._text(event)
            else:
                self._gap = None
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
            self._gap = element if is_gap_behind_drop_cap(element) else self._gap

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
            self._add([NotesStood()])
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
        text = " ".join(without_unwanted(said or "").split())
        if initial := self._initial(element):
            self._write_picture(event, initial, self._document.gallery.name_of(element))
            return
        shown = self._shown_of(element, text)
        if said is None and not shown.description:
            self._left_out.count("picture-without-text")
        is_kept = said is None or self._is_in_figure()
        if not is_in_text and (shown.said or shown.description or (is_kept and shown.image)):
            self._shown.append(shown)
        self._write_picture(event, text, shown.image)

    def _initial(self, element: etree._Element) -> str:
        """Return the letter that a picture is, of the paragraph behind the block in which it stands."""
        block = next((each for each in islice(element.iterancestors(), _NEAR_BLOCK) if is_block(each)), None)
        return "" if block is None or self._leaf else initial_in(block)

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
        if element_described is not None and not self._leaf:
            self._document.descriptions[element_described] = True
            description = self._read_apart((element_described,))
        name = self._document.gallery.name_of(element)
        said = text if speakable(text) else ""
        return Shown(said, name, description, is_apart(element), self._line.length)

    def _write_picture(self, event: Event, text: str, image: str) -> None:
        languages = list(self._in_language(event)) if text else []
        if speakable(text):
            # A letter may be that of a word; words that a picture says are words of their own.
            has_words = sum(character.isalnum() and character < _UNSPACED for character in text) > 1
            if has_words:
                self._line.part_words()
            self._line.open("image", image)
            self._line.write(text)
            self._line.close()
            if has_words:
                self._line.part_words()
        else:
            self._line.write(text)
        for end in languages:
            end()
