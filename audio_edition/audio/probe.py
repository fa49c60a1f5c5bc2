"""What a finished sound file holds: its samples, levels and chapters. The file may come from anywhere."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from audio_edition.audio.ffmpeg import (
    BUILD_ANEW,
    STALLED_SECONDS,
    Watchdog,
    last_line,
    raw_file,
    run_ffmpeg,
    start_ffmpeg,
)
from audio_edition.errors import StitchError
from audio_edition.model import Clip

_DEMUXERS = {
    ".aac": "aac", ".aif": "aiff", ".aiff": "aiff", ".flac": "flac", ".m4a": "mov", ".m4b": "mov", ".mp3": "mp3",
    ".oga": "ogg", ".ogg": "ogg", ".opus": "ogg", ".wav": "wav",
}  # fmt: skip
SOUND_FILES = frozenset(_DEMUXERS)
"""The endings of the files of sound that are read."""


def stranger(path: Path) -> list[str]:
    """Return FFmpeg's arguments for a sound file that may come from anywhere: it is read as what its name says (`.pcm`
    as bare samples of ours), and nothing else is opened. Left to itself, FFmpeg would follow a playlist of addresses.
    """
    if path.suffix == ".pcm":
        return raw_file(path)
    demuxer = _DEMUXERS.get(path.suffix.lower())
    return ["-protocol_whitelist", "file,pipe", *(["-f", demuxer] if demuxer else []), "-i", f"file:{path}"]


def excerpts(path: Path, rate_hz: int, ends: Iterable[int], filters: str = "anull") -> Iterator[Clip]:
    """Yield a sound file, decoded once at `rate_hz` through FFmpeg's `filters` and cut after each of the samples
    `ends`, as clips. If it ends early, they are short or empty. Raises StitchError if it cannot be decoded."""
    arguments = ["-nostdin", "-v", "error", *stranger(path), "-af", filters, "-ac", "1", "-ar", str(rate_hz)]
    with tempfile.TemporaryFile() as said:
        process = start_ffmpeg([*arguments, "-f", "s16le", "pipe:1"], subprocess.DEVNULL, subprocess.PIPE, said)
        pipe = cast(IO[bytes], process.stdout)
        try:
            with Watchdog(process) as watchdog:
                start = 0
                for end in ends:
                    yield Clip(_read(watchdog, pipe, 2 * (end - start)), rate_hz)
                    start = end
                while _read(watchdog, pipe, 1 << 16):
                    pass
            if process.wait(STALLED_SECONDS):
                said.seek(0)
                raise _unplayable(path, said.read())
        finally:
            process.kill()
            process.wait()
            pipe.close()


def _read(watchdog: Watchdog, pipe: IO[bytes], size: int) -> bytes:
    """Return the next bytes, fewer at the end."""
    with watchdog.waiting():
        return pipe.read(size)


def _unplayable(path: Path, said: bytes) -> StitchError:
    return StitchError(f"{path}: FFmpeg can't play this: {last_line(said)}.", BUILD_ANEW)


def decode_into(pcm: Path, path: Path, rate_hz: int, filters: str = "anull") -> None:
    """Write the samples of a sound file, signed 16-bit mono, through FFmpeg's `filters`, to the file `pcm`. Raises
    StitchError where it can't be decoded."""
    _ffmpeg_report(
        path, ["-v", "error", "-y"], ["-af", filters, "-ac", "1", "-ar", str(rate_hz), "-f", "s16le", str(pcm)]
    )


_DURATION = re.compile(rb"Duration: (\d+):(\d\d):(\d\d)")


def seconds_told(path: Path) -> int:
    """The whole seconds that a sound file says it lasts; 0 where it does not say. Raises StitchError where it can't be
    read or holds no sound."""
    said = _ffmpeg_report(path, ["-hide_banner"], ["-map", "0:a:0", "-t", "0", "-f", "null", "-"]).stderr
    found = _DURATION.search(said)
    return sum(int(part) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True)) if found else 0


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a sound file is: integrated loudness (EBU R 128) in LUFS, and true peak in dBTP (-inf for silence)."""

    lufs: float
    peak_dbtp: float


def levels(path: Path) -> Levels:
    """Return the levels of a sound file. Raises StitchError if it cannot be decoded."""
    said = _ffmpeg_report(
        path, ["-hide_banner", "-nostats"], ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    ).stderr
    lufs, peak = re.findall(rb"I:\s+(-?[\d.]+) LUFS", said), re.findall(rb"Peak:\s+(-?(?:[\d.]+|inf)) dBFS", said)
    if not (lufs and peak):
        raise _unplayable(path, b"its ebur128 filter gave no figures")
    return Levels(float(lufs[-1]), float(peak[-1]))


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter as FFmpeg, and players built on it, list it; times in seconds."""

    title: str
    start: float
    end: float


_METADATA_LINE = re.compile(r"((?:[^\\\n]|\\.)*)(?:\n|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def chapters(path: Path) -> list[ListedChapter]:
    """Return the chapters of a sound file as FFmpeg lists them. Raises StitchError if it cannot be read."""
    told = _ffmpeg_report(path, ["-v", "error"], ["-map_metadata:g", "-1", "-f", "ffmetadata", "pipe:1"]).stdout
    listed: list[ListedChapter] = []
    for part in told.decode("utf-8", "replace").split("\n[CHAPTER]\n")[1:]:
        fields = dict(_ESCAPED.sub(r"\1", line).partition("=")[::2] for line in _METADATA_LINE.findall(part))
        ticks, _, base = fields.get("TIMEBASE", "1/1").partition("/")
        tick = int(ticks) / int(base)
        listed.append(ListedChapter(fields.get("title", ""), int(fields["START"]) * tick, int(fields["END"]) * tick))
    return listed


def _ffmpeg_report(path: Path, before: list[str], after: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Return what FFmpeg says of a sound file that may come from anywhere."""
    try:
        return run_ffmpeg([*before, *stranger(path), *after])
    except StitchError as error:
        raise StitchError(f"{path}: FFmpeg can't read this.", BUILD_ANEW) from error
