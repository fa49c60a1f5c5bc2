"""Groups the lines of a page, in reading order, into paragraphs, and tells which go on in the next column or page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from audio_edition.pdf.facts import Box, Span, Style
from audio_edition.read.pdf.broken_lines import Edges, broken_lines, is_verse
from audio_edition.read.pdf.lines import Line, around, first_width, is_drop_cap, is_raised, joined
from audio_edition.read.pdf.order import is_below

_SAME_SIZE = 0.06
"""Share by which the sizes of lines of one paragraph may differ."""

_WIDE_GAP = 1.3
"""Times the usual distance between the lines of a column."""

_WIDER_GAP = 1.15
"""The same, after the end of a sentence."""

_LEAST_INDENT, _MOST_INDENT = 0.6, 6.0
"""Times the size of the letters."""

_RAGGED = 0.12
"""Share of a column's width within which the ends of its lines lie, where they are not justified."""

_MOST_ROOM = 0.4
"""Share of a column's width that is left free behind a line that goes on elsewhere, where a long word follows."""

_CENTRED = 0.06
"""Share of the column's width."""

_BULLETS = "•‣⁃∙●○◦█■□▪▫▸►▶➢➤✓✔✗❖◆◇\uf0b7\uf0a7\uf0d8"
_LIKE_BULLETS = "–—*·o\uf02d-"
_BULLET = re.compile(rf"[{_BULLETS}]|[{_LIKE_BULLETS}](?= |$)")
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?= |$)|\[(\d{1,3})\](?= |$)")
_NOTE_NUMBER = re.compile(r"(\d{1,3}) \S")
_FIRST = frozenset({"1", "a", "A", "i", "I"})
_LEADERS = re.compile(r"(?:[._…][ \u00a0]?){4,}$")
"""Where something is to be filled in."""

_LEADER_LENGTH, _LONGEST_FIELD = 12, 300
"""Characters. Looking through long lines of dots takes the square of their length."""

_MOST_IN_LABEL = 4
_FAR = 1.7
"""Times the size of the letters from one line to the next."""

_MOST_SMALL = 0.1
"""Share of the lines that begin with a small letter."""

