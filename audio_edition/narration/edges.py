"""Find the quiet between two words that were heard, and in it the end of the one and the beginning of the other.

A recogniser stretches the first word behind a pause back over it, by up to a second. So the pause is looked for from
within the one word to the end of the other, where nobody speaks by Silero's model, and its edges are then moved to
where the level falls and rises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio_edition.hearing.recogniser import RATE_HZ, HeardWord
from audio_edition.narration.bounds import echo, voice_end, voice_start
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard
from audio_edition.narration.levels import threshold

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
_LOUD = 0.5
"""Share of that way from which sound in a pause is a cough, a click, a slammed door."""
_LOUD_FRAMES = 3
_CLICK = 0.65
"""Share of that way from which a single frame is a click."""
_FADES_DB = 10
"""Below what is loud, what still belongs to it."""


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
    quiet_from = voice_end(*long_ones[0], heard) if left else 0
    quiet_to = voice_start(long_ones[-1][1], long_ones[-1][0], heard) if right else heard.length
    if quiet_from > quiet_to:
        quiet_from = quiet_to = (quiet_from + quiet_to) // 2
    return Gap(quiet_from, quiet_to, noise=_noise(quiet_from, quiet_to, heard), echo=echo(quiet_from, heard))


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


def _noise(start: int, end: int, heard: Heard) -> tuple[int, int] | None:
    """Return from where to where something sounds in a pause: for some time, or short and louder."""
    first, last = start // LEVEL_FRAME + 2, end // LEVEL_FRAME - 2
    loud, click = (threshold((start + end) // 2, heard, share) for share in (_LOUD, _CLICK))
    if loud is None or click is None or first >= last:
        return None
    inside = heard.levels[first:last]
    sounding = np.flatnonzero(inside >= loud)
    if len(sounding) < _LOUD_FRAMES and not (inside >= click).any():
        return None
    around = np.flatnonzero(inside >= loud - _FADES_DB)
    return (first + int(around[0])) * LEVEL_FRAME, (first + int(around[-1]) + 1) * LEVEL_FRAME
