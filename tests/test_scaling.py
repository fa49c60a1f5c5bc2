"""The day of a cluster on paper (benchmarks/cluster.py) is right where the theory of queues knows the answer."""

from __future__ import annotations

import importlib.util
import random
import sys
from types import ModuleType

import pytest

from support.places import ROOT


@pytest.fixture(scope="module")
def paper() -> ModuleType:
    found = importlib.util.spec_from_file_location("cluster_on_paper", ROOT / "benchmarks/cluster.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    sys.modules["cluster_on_paper"] = module
    found.loader.exec_module(module)
    return module


def _share_that_waits(load: float, workers: int) -> float:
    """Erlang's C formula, by way of his B."""
    lost = 1.0
    for count in range(1, workers + 1):
        lost = load * lost / (count + load * lost)
    return workers * lost / (workers - load * (1 - lost))


@pytest.mark.parametrize("workers", [5, 6, 8])
def test_waits_are_those_of_erlang(paper: ModuleType, workers: int) -> None:
    """Where articles come at random and take as long as chance will have it, so many wait, and so long."""
    chance = random.Random(5)
    come = sorted(chance.random() * 86_400 for _ in range(86_400))
    seconds = [chance.expovariate(1 / 4) for _ in range(100_000)]
    day = paper.day(come, seconds, workers, 0, 1)
    load = sum(seconds) / len(seconds)
    share = _share_that_waits(load, workers)
    assert sum(wait > 1e-6 for wait in day.waits) / len(come) == pytest.approx(share, abs=0.03)
    assert sum(day.waits) / len(come) == pytest.approx(share * load / (workers - load), rel=0.15)
    assert day.busy == pytest.approx(load / workers, rel=0.02)


def test_nothing_is_lost_when_workers_fail(paper: ModuleType) -> None:
    """What a worker was at is done again, and waits longer for it; the same numbers each time."""
    come = paper.arrivals(20_000, random.Random(1))
    calm, stormy, again = (paper.day(come, [2.0, 3.0], 4, failures, 1) for failures in (0, 200, 200))
    assert (calm.again, len(calm.waits), len(stormy.waits)) == (0, len(come), len(come))
    assert stormy.again > 100
    assert 0 <= calm.wait(0.99) < stormy.wait(0.99)
    assert stormy == again


def test_the_fewest_workers_hold_the_promise(paper: ModuleType) -> None:
    """One less does not."""
    come = paper.arrivals(5_000, random.Random(1))
    enough = paper.fewest(come, [20.0], 1, 60)
    assert paper.day(come, [20.0], enough, 1, 1).wait(0.99) <= 60
    assert paper.day(come, [20.0], enough - 1, 1, 1).wait(0.99) > 60
