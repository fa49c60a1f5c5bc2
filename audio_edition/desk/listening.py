"""Listen to recordings, as the command line does: for an edition, or to show which sentences of an article were read.

Narration needs an extra, so it is imported only if there are recordings.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.desk.folder import IssueFolder
from audio_edition.desk.recordings import path_of
from audio_edition.desk.saying import Said
from audio_edition.errors import DeskError, MissingTool, install_line
from audio_edition.model import RATE_HZ, SURE, Narration, Script, Tape, Utterance

if TYPE_CHECKING:
    from audio_edition.narration.readings import TapeReading

Heard = Callable[[float, float, str], None]
"""Called with the seconds listened to so far, the seconds of all recordings, and the name of the present file."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a sentence is read, in seconds from the beginning of its recording. `state` says whether its start and end
    are unsure, or different words were heard."""

    start: float
    end: float
    state: Literal["read", "unsure", "reworded"]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the sentences of an article are read, by their ids, in which version of the recording (see version_of)."""

    version: object
    spoken: Mapping[str, Spoken]


def can_listen() -> bool:
    """Return whether the extra that is needed to listen is installed."""
    return all(importlib.util.find_spec(name) for name in ("numpy", "rapidfuzz", "faster_whisper"))


def facts_of(said: Said) -> list[object]:
    """Return what an edition depends on in its recordings. Raises NarrationError, MissingTool."""
    if not said.documents.recordings:
        return []
    _check_can_listen()
    from audio_edition.narration import of_edition

    tapes = _tapes_of(said)
    return of_edition.facts_of(tapes, of_edition.decisions_of(said.documents, said.settings, tapes))


def narrated(said: Said, cache: Cache | None, heard: Heard) -> tuple[Script, Narration | None]:
    """Return the script as people read it, and their narration; None if nobody does.

    Raises NarrationError, MissingTool, ProofError.
    """
    if not said.documents.recordings:
        return said.script, None
    _check_can_listen()
    from audio_edition.narration import of_edition

    tapes = _tapes_of(said)
    decisions = of_edition.decisions_of(said.documents, said.settings, tapes)
    return of_edition.narrated(said.script, tapes, decisions, said.settings, cache, _reporting(tapes, heard))


def found_in(issue: IssueFolder, said: Said, name: str, cache: Cache | None, heard: Heard) -> Found:
    """Return where the sentences of an article are read in its recording.

    Raises NarrationError, MissingTool, ProofError, and DeskError if it has no recording.
    """
    path = path_of(issue, name)
    if path is None:
        raise DeskError("There is no recording of this article.", "Record it first, or add a file.")
    _check_can_listen()
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration import find

    version = version_of(path, said.sentences_of(name))
    alone = replace(said.documents, recordings=(path,), narrators={})
    tapes = _tapes_of(replace(said, documents=alone))
    found = find(said.script, tapes, Recogniser(), cache, _reporting(tapes, heard))
    return Found(version, dict(_spoken(found.readings)))


def version_of(path: Path, sentences: Sequence[Utterance]) -> object:
    """Return a value that changes whenever a recording, or the sentences to be read in it, change."""
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, [(each.id, each.spoken) for each in sentences]


def _check_can_listen() -> None:
    if not can_listen():
        raise MissingTool(
            "This issue has recordings, but the recogniser that finds the sentences in them is not installed.",
            f"Install it: {install_line('proof')}",
        )


def _tapes_of(said: Said) -> tuple[Tape, ...]:
    from audio_edition.narration.tapes import tapes_of

    return tapes_of(said.documents, said.settings)


def _reporting(tapes: Sequence[Tape], heard: Heard) -> Callable[[Tape, float], None]:
    """Return a callback that reports to `heard` how much of all tapes was listened to."""
    lengths = {tape.sha256: audio.seconds_told(tape.path) for tape in tapes}
    done = dict.fromkeys(lengths, 0.0)
    whole = sum(lengths.values())
    heard(0, whole, tapes[0].path.name)

    def progress(tape: Tape, seconds: float) -> None:
        done[tape.sha256] = min(seconds, lengths[tape.sha256])
        heard(sum(done.values()), whole, tape.path.name)

    return progress


def _spoken(readings: Mapping[str, TapeReading]) -> Iterator[tuple[str, Spoken]]:
    """Yield where each sentence is read, by its id."""
    from audio_edition.narration.report import is_reworded

    for name, each in readings.items():
        reading, state = each.reading, "read" if each.reading.confidence >= SURE else "unsure"
        state = "reworded" if is_reworded(each.placed) else state
        yield name, Spoken(round(reading.start / RATE_HZ, 3), round(reading.end / RATE_HZ, 3), state)  # type: ignore[arg-type]
