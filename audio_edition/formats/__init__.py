"""Formats: a Recording becomes the files of an edition, one module per format.

PACKAGES names those of this package, each a module here with `write`. Other packages add theirs by the entry point
group `audio_edition.formats`.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from audio_edition.errors import AudioEditionError, SettingsError
from audio_edition.formats.slug import slug
from audio_edition.model import BookText, Package, Recording
from audio_edition.model.profiles import DELIVERED, PROFILES
from audio_edition.plugins import broken_plugin, load_plugin, plugins, without

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["PACKAGES", "Format", "OwnFormat", "chosen", "codecs_of", "formats", "slug", "write_packages"]


class Format(Protocol):
    """A package format."""

    @property
    def codecs(self) -> tuple[str, ...]:
        """The codecs whose tracks it packs: "mp3", "aac", "pcm" (samples as they are), or none."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """The formats whose files it refers to; they are made with it."""
        ...

    def write(self, recording: Recording, folder: Path, slug: str) -> Package:
        """Write the files of the format into a folder and return their names, the one to open first leading."""
        ...


@dataclass(frozen=True, slots=True)
class OwnFormat:
    """A format of this package: the module that writes it, and the fields of Format. One of `needs_one` is enough, and
    the first is made if none is; `by_default` says whether it is made when no format is named, `is_text` whether it
    shows the text, whatever the books hold."""

    module: str
    codecs: tuple[str, ...] = ("mp3",)
    needs: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    by_default: bool = True
    is_text: bool = False

    def write(self, recording: Recording, folder: Path, slug: str) -> Package:
        """Let the module write. It is imported when it is used: tags and pages need libraries that take time."""
        return cast(Package, importlib.import_module(f"{__name__}.{self.module}").write(recording, folder, slug))


PACKAGES: dict[str, OwnFormat] = {
    "mp3": OwnFormat("mp3"),
    "m4b": OwnFormat("m4b", codecs=("aac",)),
    "epub": OwnFormat("epub"),
    "daisy202": OwnFormat("daisy202"),
    "daisy-folder": OwnFormat("daisy_folder", by_default=False),
    "daisy3": OwnFormat("daisy3", by_default=False),
    "tracks": OwnFormat("tracks"),
    "delivery": OwnFormat("delivery", codecs=("pcm",), by_default=False),
    "images": OwnFormat("images", codecs=(), is_text=True),
    "onix": OwnFormat("onix", codecs=(), needs=("epub",), by_default=False),
    "braille": OwnFormat("braille", codecs=(), by_default=False, is_text=True),
    "pef": OwnFormat("braille.pef", codecs=(), by_default=False, is_text=True),
    "ebraille": OwnFormat("braille.ebraille", codecs=(), by_default=False, is_text=True),
    "transcript": OwnFormat("transcript", codecs=(), needs=("images",), is_text=True),
    "chapters": OwnFormat("chapters", codecs=()),
    "cover": OwnFormat("cover", codecs=()),
    "audiobook": OwnFormat("audiobook", needs=("tracks", "images", "transcript", "cover"), is_text=True),
    "page": OwnFormat("page", codecs=(), needs=("images",), needs_one=("mp3", "m4b"), is_text=True),
}
"""In the order in which they are written: what a format needs stands before it, and the page, which lists all, last."""


BRAILLE = frozenset({"braille", "pef", "ebraille"})
"""The formats whose text is braille, which liblouis translates."""
_TEXT_OR_NOT = "Leave out the format, or --text none."


def formats() -> dict[str, Format]:
    """Return all formats by name, those of other packages before the page, which lists all files. Raises MissingTool
    for a plug-in that can't be used."""
    *first, last = PACKAGES.items()
    return {**dict(first), **{name: _added(point) for name, point in plugins("format").items()}, **dict([last])}


def _added(point: EntryPoint) -> Format:
    return cast(Format, load_plugin("format", point, partial(without, Format)))


def chosen(names: Sequence[str], book_text: BookText = "full", profile: str = "") -> tuple[str, ...]:
    """Return the formats named and those that they need, each once and in the order in which they are written; where
    none is named, those of PACKAGES made by default, without those that show the text where books are to have none;
    and that of a profile.

    Raises SettingsError for an unknown format, for one that shows the text with --text none, and for one that needs a
    profile if none is named.
    """
    there = formats() if set(names) - PACKAGES.keys() else PACKAGES
    if unknown := [name for name in names if name not in there]:
        raise SettingsError(f"There is no format {unknown[0]!r}.", f"Name some of: {', '.join(formats())}.")
    of_text = {name for name, own in PACKAGES.items() if own.is_text and book_text == "none"}
    if showing := [name for name in names if name in of_text]:
        raise SettingsError(f"The format {showing[0]} shows the text, and --text none leaves it out.", _TEXT_OR_NOT)
    wanted = set(names) or {name for name, own in PACKAGES.items() if own.by_default} - of_text
    wanted |= {PROFILES[profile].format} if profile else set()
    if DELIVERED in wanted and (not profile or PROFILES[profile].format != DELIVERED):
        raise SettingsError(f"The format {DELIVERED} needs a profile.", "Name one, such as --profile nnels.")
    wanted |= {needed for name in wanted for needed in there[name].needs}
    for name in wanted & PACKAGES.keys():
        choices = PACKAGES[name].needs_one
        wanted = wanted | {choices[0]} if choices and wanted.isdisjoint(choices) else wanted
    return tuple(name for name in there if name in wanted)


def codecs_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the codecs in which chapters must be encoded for these formats: one at least, from which times come."""
    there = formats() if set(names) - PACKAGES.keys() else PACKAGES
    return tuple(sorted({codec for name in names for codec in there[name].codecs})) or ("mp3",)


def libraries_of(names: Sequence[str], language: str) -> dict[str, str]:
    """Return the versions of the libraries of the system that write formats for a language, by their names.

    Raises, before anything is spoken, MissingTool for one that is not there, PublishError for a language that a format
    can't write.
    """
    if BRAILLE.isdisjoint(names):
        return {}
    from audio_edition.formats import braille

    return {"liblouis": braille.library_version(language)}


def write_packages(recording: Recording, folder: Path, slug: str, names: Sequence[str] = ()) -> tuple[Package, ...]:
    """Write the formats named (see `chosen`) into `folder`, which exists, and return their packages.

    Raises MissingTool for a format of another package that fails.
    """
    wanted = chosen(names, recording.book_text, recording.profile)
    return tuple(_written(name, recording, folder, slug) for name in wanted)


def _written(name: str, recording: Recording, folder: Path, slug: str) -> Package:
    if name in PACKAGES:
        return PACKAGES[name].write(recording, folder, slug)
    point = plugins("format")[name]
    try:
        package = _added(point).write(recording, folder, slug)
    except (AudioEditionError, OSError):
        raise
    except Exception as error:  # a stranger's code can raise anything
        raise broken_plugin("format", point, error) from error
    if missing := [path for path in package.files if not (folder / path).is_file()]:
        raise broken_plugin("format", point, f"it did not write {missing[0]}")
    return replace(package, format=name)
