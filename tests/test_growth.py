"""What measures the growth of work tells a loop in a loop from a loop."""

from __future__ import annotations

import pytest

from support.work import counted, growth


def _each(numbers: range) -> None:
    for _ in range(1_000):
        sum(numbers)


def _each_with_each(numbers: range) -> None:
    for number in numbers:
        sum(numbers[:number])


@pytest.mark.usefixtures("own_heap")
def test_a_loop_in_a_loop_is_noticed() -> None:
    """Tests allow four times as much to take less than ten times as long."""
    assert growth(range, _each, 2_000, 8_000) < 10
    assert growth(range, _each_with_each, 3_000, 12_000) > 10


def test_ten_times_the_work_is_more_paces() -> None:
    """And what does nothing takes none."""
    with counted() as much:
        _each(range(100_000))
    with counted() as little:
        _each(range(10_000))
    with counted() as nothing:
        pass
    assert much.paces > 3 * little.paces > 3 * nothing.paces
    assert nothing.paces < 0.1
