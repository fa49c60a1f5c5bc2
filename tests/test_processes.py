"""Processes that work for another are gone when it is done with them, however it ends."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from audio_edition.processes import processes


def _nothing() -> None:
    pass


def _tripled(number: int) -> int:
    return 3 * number


def test_a_signal_while_they_are_shut_down_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C, or the end of a service, may come at any time; the command must not wait for a process that does."""
    shut_down = ProcessPoolExecutor.shutdown
    interrupted: list[bool] = []

    def interrupt(pool: ProcessPoolExecutor, *words: Any, **more: Any) -> None:
        if not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt
        shut_down(pool, *words, **more)

    before = set(multiprocessing.active_children())
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", interrupt)
    with pytest.raises(KeyboardInterrupt), processes(1, _nothing) as pool:  # noqa: PT012 - it is leaving that raises
        assert pool.submit(_tripled, 4).result() == 12
        workers = set(multiprocessing.active_children()) - before
    for worker in workers:
        worker.join()
        assert worker.exitcode
    assert set(multiprocessing.active_children()) == before
