"""Find the quiet between two words that were heard, and in it the end of the one and the beginning of the other.

A recogniser stretches the first word behind a pause back over it, by up to a second. So the pause is looked for from
within the one word to the end of the other, where nobody speaks by Silero's model, and its edges are then moved to
where the level falls and rises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio_edition.hearing.recogniser import RATE_HZ, HeardWord
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard

_INTO_LEFT, _INTO_RIGHT = 0.4, 0.9
"""Shares of the words around in which the quiet may lie: from so far into the left to so far into the right."""
_LONGEST_WORD_SECONDS, _LONGEST_LETTER_SECONDS = 0.5, 0.12
_QUIET = 0.5
"""Probability of speech under which a frame is quiet."""
_CUT_SHORT = RATE_HZ // 4
"""By which a word that is stretched back over a pause may end too early."""
_LONGEST_SEARCH = 4 * RATE_HZ
"""From a word at the beginning or end of a tape, and beside a long gap."""
_SHORTEST_RUN = 3
"""Frames of quiet."""
_LIKE_THE_LONGEST = 0.5
"""Share of the longest quiet between two words from which another is a pause too; where much lies between, _PAUSE."""
_PAUSE = 3 * RATE_HZ // 10
_NEAR = 9 * 160 // LEVEL_FRAME
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
_FEWEST_QUIET, _NOBODY_SPEAKS = 20, 0.3
"""Level frames from which the room is told, and the probability of speech under which one is of it."""
_FADES_AWAY, _FADES_DB_A_FRAME = 12, 1.6
"""Level frames for which an end is followed that dies away so quickly, as voices do: 120 ms. Rooms do it more
slowly."""
_LOUD = 0.5
"""Share of that way from which sound in a pause is a cough, a click, a slammed door."""
_LOUD_FRAMES = 3
_CLICK = 0.65
"""Share of that way from which a single frame is a click."""
_FADES_DB = 10
"""Below what is loud, what still belongs to it."""
_FALLING, _LEAST_FALL_DB, _LONGEST_COVERED = 8, 1.0, 4
"""Level frames before the noise from which a fall is told, how quick it must be, and how long it may go on in it."""
_ENDS_BELOW_DB = 40
"""Below the level of a voice, what still belongs to it."""
_ECHOES_DB = 1.6
"""What a level frame is softer than the one before in a room with a long echo: of 0.4 seconds or more."""
_ECHO, _LONGEST_ECHO, _UNDER_ECHO, _ECHO_VARIES_DB = 10, 40, 4, 2.0
"""Level frames from one to the other of which an echo is told from a voice, in which it is looked for, and of a voice
that go under in it; and decibels by which a voice falls less than the echo does."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two heard words: samples at hearing.recogniser.RATE_HZ from the end of the one to the beginning
    of the other. `is_quiet` says whether it was found, rather than guessed; `noise` from where to where something other
    than speech sounds in it: a cough, a click. For `echo` samples from the start, the room still sounds."""

    start: int
    end: int
    is_quiet: bool = True
    noise: tuple[int, int] | None = None
    echo: int = 0

    @property
    def clear_until(self) -> int:
        """The end of what is quiet at its beginning."""
        return self.noise[0] if self.noise else self.end

    @property
    def clear_from(self) -> int:
        """The beginning of what is quiet at its end."""
        return self.noise[1] if self.noise else self.start


def gap_between(left: HeardWord | None, right: HeardWord | None, heard: Heard, lacks: int = 0) -> Gap:
    """Return the gap between two words that follow each other; None stands for the beginning or end of the tape.

    Where something is said between them that was not heard, it belongs to the left word's sentence if that `lacks`
    words (above 0), to the right one's if that does (under 0), else to neither.
    """
    start, end = _window(left, right, heard)
    runs = _quiet_runs(start, end, heard)
    if not runs:
        weakest = _weakest(start, end, heard)
        return Gap(weakest if left else start, weakest if right else end, is_quiet=False)
    longest = max(stop - begin for begin, stop in runs)
    least = _LIKE_THE_LONGEST * longest if end - start < _LONGEST_SEARCH else _PAUSE
    long_ones = [run for run in runs if run[1] - run[0] >= min(least, longest)]
    if lacks:
        long_ones = long_ones[-1:] if lacks > 0 else long_ones[:1]
    quiet_from = _falls(long_ones[0][0], heard) if left else 0
    quiet_to = _rises(long_ones[-1][1], heard) if right else heard.length
    if quiet_from > quiet_to:
        quiet_from = quiet_to = (quiet_from + quiet_to) // 2
    return Gap(quiet_from, quiet_to, noise=_noise(quiet_from, quiet_to, heard), echo=_echo(quiet_from, heard))


def edges_of(first: int, last: int, heard: Heard) -> tuple[int, int]:
    """Return the samples from the first sound to the last of the heard words from `first` up to `last`."""
    words = heard.words
    start = gap_between(words[first - 1] if first else None, words[first], heard).end
    end = gap_between(words[last - 1], words[last] if last < len(words) else None, heard).start
    return (start, end) if start < end else (words[first].start, words[last - 1].end)


def quiet_around(start: int, end: int, heard: Heard) -> tuple[Gap, Gap]:
    """Return the quiet before and behind a stretch of a tape whose edges a human has set: as far as nobody speaks, and
    4 seconds at most."""
    quiet = heard.speech < _QUIET
    first, last = start // SPEECH_FRAME, -(-end // SPEECH_FRAME)
    low, high = first, last
    while low > max(0, first - _LONGEST_SEARCH // SPEECH_FRAME) and quiet[min(low, len(quiet)) - 1]:
        low -= 1
    while high < min(len(quiet), last + _LONGEST_SEARCH // SPEECH_FRAME) and quiet[high]:
        high += 1
    return _quiet_gap(min(start, low * SPEECH_FRAME), start, heard), _quiet_gap(end, high * SPEECH_FRAME, heard)


def _quiet_gap(start: int, end: int, heard: Heard) -> Gap:
    end = max(start, end)
    return Gap(start, end, end - start >= SPEECH_FRAME, _noise(start, end, heard))


def _window(left: HeardWord | None, right: HeardWord | None, heard: Heard) -> tuple[int, int]:
    start = _within(left, heard) if left else 0
    end = right.start + round(_INTO_RIGHT * (right.end - right.start)) if right else heard.length
    if left is None:
        start = max(0, end - _LONGEST_SEARCH)
    elif right is None:
        end = min(heard.length, start + _LONGEST_SEARCH)
    return start, max(start + SPEECH_FRAME, end)


def _within(word: HeardWord, heard: Heard) -> int:
    """Return a sample within a word, from which the quiet behind it is looked for."""
    start = said_from(word, heard)
    return start + round(_INTO_LEFT * min(max(word.end - start, SPEECH_FRAME), _longest(word)))


def said_from(word: HeardWord, heard: Heard) -> int:
    """Return where a word begins. One that is too long was stretched: over the pause behind it; or back over a pause,
    if there is more speech behind that than before."""
    if word.end - word.start <= _longest(word):
        return word.start
    first = word.start // SPEECH_FRAME
    speaks = heard.speech[first : (word.end + _CUT_SHORT) // SPEECH_FRAME] >= _QUIET
    edges = np.flatnonzero(np.diff(np.concatenate([[True], speaks, [True]]).astype(np.int8)))
    pauses = [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2) if end - begin >= _SHORTEST_RUN]
    begin, end = max(pauses, key=lambda pause: pause[1] - pause[0], default=(0, 0))
    before, behind = int(speaks[:begin].sum()), int(speaks[end:].sum())
    return (first + end) * SPEECH_FRAME if behind > max(before, _SHORTEST_RUN) else word.start


def _longest(word: HeardWord) -> int:
    """Return the samples that a word takes at most: one that seems to take more was stretched over what came next."""
    return round(RATE_HZ * max(_LONGEST_WORD_SECONDS, _LONGEST_LETTER_SECONDS * len(word.text)))


def _quiet_runs(start: int, end: int, heard: Heard) -> list[tuple[int, int]]:
    """Return the runs of quiet that touch the window, each to its own ends, in samples."""
    quiet = heard.speech < _QUIET
    first, last = start // SPEECH_FRAME, min(end // SPEECH_FRAME + 1, len(quiet))
    while first > 0 and quiet[first] and quiet[first - 1]:
        first -= 1
    while last < len(quiet) and quiet[last - 1] and quiet[last]:
        last += 1
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet[first:last], [False]]).astype(np.int8)))
    runs = [(int(begin) + first, int(stop) + first) for begin, stop in edges.reshape(-1, 2)]
    return [(begin * SPEECH_FRAME, stop * SPEECH_FRAME) for begin, stop in runs if stop - begin >= _SHORTEST_RUN]


def _weakest(start: int, end: int, heard: Heard) -> int:
    """Return the sample at which the window is softest."""
    levels = heard.levels[start // LEVEL_FRAME : max(end // LEVEL_FRAME, start // LEVEL_FRAME + 1)]
    return start + int(np.argmin(levels)) * LEVEL_FRAME if len(levels) else start


def _threshold(sample: int, heard: Heard, share: float) -> float | None:
    """Return the level a share of the way from the room's to the voice's around a sample; None where they are too
    near."""
    frame = sample // LEVEL_FRAME
    around = heard.levels[max(0, frame - _AROUND) : frame + _AROUND]
    floor, top = np.percentile(around, (5, 90)) if len(around) else (0, 0)
    return float(floor + share * (top - floor)) if top - floor > _LEAST_SPAN_DB else None


def _rises(sample: int, heard: Heard) -> int:
    """Return the nearest sample at which a voice begins; the sample itself if none is near."""
    crossings = _crossings(sample, heard, 1)
    return int(min(crossings, key=lambda crossing: abs(crossing - sample), default=sample))


def _falls(sample: int, heard: Heard) -> int:
    """Return the last sample near another at which a voice ends, and has died away; the sample itself if there is none.
    It is the last, because a consonant may burst after a moment of silence."""
    if heard.tail_db <= _ECHOES_DB:
        return _before_echo(sample, heard)
    crossings = _crossings(sample, heard, -1)
    if not len(crossings):
        return sample
    end = _died_away(int(max(crossings)), heard)
    return end + _covered(end, heard)


def _crossings(sample: int, heard: Heard, direction: int) -> np.ndarray:
    """Return the samples near another at which the level rises to that of a voice, or falls below it."""
    threshold = _threshold(sample, heard, _RISES)
    threshold = _room_db(sample, heard) if threshold is None else threshold
    first = max(0, sample // LEVEL_FRAME - _NEAR - 1)
    is_loud = heard.levels[first : sample // LEVEL_FRAME + _NEAR + 1] >= threshold
    return (np.flatnonzero(np.diff(is_loud.astype(np.int8)) == direction) + 1 + first) * LEVEL_FRAME


def _died_away(sample: int, heard: Heard) -> int:
    """Return where a voice that has fallen is down to the room's level, as long as it falls quickly."""
    first, room_db = sample // LEVEL_FRAME, _room_db(sample, heard)
    levels = heard.levels[max(0, first - 1) : first + _FADES_AWAY]
    reached = first
    for frames, level in enumerate(levels[1:], start=1):
        if level < room_db or levels[0] - level < frames * _FADES_DB_A_FRAME:
            break
        reached = first + frames
    return max(sample, reached * LEVEL_FRAME)


