"""Joins the words of a page to lines: words in drawing order that stand beside each other on one height."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audio_edition.pdf.facts import Box, Mark, Page, Style, Word, turned_box

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
    words: tuple[Word, ...]
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
        return all(self.styles[word.style].bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def is_hyphenated(self) -> bool:
        return self.words[-1].is_hyphenated


class Stand(NamedTuple):
    """The height of the base of a line's letters, and their size, in points."""

    base: float
    size: float


def joined(words: Sequence[Word]) -> str:
    """Return the text of words, with the spaces between them."""
    parts = [f" {word.text}" if word.marks & Mark.SPACED else word.text for word in words]
    if parts and words[0].marks & Mark.SPACED:
        parts[0] = words[0].text
    return "".join(parts)


def spaced(words: Sequence[Word], page: Page) -> str:
    """Return the text of words, with a space between its lines."""
    return " ".join(line.text for line in lines_of(words, page))


def is_smaller(style: Style, line: Line) -> bool:
    """Return whether a style is clearly smaller than most of a line's letters."""
    return style.size < _SMALLER * line.size


def is_raised(word: Word, line: Line) -> bool:
    """Return whether a word stands above the line's letters, in smaller type."""
    return is_smaller(line.styles[word.style], line) and word.base - line.base > _RAISED * line.size


def is_raised_above(line: Stand, other: Stand) -> bool:
    """Return whether another text stands above a line's letters, in smaller type, and not on a line of its own."""
    rise = other.base - line.base
    return other.size < _SMALLER * line.size and _RAISED * line.size < rise < line.size


def is_lowered(word: Word, line: Line) -> bool:
    """Return whether a word stands below the line's letters, in smaller type."""
    return is_smaller(line.styles[word.style], line) and line.base - word.base > 0.5 * _RAISED * line.size


def upright(page: Page) -> tuple[list[Word], list[Word]]:
    """Return the words that run as most of the page's do, and those that are turned."""
    letters = [0] * 5
    for word in page.words:
        letters[word.turn] += len(word.text)
    turn = max(range(5), key=letters.__getitem__)
    return [word for word in page.words if word.turn == turn], [word for word in page.words if word.turn != turn]


def lines_of(words: Sequence[Word], page: Page) -> list[Line]:
    """Return the words as lines, in drawing order. Which words have a space before them is settled by the gaps."""
    found: list[list[Word]] = []
    styles = page.styles
    line: list[Word] = []
    left = right = 0.0
    for word in words:
        if line and _goes_on(line, left, right, word, styles):
            spaced = _is_apart(line[-1], word, styles)
            line.append(word if spaced == word.is_spaced else _with_space(word, spaced))
            left = word.left if word.left < left else left
            right = word.right if word.right > right else right
        else:
            line, left, right = [word], word.left, word.right
            found.append(line)
    return [line_of(line, page.number, styles) for line in found]


def line_of(words: Sequence[Word], page: int, styles: tuple[Style, ...], cells: tuple[Line, ...] = ()) -> Line:
    """Return words as one line. A drop cap doesn't make it higher."""
    texts, lefts, _, rights, _, bases, looks, *_ = zip(*words, strict=True)
    most, base, usual = looks[0], bases[0], words
    if looks.count(most) < len(looks):
        letters = Counter[int]()
        for look, text in zip(looks, texts, strict=True):
            letters[look] += len(text)
        most = max(letters, key=letters.__getitem__)
        base = bases[looks.index(most)]
        usual = _of_size(words, styles[most].size, styles)
    bottom, top = min([word.bottom for word in usual]), max([word.top for word in usual])
    box = Box(min(lefts), bottom, max(rights), top)
    return Line(page, tuple(words), box, base, styles[most], styles, sum(map(len, texts)), joined(words), cells)


def _of_size(words: Sequence[Word], size: float, styles: Sequence[Style]) -> Sequence[Word]:
    """Return the words of about one size; all if there are none."""
    return [word for word in words if abs(styles[word.style].size - size) < 0.3 * size] or words


def _goes_on(line: Sequence[Word], left: float, right: float, word: Word, styles: Sequence[Style]) -> bool:
    """Return whether a word stands beside the end of a line, whose edges are given."""
    last = line[-1]
    if last.is_hyphenated:
        return False
    _, _, bottom, _, top, *_ = last
    _, word_left, word_bottom, word_right, word_top, *_ = word
    height = min(top - bottom, word_top - word_bottom)
    gap = max(word_left - right, left - word_right)
    if len(line) == 1 and is_drop_cap(line, word, styles):
        return -height < gap < 2 * height
    common = min(top, word_top) - max(bottom, word_bottom)
    return common > _OVERLAP * height and -1.5 * height < gap < _WIDEST_SPACE * max(height, 4.0)


def is_drop_cap(line: Sequence[Word], word: Word, styles: Sequence[Style]) -> bool:
    """Return whether a line is only the large first letter of the word after it."""
    letter = line[0]
    if letter.style == word.style or len(line) > 1 or len(letter.text) > _LONGEST_CAP or not letter.text[-1].isalpha():
        return False
    is_large = styles[letter.style].size > _DROP_CAP * styles[word.style].size
    return is_large and letter.bottom - 2 < word.base < letter.top + 2 and word.text[0].isalpha()


def with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each large first letter at the beginning of the line beside its top, wherever it was
    drawn."""
    taken: dict[Line, Line | None] = {}
    for cap in lines:
        letter = cap.words[0]
        if len(cap.words) > 1 or len(letter.text) > _LONGEST_CAP or not letter.text[-1].isalpha():
            continue
        beside = [line for line in lines if line not in taken and _is_headed_by(line, letter)]
        if beside:
            line = max(beside, key=lambda each: each.base)
            first = _with_space(line.words[0], _is_apart(letter, line.words[0], line.styles))
            taken |= {cap: None, line: line_of([letter, first, *line.words[1:]], line.page, line.styles)}
    return [kept for line in lines if (kept := taken.get(line, line)) is not None]


def _is_headed_by(line: Line, letter: Word) -> bool:
    """Return whether a line stands beside the large first letter of its text."""
    gap = line.box.left - letter.right
    return -line.height < gap < 2 * line.height and is_drop_cap([letter], line.words[0], line.styles)


def _is_apart(before: Word, word: Word, styles: Sequence[Style]) -> bool:
    if before.style != word.style and is_drop_cap([before], word, styles):
        return word.is_spaced and len(before.text) == 1 and before.text in "AIOÀÉÓYEUW" and word.text[0].isupper()
    if word.is_spaced:
        return True
    gap = max(word.left - before.right, before.left - word.right)
    return gap > _NARROWEST_SPACE * styles[word.style].size


def _with_space(word: Word, is_spaced: bool) -> Word:
    return word._replace(marks=word.marks | Mark.SPACED if is_spaced else word.marks & ~Mark.SPACED)


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
