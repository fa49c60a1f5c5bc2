"""Blocks as JSON values: an object for each, with what it is under "block", and its fields but for the usual values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

from audio_edition.model import blocks
from audio_edition.model.blocks import Block, Leaf

BLOCKS: dict[str, type] = {
    "heading": blocks.Heading,
    "paragraph": blocks.Paragraph,
    "list": blocks.List,
    "definitions": blocks.DefinitionList,
    "table": blocks.Table,
    "picture": blocks.Picture,
    "figure": blocks.Figure,
    "quote": blocks.Quote,
    "code": blocks.Code,
    "formula": blocks.Formula,
    "verse": blocks.Verse,
    "aside": blocks.Aside,
    "note": blocks.Note,
    "scene_break": blocks.SceneBreak,
    "page_break": blocks.PageBreak,
}
"""What "block" may say."""

PARTS: tuple[type, ...] = (blocks.Item, blocks.Definition, blocks.Row, blocks.Cell)
"""Nodes that are not blocks: their place says what they are."""

_NAMES = {node: name for name, node in BLOCKS.items()}


def block_to_json(block: Block[Leaf], leaf: Callable[[Leaf], Any]) -> dict[str, Any]:
    """Return the block as JSON values; `leaf` gives those of a leaf. Fields with their usual value are left out."""
    return _node(block, leaf)


def _node(node: Any, leaf: Callable[[Any], Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"block": _NAMES[type(node)]} if type(node) in _NAMES else {}
    for field in fields(node):
        value = getattr(node, field.name)
        if field.default is MISSING or value != field.default:
            values[field.name] = _value(value, leaf)
    return values


def _value(value: Any, leaf: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return [_value(each, leaf) for each in value]
    if type(value) in _NAMES or type(value) in PARTS:
        return _node(value, leaf)
    return value if value is None or isinstance(value, str | int) else leaf(value)
