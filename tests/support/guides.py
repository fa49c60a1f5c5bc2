"""Guides of audiobooks (Readium Guided Navigation), as a reading app walks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def guided_objects(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects inside a guide or one of its objects, each before those inside it."""
    for child in part.get("guided", part.get("children", [])):
        yield child
        yield from guided_objects(child)


def guided_sentences(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that sound, in order."""
    return [each for each in guided_objects(part) if "audioref" in each]
