"""Cells of tables that hold one text, as most do."""

from __future__ import annotations

from typing import Any, TypeVar

from audio_edition.model import Cell, HeaderScope, Paragraph, Text, leaves

Leaf = TypeVar("Leaf")


def cell_of(leaf: Leaf, header: HeaderScope = "", **more: Any) -> Cell[Leaf]:
    """A cell that holds a paragraph."""
    return Cell((Paragraph(leaf),), header, **more)


def text_in(cell: Cell[Any]) -> Any:
    """What stands in a cell of one text; of more, all as lines."""
    texts = list(leaves(cell.blocks))
    return texts[0] if len(texts) == 1 else Text("\n".join(text.text for text in texts))
