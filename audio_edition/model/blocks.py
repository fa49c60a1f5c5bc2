"""Blocks: what a document is made of, as a tree. An Article and its Script have the same tree; its leaves are a Text in
the one, and in the other a Passage: the same text cut into utterances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, Literal, TypeVar, Union

Leaf = TypeVar("Leaf")
Other = TypeVar("Other")

DEEPEST = 40
"""Levels of blocks inside blocks. Readers write what is deeper at this depth; scripts with more are refused."""

ListStyle = Literal["1", "a", "A", "i", "I"]
HeaderScope = Literal["", "column", "row"]
RowPart = Literal["head", "body", "foot"]


@dataclass(frozen=True, slots=True)
class Heading(Generic[Leaf]):
    """A heading of level 1 to 6. One that is not inside another block opens a chapter."""

    text: Leaf
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[Leaf]):
    text: Leaf


@dataclass(frozen=True, slots=True)
class Item(Generic[Leaf]):
    """An item of a list. `value` is its number, if the document gives it one."""

    blocks: tuple[Block[Leaf], ...]
    value: int | None = None


@dataclass(frozen=True, slots=True)
class List(Generic[Leaf]):
    """A list. `start` is the number of an ordered list's first item, `style` the style of its numbers, as in HTML."""

    items: tuple[Item[Leaf], ...]
    ordered: bool = False
    start: int = 1
    reversed: bool = False
    style: ListStyle = "1"

    def numbers(self) -> Iterator[int]:
        """Yield the number of each item of an ordered list (HTML, "ordinal value")."""
        number = self.start
        for item in self.items:
            number = number if item.value is None else item.value
            yield number
            number += -1 if self.reversed else 1


@dataclass(frozen=True, slots=True)
class Definition(Generic[Leaf]):
    """Terms and their description. Either may be missing."""

    terms: tuple[Leaf, ...]
    blocks: tuple[Block[Leaf], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList(Generic[Leaf]):
    entries: tuple[Definition[Leaf], ...]


@dataclass(frozen=True, slots=True)
class Cell(Generic[Leaf]):
    """A cell of a table: most hold one paragraph, an empty one holds nothing. `header` says what it heads, if it does;
    `columns` and `rows` how many it takes.

    `headers` are the cells that head this one, each as its row and its place among the cells of that row.
    """

    blocks: tuple[Block[Leaf], ...] = ()
    header: HeaderScope = ""
    columns: int = 1
    rows: int = 1
    headers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[Leaf]):
    cells: tuple[Cell[Leaf], ...]
    part: RowPart = "body"


@dataclass(frozen=True, slots=True)
class Table(Generic[Leaf]):
    """A table of data, including its empty cells."""

    rows: tuple[Row[Leaf], ...]
    caption: tuple[Block[Leaf], ...] = ()

    @property
    def columns(self) -> int:
        """The number of columns of the widest row, including cells that reach down from rows above it."""
        widest, below = 0, dict[int, int]()
        for row in self.rows:
            column = 0
            taken = {at for at, rows in below.items() if rows}
            below = {at: rows - 1 for at, rows in below.items() if rows}
            for cell in row.cells:
                while column in taken:
                    column += 1
                below |= dict.fromkeys(range(column, column + cell.columns), cell.rows - 1)
                column += cell.columns
            widest = max(widest, column, *(at + 1 for at in taken)) if taken else max(widest, column)
        return widest


