"""Joins the words of a page to lines: words in drawing order that stand beside each other on one height."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audio_edition.pdf.facts import Box, Mark, Page, Span, Style, turned_box

_WIDEST_SPACE = 0.9
"""Share of the height of a line. A wider gap parts two lines, which may be in two columns."""

_NARROWEST_SPACE = 0.17
_OVERLAP = 0.5
"""Share of the lower word's height that two words of a line have in common."""

_DROP_CAP = 1.8
"""Times the size of the letters behind it."""

_LONGEST_CAP = 2
_RAISED = 0.15
"""Share of the size of the line's letters by which raised ones stand above its base."""

_SMALLER = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line, or the part of one that lies in a column. `size` is that of most of its letters; `style` the look of most
    of them; `letters` is how many characters it has; `cells` are those of a row of a table, `boxed` the lines in a box
    that stands in the text as one."""

    page: int
    spans: tuple[Span, ...]
    box: Box
    base: float
    style: Style
    styles: tuple[Style, ...]
    letters: int
    text: str
    cells: tuple[Line, ...] = ()
    boxed: tuple[Line, ...] = ()

    @property
    def size(self) -> float:
        return self.style.size

    @property
    def height(self) -> float:
        return self.box.top - self.box.bottom

    @property
    def is_bold(self) -> bool:
        return all(self.styles[span.style].bold for span in self.spans if any(map(str.isalnum, span.text)))

    @property
    def is_hyphenated(self) -> bool:
        return self.spans[-1].is_hyphenated


class Stand(NamedTuple):
    """The height of the base of a line's letters, and their size, in points."""

    base: float
    size: float


def joined(spans: Sequence[Span]) -> str:
    """Return the text of words, with the spaces between them."""
    parts = [f" {span.text}" if span.marks & Mark.SPACED else span.text for span in spans]
    if parts and spans[0].marks & Mark.SPACED:
        parts[0] = spans[0].text
    return "".join(parts)


def word_count(span: Span) -> int:
    """Return how many words a span has."""
    return 1 + span.text.count(" ")


def first_width(line: Line) -> float:
    """Return the width of a line's first word, about: as its share of the letters has it."""
    span = line.spans[0]
    return (span.right - span.left) * len(span.text.partition(" ")[0]) / len(span.text)


def spaced(spans: Sequence[Span], page: Page) -> str:
    """Return the text of words, with a space between its lines."""
    return " ".join(line.text for line in lines_of(spans, page))


def is_smaller(style: Style, line: Line) -> bool:
    """Return whether a style is clearly smaller than most of a line's letters."""
    return style.size < _SMALLER * line.size


def is_raised(span: Span, line: Line) -> bool:
    """Return whether a word stands above the line's letters, in smaller type."""
    return is_smaller(line.styles[span.style], line) and span.base - line.base > _RAISED * line.size


def is_raised_above(line: Stand, other: Stand) -> bool:
    """Return whether another text stands above a line's letters, in smaller type, and not on a line of its own."""
    rise = other.base - line.base
    return other.size < _SMALLER * line.size and _RAISED * line.size < rise < line.size


def is_lowered(span: Span, line: Line) -> bool:
    """Return whether a word stands below the line's letters, in smaller type."""
    return is_smaller(line.styles[span.style], line) and line.base - span.base > 0.5 * _RAISED * line.size


def upright(page: Page) -> tuple[list[Span], list[Span]]:
    """Return the words that run as most of the page's do, and those that are turned."""
    letters = [0] * 5
    for span in page.spans:
        letters[span.turn] += len(span.text)
    turn = max(range(5), key=letters.__getitem__)
    return [span for span in page.spans if span.turn == turn], [span for span in page.spans if span.turn != turn]


def lines_of(spans: Sequence[Span], page: Page) -> list[Line]:
    """Return the words as lines, in drawing order. Which words have a space before them is settled by the gaps."""
    found: list[list[Span]] = []
    styles = page.styles
    line: list[Span] = []
    left = right = 0.0
    for span in spans:
        if line and _goes_on(line, left, right, span, styles):
            spaced = _is_apart(line[-1], span, styles)
            line.append(span if spaced == span.is_spaced else _with_space(span, spaced))
            left = span.left if span.left < left else left
            right = span.right if span.right > right else right
        else:
            line, left, right = [span], span.left, span.right
            found.append(line)
    return [line_of(line, page.number, styles) for line in found]


