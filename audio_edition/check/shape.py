"""What edition.json looks like: every field, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audio_edition.model import RATE_HZ

VERSION = 2
DEEPEST = 40
"""Blocks inside blocks."""
_LONGEST_SAMPLES = 200 * 3600 * RATE_HZ

_Shape = Any
"""A type; a pattern; a range; a list of one shape; a table of shapes by key ("key?": may be absent)."""
_SAMPLES = range(_LONGEST_SAMPLES + 1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)?")
_SENTENCE_ID = re.compile(r"c\d+-p\d+-s\d+")
_CHAPTER_ID = re.compile(r"c\d+")
_PASSAGE_ID = re.compile(r"c\d+-p\d+")
_IMAGE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
KINDS = (
    "language", "link", "emphasis", "strong", "code", "struck", "inserted", "superscript", "subscript", "ruby", "break",
    "image", "math", "note", "page", "anchor",
)  # fmt: skip


class Blocks:
    """Where a shape has blocks."""


_LEAF = {
    "passage": _PASSAGE_ID, "role": str, "language?": str,
    "unspoken?": {"text": str, "language?": str, "spans?": [[object]]},
}  # fmt: skip
_COUNT = range(1, 1001)
_ANY_NUMBER = range(-(10**9), 10**9)
_CELL = {
    "header?": str, "columns?": _COUNT, "rows?": _COUNT, "headers?": [[int]], "blocks?": Blocks,
}  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "heading": {"level?": range(1, 7), "text": _LEAF},
    "paragraph": {"text": _LEAF},
    "list": {
        "ordered?": bool, "start?": _ANY_NUMBER, "reversed?": bool, "style?": str,
        "items": [{"value?": _ANY_NUMBER, "blocks": Blocks}],
    },
    "definition_list": {"entries": [{"terms": [_LEAF], "blocks": Blocks}]},
    "table": {"caption?": Blocks, "rows": [{"part?": str, "cells": [_CELL]}]},
    "picture": {"image?": str, "text": _LEAF, "description?": Blocks},
    "figure": {"blocks": Blocks, "caption?": Blocks},
    "quote": {"blocks": Blocks, "attribution?": _LEAF},
    "code": {"language?": str, "lines": [_LEAF]},
    "formula": {"mathml?": str, "tex?": str, "text": _LEAF},
    "verse": {"lines": [_LEAF]},
    "aside": {"kind?": str, "blocks": Blocks},
    "note": {"id": str, "label": str, "blocks": Blocks},
    "scene_break": {},
    "page_break": {"label": str, "text?": _LEAF},
}  # fmt: skip
_VOICE = {
    "engine": str, "id": str, "name": str, "language": str, "gender": str, "licence": str, "version": str,
    "learned?": bool, "rate_wpm?": int,
}  # fmt: skip
_CUE = {
    "id": _SENTENCE_ID, "passage": _PASSAGE_ID, "role": str, "start": _SAMPLES, "end": _SAMPLES, "text": str,
    "spoken?": str, "language?": str, "space_before?": bool, "line_before?": bool, "spans?": [[object]],
    "announces?": str, "concludes?": str, "voice?": {"engine": str, "id": str}, "confidence?": float, "words?": [[int]],
}  # fmt: skip
_CHAPTER = {
    "id": _CHAPTER_ID, "title": str, "level": range(7), "continues?": bool, "track?": str, "start": _SAMPLES,
    "length": _SAMPLES, "blocks": Blocks, "cues": [_CUE],
}  # fmt: skip
_FILE = {"path": str, "size": range(1 << 50), "sha256": _SHA256, "type": str, "format": str}
_FINDING = {
    "id": str,
    "level": re.compile("error|warning|note"),
    "message": str,
    "place?": str,
    "remedy?": str,
    "text?": str,
}
_METADATA = {
    "creators?": [{"name": str, "role": str}], "subtitle?": str, "description?": str, "subjects?": [str],
    "series?": str, "series_position?": str, "rights?": str, "identifiers?": [str], "cover?": str,
}  # fmt: skip
_IMAGE = {
    "name": _IMAGE_NAME, "type": re.compile("image/(png|jpeg|gif|webp)"), "width": range(10**6), "height": range(10**6),
}  # fmt: skip
_EDITION = {
    "format": re.compile("audio-edition"), "version": range(VERSION, VERSION + 1), "title": str, "language": str,
    "published": _DATE, "source": str, "byline": str, "dateline": str, "metadata?": _METADATA, "images?": [_IMAGE],
    "rate_hz": range(RATE_HZ, RATE_HZ + 1),
    "length": _SAMPLES, "duration": float, "voice": _VOICE, "engine_version": str, "certifier?": str, "wording?": str,
    "other_voices?": [_VOICE],
    "chapters": [_CHAPTER], "findings": [_FINDING], "files": [_FILE],
    "loudness": {"target_lufs": float, "gain_db": float, "limiter_dbtp": float},
    "settings": {
        "formats": [str], "rate_wpm": int, "volume": float,
        "braille?": {"width": range(20, 100), "height": range(10, 100), "grade": range(1, 3), "table": str},
    },
    "versions": {"audio-edition": str, "ffmpeg": str},
}  # fmt: skip


def faults(value: Any) -> Iterator[tuple[str, str]]:
    """Return each place where edition.json does not have the expected shape, with what is wrong there."""
    return _faults(value, _EDITION, "", 0)


def _faults(value: Any, shape: _Shape, place: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield each place where a value does not have the shape, and what is wrong there.

    Keys beyond those of a table are allowed. `depth` counts blocks inside blocks.
    """
    if isinstance(shape, Mapping):
        yield from _faults_of_table(value, shape, place, depth)
    elif shape is Blocks and isinstance(value, list):
        yield from _faults_of_blocks(value, place, depth + 1)
    elif isinstance(shape, list) and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, shape[0], f"{place}[{number}]", depth)
    elif not _fits(value, shape):
        yield place, "is not what it should be"


def _faults_of_blocks(values: list[Any], place: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        yield place, "lies too deep inside other blocks"
        return
    for number, value in enumerate(values):
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in SHAPES:
            yield f"{place}[{number}]", "is not a known block"
        else:
            yield from _faults(value, SHAPES[kind], f"{place}[{number}]", depth)


def _fits(value: Any, shape: _Shape) -> bool:
    if shape is object:
        return True
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, range):
        return type(value) is int and value in shape
    if shape is float:
        return type(value) in (int, float) and abs(value) < 1e9
    return type(value) is shape


def _faults_of_table(value: Any, shape: Mapping[str, _Shape], place: str, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield place, "is not an object"
        return
    for key, inner in shape.items():
        name = key.removesuffix("?")
        if name in value:
            yield from _faults(value[name], inner, f"{place}.{name}".lstrip("."), depth)
        elif name == key:
            yield f"{place}.{name}".lstrip("."), "is missing"
