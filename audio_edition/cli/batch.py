"""batch: an edition of each article."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audio_edition.cli.options import cache_size, edition_options, settings_of
from audio_edition.cli.output import give, on_terminal, say

if TYPE_CHECKING:
    from audio_edition.batch.local import Job, Plan, Reports
    from audio_edition.edition.issue import Source


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="PLACE",
    default="output",
    show_default=True,
    help="Folder for editions, or an address for fsspec such as s3://bucket/editions.",
)
@edition_options
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Number of editions to make at once; by default one per core.",
)
@click.option("--dask", metavar="ADDRESS", help="Make them on the cluster of a Dask scheduler; see docs/scaling.md.")
@click.option("--resume", is_flag=True, help="Keep editions whose documents and settings did not change.")
@click.option("--stop-on-error", is_flag=True, help="Stop at the first document that can't be made.")
@click.option(
    "--watch",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Make editions of files as they arrive in a folder, until stopped.",
)
@click.option("--no-cache", is_flag=True, help="Make everything again, and keep nothing for the next run.")
@cache_size
@click.option("-q", "--quiet", is_flag=True, help="Print only the report and errors.")
def batch(
    sources: tuple[str, ...],
    output: str,
    jobs: int | None,
    dask: str | None,
    resume: bool,
    stop_on_error: bool,
    watch: Path | None,
    no_cache: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Make an edition of each article in SOURCE: files, folders, feeds, or - for a list of files on standard input.

    Editions are called as their documents are. On standard output stands a line of JSON for each: source, status (made,
    kept, failed), edition, title, seconds it took, seconds it plays, findings, error, remedy. On a terminal, a line
    for people stands in its place. Exit 1 if one failed.

    \b
    Examples:
      audio-edition batch articles/ -o editions > report.jsonl
      audio-edition batch *.txt --format mp3,transcript --jobs 4 --resume
      find wire -name "*.xml" | audio-edition batch - -o editions
      audio-edition batch --watch inbox -o editions
      audio-edition batch "s3://wire/2026/*.xml" -o s3://editions --dask tcp://scheduler:8786
    """
    from audio_edition.batch import local as making
    from audio_edition.cache import default_cache
    from audio_edition.edition.issue import is_address

    if bool(sources) == bool(watch):
        raise click.UsageError("Name the documents, or a folder with --watch.")
    settings = settings_of(options)
    cache = None if no_cache else default_cache(settings.cache_bytes)
    place = output if is_address(output) else Path(output)
    plan = making.Plan(place, settings, cache, resume or bool(watch))
    make = _maker(plan, jobs, dask)
    reports = making.watch(watch, make, _each_second()) if watch else make(making.jobs_of(_batch_sources(sources)))
    failed = 0
    with contextlib.closing(reports):
        for number, report in enumerate(reports, start=1):
            if quiet or not on_terminal():
                give(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
                sys.stdout.flush()
            failed += report.status == "failed"
            if not quiet:
                say(f"{number}. {report.status}: {report.source}{f': {report.error}' if report.error else ''}")
            if failed and stop_on_error:
                break
    if failed:
        say(f"{failed} failed.")
        click.get_current_context().exit(1)


def _maker(plan: Plan, jobs: int | None, dask: str | None) -> Callable[[Iterable[Job]], Reports]:
    """Return what makes the editions: processes here, or a cluster."""
    if dask is None:
        from audio_edition.batch.local import make_batch
        from audio_edition.processes import cores

        return functools.partial(make_batch, plan=plan, at_once=jobs or cores())
    if jobs:
        raise click.UsageError("--jobs is for this machine; a cluster has as many as its workers have threads.")
    from audio_edition.batch.cluster import make_on_cluster

    return functools.partial(make_on_cluster, plan=plan, address=dask)


def _each_second() -> Iterator[None]:
    import time

    while True:
        yield
        time.sleep(1)


def _batch_sources(names: Sequence[str]) -> Iterator[Source]:
    """Yield the documents: files, those in folders, and those that a pattern matches if no shell expanded it."""
    from audio_edition.batch.local import documents_at, documents_in
    from audio_edition.edition.issue import Source, is_address
    from audio_edition.sources.storage import is_remote

    for name in names:
        path = Path(name)
        if name == "-":
            lines = (line.strip() for line in sys.stdin or ())
            yield from _batch_sources([line for line in lines if line and line != "-"])
        elif is_remote(name):
            yield from map(Source, documents_at(name))
        elif is_address(name):
            yield Source(name)
        elif path.is_dir():
            yield from (Source(document) for document in documents_in(path))
        elif "*" in path.name and not path.exists():
            found = sorted(path.parent.glob(path.name))
            yield from (Source(document) for document in found if not document.name.startswith("."))
        else:
            yield Source(path)
