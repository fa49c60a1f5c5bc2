"""In: the folder of a finished edition. Out: what its edition.json says is heard when, and in which file.

The folder may come from anywhere, so what it says is checked before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn, TypeVar

from audio_edition.errors import ProofError
from audio_edition.model import RATE_HZ, Chapter, ChapterRecording, Cue, Utterance
from audio_edition.publish.manifest import NAME, VERSION

_LIMIT_BYTES = 200_000_000
_LONGEST_HOURS = 200
_SOUNDS = ("mp3", "m4b")
"""Formats that hold the whole edition, the one to take first leading."""
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class FinishedEdition:
    """An edition as it lies on the disk. Its chapters have no tracks: `sound` holds all of them."""

    title: str
    language: str
    sound: Path
    chapters: tuple[ChapterRecording, ...]


class _NotSoError(Exception):
    """What edition.json says can't be so."""


def is_edition(path: Path) -> bool:
    """Whether a path is an edition's folder, or the edition.json in one."""
    return path.is_dir() or path.name == NAME


def read_edition(path: Path) -> FinishedEdition:
    """The edition in a folder (or of its edition.json). Raises ProofError, which names the file and the place."""
    folder = path.parent if path.name == NAME else path
    manifest = _parsed(folder / NAME)
    try:
        if manifest.get("format") != "audio-edition" or manifest.get("version") != VERSION:
            _not_so("it is no edition of a version that this program knows")
        chapters = tuple(_chapter(chapter) for chapter in _items(manifest, "chapters"))
        _check_order(chapters)
        sound = _sound(folder, manifest)
        return FinishedEdition(_value(manifest, "title", str), _value(manifest, "language", str), sound, chapters)
    except _NotSoError as error:
        raise ProofError(f"{folder / NAME}: {error}.", "Build the edition again.") from error


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(_LIMIT_BYTES + 1)
        if len(text) > _LIMIT_BYTES:
            raise ProofError(f"{path} is larger than {_LIMIT_BYTES // 1_000_000} MB.", "Name the right folder.")
        manifest = json.loads(text)
    except OSError as error:
        raise ProofError(
            f"{path} can't be read ({error.strerror}).", "Name the folder of an edition, as build prints it."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ProofError(f"{path}: this is not JSON: {str(error)[:100]}.", "Build the edition again.") from error
    if not isinstance(manifest, dict):
        raise ProofError(f"{path}: this describes no edition.", "Name the folder of an edition, as build prints it.")
    return manifest


def _chapter(entry: Any) -> ChapterRecording:
    start, length = _samples(entry, "start"), _samples(entry, "length")
    cues = tuple(_cue(cue, start) for cue in _items(entry, "cues"))
    utterances = tuple(cue.utterance for cue in cues)
    chapter = Chapter(_value(entry, "id", str), _value(entry, "title", str), utterances)
    return ChapterRecording(chapter, start, length, cues, {})


def _cue(entry: Any, chapter_start: int) -> Cue:
    text = _value(entry, "text", str)
    utterance = Utterance(
        _value(entry, "id", str), text, _value({"spoken": text, **entry}, "spoken", str),
        language=_value({"language": "", **entry}, "language", str),
    )  # fmt: skip
    return Cue(utterance, _samples(entry, "start") - chapter_start, _samples(entry, "end") - chapter_start)


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


def _sound(folder: Path, manifest: Mapping[str, Any]) -> Path:
    files = {_value(entry, "format", str): _value(entry, "path", str) for entry in _items(manifest, "files")}
    name = next((files[sound] for sound in _SOUNDS if sound in files), None)
    if name is None:
        _not_so("no file of the edition holds all of its sound; build it with --format mp3")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        _not_so("the file with its sound lies outside its folder")
    return folder / path


def _items(entry: Any, key: str) -> list[Any]:
    return _value(entry, key, list)


def _samples(entry: Any, key: str) -> int:
    value = _value(entry, key, int)
    if not 0 <= value <= _LONGEST_HOURS * 3600 * RATE_HZ:
        _not_so(f"“{key}” is out of all bounds")
    return value


def _value(entry: Any, key: str, kind: type[_Kind]) -> _Kind:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        _not_so(f"“{key}” is missing or of the wrong kind")
    return value


def _not_so(what: str) -> NoReturn:
    raise _NotSoError(what)
