"""Shelves: the editions of a site by month, the newest first, in parts of at most HUNDRED.

Parts are counted from the oldest, so that a new edition changes only the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from audio_edition.site.catalogue_entry import CatalogueEntry
from audio_edition.translations import words_for
from audio_edition.translations.locales import month_in_words

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Shelf:
    """A month's editions, or a part of them, the newest first. `name` is safe as a file name."""

    name: str
    title: str
    entries: tuple[CatalogueEntry, ...]

    @property
    def page(self) -> str:
        return f"archive/{self.name}.html"

    @property
    def catalogue(self) -> str:
        return f"opds/{self.name}.json"


def shelves(entries: Sequence[CatalogueEntry], language: str) -> list[Shelf]:
    """Return all shelves, the newest first, with titles in a language; editions without a date stand on the last."""
    found = []
    for month, together in groupby(entries, key=lambda entry: entry.published[:7]):
        oldest_first = list(together)[::-1]
        starts = range(0, len(oldest_first), HUNDRED)
        parts = [tuple(oldest_first[start : start + HUNDRED][::-1]) for start in starts]
        found += [_shelf(month, number, part, language) for number, part in enumerate(parts, start=1)][::-1]
    return found


def _shelf(month: str, number: int, entries: tuple[CatalogueEntry, ...], language: str) -> Shelf:
    words = words_for("site", language)
    title = month_in_words(date.fromisoformat(f"{month}-01"), words.language) if month else words["undated"]
    name = month or "undated"
    if number == 1:
        return Shelf(name, title, entries)
    return Shelf(f"{name}-{number}", words["part"].format(title=title, number=number), entries)
