"""Check the files that edition.json lists: missing, changed, unlisted or badly named ones."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from audio_edition.check.manifest import NAME, ListedFile, Manifest
from audio_edition.model import Finding

_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$?|conout\$?|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MOST_FILES = 100_000


def is_safe(path: str) -> bool:
    """Return whether every system accepts the path as it is, and it does not lead out of the folder."""
    parts = path.split("/")
    return all(_PART.fullmatch(part) and not part.endswith(".") and not _DEVICE.fullmatch(part) for part in parts)


def unsafe_names(names: Iterator[str], place: str) -> Iterator[Finding]:
    """Yield a finding for each name that some system would refuse, or that leads out of its folder."""
    for name in names:
        if not is_safe(name):
            yield Finding(
                "name-unsafe", "error", f"Not every system takes the name {name[:100]!r}, or it leads elsewhere.",
                place, "Do not unpack it; build the edition again.",
            )  # fmt: skip


def file_findings(manifest: Manifest) -> Iterator[Finding]:
    """Yield the findings that need no look inside the files."""
    yield from unsafe_names((file.path for file in manifest.files), NAME)
    listed = {file.path for file in manifest.files if is_safe(file.path)}
    found = _found(manifest.folder)
    for file in manifest.files:
        if file.path in listed:
            yield from _of_file(manifest.folder, file, file.path in found)
    for name in sorted(found - listed - {NAME}):
        yield Finding(
            "file-strange", "warning", "edition.json does not list this file.", name,
            "Move it away if it is not yours; the next build would not replace the edition otherwise.",
        )  # fmt: skip
    for name in manifest.formats:
        if not manifest.of_format(name):
            yield Finding(
                "format-missing", "error", f"The edition says that it was made as {name}, and lists no file of it.",
                NAME, "Build the edition again.",
            )  # fmt: skip


def readable(manifest: Manifest) -> list[str]:
    """Return the listed files that exist and are safe to open."""
    found = _found(manifest.folder)
    return [file.path for file in manifest.files if is_safe(file.path) and file.path in found]


def _found(folder: Path) -> set[str]:
    """Return every regular file of the folder by its path, without following links."""
    found: set[str] = set()
    for place, _, names in os.walk(folder, followlinks=False):
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink() and name not in _LITTER:
                found.add(path.relative_to(folder).as_posix())
        if len(found) > _MOST_FILES:
            break
    return found


def _of_file(folder: Path, file: ListedFile, is_there: bool) -> Iterator[Finding]:
    if not is_there:
        yield Finding(
            "file-missing", "error", "edition.json lists this file, and it is not there.", file.path,
            "Copy the edition again, or build it again.",
        )  # fmt: skip
        return
    path = folder / file.path
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        yield unreadable(file.path, error.strerror or "the system refuses")
        return
    if (size, digest) != (file.size, file.sha256):
        what = f"{size:,} bytes instead of {file.size:,}" if size != file.size else "the same size, other bytes"
        yield Finding(
            "file-changed", "error", f"The file is not the one that the edition was built with: {what}.", file.path,
            "Copy the edition again, or build it again.",
        )  # fmt: skip


def unreadable(place: str, reason: str) -> Finding:
    """Return the finding for a file that the reader of its kind cannot read."""
    return Finding(
        "file-unreadable", "error", f"It can't be read: {reason}.", place, "Copy the edition again, or build it again."
    )
