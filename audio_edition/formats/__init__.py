"""Formats: a Recording becomes the files of an edition, one module per format.

PACKAGES names the formats. A format is a module here with `write(recording, folder, slug) -> Package`, and one entry.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from audio_edition.errors import SettingsError
from audio_edition.formats.slug import slug
from audio_edition.model import Package, Recording

__all__ = ["PACKAGES", "Format", "chosen", "codecs_of", "publish", "slug"]


@dataclass(frozen=True, slots=True)
class Format:
    """A package format: the module that writes it, the codecs whose tracks it packs, the formats whose files it refers
    to (of `needs_one` any, the first where none is made), and whether it is made where no format is named."""

    module: str
    codecs: tuple[str, ...] = ("mp3",)
    needs: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    by_default: bool = True

    def write(self, recording: Recording, folder: Path, slug: str) -> Package:
        """Let the module write. It is imported when it is used: tags and pages need libraries that take time."""
        return cast(Package, importlib.import_module(f"{__name__}.{self.module}").write(recording, folder, slug))


PACKAGES: dict[str, Format] = {
    "mp3": Format("mp3"),
    "m4b": Format("m4b", codecs=("aac",)),
    "epub": Format("epub"),
    "daisy202": Format("daisy202"),
    "daisy-folder": Format("daisy_folder", by_default=False),
    "tracks": Format("tracks"),
    "images": Format("images", codecs=()),
    "transcript": Format("transcript", codecs=(), needs=("images",)),
    "chapters": Format("chapters", codecs=()),
    "cover": Format("cover", codecs=()),
    "audiobook": Format("audiobook", needs=("tracks", "images", "transcript", "cover")),
    "page": Format("page", codecs=(), needs=("images",), needs_one=("mp3", "m4b")),
}
"""In the order in which they are written: what a format needs stands before it, and the page, which lists all, last."""


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The formats named and what they need, each once in the order of PACKAGES; where none is named, those made by
    default."""
    if unknown := [name for name in names if name not in PACKAGES]:
        raise SettingsError(f"There is no format {unknown[0]!r}.", f"Name some of: {', '.join(PACKAGES)}.")
    wanted = set(names) or {name for name, made in PACKAGES.items() if made.by_default}
    wanted |= {needed for name in wanted for needed in PACKAGES[name].needs}
    wanted |= {PACKAGES[name].needs_one[0] for name in wanted if wanted.isdisjoint(PACKAGES[name].needs_one or wanted)}
    return tuple(name for name in PACKAGES if name in wanted)


def codecs_of(formats: Sequence[str]) -> tuple[str, ...]:
    """The codecs in which chapters must be there for these formats. Without any, one is needed for the times."""
    return tuple(sorted({codec for name in formats for codec in PACKAGES[name].codecs})) or ("mp3",)


def publish(recording: Recording, folder: Path, slug: str, formats: Sequence[str] = ()) -> tuple[Package, ...]:
    """Write the formats named (see `chosen`) into `folder`, which exists."""
    return tuple(PACKAGES[name].write(recording, folder, slug) for name in chosen(formats))
