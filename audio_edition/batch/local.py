"""Make an edition of each article in many documents, several at once, and report on each.

A document that fails, or that crashes the process it is made in, is reported and does not affect the others.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from audio_edition.batch.destinations import Destination, destination_for
from audio_edition.cache import Cache, key_of
from audio_edition.config import FILE_NAME, Settings
from audio_edition.edition.build import Edition, LexiconFile, lexicons_for, make_edition, make_scripts
from audio_edition.edition.issue import Documents, Source, load_documents
from audio_edition.edition.kept import edition_key
from audio_edition.errors import AudioEditionError, ReadError
from audio_edition.formats import slug
from audio_edition.processes import processes
from audio_edition.sources.storage import addresses_in, is_remote, stem_of

_NO_ARTICLES = (".lexicon", ".pls", ".toml")
_LEXICON = "lexicon.txt"


@dataclass(frozen=True, slots=True)
class Job:
    """A document and the folder name of its edition; if it holds several articles, the names are numbered."""

    source: Source
    folder: str

    @property
    def name(self) -> str:
        return self.source.name or str(self.source.document)


@dataclass(frozen=True, slots=True)
class Material:
    """The bytes that a job's editions are made from; it can be sent to another machine."""

    name: str
    folder: str
    documents: Documents
    lexicons: tuple[LexiconFile, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What all editions of a batch share. `output` is a folder or an fsspec address; with `resume`, editions that are
    up to date are kept."""

    output: Path | str
    settings: Settings
    cache: Cache | None = None
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The result for an article: its edition, how long it took to make and how long it plays (in seconds), and its
    findings; or the error and its remedy."""

    source: str
    status: Literal["made", "kept", "failed"]
    edition: str = ""
    title: str = ""
    seconds: float = 0.0
    plays_seconds: float = 0.0
    findings: tuple[dict[str, str], ...] = ()
    error: str = ""
    remedy: str = ""


Reports = Generator[Report, None, None]
"""As they come; who wants no more of them closes it, and what is under way is given up."""


def jobs_of(sources: Iterable[Source]) -> Iterator[Job]:
    """Yield a job for each source. Editions are named after their documents, and numbered where names repeat."""
    taken: Counter[str] = Counter()
    for source in sources:
        name = slug(_stem(source))
        taken[name] += 1
        yield Job(source, name if taken[name] == 1 else f"{name}-{taken[name]}")


def _stem(source: Source) -> str:
    if isinstance(source.document, Path):
        return source.document.stem
    if isinstance(source.document, str) and is_remote(source.document):
        return stem_of(source.document)
    return source.name or str(source.document)


def documents_in(folder: Path) -> list[Path]:
    """Return the files in a folder and its subfolders that may be articles, sorted; without hidden files, lexicons and
    settings. Raises ReadError."""
    if not folder.is_dir():
        raise ReadError(f"{folder} is not a folder.", "Check the path.")
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if _may_be_article(path.relative_to(folder)))


def documents_at(address: str) -> list[str]:
    """Return the addresses of the documents at an fsspec address: the possible articles in a folder (an address that
    ends with a slash), the matches of a pattern with *, or the address itself. Raises ReadError, MissingTool,
    SettingsError."""
    if not address.endswith("/") and "*" not in address:
        return [address]
    return [found for found in addresses_in(address) if _may_be_article(Path(PurePosixPath(found).name))]


def _may_be_article(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts) or path.name in (_LEXICON, FILE_NAME):
        return False
    return path.suffix.lower() not in _NO_ARTICLES


def make_batch(jobs: Iterable[Job], plan: Plan, at_once: int) -> Reports:
    """Yield the reports of all jobs as they finish; `at_once` are made at a time, each in a process.

    Raises MissingTool, SettingsError if the output address cannot be used.
    """
    destination_for(plan.output)
    waiting = iter(jobs)
    while True:
        suspects: list[Job] = []
        yield from _until_one_falls(waiting, plan, at_once, suspects)
        if not suspects:
            return
        for job in suspects:
            yield from _quarantined(job, plan)


def _until_one_falls(waiting: Iterator[Job], plan: Plan, at_once: int, suspects: list[Job]) -> Iterator[Report]:
    """Yield reports until all jobs are done or a process crashes; then add the jobs that may have crashed it to
    `suspects`."""
    running: dict[Future[list[Report]], Job] = {}
    try:
        with processes(at_once, _prepare, plan) as pool:
            while True:
                while len(running) < at_once and (job := next(waiting, None)):
                    running[pool.submit(_make, job)] = job
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    reports = future.result()
                    del running[future]
                    yield from reports
    except BrokenProcessPool:
        suspects += running.values()


def _quarantined(job: Job, plan: Plan) -> list[Report]:
    """Make a job alone, after a process crashed while it was made, and return its reports."""
    try:
        with processes(1, _prepare, plan) as pool:
            return pool.submit(_make, job).result()
    except BrokenProcessPool:
        return [fell(job.name)]


_plan: Plan | None = None
"""Of a process that makes editions."""


