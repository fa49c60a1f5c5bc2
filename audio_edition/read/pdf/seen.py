"""Lists what a person can see on the pages of a PDF: one plain pass over their words, independent of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audio_edition.pdf.facts import Field, Mark, Page, Word
from audio_edition.read.pdf.lines import printed_once
from audio_edition.read.pdf.writing import clean


def seen_texts(pages: Iterable[Page], fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the text of each page as it is drawn, and what fields are filled in with."""
    found = []
    for page in pages:
        words = list(printed_once(word for word in page.words if not word.marks & Mark.UNSEEN))
        found.append(clean("".join(_written(words))))
    return (*found, *(field.value for field in fields))


def _written(words: Iterable[Word]) -> Iterator[str]:
    """Yield words and what stands between them. The account knows that a word's parts make one word."""
    before: Word | None = None
    for word in words:
        if before is not None and (word.is_spaced or word.style != before.style or _is_elsewhere(before, word)):
            yield " "
        yield word.text[:-1] if word.is_hyphenated else word.text
        before = word


def _is_elsewhere(before: Word, word: Word) -> bool:
    """Return whether a word stands on another line, or far from the one before."""
    height = max(before.top - before.bottom, word.top - word.bottom)
    return abs(before.base - word.base) > 0.6 * height or abs(word.left - before.right) > 0.5 * height
