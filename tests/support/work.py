"""How much work something is, told so that a slow or busy machine says the same as a fast one.

Seconds of the processor are compared with those of a smaller size, or with a pace: a fixed piece of Python.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

Made = TypeVar("Made")

_GRAIN_SECONDS = 0.02
"""What takes less is said to take this long: it would be compared with the clock's grain and with chance."""


@dataclass
class Work:
    """What was done between two paces. A pace is the slower of the one before and the one behind."""

    seconds: float = 0.0
    pace_seconds: float = 0.0

    @property
    def paces(self) -> float:
        return self.seconds / self.pace_seconds


@contextmanager
def counted() -> Iterator[Work]:
    """Count what is done within; the figures are there behind it."""
    work = Work()
    before = pace_seconds()
    started = time.process_time()
    yield work
    work.seconds = time.process_time() - started
    work.pace_seconds = max(before, pace_seconds())


def growth(make: Callable[[int], Made], use: Callable[[Made], object], small: int, large: int) -> float:
    """Return how many times as long it takes to use what is made of the large size as of the small one."""

    def seconds(size: int) -> float:
        made = make(size)
        started = time.process_time()
        use(made)
        return time.process_time() - started

    seconds(small)  # loads and caches what the first one has to wait for
    return seconds(large) / max(min(seconds(small) for _ in range(3)), _GRAIN_SECONDS)


def pace_seconds() -> float:
    """Return the seconds of the processor that the fixed piece of work takes now; some 0.05 in 2026."""
    started = time.process_time()
    counts: dict[str, int] = {}
    for number in range(150_000):
        word = f"{number:x}"
        counts[word[-3:]] = counts.get(word[-3:], 0) + len(word)
    return time.process_time() - started
