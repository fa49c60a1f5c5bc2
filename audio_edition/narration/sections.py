"""Cut a tape without a text into phrases at its pauses, and group these into chapters."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
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


def at_times(phrases: Sequence[Phrase], seconds: Sequence[float]) -> tuple[list[Phrase], list[int]]:
    """Return the phrases, and the places of those with which the chapters begin that are listed at these times. A
    chapter begins at a pause near its time, or else in the middle of a phrase, which is cut."""
    cut = list(phrases)
    for moment in (round(each * RATE_HZ) for each in seconds[1:]):
        place = bisect.bisect_right([phrase.start for phrase in cut], moment) - 1
        near = [phrase for phrase in cut if abs(phrase.start - moment) <= _NEAR]
        if not near and place >= 0 and cut[place].start < moment < cut[place].end:
            cut[place : place + 1] = [Phrase(cut[place].start, moment), Phrase(moment, cut[place].end)]
    starts = [phrase.start for phrase in cut]
    places = [0]
    for moment in (round(each * RATE_HZ) for each in seconds[1:]):
        likely = range(places[-1] + 1, len(cut))
        nearest = min(likely, key=lambda place: abs(starts[place] - moment), default=len(cut))
        is_near = nearest < len(cut) and abs(starts[nearest] - moment) <= _NEAR
        places.append(nearest if is_near else max(bisect.bisect_left(starts, moment), places[-1] + 1))
    return cut, places
