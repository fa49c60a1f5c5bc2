"""In: any text. Out: whether an engine could make a sound of it, so that no cue is silent."""

from __future__ import annotations

import unicodedata


def is_speakable(text: str) -> bool:
    """Whether the text holds a letter, a digit, or a sign that has a name (an emoji, a currency)."""
    return any(character.isalnum() or unicodedata.category(character) in ("So", "Sc") for character in text)
