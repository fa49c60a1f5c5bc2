"""Find where a voice begins, and where it ends that dies away into the quiet of a room, its noise, or its echo."""

from __future__ import annotations

import numpy as np

from audio_edition.narration.heard import LEVEL_FRAME, Heard
from audio_edition.narration.levels import NEAR, crossings, hidden_db, is_muffled, room_db, sounding

_LATEST, _LATEST_IN_NOISE = 16, 35
"""Level frames behind the place where a voice seems to end, in which it may go on. In noise and on the telephone, its
last consonant is not taken for a voice; else, what sounds later is a breath."""
_CLOSED = 16
"""Level frames of silence before a consonant that bursts at the end of a word."""
_SHORTEST_BURST, _LONGEST_BURST = 3, 20
"""Level frames of such a consonant: what lasts longer behind a silence is a breath."""
_BEFORE_THE_NEXT, _BETWEEN_SOUNDS = 3, 2
_NOISY_DB = 10.0
"""By how much noise hides the first consonant of a voice, which the band of another sound may show."""
_FADES_DB, _LONGEST_COVERED = 8.0, 4
"""By how much a voice at its end is softer in each level frame than in the one before; how many the noise may cover."""
_ECHOES_DB = 1.6
"""What a level frame is softer than the one before in a room with a long echo: of 0.4 seconds or more."""
_LONGEST_ECHO, _UNDER_ECHO = 50, 4
"""Level frames in which an echo is told from a voice, and of a voice that go under in it."""
_ECHOES_AFTER = range(5, 10)
"""Level frames behind a sound at which its echo is compared with what sounds then."""
_ECHO_VARIES_DB = 4.0
"""By how much a voice is louder, in some band, than an echo."""


def voice_start(sample: int, limit: int, heard: Heard) -> int:
    """Return the sample near another at which a voice begins to sound; the voice before ends at `limit`. In quiet, that
    is where it is as loud as voices are, as a breath may come before."""
    begin = _first_sound(sample, limit, heard) if hidden_db(sample, heard) >= _NOISY_DB else None
    if begin is None:
        return int(min(crossings(sample, heard, 1), key=lambda crossing: abs(crossing - sample), default=sample))
    return begin


def voice_end(sample: int, limit: int, heard: Heard) -> int:
    """Return the last sample near another at which a voice sounds; the next voice begins at `limit`."""
    if heard.tail_db <= _ECHOES_DB:
        return _before_echo(sample, heard)
    end = _last_sound(sample, limit, heard)
    if end is None:
        return int(max(crossings(sample, heard, -1), default=sample))
    return end + _covered(end, heard)


def echo(sample: int, heard: Heard) -> int:
    """Return for how many samples a room with a long echo sounds behind a voice that ends at a sample."""
    if heard.tail_db > _ECHOES_DB:
        return 0
    level = float(heard.levels[min(sample // LEVEL_FRAME, len(heard.levels) - 1)])
    return LEVEL_FRAME * round(max(0.0, level - room_db(sample, heard)) / heard.tail_db)


def _first_sound(sample: int, limit: int, heard: Heard) -> int | None:
    """Return where the sound begins that goes on at a sample, or behind it; None where something sounds all the
    time."""
    at = sample // LEVEL_FRAME
    first = max(at - _LATEST_IN_NOISE, limit // LEVEL_FRAME + _BEFORE_THE_NEXT, 0)
    runs = _runs(first, min(at + NEAR, len(heard.bands)), heard)
    begin = next((begin for begin, end in runs if end > at), None)
    for before, end in reversed(runs):
        if begin is not None and before < begin <= end + _BETWEEN_SOUNDS:
            begin = before
    return None if begin is None or begin <= first else (begin + 1) * LEVEL_FRAME


def _last_sound(sample: int, limit: int, heard: Heard) -> int | None:
    """Return where the last sound of a voice ends near a sample, with the consonant that bursts behind a silence; None
    where something sounds all the time."""
    at = sample // LEVEL_FRAME
    is_hidden = hidden_db(sample, heard) >= _NOISY_DB or is_muffled(sample, heard)
    latest = _LATEST_IN_NOISE if is_hidden else _LATEST
    first, last = max(0, at - NEAR), min(at + latest, limit // LEVEL_FRAME - _BEFORE_THE_NEXT, len(heard.bands))
    reached = None
    for begin, end in _runs(first, last, heard):
        is_voice = begin <= at
        if (is_voice and end >= last) or begin - (at if reached is None else reached) > _CLOSED:
            break
        if is_voice or (_SHORTEST_BURST <= end - begin <= _LONGEST_BURST and end < last):
            reached = end
    # Levels are smoothed over a frame to each side.
    return None if reached is None else (reached - 1) * LEVEL_FRAME


def _runs(first: int, last: int, heard: Heard) -> list[tuple[int, int]]:
    """Return from which up to which level frame something sounds, of those from `first` up to `last`."""
    sounds = sounding(first, last, heard) if first < last else np.zeros(0, np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], sounds, [False]]).astype(np.int8)))
    return [(int(begin) + first, int(end) + first) for begin, end in edges.reshape(-1, 2)]


def _covered(sample: int, heard: Heard) -> int:
    """Return how many samples a voice goes on that sinks into the room's noise at a sample."""
    return LEVEL_FRAME * min(_LONGEST_COVERED, round(max(0.0, hidden_db(sample, heard)) / _FADES_DB))


def _before_echo(sample: int, heard: Heard) -> int:
    """Return where the voice ended of which only the echo is left at a sample: until then it is louder, in some band,
    than the echo of what came before would be. The last of it goes under in that echo."""
    frame = sample // LEVEL_FRAME
    first = max(0, frame - _LONGEST_ECHO)
    frames = np.arange(first, min(frame + NEAR // 2, len(heard.bands)))
    echoes = [heard.bands[np.maximum(frames - late, 0)] - late * heard.band_tails_db for late in _ECHOES_AFTER]
    voiced = np.flatnonzero((heard.bands[frames] > np.max(echoes, axis=0) + _ECHO_VARIES_DB).any(axis=1))
    return (first + int(voiced[-1]) + _UNDER_ECHO) * LEVEL_FRAME if len(voiced) else sample
