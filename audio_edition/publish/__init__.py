"""Publish: a Recording becomes the files of an edition, one module per format.

PACKAGES names the formats. A format is a module here with `write(recording, folder, slug) -> Package`, and one entry.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from audio_edition.errors import PublishError, SettingsError
from audio_edition.model import Package, Recording
from audio_edition.publish.manifest import JSON
from audio_edition.publish.manifest import write as _write_manifest
from audio_edition.publish.slug import slug

__all__ = ["JSON", "PACKAGES", "chosen", "publish", "slug", "write_manifest"]

Writer = Callable[[Recording, Path, str], Package]

_MAKE_ROOM = "If the disk is full, make room or name another folder with -o."


def _write(module: str, recording: Recording, folder: Path, slug: str) -> Package:
    """Let a format's module write. It is imported when it is used: tags and pages need libraries that take time."""
    write = cast(Writer, importlib.import_module(f"{__name__}.{module}").write)
    try:
        return write(recording, folder, slug)
    except OSError as error:
        raise _unwritable(module, folder, error) from error


def _unwritable(what: str, folder: Path, error: OSError) -> PublishError:
    place = error.filename or folder
    return PublishError(f"{place}: {what} could not be written ({error.strerror or error}).", _MAKE_ROOM)


PACKAGES: dict[str, Writer] = {
    "mp3": functools.partial(_write, "mp3"),
    "tracks": functools.partial(_write, "tracks"),
    "transcript": functools.partial(_write, "transcript"),
    "chapters": functools.partial(_write, "chapters"),
}


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The formats named, each once in the order of PACKAGES; all of them where none is named."""
    if unknown := [name for name in names if name not in PACKAGES]:
        raise SettingsError(f"There is no format {unknown[0]!r}.", f"Name some of: {', '.join(PACKAGES)}.")
    return tuple(name for name in PACKAGES if name in names or not names)


def publish(recording: Recording, folder: Path, slug: str, formats: Sequence[str] = ()) -> tuple[Package, ...]:
    """Write the formats named (see `chosen`) into `folder`, which exists."""
    return tuple(PACKAGES[name](recording, folder, slug) for name in chosen(formats))


def write_manifest(recording: Recording, folder: Path, packages: Sequence[Package], facts: Mapping[str, JSON]) -> Path:
    """Write edition.json, which names every other file in `folder`: so it comes last. Returns its path."""
    try:
        return _write_manifest(recording, folder, packages, facts)
    except OSError as error:
        raise _unwritable("edition.json", folder, error) from error
