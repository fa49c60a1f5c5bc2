"""In: the folder of a finished edition. Out: what its edition.json says is in it, and is heard when.

The folder may come from anywhere, so what it says is checked before it is believed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from audio_edition.blocks_json import BlocksError, blocks_from_json, spans_from_json
from audio_edition.errors import EditionError
from audio_edition.model import (
    RATE_HZ,
    Chapter,
    ChapterRecording,
    Creator,
    CreatorRole,
    Cue,
    Metadata,
    Passage,
    Role,
    Text,
    Utterance,
    Voice,
    leaves,
)
from audio_edition.publish.manifest import NAME, VERSION

SOUNDS = ("mp3", "m4b")
"""Formats that hold the whole edition in one file, the one to take first leading."""

_LIMIT_BYTES = 200_000_000
_LONGEST_HOURS = 200
_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]{0,199}")
"""What a file or folder of an edition may be called: what every system and every address takes as it is."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_AGAIN = "Build the edition again."
OUTDATED = "Make it anew from its document: audio-edition build DOCUMENT"
"""What to do with an edition that an earlier version made."""
_Kind = TypeVar("_Kind")


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
    """An edition as it lies on the disk. Its chapters have no tracks: the file `sound` holds all of them.
    `manifest_sha256` tells whether anything in it changed: edition.json holds the SHA-256 of every other file."""

    folder: Path
    title: str
    language: str
    published: str
    source: str
    byline: str
    metadata: Metadata
    voices: tuple[Voice, ...]
    chapters: tuple[ChapterRecording, ...]
    files: tuple[EditionFile, ...]
    manifest_sha256: str = field(repr=False)

    @property
    def sound(self) -> Path:
        """The file that holds the whole edition, the first of SOUNDS that is there."""
        return next(self.folder / file.path for name in SOUNDS for file in self.files if file.format == name)

    @property
    def length(self) -> int:
        """Samples at RATE_HZ."""
        return self.chapters[-1].end


class _NotSoError(Exception):
    """What edition.json says can't be so."""


def is_edition(path: Path) -> bool:
    """Whether a path is an edition's folder, or the edition.json in one."""
    return path.is_dir() or path.name == NAME


def read_edition(path: Path) -> FinishedEdition:
    """The edition in a folder (or of its edition.json). Raises EditionError, which names the file and the place."""
    folder = path.parent if path.name == NAME else path
    text = manifest_of(folder)
    manifest = _parsed(text, folder / NAME)
    try:
        _check_version(manifest, folder / NAME)
        chapters = tuple(_chapter(chapter) for chapter in _items(manifest, "chapters"))
        _check_order(chapters)
        if not chapters:
            _not_so("it has no chapters")
        return FinishedEdition(
            folder=folder,
            title=_value(manifest, "title", str),
            language=_value(manifest, "language", str),
            published=_published(manifest),
            source=_value(manifest, "source", str),
            byline=_value(manifest, "byline", str),
            metadata=_metadata(manifest),
            voices=_voices(manifest),
            chapters=chapters,
            files=_files(manifest),
            manifest_sha256=hashlib.sha256(text).hexdigest(),
        )
    except (_NotSoError, BlocksError) as error:
        raise EditionError(f"{folder / NAME}: {error}.", _AGAIN) from error


def _check_version(manifest: Mapping[str, Any], path: Path) -> None:
    """Raises EditionError for what is no edition, or one of another version."""
    version = manifest.get("version")
    if manifest.get("format") != "audio-edition" or type(version) is not int or version > VERSION:
        _not_so("it is no edition of a version that this program knows")
    if version < VERSION:
        raise EditionError(f"{path}: an earlier version of this program made the edition.", OUTDATED)


def manifest_of(folder: Path) -> bytes:
    """The edition.json of a folder, unread. Raises EditionError."""
    path = folder / NAME
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
    """The files that an edition.json, which lies at `path`, lists: their paths lead nowhere out of its folder, and none
    is there twice. Raises EditionError."""
    try:
        return _listed(_parsed(manifest, path))
    except _NotSoError as error:
        raise EditionError(f"{path}: {error}.", _AGAIN) from error


def whole_file(folder: Path, file: EditionFile) -> Path:
    """Where a file of the edition in `folder` lies, having looked that it is in there, whole, and the one that the
    edition was built with. Raises EditionError."""
    path = folder / file.path
    try:
        if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
            raise EditionError(f"{path} leads out of the edition's folder.", _AGAIN)
        with path.open("rb") as opened:
            same = hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        if same and path.stat().st_size == file.size:
            return path
    except OSError as error:
        raise EditionError(f"{path} can't be read ({error.strerror}).", _AGAIN) from error
    raise EditionError(f"{path} is not the file that edition.json tells of.", _AGAIN)


def _parsed(text: bytes, path: Path | str) -> Mapping[str, Any]:
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditionError(f"{path}: this is not JSON: {str(error)[:100]}.", _AGAIN) from error
    if not isinstance(manifest, dict):
        raise EditionError(f"{path}: this describes no edition.", "Name the folder of an edition, as build prints it.")
    return manifest


def _published(manifest: Mapping[str, Any]) -> str:
    published = _value(manifest, "published", str)
    try:
        if published and not (_DATE.fullmatch(published) and date.fromisoformat(published)):
            _not_so("“published” is no date")
    except ValueError:
        _not_so("“published” is no date")
    return published