@dataclass(frozen=True, slots=True)
class Picture(Generic[Leaf]):
    """A picture with its alternative text. `image` names one of the article's images, or is empty if the document does
    not hold the picture; `description` is the long description."""

    text: Leaf
    image: str = ""
    description: tuple[Block[Leaf], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(Generic[Leaf]):
    """Pictures, or a table, code or verse, with a caption."""

    blocks: tuple[Block[Leaf], ...]
    caption: tuple[Block[Leaf], ...] = ()


@dataclass(frozen=True, slots=True)
class Quote(Generic[Leaf]):
    """A block quotation, and its source if that is written under it."""

    blocks: tuple[Block[Leaf], ...]
    attribution: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Code(Generic[Leaf]):
    """Lines of a program with their indentation; `language` is the programming language."""

    lines: tuple[Leaf, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Formula(Generic[Leaf]):
    """A displayed formula: its words and its source, either of which may be empty."""

    text: Leaf
    mathml: str = ""
    tex: str = ""


@dataclass(frozen=True, slots=True)
class Verse(Generic[Leaf]):
    """The lines of a stanza."""

    lines: tuple[Leaf, ...]


PRODUCER_NOTE: Final = "producer-note"
"""The kind of an aside that is a note of who made the edition, not of who wrote the text."""


@dataclass(frozen=True, slots=True)
class Aside(Generic[Leaf]):
    """A box beside the text. `kind` is the document's name for it: "", "note", "tip", "warning", "sidebar"…; or
    PRODUCER_NOTE."""

    blocks: tuple[Block[Leaf], ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Note(Generic[Leaf]):
    """A note, at the place where it is read; spans of kind "note" refer to its `id`. `label` is its mark ("1", "*")."""

    id: str
    label: str
    blocks: tuple[Block[Leaf], ...]


@dataclass(frozen=True, slots=True)
class SceneBreak(Generic[Leaf]):
    """A change of scene or subject, which a document marks with a line or stars."""


@dataclass(frozen=True, slots=True)
class PageBreak(Generic[Leaf]):
    """The start of a page, with its label; `text` is that label where it is to be said."""

    label: str
    text: Leaf | None = None


Block = Union[  # noqa: UP007 - the classes above name it before it is there
    Heading[Leaf], Paragraph[Leaf], List[Leaf], DefinitionList[Leaf], Table[Leaf], Picture[Leaf], Figure[Leaf],
    Quote[Leaf], Code[Leaf], Formula[Leaf], Verse[Leaf], Aside[Leaf], Note[Leaf], SceneBreak[Leaf], PageBreak[Leaf],
]  # fmt: skip

_PARTS = (Item, Definition, Row, Cell)
_NODES = (
    Heading, Paragraph, List, DefinitionList, Table, Picture, Figure, Quote, Code, Formula, Verse, Aside, Note,
    SceneBreak, PageBreak, *_PARTS,
)  # fmt: skip

_LEAVES: dict[type, tuple[str, ...]] = {
    Heading: ("text",),
    Paragraph: ("text",),
    List: ("items",),
    Item: ("blocks",),
    DefinitionList: ("entries",),
    Definition: ("terms", "blocks"),
    Table: ("caption", "rows"),
    Row: ("cells",),
    Cell: ("blocks",),
    Picture: ("text", "description"),
    Figure: ("blocks", "caption"),
    Quote: ("blocks", "attribution"),
    Code: ("lines",),
    Formula: ("text",),
    Verse: ("lines",),
    Aside: ("blocks",),
    Note: ("blocks",),
    SceneBreak: (),
    PageBreak: ("text",),
}
"""The fields of each node that hold leaves or further nodes, in the order in which they are read."""


def leaves(blocks: Iterable[Block[Leaf]]) -> Iterator[Leaf]:
    """Yield all leaves in the order in which they are read."""
    for block in blocks:
        yield from _leaves(block)


def _leaves(node: Any) -> Iterator[Any]:
    for name in _LEAVES[type(node)]:
        value = getattr(node, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, _NODES):
                yield from _leaves(each)
            elif each is not None:
                yield each


def every(blocks: Iterable[Block[Leaf]]) -> Iterator[Block[Leaf]]:
    """Yield all blocks, each before those inside it, in the order in which they are read."""
    for block in blocks:
        if not isinstance(block, _PARTS):
            yield block
        for name in _LEAVES[type(block)]:
            value = getattr(block, name)
            inside: Iterable[Any] = value if isinstance(value, tuple) else ()
            yield from every(each for each in inside if isinstance(each, _NODES))  # type: ignore[misc]


def with_leaves(block: Block[Leaf], change: Callable[[Leaf], Other]) -> Block[Other]:
    """Return the block with each leaf changed, in the order in which they are read."""
    return _changed(block, change)  # type: ignore[no-any-return]


def _changed(node: Any, change: Callable[[Any], Any]) -> Any:
    changed = {}
    for name in _LEAVES[type(node)]:
        value = getattr(node, name)
        if isinstance(value, tuple):
            changed[name] = tuple(_changed_part(each, change) for each in value)
        elif value is not None:
            changed[name] = _changed_part(value, change)
    return replace(node, **changed)


def _changed_part(part: Any, change: Callable[[Any], Any]) -> Any:
    return _changed(part, change) if isinstance(part, _NODES) else change(part)


def first_leaves(blocks: Iterable[Block[Leaf]], count: int) -> tuple[Block[Leaf], ...]:
    """Return the blocks as far as their first `count` leaves go. A row of a table that is begun is whole."""
    return _first(tuple(blocks), count)[0]


def _first(nodes: tuple[Any, ...], count: int) -> tuple[tuple[Any, ...], int]:
    """Return the nodes that the first `count` leaves are in, and how many leaves are left to go."""
    kept: list[Any] = []
    for node in nodes:
        if not count:
            break
        if not isinstance(node, _NODES):
            kept.append(node)
            count -= 1
        elif isinstance(node, Row):
            kept.append(node)
            count -= min(count, sum(1 for _ in _leaves(node)))
        else:
            part, count = _first_of(node, count)
            kept.append(part)
    return tuple(kept), count


def _first_of(node: Any, count: int) -> tuple[Any, int]:
    changed: dict[str, Any] = {}
    for name in _LEAVES[type(node)]:
        value = getattr(node, name)
        if isinstance(value, tuple):
            changed[name], count = _first(value, count)
        elif value is not None and count:
            count -= 1
        elif value is not None:
            changed[name] = None
    if isinstance(node, Table):
        changed["rows"] = tuple(_without_what_is_below(changed["rows"]))
    return replace(node, **changed), count


def _without_what_is_below(rows: tuple[Row[Leaf], ...]) -> Iterator[Row[Leaf]]:
    """Yield the rows with no cell that reaches below the last, or is headed by what was there."""
    for at, row in enumerate(rows):
        cells = (
            replace(
                cell,
                rows=min(cell.rows, len(rows) - at),
                headers=tuple(header for header in cell.headers if header[0] < len(rows)),
            )
            for cell in row.cells
        )
        yield replace(row, cells=tuple(cells))


def with_blocks(
    blocks: Iterable[Block[Leaf]], change: Callable[[Block[Leaf]], Iterable[Block[Leaf]]]
) -> tuple[Block[Leaf], ...]:
    """Return the blocks with each one, at any depth, replaced by those that `change` gives for it; what is inside a
    block is changed before it."""
    return tuple(other for block in blocks for other in change(_inside_changed(block, change)))


def _inside_changed(node: Any, change: Callable[[Any], Iterable[Any]]) -> Any:
    changed: dict[str, Any] = {}
    for name in _LEAVES[type(node)]:
        value = getattr(node, name)
        if not isinstance(value, tuple) or not any(isinstance(each, _NODES) for each in value):
            continue
        if isinstance(value[0], _PARTS):
            changed[name] = tuple(_inside_changed(each, change) for each in value)
        else:
            changed[name] = with_blocks(value, change)
    return replace(node, **changed) if changed else node
