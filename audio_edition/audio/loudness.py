"""Loudness: measured as EBU R 128 says, brought to a target, and limited."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from audio_edition.audio.ffmpeg import encoding_failed, raw_input, run_ffmpeg
from audio_edition.model import RATE_HZ

if TYPE_CHECKING:
    from pydub import AudioSegment


PEAK_LIMIT_DBTP = -2.0
"""True peak before coding; LAME adds up to a decibel at 64 kb/s, and -1 dBTP is what may come out."""
_NEAR_DB = 0.2
"""A change that the limiter makes good but for a few hundredths."""
_SETTLED_DB = 3.0
"""Voices of short peaks do not come nearer to their level."""


def level_filters(gain_db: float, rate_hz: int) -> str:
    """Return the filters that apply a gain, then limit the true peak.

    The limiter sees samples at twice the rate of the voice, four times the highest frequency in it (ITU-R BS.1770-4,
    annex 2). What comes out is at RATE_HZ.
    """
    limit, limited_hz = 10 ** (PEAK_LIMIT_DBTP / 20), 2 * rate_hz
    filters = [
        f"volume={gain_db:.2f}dB",
        f"aresample={limited_hz}",
        f"alimiter=limit={limit:.6f}:attack=5:release=50:level=0:latency=1",
    ]
    return ",".join(filters + [f"aresample={RATE_HZ}"] * (limited_hz != RATE_HZ))


def loudness_lufs(segments: Iterable[AudioSegment], gain_db: float | None = None) -> float:
    """Return the integrated loudness (EBU R 128) of the segments, one after the other: as they are, or after gain and
    limiter. Raises StitchError."""
    parts = list(segments)
    rate_hz = parts[0].frame_rate
    filters = "ebur128=framelog=quiet"
    if gain_db is not None:
        filters = f"{level_filters(gain_db, rate_hz)},{filters}"
    pcm = b"".join(part.raw_data for part in parts)
    done = run_ffmpeg(["-hide_banner", *raw_input(rate_hz), "-af", filters, "-f", "null", "-"], pcm)
    measured = re.findall(rb"I:\s+(-?\d+\.\d+) LUFS", done.stderr)
    if not measured:
        raise encoding_failed("its ebur128 filter gave no figure for the loudness of the voice")
    return float(measured[-1])


def gain_for(segments: Iterable[AudioSegment], target_lufs: float) -> float:
    """Return the gain in dB that brings the segments to `target_lufs`, making up for what the limiter takes away.
    Raises StitchError if the measured loudness does not follow the gain."""
    parts = list(segments)
    first_db = target_lufs - loudness_lufs(parts)
    gain_db = round(first_db, 2)
    for _ in range(2):
        change_db = target_lufs - loudness_lufs(parts, gain_db)
        gain_db = round(gain_db + change_db, 2)
        if abs(change_db) <= _NEAR_DB:
            break
    if abs(change_db) > max(abs(first_db) - 0.1, _SETTLED_DB):
        raise encoding_failed(f"its ebur128 filter finds the voice {abs(change_db):.1f} dB off, whatever the gain")
    return gain_db


def at_volume(gain_db: float, volume: float) -> float:
    """Return the gain for a share of the full volume, which is 1.0."""
    return round(gain_db + 20 * math.log10(volume), 2)
