"""Cut a tape without a text into what is heard between its pauses, and these into chapters."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audio_edition.hearing.recogniser import RATE_HZ
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard

_SPEAKS = 0.5
"""Probability from which somebody speaks."""
_SOUNDS, _LEAST_SPAN_DB = 0.4, 20
"""Share of the way from the softest to the loudest of a tape from which something else sounds, and how far these must
be from each other for that to say anything."""
_SHORTEST_PAUSE = 3 * RATE_HZ // 10
_SHORTEST_SOUND = RATE_HZ // 10
_LONGEST_PHRASE = 45 * RATE_HZ
MARGIN = 6 * RATE_HZ // 100
"""Before and behind a phrase, of the pause: an edge may be found so much too late."""
_NEAR = 3 * RATE_HZ // 2
"""From the time that a list says, within which a chapter begins at a pause."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is heard from one pause to the next: samples at hearing.recogniser.RATE_HZ."""

    start: int
    end: int


def phrases_of(heard: Heard) -> list[Phrase]:
    """Return all that sounds on a tape, in order: speech, and whatever else is well above the quiet of the room. What
    goes on for long without a pause is cut."""
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
    """Return for each speech frame whether anything is to be heard in it."""
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
    """Return the phrases, by their places, with which chapters begin: those behind a pause of so many seconds."""
    least = least_seconds * RATE_HZ
    return [
        0,
        *(place for place, (one, other) in enumerate(pairwise(phrases), start=1) if other.start - one.end >= least),
    ]


def at_times(phrases: Sequence[Phrase], seconds: Sequence[float]) -> tuple[list[Phrase], list[int]]:
    """Return the phrases, and the places of those with which chapters begin that are said to begin at such times: at a
    pause near them, or else in the middle of a phrase, which is cut."""
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
