"""Reads pictures in files beside a document. Nothing is fetched, and nothing outside its folder is read."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote

from audio_edition.read.document import Document
from audio_edition.read.markup.pictures import MOST_BYTES, Pictures, no_pictures

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_LONGEST_PATH = 1_000
_FLAGS = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
_MOST_FILES = 2_000


def pictures_of(document: Document) -> Pictures:
    """Return a function that returns the bytes of a picture beside a document, in its folder or its archive."""
    return document.pictures or pictures_beside(document.folder)


def pictures_beside(folder: Path | None) -> Pictures:
    """Return a function that returns the bytes of a picture by its path from a folder; without a folder it finds none.

    The function returns None for an address, a path outside the folder after links are resolved, anything but a regular
    file, a large one, and once it has read as much as a document may hold.
    """
    if folder is None:
        return no_pictures
    beside = _Beside(folder)
    return beside.read


class _Beside:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._left = MOST_BYTES
        self._files = _MOST_FILES

    def read(self, source: str) -> bytes | None:
        path = source.strip().partition("?")[0].partition("#")[0]
        if not path or len(path) > _LONGEST_PATH or _ELSEWHERE.match(path) or not self._files:
            return None
        self._files -= 1
        try:
            data = _inside(self._folder, unquote(path), self._left)
        except (OSError, ValueError, RuntimeError):  # no such file, a NUL in its name, links in a ring
            return None
        self._left -= len(data or b"")
        return data


def _inside(folder: Path, path: str, most: int) -> bytes | None:
    """Return the bytes of a regular file in the folder, None if it is larger than `most` or lies elsewhere."""
    base = folder.resolve(strict=True)
    place = (base / path).resolve(strict=True)
    if not place.is_relative_to(base):
        return None
    # Non-blocking: opening a pipe would wait for a writer, and reading it may never end.
    descriptor = os.open(place, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        data = file.read(most + 1)
    return data if len(data) <= most else None
