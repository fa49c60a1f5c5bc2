"""Hear a tape: its words with rough times, where in it somebody speaks, and how loud each moment is.

A tape is heard in pieces of two to three minutes, cut where it is quiet, so that memory does not grow with its length.
Each piece is kept in the cache, by its samples and by who listens: what was heard once is not heard again after a
change of the text, a Ctrl-C or a kill, and what is kept is never of a file that has changed since.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from audio_edition import audio
from audio_edition.cache import Cache, key_of
from audio_edition.errors import NarrationError, StitchError
from audio_edition.hearing.recogniser import RATE_HZ, HeardWord, Recogniser
from audio_edition.model import Clip, Tape

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]

SPEECH_FRAME = 512
"""Samples of which it is told whether somebody speaks: 32 ms, as Silero's model has it."""
LEVEL_FRAME = 160
"""Samples of which the level is told: 10 ms."""
LONGEST_HOURS = 6
_BLOCK = 60 * SPEECH_FRAME * 31
"""Samples read at a time: about a minute, and a whole number of frames of both kinds."""
_BLOCKS_A_PIECE = 3
_CUT_FRAMES = 50
"""A piece ends in the middle of the quietest half second of its last minute."""
_BAND_HZ = (180, 4200)
"""Of the level: voices, but not hum, rumble and hiss."""
_BANDS_HZ = (100, 250, 500, 1000, 1700, 2700, 4200, 6000, 8000)
"""The edges of bands: the last consonant of a voice may rise above a room's noise in one of them alone."""
_SMOOTHED_FRAMES = 3
_FRAMES_AT_ONCE = 6000
_FILTERS = "highpass=f=100,highpass=f=100"
_SILENCE_PROBABILITY = 0.3
"""A word in which nobody speaks at any time was made up by the recogniser, which does that where there is music."""
_PAUSE = 3 * RATE_HZ // 10
"""Samples of quiet that part two stretches of speech; half of them goes along with each."""
_SHORTEST_SPEECH = 3
"""Frames: a click, a note of music."""
_QUIET = 0.5
"""Probability of speech under which a frame is quiet."""
_SOFTEST_PERCENT, _ABOVE_FLOOR_DB = 5, 6
"""Of a tape's level frames, those that have no sound; what is so much louder sounds."""
_SLOWEST_DB = 0.25
"""By how much the echo of the largest room falls in a level frame: what falls less is noise, in a tape that has none
elsewhere."""
_SLOWEST_BAND = 0.6
"""Share of the fall of all bands that one has at least: what falls less is no echo."""
_TAIL_FRAMES, _FEWEST_IN_TAIL, _FEWEST_TAILS = 25, 12, 5
"""Level frames behind a voice in which an echo is looked for, and from which one is told; and how many voices."""
_METHOD = 4
"""Of hearing: goes up where what is kept of an earlier version is no longer right."""

Progress = Callable[[Tape, float], None]
"""Called with a tape and the seconds of it that have been heard."""


@dataclass(frozen=True)
class Heard:
    """What was heard of a tape: `words` in order, the probability that somebody speaks for each SPEECH_FRAME, and the
    level in decibels for each LEVEL_FRAME, also in each of several `bands`, where it is smoothed. Times are samples at
    hearing.recogniser.RATE_HZ."""

    words: tuple[HeardWord, ...]
    speech: Floats
    levels: Floats
    bands: npt.NDArray[np.float16]

    @cached_property
    def is_quiet(self) -> npt.NDArray[np.bool_]:
        """For each SPEECH_FRAME, whether nobody speaks or nothing sounds: Silero takes a short pause for speech."""
        count = len(self.speech)
        firsts = np.arange(count) * SPEECH_FRAME // LEVEL_FRAME
        loudest = np.maximum.reduceat(self.levels, firsts) if count else self.levels
        return np.asarray((self.speech < _QUIET) | (loudest < self._floor_db))

    @cached_property
    def _floor_db(self) -> float:
        """The level from which something sounds."""
        return float(np.percentile(self.levels, _SOFTEST_PERCENT)) + _ABOVE_FLOOR_DB if len(self.levels) else 0.0

    @cached_property
    def tail_db(self) -> float:
        """By how much each LEVEL_FRAME is softer than the one before where somebody has stopped speaking: the room's
        echo, by the median of all pauses that it takes some time to fill."""
        tails = list(self._tails(self.levels, self._floor_db))
        tail = statistics.median(tails) if len(tails) >= _FEWEST_TAILS else math.inf
        return tail if tail >= _SLOWEST_DB else math.inf

    @cached_property
    def band_tails_db(self) -> Floats:
        """The same in each band, by the pauses that it takes some time to fill; where they are few, by all bands."""
        found = []
        for levels in self.bands.T.astype(np.float32):
            floor_db = float(np.percentile(levels, _SOFTEST_PERCENT)) + _ABOVE_FLOOR_DB
            tails = [tail for tail in self._tails(levels, floor_db) if tail < math.inf]
            found.append(statistics.median(tails) if len(tails) >= _FEWEST_TAILS else self.tail_db)
        return np.maximum(np.asarray(found, np.float32), _SLOWEST_BAND * self.tail_db)

    def _tails(self, levels: Floats, floor_db: float) -> Iterator[float]:
        """Yield for each end of speech by how much each frame is softer than the one before, down to a floor; infinite
        where that is reached at once."""
        ends = np.flatnonzero(np.diff((self.speech < _QUIET).astype(np.int8)) == 1) + 1
        for end in ends * SPEECH_FRAME // LEVEL_FRAME:
            tail = levels[end : end + _TAIL_FRAMES]
            count = int(np.argmax(below)) if (below := tail < floor_db).any() else len(tail)
            yield float(tail[0] - tail[count - 1]) / (count - 1) if count >= _FEWEST_IN_TAIL else math.inf

    @property
    def length(self) -> int:
        return len(self.levels) * LEVEL_FRAME


