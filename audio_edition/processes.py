"""Worker processes, which end with their work, and with this process if it is killed."""

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
    """Return the number of cores that this process may use: AUDIO_EDITION_CORES, else those the system grants it.
    Whoever starts several processes divides the cores among them by this variable."""
    named = os.environ.get("AUDIO_EDITION_CORES", "")
    if named.isdecimal() and int(named):
        return int(named)
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextlib.contextmanager
def processes(count: int, prepare: Callable[..., None], *facts: Any) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of `count` processes, which divide the cores among them; each calls `prepare` with the facts when it
    starts.

    Facts must be small: Python writes them to a pipe, and hangs if they exceed its buffer and the process dies before
    it reads them.
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
    """Return a core for each process if the machine has exactly as many, else nothing. FFmpeg's threads wake each other
    with each frame, which costs a tenth of the time when they run on several cores."""
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
    """Prepare a worker process: limit it to `share` cores, and end it when its parent ends."""
    # Ctrl-C reaches all processes of a terminal: the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["AUDIO_EDITION_CORES"] = str(share)


def _end_with_parent() -> None:
    """End this process once its parent is gone: a killed parent cannot end its children."""
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)
