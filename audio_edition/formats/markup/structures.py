"""What players can skip (notes) or leave (tables, lists): which elements they are, and which sentences they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StructureKind = Literal[
    "list", "list-item", "table", "table-row", "table-cell", "figure", "description", "aside", "footnote",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structure:
    """An element by its id, and the ids of the first and the last sentence in it."""

    kind: StructureKind
    id: str
    first: str
    last: str
