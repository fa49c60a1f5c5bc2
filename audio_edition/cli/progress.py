"""How far a build has come: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from audio_edition.cli.output import say

if TYPE_CHECKING:
    from audio_edition.edition.jobs import Progress
    from audio_edition.model import Script, Utterance


@contextlib.contextmanager
def progress_of(script: Script, quiet: bool, plain: bool) -> Iterator[Progress]:
    """Yield a progress function: a bar on a terminal, a line for each chapter elsewhere, nothing if `quiet`."""
    if quiet or sys.stderr is None:
        yield lambda done, whole, utterance: None
    elif sys.stderr.isatty() and not plain:
        with _bar(len(script.utterances)) as progress:
            yield progress
    else:
        yield _chapter_lines(script)


@contextlib.contextmanager
def bytes_of(whole: int) -> Iterator[Callable[[int], None]]:
    """Yield a function to be called with the bytes that came so far: a bar on a terminal, nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=whole)
        yield lambda done: bar.update(task, completed=done)


@contextlib.contextmanager
def _bar(whole: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Speaking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=whole)
        yield lambda done, whole, utterance: bar.update(task, completed=done, total=whole)


def _chapter_lines(script: Script) -> Progress:
    last = {chapter.utterances[-1].id: chapter.title[:70] for chapter in script.chapters}

    def line(done: int, whole: int, utterance: Utterance) -> None:
        if utterance.id in last or done == whole:
            say(f"Spoken: {last.get(utterance.id, 'as far as the preview goes')} ({done} of {whole} sentences)")

    return line
