"""Lists what a person can see on the pages of a PDF: one plain pass over their words, independent of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audio_edition.pdf.facts import Mark, Page, Word
from audio_edition.read.pdf.writing import clean


def seen_text(page: Page) -> str:
    """Return the text of a page as it is drawn."""
    return clean("".join(_written(word for word in page.words if not word.marks & Mark.UNSEEN)))


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
