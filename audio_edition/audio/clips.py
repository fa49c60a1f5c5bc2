"""Clips and silence as samples: signed 16-bit mono, every length a whole number of samples."""

from __future__ import annotations

import array
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition.audio.ffmpeg import encoding_failed, raw_input, run_ffmpeg
from audio_edition.errors import MissingTool
from audio_edition.model import RATE_HZ, Clip, Word

if TYPE_CHECKING:
    from pydub import AudioSegment


STREAM_RATES_HZ = (22_050, 44_100)
"""Rates at which clips may come in: both divide RATE_HZ, so that every position stays exact."""
_RESAMPLER_BYTES = 128
"""What a resampler may give more or less at the ends."""
_HEARD_FROM = 33
"""A sample from -60 dBFS up counts as sound."""


def _segment(pcm: bytes, rate_hz: int) -> AudioSegment:
    with warnings.catch_warnings():
        # pydub warns of a missing FFmpeg on PATH, which it is not asked to start.
        warnings.simplefilter("ignore")
        try:
            from pydub import AudioSegment
        except ImportError as error:
            raise MissingTool(
                f"The package {error.name} is not installed.", f"Install it: pip install {error.name}"
            ) from error
        return AudioSegment(data=pcm, sample_width=2, frame_rate=rate_hz, channels=1)


def silence(samples: int, rate_hz: int) -> AudioSegment:
    """Return silence of so many samples."""
    return _segment(bytes(2 * samples), rate_hz)


def segment(clip: Clip) -> AudioSegment:
    """Return the clip as a pydub AudioSegment."""
    return _segment(clip.pcm, clip.rate_hz)


def samples_in(milliseconds: float, rate_hz: int) -> int:
    """Return the number of samples in so many milliseconds, rounded."""
    return round(milliseconds * rate_hz / 1000)


def trimmed(clip: Clip) -> Clip:
    """Return the clip from its first sound to its last, so that the pauses around it are those of the script."""
    samples = array.array("h", clip.pcm)
    first = next((i for i, sample in enumerate(samples) if abs(sample) >= _HEARD_FROM), None)
    if first is None:
        return Clip(b"", clip.rate_hz)
    last = next(i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) >= _HEARD_FROM)
    length = last + 1 - first

    def within(sample: int) -> int:
        return min(max(sample - first, 0), length)

    words = tuple(Word(within(word.start), within(word.end), word.text_start, word.text_end) for word in clip.words)
    return Clip(segment(clip).get_sample_slice(first, last + 1).raw_data, clip.rate_hz, words)


def changed(sound: AudioSegment, change_db: float) -> AudioSegment:
    """Return the sound, louder or softer by so many dB; the same object if there is nothing to change."""
    return sound.apply_gain(change_db) if change_db else sound


def decoded(path: Path) -> Clip:
    """Return a sound file of any kind as a clip at RATE_HZ. Raises StitchError."""
    done = run_ffmpeg(["-v", "error", "-i", os.fspath(path), "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "pipe:1"])
    return Clip(done.stdout, RATE_HZ)


def at_rate(clip: Clip, rate_hz: int) -> Clip:
    """Return the clip at another rate, with the same length to the nearest sample and words at the same moments."""
    if clip.rate_hz == rate_hz:
        return clip
    filters = ["-af", f"aresample={rate_hz}", "-ac", "1", "-f", "s16le", "pipe:1"]
    pcm = run_ffmpeg(["-v", "error", *raw_input(clip.rate_hz), *filters], clip.pcm).stdout
    wanted = 2 * _moved(clip, rate_hz, clip.length)
    if abs(len(pcm) - wanted) > _RESAMPLER_BYTES:
        raise encoding_failed(f"its aresample filter gave {len(pcm)} bytes of sound instead of {wanted}")
    return resampled(clip, rate_hz, pcm)


def resampled(clip: Clip, rate_hz: int, pcm: bytes) -> Clip:
    """Return the clip with its samples at another rate, which a resampler gave: cut or filled to the length to the
    nearest sample, and words at the same moments."""

    def there(sample: int) -> int:
        return _moved(clip, rate_hz, sample)

    wanted = 2 * there(clip.length)
    words = tuple(Word(there(word.start), there(word.end), word.text_start, word.text_end) for word in clip.words)
    return Clip(pcm[:wanted].ljust(wanted, b"\0"), rate_hz, words, there(clip.lead), there(clip.tail))


def _moved(clip: Clip, rate_hz: int, sample: int) -> int:
    return round(sample * rate_hz / clip.rate_hz)


def peak_dbfs(clip: Clip, start: int, end: int) -> float:
    """Return the loudest sample from `start` to `end`, in decibels below full scale; minus infinity for silence."""
    return float(segment(clip).get_sample_slice(start, end).max_dBFS)
