"""The blocks of a script in braille as groups of lines, by the conventions of BANA's Braille Formats where they say
something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audio_edition.formats.braille.lines import Group, Indent, broken, centred
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.formats.markup.places import Places, places_of
from audio_edition.formats.outline import depths
from audio_edition.formats.plain_lines import is_spaced
from audio_edition.model import (
    Aside,
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Row,
    SceneBreak,
    Script,
    Span,
    Table,
    Utterance,
    Verse,
    leaves,
)

_PARAGRAPH, _SET_IN, _APART = Indent(2, 0), Indent(4, 2), Indent(6, 4)
_DEEPER = 2
"""Cells that what is inside a list or quotation stands further in."""
_DEEPEST, _DEEPEST_LIST = 10, 4
_BOX_TOP, _BOX_END = "⠶", "⠛"
_RULE = "⠤"
_SCENE = "* * *"


def groups(script: Script, transcriber: Transcriber, width: int) -> Iterator[Group]:
    """Yield all of a script in braille in the order in which it is read."""
    places = places_of(script)
    for number, (chapter, depth) in enumerate(zip(script.chapters, depths(script), strict=True)):
        setter = _Setter(places, transcriber, width, number)
        blocks = chapter.blocks
        if depth and isinstance(blocks[0], Heading):
            yield replace(setter.heading(blocks[0].text, depth), begins=number)
            blocks = blocks[1:]
        yield from setter.blocks(blocks)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets blocks of the chapter of that number; those inside others begin `deeper` cells further in. In a list, what
    runs over begins `runover` cells in, whichever list in it an item is of."""

    places: Places
    transcriber: Transcriber
    width: int
    number: int
    deeper: int = 0
    runover: int = 0

    def blocks(self, blocks: Iterable[Block[Passage]]) -> Iterator[Group]:
        for block in blocks:
            yield from self._block(block)
            yield from self._pages_inside(block)

    def _block(self, block: Block[Passage]) -> Iterator[Group]:  # noqa: C901 - a case a block
        match block:
            case Heading(text, level):
                yield self.heading(text, max(level, 3))
            case Paragraph(text):
                is_quoted = text.role == "quote" and not self.deeper
                yield from self._passage(text, _SET_IN if is_quoted else _PARAGRAPH)
            case List():
                yield from self._list(block) if self.runover else _apart(self._list(block))
            case DefinitionList(entries):
                yield from _apart(group for entry in entries for group in self._definition(entry))
            case Table():
                yield from _apart(self._table(block))
            case Picture(text, _, description):
                yield from self._passage(text, _APART)
                yield from self.blocks(description)
            case Figure(inner, caption):
                yield from _apart(self.blocks((*inner, *caption)))
            case Quote(inner, attribution):
                said = [*self._further().blocks(inner), *(self._passage(attribution, _APART) if attribution else ())]
                yield from _apart(said)
            case Code(lines):
                yield from _apart(group for line in lines for group in self._code(line))
            case Verse(lines):
                yield from _apart(group for line in lines for group in self._passage(line, Indent(0, 4)))
            case Formula(text):
                yield from self._passage(text, _SET_IN)
            case Aside(inner):
                yield from self._box(list(self.blocks(inner)))
            case Note(_, label, inner):
                yield from self._note(label, inner)
            case SceneBreak():
                yield Group(tuple(centred(self.transcriber.cells(_SCENE), self.width)), spaced=True, closed=True)
            case PageBreak(label, text):
                yield self._page(label, text)

    def _box(self, inside: list[Group]) -> Iterator[Group]:
        """Yield groups between two lines, with no blank line at either."""
        yield Group((_BOX_TOP * self.width,), spaced=True, kept=True)
        for at, group in enumerate(inside):
            yield replace(group, spaced=group.spaced and at > 0, closed=group.closed and at < len(inside) - 1)
        yield Group((_BOX_END * self.width,), closed=True)

    def heading(self, text: Passage, depth: int) -> Group:
        """Return a heading: centred of depth 1, at cell 5 of depth 2, at cell 7 below that."""
        cells = self._written(text)
        if depth == 1:
            return Group(tuple(centred(cells, self.width)), spaced=True, closed=True, kept=True)
        indent = Indent(4, 4) if depth == 2 else Indent(6, 6)
        return Group(tuple(broken(cells, indent, self.width)), spaced=True, kept=True)

    def _further(self) -> _Setter:
        return replace(self, deeper=min(self.deeper + _DEEPER, _DEEPEST))

    def _at(self, indent: Indent) -> Indent:
        return Indent(indent.first + self.deeper, indent.others + self.deeper)

    def _passage(self, passage: Passage, indent: Indent) -> Iterator[Group]:
        for line in self._written(passage).split("\n"):
            if line.strip():
                yield Group(tuple(broken(line, self._at(indent), self.width)))

    def _list(self, block: List[Passage]) -> Iterator[Group]:
        """Yield items at cell 1, of a list within a list 2 cells further in; what runs over stands beyond them."""
        runover = self.runover or self.deeper + _DEEPER * min(_levels(block), _DEEPEST_LIST)
        for item in block.items:
            yield from replace(self, runover=runover)._item(item.blocks)

    def _item(self, blocks: tuple[Block[Passage], ...]) -> Iterator[Group]:
        first, *others = blocks or (None,)
        inner = self._further()
        if isinstance(first, Paragraph | Picture):
            cells = self._written(first.text).replace("\n", " ")
            indent = Indent(self.deeper, max(self.runover, self.deeper + _DEEPER))
            yield Group(tuple(broken(cells, indent, self.width)))
            yield from self._pages_inside(first)
            yield from inner.blocks(first.description if isinstance(first, Picture) else ())
        elif first:
            yield from inner.blocks([first])
        yield from inner.blocks(others)

    def _definition(self, entry: Definition[Passage]) -> Iterator[Group]:
        for term in entry.terms:
            yield from self._passage(term, Indent(0, 4))
        yield from self._further().blocks(entry.blocks)

    def _note(self, label: str, inner: tuple[Block[Passage], ...]) -> Iterator[Group]:
        for at, group in enumerate(replace(self, deeper=min(self.deeper + 4, _DEEPEST)).blocks(inner)):
            if at or not group.lines:
                yield group
            else:
                words = " ".join((label, *group.lines))
                yield replace(group, lines=tuple(broken(words, self._at(_APART), self.width)))

    def _code(self, line: Passage) -> Iterator[Group]:
        """Yield a line of a program, as far in as it is there."""
        text = line.utterances[0].text if line.utterances else line.unspoken.text
        inside = self.deeper + min(len(text) - len(text.lstrip()), self.width // 2)
        words = tuple(broken(self._written(line), Indent(inside, inside + 4), self.width))
        yield from [Group(words)] * bool(words)

    def _page(self, label: str, text: Passage | None) -> Group:
        """Return the line that ends a printed page: a rule, and the number of the next at its end. It is not the last
        line of a page of braille."""
        words = self._written(text) if text else label
        number = words.replace("\n", " ").strip()[: self.width // 2]
        rule = _RULE * (self.width - len(number)) + number
        return Group((rule,), print_page=label, silent=text is None, kept=True)

    def _pages_inside(self, block: Block[Passage]) -> Iterator[Group]:
        """Yield the printed pages that begin inside the text of a block, behind it."""
        spans = (span for text in _own_texts(block) for span in text.spans)
        yield from (self._page(span.value, None) for span in spans if span.kind == "page")

    # --- tables: line by line, each cell behind its header, which needs no width

    def _table(self, table: Table[Passage]) -> Iterator[Group]:
        yield from self.blocks(table.caption)
        for row in table.rows:
            words = self.transcriber.behind_a_word("; ").join(
                filter(None, (self._cell(cell, table) for cell in row.cells))
            )
            yield from [Group(tuple(broken(words, self._at(Indent(0, 2)), self.width)))] * bool(words.strip())

    def _cell(self, cell: Cell[Passage], table: Table[Passage]) -> str:
        inside = list(leaves(cell.blocks))
        words = " ".join(self._written(passage) for passage in inside).replace("\n", " ").strip()
        is_announced = any(said.announces for passage in inside for said in passage.utterances)
        label = "" if is_announced or not words else self._headers(cell, table.rows)
        return f"{label}{words}"

    def _headers(self, cell: Cell[Passage], rows: tuple[Row[Passage], ...]) -> str:
        named = (
            rows[row].cells[at] for row, at in cell.headers if row < len(rows) and at < len(rows[row].cells)
        )  # fmt: skip
        names = [
            self._written(passage).replace("\n", " ")
            for head in named if head.header == "column"
            for passage in leaves(head.blocks)
        ]  # fmt: skip
        return (
            self.transcriber.behind_a_word(", ").join(names) + self.transcriber.behind_a_word(": ")
            if any(names)
            else ""
        )

    # --- passages

    def _written(self, passage: Passage) -> str:
        """Return the cells of a passage, with the ends of its lines and the marks of its notes."""
        if not passage.utterances:
            return self._marked(passage.unspoken.text, passage.unspoken.spans)
        return "".join(joint + self._utterance(utterance) for joint, utterance in passage.with_joints())

    def _utterance(self, utterance: Utterance) -> str:
        announced = utterance.announces + " " * (bool(utterance.announces) and is_spaced(utterance))
        words = self._marked(utterance.text, utterance.spans)
        return announced + words + (" " + utterance.concludes if utterance.concludes else "")

    def _marked(self, cells: str, spans: Iterable[Span]) -> str:
        """Return cells with the marks of notes at their places, and lines ended where they end."""
        for span in reversed(tuple(spans)):
            if span.kind == "break":
                cells = cells[: span.start] + "\n" + cells[span.end :]
            elif span.kind == "note" and (note := self.places.note(span.value, self.number)):
                cells = cells[: span.end] + note.label + cells[span.end :]
        return cells


def _own_texts(block: Block[Passage]) -> Iterable[Passage]:
    """Return the texts of a block that are in no block inside it."""
    match block:
        case Paragraph(text) | Heading(text) | Picture(text) | Formula(text):
            return (text,)
        case Code(lines) | Verse(lines):
            return lines
        case Quote(_, attribution):
            return (attribution,) if attribution else ()
        case DefinitionList(entries):
            return (term for entry in entries for term in entry.terms)
        case Table(rows):
            return (text for row in rows for cell in row.cells for text in leaves(cell.blocks))
        case _:
            return ()


def _levels(block: Block[Passage]) -> int:
    """Return how many lists deep a list is, of those that stand in its items."""
    inner = (each for item in block.items for each in item.blocks) if isinstance(block, List) else ()
    return 1 + max((_levels(each) for each in inner if isinstance(each, List)), default=0)


def _apart(inner: Iterable[Group]) -> Iterator[Group]:
    """Yield groups with a blank line above the first and below the last."""
    found = list(inner)
    for at, group in enumerate(found):
        yield replace(group, spaced=group.spaced or at == 0, closed=group.closed or at == len(found) - 1)