ENDS_SENTENCE = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines of one paragraph; `width` are the edges of its column. `is_open` tells that its last line is full and its
    sentence not ended, so that it may go on elsewhere; `verse` are its lines if it is a stanza."""

    lines: list[Line]
    left: float
    right: float
    is_open: bool = False
    is_indented: bool = False
    pages: list[int] = field(default_factory=list)
    verse: Sequence[Sequence[Line]] = ()

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def box(self) -> Box:
        return around([line for line in self.lines if line.page == self.page])

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def style(self) -> Style:
        return max(self.lines, key=lambda line: line.letters).style

    @property
    def size(self) -> float:
        return self.style.size

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.lines[0].cells)

    @property
    def is_box(self) -> bool:
        """Whether it is a box with text of its own."""
        return bool(self.lines[0].boxed)

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)

    @property
    def spans(self) -> Iterator[Span]:
        return (span for line in self.lines for span in line.spans)


def bullet_of(text: str) -> str:
    """Return the bullet that a text begins with."""
    found = _BULLET.match(text)
    return found[0] if found else ""


def number_of(text: str) -> str:
    """Return the number or letter, with its marks, that a text begins with as an item of a list does."""
    found = _NUMBER.match(text)
    return found[0] if found else ""


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Return the paragraphs of a page."""
    columns = _columns(lines)
    boxes = list(map(around, columns))
    return [paragraph for column in columns for paragraph in _parted(column, boxes)]


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return runs of lines, each below the one before."""
    columns: list[list[Line]] = []
    for line in lines:
        if columns and is_below(columns[-1][-1], line):
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


def _parted(column: Sequence[Line], boxes: Sequence[Box]) -> list[Paragraph]:
    """Return the paragraphs of a column; `boxes` are those of all columns of the page."""
    measure = _Measure(column, boxes)
    paragraphs: list[Paragraph] = []
    running: list[Line] = []
    for block in measure.blocks(column):
        if broken := measure.broken(block):
            paragraphs += [*measure.running(running), *broken]
            running = []
        else:
            running += block
    paragraphs += measure.running(running)
    for one, following in pairwise(paragraphs):
        if _is_of_size(one.size, following.size) and not following.is_box:
            one.is_open = False  # only a column's end cuts a paragraph
    return paragraphs


class _Measure:
    """The edges of a column, and the usual distance between its lines."""

    def __init__(self, column: Sequence[Line], boxes: Sequence[Box]) -> None:
        box = around(column)
        self._left, self._right = box.left, _right_edge(column)
        steps = sorted(
            before.base - line.base for before, line in pairwise(column) if _is_of_size(before.size, line.size)
        )
        usual = median([line.size for line in column])
        self._step = steps[len(steps) // 3] if steps else 1.2 * median([line.height for line in column])
        if self._step > _FAR * usual and _begin_large(column):
            self._step = 1.2 * usual
        self._width = max(1.0, self._right - self._left)
        self._farthest = self._right
        """The right edge of what stands above and below, if nothing is beside: verse is narrower than other text."""
        if not any(each.left > box.right and each.bottom < box.top and each.top > box.bottom for each in boxes):
            most = _MOST_INDENT * usual
            self._farthest = max(each.right for each in boxes if -most < self._left - each.left < most)

    def blocks(self, column: Sequence[Line]) -> list[list[Line]]:
        """Return the lines in blocks of one look without space between them."""
        found = [[column[0]]]
        for before, line in pairwise(column):
            if _is_whole(before) or _is_whole(line) or _differ(before, line) or self._are_apart(before, line):
                found.append([line])
            else:
                found[-1].append(line)
        return found

    def broken(self, block: Sequence[Line]) -> list[Paragraph]:
        """Return the paragraphs of a block whose lines its author broke: a stanza, or a line each; nothing if its lines
        follow from the column."""
        if any(bullet_of(line.text) or number_of(line.text) or _begins_with_label(line) for line in block):
            return []
        lines = broken_lines(block, Edges(self._left, self._farthest))
        if lines and is_verse(lines):
            return [replace(self.paragraph(list(block)), is_open=False, verse=lines)]
        return [replace(self.paragraph(line), is_open=False) for line in lines]

    def running(self, lines: Sequence[Line]) -> list[Paragraph]:
        """Return the paragraphs of lines that follow from the column."""
        found: list[list[Line]] = [[lines[0]]] if lines else []
        for before, line in pairwise(lines):
            if self.begins(before, line, found[-1]):
                found.append([line])
            else:
                found[-1].append(line)
        return [self.paragraph(each) for each in found]

    def begins(self, before: Line, line: Line, paragraph: Sequence[Line]) -> bool:
        """Return whether a line begins a paragraph, after the line above it and those of the paragraph before."""
        text = line.text
        if _are_set_apart(before, line):
            return True
        if before.is_hyphenated and _is_of_size(before.size, line.size):
            return False
        if _differ(before, line):
            return not self._is_partly(before, line)
        if all(map(_is_italic, paragraph)) and _is_upright(line) and not line.text[:1].islower():
            return True
        if self._are_apart(before, line):
            return True
        if before.base - line.base > _WIDER_GAP * self._step and _ends_sentence(before) and not text[:1].islower():
            return True
        if self._is_marked(text, line, paragraph) or _follows_as_label(before, line):
            return True
        if self._are_centred(before, line):
            return False
        indent = line.box.left - self._left_of(paragraph, line)
        if _LEAST_INDENT * line.size < indent < _MOST_INDENT * line.size and not self._hangs(paragraph):
            return True
        return self._is_short(before, line)

    def _are_apart(self, before: Line, line: Line) -> bool:
        """Return whether more space than usual is between two lines."""
        step = before.base - line.base
        return step > _WIDE_GAP * self._step and step > _WIDE_GAP * 0.9 * max(before.height, line.height)

    def _is_partly(self, before: Line, line: Line) -> bool:
        """Return whether lines of different looks share the look of a part: “Note: text” goes on in plain type."""
        if not _is_of_size(before.size, line.size):
            return False
        looks = {before.styles[span.style].bold for span in before.spans}
        others = {line.styles[span.style].bold for span in line.spans}
        return len(looks) > 1 or len(others) > 1

    def _is_marked(self, text: str, line: Line, paragraph: Sequence[Line]) -> bool:
        """Return whether a line begins with what begins an item, a note, or an entry under a label."""
        is_note = is_raised(line.spans[0], line)
        is_note = is_note or _is_next_note(text, line, paragraph[0])
        return bool(bullet_of(text)) or is_note or self._is_numbered(text, line, paragraph)

    def _is_numbered(self, text: str, line: Line, paragraph: Sequence[Line]) -> bool:
        """Return whether a line begins like an item, under one that begins so, or at its left; the first item of a list
        inside an item stands to its right."""
        number = number_of(text)
        if not number:
            return False
        first = paragraph[0]
        if number.strip("().") in _FIRST and line.box.left > first.box.left + _LEAST_INDENT * line.size:
            return bool(number_of(first.text))
        return line.box.left < first.box.left + line.size and (len(paragraph) == 1 or self._hangs(paragraph))

    def _hangs(self, paragraph: Sequence[Line]) -> bool:
        """Return whether the first line stands out to the left of the others, as an item's does."""
        first = paragraph[0]
        if bullet_of(first.text) or number_of(first.text):
            return True
        return len(paragraph) > 1 and paragraph[1].box.left > first.box.left + _LEAST_INDENT * first.size

    def _left_of(self, paragraph: Sequence[Line], line: Line) -> float:
        """Return where a paragraph's lines begin. Those beside its large first letter are not indented."""
        letter, *rest = paragraph[0].spans
        if rest and line.box.top > letter.bottom and is_drop_cap([letter], rest[0], line.styles):
            return line.box.left
        lefts = [each.box.left for each in paragraph[1:]] or [self._left]
        return min(lefts) if abs(min(lefts) - line.box.left) > 1 else line.box.left

    def _are_centred(self, before: Line, line: Line) -> bool:
        """Return whether both lines stand in the middle of the column, and neither fills it."""
        if min(before.box.left, line.box.left) - self._left < 1:
            return False
        middle = (self._left + self._right) / 2
        return all(
            abs((each.box.left + each.box.right) / 2 - middle) < _CENTRED * self._width for each in (before, line)
        )

    def _is_short(self, before: Line, line: Line) -> bool:
        """Return whether the line above ended before the next word had to go to the next one."""
        room = self._right - before.box.right
        needed = first_width(line) + 0.3 * line.size
        if room < 1.2 * needed or room < 0.08 * self._width:
            return False
        is_ended = _ends_sentence(before)
        return is_ended or (room > 0.3 * self._width and not line.text[:1].islower())

    def paragraph(self, lines: list[Line]) -> Paragraph:
        last = lines[-1]
        is_full = self._right - last.box.right < _MOST_ROOM * self._width or last.is_hyphenated
        is_open = is_full and not _ends_sentence(last)
        indent = lines[0].box.left - self._left
        return Paragraph(
            lines,
            self._left,
            self._right,
            is_open,
            _LEAST_INDENT * lines[0].size < indent < _MOST_INDENT * lines[0].size,
            sorted({line.page for line in lines}),
        )


