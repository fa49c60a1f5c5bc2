"""Where players can go and what they can pass over: pages, and what can be skipped (notes) or left (tables, lists)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

StructureKind = Literal[
    "list", "list-item", "table", "table-row", "table-cell", "figure", "description", "aside", "footnote",
    "pagebreak", "prodnote", "alternative",
]  # fmt: skip

PageKind = Literal["front", "normal", "special"]
_NUMBER = re.compile("[0-9]{1,6}")
_ROMAN = re.compile("[ivxlcdm]+")


@dataclass(frozen=True, slots=True)
class Structure:
    """An element by its id, and the ids of the first and the last sentence in it."""

    kind: StructureKind
    id: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Page:
    """The mark of a page by its id, and the id of the sentence with which the page begins, or in which it does."""

    label: str
    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a note by its id, the sentence that it is in, and the id of the note and the number of its
    chapter."""

    id: str
    sentence: str
    note: str
    chapter: int


def kind_of_page(label: str) -> PageKind:
    """Return whether a page is one of the numbered ones, of those before them (Roman numerals), or another."""
    if _NUMBER.fullmatch(label):
        return "normal"
    return "front" if _ROMAN.fullmatch(label) else "special"
