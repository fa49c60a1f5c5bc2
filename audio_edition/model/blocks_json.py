"""Blocks as JSON, the same in scripts and in edition.json; what a leaf is in JSON is said by who writes it.

A block is an object whose `type` is its class in small letters ("definition_list"). Fields that have their usual value
are left out. A span is a list: start, end, kind and, where it has one, its value.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, get_args

from audio_edition.model import (
    DEEPEST,
    EMPTY_KINDS,
    Aside,
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    HeaderScope,
    Heading,
    Item,
    Leaf,
    List,
    ListStyle,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Row,
    RowPart,
    SceneBreak,
    Span,
    SpanKind,
    Table,
    Verse,
)

_Shape = Any
"""What a field holds: a type, a range of numbers, a tuple of words, or one of the names below."""
_LEAF, _MAYBE_LEAF, _LEAVES, _BLOCKS, _HEADERS = "leaf", "leaf or nothing", "leaves", "blocks", "headers"
_MOST_NUMBER = 10**9
_SPAN_OF_CELLS = range(1, 1001)

_PARTS: dict[type, dict[str, _Shape]] = {
    Item: {"value": range(-_MOST_NUMBER, _MOST_NUMBER), "blocks": _BLOCKS},
    Definition: {"terms": _LEAVES, "blocks": _BLOCKS},
    Row: {"part": get_args(RowPart), "cells": [Cell]},
    Cell: {
        "header": get_args(HeaderScope), "columns": _SPAN_OF_CELLS, "rows": _SPAN_OF_CELLS, "headers": _HEADERS,
        "blocks": _BLOCKS,
    },
}  # fmt: skip
_TYPES: dict[type, dict[str, _Shape]] = {
    Heading: {"level": range(1, 7), "text": _LEAF},
    Paragraph: {"text": _LEAF},
    List: {
        "ordered": bool, "start": range(-_MOST_NUMBER, _MOST_NUMBER), "reversed": bool, "style": get_args(ListStyle),
        "items": [Item],
    },
    DefinitionList: {"entries": [Definition]},
    Table: {"caption": _BLOCKS, "rows": [Row]},
    Picture: {"image": str, "text": _LEAF, "description": _BLOCKS},
    Figure: {"blocks": _BLOCKS, "caption": _BLOCKS},
    Quote: {"blocks": _BLOCKS, "attribution": _MAYBE_LEAF},
    Code: {"language": str, "lines": _LEAVES},
    Formula: {"mathml": str, "tex": str, "text": _LEAF},
    Verse: {"lines": _LEAVES},
    Aside: {"kind": str, "blocks": _BLOCKS},
    Note: {"id": str, "label": str, "blocks": _BLOCKS},
    SceneBreak: {},
    PageBreak: {"label": str, "text": _MAYBE_LEAF},
}  # fmt: skip
"""The fields of each block, in the order in which they are written."""


def _name(kind: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


_BY_NAME = {_name(kind): kind for kind in _TYPES}
_USUAL = {
    kind: {field.name: field.default for field in dataclasses.fields(kind)}
    for kind in (*_TYPES, *_PARTS)
}  # fmt: skip


class BlocksError(Exception):
    """Blocks are invalid; `place` says where, and begins with a dot or bracket."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place} {what}")
        self.place = place
        self.what = what


def block_to_json(block: Block[Leaf], leaf: Callable[[Leaf], Any]) -> dict[str, Any]:
    """Return a block as JSON's values; `leaf` gives those of each leaf."""
    return {"type": _name(type(block)), **_fields(block, _TYPES[type(block)], leaf)}


def _fields(node: Any, shapes: Mapping[str, _Shape], leaf: Callable[[Any], Any]) -> dict[str, Any]:
    usual = _USUAL[type(node)]
    return {
        name: _value(value, shape, leaf)
        for name, shape in shapes.items()
        if (value := getattr(node, name)) != usual[name]
    }


def _value(value: Any, shape: _Shape, leaf: Callable[[Any], Any]) -> Any:
    if isinstance(shape, list):
        return [_fields(part, _PARTS[shape[0]], leaf) for part in value]
    if shape == _BLOCKS:
        return [block_to_json(block, leaf) for block in value]
    if shape == _LEAVES:
        return [leaf(each) for each in value]
    if shape in (_LEAF, _MAYBE_LEAF):
        return leaf(value)
    return value


