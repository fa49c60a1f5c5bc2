"""Blocks that have begun: each gathers what stands in it, and is made of that when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Union

from lxml import etree

from audio_edition.model import (
    Aside,
    Block,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Item,
    List,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    SceneBreak,
    Span,
    Text,
    in_order,
)
from audio_edition.read.markup.lists import Numbering
from audio_edition.read.markup.tables import Group, cells_in, table_of


class NotesStood:
    """Stands where notes stood that are read elsewhere."""


@dataclass(slots=True)
class StrayItems:
    """Items that stand in no list."""

    items: list[Item[Text]]


Held = Union[Block[Text], NotesStood, StrayItems]  # noqa: UP007 - Block is a Union


class Frame:
    """Blocks that stand one after another."""

    takes_notes = True
    """Whether notes can follow a block in it."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        """The level of the blocks in it."""
        self.held: list[Held] = []
        self.headings_of_notes: list[Heading[Text]] = []

    def add(self, block: Held) -> None:
        """Take a block."""
        self.held.append(block)

    def add_stray(self, item: Item[Text]) -> None:
        """Take an item that stands in no list."""
        if self.held and isinstance(self.held[-1], StrayItems):
            self.held[-1].items.append(item)
        else:
            self.held.append(StrayItems([item]))

    def blocks(self) -> tuple[Block[Text], ...]:
        """Return the blocks, without headings that stood over notes alone."""
        return tuple(
            List(tuple(each.items)) if isinstance(each, StrayItems) else each
            for each in self._without_headings_of_notes()
            if not isinstance(each, NotesStood)
        )

    def ended(self) -> Iterable[Held]:
        """Return what the frame becomes."""
        blocks = self.blocks()
        return blocks or self.traces()

    def traces(self) -> Sequence[Held]:
        """Return the trace of notes that stood here, where they did."""
        return [each for each in self.held if isinstance(each, NotesStood)][:1]

    def _without_headings_of_notes(self) -> list[Held]:
        if not any(isinstance(each, NotesStood) for each in self.held):
            return self.held
        dropped: set[int] = set()
        for at in range(len(self.held) - 1, -1, -1):
            each = self.held[at]
            if isinstance(each, Heading | SceneBreak) and self._is_over_notes(at, dropped):
                dropped.add(at)
        self.headings_of_notes = [
            each for at, each in enumerate(self.held) if at in dropped and isinstance(each, Heading)
        ]
        return [each for at, each in enumerate(self.held) if at not in dropped]

    def _is_over_notes(self, at: int, dropped: set[int]) -> bool:
        """Return whether only notes follow a heading, or a line, until the next one of its level."""
        opener = self.held[at]
        level = opener.level if isinstance(opener, Heading) else 6
        had_notes = False
        for further in range(at + 1, len(self.held)):
            each = self.held[further]
            if isinstance(each, NotesStood):
                had_notes = True
            elif isinstance(each, Heading) and each.level <= level:
                is_twin = (
                    not had_notes
                    and further in dropped
                    and isinstance(opener, Heading)
                    and _folded(each.text) == _folded(opener.text)
                )
                return had_notes or is_twin
            elif further not in dropped and not isinstance(each, PageBreak):
                return False
        return had_notes


class ItemFrame(Frame):
    """An item of a list."""

    def __init__(self, depth: int, value: int | None) -> None:
        super().__init__(depth)
        self.value = value


class ListFrame(Frame):
    """A list."""

    def __init__(self, depth: int, numbering: Numbering) -> None:
        super().__init__(depth)
        self.numbering = numbering
        self.items: list[Item[Text]] = []
        self._loose: list[Held] = []
        self._skipped = 0
        self._before: list[Block[Text]] = []

    def add(self, block: Held) -> None:
        """Take what stands in the list, and in no item: it is of the item before it."""
        if isinstance(block, NotesStood):
            self.held.append(block)
        elif isinstance(block, PageBreak) and not self.items:
            self._before.append(block)
        elif self.items and (isinstance(block, List | PageBreak) or not isinstance(block, Paragraph)):
            self.items[-1] = replace(self.items[-1], blocks=(*self.items[-1].blocks, block))  # type: ignore[arg-type]
        else:
            self.items.append(Item((block,)))  # type: ignore[arg-type]

    def add_item(self, frame: ItemFrame) -> None:
        """Take an item that has ended. The number of one without anything is passed over."""
        blocks = (*self._before, *frame.blocks())
        if not frame.blocks():
            self._skipped += frame.value is None
            self.held += frame.traces()
            return
        self._before = []
        value = frame.value
        if self._skipped and self.numbering.is_ordered and value is None:
            value = self._next()
        self._skipped = 0
        self.items.append(Item(blocks, value))

    def _next(self) -> int:
        step = -1 if self.numbering.is_reversed else 1
        number = self.numbering.start - step
        for item in self.items:
            number = number + step if item.value is None else item.value
        return number + step * (1 + self._skipped)

    def ended(self) -> Iterable[Held]:
        before: list[Held] = [*self._before]
        if not self.items:
            return [*before, *self.traces()]
        numbering = self.numbering
        return [
            *before,
            List(tuple(self.items), numbering.is_ordered, numbering.start, numbering.is_reversed, numbering.style),
        ]


class DefinitionFrame(Frame):
    """A list of terms and what is said of them."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self._entries: list[Definition[Text]] = []
        self._terms: list[Text] = []
        self._traces: Sequence[Held] = []

    def add_term(self, term: Text) -> None:
        """Take a term: it begins an entry if something was said since the last."""
        if self.held:
            self._end_entry()
        if term:
            self._terms.append(term)

    def begin_definition(self) -> None:
        """Begin what is said of the terms: what follows another definition is an entry without a term of its own."""
        if self.held:
            self._end_entry()

    def _end_entry(self) -> None:
        blocks = self.blocks()
        if blocks or self._terms:
            self._entries.append(Definition(tuple(self._terms), blocks))
        self._traces = self._traces or self.traces()
        self.held, self._terms = [], []

    def ended(self) -> Iterable[Held]:
        self._end_entry()
        return [DefinitionList(tuple(self._entries))] if self._entries else self._traces


