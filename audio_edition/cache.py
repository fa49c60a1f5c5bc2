"""A cache of files, named by everything their content depends on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from audio_edition.atomic import blocks_of, locked, new_file
from audio_edition.model.settings import CACHE_BYTES

_DIGEST_BYTES = 32
_ENTRIES = "entries"
_ENTRY_NAME = re.compile(r"(\.)?[0-9a-f]{39,62}(?(1)\..*)")
"""An entry, or the temporary file of one that a killed run left."""


def key_of(*facts: object) -> str:
    """Return a name for what depends on `facts` (strings, numbers, lists of them) and on nothing else."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def default_cache(limit_bytes: int = CACHE_BYTES) -> Cache | None:
    """Return the cache in AUDIO_EDITION_CACHE, or in the system's cache folder; None for a user without a home."""
    import platformdirs

    try:
        named = os.environ.get("AUDIO_EDITION_CACHE")
        folder = Path(named).expanduser() if named else platformdirs.user_cache_path("audio-edition", False)
        return Cache(folder, limit_bytes)
    except RuntimeError:
        return None


@dataclass(frozen=True, slots=True)
class Cache:
    """Files named by everything they depend on. An entry is its SHA-256 followed by its content; an entry that does not
    match counts as missing. A cache that cannot be written stays empty and raises nothing."""

    folder: Path
    limit_bytes: int = CACHE_BYTES

    def open(self, key: str) -> BinaryIO | None:
        """Return the entry's content, verified, at its first byte; None if it is missing or corrupt."""
        try:
            file = self._path(key).open("rb")
        except OSError:
            return None
        try:
            if file.read(_DIGEST_BYTES) == _digest(file):
                file.seek(_DIGEST_BYTES)
                with contextlib.suppress(OSError):  # a cache that can only be read is one, too
                    os.utime(file.fileno() if os.utime in os.supports_fd else self._path(key))
                return file
        except OSError:
            pass
        file.close()
        return None

    def put(self, key: str, blocks: Iterable[bytes]) -> None:
        """Store an entry; do nothing if the disk refuses."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with new_file(path) as file:
                locked(file)
                hashed = hashlib.sha256()
                file.write(bytes(_DIGEST_BYTES))
                for block in blocks:
                    hashed.update(block)
                    file.write(block)
                file.seek(0)
                file.write(hashed.digest())

    def renew(self, keys: Iterable[str]) -> None:
        """Mark entries as just used, so that they are deleted last."""
        for key in keys:
            with contextlib.suppress(OSError):
                os.utime(self._path(key))

    def prune(self) -> None:
        """Remove what killed runs left, and what was not used for longest until the rest fits nine tenths of the
        limit."""
        entries = sorted(self._entries())
        for _, _, path in entries:
            if path.name.startswith("."):
                _remove_abandoned_file(path)
        excess = sum(size for _, size, _ in entries) - self.limit_bytes
        if excess <= 0:
            return
        excess += self.limit_bytes // 10
        for _, size, path in entries:
            if excess <= 0:
                break
            if _removed(path):
                excess -= size

    def usage(self) -> Usage:
        """Return what the cache holds."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove all that the cache made; returns what went. Another process that uses it makes its clips anew."""
        sizes = [size for _, size, path in self._entries() if _removed(path)]
        return Usage(len(sizes), sum(sizes))

    def _path(self, key: str) -> Path:
        return self.folder / _ENTRIES / key[:2] / key[2:]

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield each file that the cache made: time of last use, size in bytes, path. Other files are ignored."""
        for path in (self.folder / _ENTRIES).glob("??/*"):
            if _ENTRY_NAME.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    facts = path.stat()
                    yield facts.st_mtime, facts.st_size, path


@dataclass(frozen=True, slots=True)
class Usage:
    """The number of entries and their size in bytes."""

    entries: int
    bytes: int


def _removed(path: Path) -> bool:
    """Whether the file is gone, by our hand or by another process's: some systems keep what is open."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _remove_abandoned_file(path: Path) -> None:
    """Remove a temporary file that nobody is writing any more: nobody holds it."""
    with contextlib.suppress(OSError), path.open("r+b") as file:
        if locked(file):
            path.unlink()


def _digest(file: IO[bytes]) -> bytes:
    hashed = hashlib.sha256()
    for block in blocks_of(file):
        hashed.update(block)
    return hashed.digest()
