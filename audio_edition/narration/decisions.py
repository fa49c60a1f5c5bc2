"""Read what a human decided of a narration, from the JSON file that the page of a review writes.

    {"audio-edition": "narration decisions", "version": 1,
     "recordings": {"reading.wav": "<SHA-256 of its bytes>"},
     "sentences": [
       {"id": "c01-p002-s01", "text": "It rained.", "recording": "reading.wav", "start": 3.21, "end": 4.87,
        "accepted": true},
       {"id": "c01-p002-s02", "text": "It stopped.", "unread": "spoken"}],
     "extras": [
       {"recording": "reading.wav", "start": 9.5, "end": 12.0, "keep": true, "text": "Good evening."}]}

Seconds count from the beginning of a recording. A sentence is known by its id and its text, a recording by its digest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

from audio_edition.atomic import regular_file
from audio_edition.config import known
from audio_edition.errors import NarrationError, SettingsError, place_in
from audio_edition.model import Tape
from audio_edition.model.characters import one_line

FORMAT, VERSION = "audio-edition", 1
WHAT = "narration decisions"
_LIMIT_BYTES = 20_000_000
_MOST_ENTRIES = 100_000
_LONGEST_TEXT = 20_000
_LONGEST_EXTRA_TEXT = 2_000
_LONGEST_SECONDS = 3600.0
"""Of one sentence, or one passage."""
_REMEDY = "Mend it, or write it again: audio-edition narrate --review"

Unread = Literal["", "spoken", "left-out"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a tape, which is counted from 0, in seconds."""

    tape: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SentenceDecision:
    """Where a sentence is read, or what is made of one that nobody read."""

    id: str
    text: str
    span: Span | None
    accepted: bool = False
    unread: Unread = ""


@dataclass(frozen=True, slots=True)
class ExtraDecision:
    """Whether something that is not in the text is kept, and with which words."""

    span: Span
    keep: bool
    text: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a human decided; `name` is the file's, for messages."""

    name: str
    sentences: tuple[SentenceDecision, ...] = ()
    extras: tuple[ExtraDecision, ...] = ()


class _Unsound(Exception):  # noqa: N818 - reads as what it is
    """What is wrong in a file, and where."""


def decisions_of(path: Path, tapes: Sequence[Tape]) -> Decisions:
    """Return the decisions that a file holds on these tapes.

    Raises NarrationError, with the file and the place, for one that is not sound, or is of other recordings.
    """
    data = _bytes_of(path)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = f" at {where}" if (where := place_in(error)) else ""
        raise NarrationError(f"{path}: this is not JSON{place}.", _REMEDY) from error
    try:
        return _decisions(path.name, value, tapes)
    except _Unsound as error:
        raise NarrationError(f"{path}: {error}.", _REMEDY) from error
    except SettingsError as error:
        raise NarrationError(f"{path}: {error.message}", error.remedy or _REMEDY) from error


def _bytes_of(path: Path) -> bytes:
    try:
        with regular_file(path) as file:
            data = file.read(_LIMIT_BYTES + 1)
    except OSError as error:
        raise NarrationError(f"{path}: this can't be read ({error.strerror or error}).", "Check its name.") from error
    if len(data) > _LIMIT_BYTES:
        raise NarrationError(f"{path}: this is larger than {_LIMIT_BYTES // 1_000_000} MB.", _REMEDY)
    return data


def _decisions(name: str, value: Any, tapes: Sequence[Tape]) -> Decisions:
    if not isinstance(value, dict) or value.get(FORMAT) != WHAT:
        _refuse("these are no decisions on a narration")
    if value.get("version") != VERSION or isinstance(value["version"], bool):
        _refuse(f"version is {_shown(value.get('version'))}, and this program knows {VERSION}")
    _keys(value, (FORMAT, "version", "recordings", "sentences", "extras"), "the file")
    recordings = _recordings(value.get("recordings"), tapes)
    sentences = tuple(_sentence(*each, recordings) for each in _entries(value, "sentences"))
    ids: set[str] = set()
    for number, sentence in enumerate(sentences, start=1):
        if sentence.id in ids:
            _refuse(f"sentences, entry {number}: {_shown(sentence.id)} is there twice")
        ids.add(sentence.id)
    return Decisions(name, sentences, tuple(_extra(*each, recordings) for each in _entries(value, "extras")))


