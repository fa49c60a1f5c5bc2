"""Lists what a person can see on the pages of a PDF: one plain pass over their words, independent of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audio_edition.pdf.facts import Mark, Page, Span
from audio_edition.read.pdf.writing import clean


def seen_text(page: Page) -> str:
    """Return the text of a page as it is drawn."""
    return clean("".join(_written(span for span in page.spans if not span.marks & Mark.UNSEEN)))


def _written(spans: Iterable[Span]) -> Iterator[str]:
    """Yield words and what stands between them. The account knows that a word's parts make one word."""
    before: Span | None = None
    for span in spans:
        if before is not None and (span.is_spaced or span.style != before.style or _is_elsewhere(before, span)):
            yield " "
        yield span.text[:-1] if span.is_hyphenated else span.text
        before = span


def _is_elsewhere(before: Span, span: Span) -> bool:
    """Return whether a word stands on another line, or far from the one before."""
    height = max(before.top - before.bottom, span.top - span.bottom)
    return abs(before.base - span.base) > 0.6 * height or abs(span.left - before.right) > 0.5 * height
