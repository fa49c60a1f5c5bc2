"""edition.json: what the edition is, its text as a tree, each cue in samples, each file with its SHA-256.

A line for each block and each cue, so that two editions can be compared; lines are made as they are written, so that a
long edition needs no memory. `schemas/edition.schema.json` says what every key means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from audio_edition.errors import EditionError
from audio_edition.formats.clock import seconds
from audio_edition.formats.images import images_shown
from audio_edition.formats.media_types import media_type
from audio_edition.model import (
    EDITION_JSON,
    RATE_HZ,
    ChapterRecording,
    Cue,
    Finding,
    Image,
    Metadata,
    Package,
    Passage,
    Recording,
    Text,
    Voice,
)
from audio_edition.model.blocks_json import block_to_json, spans_to_json

JSON = str | int | float | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]

VERSION: Final = 2
_FILES_BEGIN, _FILES_END = b'],\n"files":[\n', b"\n]"


def write(recording: Recording, folder: Path, packages: Sequence[Package], facts: Mapping[str, JSON]) -> Path:
    """Write edition.json and return its path; `facts` (settings, versions, loudness) stand in it as they are given."""
    path = folder / EDITION_JSON
    # "replace" is for surrogates without a partner: they are no characters, and UTF-8 has no place for them.
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(_lines(recording, folder, packages, facts))
    return path


def as_signed(manifest: bytes, files: Iterable[Mapping[str, JSON]]) -> bytes:
    """Return the edition.json of a signed copy, which lists these files; all else stays as it is, to the byte.

    Raises EditionError if it is laid out as this version would not write it.
    """
    before, begin, rest = manifest.partition(_FILES_BEGIN)
    _, end, after = rest.partition(_FILES_END)
    if not begin or not end:
        raise EditionError("edition.json is not laid out as this program writes it.", "Build the edition again.")
    return before + begin + "".join(_listed(files)).encode() + end + b',\n"signed":true' + after


def _lines(recording: Recording, folder: Path, packages: Sequence[Package], facts: Mapping[str, JSON]) -> Iterator[str]:
    yield "{\n"
    for name, value in _head(recording).items():
        yield f"{_compact(name)}:{_compact(value)},\n"
    yield '"chapters":[\n'
    for chapter in recording.chapters:
        yield from _chapter(chapter, last=chapter is recording.chapters[-1])
    yield '],\n"findings":[\n'
    yield from _listed(_finding(finding) for finding in recording.script.findings)
    yield '],\n"files":[\n'
    yield from _listed(_files(folder, packages))
    yield "]"
    for name, value in facts.items():
        yield f",\n{_compact(name)}:{_compact(value)}"
    yield "\n}\n"


def _head(recording: Recording) -> dict[str, JSON]:
    script, rate = recording.script, recording.delivery.rate_wpm
    return {
        "format": "audio-edition",
        "version": VERSION,
        "title": script.title,
        **({"wording": script.wording} if script.wording != "written" else {}),
        "language": script.language,
        "published": script.published,
        "source": script.source,
        "byline": script.byline,
        "dateline": script.dateline,
        **({"metadata": metadata} if (metadata := _metadata(script.metadata)) else {}),
        **({"images": images} if (images := [_image(image) for image in images_shown(script)]) else {}),
        "rate_hz": RATE_HZ,
        "length": recording.length,
        "duration": seconds(recording.length),
        "voice": {**_voice(recording.delivery.voice), **({"rate_wpm": rate} if rate else {})},
        "engine_version": recording.engine_version,
        **({"certifier": recording.certifier} if recording.certifier else {}),
        **({"other_voices": [_voice(voice) for voice in recording.others]} if recording.others else {}),
    }


def _voice(voice: Voice) -> dict[str, JSON]:
    return {
        "engine": voice.engine,
        "id": voice.id,
        "name": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        "licence": voice.licence,
        "version": voice.version,
        "learned": voice.learned,
    }


def _metadata(metadata: Metadata) -> dict[str, JSON]:
    """Return the document's metadata without empty values."""
    values: dict[str, JSON] = {
        "creators": [{"name": creator.name, "role": creator.role} for creator in metadata.creators],
        "subtitle": metadata.subtitle,
        "description": metadata.description,
        "subjects": metadata.subjects,
        "series": metadata.series,
        "series_position": metadata.series_position,
        "rights": metadata.rights,
        "identifiers": metadata.identifiers,
        "cover": metadata.cover,
    }
    return {name: value for name, value in values.items() if value}