def hear(
    tape: Tape,
    recogniser: Recogniser | None,
    language: str,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
) -> Heard:
    """Return what is heard of a whole tape; without a recogniser, no words. Raises NarrationError where it can't be
    played, holds no sample or lasts too long."""
    pieces: list[Heard] = []
    start = 0
    for sound in _pieces(tape):
        key = _key(sound, recogniser, language)
        if (piece := _kept(cache, key)) is None:
            piece = _new(sound, recogniser, language)
            _keep(cache, key, piece)
        pieces.append(piece)
        start += len(sound)
        progress(tape, start / RATE_HZ)
    if not pieces:
        raise unplayable(tape.path)
    return _joined(pieces)


def _key(sound: npt.NDArray[np.int16], recogniser: Recogniser | None, language: str) -> str:
    listens = [recogniser.digest, language] if recogniser else ["", ""]
    return key_of("heard", _METHOD, hashlib.sha256(sound.tobytes()).hexdigest(), *listens)


def _joined(pieces: list[Heard]) -> Heard:
    words: list[HeardWord] = []
    start = 0
    for piece in pieces:
        words += [HeardWord(word.text, word.start + start, word.end + start) for word in piece.words]
        start += piece.length
    return Heard(
        tuple(words),
        np.concatenate([piece.speech for piece in pieces]),
        np.concatenate([piece.levels for piece in pieces]),
        np.concatenate([piece.bands for piece in pieces]),
    )


# --- pieces


def _pieces(tape: Tape) -> Iterator[npt.NDArray[np.int16]]:
    """Yield a tape's samples in pieces, each a whole number of frames. The last is filled with silence."""
    rest = np.zeros(0, np.int16)
    for count, (block, is_last) in enumerate(_blocks(tape.path), start=1):
        rest = np.concatenate([rest, block])
        if is_last:
            break
        if count > LONGEST_HOURS * 3600 * RATE_HZ / _BLOCK + 1:
            raise too_long(tape.path)
        if len(rest) >= _BLOCKS_A_PIECE * _BLOCK:
            cut = _quietest(rest)
            yield rest[:cut]
            rest = rest[cut:]
    if len(rest):
        unit = SPEECH_FRAME * LEVEL_FRAME // 32
        yield np.pad(rest, (0, -len(rest) % unit))


def too_long(path: Path) -> NarrationError:
    return NarrationError(
        f"{path}: this recording lasts more than {LONGEST_HOURS} hours.",
        "Cut it into a file for each article or chapter.",
    )


def _blocks(path: Path) -> Iterator[tuple[npt.NDArray[np.int16], bool]]:
    """Yield samples as they are decoded, and whether they are the last. Raises NarrationError."""
    ended = False
    ends = itertools.takewhile(lambda _: not ended, itertools.count(_BLOCK, _BLOCK))
    try:
        for clip in audio.excerpts(path, RATE_HZ, ends, _FILTERS):
            ended = ended or clip.length < _BLOCK
            yield np.frombuffer(clip.pcm[: 2 * clip.length], np.int16), ended
    except StitchError as error:
        raise unplayable(path) from error


def unplayable(path: Path) -> NarrationError:
    return NarrationError(
        f"{path}: this can't be played as a recording.",
        "Name a WAV, MP3, M4A, FLAC or Opus file; if it is one, copy it again.",
    )


