"""Processes that work for this one: gone when it is done with them, and when it is killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.queues import SimpleQueue
from typing import Any


def cores() -> int:
    """The cores that this process may keep busy: AUDIO_EDITION_CORES, else those that the system gives it. Whoever runs
    several processes at once shares the cores out among them by this."""
    named = os.environ.get("AUDIO_EDITION_CORES", "")
    if named.isdecimal() and int(named):
        return int(named)
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextlib.contextmanager
def processes(count: int, prepare: Callable[..., None], *facts: Any) -> Iterator[ProcessPoolExecutor]:
    """So many processes, which share the cores out among them; each calls `prepare` with the facts when it starts.

    Facts are few: Python writes them to a pipe, and would never end where they are more than it holds and the process
    ended before it read them.
    """
    share = max(1, cores() // count)
    # Not forked: this process has threads.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    places: SimpleQueue[int] = context.SimpleQueue()
    for core in _cores_of_their_own(count):
        places.put(core)
    pool = ProcessPoolExecutor(count, context, _start, (share, places, prepare, facts))
    try:
        yield pool
        pool.shutdown()
    except BaseException:  # a signal may come while the pool is shut down, too
        for worker in set(multiprocessing.active_children()) - before:
            worker.kill()
        pool.shutdown(cancel_futures=True)
        raise


def _cores_of_their_own(count: int) -> list[int]:
    """A core for each process, where the machine has just as many. FFmpeg's threads wake each other with each frame,
    which takes a tenth of the time where they are on several cores."""
    if sys.platform != "linux" or count != cores():
        return []
    own = sorted(os.sched_getaffinity(0))
    return own if len(own) == count else []


def _start(share: int, places: SimpleQueue[int], prepare: Callable[..., None], facts: tuple[Any, ...]) -> None:
    begin(share)
    if sys.platform == "linux" and not places.empty():
        os.sched_setaffinity(0, {places.get()})
    prepare(*facts)


def begin(share: int) -> None:
    """What a process does first that works for another: it may keep so many cores busy, and ends when that one does."""
    # Ctrl-C reaches all processes of a terminal: the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["AUDIO_EDITION_CORES"] = str(share)


def _end_with_parent() -> None:
    """A parent that was killed can end nobody."""
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)
