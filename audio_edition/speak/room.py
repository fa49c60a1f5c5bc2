"""What a recording holds besides the voice, and the filters that take it away where that is safe.

Hum is taken away by narrow notches, which leave a voice as it is. Noise is lowered, and only where it is steady and far
enough below the voice: what is as loud as soft consonants can't be told from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio_edition.model import RATE_HZ

_NOTCH_HZ = 6
_LEAST_DISTANCE_DB, _MOST_DISTANCE_DB = 30.0, 45.0
"""From the noise up to the voice: nearer, a recogniser was seen to hear some words worse afterwards; farther, nobody
hears the noise."""
_REDUCTION_DB = 10
_QUIETEST_FLOOR_DB, _LOUDEST_FLOOR_DB = -79, -21
"""What FFmpeg's filter takes."""
_DELAY = RATE_HZ // 40
"""Samples by which that filter lets the sound come late."""


@dataclass(frozen=True, slots=True)
class Room:
    """What was measured of a recording. `lines_hz` are those of the mains that hum; `floor_db` is the noise as white
    noise of that level in dB below full scale would be, and `noise_db` what is heard of it; None where too little of
    the recording is quiet. `distance_db` is how far the voice is above that."""

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
    def filters(self) -> str:
        """FFmpeg's filters, which move no sample."""
        notches = [f"bandreject=f={line}:width_type=h:w={_NOTCH_HZ}" for line in self.lines_hz]
        return ",".join(notches + [_denoiser(self.floor_db)] * self.noise_is_reduced)


def _denoiser(floor_db: float | None) -> str:
    floor = min(max(round(floor_db or 0), _QUIETEST_FLOOR_DB), _LOUDEST_FLOOR_DB)
    in_time = f"atrim=start_sample={_DELAY},asetpts=PTS-STARTPTS"
    return f"apad=pad_len={_DELAY},afftdn=nr={_REDUCTION_DB}:nf={floor},{in_time}"
