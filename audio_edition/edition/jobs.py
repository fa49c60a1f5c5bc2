"""Record a script: its takes one after another, or several at once in processes. The bytes are the same."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import itertools
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from audio_edition.cache import Cache
from audio_edition.errors import StitchError
from audio_edition.model import BrailleForm, ChapterRecording, Finding, Recording, Script, Settings, Speech, Utterance
from audio_edition.processes import cores, processes
from audio_edition.record.stitch import Stitcher, TakeLog, TakePlan, plan_takes
from audio_edition.speak import default_engine, open_engine
from audio_edition.speak.cast import Cast, cast_for
from audio_edition.speak.person import Person
from audio_edition.speak.prefetch import ahead

Progress = Callable[[int, int, Utterance], None]
"""Called with the number of utterances that are done, their total, and the one just done."""

_CHARACTERS_A_JOB = 15_000
"""Text for which a process of its own is worth starting: some seconds of work."""


@dataclass(frozen=True, slots=True)
class RecordingJob:
    """Everything needed to record a script in any process. Tracks go into `folder`."""

    script: Script
    speech: Speech
    folder: Path
    codecs: tuple[str, ...]
    cache: Cache | None = None
    instead: str = ""
    """As in Stitcher."""
    readers: Mapping[str, Person] = field(default_factory=dict)
    lead: Person | None = None
    """As in Cast."""

    def stitcher(self, cast: Cast, on_utterance: Callable[[Utterance], None] = lambda _: None) -> Stitcher:
        return Stitcher(cast, self.folder, self.codecs, self.cache, on_utterance, self.instead)


def record(
    script: Script,
    cast: Cast,
    settings: Settings,
    formats: Sequence[str],
    folder: Path,
    cache: Cache | None = None,
    progress: Progress = lambda done, whole, utterance: None,
    jobs: int = 1,
) -> Recording:
    """Speak a script and encode its takes into `folder`, at most `jobs` of them at once; the bytes are the same. What
    the cast has a reader for is not spoken, but cut from the recording.

    Return the recording with the findings of the cast and of what could not be said. With more than one job the cast
    is closed, as each process has engines of its own. Raises SpeakError, StitchError.
    """
    # Imported here, as the processes that record import this module too, and need neither.
    from audio_edition.formats import codecs_of
    from audio_edition.script import unspeakable

    done, whole = itertools.count(1), len(script.utterances)

    def on_utterance(utterance: Utterance) -> None:
        progress(next(done), whole, utterance)

    instead = "" if settings.strict else unspeakable(script.language)
    codecs = codecs_of(formats)
    job = RecordingJob(script, settings.speech, folder, codecs, cache, instead, cast.readers, cast.lead)
    plans = plan_takes(script)
    if min(jobs, len(plans)) > 1:
        cast.close()
        logs = _in_processes(job, plans, min(jobs, len(plans)), on_utterance)
        chapters = job.stitcher(cast).chapters(plans, logs)
    else:
        stitcher = job.stitcher(cast, on_utterance)
        with ahead(cast.narrator_of, script.utterances) as say:
            chapters = stitcher.chapters(plans, (stitcher.record_take(plan, say) for plan in plans))
    chapters = tuple(_with_confidence(chapter, cast) for chapter in chapters)
    others = dict.fromkeys(cue.voice for chapter in chapters for cue in chapter.cues if cue.voice)
    findings = (*script.findings, *cast.findings, *_not_spoken(script, chapters))
    script = dataclasses.replace(script, findings=findings)
    delivery, version = cast.first.delivery, cast.first.engine.version
    return Recording(
        script, chapters, delivery, version, tuple(others), settings.certifier, settings.colour, _braille(settings),
        settings.book_text, settings.profile,
    )  # fmt: skip


def _braille(settings: Settings) -> BrailleForm:
    width, height = map(int, settings.braille_size.split("x"))
    return BrailleForm(width, height, settings.braille_grade)


def _with_confidence(chapter: ChapterRecording, cast: Cast) -> ChapterRecording:
    """Return the chapter, of whose cues those that a person reads say how sure their times are."""
    if not cast.readers:
        return chapter
    readings = {name: person.readings[name] for name, person in cast.readers.items()}
    cues = (
        dataclasses.replace(cue, confidence=readings[cue.utterance.id].confidence)
        if cue.utterance.id in readings
        else cue
        for cue in chapter.cues
    )
    return dataclasses.replace(chapter, cues=tuple(cues))


def jobs_for(script: Script, speech: Speech) -> int:
    """Return how many takes to record at once: one per core, if there is enough text. One, if the engine itself speaks
    several utterances at once, as each further process would load its voice again.

    Raises SpeakError, MissingTool for an engine that cannot be used.
    """
    characters = sum(len(utterance.text) for utterance in script.utterances)
    jobs = min(cores(), characters // _CHARACTERS_A_JOB)
    if jobs < 2:
        return 1
    with contextlib.closing(open_engine(speech.engine or default_engine())) as engine:
        return 1 if engine.at_once > 1 else jobs


def _not_spoken(script: Script, chapters: Sequence[ChapterRecording]) -> Iterator[Finding]:
    """Yield a warning for each sentence in whose place something else was said."""
    written = {utterance.id: utterance for utterance in script.utterances}
    for cue in (cue for chapter in chapters for cue in chapter.cues):
        if cue.utterance.spoken != written[cue.utterance.id].spoken:
            yield Finding(
                id="not-spoken",
                level="warning",
                message=f"The engine can't say a sentence, so “{cue.utterance.spoken}” is heard in its place.",
                place=cue.utterance.id,
                remedy="Change its spoken form (audio-edition script ARTICLE --format json), or try another voice.",
                text=cue.utterance.text,
            )


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
                    "A recording process was killed.",
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
    """Return the job of this process. It is loaded with the first take, not when the process starts: only then can an
    error be reported."""
    path, digest = _told
    data = path.read_bytes()
    if hashlib.sha256(data).digest() != digest:
        message = f"{path} is not what this build wrote there: another program or user changed it."
        raise StitchError(message, "Build in a folder that nobody else can write to.")
    job: RecordingJob = pickle.loads(data)  # noqa: S301 - these are the bytes that the parent wrote
    cast = _opened.enter_context(cast_for(job.script, job.speech, job.cache))
    return job, plan_takes(job.script), dataclasses.replace(cast, readers=job.readers, lead=job.lead)


def _record(number: int) -> TakeLog:
    job, plans, cast = _job_and_cast()
    with ahead(cast.narrator_of, plans[number].utterances) as say:
        return job.stitcher(cast).record_take(plans[number], say)