def _quietest(samples: npt.NDArray[np.int16]) -> int:
    """Return where the last minute of the samples is quietest, at the beginning of a frame of either kind."""
    unit = SPEECH_FRAME * LEVEL_FRAME // 32
    levels = _levels(samples[-_BLOCK:])
    loudness = np.convolve(10 ** (levels / 10), np.ones(_CUT_FRAMES), "valid")
    middle = len(samples) - _BLOCK + (int(np.argmin(loudness)) + _CUT_FRAMES // 2) * LEVEL_FRAME
    return middle // unit * unit


# --- what is heard in a piece


def _new(samples: npt.NDArray[np.int16], recogniser: Recogniser | None, language: str) -> Heard:
    speech = _speech(samples)
    words: list[HeardWord] = []
    if recogniser and (runs := _runs(speech)):
        words = recogniser.hear_words(Clip(samples.tobytes(), RATE_HZ), language, runs)
    said = (word for word in words if _is_said(word, speech))
    return Heard(tuple(said), speech, _levels(samples), _bands(samples))


def _runs(speech: Floats) -> list[tuple[int, int]]:
    """Return from which to which sample somebody may speak, and surely does in a moment of it, with half a pause
    around; over less quiet than a pause they go on."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], speech >= _SILENCE_PROBABILITY, [False]]).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for first, last in edges.reshape(-1, 2):
        if last - first < _SHORTEST_SPEECH or float(speech[first:last].max()) < _QUIET:
            continue
        begin, end = int(first) * SPEECH_FRAME, int(last) * SPEECH_FRAME
        start, stop = max(0, begin - _PAUSE // 2), min(end + _PAUSE // 2, len(speech) * SPEECH_FRAME)
        if runs and start < runs[-1][1]:
            runs[-1] = runs[-1][0], stop
        else:
            runs.append((start, stop))
    return runs


def _is_said(word: HeardWord, speech: Floats) -> bool:
    inside = speech[word.start // SPEECH_FRAME : word.end // SPEECH_FRAME + 1]
    return bool(len(inside)) and float(inside.max()) >= _SILENCE_PROBABILITY


def _speech(samples: npt.NDArray[np.int16]) -> Floats:
    """Return the probability that somebody speaks, for each frame, by Silero's model, which faster-whisper brings."""
    from faster_whisper.vad import get_vad_model

    probabilities: Any = get_vad_model()(samples.astype(np.float32) / 32768, SPEECH_FRAME)
    return np.asarray(probabilities, np.float32).reshape(-1)[: len(samples) // SPEECH_FRAME]


def _levels(samples: npt.NDArray[np.int16]) -> Floats:
    """Return the level of each frame in the band of voices, in decibels below full scale."""
    frames = samples.astype(np.float32).reshape(-1, LEVEL_FRAME) / 32768
    low, high = (frequency * LEVEL_FRAME // RATE_HZ + 1 for frequency in _BAND_HZ)
    power = np.abs(np.fft.rfft(frames, axis=1)[:, low:high]) ** 2
    return np.asarray(10 * np.log10(power.sum(axis=1) * 2 / LEVEL_FRAME**2 + 1e-10), np.float32)


def _bands(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.float16]:
    """Return the level of each frame in each band, in decibels below full scale, smoothed over three frames."""
    size = 2 * LEVEL_FRAME
    around = np.pad(samples.astype(np.float32) / 32768, LEVEL_FRAME // 2, "reflect")
    frames = np.lib.stride_tricks.sliding_window_view(around, size)[::LEVEL_FRAME]
    bins = [frequency * size // RATE_HZ for frequency in _BANDS_HZ]
    found = []
    for first in range(0, len(frames), _FRAMES_AT_ONCE):
        power = np.abs(np.fft.rfft(frames[first : first + _FRAMES_AT_ONCE] * np.hanning(size), axis=1)) ** 2
        found.append(np.add.reduceat(power[:, : bins[-1]], bins[:-1], axis=1))
    power = np.concatenate(found)
    beside = np.pad(power, ((1, 1), (0, 0)), "edge")
    smooth = sum(beside[shift : shift + len(power)] for shift in range(_SMOOTHED_FRAMES)) / _SMOOTHED_FRAMES
    return np.asarray(10 * np.log10(smooth * 2 / size**2 + 1e-10), np.float16)


# --- the cache


def _keep(cache: Cache | None, key: str, heard: Heard) -> None:
    if cache:
        words = [(word.text, word.start, word.end) for word in heard.words]
        head = json.dumps([words, len(heard.speech), len(heard.levels)]).encode() + b"\n"
        cache.put(key, (head, heard.speech.tobytes(), heard.levels.tobytes(), heard.bands.tobytes()))


def _kept(cache: Cache | None, key: str) -> Heard | None:
    file = cache.open(key) if cache else None
    if file is None:
        return None
    with file:
        words, speech, levels = json.loads(file.readline())
        data = file.read()
    numbers = np.frombuffer(data, np.float32, speech + levels)
    bands = np.frombuffer(data, np.float16, offset=numbers.nbytes).reshape(levels, -1)
    return Heard(tuple(HeardWord(*word) for word in words), numbers[:speech], numbers[speech:], bands)
