"""In: edition.json. Out: what it says is in the edition, or findings on what can't be so. Every field is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from audio_edition.model import RATE_HZ, Finding, is_language_tag

NAME: Final = "edition.json"
_VERSION = 1
_LIMIT_BYTES = 200_000_000
_LONGEST_SAMPLES = 200 * 3600 * RATE_HZ
_MOST_FAULTS = 20
_BUILD_AGAIN = "Build the edition again."
_NAME_IT = "Name the folder of an edition, as build prints it."


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence: its text, its effective language, and when it sounds, in samples from the edition's start."""

    id: str
    role: str
    text: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; times as in Cue. `track` is what the track is called that begins with it, if not by its title."""

    id: str
    title: str
    level: int
    continues: bool
    track: str
    start: int
    length: int
    cues: tuple[Cue, ...]

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def is_headed(self) -> bool:
        """Whether it begins with a heading."""
        return self.cues[0].role in ("title", "heading")


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file that edition.json lists."""

    path: str
    size: int
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What edition.json says. `voices` are their names; `gain_db` is what the volume takes from the loudness wanted."""

    folder: Path
    title: str
    language: str
    published: str
    certifier: str
    length: int
    voices: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    files: tuple[ListedFile, ...]
    formats: tuple[str, ...]
    target_lufs: float
    volume: float

    @property
    def cues(self) -> tuple[Cue, ...]:
        return tuple(cue for chapter in self.chapters for cue in chapter.cues)

    @property
    def tracks(self) -> list[tuple[Chapter, ...]]:
        """The chapters that are one track each for players that know no levels."""
        together: list[list[Chapter]] = []
        for chapter in self.chapters:
            if together and chapter.continues:
                together[-1].append(chapter)
            else:
                together.append([chapter])
        return [tuple(track) for track in together]

    def of_format(self, name: str) -> list[str]:
        """The paths of a format's files."""
        return [file.path for file in self.files if file.format == name]


# --- the schema

_Shape = Any
"""A type; a pattern; a range; a list of one shape; a table of shapes by key ("key?": may be absent)."""
_SAMPLES = range(_LONGEST_SAMPLES + 1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)?")
_SENTENCE_ID = re.compile(r"c\d+-p\d+-s\d+")
_CHAPTER_ID = re.compile(r"c\d+")
_VOICE = {
    "engine": str, "id": str, "name": str, "language": str, "gender": str, "licence": str, "version": str,
    "rate_wpm?": int,
}  # fmt: skip
_CUE = {
    "id": _SENTENCE_ID, "role": str, "start": _SAMPLES, "end": _SAMPLES, "text": str, "spoken?": str, "language?": str,
    "space_before?": bool, "voice?": {"engine": str, "id": str}, "words?": [[int]],
}  # fmt: skip
_CHAPTER = {
    "id": _CHAPTER_ID, "title": str, "level": range(7), "continues?": bool, "track?": str, "start": _SAMPLES,
    "length": _SAMPLES, "cues": [_CUE],
}  # fmt: skip
_FILE = {"path": str, "size": range(1 << 50), "sha256": _SHA256, "type": str, "format": str}
_FINDING = {
    "id": str,
    "level": re.compile("error|warning|note"),
    "message": str,
    "place?": str,
    "remedy?": str,
    "text?": str,
}
_EDITION = {
    "format": re.compile("audio-edition"), "version": range(_VERSION, _VERSION + 1), "title": str, "language": str,
    "published": _DATE, "source": str, "byline": str, "dateline": str, "rate_hz": range(RATE_HZ, RATE_HZ + 1),
    "length": _SAMPLES, "duration": float, "voice": _VOICE, "engine_version": str, "certifier?": str,
    "other_voices?": [_VOICE],
    "chapters": [_CHAPTER], "findings": [_FINDING], "files": [_FILE],
    "loudness": {"target_lufs": float, "gain_db": float, "limiter_dbtp": float},
    "settings": {"formats": [str], "rate_wpm": int, "volume": float},
    "versions": {"audio-edition": str, "ffmpeg": str},
}  # fmt: skip


def _faults(value: Any, shape: _Shape, place: str) -> Iterator[tuple[str, str]]:
    """Each place where a value has not the shape, and what is wrong there. Keys beyond those of a table are allowed."""
    if isinstance(shape, Mapping):
        yield from _faults_of_table(value, shape, place)
    elif isinstance(shape, list) and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, shape[0], f"{place}[{number}]")
    elif not _fits(value, shape):
        yield place, "is not what it should be"


def _fits(value: Any, shape: _Shape) -> bool:
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, range):
        return type(value) is int and value in shape
    if shape is float:
        return type(value) in (int, float) and abs(value) < 1e9
    return type(value) is shape


