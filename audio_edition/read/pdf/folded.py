"""Puts the panels of a folded sheet in order: the cover, which is the last panel outside, the inside, the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audio_edition.pdf.facts import Page, Span

_PANELS = (2, 3)
_NEAR = 0.035
"""Share of the page's width within which a fold has no text."""

_LEAST_IN_PANEL = 3
"""Spans of a panel that are not its cover's."""

_LARGER = 1.25
"""Times the size of the largest letters elsewhere: those of the title on a cover."""


def unfolded(pages: list[Page]) -> Iterable[Page]:
    """Return the pages in the order in which a reader of the sheet meets their panels, the outer page in two parts; as
    they are if they are no folded sheet."""
    if len(pages) != 2 or any(page.width < page.height for page in pages):
        return pages
    outside, inside = pages
    for count in reversed(_PANELS):
        if not all(_is_folded(page, count) for page in pages):
            continue
        edge = outside.width * (count - 1) / count
        cover = [span for span in outside.spans if span.left > edge]
        rest = [span for span in outside.spans if span.left <= edge]
        if _largest(outside, cover) > _LARGER * max(_largest(outside, rest), _largest(inside, inside.spans)):
            return [replace(outside, spans=tuple(cover)), inside, replace(outside, spans=tuple(rest))]
    return pages


def _is_folded(page: Page, count: int) -> bool:
    """Return whether a page is so many panels beside each other, each with text, and none at the folds."""
    width = page.width / count
    panels = [0] * count
    for span in page.spans:
        if span.turn:
            continue
        first, last = int(span.left // width), int(span.right // width)
        is_at_fold = any(abs(span.left - width * at) < _NEAR * width for at in range(1, count))
        if first != last or is_at_fold or not 0 <= first < count:
            return False
        panels[first] += 1
    return min(panels) >= _LEAST_IN_PANEL


def _largest(page: Page, spans: Iterable[Span]) -> float:
    return max((page.styles[span.style].size for span in spans), default=0.0)
