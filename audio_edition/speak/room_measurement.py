"""Measure what a recording holds besides the voice, mains hum and steady noise, where nobody speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audio_edition.model import RATE_HZ
from audio_edition.speak.room import Room

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_WINDOW = 16_384
"""Samples of a spectrum: 0.37 s, which separates frequencies 2.7 Hz apart."""
_MOST_WINDOWS = 200
_FRAME = RATE_HZ // 50
_NEAR_VOICE = RATE_HZ // 10
"""Samples next to speech that do not count as quiet."""
_FEWEST_WINDOWS = 4
_MAINS_HZ, _HARMONICS = (50, 60), 20
_LINE_DB, _LEAST_LINE_DBFS = 12.0, -78.0
"""A frequency line is removed if it is at least so far above its neighbours, and so loud."""
_FEWEST_LINES = 2
_LOWEST_HZ, _HIGHEST_HZ = 80, 8_000
"""The band of audible noise."""
_FLOOR_BAND_HZ = (1_000, 3_500)
"""The band from which the filter's noise floor is estimated, for all kinds of recordings. Rooms have more noise at
lower frequencies, so an estimate from this band never makes the filter remove too much at higher ones."""
_STEADY_DB = 6.0
"""Noise is steady if its level varies by at most so much from frame to frame."""


def measured(pcm: Path, read: Iterable[tuple[int, int]]) -> Room:
    """Return what a decoded recording (signed 16-bit mono at RATE_HZ) holds besides the voice. `read` are the start and
    end of each stretch of speech, in samples."""
    samples = np.memmap(pcm, np.int16, "r") if pcm.stat().st_size else np.zeros(0, np.int16)
    spans = sorted(read)
    quiet = _quiet(samples, spans)
    if len(quiet) < _FEWEST_WINDOWS:
        return Room()
    spectrum = _spectrum(quiet)
    lines = _lines(spectrum)
    noise = _without(spectrum, lines)
    noise_db = _band_db(noise, _LOWEST_HZ, _HIGHEST_HZ)
    low, high = _FLOOR_BAND_HZ
    floor_db = _band_db(noise, low, high) + 10 * np.log10(RATE_HZ / 2 / (high - low))
    levels = np.concatenate([_levels(window) for window in quiet])
    spread = float(np.subtract(*np.percentile(levels, (90, 10))))
    distance_db = _voice_db(samples, spans) - noise_db
    return Room(lines, float(floor_db), noise_db, distance_db, spread <= _STEADY_DB)


def _quiet(samples: npt.NDArray[np.int16], spans: Sequence[tuple[int, int]]) -> list[Floats]:
    """Return windows from all over the recording in which nobody reads. Only the softer half counts, as somebody may
    cough in the others."""
    bounds = [0, *(place for span in spans for place in span), len(samples)]
    windows = [
        np.asarray(samples[place : place + _WINDOW], np.float64) / 32768
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for place in range(start + _NEAR_VOICE, end - _NEAR_VOICE - _WINDOW + 1, _WINDOW)
    ]
    windows = [window for window in windows if np.any(window)]
    windows.sort(key=lambda window: float(np.mean(window**2)))
    softer = windows[: max(_FEWEST_WINDOWS, len(windows) // 2)]
    return softer[:: max(1, len(softer) // _MOST_WINDOWS)]


def _spectrum(windows: Sequence[Floats]) -> Floats:
    """Return the mean power of each line of the windows' spectra; their sum is the mean square of the samples."""
    shape = np.hanning(_WINDOW)
    powers = [np.abs(np.fft.rfft(window * shape)) ** 2 for window in windows]
    return np.asarray(2 * np.mean(powers, axis=0) / (_WINDOW * np.sum(shape**2)), np.float64)


def _bins(hz: float) -> int:
    return round(hz * _WINDOW / RATE_HZ)


def _lines(spectrum: Floats) -> tuple[int, ...]:
    """Return the harmonics of the mains that stand out."""
    found = {
        mains: [mains * number for number in range(1, _HARMONICS + 1) if _stands_out(spectrum, mains * number)]
        for mains in _MAINS_HZ
    }
    most = max(found.values(), key=len)
    return tuple(most) if len(most) >= _FEWEST_LINES else ()


def _stands_out(spectrum: Floats, hz: int) -> bool:
    place = _bins(hz)
    line = float(spectrum[place - 2 : place + 3].sum())
    around = np.concatenate([spectrum[place - 8 : place - 3], spectrum[place + 4 : place + 9]])
    beside = 5 * float(np.median(around))
    return 10 * np.log10(line + 1e-15) >= _LEAST_LINE_DBFS and line > beside * 10 ** (_LINE_DB / 10)


def _without(spectrum: Floats, lines: Sequence[int]) -> Floats:
    rest = spectrum.copy()
    for line in lines:
        place = _bins(line)
        rest[place - 3 : place + 4] = np.median(rest[place - 9 : place + 10])
    return rest


def _band_db(spectrum: Floats, low_hz: float, high_hz: float) -> float:
    return float(10 * np.log10(spectrum[_bins(low_hz) : _bins(high_hz)].sum() + 1e-12))


def _levels(window: Floats) -> Floats:
    frames = window[: len(window) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.asarray(10 * np.log10((frames**2).mean(axis=1) + 1e-12), np.float64)


def _voice_db(samples: npt.NDArray[np.int16], spans: Sequence[tuple[int, int]]) -> float:
    """Return the mean level in dB of full scale of sentences from all over the recording."""
    chosen = spans[:: max(1, len(spans) // _MOST_WINDOWS)]
    powers = [float(np.mean((np.asarray(samples[a:b], np.float64) / 32768) ** 2)) for a, b in chosen if a < b]
    return float(10 * np.log10(np.mean(powers) + 1e-12)) if powers else -120.0
