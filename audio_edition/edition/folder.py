"""Read the folder of a finished edition. The folder is untrusted: edition.json is validated."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio_edition.edition.read_json import (
    NotSoError,
    chapters_of,
    items,
    metadata_of,
    not_so,
    optional,
    published_of,
    value_of,
    voices_of,
    wording_of,
)
from audio_edition.edition.write_json import VERSION
from audio_edition.errors import EditionError, place_in
from audio_edition.model import EDITION_JSON, ChapterRecording, Metadata, Voice, Wording
from audio_edition.model.blocks_json import BlocksError

SOUNDS = ("mp3", "m4b")
"""Formats that hold the whole edition in one file, the one to take first leading."""

_LIMIT_BYTES = 200_000_000
_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]{0,199}")
"""What a file or folder of an edition may be called: what every system and every address takes as it is."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AGAIN = "Build the edition again."
OUTDATED = "Build it again from its document: audio-edition build DOCUMENT"
"""What to do with an edition that an earlier version made."""


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A file of an edition: `path` is relative to its folder, with slashes; `size` is in bytes, `sha256` in
    hexadecimal digits."""

    path: str
    size: int
    sha256: str
    media_type: str
    format: str


@dataclass(frozen=True, slots=True)
class FinishedEdition:
    """An edition on disk. Its chapters have no tracks: the file `sound` holds all of them.

    A `preview` holds only the first minute of its document; the files of a `signed` one carry content credentials; one
    that is not to show its text has no book with it (`has_text`).
    `manifest_sha256` changes with any file, as edition.json holds the SHA-256 of every other file.
    """

    folder: Path
    title: str
    language: str
    published: str
    source: str
    byline: str
    metadata: Metadata
    wording: Wording
    voices: tuple[Voice, ...]
    chapters: tuple[ChapterRecording, ...]
    files: tuple[EditionFile, ...]
    preview: bool
    signed: bool
    has_text: bool
    manifest_sha256: str = field(repr=False)

    @property
    def sound(self) -> Path:
        """The path of the whole sound. Raises EditionError."""
        return self.folder / self.whole_sound().path

    def whole_sound(self) -> EditionFile:
        """Return the file that holds all sound of the edition: the first of SOUNDS that exists. Raises EditionError
        where it was made without."""
        whole = (file for name in SOUNDS for file in self.files if file.format == name)
        if file := next(whole, None):
            return file
        raise EditionError(
            f"{self.folder}: no file of the edition holds all of its sound.", "Build it again with --format mp3 too."
        )

    @property
    def length(self) -> int:
        """Length in samples at RATE_HZ."""
        return self.chapters[-1].end


def is_edition(path: Path) -> bool:
    """Whether a path is an edition's folder, or the edition.json in one."""
    return path.is_dir() or path.name == EDITION_JSON


def read_edition(path: Path) -> FinishedEdition:
    """Return the edition in a folder (or of its edition.json). Raises EditionError, which names the file and the
    place."""
    folder = path.parent if path.name == EDITION_JSON else path
    text = manifest_of(folder)
    manifest = _parsed(text, folder / EDITION_JSON)
    try:
        _check_version(manifest, folder / EDITION_JSON)
        return FinishedEdition(
            folder=folder,
            title=value_of(manifest, "title", str),
            language=value_of(manifest, "language", str),
            published=published_of(manifest),
            source=value_of(manifest, "source", str),
            byline=value_of(manifest, "byline", str),
            metadata=metadata_of(manifest),
            wording=wording_of(manifest),
            voices=voices_of(manifest),
            chapters=chapters_of(manifest),
            files=_files(manifest),
            preview=optional(manifest, "preview", otherwise=False),
            signed=optional(manifest, "signed", otherwise=False),
            has_text=_book_text(manifest) != "none",
            manifest_sha256=hashlib.sha256(text).hexdigest(),
        )
    except (NotSoError, BlocksError) as error:
        raise EditionError(f"{folder / EDITION_JSON}: {error}.", _AGAIN) from error


def _book_text(manifest: Mapping[str, Any]) -> object:
    """Return what of the text the books hold, as the settings say."""
    settings = manifest.get("settings")
    return settings.get("text") if isinstance(settings, dict) else None


def _check_version(manifest: Mapping[str, Any], path: Path) -> None:
    """Raise EditionError if this is not an edition, or one of another version."""
    version = manifest.get("version")
    if manifest.get("format") != "audio-edition" or type(version) is not int or version > VERSION:
        not_so("it is not an edition of a version that this program knows")
    if version < VERSION:
        raise EditionError(f"{path}: an earlier version of this program made the edition.", OUTDATED)


def manifest_of(folder: Path) -> bytes:
    """Return the bytes of a folder's edition.json. Raises EditionError."""
    path = folder / EDITION_JSON
    try:
        with path.open("rb") as file:
            text = file.read(_LIMIT_BYTES + 1)
    except OSError as error:
        raise EditionError(
            f"{path} can't be read ({error.strerror}).", "Name the folder of an edition, as build prints it."
        ) from error
    if len(text) > _LIMIT_BYTES:
        raise EditionError(f"{path} is larger than {_LIMIT_BYTES // 1_000_000} MB.", "Name the right folder.")
    return text


def listed_files(manifest: bytes, path: Path | str) -> tuple[EditionFile, ...]:
    """Return the files that the edition.json at `path` lists. Raises EditionError if a path leaves the folder or is
    listed twice."""
    try:
        return _files(_parsed(manifest, path))
    except NotSoError as error:
        raise EditionError(f"{path}: {error}.", _AGAIN) from error


def whole_file(folder: Path, file: EditionFile) -> Path:
    """Return the path of an edition's file after checking that it lies in `folder` and matches its size and SHA-256.
    Raises EditionError."""
    path = folder / file.path
    try:
        if any(step.is_symlink() for step in (path, *path.parents[: file.path.count("/")])):
            raise EditionError(f"{path} leads out of the edition's folder.", _AGAIN)
        with path.open("rb") as opened:
            same = hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        if same and path.stat().st_size == file.size:
            return path
    except OSError as error:
        raise EditionError(f"{path} can't be read ({error.strerror}).", _AGAIN) from error
    raise EditionError(f"{path} does not match its checksum in edition.json.", _AGAIN)


def _parsed(text: bytes, path: Path | str) -> Mapping[str, Any]:
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" at {where}" if (where := place_in(error)) else ""
        raise EditionError(f"{path}: this is not JSON{place}.", _AGAIN) from error
    if not isinstance(manifest, dict):
        raise EditionError(
            f"{path}: this does not describe an edition.", "Name the folder of an edition, as build prints it."
        )
    return manifest


def _files(manifest: Mapping[str, Any]) -> tuple[EditionFile, ...]:
    files = tuple(_file(entry) for entry in items(manifest, "files"))
    if len({file.path.casefold() for file in files} | {EDITION_JSON}) != len(files) + 1:
        not_so("a file is listed twice")
    return files


def _file(entry: Any) -> EditionFile:
    path = value_of(entry, "path", str)
    if not all(_NAME.fullmatch(part) for part in path.split("/")):
        not_so("a file lies outside its folder, or has a name that not every system takes")
    size, sha256 = value_of(entry, "size", int), value_of(entry, "sha256", str)
    if size < 0 or not _SHA256.fullmatch(sha256):
        not_so(f"the size or SHA-256 of {path} is invalid")
    return EditionFile(path, size, sha256, value_of(entry, "type", str), value_of(entry, "format", str))
