"""Collects what is not read of a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from audio_edition.read.pdf.writing import clean


@dataclass(slots=True)
class LeftOut:
    """Texts that are not read, by the id of their finding; `added` are those that are, though no tag names them."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        """Keep a text that is not read."""
        if text := clean(text).strip():
            self.texts.setdefault(kind, []).append(text)
