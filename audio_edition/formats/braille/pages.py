"""Pages of braille: the running head and printed page on the first line, the number of the braille page on the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from audio_edition.formats.braille.lines import Group
from audio_edition.formats.braille.transcription import Transcriber

_AROUND_TEXT = 2
"""The lines of a page that are not the text's."""
_LINES_WITH_HEADING = 2
_LEAST_TOGETHER = 2
"""Lines of a paragraph that stand together at the foot of a page."""
_LETTERS = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵"


@dataclass(slots=True)
class Pages:
    """Pages that are filled with groups. `mark` stands before each page's number; `starts` are the pages, from 1, on
    which chapters begin."""

    width: int
    height: int
    head: str
    transcriber: Transcriber
    mark: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    _done: list[list[str]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _wants_blank: bool = False
    _print_page: str = ""
    _shown: str = ""
    _times_shown: int = 0
    _has_begun: bool = False

    def fill(self, groups: Iterable[Group]) -> list[list[str]]:
        """Return the pages of all groups, each of `height` lines."""
        for group, following in _with_next(groups):
            self._add(group, following)
        if self._text:
            self._turn()
        return self._done

    @property
    def _room(self) -> int:
        return self.height - _AROUND_TEXT - len(self._text)

    def _add(self, group: Group, following: int) -> None:
        """Add a group; `following` is how many lines follow it at once."""
        blank = bool(self._text) and (group.spaced or self._wants_blank)
        wanted = len(group.lines) + min(following, _LINES_WITH_HEADING) + (group.closed and following > 0)
        is_kept = group.kept and wanted <= self.height - _AROUND_TEXT
        least = wanted if is_kept else max(1, min(len(group.lines), _LEAST_TOGETHER))
        if self._text and self._room < blank + least:
            self._turn()
            blank = False
        self._text += [""] * blank
        if group.begins is not None:
            self.starts[group.begins] = len(self._done) + 1
        is_first = not self._text and not self._has_begun
        lines = () if is_first and group.silent else group.lines
        if len(lines) > self._room:
            lines = lines[self._turn_within(lines) :]
        self._text += lines
        if group.print_page:
            self._begin_print_page(group.print_page, is_first=is_first)
        self._wants_blank = group.closed

    def _turn_within(self, lines: tuple[str, ...]) -> int:
        """Turn pages within lines that one can't hold, and return how many are on those before. A paragraph's
        first line does not stand alone at the foot of a page, nor its last one at the top."""
        done = 0
        while len(lines) - done > self._room:
            here = self._room - (len(lines) - done == self._room + 1)
            here = 0 if here < _LEAST_TOGETHER and self._text else here
            self._text += lines[done : done + here]
            done += here
            self._turn()
        return done

    def _begin_print_page(self, label: str, *, is_first: bool) -> None:
        """Begin a printed page; the first line shows it only if nothing of another stands on this page."""
        if label != self._print_page:
            self._print_page, self._times_shown = label, 0
        self._has_begun = True
        if is_first:
            self._shown = label

    def _turn(self) -> None:
        """End a page."""
        number = f"{self.mark}{self.transcriber.cells(str(len(self._done) + 1))}"
        text = self._text + [""] * self._room
        self._done.append([self._first_line(), *text, number.rjust(self.width)])
        self._text, self._wants_blank, self._shown, self._has_begun = [], False, self._print_page, False

    def _first_line(self) -> str:
        """Return the running head in the middle, but for the first page, which has the title; at the right the printed
        page: "a12" on the second page of it."""
        number = self._shown[: self.width // 3]
        if number and self._shown == self._print_page:
            letter = _LETTERS[(self._times_shown - 1) % len(_LETTERS)] if self._times_shown else ""
            number, self._times_shown = letter + number, self._times_shown + 1
        room = self.width - 2 * (len(number) + 1)
        head = _shortened(self.head, room).center(room) if self._done else " " * room
        return f"{'':{len(number) + 1}}{head} {number}" if number else head.center(self.width)


def _shortened(cells: str, width: int) -> str:
    """Return as many words as there is room for."""
    while len(cells) > width and " " in cells:
        cells = cells.rpartition(" ")[0]
    return cells[:width]


def _with_next(groups: Iterable[Group]) -> Iterator[tuple[Group, int]]:
    """Yield each group with how many lines the next has, so that a heading is not left alone."""
    waiting: Group | None = None
    for group in groups:
        if waiting is not None:
            yield waiting, len(group.lines) + group.kept
        waiting = group
    if waiting is not None:
        yield waiting, 0