def _is_next_note(text: str, line: Line, first: Line) -> bool:
    """Return whether a line begins with the number after that with which a paragraph begins, at the same edge: notes
    at the foot of a page have no dot behind their numbers."""
    number, last = _NOTE_NUMBER.match(text), _NOTE_NUMBER.match(first.text)
    is_next = number is not None and last is not None and int(number[1]) == int(last[1]) + 1
    return is_next and abs(line.box.left - first.box.left) < 1


def _is_whole(line: Line) -> bool:
    """Return whether a line is a row of a table, or a box."""
    return bool(line.cells or line.boxed)


def _differ(before: Line, line: Line) -> bool:
    return not _is_of_size(before.size, line.size) or before.is_bold != line.is_bold


def _begin_large(column: Sequence[Line]) -> bool:
    """Return whether hardly any line of a column begins with a small letter: a menu, a form. Text with much space
    between its lines goes on."""
    return sum(line.text[:1].islower() for line in column) <= _MOST_SMALL * len(column)


def _are_set_apart(before: Line, line: Line) -> bool:
    """Return whether two lines show by themselves that they are no paragraph's: rows, boxes, fields, labels."""
    is_filled_in = _LEADERS.search(before.text[-_LEADER_LENGTH:]) or _LEADERS.match(line.text)
    return bool(is_filled_in) or _is_whole(before) or _is_whole(line) or _begins_with_label(line)


