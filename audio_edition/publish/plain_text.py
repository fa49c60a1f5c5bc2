"""The text of an edition as plain text, set so that it can be read without any markup.

Structure is shown by marks, indents and blank lines; a table is set in columns where they fit, else a line a cell. What
the sound adds is written where no mark tells it: "Picture:", and not "Quote:" of what is indented.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

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
    ListStyle,
    Note,
    PageBreak,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Role,
    Row,
    SceneBreak,
    Span,
    Table,
    Utterance,
    Verse,
    every,
)
from audio_edition.publish.characters import one_line

_WIDTH = 78
"""Columns, in which a table is set if it fits."""
_BETWEEN = 2
"""Spaces between columns."""
_INDENT = 4
_SCENE = "* * *"
_BULLETS = "•-"
"""Of a list, and of a list in it; and so on in turn."""
_TOLD_BY_ITS_PLACE: frozenset[Role] = frozenset({"quote", "list_item", "code", "note", "header_cell", "cell"})
"""Roles whose announcements a mark, an indent or a column says already."""

_Line = tuple[int, str]
"""A line, and how many blank lines stand before it at least."""


def plain_text(chapters: Iterable[Chapter], among: Iterable[Chapter] = ()) -> Iterator[str]:
    """Yield the lines of the chapters, without their ends: every word in order.

    `among` are all chapters of the edition, where these are some of them: a note may stand in another.
    """
    chapters = tuple(chapters)
    labels = _labels(among or chapters)
    blank_wanted = -1
    for chapter in chapters:
        writer = _Writer(labels | _labels([chapter]))
        for before, line in writer.blocks(chapter.blocks, before=1):
            if blank_wanted >= 0:
                yield from [""] * max(blank_wanted, before)
            yield line.rstrip()
            blank_wanted = 0


def _labels(chapters: Iterable[Chapter]) -> dict[str, str]:
    blocks = (block for chapter in chapters for block in every(chapter.blocks))
    return {block.id: one_line(block.label).strip() for block in blocks if isinstance(block, Note)}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks; `labels` are the marks of notes. `lists` is how many lists are around, `inside` whether a block
    is, `mark` what stands before the item that is written."""

    labels: Mapping[str, str]
    lists: int = 0
    inside: bool = False
    mark: str = ""

    def blocks(self, blocks: Iterable[Block[Passage]], before: int) -> Iterator[_Line]:
        """Yield the lines of blocks; the first has `before` blank lines above it, the others one, if they are no short
        lists within a list."""
        for number, block in enumerate(blocks):
            is_close = number == 0 or (self.lists and isinstance(block, List) and _is_tight(block))
            yield from _below(self._block(block), before if is_close else 1)

    def _block(self, block: Block[Passage]) -> Iterator[_Line]:  # noqa: C901 - a case a block
        within = replace(self, inside=True)
        match block:
            case Heading(text):
                yield from _below(self._passage(text), 1 if self.inside else 2)
            case Paragraph(text):
                lines = self._passage(text)
                yield from _indented(lines) if text.role == "quote" and not self.inside else lines
            case List():
                yield from self._list(block)
            case DefinitionList(entries):
                for entry in entries:
                    for term in entry.terms:
                        yield from _below(self._passage(term), 0)
                    yield from _indented(within.blocks(entry.blocks, before=0))
            case Table():
                yield from _table(block, self)
            case Picture(text, _, description):
                yield from self._passage(text)
                yield from within.blocks(description, before=0)
            case Figure(inner, caption):
                yield from within.blocks(inner, before=0)
                yield from within.blocks(caption, before=0)
            case Quote(inner, attribution):
                yield from _indented(within.blocks(inner, before=0))
                if attribution:
                    yield from _indented(_marked(self._passage(attribution), "— ", unless="—–-―"))
            case Code(lines) | Verse(lines):
                for line in lines:
                    yield from _indented(self._passage(line), _INDENT)
            case Formula(text):
                yield from _indented(self._passage(text))
            case Aside(inner):
                yield from _indented(within.blocks(inner, before=0))
            case Note(_, label, inner):
                yield from _marked(within.blocks(inner, before=0), f"[{one_line(label).strip() or '*'}] ")
            case SceneBreak():
                yield 1, _SCENE
            case PageBreak():
                pass

    def _list(self, block: List[Passage]) -> Iterator[_Line]:
        inner = replace(self, lists=self.lists + 1, inside=True)
        bullet = _BULLETS[self.lists % len(_BULLETS)]
        is_tight = _is_tight(block)
        for item, number in zip(block.items, block.numbers(), strict=False):
            mark = f"{numeral(number, block.style)}." if block.ordered else bullet
            lines = replace(inner, mark=mark).blocks(item.blocks, before=0)
            yield from _below(_marked(lines, f"{mark} "), 0 if is_tight else 1)

    # --- passages

    def _passage(self, passage: Passage) -> Iterator[_Line]:
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
        return f"{before}{' ' if before and _is_spaced(utterance) else ''}{text}"

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
            case "note" if span.value in self.labels:
                yield span.start, span.start, f"[{self.labels[span.value] or '*'}]"
            case "break":
                yield span.start, span.end, "\n"


def _is_tight(block: List[Passage]) -> bool:
    """Return whether no blank lines stand between the items of a list."""
    return all(map(_is_short, block.items))


def _is_short(item: Item[Passage]) -> bool:
    """Return whether an item is a line, or one with a list under it."""
    first, *others = item.blocks or (None,)
    return (first is None or isinstance(first, Paragraph | Picture)) and all(
        isinstance(each, List) and _is_tight(each) for each in others
    )


