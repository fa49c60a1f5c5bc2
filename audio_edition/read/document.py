"""What a reader is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audio_edition.model import Issue


@dataclass(frozen=True, slots=True)
class Document:
    """A document to read: its bytes and what messages call it.

    `folder` is where files beside it lie, where it is a file on this machine; only pictures are read from there.
    `keep_all` asks for everything, also what looks like boilerplate.
    """

    data: bytes
    name: str
    folder: Path | None = None
    keep_all: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a document.

    `seen` are the texts of the source's body that a person could see, in order: every text node, before anything was
    left out. The account compares their words with those of the articles and of the findings' `text`.
    """

    issue: Issue
    seen: tuple[str, ...] = ()
