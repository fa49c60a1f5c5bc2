"""Parses JSON within limits, and reads values that may be missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeAlias, Union

from audio_edition.errors import ReadError
from audio_edition.read.decode import decode
from audio_edition.read.tree import check_size
from audio_edition.sources.charsets import storable

Json: TypeAlias = Union[dict[str, "Json"], list["Json"], str, float, bool, None]  # noqa: UP007 - it names itself

_MOST_CONTAINERS = 300_000
"""Objects and lists. Each takes some 200 bytes."""


def json_tree(data: bytes, name: str) -> Json:
    """Return the values of a document. Raises ReadError with the place."""
    check_size(data, name)
    if data.count(b"{") + data.count(b"[") > _MOST_CONTAINERS:
        raise ReadError(f"{name} has more than {_MOST_CONTAINERS:,} objects and lists.", "Split it into its articles.")
    text, _ = decode(data, name)
    try:
        value: Json = json.loads(text)
    except json.JSONDecodeError as trouble:
        raise ReadError(
            f"{name}, line {trouble.lineno}, column {trouble.colno}: this is not valid JSON.",
            "Ask who sent it for the whole document.",
        ) from trouble
    except (RecursionError, ValueError) as trouble:
        raise ReadError(
            f"{name} is JSON that is nested too deeply, or holds a number of thousands of digits.", "Ask who sent it."
        ) from trouble
    return value


def text_in(item: dict[str, Json], *keys: str) -> str:
    """Return the stripped text under the first of the keys that has one."""
    found = (item.get(key) for key in keys)
    return next((said(value) for value in found if isinstance(value, str) and value.strip()), "")


def said(value: str) -> str:
    """Return a text that can be written to a file: JSON can hold lone surrogates."""
    return storable(value.strip())


def objects(item: dict[str, Json], *keys: str) -> Iterator[dict[str, Json]]:
    """Yield the objects under the keys, whether in a list, keyed by name, or single."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, dict) and not any(isinstance(each, str) for each in value.values()):
            value = list(value.values())
        yield from many(value)


def many(value: Json) -> Iterator[dict[str, Json]]:
    """Yield the objects in a value: itself, or those in a list."""
    values = value if isinstance(value, list) else [value]
    yield from (each for each in values if isinstance(each, dict))
