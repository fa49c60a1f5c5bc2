"""Make the editions of a batch on the workers of a Dask cluster.

A worker needs nothing from this machine except the installed package: documents, lexicons and settings travel as bytes
with each task, and the edition comes back or goes to an address. Each thread of a worker makes editions in a separate
process, so that a crash leaves the worker running.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition import __version__
from audio_edition.batch.destinations import Bundle, BundleDestination, FolderDestination, destination_for, unpack
from audio_edition.batch.local import Job, Material, Plan, Report, Reports, failed, fell, make_of, material_of, place_of
from audio_edition.cache import default_cache
from audio_edition.config import Settings
from audio_edition.edition.build import lexicons_for, put_edition
from audio_edition.edition.issue import Documents, Source, load_documents
from audio_edition.errors import AudioEditionError, ClusterError, MissingTool, install_line
from audio_edition.processes import begin

if TYPE_CHECKING:
    from distributed import Client, Future

TASKS_A_THREAD = 2
"""One that is made, and one that waits beside it: more would fill the scheduler and gain nothing."""

_CONNECT_SECONDS = 10
_WORKERS_SECONDS = 30
_LARGEST_TASK = "200MB"
"""Dask warns of tasks of ten: a document may have fifty, and its lexicons come on top."""

_INSTALL_SAME = "Install the same version of audio-edition on the scheduler, on every worker and here."


@dataclass(frozen=True, slots=True)
class _Task:
    """What is sent to a worker."""

    material: Material
    source: Source | None
    """The document, where the worker is to read it from its address."""

    plan: Plan
    """Without a folder, cache or path of this machine; an `output` of "" sends editions back."""

    named_lexicons: tuple[str, ...]
    keeps: bool
    """Whether the worker may use its own cache."""

    there: dict[str, str]
    """What the editions at their place were made from, where that is a folder here."""

    epoch: str | None


def make_on_cluster(jobs: Iterable[Job], plan: Plan, address: str) -> Reports:
    """Yield the reports of all jobs as they finish on the workers of the scheduler at `address`.

    A job whose worker dies is given to another. One that may have crashed several workers is made last and alone, and
    reported as failed if that crashes too. Raises ClusterError, MissingTool, SettingsError.
    """
    destination_for(plan.output)  # an address that nobody can use is refused before anything is made
    with _connected(address) as client:
        suspects: list[Job] = []
        yield from _spread(client, iter(jobs), plan, suspects)
        for job in suspects:
            again: list[Job] = []
            yield from _spread(client, iter([job]), plan, again)
            yield from (fell(each.name) for each in again)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise MissingTool(
            "A cluster needs Dask, which is not installed.", f"Install it: {install_line('cluster')}"
        ) from error
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGEST_TASK}):
        try:
            client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError(
                f"No scheduler answers at {address}.",
                "Start one (dask scheduler), and give its address as it prints it, such as tcp://host:8786.",
            ) from error
        with client:
            _wait_for_worker(client, address)
            try:
                yield client
            except Exception as error:
                if client.status == "running":
                    raise
                raise _lost(address) from error


def _lost(address: str) -> ClusterError:
    return ClusterError(
        f"The connection to the scheduler at {address} was lost.", "Check the scheduler, then continue with --resume."
    )


def _wait_for_worker(client: Client, address: str) -> None:
    """Wait for the first worker; workers lost later may come back. Raises ClusterError."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
    except TimeoutError as error:
        raise ClusterError(
            f"The scheduler at {address} has no workers.", f"Start some: dask worker {address}"
        ) from error


def _spread(client: Client, waiting: Iterator[Job], plan: Plan, suspects: list[Job]) -> Iterator[Report]:
    """Yield reports until all jobs are done; add jobs that may have crashed workers to `suspects`."""
    from distributed import as_completed

    running: dict[Future[bytes | None], Job] = {}
    arriving = as_completed(loop=client.loop)
    try:
        while True:
            most = _most_at_once(client)
            # How many workers there are is asked once for each round, not for each job.
            for _ in range(most):
                while len(running) < most and (job := next(waiting, None)):
                    task = _packed(job, plan)
                    if isinstance(task, Report):
                        yield task
                        continue
                    future = client.submit(_make, __version__, task, pure=False)
                    running[future] = job
                    arriving.add(future)
                if not running:
                    return
                future = next(arriving)
                job = running.pop(future)
                yield from _arrived(future, job, plan, suspects)
                future.release()
    finally:
        if client.status == "running":
            client.cancel(list(running))


def _most_at_once(client: Client) -> int:
    """Return how many tasks to keep submitted; workers that join count from the next round on."""
    threads: int = sum(client.nthreads().values())
    return TASKS_A_THREAD * max(1, threads)


def _packed(job: Job, plan: Plan) -> bytes | Report:
    """Return the pickled task of a job, or the report of why there is none."""
    settings, here = plan.settings, isinstance(plan.output, Path)
    is_at_address = isinstance(job.source.document, str)
    try:
        material = _lexicons_of(job, settings) if is_at_address else _without_paths(material_of(job, settings))
    except AudioEditionError as error:
        return failed(job.name, error)
    task = _Task(
        material,
        job.source if is_at_address else None,
        replace(plan, output="" if here else plan.output, settings=_without_lexicons(settings), cache=None),
        tuple(path.name for path in settings.lexicons),
        plan.cache is not None,
        _made_from(plan.output, job.folder) if isinstance(plan.output, Path) and plan.resume else {},
        os.environ.get("SOURCE_DATE_EPOCH"),
    )
    return pickle.dumps(task)


