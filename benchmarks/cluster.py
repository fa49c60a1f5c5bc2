"""How many workers hold a promised wait? A day on paper: articles come as news comes, with bursts; each takes as long
as one of a measured batch did; workers fail, and what they were at is done again.

    audio-edition batch articles -o editions > report.jsonl
    python benchmarks/cluster.py report.jsonl [--articles 1000000] [--promise 60] [--workers 40,60,80]

A worker is a core. The same numbers each time. Without --workers the fewest are sought with which 99 of 100 articles
begin to be made within the promise.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_DAY = 86_400
_BY_HOUR = (2, 1, 1, 1, 2, 4, 7, 8, 8, 7, 6, 6, 7, 6, 6, 6, 7, 8, 7, 6, 5, 4, 3, 2)
"""How news is spread over a day: little at night, most at breakfast and when people go home."""

_BURSTS, _BURST_SECONDS, _BURST_TIMES = 6, 600, 4
"""So many times a day something happens, and for so long so many times as much is written as at that hour."""

_NOTICED_SECONDS = 30
_BACK_SECONDS = 120
"""Until a scheduler knows that a worker is dead, and until another is there."""


@dataclass(frozen=True)
class Day:
    """What came of a day: how long articles waited, in seconds, and how busy workers were."""

    waits: Sequence[float]
    busy: float
    again: int

    def wait(self, share: float) -> float:
        """The seconds within which that share of the articles began to be made."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))]


def arrivals(articles: int, chance: random.Random) -> list[float]:
    """When the articles of a day come, in seconds from midnight, sorted."""
    weights = [float(_BY_HOUR[minute // 60]) for minute in range(_DAY // 60)]
    for _ in range(_BURSTS):
        start = chance.randrange(len(weights) - _BURST_SECONDS // 60)
        for minute in range(start, start + _BURST_SECONDS // 60):
            weights[minute] *= _BURST_TIMES
    minutes = chance.choices(range(len(weights)), weights, k=articles)
    return sorted(60 * (minute + chance.random()) for minute in minutes)


def day(come: Sequence[float], seconds: Sequence[float], workers: int, failures: float, seed: int) -> Day:
    """A day of so many workers, each of which fails so many times in it. First come, first served; what a worker was
    at when it failed waits again, and longer than the rest."""
    chance = random.Random(seed)
    ready = [(moment, number) for number, moment in enumerate(come)]  # sorted, so a heap
    waits, again, busy = [0.0] * len(come), 0, 0.0
    free = [(0.0, worker, failure) for worker, failure in enumerate(_failures(workers, failures, chance))]
    heapq.heapify(free)
    while ready:
        moment, number = heapq.heappop(ready)
        since, worker, failure = heapq.heappop(free)
        while failure <= max(moment, since):  # it failed while it had nothing to do
            since = max(since, failure + _BACK_SECONDS)
            failure = since + _until_failure(failures, chance)
            since, worker, failure = heapq.heappushpop(free, (since, worker, failure))
        start, takes = max(moment, since), chance.choice(seconds)
        if start + takes <= failure:
            waits[number] = start - come[number]
            heapq.heappush(free, (start + takes, worker, failure))
            busy += takes
        else:
            again += 1
            heapq.heappush(ready, (failure + _NOTICED_SECONDS, number))
            back = failure + _BACK_SECONDS
            heapq.heappush(free, (back, worker, back + _until_failure(failures, chance)))
    return Day(sorted(waits), busy / (workers * _DAY), again)


def _failures(workers: int, failures: float, chance: random.Random) -> Iterator[float]:
    for _ in range(workers):
        yield _until_failure(failures, chance)


def _until_failure(failures: float, chance: random.Random) -> float:
    return chance.expovariate(failures / _DAY) if failures else float("inf")


def fewest(come: Sequence[float], seconds: Sequence[float], failures: float, promise: float) -> int:
    """The fewest workers with which 99 of 100 articles begin to be made within so many seconds."""
    low = max(1, int(len(come) * sum(seconds) / len(seconds) / _DAY))
    high = low * 2
    while day(come, seconds, high, failures, 1).wait(0.99) > promise:
        high *= 2
    while low < high:
        middle = (low + high) // 2
        if day(come, seconds, middle, failures, 1).wait(0.99) <= promise:
            high = middle
        else:
            low = middle + 1
    return low


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("report", type=Path)
    options.add_argument("--articles", type=int, default=1_000_000, help="a day")
    options.add_argument("--promise", type=float, default=60, metavar="SECONDS")
    options.add_argument("--workers", default="", metavar="N,...")
    options.add_argument("--failures", type=float, default=1, help="of each worker a day")
    options.add_argument("--price", type=float, default=0.04, help="of a core for an hour")
    chosen = options.parse_args()
    reports = map(json.loads, chosen.report.read_text().splitlines())
    seconds = [report["seconds"] for report in reports if report["status"] == "made"]
    mean = sum(seconds) / len(seconds)
    come = arrivals(chosen.articles, random.Random(1))
    print(f"{len(seconds)} articles were measured: {mean:.2f} s each, {max(seconds):.1f} s the longest. "
          f"{chosen.articles:,} are {chosen.articles * mean / 3600:,.0f} core hours: "
          f"{chosen.articles * mean / _DAY:.1f} cores that never rest.")  # fmt: skip
    counts = [int(count) for count in chosen.workers.split(",") if count]
    if not counts:
        enough = fewest(come, seconds, chosen.failures, chosen.promise)
        counts = sorted({enough * share // 100 for share in (70, 80, 90, 100, 110, 125)})
        print(f"{enough} workers hold {chosen.promise:g} s for 99 of 100 articles.")
    print("workers  busy %  wait p50 s     p95     p99      longest  done again  cost a day")
    for count in counts:
        one = day(come, seconds, count, chosen.failures, 1)
        waits = "".join(f"{one.wait(share):9.1f}" for share in (0.5, 0.95, 0.99))
        cost = count * 24 * chosen.price
        print(f"{count:7}{one.busy * 100:8.0f}  {waits}{one.waits[-1]:13.1f}{one.again:12}{cost:12.2f}", flush=True)


if __name__ == "__main__":
    main()
