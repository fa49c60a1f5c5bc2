"""What an editor should know about a document or an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]

LANGUAGE_GUESSED = "language-guessed"
"""The id of the finding that nobody named the article's language."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should know. `id` names the kind, `place` says where; `text` quotes the characters concerned,
    exactly those if they were left out."""

    id: str
    level: Level
    message: str
    place: str = ""
    remedy: str = ""
    text: str = ""