def _recordings(value: Any, tapes: Sequence[Tape]) -> dict[str, int]:
    """Return the numbers of the tapes, by what the file calls them."""
    if not isinstance(value, dict):
        _refuse("recordings is not a table of names and digests")
    numbers = {tape.sha256: number for number, tape in enumerate(tapes)}
    found = {}
    for name, digest in value.items():
        if not isinstance(digest, str) or digest not in numbers:
            _refuse(f"recordings: {_shown(name)} is none of the recordings that were named, or has changed")
        found[name] = numbers[digest]
    return found


def _entries(value: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the entries of a list, each with its place."""
    entries = value.get(key, [])
    if not isinstance(entries, list) or len(entries) > _MOST_ENTRIES:
        _refuse(f"{key} is not a list of at most {_MOST_ENTRIES} entries")
    placed = [(f"{key}, entry {number}", entry) for number, entry in enumerate(entries, start=1)]
    for place, entry in placed:
        if not isinstance(entry, dict):
            _refuse(f"{place} is not an object")
    return placed


def _sentence(place: str, entry: dict[str, Any], recordings: Mapping[str, int]) -> SentenceDecision:
    _keys(entry, ("id", "text", "recording", "start", "end", "accepted", "unread"), place)
    name, text = _text(entry, "id", place, 200), _text(entry, "text", place, _LONGEST_TEXT)
    accepted = _yes_or_no(entry, "accepted", place)
    if "unread" not in entry:
        return SentenceDecision(name, text, _span(entry, place, recordings), accepted)
    unread = entry["unread"]
    if unread not in ("spoken", "left-out"):
        _refuse(f"{place}: unread is {_shown(unread)}, and can be “spoken” or “left-out”")
    if {"recording", "start", "end"} & set(entry):
        _refuse(f"{place}: a sentence that is unread has no place on a recording")
    return SentenceDecision(name, text, None, accepted, unread)


def _extra(place: str, entry: dict[str, Any], recordings: Mapping[str, int]) -> ExtraDecision:
    _keys(entry, ("recording", "start", "end", "keep", "text"), place)
    keep = _yes_or_no(entry, "keep", place)
    text = _text(entry, "text", place, _LONGEST_EXTRA_TEXT) if keep or "text" in entry else ""
    return ExtraDecision(_span(entry, place, recordings), keep, text)


def _span(entry: Mapping[str, Any], place: str, recordings: Mapping[str, int]) -> Span:
    name = entry.get("recording")
    if not isinstance(name, str) or name not in recordings:
        _refuse(f"{place}: recording is {_shown(name)}, which is not under recordings")
    start, end = _seconds(entry, "start", place), _seconds(entry, "end", place)
    if not start < end <= start + _LONGEST_SECONDS:
        _refuse(f"{place}: it goes from {start:g} to {end:g} seconds")
    return Span(recordings[name], start, end)


def _seconds(entry: Mapping[str, Any], key: str, place: str) -> float:
    value = entry.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e6 or math.isnan(value):
        _refuse(f"{place}: {key} is {_shown(value)}, and not a number of seconds")
    return float(value)


def _yes_or_no(entry: Mapping[str, Any], key: str, place: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        _refuse(f"{place}: {key} is {_shown(value)}, and neither true nor false")
    return value


def _text(entry: Mapping[str, Any], key: str, place: str, longest: int) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or len(value) > longest or not (text := one_line(value).strip()):
        _refuse(f"{place}: {key} is {_shown(value)}, and not a text of at most {longest} characters")
    return text


def _keys(entry: Mapping[str, Any], keys: Sequence[str], place: str) -> None:
    for key in entry:
        known(key, keys, f"In {place}, the key")


def _shown(value: Any) -> str:
    return "missing" if value is None else f"“{one_line(value)[:60]}”" if isinstance(value, str) else repr(value)[:60]


def _refuse(what: str) -> NoReturn:
    raise _Unsound(what)
