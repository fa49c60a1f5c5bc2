"""Read edition.json with suspicion: it is untrusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any, NoReturn, TypeVar, cast, get_args

from audio_edition.model import (
    LINE,
    RATE_HZ,
    Chapter,
    ChapterRecording,
    Creator,
    CreatorRole,
    Cue,
    Metadata,
    Passage,
    Pause,
    Role,
    Text,
    Utterance,
    Voice,
    Wording,
    leaves,
)
from audio_edition.model.blocks_json import blocks_from_json, spans_from_json

_LONGEST_HOURS = 200
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_Kind = TypeVar("_Kind")


class NotSoError(Exception):
    """A value in edition.json is invalid."""


def published_of(manifest: Mapping[str, Any]) -> str:
    published = value_of(manifest, "published", str)
    try:
        if published and not (_DATE.fullmatch(published) and date.fromisoformat(published)):
            not_so("“published” is not a date")
    except ValueError:
        not_so("“published” is not a date")
    return published


def metadata_of(manifest: Mapping[str, Any]) -> Metadata:
    told: dict[str, Any] = optional(manifest, "metadata", {})
    creators: list[Any] = optional(told, "creators", [])
    return Metadata(
        creators=tuple(_creator(entry) for entry in creators),
        subtitle=optional(told, "subtitle", ""),
        description=optional(told, "description", ""),
        subjects=_texts(told, "subjects"),
        series=optional(told, "series", ""),
        series_position=optional(told, "series_position", ""),
        rights=optional(told, "rights", ""),
        identifiers=_texts(told, "identifiers"),
        cover=optional(told, "cover", ""),
    )


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values: list[Any] = optional(entry, key, [])
    if not all(isinstance(text, str) for text in values):
        not_so(f"“{key}” holds values other than text")
    return tuple(values)


def _creator(entry: Any) -> Creator:
    role: Any = value_of(entry, "role", str)
    if role not in get_args(CreatorRole):
        not_so("a creator has an unknown role")
    return Creator(value_of(entry, "name", str), role)


def wording_of(manifest: Mapping[str, Any]) -> Wording:
    """Return where the words of an edition are from."""
    wording = optional(manifest, "wording", "written")
    if wording not in get_args(Wording):
        not_so("“wording” is unknown")
    return cast(Wording, wording)


def voices_of(manifest: Mapping[str, Any]) -> tuple[Voice, ...]:
    others: list[Any] = optional(manifest, "other_voices", [])
    return tuple(_voice(entry) for entry in (value_of(manifest, "voice", dict), *others))


def _voice(entry: Any) -> Voice:
    texts = {known.name: value_of(entry, known.name, str) for known in fields(Voice) if known.name != "learned"}
    return Voice(**texts, learned=optional(entry, "learned", False))


def chapters_of(manifest: Mapping[str, Any]) -> tuple[ChapterRecording, ...]:
    """Return the chapters of an edition; they have no takes. Raises NotSoError, BlocksError."""
    chapters = tuple(_chapter(chapter) for chapter in items(manifest, "chapters"))
    if not chapters:
        not_so("it has no chapters")
    _check_order(chapters)
    return chapters


def _chapter(entry: Any) -> ChapterRecording:
    start, length = _samples(entry, "start"), _samples(entry, "length")
    name, values = value_of(entry, "id", str), items(entry, "cues")
    cues = tuple(_cue(value, start) for value in values)
    said: dict[str, list[Utterance | Pause]] = {}
    for value, cue in zip(values, cues, strict=True):
        parts = said.setdefault(value_of(value, "passage", str), [])
        parts += [Pause(0, LINE)] * optional(value, "line_before", False) + [cue.utterance]

    def passage(value: Any, place: str) -> Passage:
        return _passage(value, place, said)

    blocks = blocks_from_json(items(entry, "blocks"), passage, f"{name}.blocks")
    names = [passage.id for passage in leaves(blocks)]
    if len(set(names)) < len(names):
        not_so(f"{name} has two texts with the same id")
    chapter = Chapter(
        name,
        value_of(entry, "title", str),
        blocks,
        value_of(entry, "level", int),
        optional(entry, "continues", False),
        optional(entry, "track", ""),
    )
    if chapter.utterances != tuple(cue.utterance for cue in cues):
        not_so(f"{name} has sentences that its blocks do not have, or have in another order")
    return ChapterRecording(chapter, start, length, cues)


def _passage(value: Any, place: str, said: Mapping[str, Sequence[Utterance | Pause]]) -> Passage:
    name = value_of(value, "passage", str)
    unspoken: dict[str, Any] = optional(value, "unspoken", {})
    text = optional(unspoken, "text", "")
    return Passage(
        name,
        _role(value),
        tuple(said.get(name, ())),
        optional(value, "language", ""),
        Text(
            text,
            spans_from_json(optional(unspoken, "spans", []), len(text), f"{place}.unspoken.spans"),
            optional(unspoken, "language", ""),
        ),
    )


def _cue(entry: Any, chapter_start: int) -> Cue:
    text, name = value_of(entry, "text", str), value_of(entry, "id", str)
    utterance = Utterance(
        name,
        text,
        optional(entry, "spoken", text),
        _role(entry),
        optional(entry, "language", ""),
        optional(entry, "space_before", True),
        spans=spans_from_json(optional(entry, "spans", []), len(text), f"{name}.spans"),
        announces=optional(entry, "announces", ""),
        concludes=optional(entry, "concludes", ""),
    )
    return Cue(utterance, _samples(entry, "start") - chapter_start, _samples(entry, "end") - chapter_start)


def _role(entry: Any) -> Role:
    role: Any = value_of(entry, "role", str)
    if role not in get_args(Role):
        not_so("“role” is not a role of a sentence")
    return role  # type: ignore[no-any-return]


def _check_order(chapters: tuple[ChapterRecording, ...]) -> None:
    """Check that times rise: sound is decoded once, from start to end."""
    times = [0]
    for recorded in chapters:
        times.append(recorded.start)
        for cue in recorded.cues:
            times += [recorded.start + cue.start, recorded.start + cue.end]
        times.append(recorded.end)
    if any(late < early for early, late in pairwise(times)):
        not_so("its times do not rise from cue to cue")


def items(entry: Any, key: str) -> list[Any]:
    return value_of(entry, key, list)


def _samples(entry: Any, key: str) -> int:
    value = value_of(entry, key, int)
    if not 0 <= value <= _LONGEST_HOURS * 3600 * RATE_HZ:
        not_so(f"“{key}” is out of range")
    return value


def value_of(entry: Any, key: str, kind: type[_Kind]) -> _Kind:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        not_so(f"“{key}” is missing or of the wrong kind")
    return value


def optional(entry: Mapping[str, Any], key: str, otherwise: _Kind) -> _Kind:
    return value_of(entry, key, type(otherwise)) if key in entry else otherwise


def not_so(what: str) -> NoReturn:
    raise NotSoError(what)
