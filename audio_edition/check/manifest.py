"""Read edition.json and check every field of it, with a reader independent of the one that builds use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from audio_edition.check.said import Notes
from audio_edition.check.shape import faults
from audio_edition.check.tree import Block, Span, spans_of, steps
from audio_edition.model import PERSON, RATE_HZ, Finding, is_language_tag

NAME: Final = "edition.json"
_LIMIT_BYTES = 200_000_000
_MOST_FAULTS = 20
_BUILD_AGAIN = "Build the edition again."
OUTDATED = "Build it again from its document: audio-edition build DOCUMENT"
_NAME_IT = "Name the folder of an edition, as build prints it."


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence: its text, its effective language, and when it sounds, in samples from the edition's start. `passage`
    is the text of the blocks that it belongs to; `announces` and `concludes` are heard and not written."""

    id: str
    role: str
    text: str
    language: str
    start: int
    end: int
    passage: str = ""
    spans: tuple[Span, ...] = ()
    announces: str = ""
    concludes: str = ""
    is_read: bool = False
    """Whether a person reads it."""


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
    blocks: tuple[Block, ...]

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def is_headed(self) -> bool:
        """Whether it begins with a heading."""
        return bool(self.blocks) and self.blocks[0]["type"] == "heading"

    @property
    def heading(self) -> tuple[Cue, ...]:
        """The sentences of its heading; if it has none, of its first text."""
        first = self.blocks[0]["text"]["passage"] if self.is_headed else self.cues[0].passage
        return tuple(cue for cue in self.cues if cue.passage == first)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file listed in edition.json."""

    path: str
    size: int
    sha256: str
    media_type: str
    format: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What edition.json says. `voices` are their names, `learned` whether one was learned from recordings;
    `signed` is whether its sound carries credentials; `gain_db` is what the volume takes from the loudness wanted."""

    folder: Path
    title: str
    language: str
    published: str
    certifier: str
    length: int
    voices: tuple[str, ...]
    persons: tuple[str, ...]
    has_synthetic_voice: bool
    learned: bool
    signed: bool
    chapters: tuple[Chapter, ...]
    files: tuple[ListedFile, ...]
    formats: tuple[str, ...]
    target_lufs: float
    volume: float
    authors: tuple[str, ...]
    notes: Notes
    profile: str
    has_text: bool
    """Whether the books hold the text, and not only headings and pages."""
    images: Mapping[str, str]
    """The media types of the document's pictures, by their names."""

    @property
    def cues(self) -> tuple[Cue, ...]:
        return tuple(cue for chapter in self.chapters for cue in chapter.cues)

    @property
    def tracks(self) -> list[tuple[Chapter, ...]]:
        """The chapters of each track, for players that know no levels."""
        together: list[list[Chapter]] = []
        for chapter in self.chapters:
            if together and chapter.continues:
                together[-1].append(chapter)
            else:
                together.append([chapter])
        return [tuple(track) for track in together]

    def of_format(self, name: str) -> list[str]:
        """Return the paths of a format's files."""
        return [file.path for file in self.files if file.format == name]


# --- reading


def read_manifest(folder: Path) -> tuple[Manifest | None, list[Finding]]:
    """Return the manifest of an edition's folder and the findings on it; None instead of the manifest if it is
    invalid."""
    try:
        value = _parsed(folder / NAME)
    except (OSError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "strerror", None) or error)[:100]
        message = f"The edition's list of what is in it can't be read: {reason}."
        return None, [Finding("edition-unreadable", "error", message, NAME, _NAME_IT)]
    if isinstance(value, Mapping) and value.get("version") == 1 and value.get("format") == "audio-edition":
        message = "An earlier version of this program made the edition."
        return None, [Finding("edition-outdated", "error", message, NAME, OUTDATED)]
    found = list(_first(faults(value)))
    if not found:
        manifest = _manifest(folder, value)
        found = list(_first(_contradictions(manifest, value)))
    findings = [
        Finding("edition-unsound", "error", f"{place or 'It'} {what}.", f"{NAME}: {place}", _BUILD_AGAIN)
        for place, what in found
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
    chapters = tuple(_chapter(chapter, value["language"]) for chapter in value["chapters"])
    return Manifest(
        folder=folder,
        title=value["title"],
        language=value["language"],
        published=value["published"],
        certifier=value.get("certifier", ""),
        length=value["length"],
        voices=tuple(voice["name"] or voice["id"] for voice in voices),
        persons=tuple(voice["name"] for voice in voices if voice["engine"] == PERSON),
        has_synthetic_voice=any(voice["engine"] != PERSON for voice in voices),
        learned=any(voice.get("learned", False) for voice in voices),
        signed=value.get("signed", False),
        chapters=chapters,
        files=tuple(
            ListedFile(file["path"], file["size"], file["sha256"], file["type"], file["format"])
            for file in value["files"]
        ),
        formats=tuple(value["settings"]["formats"]),
        target_lufs=value["loudness"]["target_lufs"],
        volume=value["settings"]["volume"],
        authors=tuple(who["name"] for who in value.get("metadata", {}).get("creators", []) if who["role"] == "author"),
        notes=Notes(chapters),
        profile=value["settings"].get("profile", ""),
        has_text=value["settings"].get("text", "full") == "full",
        images={image["name"]: image["type"] for image in value.get("images", [])},
    )


def _chapter(value: Mapping[str, Any], language: str) -> Chapter:
    cues = tuple(
        Cue(
            cue["id"],
            cue["role"],
            cue["text"],
            cue.get("language") or language,
            cue["start"],
            cue["end"],
            cue["passage"],
            tuple(spans_of(cue)),
            cue.get("announces", ""),
            cue.get("concludes", ""),
            "confidence" in cue,
        )
        for cue in value["cues"]
    )
    head = {name: value[name] for name in ("id", "title", "level", "start", "length")}
    return Chapter(
        **head, continues=value.get("continues", False), track=value.get("track", ""), cues=cues, blocks=value["blocks"]
    )


# --- what contradicts itself


def _contradictions(manifest: Manifest, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield findings on fields that are valid alone but contradict each other."""
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
    yield from (fault for chapter in manifest.chapters for fault in _texts(chapter))
    yield from (
        (cue["id"], "has spans that can't be so")
        for cue in cues
        if len(list(spans_of(cue))) != len(cue.get("spans", []))
    )


def _texts(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """Yield a finding for each text that differs between blocks and cues."""
    names = [step.value["passage"] for step in steps(chapter.blocks) if step.kind == "leaf"]
    yield from _doubles(f"{chapter.id}.blocks", names)
    order = {name: at for at, name in enumerate(names)}
    places = [order.get(cue.passage, -1) for cue in chapter.cues]
    if -1 in places:
        yield chapter.cues[places.index(-1)].id, "stands nowhere in the blocks"
    elif places != sorted(places):
        yield f"{chapter.id}.blocks", "are in another order than the sentences"


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
