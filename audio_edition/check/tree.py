"""The blocks of edition.json as a stranger walks them: in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audio_edition.check.shape import KINDS

Block = Mapping[str, Any]
Span = tuple[int, int, str, str]
"""Characters of a text and what they are: start, end, kind, value."""

_PARTS = {"items": "item", "entries": "definition", "rows": "row", "cells": "cell"}
"""Fields that hold parts of a block, and what those are."""
_LEAVES = ("text", "terms", "lines", "attribution")
_ORDER = {
    "heading": ("text",), "paragraph": ("text",), "list": ("items",), "item": ("blocks",),
    "definition_list": ("entries",), "definition": ("terms", "blocks"), "table": ("caption", "rows"),
    "row": ("cells",), "cell": ("blocks",), "picture": ("text", "description"), "figure": ("blocks", "caption"),
    "quote": ("blocks", "attribution"), "code": ("lines",), "formula": ("text",), "verse": ("lines",),
    "aside": ("blocks",), "note": ("blocks",), "scene_break": (), "page_break": ("text",),
}  # fmt: skip
"""The fields of each block and part, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Step:
    """A block, a part of one, or a text ("leaf"), with the steps that it is inside of, the outermost first. `field` is
    what holds it there."""

    kind: str
    value: Block
    above: tuple[Step, ...] = ()
    field: str = ""


def steps(blocks: Sequence[Block], above: tuple[Step, ...] = (), field: str = "") -> Iterator[Step]:
    """Yield blocks, their parts and their texts, each before what is inside it."""
    for block in blocks:
        yield from _steps(Step(str(block["type"]), block, above, field))


def _steps(step: Step) -> Iterator[Step]:
    yield step
    above = (*step.above, step)
    for field in _ORDER[step.kind]:
        value = step.value.get(field, [])
        if field in _PARTS:
            for part in value:
                yield from _steps(Step(_PARTS[field], part, above, field))
        elif field in _LEAVES:
            yield from (Step("leaf", leaf, above, field) for leaf in (value if isinstance(value, list) else [value]))
        else:
            yield from steps(value, above, field)


def numbers(block: Block) -> list[int]:
    """Return the numbers of an ordered list's items (HTML, "ordinal value")."""
    number, found = block.get("start", 1), []
    for item in block["items"]:
        number = item.get("value", number)
        found.append(number)
        number += -1 if block.get("reversed") else 1
    return found


def spans_of(value: Mapping[str, Any]) -> Iterator[Span]:
    """Yield the spans of a cue, or of what is unspoken in a text; those that can't be are found elsewhere."""
    for span in value.get("spans", []):
        if _is_span(span, len(value["text"])):
            start, end, kind, *told = span
            yield start, end, kind, told[0] if told else ""


def _is_span(span: Any, length: int) -> bool:
    if not isinstance(span, list) or not 3 <= len(span) <= 4 or span[2] not in KINDS:
        return False
    start, end, _, *told = span
    is_place = type(start) is int and type(end) is int and 0 <= start <= end <= length
    return is_place and all(isinstance(each, str) for each in told)