def _prepare(plan: Plan) -> None:
    global _plan
    _plan = plan


def _make(job: Job) -> list[Report]:
    assert _plan is not None  # noqa: S101 - for the type checker: _prepare came before
    return list(make_one(job, _plan))


def make_one(job: Job, plan: Plan) -> Iterator[Report]:
    """Yield the reports of a job's articles, made in this process. Errors of documents are reported, not raised."""
    started = time.monotonic()
    try:
        material = material_of(job, plan.settings)
    except Exception as error:  # no document takes another along
        yield failed(job.name, error)
    else:
        yield from make_of(material, plan, destination_for(plan.output), started)


def material_of(job: Job, settings: Settings) -> Material:
    """Return the bytes that a job's editions are made from. Raises ReadError, ScriptError, SettingsError,
    MissingTool."""
    documents = load_documents([job.source], allow_private=settings.allow_private)
    return Material(job.name, job.folder, documents, lexicons_for(documents, settings))


def make_of(material: Material, plan: Plan, destination: Destination, started: float) -> Iterator[Report]:
    """Yield the reports of the articles in a material, whose editions go to `destination`."""
    try:
        scripts = list(make_scripts(material.documents, material.lexicons, plan.settings))
        key = edition_key(material.documents, material.lexicons, plan.settings)
    except Exception as error:  # no document takes another along
        yield failed(material.name, error)
        return
    digits = len(str(len(scripts)))
    for number, script in enumerate(scripts, start=1):
        folder = material.folder if len(scripts) == 1 else f"{material.folder}-{number:0{digits}}"
        made_from = key_of(key, number, len(scripts))
        if plan.resume and destination.made_from(folder) == made_from:
            yield Report(material.name, "kept", place_of(plan.output, folder), script.title)
            continue
        try:
            with destination.workplace() as output:
                edition = make_edition(script, output, plan.settings, plan.cache, folder=folder, made_from=made_from)
                place = destination.put(edition.folder)
        except Exception as error:  # no document takes another along
            yield replace(failed(material.name, error), title=script.title)
        else:
            yield _made(material.name, edition, place, time.monotonic() - started)
        started = time.monotonic()


def place_of(output: Path | str, folder: str) -> str:
    """Return the path or address of the edition of that name."""
    return str(output / folder) if isinstance(output, Path) else f"{output.rstrip('/')}/{folder}"


def _made(name: str, edition: Edition, place: str, seconds: float) -> Report:
    script = edition.recording.script
    findings = tuple(
        {name: value for name, value in dataclasses.asdict(finding).items() if value} for finding in script.findings
    )
    return Report(name, "made", place, script.title, round(seconds, 3), edition.seconds, findings)


def failed(name: str, error: Exception) -> Report:
    """Return the report of a document or article that could not be made."""
    if isinstance(error, AudioEditionError):
        return Report(name, "failed", error=error.message, remedy=error.remedy)
    return Report(
        name,
        "failed",
        error=f"{name}: unexpected error ({type(error).__name__}: {error}).",
        remedy="Please report it, with the traceback that `audio-edition build` prints for this document alone.",
    )


def fell(name: str) -> Report:
    """Return the report of a document that crashed its process while made alone."""
    return Report(
        name,
        "failed",
        error=f"{name}: the process that made its edition was killed.",
        remedy="See whether the machine ran out of memory; try the document alone with build.",
    )


# --- a folder that is watched


def watch(folder: Path, make: Callable[[Sequence[Job]], Iterable[Report]], ticks: Iterable[object]) -> Reports:
    """Make an edition of each file dropped into a folder, then move the file to `done`, or with the reason to `failed`,
    both in that folder. A file is taken once it is unchanged from one tick to the next. Yield the reports."""
    before: dict[Path, tuple[int, int]] = {}
    for _ in ticks:
        now = {path: (facts.st_size, facts.st_mtime_ns) for path, facts in _dropped(folder)}
        settled = [path for path, facts in now.items() if before.get(path) == facts]
        before = now
        outcome: dict[str, list[Report]] = {}
        for report in make(list(jobs_of(map(Source, settled)))) if settled else ():
            outcome.setdefault(report.source, []).append(report)
            yield report
        for path in settled:
            _move_aside(path, outcome.get(str(path), []))


def _dropped(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in sorted(folder.iterdir()):
        # Who may write into the folder may not make a document of what only this program may read.
        if path.is_file() and not path.is_symlink() and _may_be_article(Path(path.name)):
            yield path, path.stat()


def _move_aside(path: Path, reports: Sequence[Report]) -> None:
    failed = [report for report in reports if report.status == "failed"]
    place = path.parent / ("failed" if failed else "done")
    place.mkdir(exist_ok=True)
    target, number = place / path.name, 1
    while target.exists():
        number += 1
        target = place / f"{path.stem}-{number}{path.suffix}"
    path.rename(target)
    if failed:
        reasons = "".join(f"{report.error}\n{report.remedy}\n" for report in failed)
        target.with_name(f"{target.name}.reason.txt").write_text(reasons, "utf-8", "replace", newline="\n")
