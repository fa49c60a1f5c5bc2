"""Tell a voice from the room around it by the level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audio_edition.hearing.recogniser import RATE_HZ
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard

NEAR = 9 * 160 // LEVEL_FRAME
"""Level frames within which an edge is moved: 90 ms."""
_AROUND = 4 * RATE_HZ // LEVEL_FRAME
"""Level frames to each side, of which floor and top are taken."""
_RISES = 0.3
"""Share of the way from floor to top at which a voice begins."""
_LEAST_SPAN_DB = 25
"""Where voice and room are nearer to each other, a share of the way between tells nothing."""
_ROOM_PERCENT, _SOFTEST_PERCENT = 25, 5
"""Of the frames in which nobody speaks: the room's level, and its softest moments, which tell how much it varies."""
_ABOVE_ROOM_DB, _VARIES = 3.0, 4.0
"""What is above the room's level by so much, and by so many times what it varies, is heard in it."""
_ABOVE_BAND_DB, _BAND_VARIES = 2.0, 2.1
"""The same in a band, from its median and its softest moments."""
_FEWEST_QUIET, _NOBODY_SPEAKS = 20, 0.3
"""Level frames from which the room is told, and the probability of speech under which one is of it."""
_LOUDEST_PERCENT = 99
_TOP_PERCENT, _ENDS_BELOW_DB = 90, 55
"""The level of a voice, and how far below that in any band what still belongs to it may be."""


def threshold(sample: int, heard: Heard, share: float) -> float | None:
    """Return the level a share of the way from the room's to the voice's around a sample; None where they are too
    near."""
    around = heard.levels[_around(sample)]
    floor, top = np.percentile(around, (5, 90)) if len(around) else (0, 0)
    return float(floor + share * (top - floor)) if top - floor > _LEAST_SPAN_DB else None


def crossings(sample: int, heard: Heard, direction: int) -> npt.NDArray[np.int64]:
    """Return the samples near another at which the level rises to that of a voice (`direction` 1), or falls below it
    (-1)."""
    least = threshold(sample, heard, _RISES)
    least = room_db(sample, heard) if least is None else least
    first = max(0, sample // LEVEL_FRAME - NEAR - 1)
    is_loud = heard.levels[first : sample // LEVEL_FRAME + NEAR + 1] >= least
    return (np.flatnonzero(np.diff(is_loud.astype(np.int8)) == direction) + 1 + first) * LEVEL_FRAME


def room_db(sample: int, heard: Heard) -> float:
    """Return the level from which a sound is heard above the room, around a sample."""
    quiet = heard.levels[_around(sample)][_of_the_room(sample, heard)]
    softest, room = np.percentile(quiet, (_SOFTEST_PERCENT, _ROOM_PERCENT))
    return float(room + max(_ABOVE_ROOM_DB, _VARIES * (room - softest)))


def hidden_db(sample: int, heard: Heard) -> float:
    """Return by how much the room around a sample hides what a voice still sounds like as it ends: in the band in which
    it hides least."""
    least, faint = _heard_from(sample, heard)
    return float(np.maximum(least, faint).min() - faint)


def is_muffled(sample: int, heard: Heard) -> bool:
    """Return whether a voice around a sample has no high sounds, as on the telephone."""
    _, faint = _heard_from(sample, heard)
    return bool(np.percentile(heard.bands[_around(sample), -1], _LOUDEST_PERCENT) < faint)


def sounding(first: int, last: int, heard: Heard) -> npt.NDArray[np.bool_]:
    """Return for each level frame from `first` up to `last` whether something is heard above the room in some band."""
    least, faint = _heard_from((first + last) // 2 * LEVEL_FRAME, heard)
    return np.asarray((heard.bands[first:last] > np.maximum(least, faint)).any(axis=1))


def _heard_from(sample: int, heard: Heard) -> tuple[npt.NDArray[np.float64], float]:
    """Return the level in each band from which a sound is heard above the room, and that of a voice as it ends."""
    around = heard.bands[_around(sample)].astype(np.float32)
    softest, room = np.percentile(around[_of_the_room(sample, heard)], (_SOFTEST_PERCENT, 50), axis=0)
    least = room + np.maximum(_ABOVE_BAND_DB, _BAND_VARIES * (room - softest))
    return least, float(np.percentile(around, _TOP_PERCENT, axis=0).max()) - _ENDS_BELOW_DB


def _around(sample: int) -> slice:
    frame = sample // LEVEL_FRAME
    return slice(max(0, frame - _AROUND), frame + _AROUND)


def _of_the_room(sample: int, heard: Heard) -> npt.NDArray[np.bool_]:
    """Return for each level frame around a sample whether nobody speaks in it; where somebody speaks nearly all the
    time, that is any."""
    frames = np.arange(len(heard.levels))[_around(sample)] * LEVEL_FRAME // SPEECH_FRAME
    is_room = heard.speech[np.minimum(frames, len(heard.speech) - 1)] < _NOBODY_SPEAKS
    return np.asarray(is_room if int(is_room.sum()) >= _FEWEST_QUIET else np.ones_like(is_room))