def _faults_of_table(value: Any, shape: Mapping[str, _Shape], place: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield place, "is no object"
        return
    for key, inner in shape.items():
        name = key.removesuffix("?")
        if name in value:
            yield from _faults(value[name], inner, f"{place}.{name}".lstrip("."))
        elif name == key:
            yield f"{place}.{name}".lstrip("."), "is missing"


# --- reading


def read_manifest(folder: Path) -> tuple[Manifest | None, list[Finding]]:
    """The manifest of an edition's folder; None, and findings, where it is not sound."""
    try:
        value = _parsed(folder / NAME)
    except (OSError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "strerror", None) or error)[:100]
        message = f"The edition's list of what is in it can't be read: {reason}."
        return None, [Finding("edition-unreadable", "error", message, NAME, _NAME_IT)]
    faults = list(_first(_faults(value, _EDITION, "")))
    if not faults:
        manifest = _manifest(folder, value)
        faults = list(_first(_contradictions(manifest, value)))
    findings = [
        Finding("edition-unsound", "error", f"{place or 'It'} {what}.", f"{NAME}: {place}", _BUILD_AGAIN)
        for place, what in faults
    ]
    return (None if findings else manifest), findings


def _parsed(path: Path) -> Any:
    with path.open("rb") as file:
        text = file.read(_LIMIT_BYTES + 1)
    if len(text) > _LIMIT_BYTES:
        raise ValueError(f"it is larger than {_LIMIT_BYTES // 1_000_000} MB")
    return json.loads(text)


def _first(faults: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for _, fault in zip(range(_MOST_FAULTS), faults, strict=False):
        yield fault


def _manifest(folder: Path, value: Mapping[str, Any]) -> Manifest:
    voices = [value["voice"], *value.get("other_voices", [])]
    return Manifest(
        folder=folder,
        title=value["title"],
        language=value["language"],
        published=value["published"],
        certifier=value.get("certifier", ""),
        length=value["length"],
        voices=tuple(voice["name"] or voice["id"] for voice in voices),
        chapters=tuple(_chapter(chapter, value["language"]) for chapter in value["chapters"]),
        files=tuple(ListedFile(file["path"], file["size"], file["sha256"], file["format"]) for file in value["files"]),
        formats=tuple(value["settings"]["formats"]),
        target_lufs=value["loudness"]["target_lufs"],
        volume=value["settings"]["volume"],
    )


def _chapter(value: Mapping[str, Any], language: str) -> Chapter:
    cues = tuple(
        Cue(cue["id"], cue["role"], cue["text"], cue.get("language") or language, cue["start"], cue["end"])
        for cue in value["cues"]
    )
    head = {name: value[name] for name in ("id", "title", "level", "start", "length")}
    return Chapter(**head, continues=value.get("continues", False), track=value.get("track", ""), cues=cues)


# --- what contradicts itself


def _contradictions(manifest: Manifest, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What each field alone allows, and all together do not."""
    if not is_language_tag(manifest.language):
        yield "language", "is no BCP 47 tag"
    if not manifest.chapters or not all(chapter.cues for chapter in manifest.chapters):
        yield "chapters", "has none, or one without sentences"
        return
    if not 0 < manifest.volume <= 1:
        yield "settings.volume", "is no share of the full volume"
    if abs(value["duration"] - manifest.length / RATE_HZ) > 0.001:
        yield "duration", "is not its length in samples"
    yield from _times(manifest)
    yield from _doubles("chapters", [chapter.id for chapter in manifest.chapters])
    yield from _doubles("chapters", [cue.id for cue in manifest.cues])
    yield from _doubles("files", [file.path.lower() for file in manifest.files])
    cues = [cue for chapter in value["chapters"] for cue in chapter["cues"]]
    yield from (fault for cue in cues for fault in _words(cue))


def _times(manifest: Manifest) -> Iterator[tuple[str, str]]:
    end = 0
    if manifest.chapters[0].continues:
        yield manifest.chapters[0].id, "goes on in the track before it, and there is none"
    for chapter in manifest.chapters:
        if chapter.start != end:
            yield chapter.id, "does not begin where the chapter before it ends"
        end = chapter.end
        times = [chapter.start, *(time for cue in chapter.cues for time in (cue.start, cue.end)), chapter.end]
        if any(late < early for early, late in pairwise(times)):
            yield chapter.id, "has times that do not rise from sentence to sentence"
        if chapter.track and chapter.continues:
            yield chapter.id, "names a track, and goes on in the one before"
        if not all(cue.id.startswith(f"{chapter.id}-") for cue in chapter.cues):
            yield chapter.id, "has sentences that are called as if they were of another chapter"
    if end != manifest.length:
        yield "length", "is not that of all chapters together"


def _doubles(place: str, names: list[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield place, f"holds {name[:100]!r} twice"
        seen.add(name)


def _words(cue: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for word in cue.get("words", []):
        start, end, text_start, text_end = word if len(word) == 4 else (-1, -1, -1, -1)
        if not cue["start"] <= start <= end <= cue["end"]:
            yield cue["id"], "has a word that sounds before or after it"
        elif not 0 <= text_start <= text_end <= len(cue["text"]):
            yield cue["id"], "has a word that is not in its text"