def line_of(spans: Sequence[Span], page: int, styles: tuple[Style, ...], cells: tuple[Line, ...] = ()) -> Line:
    """Return words as one line. A drop cap doesn't make it higher."""
    if len(spans) == 1:
        text, left, bottom, right, top, base, look, *_ = spans[0]
        letters, box = len(text) - text.count(" "), Box(left, bottom, right, top)
        return Line(page, tuple(spans), box, base, styles[look], styles, letters, text, cells)
    texts, lefts, _, rights, _, bases, looks, *_ = zip(*spans, strict=True)
    most, base, usual = looks[0], bases[0], spans
    if looks.count(most) < len(looks):
        shares = Counter[int]()
        for look, text in zip(looks, texts, strict=True):
            shares[look] += len(text)
        most = max(shares, key=shares.__getitem__)
        base = bases[looks.index(most)]
        usual = _of_size(spans, styles[most].size, styles)
    bottom, top = min([span.bottom for span in usual]), max([span.top for span in usual])
    box = Box(min(lefts), bottom, max(rights), top)
    text = joined(spans)
    letters = len(text) - text.count(" ")
    return Line(page, tuple(spans), box, base, styles[most], styles, letters, text, cells)


def _of_size(spans: Sequence[Span], size: float, styles: Sequence[Style]) -> Sequence[Span]:
    """Return the words of about one size; all if there are none."""
    return [span for span in spans if abs(styles[span.style].size - size) < 0.3 * size] or spans


def _goes_on(line: Sequence[Span], left: float, right: float, span: Span, styles: Sequence[Style]) -> bool:
    """Return whether a word stands beside the end of a line, whose edges are given."""
    last = line[-1]
    if last.is_hyphenated:
        return False
    _, _, bottom, _, top, *_ = last
    _, word_left, word_bottom, word_right, word_top, *_ = span
    height = min(top - bottom, word_top - word_bottom)
    gap = max(word_left - right, left - word_right)
    if len(line) == 1 and is_drop_cap(line, span, styles):
        return -height < gap < 2 * height
    common = min(top, word_top) - max(bottom, word_bottom)
    return common > _OVERLAP * height and -1.5 * height < gap < _WIDEST_SPACE * max(height, 4.0)


def is_drop_cap(line: Sequence[Span], span: Span, styles: Sequence[Style]) -> bool:
    """Return whether a line is only the large first letter of the word after it."""
    letter = line[0]
    if letter.style == span.style or len(line) > 1 or len(letter.text) > _LONGEST_CAP or not letter.text[-1].isalpha():
        return False
    is_large = styles[letter.style].size > _DROP_CAP * styles[span.style].size
    return is_large and letter.bottom - 2 < span.base < letter.top + 2 and span.text[0].isalpha()


def with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each large first letter at the beginning of the line beside its top, wherever it was
    drawn."""
    taken: dict[Line, Line | None] = {}
    for cap in lines:
        letter = cap.spans[0]
        if len(cap.spans) > 1 or len(letter.text) > _LONGEST_CAP or not letter.text[-1].isalpha():
            continue
        beside = [line for line in lines if line not in taken and _is_headed_by(line, letter)]
        if beside:
            line = max(beside, key=lambda each: each.base)
            first = _with_space(line.spans[0], _is_apart(letter, line.spans[0], line.styles))
            taken |= {cap: None, line: line_of([letter, first, *line.spans[1:]], line.page, line.styles)}
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _is_headed_by(line: Line, letter: Span) -> bool:
    """Return whether a line stands beside the large first letter of its text."""
    gap = line.box.left - letter.right
    return -line.height < gap < 2 * line.height and is_drop_cap([letter], line.spans[0], line.styles)


def _is_apart(before: Span, span: Span, styles: Sequence[Style]) -> bool:
    if before.style != span.style and is_drop_cap([before], span, styles):
        return span.is_spaced and len(before.text) == 1 and before.text in "AIOÀÉÓYEUW" and span.text[0].isupper()
    if span.is_spaced:
        return True
    gap = max(span.left - before.right, before.left - span.right)
    return gap > _NARROWEST_SPACE * styles[span.style].size


def _with_space(span: Span, is_spaced: bool) -> Span:
    return span._replace(marks=span.marks | Mark.SPACED if is_spaced else span.marks & ~Mark.SPACED)


def upturned(box: Box, turn: int) -> Box:
    """Return a box of text that was turned by so many quarters in the coordinates of the page's content."""
    return turned_box(box, -turn % 4) if turn < 4 else box


def around(lines: Sequence[Line]) -> Box:
    """Return the box around lines."""
    return Box(
        min(line.box.left for line in lines),
        min(line.box.bottom for line in lines),
        max(line.box.right for line in lines),
        max(line.box.top for line in lines),
    )