def _is_label(text: str) -> bool:
    """Return whether a text is what stands before a field to fill in: “Name:”, or “Name: ......”."""
    if len(text) > _LONGEST_FIELD:
        return False
    label = _LEADERS.sub("", text).rstrip()
    return label.endswith(":") and label[:1].isupper() and len(label.split()) <= _MOST_IN_LABEL


def _follows_as_label(before: Line, line: Line) -> bool:
    """Return whether a line is the label of a field, below another or a whole sentence."""
    return _is_label(line.text) and (_ends_sentence(before) or _is_label(before.text))


def _begins_with_label(line: Line) -> bool:
    """Return whether a line begins in bold type as far as a colon, and goes on in plain: “Present: A. Berg”."""
    for span, following in pairwise(line.spans):
        if not line.styles[span.style].bold:
            return False
        if span.text.endswith(":"):
            return not line.styles[following.style].bold
    return False


def _ends_sentence(line: Line) -> bool:
    """Return whether a sentence ends with a line; the mark of a note may follow it."""
    spans = list(line.spans)
    while len(spans) > 1 and is_raised(spans[-1], line):
        spans.pop()
    return ENDS_SENTENCE.search(joined(spans)) is not None


def _right_edge(column: Sequence[Line]) -> float:
    """Return the right edge of a column's text: a headline may be wider, and one line of text may stand out."""
    rights = sorted((line.box.right for line in column), reverse=True)
    margin = _RAGGED * (rights[0] - min(line.box.left for line in column))
    least = max(2, len(column) // 8)
    return next(
        (right for right in rights if sum(right - margin <= each <= right for each in rights) >= least), rights[0]
    )


def _is_italic(line: Line) -> bool:
    return all(line.styles[span.style].italic for span in line.spans)


def _is_upright(line: Line) -> bool:
    return not any(line.styles[span.style].italic for span in line.spans)


def _is_of_size(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def _stands_below(line: Line, other: Line) -> bool:
    """Return whether a line stands below another: text goes on above, in the next column."""
    return line.page == other.page and other.box.top <= line.box.bottom + 1


def goes_on(paragraph: Paragraph, other: Paragraph) -> bool:
    """Return whether a paragraph that its column's end cut goes on in another."""
    if (
        not _is_of_size(paragraph.size, other.size)
        or paragraph.is_bold != other.is_bold
        or other.is_row
        or other.is_box
    ):
        return False
    text = other.text.lstrip("\"'“„«([")
    if bullet_of(text) or number_of(text):
        return False
    if paragraph.lines[-1].is_hyphenated:
        return True
    if not text[:1].islower() and _stands_below(paragraph.lines[-1], other.lines[0]):
        return False
    if paragraph.style.italic != other.style.italic and not text[:1].islower():
        return False
    if text[:1].islower():
        return not _ends_sentence(paragraph.lines[-1]) or paragraph.lines[-1].text.endswith((":", ";", ","))
    hangs = bool(bullet_of(paragraph.text) or number_of(paragraph.text))
    return paragraph.is_open and (hangs or not other.is_indented) and text[:1].isalnum()
