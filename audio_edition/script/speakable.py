"""Tell whether every engine can make a sound of a text, so that no cue is silent."""

from __future__ import annotations


def is_speakable(text: str) -> bool:
    """Return whether the text holds a letter or digit. Signs alone (an emoji, a star) are mute in many voices."""
    return any(map(str.isalnum, text))
