"""Divide speech into windows for a recogniser, each from one pause to another.

Whisper looks at 30 seconds at a time. Left to itself it takes the next 30 wherever the last ended, in the middle of a
word or in music, and may then lose the thread for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Run = tuple[int, int]
"""Somebody speaks from this sample to that, without a pause."""

LONGEST_SECONDS = 28
_APART_SECONDS = 3
"""Of silence, at which a window ends anyway: a recogniser makes up words in it."""


def windows_of(runs: Sequence[Run], rate_hz: int) -> Iterator[list[Run]]:
    """Yield the runs in groups that last 28 seconds at most: each ends at the longest pause of its second half. A run
    that is longer is cut."""
    rest = list(_cut(runs, LONGEST_SECONDS * rate_hz))
    while rest:
        count = _fitting(rest, rate_hz)
        yield rest[:count]
        rest = rest[count:]


def halves(window: Sequence[Run]) -> tuple[Sequence[Run], Sequence[Run]] | None:
    """Return a window in two, parted at the pause nearest to its middle; None where it has no pause."""
    if len(window) < 2:
        return None
    middle = (window[0][0] + window[-1][1]) // 2
    place = min(range(1, len(window)), key=lambda each: abs(window[each][0] - middle))
    return window[:place], window[place:]


def _cut(runs: Sequence[Run], longest: int) -> Iterator[Run]:
    for start, end in runs:
        while end - start > longest:
            yield start, start + longest
            start += longest
        yield start, end


def _fitting(runs: Sequence[Run], rate_hz: int) -> int:
    """Return how many of the runs the first window takes."""
    begin, longest = runs[0][0], LONGEST_SECONDS * rate_hz
    pauses = [(other[0] - one[1], one[1]) for one, other in pairwise(runs)]
    for count, (pause, _) in enumerate(pauses, start=1):
        if pause >= _APART_SECONDS * rate_hz:
            return count
        if runs[count][1] - begin > longest:
            late = [place for place in range(count) if pauses[place][1] - begin >= longest // 2]
            return 1 + max(late, key=lambda place: pauses[place][0], default=count - 1)
    return len(runs)
