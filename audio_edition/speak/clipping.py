"""Tell whether a recording is overdriven: its peaks are cut off, so that many moments are equally loud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audio_edition.model import RATE_HZ

if TYPE_CHECKING:
    import numpy.typing as npt

_FRAME = RATE_HZ // 100
_MOST_SAMPLES = 120 * RATE_HZ
"""Of the reading, from all over it, that are looked at."""
_SOUNDS = 0.1
"""Share of the highest peak from which a frame counts: the others are pauses."""
_HIGHEST_PERCENT = 99.99
"""Not the highest sample of all, which may be a click."""
_AT_TOP, _NEAR_TOP, _SAMPLES_AT_TOP = 0.97, 0.85, 8
"""Shares of the highest peak, and so many samples of a frame above them: a peak that is cut off stays there."""
_CREST_DB = 5.0
"""By so little the highest peak stands above what is loud in a recording that was cut off, and then changed by another
rate or codec: its top is ragged."""
_LEAST_SHARE = 0.02
"""Under which peaks that happen to be alike are not told."""


def clipped(pcm: Path, read: Sequence[tuple[int, int]]) -> float:
    """Return the share of a reading's moments in which peaks are cut off; 0 if there are next to none. `pcm` is a
    decoded recording (signed 16-bit mono at RATE_HZ), `read` the start and end of each stretch of speech, in
    samples."""
    frames = _frames(pcm, read)
    loudest = frames.max(axis=1, initial=0)
    frames = frames[loudest > _SOUNDS * loudest.max(initial=0)]
    if not len(frames):
        return 0.0
    top = float(np.percentile(frames, _HIGHEST_PERCENT))
    crest_db = 20 * np.log10(top / max(1.0, float(np.percentile(frames, 90))))
    level = top * (_NEAR_TOP if crest_db < _CREST_DB else _AT_TOP)
    share = float(((frames >= level).sum(axis=1) >= _SAMPLES_AT_TOP).mean())
    return share if share >= _LEAST_SHARE else 0.0


def _frames(pcm: Path, read: Sequence[tuple[int, int]]) -> npt.NDArray[np.int32]:
    """Return the sizes of samples, in frames of 10 ms, of sentences from all over the recording."""
    samples = np.memmap(pcm, np.int16, "r") if pcm.stat().st_size else np.zeros(0, np.int16)
    step = max(1, sum(end - start for start, end in read) // _MOST_SAMPLES)
    spans = [samples[start : start + (end - start) // _FRAME * _FRAME] for start, end in read[::step]]
    whole = [span for span in spans if len(span) % _FRAME == 0]
    return np.abs(np.concatenate([np.zeros(0, np.int16), *whole]).astype(np.int32)).reshape(-1, _FRAME)
