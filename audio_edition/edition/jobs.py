"""In: a script and its cast. Out: its chapters, their stretches recorded one after another, or several at once in
processes of their own. The bytes are the same."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from audio_edition.cache import Cache
from audio_edition.errors import StitchError
from audio_edition.model import ChapterRecording, Script, Speech, Utterance
from audio_edition.processes import cores, processes
from audio_edition.record.stitch import Stitcher, Stretch, Tape, stretches_of
from audio_edition.speak import default_engine, open_engine
from audio_edition.speak.cast import Cast, cast_for, going_ahead

_CHARACTERS_A_JOB = 15_000
"""Text for which a process of its own is worth starting: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What is needed to record a script, wherever it is done. Tracks go into `folder`."""

    script: Script
    speech: Speech
    folder: Path
    codecs: tuple[str, ...]
    cache: Cache | None = None
    instead: str = ""
    """As in Stitcher."""

    def stitcher(self, cast: Cast, on_utterance: Callable[[Utterance], None] = lambda _: None) -> Stitcher:
        return Stitcher(cast, self.folder, self.codecs, self.cache, on_utterance, self.instead)


def record(
    studio: Studio, cast: Cast, jobs: int, on_utterance: Callable[[Utterance], None]
) -> tuple[ChapterRecording, ...]:
    """The chapters in order, each starting where the one before ends; at most `jobs` stretches are recorded at once.

    `on_utterance` is called for each utterance that is done. With more than one job the cast is closed, as each process
    has engines of its own. Raises SpeakError, StitchError.
    """
    stretches = stretches_of(studio.script)
    jobs = min(jobs, len(stretches))
    if jobs > 1:
        cast.close()
        tapes = _in_processes(studio, stretches, jobs, on_utterance)
        return studio.stitcher(cast).chapters(stretches, tapes)
    with going_ahead(cast, studio.script.utterances) as speaking:
        return studio.stitcher(speaking, on_utterance).record(studio.script)


def jobs_for(script: Script, speech: Speech) -> int:
    """How many stretches to record at once: as many as there are cores, and enough text for. One, where the engine
    itself says several utterances at once: in each process more, it would hold its voice again.

    Raises SpeakError, MissingTool for an engine that can't be used.
    """
    characters = sum(len(utterance.text) for utterance in script.utterances)
    jobs = min(cores(), characters // _CHARACTERS_A_JOB)
    if jobs < 2:
        return 1
    with contextlib.closing(open_engine(speech.engine or default_engine())) as engine:
        return 1 if engine.at_once > 1 else jobs


# --- in processes of their own


def _in_processes(
    studio: Studio, stretches: Sequence[Stretch], jobs: int, on_utterance: Callable[[Utterance], None]
) -> Iterator[Tape]:
    told, data = studio.folder / "studio.pickle", pickle.dumps(studio)
    told.write_bytes(data)
    with processes(jobs, _prepare, told, hashlib.sha256(data).digest()) as pool:
        futures: list[Future[Tape]] = [pool.submit(_record, number) for number in range(len(stretches))]
        for stretch, future in zip(stretches, futures, strict=True):
            try:
                tape = future.result()
            except BrokenProcessPool as error:
                raise StitchError(
                    "A process that records was ended from outside.",
                    "Build again: what was spoken is kept. With --jobs 1, less memory is needed.",
                ) from error
            for utterance in stretch.utterances:
                on_utterance(utterance)
            yield tape


_told: tuple[Path, bytes]
_opened = contextlib.ExitStack()
"""Of a process that records: the file that says what it was started for, the SHA-256 of that, and its engines."""


def _prepare(told: Path, digest: bytes) -> None:
    global _told
    _told = told, digest


@functools.cache
def _studio_and_cast() -> tuple[Studio, list[Stretch], Cast]:
    """Opened with the first stretch, not when the process starts: only then can an error be told."""
    path, digest = _told
    data = path.read_bytes()
    if hashlib.sha256(data).digest() != digest:
        message = f"{path} is not what this build wrote there: another program or user changed it."
        raise StitchError(message, "Build in a folder that nobody else can write to.")
    studio: Studio = pickle.loads(data)  # noqa: S301 - these are the bytes that the parent wrote
    cast = _opened.enter_context(cast_for(studio.script, studio.speech, studio.cache))
    return studio, stretches_of(studio.script), cast


def _record(number: int) -> Tape:
    studio, stretches, cast = _studio_and_cast()
    with going_ahead(cast, stretches[number].utterances) as speaking:
        return studio.stitcher(speaking).tape(stretches[number])