class QuoteFrame(Frame):
    """A quotation."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self.attribution: Text | None = None

    def ended(self) -> Iterable[Held]:
        blocks = self.blocks()
        if not blocks:
            return [Paragraph(self.attribution)] if self.attribution else self.traces()
        return [Quote(blocks, self.attribution)]


class AsideFrame(Frame):
    """A box beside the text."""

    def __init__(self, depth: int, kind: str) -> None:
        super().__init__(depth)
        self._kind = kind

    def ended(self) -> Iterable[Held]:
        blocks = self.blocks()
        return [Aside(blocks, self._kind)] if blocks else self.traces()


class CaptionFrame(Frame):
    """A caption: notes follow what it is of."""

    takes_notes = False


class FigureFrame(Frame):
    """A figure."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self.caption: list[Block[Text]] = []

    def ended(self) -> Iterable[Held]:
        blocks = self.blocks()
        caption = tuple(self.caption)
        if not caption:
            return blocks or self.traces()
        if len(blocks) == 1 and isinstance(blocks[0], Quote) and blocks[0].attribution is None:
            text = _on_one_line(caption)
            if text is not None:
                return [replace(blocks[0], attribution=text)]
        return [Figure(_without_repetition(blocks, caption), caption)]


class TableFrame(Frame):
    """A table of data: texts of its cells, and what stands in it and in no cell, which goes before it."""

    takes_notes = False

    def __init__(self, depth: int, groups: list[Group]) -> None:
        super().__init__(depth)
        self._groups = groups
        self.cells = set(cells_in(groups))
        self.texts: dict[etree._Element, Text] = {}
        self.caption: list[Block[Text]] = []

    def ended(self) -> Iterable[Held]:
        table = table_of(self._groups, self.texts, self.caption)
        before: list[Held] = [*self.blocks()]
        if table is None:
            return [*before, *self.caption] or self.traces()
        return [*before, table]


def _on_one_line(blocks: Sequence[Block[Text]]) -> Text | None:
    """Return paragraphs as one text, whose lines they are; None where something else is among them."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    return lines_joined(texts) if len(texts) == len(blocks) else None


def lines_joined(texts: Iterable[Text]) -> Text:
    """Return the texts as the lines of one."""
    kept = [text for text in texts if text]
    joined = Text.joined(kept)
    places, length = [], 0
    for text in kept[:-1]:
        length += len(text.text)
        places.append(Span(length, length + 1, "break"))
        length += 1
    return replace(joined, spans=in_order([*joined.spans, *places])) if all(each.text for each in kept) else joined


def _without_repetition(blocks: tuple[Block[Text], ...], caption: tuple[Block[Text], ...]) -> tuple[Block[Text], ...]:
    """Return the blocks of a figure; a picture says nothing of its own that the caption says too."""
    first = caption[0]
    if not isinstance(first, Paragraph) or len(blocks) != 1:
        return blocks
    (only,) = blocks
    if isinstance(only, Picture) and only.text.text and first.text.text.startswith(only.text.text):
        return (replace(only, text=Text("")),) if only.image or only.description else ()
    return blocks


def _folded(text: Text) -> str:
    return " ".join(text.text.casefold().split())
