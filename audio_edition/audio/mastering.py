"""Mastering: bring a recording's samples to the level, silence and encoding that a recipient requires.

The finished file is measured, and gain and limit are adjusted until it meets the requirements.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audio_edition.audio.ffmpeg import encoding_failed, run_ffmpeg
from audio_edition.audio.loudness import PEAK_LIMIT_DBTP
from audio_edition.audio.probe import levels, stranger
from audio_edition.model import RATE_HZ

_LAME_LOSS_DB = 0.45
"""LAME scales by 0.95 at a constant bit rate."""
_MOST_ROUNDS = 4
_NEAR_DB = 0.3
_MARGIN_DB = 0.3
"""How far below the highest allowed peak the limiter keeps samples at first, as encoding raises peaks."""
_BLOCK_BYTES = 1 << 20
_PIECES_A_SECOND = 10
_LONG_SECONDS = 10
"""From this length on, noise is measured only between the silences at the ends, which may be digital silence."""
_AT_THE_END_SECONDS = 0.02
_WHOLE = re.compile(rb"Peak level dB: (\S+)\n.*RMS level dB: (\S+)")
_TIME = re.compile(rb"time=(\d+):(\d\d):(\d\d\.\d+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file should be. `level_db` is the RMS of the whole file in dB of full scale or, `by_loudness`, in LUFS.
    `peak_db` is the highest peak allowed, of the samples or the `true_peak`. `kbits` is the MP3's constant bit rate in
    kb/s. Samples are mono, at RATE_HZ."""

    level_db: float
    kbits: int
    peak_db: float = PEAK_LIMIT_DBTP
    by_loudness: bool = False
    true_peak: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """The levels of a sound file in dB of full scale: RMS of the whole, the highest sample, and the RMS of the softest
    tenth of a second (-inf for silence). `head_seconds` and `tail_seconds` are the silences (below -50 dB) at its
    ends."""

    seconds: float
    rms_db: float
    peak_db: float
    noise_db: float
    head_seconds: float
    tail_seconds: float


def join_samples(path: Path, pieces: Iterable[tuple[Path, int, int]], head: int, tail: int) -> int:
    """Join samples into a file, and return their number. Each piece is a file of bare samples, the first sample to take
    from it, and the one after the last. `head` and `tail` are the numbers of zeros to add before and after."""
    count = head + tail
    with path.open("wb") as joined:
        joined.write(bytes(2 * head))
        for source, start, end in pieces:
            count += end - start
            joined.writelines(_samples_of(source, start, end))
        joined.write(bytes(2 * tail))
    return count


def _samples_of(source: Path, start: int, end: int) -> Iterator[bytes]:
    """Yield the samples of a file from `start` to before `end`. Raises StitchError if there are fewer."""
    left = 2 * (end - start)
    with source.open("rb") as file:
        file.seek(2 * start)
        while left and (block := file.read(min(left, _BLOCK_BYTES))):
            yield block
            left -= len(block)
    if left:
        raise encoding_failed(f"{source.name} ends {left // 2} samples early")


def master(samples: Path, mp3: Path, wanted: Wanted) -> None:
    """Write bare samples as an MP3 that is as near to what is wanted as possible. Raises StitchError."""
    level_db, _ = _level_and_peak(samples, wanted)
    gain_db, limit_db = wanted.level_db - level_db, wanted.peak_db - _MARGIN_DB
    for _ in range(_MOST_ROUNDS):
        _encode(samples, mp3, gain_db, limit_db, wanted.kbits)
        level_db, peak_db = _level_and_peak(mp3, wanted)
        soft_db, over_db = wanted.level_db - level_db, max(peak_db - wanted.peak_db, 0)
        if abs(soft_db) <= _NEAR_DB and not over_db:
            break
        gain_db += soft_db
        limit_db -= over_db and over_db + _MARGIN_DB / 3


