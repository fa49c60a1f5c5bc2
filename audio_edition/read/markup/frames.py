"""Open blocks: each collects its contents and becomes a block when it ends."""

from __future__ import annotations

from collections.abc import Sequence
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
    Text,
    Verse,
    leaves,
)
from audio_edition.read.lines import folded
from audio_edition.read.markup.inline import lines_joined
from audio_edition.read.markup.lists import Numbering
from audio_edition.read.markup.tables import Group, cells_in, table_of


class NotesStood:
    """Marks the place of notes that are read elsewhere."""


@dataclass(slots=True)
class StrayItems:
    """List items outside any list."""

    items: list[Item[Text]]


@dataclass(slots=True)
class Stanza:
    """Lines of verse read so far. Further lines in the same `place` belong to it while it `goes_on`."""

    lines: list[Text]
    place: etree._Element
    goes_on: bool


Held = Union[Block[Text], NotesStood, StrayItems, Stanza]  # noqa: UP007 - Block is a Union


class Frame:
    """A sequence of blocks. `depth` is their level."""

    takes_notes = True
    """Whether notes can follow a block in it."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.held: list[Held] = []
        self.dropped: list[str] = []
        """Headings over notes alone."""

    def add(self, block: Held) -> None:
        """Add a block."""
        self.held.append(block)

    def add_stray(self, item: Item[Text]) -> None:
        """Add an item that stands outside any list."""
        if self.held and isinstance(last := self.held[-1], StrayItems):
            last.items.append(item)
        else:
            self.held.append(StrayItems([item]))

    def blocks(self) -> tuple[Block[Text], ...]:
        """Return the blocks, without headings that have only notes under them."""
        kept = [each for each in self._without_headings_of_notes() if not isinstance(each, NotesStood)]
        return tuple(_as_block(each) for at, each in enumerate(kept) if not _is_idle_break(kept, at))

    def ended(self) -> Sequence[Held]:
        """Return the blocks that the frame becomes."""
        return self.blocks() or self.traces()

    def traces(self) -> Sequence[Held]:
        """Return a marker if notes stood here."""
        return [each for each in self.held if isinstance(each, NotesStood)][:1]

    def _without_headings_of_notes(self) -> list[Held]:
        if not any(isinstance(each, NotesStood) for each in self.held):
            return self.held
        dropped: set[int] = set()
        for at in range(len(self.held) - 1, -1, -1):
            if isinstance(self.held[at], Heading | SceneBreak) and self._is_over_notes(at, dropped):
                dropped.add(at)
        self.dropped += [
            each.text.text for at, each in enumerate(self.held) if at in dropped and isinstance(each, Heading)
        ]
        return [each for at, each in enumerate(self.held) if at not in dropped]

    def _is_over_notes(self, at: int, dropped: set[int]) -> bool:
        """Return whether only notes follow a heading or line, up to the next one of its level."""
        opener = self.held[at]
        level = opener.level if isinstance(opener, Heading) else 6
        had_notes = False
        for further in range(at + 1, len(self.held)):
            each = self.held[further]
            if isinstance(each, NotesStood):
                had_notes = True
            elif isinstance(each, Heading) and each.level <= level:
                return had_notes or (further in dropped and _say_the_same(opener, each))
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
        self._numbering = numbering
        self._step = -1 if numbering.is_reversed else 1
        self._next = numbering.start
        self._is_passed_over = False
        self._items: list[Item[Text]] = []
        self._loose: list[Block[Text]] = []

    def add(self, block: Held) -> None:
        """Add what stands in the list but outside its items: it belongs to the item before."""
        if isinstance(block, NotesStood):
            self.held.append(block)
        elif not isinstance(block, SceneBreak):
            self._loose.append(_as_block(block))

    def add_item(self, item: ItemFrame) -> None:
        """Add a finished item. The number of an empty one is skipped."""
        number = self._next if item.value is None else item.value
        self._next = number + self._step
        blocks = item.blocks()
        self.dropped += item.dropped
        if not blocks:
            self._is_passed_over = True
            self.held += item.traces()
            return
        self._end_item()
        has_value = item.value is not None or (self._is_passed_over and self._numbering.is_ordered)
        self._is_passed_over = False
        self._items.append(Item(blocks, number if has_value else None))

    def _end_item(self) -> None:
        """Append loose content to the item before, or make it an item."""
        if self._loose and self._items:
            self._items[-1] = replace(self._items[-1], blocks=(*self._items[-1].blocks, *self._loose))
        elif self._loose:
            self._items.append(Item(tuple(self._loose)))
        self._loose = []

    def ended(self) -> Sequence[Held]:
        before: list[Held] = []
        if not self._items and all(isinstance(each, PageBreak) for each in self._loose):
            before, self._loose = [*self._loose], []
        self._end_item()
        if not self._items:
            return [*before, *self.traces()]
        numbering = self._numbering
        return [List(tuple(self._items), numbering.is_ordered, numbering.start, numbering.is_reversed, numbering.style)]


class DefinitionFrame(Frame):
    """A list of terms and their definitions."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self._entries: list[Definition[Text]] = []
        self._terms: list[Text] = []
        self._traces: Sequence[Held] = []

    def add_term(self, term: Text) -> None:
        """Add a term: it begins an entry if a definition came after the last term."""
        if self.held:
            self._end_entry()
        if term:
            self._terms.append(term)

    def begin_definition(self) -> None:
        """Begin a definition; one right after another is an entry without a term."""
        if self.held:
            self._end_entry()

    def _end_entry(self) -> None:
        blocks = self.blocks()
        if blocks or self._terms:
            self._entries.append(Definition(tuple(self._terms), blocks))
        self._traces = self._traces or self.traces()
        self.held, self._terms = [], []

    def ended(self) -> Sequence[Held]:
        self._end_entry()
        return [DefinitionList(tuple(self._entries))] if self._entries else self._traces


