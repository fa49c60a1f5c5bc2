"""The text of an edition as plain text, set so that it can be read without any markup.

Structure is shown by marks, indents and blank lines; a table is set in columns where they fit, else a line a cell. What
the sound adds is written where no mark tells it: "Picture:", and not "Quote:" of what is indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audio_edition.formats.markup.places import Places
from audio_edition.formats.plain_lines import Line, below, indented, is_spaced, marked
from audio_edition.formats.plain_tables import table_lines
from audio_edition.model import (
    Aside,
    Block,
    Cell,
    Chapter,
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
    Role,
    SceneBreak,
    Span,
    Table,
    Utterance,
    Verse,
)
from audio_edition.model.characters import one_line
from audio_edition.model.numerals import numeral

_SCENE = "* * *"
_BULLETS = "•-"
"""Of a list, and of a list in it; and so on in turn."""
_TOLD_BY_ITS_PLACE: frozenset[Role] = frozenset({"quote", "list_item", "code", "note", "header_cell", "cell"})
"""Roles whose announcements a mark, an indent or a column says already."""


def plain_text(chapters: Iterable[Chapter], places: Places) -> Iterator[str]:
    """Yield the lines of chapters without their ends: every word in order. `places` are those of the whole script, as a
    note may stand in another chapter than its mark."""
    blank_wanted = -1
    for chapter in chapters:
        writer = _Writer(places, places.chapters[chapter.id].chapter)
        for before, line in writer.blocks(chapter.blocks, before=1):
            if blank_wanted >= 0:
                yield from [""] * max(blank_wanted, before)
            yield line.rstrip()
            blank_wanted = 0


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks of the chapter of that number. `lists` is how many lists are around, `inside` whether a block is,
    `mark` what stands before the item that is written."""

    places: Places
    number: int
    lists: int = 0
    inside: bool = False
    mark: str = ""

    def blocks(self, blocks: Iterable[Block[Passage]], before: int) -> Iterator[Line]:
        """Yield the lines of blocks; the first has `before` blank lines above it, the others one, if they are no short
        lists within a list."""
        for number, block in enumerate(blocks):
            is_close = number == 0 or (self.lists and isinstance(block, List) and _is_tight(block))
            yield from below(self._block(block), before if is_close else 1)

    def _block(self, block: Block[Passage]) -> Iterator[Line]:  # noqa: C901 - a case a block
        within = replace(self, inside=True)
        match block:
            case Heading(text):
                yield from below(self._passage(text), 1 if self.inside else 2)
            case Paragraph(text):
                lines = self._passage(text)
                yield from indented(lines) if text.role == "quote" and not self.inside else lines
            case List():
                yield from self._list(block)
            case DefinitionList(entries):
                for entry in entries:
                    for term in entry.terms:
                        yield from below(self._passage(term), 0)
                    yield from indented(within.blocks(entry.blocks, before=0))
            case Table():
                yield from within.blocks(block.caption, before=0)
                texts = [[within.cell(cell) for cell in row.cells] for row in block.rows]
                yield from table_lines(block, texts)
            case Picture(text, _, description):
                yield from self._passage(text)
                yield from within.blocks(description, before=0)
            case Figure(inner, caption):
                yield from within.blocks(inner, before=0)
                yield from within.blocks(caption, before=0)
            case Quote(inner, attribution):
                yield from indented(within.blocks(inner, before=0))
                if attribution:
                    yield from indented(marked(self._passage(attribution), "— ", unless="—–-―"))
            case Code(lines) | Verse(lines):
                for line in lines:
                    yield from indented(self._passage(line))
            case Formula(text):
                yield from indented(self._passage(text))
            case Aside(inner):
                yield from indented(within.blocks(inner, before=0))
            case Note(_, label, inner):
                yield from marked(within.blocks(inner, before=0), f"[{_label(label)}] ")
            case SceneBreak():
                yield 1, _SCENE
            case PageBreak(_, text):
                yield from self._passage(text) if text else ()

    def cell(self, cell: Cell[Passage]) -> str:
        """Return the lines of a cell."""
        return "\n".join(line for _, line in self.blocks(cell.blocks, before=0))

    def _list(self, block: List[Passage]) -> Iterator[Line]:
        inner = replace(self, lists=self.lists + 1, inside=True)
        bullet = _BULLETS[self.lists % len(_BULLETS)]
        is_tight = _is_tight(block)
        for item, number in zip(block.items, block.numbers(), strict=False):
            mark = f"{numeral(number, block.style)}." if block.ordered else bullet
            lines = replace(inner, mark=mark).blocks(item.blocks, before=0)
            yield from below(marked(lines, f"{mark} "), 0 if is_tight else 1)

    # --- passages

    def _passage(self, passage: Passage) -> Iterator[Line]:
        text = self.written(passage, announced=passage.role not in _TOLD_BY_ITS_PLACE)
        yield from ((0, line) for line in text.split("\n") if text)

    def written(self, passage: Passage, *, announced: bool = True) -> str:
        """Return the text of a passage, with the ends of its lines."""
        if not passage.utterances:
            return self._marked_up(passage.unspoken.text, passage.unspoken.spans)
        said = passage.with_joints()
        return "".join(joint + self._utterance(utterance, announced=announced) for joint, utterance in said)

    def _utterance(self, utterance: Utterance, *, announced: bool) -> str:
        text = self._marked_up(utterance.text, utterance.spans)
        before = one_line(utterance.announces).removeprefix(self.mark).lstrip() if announced else ""
        return f"{before}{' ' if before and is_spaced(utterance) else ''}{text}"

    def _marked_up(self, text: str, spans: Sequence[Span]) -> str:
        """Return a text with marks for what its spans say, as far as plain text has any."""
        text = one_line(text)
        marks: list[tuple[int, int, str]] = []
        for span in spans:
            marks += self._marks(span, text)
        written, done = "", 0
        for at, end, mark in sorted(marks):
            written += text[done:at] + mark
            done = max(done, end)
        return written + text[done:]

    def _marks(self, span: Span, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a mark stands, up to where it takes the place of what is written, and the mark."""
        match span.kind:
            case "struck":
                yield span.start, span.start, "~~"
                yield span.end, span.end, "~~"
            case "superscript" if text[span.start : span.start + 1] in "0123456789-+−–" and span.start:
                yield span.start, span.start, "^"
            case "ruby" if span.value:
                yield span.end, span.end, f" ({one_line(span.value)})"
            case "note" if note := self.places.note(span.value, self.number):
                yield span.start, span.start, f"[{_label(note.label)}]"
            case "break":
                yield span.start, span.end, "\n"


def _label(label: str) -> str:
    return one_line(label).strip() or "*"


def _is_tight(block: List[Passage]) -> bool:
    """Return whether no blank lines stand between the items of a list."""
    return all(map(_is_short, block.items))


def _is_short(item: Item[Passage]) -> bool:
    """Return whether an item is a line, or one with a list under it."""
    first, *others = item.blocks or (None,)
    return (first is None or isinstance(first, Paragraph | Picture)) and all(
        isinstance(each, List) and _is_tight(each) for each in others
    )