def _lexicons_of(job: Job, settings: Settings) -> Material:
    """Return the material for a worker that reads the document itself: only the lexicons."""
    nothing = Documents(())
    return Material(job.name, job.folder, nothing, lexicons_for(nothing, settings))


def _without_paths(material: Material) -> Material:
    """Return the material without paths, which mean nothing on another machine (and Windows paths cannot be unpickled
    there)."""
    loaded = tuple(replace(document, path=None) for document in material.documents.loaded)
    return replace(material, documents=replace(material.documents, loaded=loaded))


def _without_lexicons(settings: Settings) -> Settings:
    """Return the settings without lexicons, which travel as bytes."""
    return replace(settings, lexicons=(), speech=replace(settings.speech, lexicons=()))


def _made_from(output: Path, folder: str) -> dict[str, str]:
    """Return what the editions of a document in a folder were made from, by name: the only one, or the numbered
    ones."""
    destination = FolderDestination(output)
    names = itertools.chain([folder], *(_numbered(output, folder, digits) for digits in range(1, 6)))
    return {name: made_from for name in names if (made_from := destination.made_from(name))}


def _numbered(output: Path, folder: str, digits: int) -> Iterator[str]:
    names = (f"{folder}-{number:0{digits}}" for number in range(1, 10**digits))
    return itertools.takewhile(lambda name: (output / name).is_dir(), names)


def _arrived(future: Future[bytes | None], job: Job, plan: Plan, suspects: list[Job]) -> Iterator[Report]:
    """Yield the reports of a finished job after moving its editions into place."""
    from distributed.scheduler import KilledWorker

    if future.cancelled():
        raise ClusterError(
            f"{job.name}: its task was cancelled by the scheduler.", "Check the scheduler, then continue with --resume."
        )
    try:
        result = future.result()
    except KilledWorker:
        suspects.append(job)
        return
    except (ImportError, AttributeError, RuntimeError) as error:
        reason = str(error.__cause__ or error).partition("\n")[0][:200]
        raise ClusterError(f"The cluster can't make editions ({reason}).", _INSTALL_SAME) from error
    if result is None:
        yield fell(job.name)
        return
    for report, bundle in pickle.loads(result):  # noqa: S301 - Dask itself unpickles what workers send
        yield _put(report, bundle, plan) if isinstance(plan.output, Path) else report


def _put(report: Report, bundle: Bundle | None, plan: Plan) -> Report:
    """Move an edition that arrived into place and return its report."""
    assert isinstance(plan.output, Path)  # noqa: S101 - for the type checker: who calls has looked
    folder = Path(report.edition).name
    if bundle:
        try:
            put_edition(plan.output, folder, partial(unpack, bundle, report.source))
        except AudioEditionError as error:
            return replace(failed(report.source, error), title=report.title)
    return replace(report, edition=place_of(plan.output, folder) if folder else "")


# --- in a worker


def _make(version_of_caller: str, task: bytes) -> bytes | None:
    """Return the pickled reports of a task; None if the process that made it crashed twice. Raises ClusterError."""
    if version_of_caller != __version__:
        raise ClusterError(
            f"A worker has audio-edition {__version__}, but this machine has {version_of_caller}: "
            "editions would differ.",
            _INSTALL_SAME,
        )
    for _ in range(2):
        with contextlib.suppress(EOFError, OSError):
            return _made_apart(task)
    return None


_idle: deque[_Maker] = deque()
"""Of a worker: processes that wait for the next task."""


def _made_apart(task: bytes) -> bytes:
    maker = _idle.pop() if _idle else _Maker()
    try:
        made = maker.make(task)
    except BaseException:
        maker.end()
        raise
    _idle.append(maker)
    return made


class _Maker:
    """A process that makes one task at a time."""

    def __init__(self) -> None:
        # Dask's workers are daemons, which may have no children, lest those outlive them; this one ends with it.
        multiprocessing.current_process().daemon = False
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def make(self, task: bytes) -> bytes:
        """Make an edition in the process. Raises EOFError or OSError if it crashes."""
        self._connection.send_bytes(task)
        return self._connection.recv_bytes()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve(connection: Connection) -> None:
    begin(share=1)
    with contextlib.suppress(EOFError):
        while True:
            connection.send_bytes(_done(connection.recv_bytes()))


def _done(data: bytes) -> bytes:
    """Run a task and return its reports, each with the bundle of its edition or None."""
    started = time.monotonic()
    task: _Task = pickle.loads(data)  # noqa: S301 - Dask itself runs what reaches it
    _set_epoch(task.epoch)
    settings = replace(task.plan.settings, lexicons=tuple(map(Path, task.named_lexicons)))
    cache = default_cache(settings.cache_bytes) if task.keeps else None
    plan = replace(task.plan, settings=settings, cache=cache)
    bundles = BundleDestination(task.there)
    try:
        material = task.material
        if task.source:
            documents = load_documents([task.source], allow_private=settings.allow_private)
            material = replace(material, documents=documents)
        destination = destination_for(plan.output) if plan.output else bundles
        reports = list(make_of(material, plan, destination, started))
    except Exception as error:  # no document takes another along
        reports = [failed(task.material.name, error)]
    return pickle.dumps([(report, bundles.bundles.get(report.edition)) for report in reports])


def _set_epoch(epoch: str | None) -> None:
    """Use the caller's SOURCE_DATE_EPOCH, not the worker's."""
    if epoch is None:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    else:
        os.environ["SOURCE_DATE_EPOCH"] = epoch