class QuoteFrame(Frame):
    """A quotation."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self._attribution: Text | None = None

    def attribute(self, text: Text) -> None:
        """Set who is quoted."""
        if text:
            self._attribution = lines_joined([self._attribution, text]) if self._attribution else text

    def ended(self) -> Sequence[Held]:
        blocks = self.blocks()
        if blocks:
            return [Quote(blocks, self._attribution)]
        return [Paragraph(self._attribution)] if self._attribution else self.traces()


class AsideFrame(Frame):
    """A box beside the text."""

    def __init__(self, depth: int, kind: str) -> None:
        super().__init__(depth)
        self._kind = kind

    def ended(self) -> Sequence[Held]:
        blocks = self.blocks()
        return [Aside(blocks, self._kind)] if blocks else self.traces()


class CaptionedFrame(Frame):
    """A block that may have a caption."""

    def __init__(self, depth: int) -> None:
        super().__init__(depth)
        self.caption: list[Block[Text]] = []


class CaptionFrame(Frame):
    """A caption; its notes follow the captioned block."""

    takes_notes = False


class FigureFrame(CaptionedFrame):
    """A figure."""

    def ended(self) -> Sequence[Held]:
        blocks, caption = self.blocks(), tuple(self.caption)
        if not caption:
            return blocks or self.traces()
        if len(blocks) == 1 and isinstance(only := blocks[0], Quote) and only.attribution is None:
            lines = [block.text for block in caption if isinstance(block, Paragraph)]
            if len(lines) == len(caption):
                return [replace(only, attribution=lines_joined(lines))]
        return [Figure(_without_repetition(blocks, caption[0]), caption)]


class CellFrame(Frame):
    """A table cell. It has no scene breaks, and its notes follow the table."""

    takes_notes = False

    def add(self, block: Held) -> None:
        if not isinstance(block, SceneBreak):
            self.held.append(block)


class TableFrame(CaptionedFrame):
    """A data table: the contents of its cells, and content outside cells, which precedes the table."""

    takes_notes = False

    def __init__(self, depth: int, groups: list[Group]) -> None:
        super().__init__(depth)
        self._groups = groups
        self.cells = set(cells_in(groups))
        self._contents: dict[etree._Element, tuple[Block[Text], ...]] = {}

    def add_cell(self, element: etree._Element, cell: CellFrame) -> None:
        """Add a finished cell."""
        self._contents[element] = cell.blocks()
        self.dropped += cell.dropped
        self.held += cell.traces()

    def ended(self) -> Sequence[Held]:
        table = table_of(self._groups, self._contents, self.caption)
        if table is not None:
            return [*self.blocks(), table]
        if self.traces():  # only notes
            self.dropped += [leaf.text for leaf in leaves(self.caption)]
            return self.blocks() or self.traces()
        return [*self.blocks(), *self.caption]


def _as_block(held: Held) -> Block[Text]:
    if isinstance(held, StrayItems):
        return List(tuple(held.items))
    if isinstance(held, Stanza):
        return Verse(tuple(held.lines))
    assert not isinstance(held, NotesStood)  # noqa: S101 - for the type checker: none is asked for
    return held


def _is_idle_break(held: Sequence[Held], at: int) -> bool:
    """Return whether a scene break separates nothing: it is the first or the last, or another follows."""
    if not isinstance(held[at], SceneBreak):
        return False
    return at in (0, len(held) - 1) or isinstance(held[at + 1], SceneBreak)


def _without_repetition(blocks: tuple[Block[Text], ...], caption: Block[Text]) -> tuple[Block[Text], ...]:
    """Return the blocks of a figure, without alternative text that the caption repeats."""
    if len(blocks) != 1 or not isinstance(only := blocks[0], Picture) or not isinstance(caption, Paragraph):
        return blocks
    if not only.text.text or not caption.text.text.startswith(only.text.text):
        return blocks
    return (replace(only, text=Text("")),) if only.image or only.description else ()


def _say_the_same(one: Held, other: Heading[Text]) -> bool:
    return isinstance(one, Heading) and folded(one.text.text) == folded(other.text.text)
