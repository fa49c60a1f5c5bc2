"""The input and the result of a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audio_edition.model import Issue


@dataclass(frozen=True, slots=True)
class Document:
    """A document to read: its bytes, and its name for messages.

    `folder` holds the files beside it, if it is a file on this machine; only pictures are read from there. `pictures`
    returns the bytes of those beside a document in an archive. `keep_all` also keeps what looks like boilerplate.
    """

    data: bytes
    name: str
    folder: Path | None = None
    keep_all: bool = False
    pictures: Callable[[str], bytes | None] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's result for a document.

    `seen` are the texts of the source's body that a person could see, in order: every text node, before anything was
    left out. `account` compares their words with those of the articles and of the findings' `text`.
    """

    issue: Issue
    seen: tuple[str, ...] = ()
