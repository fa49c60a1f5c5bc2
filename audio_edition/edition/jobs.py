"""Record a script: its takes one after another, or several at once in processes. The bytes are the same."""

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
from audio_edition.record.stitch import Stitcher, TakeLog, TakePlan, plan_takes
from audio_edition.speak import default_engine, open_engine
from audio_edition.speak.cast import Cast, cast_for, prefetching

_CHARACTERS_A_JOB = 15_000
"""Text for which a process of its own is worth starting: some seconds of work."""


@dataclass(frozen=True, slots=True)
class RecordingJob:
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
    job: RecordingJob, cast: Cast, jobs: int, on_utterance: Callable[[Utterance], None]
) -> tuple[ChapterRecording, ...]:
    """The chapters in order, each starting where the one before ends; at most `jobs` plans are recorded at once.

    `on_utterance` is called for each utterance that is done. With more than one job the cast is closed, as each process
    has engines of its own. Raises SpeakError, StitchError.
    """
    plans = plan_takes(job.script)
    jobs = min(jobs, len(plans))
    if jobs > 1:
        cast.close()
        logs = _in_processes(job, plans, jobs, on_utterance)
        return job.stitcher(cast).chapters(plans, logs)
    with prefetching(cast, job.script.utterances) as speaking:
        return job.stitcher(speaking, on_utterance).record(job.script)


def jobs_for(script: Script, speech: Speech) -> int:
    """How many plans to record at once: as many as there are cores, and enough text for. One, where the engine
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
    job: RecordingJob, plans: Sequence[TakePlan], jobs: int, on_utterance: Callable[[Utterance], None]
) -> Iterator[TakeLog]:
    told, data = job.folder / "job.pickle", pickle.dumps(job)
    told.write_bytes(data)
    with processes(jobs, _prepare, told, hashlib.sha256(data).digest()) as pool:
        futures: list[Future[TakeLog]] = [pool.submit(_record, number) for number in range(len(plans))]
        for plan, future in zip(plans, futures, strict=True):
            try:
                log = future.result()
            except BrokenProcessPool as error:
                raise StitchError(
                    "A process that records was ended from outside.",
                    "Build again: what was spoken is kept. With --jobs 1, less memory is needed.",
                ) from error
            for utterance in plan.utterances:
                on_utterance(utterance)
            yield log


_told: tuple[Path, bytes]
_opened = contextlib.ExitStack()
"""Of a process that records: the file that says what it was started for, the SHA-256 of that, and its engines."""


def _prepare(told: Path, digest: bytes) -> None:
    global _told
    _told = told, digest


@functools.cache
def _job_and_cast() -> tuple[RecordingJob, list[TakePlan], Cast]:
    """Opened with the first plan, not when the process starts: only then can an error be told."""
    path, digest = _told
    data = path.read_bytes()
    if hashlib.sha256(data).digest() != digest:
        message = f"{path} is not what this build wrote there: another program or user changed it."
        raise StitchError(message, "Build in a folder that nobody else can write to.")
    job: RecordingJob = pickle.loads(data)  # noqa: S301 - these are the bytes that the parent wrote
    cast = _opened.enter_context(cast_for(job.script, job.speech, job.cache))
    return job, plan_takes(job.script), cast


def _record(number: int) -> TakeLog:
    job, plans, cast = _job_and_cast()
    with prefetching(cast, plans[number].utterances) as speaking:
        return job.stitcher(speaking).record_take(plans[number])