def _covered(sample: int, heard: Heard) -> int:
    """Return how many samples a voice goes on that sinks into the room's noise at a sample: as it fell before, to the
    level at which voices end."""
    frame = sample // LEVEL_FRAME
    before = heard.levels[max(0, frame - _FALLING) : frame]
    around = heard.levels[max(0, frame - _AROUND) : frame + _AROUND]
    hidden_db = _room_db(sample, heard) - (float(np.percentile(around, 90)) - _ENDS_BELOW_DB)
    if hidden_db <= 0 or len(before) < _FALLING:
        return 0
    falls_db = -float(np.polyfit(np.arange(_FALLING), before, 1)[0])
    return LEVEL_FRAME * min(_LONGEST_COVERED, round(hidden_db / falls_db)) if falls_db >= _LEAST_FALL_DB else 0


def _before_echo(sample: int, heard: Heard) -> int:
    """Return where the voice ended of which only the echo is left at a sample: until then the level falls more slowly
    than an echo does. The last of a voice goes under in the echo of what came before."""
    frame = sample // LEVEL_FRAME
    first = max(0, frame - _LONGEST_ECHO - _ECHO)
    levels = np.convolve(heard.levels[max(0, first - 1) : frame + _NEAR // 2], np.ones(3) / 3, "valid")
    falls_db = levels[:-_ECHO] - levels[_ECHO:]
    voiced = np.flatnonzero(falls_db <= _ECHO * heard.tail_db - _ECHO_VARIES_DB)
    return (first + int(voiced[-1]) + _ECHO + _UNDER_ECHO) * LEVEL_FRAME if len(voiced) else sample


def _echo(sample: int, heard: Heard) -> int:
    """Return for how many samples a room with a long echo sounds behind a voice that ends at a sample."""
    if heard.tail_db > _ECHOES_DB:
        return 0
    level = float(heard.levels[min(sample // LEVEL_FRAME, len(heard.levels) - 1)])
    return LEVEL_FRAME * round(max(0.0, level - _room_db(sample, heard)) / heard.tail_db)


def _room_db(sample: int, heard: Heard) -> float:
    """Return the level from which a sound is heard above the room, around a sample: of the frames in which nobody
    speaks, or, where somebody speaks all the time, of the softest."""
    frame = sample // LEVEL_FRAME
    first = max(0, frame - _AROUND)
    around = heard.levels[first : frame + _AROUND]
    frames = (np.arange(len(around)) + first) * LEVEL_FRAME // SPEECH_FRAME
    quiet = around[heard.speech[np.minimum(frames, len(heard.speech) - 1)] < _NOBODY_SPEAKS]
    softest, room = np.percentile(quiet if len(quiet) >= _FEWEST_QUIET else around, (_SOFTEST_PERCENT, _ROOM_PERCENT))
    return float(room + max(_ABOVE_ROOM_DB, _VARIES * (room - softest)))


def _noise(start: int, end: int, heard: Heard) -> tuple[int, int] | None:
    """Return from where to where something sounds in a pause: for some time, or short and louder."""
    first, last = start // LEVEL_FRAME + 2, end // LEVEL_FRAME - 2
    loud, click = (_threshold((start + end) // 2, heard, share) for share in (_LOUD, _CLICK))
    if loud is None or click is None or first >= last:
        return None
    inside = heard.levels[first:last]
    sounding = np.flatnonzero(inside >= loud)
    if len(sounding) < _LOUD_FRAMES and not (inside >= click).any():
        return None
    around = np.flatnonzero(inside >= loud - _FADES_DB)
    return (first + int(around[0])) * LEVEL_FRAME, (first + int(around[-1]) + 1) * LEVEL_FRAME
