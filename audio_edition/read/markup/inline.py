"""In: pieces of text, each with its language. Out: one line of text, and which of its characters are in which language.

White space collapses as on a page (https://www.w3.org/TR/css-text-3/#white-space-rules).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from audio_edition.model import Phrase
from audio_edition.read.clean import without_unwanted
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, PICTURES, name_of
from audio_edition.read.markup.formula import formula_text
from audio_edition.read.markup.pictures import description_of
from audio_edition.read.markup.walk import walk


class Piece(NamedTuple):
    """Some text, and its language: empty for the document's own."""

    text: str
    language: str = ""


class Words(NamedTuple):
    """Text on one line, the language that it is in, and the phrases in others."""

    text: str
    language: str = ""
    phrases: tuple[Phrase, ...] = ()

    def after(self, text: str) -> Words:
        """The same behind some text that is in no language."""
        moved = (Phrase(part.start + len(text), part.end + len(text), part.language) for part in self.phrases)
        return Words(text + self.text, self.language, tuple(moved))

    def behind(self, start: int) -> Words:
        """What stands from a character on."""
        moved = (Phrase(max(0, part.start - start), part.end - start, part.language) for part in self.phrases)
        return Words(self.text[start:], self.language, tuple(part for part in moved if part.end > 0))


def as_words(pieces: Iterable[Piece]) -> Words:
    """The pieces as one line."""
    text, runs = "", []
    for language, together in itertools.groupby(pieces, key=lambda piece: piece.language):
        written = without_unwanted("".join(piece.text for piece in together))
        if not written:
            continue
        text += " " * (written[0].isspace() and text[-1:] not in ("", " "))
        if words := " ".join(written.split()):
            runs.append((len(text), len(text) + len(words), language))
            text += words + " " * written[-1].isspace()
    return _with_main_language(text.rstrip(), [run for run in runs if speakable(text[run[0] : run[1]])])


def lines_of(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line, as they were written."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.language))
        for text in others:
            yield line
            line = [Piece(text, piece.language)]
    yield line


def _with_main_language(text: str, runs: list[tuple[int, int, str]]) -> Words:
    lengths: Counter[str] = Counter()
    for start, end, language in runs:
        lengths[language] += end - start
    # The document's own goes first: a phrase may be longer than the sentence around it.
    main = "" if "" in lengths else max(lengths, key=lambda language: lengths[language], default="")
    return Words(text, main, tuple(Phrase(*run) for run in runs if run[2] != main))


def words_of(element: etree._Element, own: str, language: str = "", without: Collection[etree._Element] = ()) -> Words:
    """All text inside the element on one line, `without` that of some; where a block begins or ends, a space."""
    return as_words(_pieces(element, own, language, without))


def _pieces(element: etree._Element, own: str, language: str, without: Collection[etree._Element]) -> Iterator[Piece]:
    whole: etree._Element | None = None  # read as a whole, or left out
    for event in walk(element, own, language):
        name = name_of(event.element)
        if whole is not None:
            whole = None if event.kind == "end" and event.element is whole else whole
        elif event.kind == "text":
            yield Piece(event.text, event.language)
        elif event.kind == "start" and event.element in without:
            whole = event.element
        elif event.kind == "start" and (name in PICTURES or name in ("math", "svg")):
            whole = event.element
            said = formula_text(whole) if name == "math" else description_of(whole) or ""
            yield Piece(said, event.language)
        elif name in BLOCKS or name in HEADINGS or name == "br":
            yield Piece(" ", event.language)