def _image(image: Image) -> dict[str, JSON]:
    return {"name": image.name, "type": image.media_type, "width": image.width, "height": image.height}


def _chapter(chapter: ChapterRecording, *, last: bool) -> Iterator[str]:
    head: dict[str, JSON] = {
        "id": chapter.chapter.id,
        "title": chapter.chapter.title,
        "level": chapter.chapter.level,
        **({"continues": True} if chapter.chapter.continues else {}),
        **({"track": chapter.chapter.track} if chapter.chapter.track else {}),
        "start": chapter.start,
        "length": chapter.length,
    }
    yield f'{_compact(head)[:-1]},"blocks":[\n'
    yield from _listed(block_to_json(block, _leaf) for block in chapter.chapter.blocks)
    yield '],"cues":[\n'
    places = {
        said.id: (passage.id, joint) for passage in chapter.chapter.passages for joint, said in passage.with_joints()
    }
    yield from _listed(_cue(cue, *places[cue.utterance.id], chapter.start) for cue in chapter.cues)
    yield "]}\n" if last else "]},\n"


def _leaf(passage: Passage) -> dict[str, JSON]:
    """Return a text of the tree; its sentences are the cues that refer to it."""
    entry: dict[str, JSON] = {"passage": passage.id, "role": passage.role}
    if passage.language:
        entry["language"] = passage.language
    if passage.unspoken:
        entry["unspoken"] = _text(passage.unspoken)
    return entry


def _text(text: Text) -> dict[str, JSON]:
    return {
        "text": text.text,
        **({"language": text.language} if text.language else {}),
        **({"spans": spans_to_json(text.spans)} if text.spans else {}),
    }


def _cue(cue: Cue, passage: str, joint: str, chapter_start: int) -> dict[str, JSON]:
    """Return a cue in samples from the edition's start. What is as usual (spoken as written, a space before) is left
    out."""
    utterance = cue.utterance
    entry: dict[str, JSON] = {
        "id": utterance.id,
        "passage": passage,
        "role": utterance.role,
        "start": chapter_start + cue.start,
        "end": chapter_start + cue.end,
        "text": utterance.text,
    }
    if utterance.spoken != utterance.text:
        entry["spoken"] = utterance.spoken
    if utterance.language:
        entry["language"] = utterance.language
    if not utterance.space_before:
        entry["space_before"] = False
    if joint == "\n":
        entry["line_before"] = True
    if utterance.spans:
        entry["spans"] = spans_to_json(utterance.spans)
    if utterance.announces:
        entry["announces"] = utterance.announces
    if utterance.concludes:
        entry["concludes"] = utterance.concludes
    return entry | _of_sound(cue, chapter_start)


def _of_sound(cue: Cue, chapter_start: int) -> dict[str, JSON]:
    """Return who says a cue, where that is not the main voice; how sure its times are; and those of its words."""
    entry: dict[str, JSON] = {}
    if cue.voice:
        entry["voice"] = {"engine": cue.voice.engine, "id": cue.voice.id}
    if cue.confidence is not None:
        entry["confidence"] = cue.confidence
    if cue.words:
        entry["words"] = [
            (chapter_start + word.start, chapter_start + word.end, word.text_start, word.text_end) for word in cue.words
        ]
    return entry


def _finding(finding: Finding) -> dict[str, JSON]:
    values = {field.name: getattr(finding, field.name) for field in fields(finding)}
    return {name: value for name, value in values.items() if value}


def _files(folder: Path, packages: Sequence[Package]) -> Iterator[dict[str, JSON]]:
    """Yield every file of the edition but this one, by path."""
    formats = {file.as_posix(): package.format for package in packages for file in package.files}
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    paths.pop(EDITION_JSON, None)
    for name, path in sorted(paths.items()):
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        yield {
            "path": name,
            "size": path.stat().st_size,
            "sha256": sha256,
            "type": media_type(name),
            "format": formats.get(name, ""),
        }


def _listed(entries: Iterable[Mapping[str, JSON]]) -> Iterator[str]:
    """Yield the entries of a list, one a line."""
    comma = ""
    for entry in entries:
        yield f"{comma}{_compact(entry)}"
        comma = ",\n"
    if comma:
        yield "\n"


def _compact(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