def _metadata(manifest: Mapping[str, Any]) -> Metadata:
    told: dict[str, Any] = _optional(manifest, "metadata", {})
    creators: list[Any] = _optional(told, "creators", [])
    return Metadata(
        creators=tuple(_creator(entry) for entry in creators),
        subtitle=_optional(told, "subtitle", ""),
        description=_optional(told, "description", ""),
        subjects=_texts(told, "subjects"),
        series=_optional(told, "series", ""),
        series_position=_optional(told, "series_position", ""),
        rights=_optional(told, "rights", ""),
        identifiers=_texts(told, "identifiers"),
        cover=_optional(told, "cover", ""),
    )


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values: list[Any] = _optional(entry, key, [])
    if not all(isinstance(text, str) for text in values):
        _not_so(f"“{key}” holds something else than texts")
    return tuple(values)


def _creator(entry: Any) -> Creator:
    role: Any = _value(entry, "role", str)
    if role not in get_args(CreatorRole):
        _not_so("a creator has a role that nobody can have")
    return Creator(_value(entry, "name", str), role)


def _voices(manifest: Mapping[str, Any]) -> tuple[Voice, ...]:
    others: list[Any] = _optional(manifest, "other_voices", [])
    return tuple(_voice(entry) for entry in (_value(manifest, "voice", dict), *others))


def _voice(entry: Any) -> Voice:
    return Voice(**{known.name: _value(entry, known.name, str) for known in fields(Voice)})


def _chapter(entry: Any) -> ChapterRecording:
    start, length = _samples(entry, "start"), _samples(entry, "length")
    name = _value(entry, "id", str)
    said: dict[str, list[Cue]] = {}
    for value in _items(entry, "cues"):
        said.setdefault(_value(value, "passage", str), []).append(_cue(value, start))
    blocks = blocks_from_json(
        _items(entry, "blocks"), lambda value, place: _passage(value, place, said), f"{name}.blocks"
    )
    cues = tuple(cue for passage in leaves(blocks) for cue in said.pop(passage.id, ()))
    if said:
        _not_so(f"{name} has a sentence that stands nowhere in its blocks")
    chapter = Chapter(
        name,
        _value(entry, "title", str),
        blocks,
        _value(entry, "level", int),
        _optional(entry, "continues", False),
        _optional(entry, "track", ""),
    )
    return ChapterRecording(chapter, start, length, cues)


def _passage(value: Any, place: str, said: Mapping[str, Sequence[Cue]]) -> Passage:
    name = _value(value, "passage", str)
    unspoken: dict[str, Any] = _optional(value, "unspoken", {})
    text = _optional(unspoken, "text", "")
    return Passage(
        name,
        _role(value),
        tuple(cue.utterance for cue in said.get(name, ())),
        _optional(value, "language", ""),
        Text(
            text,
            spans_from_json(_optional(unspoken, "spans", []), len(text), f"{place}.unspoken.spans"),
            _optional(unspoken, "language", ""),
        ),
    )


def _cue(entry: Any, chapter_start: int) -> Cue:
    text, name = _value(entry, "text", str), _value(entry, "id", str)
    utterance = Utterance(
        name,
        text,
        _optional(entry, "spoken", text),
        _role(entry),
        _optional(entry, "language", ""),
        _optional(entry, "space_before", True),
        spans=spans_from_json(_optional(entry, "spans", []), len(text), f"{name}.spans"),
        announces=_optional(entry, "announces", ""),
        concludes=_optional(entry, "concludes", ""),
    )
    return Cue(utterance, _samples(entry, "start") - chapter_start, _samples(entry, "end") - chapter_start)


def _role(entry: Any) -> Role:
    role: Any = _value(entry, "role", str)
    if role not in get_args(Role):
        _not_so("“role” is none that a sentence can have")
    return role  # type: ignore[no-any-return]


def _check_order(chapters: tuple[ChapterRecording, ...]) -> None:
    """Times must rise: sound is decoded once, from start to end."""
    times = [0]
    for recorded in chapters:
        times.append(recorded.start)
        for cue in recorded.cues:
            times += [recorded.start + cue.start, recorded.start + cue.end]
        times.append(recorded.end)
    if any(late < early for early, late in pairwise(times)):
        _not_so("its times do not rise from cue to cue")


def _files(manifest: Mapping[str, Any]) -> tuple[EditionFile, ...]:
    files = _listed(manifest)
    if not any(file.format in SOUNDS for file in files):
        _not_so("no file of the edition holds all of its sound; build it with --format mp3")
    return files


def _listed(manifest: Mapping[str, Any]) -> tuple[EditionFile, ...]:
    files = tuple(_file(entry) for entry in _items(manifest, "files"))
    if len({file.path.casefold() for file in files} | {NAME}) != len(files) + 1:
        _not_so("a file of it is there twice")
    return files


def _file(entry: Any) -> EditionFile:
    path = _value(entry, "path", str)
    if not all(_NAME.fullmatch(part) for part in path.split("/")):
        _not_so("a file lies outside its folder, or has a name that not every system takes")
    size, sha256 = _value(entry, "size", int), _value(entry, "sha256", str)
    if size < 0 or not _SHA256.fullmatch(sha256):
        _not_so(f"the size or SHA-256 of {path} can't be so")
    return EditionFile(path, size, sha256, _value(entry, "type", str), _value(entry, "format", str))


def _items(entry: Any, key: str) -> list[Any]:
    return _value(entry, key, list)


def _samples(entry: Any, key: str) -> int:
    value = _value(entry, key, int)
    if not 0 <= value <= _LONGEST_HOURS * 3600 * RATE_HZ:
        _not_so(f"“{key}” is out of all bounds")
    return value


def _value(entry: Any, key: str, kind: type[_Kind]) -> _Kind:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        _not_so(f"“{key}” is missing or of the wrong kind")
    return value


def _optional(entry: Mapping[str, Any], key: str, otherwise: _Kind) -> _Kind:
    return _value(entry, key, type(otherwise)) if key in entry else otherwise


def _not_so(what: str) -> NoReturn:
    raise _NotSoError(what)
