"""Cut a tape without a text into phrases at its pauses, and group these into chapters."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audio_edition.hearing.recogniser import RATE_HZ
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard

_SPEAKS = 0.5
"""Probability of speech from which a frame counts as speech."""
_SOUNDS, _LEAST_SPAN_DB = 0.4, 20
"""Other sound counts from this share of the way between a tape's softest and loudest level, if these are that far
apart."""
_SHORTEST_PAUSE = 3 * RATE_HZ // 10
_SHORTEST_SOUND = RATE_HZ // 10
_LONGEST_PHRASE = 45 * RATE_HZ
MARGIN = 6 * RATE_HZ // 100
"""Samples of the pause kept before and after a phrase, as its edges may be found so far off."""
_NEAR = 3 * RATE_HZ // 2
"""Samples from a listed time within which a chapter begins at a pause instead."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Sound from one pause to the next, in samples at hearing.recogniser.RATE_HZ."""

    start: int
    end: int


def phrases_of(heard: Heard) -> list[Phrase]:
    """Return the phrases of a tape, in order: speech, and other sound well above the room's quiet. Very long phrases
    are cut."""
    runs = [(start, end) for start, end in _runs(_sounding(heard)) if end - start >= _SHORTEST_SOUND]
    together: list[tuple[int, int]] = []
    for start, end in runs:
        if together and start - together[-1][1] < _SHORTEST_PAUSE:
            together[-1] = together[-1][0], end
        else:
            together.append((start, end))
    phrases: list[Phrase] = []
    for start, end in together:
        start, end = max(0, start - MARGIN), min(heard.length, end + MARGIN)
        while end - start > _LONGEST_PHRASE:
            phrases.append(Phrase(start, start + _LONGEST_PHRASE * 2 // 3))
            start = phrases[-1].end
        phrases.append(Phrase(start, end))
    return phrases


def _sounding(heard: Heard) -> np.ndarray:
    """Return for each speech frame whether it has any sound."""
    speaks = heard.speech >= _SPEAKS
    floor, top = np.percentile(heard.levels, (5, 95))
    if top - floor < _LEAST_SPAN_DB:
        return np.asarray(speaks)
    loud = heard.levels > floor + _SOUNDS * (top - floor)
    begins = np.arange(len(speaks)) * SPEECH_FRAME // LEVEL_FRAME
    return np.asarray(speaks | np.maximum.reduceat(loud, begins))


def _runs(sounding: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], sounding, [False]]).astype(np.int8)))
    return [(int(begin) * SPEECH_FRAME, int(end) * SPEECH_FRAME) for begin, end in edges.reshape(-1, 2)]


def at_pauses(phrases: Sequence[Phrase], least_seconds: float) -> list[int]:
    """Return the places of the phrases with which chapters begin: the first, and those after a pause this long."""
    least = least_seconds * RATE_HZ
    return [
        0,
        *(place for place, (one, other) in enumerate(pairwise(phrases), start=1) if other.start - one.end >= least),
    ]


def at_times(phrases: Sequence[Phrase], seconds: Sequence[float]) -> list[list[Phrase]]:
    """Return the phrases of each of the chapters that are listed at these times, the first of which is 0; none of a
    chapter in which nothing sounds. A chapter begins at a pause near its time; or else at its time, where a phrase is
    cut. Of several near one pause, the nearest begins there."""
    bounds = [*_bounds(phrases, [round(each * RATE_HZ) for each in seconds]), phrases[-1].end]
    return [list(_within(phrases, begin, end)) for begin, end in pairwise(bounds)]


def _bounds(phrases: Sequence[Phrase], moments: Sequence[int]) -> list[int]:
    """Return where the chapters begin, in order."""
    starts = [phrase.start for phrase in phrases]
    nearest = [_nearest(starts, moment) for moment in moments]
    owners: dict[int, int] = {}
    for moment, start in zip(moments, nearest, strict=True):
        owners[start] = min(moment, owners.get(start, moment), key=lambda each: abs(start - each))
    bounds = [0]
    for moment, start in list(zip(moments, nearest, strict=True))[1:]:
        is_there = owners[start] == moment and abs(start - moment) <= _NEAR
        at = start if is_there else _cut_at(moment, phrases, starts)
        bounds.append(at if at - bounds[-1] >= _SHORTEST_SOUND else bounds[-1])
    return bounds


def _nearest(starts: Sequence[int], moment: int) -> int:
    place = bisect.bisect_left(starts, moment)
    return min(starts[max(0, place - 1) : place + 1], key=lambda start: abs(start - moment))


def _cut_at(moment: int, phrases: Sequence[Phrase], starts: Sequence[int]) -> int:
    """Return the moment, or the edge of its phrase from which too little would be cut off to be a sound."""
    phrase = phrases[max(0, bisect.bisect_right(starts, moment) - 1)]
    if abs(moment - phrase.start) < _SHORTEST_SOUND:
        return phrase.start
    return phrase.end if 0 <= phrase.end - moment < _SHORTEST_SOUND else moment


def _within(phrases: Sequence[Phrase], begin: int, end: int) -> Iterator[Phrase]:
    """Yield the phrases, and parts of phrases, from `begin` to `end`."""
    for phrase in phrases:
        start, stop = max(phrase.start, begin), min(phrase.end, end)
        if start < stop:
            yield Phrase(start, stop)
