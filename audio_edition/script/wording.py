"""What is said besides the document's own words: what a picture or table is, the opening, contents and end of an issue.

Where a language has no words for it, structure goes unannounced, and issues are announced in English.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from audio_edition.translations import Words, known_words, words_for
from audio_edition.translations.locales import date_in_words, length_in_words

Around = tuple[str, str]
"""What is said before something and behind it."""


_BOX_KINDS = (
    ("note", "info"), ("tip", "hint"), ("important",), ("warning", "warn"), ("caution", "attention"), ("danger",),
    ("example",),
)  # fmt: skip
_BOXES = {kind: at for at, kinds in enumerate(_BOX_KINDS) for kind in kinds}
"""The place of a kind of box among the words for boxes."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `by` goes before a name that stands alone as a byline; templates have their fields in
    braces. `tasks` are for what is done, to be done, and given up; `boxes` for the kinds in `_BOXES`, in that order.
    What counts something is in `words`."""

    words: Words
    picture: str
    caption: str
    description: Around
    formula: str
    code: Around
    note: Around
    numbered_note: str
    boxes: tuple[str, ...]
    quote: Around
    list: Around
    nested_list: Around
    table: str
    headers: str
    end_of_table: str
    struck: str
    squared: str
    cubed: str
    power: str
    minus: str
    tasks: tuple[str, str, str]
    unspeakable: str
    by: str
    notes: str
    page: str
    contents: str
    numbers: str
    about: str
    voice: str
    end: str

    def box(self, kind: str) -> str:
        """Return what is said before a box of this kind; empty where its kind says nothing to a listener."""
        found = _BOXES.get(kind.casefold())
        return "" if found is None else self.boxes[found]

    def articles(self, number: int) -> str:
        """Return how many articles there are."""
        return self.words.counted("articles", number)

    def minutes(self, number: int) -> str:
        """Return about how long something lasts."""
        return self.about.format(length=length_in_words(number * 60_000, self.words.language))

    def day(self, iso_date: str) -> str:
        """Return an ISO 8601 date in words; as it is where it is none."""
        return date_in_words(iso_date, self.words.language)

    def size(self, columns: int, rows: int) -> str:
        """Return what is said before a table."""
        counted = self.words.counted
        return self.table.format(columns=counted("columns", columns), rows=counted("rows", rows))


def wording(language: str) -> Wording | None:
    """Return the words of a language by its BCP 47 tag; None where they are not known."""
    words = known_words("script", language)
    return _worded(words.language) if words else None


def english() -> Wording:
    """Return the words that stand in for those of a language that has none."""
    return _worded("en")


def unspeakable(language: str) -> str:
    """Return what is said in the place of a sentence that an engine can't say."""
    return words_for("script", language)["unspeakable"]


@functools.cache
def _worded(language: str) -> Wording:
    words = words_for("script", language)
    said: dict[str, Any] = {
        name: tuple(entry) if isinstance(entry, list) else entry
        for name, entry in words.by_name.items() if not isinstance(entry, dict)
    }  # fmt: skip
    return Wording(words=words, **said)