def _is_spaced(utterance: Utterance) -> bool:
    """Return whether a space stands between what is announced and the text."""
    return utterance.spoken[len(utterance.announces) :][:1] in ("", " ")


def numeral(number: int, style: ListStyle) -> str:
    """Return the number of an item as its list writes it."""
    if style in ("a", "A") and number >= 1:
        letters = ""
        while number:
            number, at = divmod(number - 1, len(ascii_lowercase))
            letters = ascii_lowercase[at] + letters
        return letters if style == "a" else letters.upper()
    if style in ("i", "I") and 1 <= number < 4000:
        roman = "".join(written * times for written, times in _roman(number))
        return roman if style == "i" else roman.upper()
    return str(number)


def _roman(number: int) -> Iterator[tuple[str, int]]:
    for value, written in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        times, number = divmod(number, value)
        yield written, times


# --- lines


def _below(lines: Iterable[_Line], before: int) -> Iterator[_Line]:
    """Yield the lines, the first with at least so many blank ones above it."""
    for number, (blank, line) in enumerate(lines):
        yield (max(blank, before), line) if number == 0 else (blank, line)


def _indented(lines: Iterable[_Line], by: int = _INDENT) -> Iterator[_Line]:
    return ((blank, " " * by + line) for blank, line in lines)


def _marked(lines: Iterable[_Line], mark: str, unless: str = "") -> Iterator[_Line]:
    """Yield the lines with a mark before the first, the others as far in; `unless` are marks that it may have."""
    for number, (blank, line) in enumerate(lines):
        if number == 0 and unless and line.startswith(tuple(unless)):
            mark = ""
        yield blank, (mark if number == 0 else " " * len(mark)) + line


# --- tables


def _table(table: Table[Passage], writer: _Writer) -> Iterator[_Line]:
    yield from writer.blocks(table.caption, before=0)
    texts = [[writer.written(cell.text, announced=False) for cell in row.cells] for row in table.rows]
    widths = _column_widths(table, texts)
    if widths:
        yield from _in_columns(table, texts, widths)
    else:
        yield from _cell_by_cell(table, texts)


def _column_widths(table: Table[Passage], texts: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide the columns are; none where the table cannot be set in columns."""
    cells = [cell for row in table.rows for cell in row.cells]
    is_plain = all(cell.columns == cell.rows == 1 for cell in cells)
    if not is_plain or table.columns < 2 or any("\n" in text for row in texts for text in row):
        return []
    widths = [0] * table.columns
    for row in texts:
        for at, text in enumerate(row):
            widths[at] = max(widths[at], _width(text))
    return widths if sum(widths) + _BETWEEN * (len(widths) - 1) <= _WIDTH else []


def _width(text: str) -> int:
    """Return how many columns a text takes where each letter has the same width."""
    return sum(0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _in_columns(table: Table[Passage], texts: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[_Line]:
    first = next((said[0] for row in table.rows for cell in row.cells if (said := cell.text.utterances)), None)
    if first and first.announces and not table.caption:
        yield 0, one_line(first.announces)
        yield from _below(_rows(table, texts, widths), 1)
    else:
        yield from _below(_rows(table, texts, widths), 1 if table.caption else 0)


def _rows(table: Table[Passage], texts: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[_Line]:
    heads = [_is_head(row) for row in table.rows]
    for at, row in enumerate(texts):
        padded = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=False))
        yield 0, (" " * _BETWEEN).join(padded)
        if heads[at] and not any(heads[at + 1 : at + 2]):
            yield 0, (" " * _BETWEEN).join("-" * max(width, 1) for width in widths)


def _is_head(row: Row[Passage]) -> bool:
    return row.part == "head" or any(cell.header == "column" for cell in row.cells)


def _cell_by_cell(table: Table[Passage], texts: Sequence[Sequence[str]]) -> Iterator[_Line]:
    """Yield a line for a row of headers, and one for each cell of the others, with the header of its column."""
    concluded = ""
    for number, row in enumerate(table.rows):
        written = [(cell, text) for cell, text in zip(row.cells, texts[number], strict=True) if text]
        if _is_head(row):
            line = "; ".join(_announced(cell) + text for cell, text in written)
            yield from ((1, each) for each in [line] if each)
            continue
        for at, (cell, text) in enumerate(written):
            label = _announced(cell) or _header(cell, texts, table)
            lines = ((0, line) for line in f"{label}{text}".split("\n"))
            yield from _below(_indented(lines, 0 if at == 0 else 2), 1 if at == 0 else 0)
    for row in table.rows:
        for cell in row.cells:
            concluded = next((said.concludes for said in cell.text.utterances if said.concludes), concluded)
    if concluded:
        yield 1, one_line(concluded)


def _announced(cell: Cell[Passage]) -> str:
    said = cell.text.utterances[:1]
    return "".join(one_line(each.announces) + " " * _is_spaced(each) for each in said if each.announces)


def _header(cell: Cell[Passage], texts: Sequence[Sequence[str]], table: Table[Passage]) -> str:
    """Return what the cell's columns are called, where no announcement says it."""
    names = [
        texts[row][at] for row, at in cell.headers
        if row < len(table.rows) and at < len(table.rows[row].cells) and table.rows[row].cells[at].header == "column"
    ]  # fmt: skip
    return f"{', '.join(filter(None, names))}: " if any(names) else ""
