"""In: a script and its cast. Out: its chapters as they were recorded, one after another, or several at once in
processes of their own. The bytes are the same."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from audio_edition import work
from audio_edition.errors import StitchError
from audio_edition.model import Chapter, ChapterRecording, Script, Speech, Utterance
from audio_edition.processes import processes
from audio_edition.speak.cast import Cast, cast_for, going_ahead
from audio_edition.stitch import Stitcher, one_after_another, with_next_heads

_CHARACTERS_A_JOB = 15_000
"""Text for which a process of its own is worth starting: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What is needed to record a script's chapters, wherever it is done. Tracks go into `folder`."""

    script: Script
    speech: Speech
    folder: Path
    codecs: tuple[str, ...]
    cache: work.Cache | None = None


def record(
    studio: Studio, cast: Cast, jobs: int, on_utterance: Callable[[Utterance], None]
) -> tuple[ChapterRecording, ...]:
    """The chapters in order, each starting where the one before ends; at most `jobs` are recorded at once.

    `on_utterance` is called for each utterance that is done. Raises SpeakError, StitchError.
    """
    jobs = min(jobs, len(studio.script.chapters))
    if jobs > 1:
        return one_after_another(_in_processes(studio, jobs, on_utterance))
    with going_ahead(cast, studio.script.utterances) as speaking:
        return Stitcher(speaking, studio.folder, studio.codecs, studio.cache, on_utterance).record(studio.script)


def jobs_for(script: Script) -> int:
    """How many chapters to record at once: as many as there are cores, and enough text for."""
    characters = sum(len(utterance.text) for utterance in script.utterances)
    return max(1, min(work.cores(), characters // _CHARACTERS_A_JOB))


# --- in processes of their own


def _in_processes(studio: Studio, jobs: int, on_utterance: Callable[[Utterance], None]) -> Iterator[ChapterRecording]:
    with processes(jobs, _prepare, studio) as pool:
        futures: list[Future[ChapterRecording]] = [
            pool.submit(_record, chapter, next_head_ms) for chapter, next_head_ms in with_next_heads(studio.script)
        ]
        for future in futures:
            try:
                recorded = future.result()
            except BrokenProcessPool as error:
                raise StitchError(
                    "A process that records chapters was ended from outside.",
                    "Build again: what was spoken is kept. With --jobs 1, less memory is needed.",
                ) from error
            for utterance in recorded.chapter.utterances:
                on_utterance(utterance)
            yield recorded


_studio: Studio | None = None
_opened = contextlib.ExitStack()
"""Of a process that records: what it was started for, and its engines."""


def _prepare(studio: Studio) -> None:
    global _studio
    _studio = studio


@functools.cache
def _studio_and_cast() -> tuple[Studio, Cast]:
    """Opened with the first chapter, not when the process starts: only then can an error be told."""
    assert _studio is not None  # noqa: S101 - for the type checker: _prepare came before
    return _studio, _opened.enter_context(cast_for(_studio.script, _studio.speech, _studio.cache))


def _record(chapter: Chapter, next_head_ms: int) -> ChapterRecording:
    studio, cast = _studio_and_cast()
    with going_ahead(cast, chapter.utterances) as speaking:
        return Stitcher(speaking, studio.folder, studio.codecs, studio.cache).record_chapter(chapter, next_head_ms)
