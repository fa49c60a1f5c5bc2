"""What a recording holds besides the voice, mains hum and steady noise, and the filters that remove them where that is
safe.

Narrow notch filters remove hum and leave a voice as it is. Noise is reduced only if it is steady and far enough below
the voice: noise as loud as soft consonants can't be separated from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio_edition.model import RATE_HZ

_NOTCH_HZ = 6
_LEAST_DISTANCE_DB, _MOST_DISTANCE_DB = 30.0, 45.0
"""From the noise up to the voice. If they are nearer, a recogniser misheard some words after the reduction; if they are
farther apart, nobody hears the noise."""
_NOISY_DB = 25.0
"""Noise that is nearer to the voice is heard in every pause."""
_REDUCTION_DB = 10
_QUIETEST_FLOOR_DB, _LOUDEST_FLOOR_DB = -79, -21
"""The noise floors that FFmpeg's filter accepts."""
_DELAY = RATE_HZ // 40
"""Samples by which that filter delays the sound."""


@dataclass(frozen=True, slots=True)
class Room:
    """What was measured in a recording. `lines_hz` are the mains frequencies that hum. `noise_db` is the level of the
    audible noise in dB of full scale, `floor_db` that of white noise as strong in the middle band; both are None if too
    little of the recording is quiet. `distance_db` is how far the voice is above `noise_db`."""

    lines_hz: tuple[int, ...] = ()
    floor_db: float | None = None
    noise_db: float | None = None
    distance_db: float = 0.0
    is_steady: bool = False

    @property
    def noise_is_reduced(self) -> bool:
        is_safe = _LEAST_DISTANCE_DB <= self.distance_db <= _MOST_DISTANCE_DB
        return self.floor_db is not None and self.is_steady and is_safe

    @property
    def is_noisy(self) -> bool:
        return self.noise_db is not None and self.distance_db < _NOISY_DB

    @property
    def filters(self) -> str:
        """FFmpeg's filters, which do not shift the sound in time."""
        notches = [f"bandreject=f={line}:width_type=h:w={_NOTCH_HZ}" for line in self.lines_hz]
        return ",".join(notches + [_denoiser(self.floor_db)] * self.noise_is_reduced)


def _denoiser(floor_db: float | None) -> str:
    floor = min(max(round(floor_db or 0), _QUIETEST_FLOOR_DB), _LOUDEST_FLOOR_DB)
    in_time = f"atrim=start_sample={_DELAY},asetpts=PTS-STARTPTS"
    return f"apad=pad_len={_DELAY},afftdn=nr={_REDUCTION_DB}:nf={floor},{in_time}"