def blocks_from_json(values: Any, leaf: Callable[[Any, str], Leaf], place: str = "") -> tuple[Block[Leaf], ...]:
    """Return the blocks that JSON's values hold; `leaf` gives each leaf, from its value and its place.

    Raises BlocksError for what is no block, and for blocks inside more than DEEPEST others.
    """
    return _Reader(leaf).blocks(values, place, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class _Reader:
    leaf: Callable[[Any, str], Any]

    def blocks(self, values: Any, place: str, depth: int) -> tuple[Any, ...]:
        if depth > DEEPEST:
            _refuse(place, f"lies inside more than {DEEPEST} blocks")
        return tuple(self._block(value, f"{place}[{at}]", depth) for at, value in enumerate(_list(values, place)))

    def _block(self, value: Any, place: str, depth: int) -> Any:
        kind = _BY_NAME.get(str(value.get("type"))) if isinstance(value, Mapping) else None
        if kind is None:
            _refuse(place, f"has no “type” that is one of {', '.join(_BY_NAME)}")
        return self._node(kind, _TYPES[kind], {key: each for key, each in value.items() if key != "type"}, place, depth)

    def _node(self, kind: type, shapes: Mapping[str, _Shape], value: Any, place: str, depth: int) -> Any:
        if not isinstance(value, Mapping):
            _refuse(place, "is not an object")
        if unknown := next((key for key in value if key not in shapes), None):
            _refuse(f"{place}.{str(unknown)[:40]}", "is not known here")
        usual, given = _USUAL[kind], {}
        for name, shape in shapes.items():
            if name in value:
                given[name] = self._field(value[name], shape, f"{place}.{name}", depth)
            elif usual[name] is dataclasses.MISSING:
                _refuse(f"{place}.{name}", "is missing")
        return kind(**given)

    def _field(self, value: Any, shape: _Shape, place: str, depth: int) -> Any:
        if isinstance(shape, list):
            shapes = _PARTS[shape[0]]
            parts = enumerate(_list(value, place))
            return tuple(self._node(shape[0], shapes, part, f"{place}[{at}]", depth) for at, part in parts)
        if shape == _BLOCKS:
            return self.blocks(value, place, depth + 1)
        if shape == _LEAVES:
            return tuple(self.leaf(each, f"{place}[{at}]") for at, each in enumerate(_list(value, place)))
        if shape in (_LEAF, _MAYBE_LEAF):
            return self.leaf(value, place)
        return _headers(value, place) if shape == _HEADERS else _plain(value, shape, place)


def _headers(value: Any, place: str) -> tuple[tuple[int, int], ...]:
    pairs = [tuple(pair) if isinstance(pair, list) else () for pair in _list(value, place)]
    if not all(len(pair) == 2 and all(type(at) is int and at >= 0 for at in pair) for pair in pairs):
        _refuse(place, "holds something else than pairs of row and cell")
    return tuple((row, cell) for row, cell in pairs)


def _plain(value: Any, shape: _Shape, place: str) -> Any:
    if isinstance(shape, range):
        if type(value) is not int or value not in shape:
            _refuse(place, f"is not a whole number from {shape.start} to {shape.stop - 1}")
    elif isinstance(shape, tuple):
        if value not in shape:
            _refuse(place, f"is none of {', '.join(repr(each) for each in shape)}")
    elif type(value) is not shape:
        _refuse(place, "is of the wrong kind")
    return value


def span_to_json(span: Span) -> list[Any]:
    """Return a span as JSON's values."""
    return [span.start, span.end, span.kind, *([span.value] if span.value else [])]


def spans_to_json(spans: Iterable[Span]) -> list[list[Any]]:
    return [span_to_json(span) for span in spans]


def spans_from_json(values: Any, length: int, place: str = "") -> tuple[Span, ...]:
    """Return the spans over a text of `length` characters that JSON's values hold.

    Raises BlocksError for spans that lie outside it, cross each other or are out of order.
    """
    spans: list[Span] = []
    around: list[Span] = []
    for at, value in enumerate(_list(values, place)):
        span = _span(value, length, f"{place}[{at}]")
        while around and around[-1].end <= span.start:
            around.pop()
        if spans and (spans[-1].start, -spans[-1].end) > (span.start, -span.end):
            _refuse(f"{place}[{at}]", "is not in the order of its characters")
        if around and span.end > around[-1].end:
            _refuse(f"{place}[{at}]", "crosses the end of another span")
        if span.start < span.end:
            around.append(span)
        spans.append(span)
    return tuple(spans)


def _span(value: Any, length: int, place: str) -> Span:
    if not isinstance(value, list) or not 3 <= len(value) <= 4:
        _refuse(place, "is not a list of start, end, kind and value")
    start, end, kind, told = value if len(value) == 4 else (*value, "")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        _refuse(place, "lies outside its text")
    if kind not in get_args(SpanKind) or not isinstance(told, str):
        _refuse(place, "is of no kind that a span can have")
    if start < end and kind in EMPTY_KINDS:
        _refuse(place, "has characters, and marks a place only")
    return Span(start, end, kind, told)


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        _refuse(place, "is not a list")
    return value


def _refuse(place: str, what: str) -> NoReturn:
    raise BlocksError(place, what)
