"""Sound: the only module that starts FFmpeg or touches samples.

Samples are signed 16-bit mono; a `Clip` comes in at its engine's rate, encoded tracks go out at RATE_HZ. All lengths
are whole numbers of samples.
"""

from __future__ import annotations

import array
import contextlib
import functools
import math
import os
import re
import subprocess
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from audio_edition.errors import MissingTool, StitchError
from audio_edition.model import RATE_HZ, Clip, Word

if TYPE_CHECKING:
    from pydub import AudioSegment

STREAM_RATES_HZ = (22_050, 44_100)
"""Rates at which clips may come in: both divide RATE_HZ, so that every position stays exact."""

MP3_FRAME_SAMPLES = 1152
MP3_KBITS = 64
PEAK_LIMIT_DBTP = -2.0
"""True peak before coding; LAME adds up to a decibel at 64 kb/s (FORMATS 5), and -1 dBTP is what may come out."""
_LAME_CBR_LOSS_DB = 0.45
_HEARD_FROM = 33
"""A sample from -60 dBFS up counts as sound."""


# --- FFmpeg


@functools.cache
def ffmpeg() -> str:
    """The path of FFmpeg: IMAGEIO_FFMPEG_EXE, else the one in imageio-ffmpeg's wheel."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise MissingTool(
            "FFmpeg was not found, and sound can't be encoded without it.",
            "Install it again with: pip install --force-reinstall imageio-ffmpeg",
        ) from error


@functools.cache
def ffmpeg_version() -> str:
    """The version FFmpeg gives itself; encoded bytes depend on it."""
    first_line = _run_ffmpeg(["-version"]).stdout.decode("utf-8", "replace").partition("\n")[0]
    return first_line.removeprefix("ffmpeg version ").partition(" Copyright")[0].strip()


def _run_ffmpeg(arguments: list[str], pcm: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run([ffmpeg(), "-nostdin", *arguments], input=pcm, capture_output=True, check=False)
    except OSError as error:
        raise _not_startable(error) from error
    if done.returncode:
        raise StitchError(f"FFmpeg failed: {_last_line(done.stderr)}")
    return done


def _not_startable(error: OSError) -> MissingTool:
    return MissingTool(
        f"FFmpeg could not be started: {ffmpeg()} ({error.strerror}).",
        "Set IMAGEIO_FFMPEG_EXE to a working FFmpeg, or install imageio-ffmpeg again.",
    )


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _raw_input(rate_hz: int) -> list[str]:
    return ["-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0"]


def _level_filters(gain_db: float, rate_hz: int, after_db: float = 0.0) -> str:
    """Gain, then a true-peak limit: a sample-peak limiter at four times the rate (ITU-R BS.1770-4, annex 2)."""
    limit = 10 ** (PEAK_LIMIT_DBTP / 20)
    return (
        f"volume={gain_db:.2f}dB,aresample={4 * rate_hz},"
        f"alimiter=limit={limit:.6f}:attack=5:release=50:level=0:latency=1,"
        f"volume={after_db:.2f}dB,aresample={RATE_HZ}"
    )


# --- clips and silence


def _segment(pcm: bytes, rate_hz: int) -> AudioSegment:
    with warnings.catch_warnings():
        # pydub warns of a missing FFmpeg on PATH, which it is not asked to start.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

        return AudioSegment(data=pcm, sample_width=2, frame_rate=rate_hz, channels=1)


def silence(samples: int, rate_hz: int) -> AudioSegment:
    """So many samples of nothing."""
    return _segment(bytes(2 * samples), rate_hz)


def segment(clip: Clip) -> AudioSegment:
    """The clip as pydub holds it."""
    return _segment(clip.pcm, clip.rate_hz)


def samples_in(milliseconds: float, rate_hz: int) -> int:
    """The nearest whole number of samples."""
    return round(milliseconds * rate_hz / 1000)


def trimmed(clip: Clip) -> Clip:
    """The clip from its first sound to its last, so that the pauses around it are those of the script."""
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


def decoded(path: Path) -> Clip:
    """A sound file of any kind as a clip at RATE_HZ."""
    done = _run_ffmpeg(["-v", "error", "-i", os.fspath(path), "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "pipe:1"])
    return Clip(done.stdout, RATE_HZ)


# --- loudness


def loudness_lufs(segments: Iterable[AudioSegment], gain_db: float) -> float:
    """Integrated loudness (EBU R 128) of the segments, one after the other, after gain and limit."""
    parts = list(segments)
    rate_hz = parts[0].frame_rate
    filters = _level_filters(gain_db, rate_hz) + ",ebur128=framelog=quiet"
    pcm = b"".join(part.raw_data for part in parts)
    done = _run_ffmpeg(["-hide_banner", *_raw_input(rate_hz), "-af", filters, "-f", "null", "-"], pcm)
    measured = re.findall(rb"I:\s+(-?\d+\.\d+) LUFS", done.stderr)
    if not measured:
        raise StitchError("The loudness of the voice could not be measured: FFmpeg's ebur128 filter gave no figure.")
    return float(measured[-1])


def gain_for(segments: Iterable[AudioSegment], target_lufs: float) -> float:
    """The gain in dB that brings the segments to `target_lufs`, with what the limiter takes away made good."""
    parts = list(segments)
    gain_db = 0.0
    for _ in range(3):
        gain_db = round(gain_db + target_lufs - loudness_lufs(parts, gain_db), 2)
    return gain_db


def at_volume(gain_db: float, volume: float) -> float:
    """The gain for a share of the full volume, which is 1.0."""
    return round(gain_db + 20 * math.log10(volume), 2)


# --- encoding


def mp3_recipe(gain_db: float, rate_hz: int) -> list[str]:
    """FFmpeg's arguments for a chapter's bare MP3 frames: no header, no tag, constant bit rate (FORMATS 1.5)."""
    filters = _level_filters(gain_db, rate_hz, after_db=_LAME_CBR_LOSS_DB)
    encoder = ["-c:a", "libmp3lame", "-b:a", f"{MP3_KBITS}k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"]
    return [*_raw_input(rate_hz), "-af", filters, *encoder]


def encode(recipe: list[str], path: Path, sounds: Iterable[AudioSegment]) -> None:
    """Encode sounds one after the other into `path`, as they come: only the one at hand is held in memory."""
    with tempfile.TemporaryFile() as said:
        command = [ffmpeg(), "-v", "error", "-y", *recipe, os.fspath(path)]
        try:
            encoder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        except OSError as error:
            raise _not_startable(error) from error
        try:
            taken = _feed(encoder, sounds)
        except BaseException:
            encoder.kill()
            raise
        finally:
            encoder.wait()
        if encoder.returncode or not taken:
            said.seek(0)
            raise StitchError(
                f"{path.name}: the sound could not be encoded. FFmpeg says: {_last_line(said.read())}",
                "If the disk is full, make room or name another folder with -o.",
            )


def _feed(encoder: subprocess.Popen[bytes], sounds: Iterable[AudioSegment]) -> bool:
    """Hand FFmpeg the sounds; False where it stopped taking them."""
    pipe = cast(IO[bytes], encoder.stdin)
    try:
        for sound in sounds:
            try:
                pipe.write(sound.raw_data)
            except OSError:
                return False
    finally:
        with contextlib.suppress(OSError):
            pipe.close()
    return True
