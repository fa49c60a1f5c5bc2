"""In: the element that holds an article. Out: its sections, and findings for what it holds that has no words."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from audio_edition.model import Finding, Paragraph, ParagraphKind, Section
from audio_edition.read.lines import speakable
from audio_edition.read.marks import heading_of
from audio_edition.read.markup.elements import BLOCKS, KINDS, PICTURES, PLAYED, heading_level, is_shown, name_of
from audio_edition.read.markup.formula import formula_text
from audio_edition.read.markup.inline import Piece, Words, as_words, lines_of, words_of
from audio_edition.read.markup.lists import Numbering
from audio_edition.read.markup.notes import Notes
from audio_edition.read.markup.pictures import description_of, is_drawn
from audio_edition.read.markup.tables import is_data_table, table_paragraphs
from audio_edition.read.markup.walk import Event, walk


@dataclass(frozen=True, slots=True)
class Body:
    """What an element held. The first section has no heading."""

    sections: tuple[Section, ...]
    findings: tuple[Finding, ...] = ()
    headings: tuple[etree._Element | None, ...] = ()
    """The elements that head the sections; none where a section has no heading, or words between dashes for one."""


def read_body(root: etree._Element, own: str = "") -> Body:
    """All that the element shows, in a document in its `own` language."""
    builder = _Builder(root, own, Notes(root))
    builder.take_all()
    return builder.body()


@dataclass(slots=True)
class _Section:
    heading: str | None
    level: int = 2
    language: str = ""
    element: etree._Element | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    had_notes: bool = False
    """Whether notes stood in it, which are read elsewhere."""


class _Builder:
    """Takes the events of an element one by one."""

    def __init__(self, root: etree._Element, own: str, notes: Notes) -> None:
        self._root = root
        self._own = own
        self._notes = notes
        self._told: set[etree._Element] = set()
        self._sections = [_Section(None)]
        self._level = 1
        self._kinds: list[ParagraphKind] = ["body"]
        self._numbering = Numbering()
        self._number = ""  # of a list's item, for its first paragraph
        self._pieces: list[Piece] = []
        self._pictures: list[Paragraph] = []  # those of the paragraph that is being gathered
        self._waiting: deque[etree._Element] = deque()  # notes that it refers to
        self._whole: etree._Element | None = None  # read as a whole, so that its inside is passed over
        self._left_out: Counter[str] = Counter()
        self._marks: dict[str, list[str]] = {"note-marks": [], "heading-marks": []}

    def take_all(self) -> None:
        """What the element shows."""
        for event in walk(self._root, self._own):
            self._take(event)
        self._flush()

    def _take(self, event: Event) -> None:
        """One event, unless it is inside what was read as a whole."""
        if self._whole is not None:
            if event.kind == "end" and event.element is self._whole:
                self._whole = None
        elif event.kind == "text":
            self._pieces.append(Piece(event.text, event.language))
        elif event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            self._end(event)
        elif name_of(event.element) in PLAYED:
            self._left_out["played-without-text"] += 1

    def body(self) -> Body:
        """The sections, and what was left out."""
        sections, elements = [], []
        for section in self._sections:
            if section.heading and section.had_notes and not section.paragraphs:
                self._marks["note-marks"].append(section.heading)
            else:
                paragraphs = tuple(section.paragraphs)
                sections.append(Section(section.heading, paragraphs, section.level, section.language))
                elements.append(section.element)
        return Body(tuple(sections), tuple(self._findings()), tuple(elements))

    def _start(self, event: Event) -> None:
        name = name_of(event.element)
        if self._is_read_whole(event, name):
            self._whole = event.element
        elif name in BLOCKS:
            self._flush()
            self._kinds.append(KINDS.get(name, self._kinds[-1]))
            if name in ("ol", "ul"):
                self._numbering.open(event.element)
            elif name == "li":
                self._number = self._numbering.mark(event.element)
        elif name == "br":
            self._break(event)
        elif name == "q":
            self._pieces.append(Piece("“", event.language))

    def _is_read_whole(self, event: Event, name: str) -> bool:
        """Whether the element is read here and now, with all that is in it."""
        element = event.element
        if level := heading_level(element):
            self._heading(event, level)
        elif name in PICTURES or name == "svg" or is_drawn(element):
            self._picture(event)
        elif name == "math":
            self._formula(event)
        elif name in PLAYED:
            self._left_out["played-without-text"] += 1
        elif name == "table" and is_data_table(element):
            self._table(event)
        elif (note := self._notes.of(element)) is not None:
            self._mark(event.element, note)
        else:
            is_elsewhere = element in self._notes.notes and element is not self._root
            self._sections[-1].had_notes |= is_elsewhere
            return is_elsewhere or self._notes.is_way_back(element)
        return True

    def _end(self, event: Event) -> None:
        name = name_of(event.element)
        if name in BLOCKS:
            self._flush()
            self._kinds.pop()
        if name in ("ol", "ul"):
            self._numbering.close()
        elif name == "li":
            self._number = ""
        elif name == "q":
            self._pieces.append(Piece("”", event.language))

    def _break(self, event: Event) -> None:
        """A line ends; two such ends in a row part paragraphs."""
        ended = next((piece.text for piece in reversed(self._pieces) if piece.text == "\n" or piece.text.strip()), "")
        if ended == "\n" and self._kinds[-1] != "code":
            self._flush()
        self._pieces.append(Piece("\n", event.language))

    def _heading(self, event: Event, level: int) -> None:
        self._flush()
        marks = self._notes.marks_in(event.element)
        words = words_of(event.element, self._own, event.language, marks)
        if not words.text:
            return
        if self._notes.is_heading_of_notes(event.element):
            self._marks["note-marks"].append(words.text)
            return
        self._level = level
        self._sections.append(_Section(words.text, level, words.language, event.element))
        self._mark_all(marks)

    def _picture(self, event: Event) -> None:
        said = description_of(event.element)
        words = as_words([Piece(said or "", event.language)])
        if speakable(words.text):
            self._pictures.append(Paragraph(words.text, "picture", words.language))
        elif words.text:
            self._pieces.append(Piece(words.text, event.language))
        elif said is None:
            self._left_out["picture-without-text"] += 1

    def _formula(self, event: Event) -> None:
        text = as_words([Piece(formula_text(event.element))]).text
        if event.element.get("display") == "block":
            self._flush()
            self._add(Paragraph(text, "formula"))
        else:
            self._pieces.append(Piece(text))

    def _table(self, event: Event) -> None:
        self._flush()
        for caption in event.element:
            if name_of(caption) == "caption" and is_shown(caption):
                words = words_of(caption, self._own, event.language, self._notes.marks_in(caption))
                self._add(Paragraph(words.text, "caption", words.language, words.phrases))
        marks = self._notes.marks_in(event.element)
        for paragraph in table_paragraphs(event.element, self._own, event.language, marks):
            self._add(paragraph)
        self._mark_all(marks)

    def _mark_all(self, marks: Mapping[etree._Element, etree._Element]) -> None:
        for mark, note in marks.items():
            self._mark(mark, note)

    def _mark(self, mark: etree._Element, note: etree._Element) -> None:
        """A mark gives way to its note, which follows the paragraph; once, however many marks refer to it."""
        self._marks["note-marks"].append(" ".join("".join(mark.itertext()).split()))
        if note not in self._told:
            self._told.add(note)
            self._waiting.append(note)

    def _flush(self) -> None:
        """The paragraph that was gathered ends here."""
        pieces, self._pieces = self._pieces, []
        if self._kinds[-1] == "code":
            for line in lines_of(pieces):
                self._add_words(as_words(line))
        else:
            self._add_words(as_words(pieces))
        pictures, self._pictures = self._pictures, []
        for picture in pictures:
            self._add(picture)
        while self._waiting and self._root not in self._notes.notes:
            self._add_note(self._waiting.popleft())

    def _add_words(self, words: Words) -> None:
        if words.text and self._number:
            words = words.after(self._number)
            self._number = ""
        paragraph = Paragraph(words.text, self._kinds[-1], words.language, words.phrases)
        heading = heading_of(paragraph.text) if paragraph.kind == "body" else None
        if heading:  # in the copy of agencies: words between dashes
            self._sections.append(_Section(heading[0], min(6, self._level + 1), paragraph.language))
            self._marks["heading-marks"].append(heading[1])
        elif paragraph.kind == "caption" and self._is_said_by_picture(paragraph):
            self._sections[-1].paragraphs[-1] = paragraph
        else:
            self._add(paragraph)

    def _is_said_by_picture(self, caption: Paragraph) -> bool:
        """Whether the alternative text in front of a caption only says it as well."""
        before = self._sections[-1].paragraphs[-1:]
        return any(each.kind == "picture" and caption.text.startswith(each.text) for each in before)

    def _add_note(self, note: etree._Element) -> None:
        """A note's paragraphs. Notes that it refers to wait until it ends."""
        reader = _Builder(note, self._own, self._notes)
        reader._told, reader._waiting = self._told, self._waiting
        reader._marks, reader._left_out = self._marks, self._left_out
        reader.take_all()
        for section in reader._sections:
            said = [] if section.heading is None else [Paragraph(section.heading, language=section.language)]
            for paragraph in [*said, *section.paragraphs]:
                self._add(replace(paragraph, kind="note", cells=()))

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.text:
            self._sections[-1].paragraphs.append(paragraph)

    def _findings(self) -> Iterator[Finding]:
        for id, marks in self._marks.items():  # noqa: A001 - a finding's own word
            if marks:
                yield Finding(id, "note", f"Left out: {_LEFT_OUT[id]}.", text=" ".join(marks))
        for id, count in sorted(self._left_out.items()):  # noqa: A001
            message, remedy = _WORDLESS[id]
            yield Finding(id, "warning", message.format(count), remedy=remedy)


_LEFT_OUT = {
    "note-marks": "the marks of notes, which follow the paragraphs that refer to them",
    "heading-marks": "the dashes around subheadings",
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