def _level_and_peak(path: Path, wanted: Wanted) -> tuple[float, float]:
    """Return a file's level and peak, in the units that are wanted. Silence counts as having the level wanted."""
    heard = measured(path)
    level_db, peak_db = heard.rms_db, heard.peak_db
    if wanted.by_loudness or wanted.true_peak:
        loud = levels(path)
        level_db = loud.lufs if wanted.by_loudness else level_db
        peak_db = loud.peak_dbtp if wanted.true_peak else peak_db
    return level_db if math.isfinite(heard.rms_db) else wanted.level_db, peak_db


def _encode(samples: Path, mp3: Path, gain_db: float, limit_db: float, kbits: int) -> None:
    """Write samples as MP3 through a gain and a limiter, which runs at twice the sample rate."""
    filters = [
        f"volume={gain_db:.2f}dB",
        f"aresample={2 * RATE_HZ}",
        f"alimiter=limit={10 ** (limit_db / 20):.6f}:attack=5:release=50:level=0:latency=1",
        f"aresample={RATE_HZ}",
        f"volume={_LAME_LOSS_DB}dB",
    ]
    coding = ["-c:a", "libmp3lame", "-b:a", f"{kbits}k", "-ac", "1", "-ar", str(RATE_HZ)]
    bare = ["-map_metadata", "-1", "-id3v2_version", "0", "-write_id3v1", "0", "-f", "mp3"]
    run_ffmpeg(["-y", "-v", "error", *stranger(samples), "-af", ",".join(filters), *coding, *bare, os.fspath(mp3)])


_SILENCE = "silencedetect=noise=-50dB:duration=0.05"
_STATISTICS = "astats=measure_perchannel=none:measure_overall=RMS_level+Peak_level"
_PIECES = (
    f"asetnsamples=n={RATE_HZ // _PIECES_A_SECOND}:p=0,"
    "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=RMS_level,"
    "ametadata=mode=print:key=lavfi.astats.Overall.RMS_level:file=-"
)


def measured(path: Path) -> Measured:
    """Return the levels of a decoded sound file, which may come from anywhere. Raises StitchError."""
    graph = f"aformat=sample_rates={RATE_HZ}:channel_layouts=mono,{_STATISTICS},{_SILENCE},{_PIECES}"
    done = run_ffmpeg(["-hide_banner", "-nostats", *stranger(path), "-af", graph, "-f", "null", "-"])
    whole = _WHOLE.search(done.stderr)
    if not _TIME.search(done.stderr) or not whole:
        raise encoding_failed(f"its astats filter gave no figures for {path.name}")
    seconds = sum(60**power * float(part) for power, part in enumerate(_TIME.findall(done.stderr)[-1][::-1]))
    head, tail = _silence_at_ends(done.stderr, seconds)
    pieces = [_decibels(value) for value in re.findall(rb"RMS_level=(\S+)", done.stdout)]
    if seconds - head - tail >= _LONG_SECONDS:
        pieces = pieces[math.ceil(head * _PIECES_A_SECOND) : math.floor((seconds - tail) * _PIECES_A_SECOND)]
    return Measured(seconds, _decibels(whole[2]), _decibels(whole[1]), min(pieces, default=-math.inf), head, tail)


def _decibels(text: bytes) -> float:
    """Return a level that FFmpeg printed. For silence FFmpeg prints -inf or nan; this returns -inf."""
    value = float(text)
    return -math.inf if math.isnan(value) else value


def _silence_at_ends(log: bytes, seconds: float) -> tuple[float, float]:
    """Return the seconds of silence at the beginning and end of a file, from FFmpeg's log and the file's length."""
    starts = [float(value) for value in re.findall(rb"silence_start: (-?[\d.]+)", log)]
    ends = [float(value) for value in re.findall(rb"silence_end: ([\d.]+)", log)]
    head = ends[0] if starts and ends and starts[0] <= _AT_THE_END_SECONDS else 0.0
    is_open = len(starts) > len(ends) or (ends and ends[-1] >= seconds - _AT_THE_END_SECONDS)
    return head, seconds - starts[-1] if starts and is_open else 0.0
