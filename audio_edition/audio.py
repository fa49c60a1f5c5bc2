"""Sound: the only module that starts FFmpeg or touches samples.

Samples are signed 16-bit mono; a `Clip` comes in at its engine's rate, encoded tracks go out at RATE_HZ. All lengths
are whole numbers of samples.
"""

from __future__ import annotations

import array
import contextlib
import errno
import functools
import itertools
import math
import os
import re
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from audio_edition.errors import MissingTool, StitchError
from audio_edition.model import RATE_HZ, Clip, Word

if TYPE_CHECKING:
    from pydub import AudioSegment

STREAM_RATES_HZ = (22_050, 44_100)
"""Rates at which clips may come in: both divide RATE_HZ, so that every position stays exact."""

MP3_FRAME_SAMPLES = 1152
AAC_FRAME_SAMPLES = 1024
MP3_KBITS = 64
AAC_KBITS = 64
PEAK_LIMIT_DBTP = -2.0
"""True peak before coding; LAME adds up to a decibel at 64 kb/s, and -1 dBTP is what may come out."""
_STALLED_SECONDS = 300
_BLOCK_BYTES = 1 << 16
_PIPE_BYTES = 1 << 20
_ANEW = "Build again with --no-cache."
_MEND_FFMPEG = (
    "Set IMAGEIO_FFMPEG_EXE to a working FFmpeg, or install again: pip install --force-reinstall imageio-ffmpeg"
)
_SETTLED_DB = 3.0
"""Voices of short peaks do not come nearer to their level."""
_RESAMPLER_BYTES = 128
"""What a resampler may give more or less at the ends."""
_DISK_ERRORS = (errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS)
_HEARD_FROM = 33
"""A sample from -60 dBFS up counts as sound."""


# --- FFmpeg


@functools.cache
def ffmpeg() -> str:
    """The path of FFmpeg: IMAGEIO_FFMPEG_EXE, else the one in imageio-ffmpeg's wheel."""
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise MissingTool("FFmpeg was not found, and sound can't be encoded without it.", _MEND_FFMPEG) from error


@functools.cache
def ffmpeg_version() -> str:
    """The version FFmpeg gives itself; encoded bytes depend on it."""
    first_line = _run_ffmpeg(["-version"]).stdout.decode("utf-8", "replace").partition("\n")[0]
    return first_line.removeprefix("ffmpeg version ").partition(" Copyright")[0].strip()


def _run_ffmpeg(arguments: list[str], pcm: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [ffmpeg(), "-nostdin", *arguments]
    try:
        done = subprocess.run(command, input=pcm, capture_output=True, check=False, timeout=_STALLED_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"it did not end within {_STALLED_SECONDS} seconds") from error
    except OSError as error:
        raise _not_startable(error) from error
    if done.returncode:
        raise _failed(_last_line(done.stderr))
    return done


def _not_startable(error: OSError) -> MissingTool:
    return MissingTool(f"FFmpeg could not be started: {ffmpeg()} ({error.strerror}).", _MEND_FFMPEG)


def _failed(reason: str) -> StitchError:
    remedy = _MEND_FFMPEG
    if any(os.strerror(code) in reason for code in _DISK_ERRORS):
        full = os.strerror(errno.ENOSPC) in reason
        remedy = f"{'Make room on the disk' if full else 'Look after the disk'}, or name another folder with -o."
    return StitchError(f"The sound could not be encoded by {ffmpeg()}: {reason}.", remedy)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it failed and said nothing"


def _raw_input(rate_hz: int) -> list[str]:
    return ["-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0"]


def _level_filters(gain_db: float, rate_hz: int) -> str:
    """Gain, then a true-peak limit: a sample-peak limiter at four times the rate (ITU-R BS.1770-4, annex 2)."""
    limit = 10 ** (PEAK_LIMIT_DBTP / 20)
    return (
        f"volume={gain_db:.2f}dB,aresample={4 * rate_hz},"
        f"alimiter=limit={limit:.6f}:attack=5:release=50:level=0:latency=1,"
        f"aresample={RATE_HZ}"
    )


# --- clips and silence


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


def changed(sound: AudioSegment, change_db: float) -> AudioSegment:
    """The sound louder or softer; the very same where there is nothing to change."""
    return sound.apply_gain(change_db) if change_db else sound


def decoded(path: Path) -> Clip:
    """A sound file of any kind as a clip at RATE_HZ."""
    done = _run_ffmpeg(["-v", "error", "-i", os.fspath(path), "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "pipe:1"])
    return Clip(done.stdout, RATE_HZ)


def at_rate(clip: Clip, rate_hz: int) -> Clip:
    """The clip at another rate: as many samples as last as long, to the nearest, and words at the same moments."""
    if clip.rate_hz == rate_hz:
        return clip

    def there(sample: int) -> int:
        return round(sample * rate_hz / clip.rate_hz)

    filters = ["-af", f"aresample={rate_hz}", "-ac", "1", "-f", "s16le", "pipe:1"]
    pcm = _run_ffmpeg(["-v", "error", *_raw_input(clip.rate_hz), *filters], clip.pcm).stdout
    wanted = 2 * there(clip.length)
    if abs(len(pcm) - wanted) > _RESAMPLER_BYTES:
        raise _failed(f"its aresample filter gave {len(pcm)} bytes of sound instead of {wanted}")
    words = tuple(Word(there(word.start), there(word.end), word.text_start, word.text_end) for word in clip.words)
    return Clip(pcm[:wanted].ljust(wanted, b"\0"), rate_hz, words)


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
        raise _failed("its ebur128 filter gave no figure for the loudness of the voice")
    return float(measured[-1])


def gain_for(segments: Iterable[AudioSegment], target_lufs: float) -> float:
    """The gain in dB that brings the segments to `target_lufs`, with what the limiter takes away made good. Raises
    StitchError where what is measured takes no notice of the gain."""
    parts = list(segments)
    gain_db, changes_db = 0.0, []
    for _ in range(3):
        changes_db.append(target_lufs - loudness_lufs(parts, gain_db))
        gain_db = round(gain_db + changes_db[-1], 2)
    first, *_, last = map(abs, changes_db)
    if last > max(first - 0.1, _SETTLED_DB):
        raise _failed(f"its ebur128 filter finds the voice {last:.1f} dB off, whatever the gain")
    return gain_db


def at_volume(gain_db: float, volume: float) -> float:
    """The gain for a share of the full volume, which is 1.0."""
    return round(gain_db + 20 * math.log10(volume), 2)


# --- encoding


@dataclass(frozen=True, slots=True)
class Codec:
    """How a take is encoded, alone and without header: FFmpeg's arguments, what one frame holds, the bytes of the
    frame that begins at a place (0 where none does), the ends of the whole frames with which a block begins, and what
    the codec takes from the level, in dB."""

    arguments: tuple[str, ...]
    frame_samples: int
    frame_bytes: Callable[[bytes, int], int]
    frame_ends: Callable[[bytes], Iterator[int]]
    loss_db: float


# ISO/IEC 11172-3, 2.4.1.3: sync, MPEG-1 layer III, no CRC; bit rate, 44.1 kHz; mono, original.
_MP3_RATES_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MP3_HEADER = 0xFFFB00C4 | (_MP3_RATES_KBITS.index(MP3_KBITS) + 1) << 12
MP3_FRAME_BYTES = 144 * MP3_KBITS * 1000 // RATE_HZ
_MP3_HEADER_MASK, _MP3_PADDING_BIT = 0xFFFFFCC0, 0x0200
FRAME_HEADER_BYTES = 7


def _mp3_frame_bytes(block: bytes, start: int) -> int:
    header = int.from_bytes(block[start : start + 4])
    return 0 if (header ^ MP3_HEADER) & _MP3_HEADER_MASK else MP3_FRAME_BYTES + bool(header & _MP3_PADDING_BIT)


# The same as an expression, which is ten times as quick: a set of packages looks at each frame five times.
_BARE, _PADDED = (re.escape(bytes(MP3_HEADER >> 8 & 0xFC | low | private for private in (0, 1))) for low in (0, 2))
_MP3_FRAME = b"(?s:\xff\xfb(?:[%b][\xc0-\xff].{%d}|[%b][\xc0-\xff].{%d}))" % (
    _BARE, MP3_FRAME_BYTES - 4, _PADDED, MP3_FRAME_BYTES - 3
)  # fmt: skip
_ONE_MP3_FRAME, _MP3_FRAMES = re.compile(_MP3_FRAME), re.compile(b"%b*+" % _MP3_FRAME)


def _mp3_frame_ends(block: bytes) -> Iterator[int]:
    whole = cast(re.Match[bytes], _MP3_FRAMES.match(block)).end()
    return (frame.end() for frame in _ONE_MP3_FRAME.finditer(block, 0, whole))


def _adts_frame_bytes(block: bytes, start: int) -> int:
    """ISO/IEC 13818-7, 6.2: twelve bits of sync, and 13 bits of length from bit 30 on."""
    header = int.from_bytes(block[start : start + FRAME_HEADER_BYTES])
    return header >> 13 & 0x1FFF if header >> 44 == 0xFFF else 0


def _adts_frame_ends(block: bytes) -> Iterator[int]:
    end = 0
    while end + FRAME_HEADER_BYTES <= len(block):
        end += _adts_frame_bytes(block, end) or len(block)
        if end <= len(block):
            yield end


# LAME's quick level, and AAC without noise shaping in time and noise substitution: at this bit rate, speech comes out
# nearer to what went in than at the slower levels (docs/benchmarks.md).
_BARE_MP3 = ("-compression_level", "7", "-b:a", f"{MP3_KBITS}k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")
_QUICK_AAC = ("-aac_coder", "fast", "-aac_tns", "0", "-aac_pns", "0")
_BARE_AAC = ("-c:a", "aac", *_QUICK_AAC, "-b:a", f"{AAC_KBITS}k", "-f", "adts")
CODECS = {
    # LAME scales by 0.95 at a constant bit rate, which is 0.45 dB.
    "mp3": Codec(("-c:a", "libmp3lame", *_BARE_MP3), MP3_FRAME_SAMPLES, _mp3_frame_bytes, _mp3_frame_ends, 0.45),
    "aac": Codec(_BARE_AAC, AAC_FRAME_SAMPLES, _adts_frame_bytes, _adts_frame_ends, 0.09),
}


def recipe(codec: str, gain_db: float, rate_hz: int) -> list[object]:
    """All that a track's bytes depend on besides the sounds."""
    return [ffmpeg_version(), _level_filters(gain_db, rate_hz), CODECS[codec].loss_db, *CODECS[codec].arguments]


def _encoder_arguments(gain_db: float, rate_hz: int, tracks: Mapping[str, Path]) -> list[str]:
    """One FFmpeg for all tracks: the sounds are levelled once, then each codec gets its own copy. A copy costs a tenth
    of the time, and changes nothing."""
    levelled = _level_filters(gain_db, rate_hz)
    if len(tracks) == 1:
        ((codec, path),) = tracks.items()
        filters = f"{levelled},volume={CODECS[codec].loss_db:.2f}dB"
        return [*_raw_input(rate_hz), "-af", filters, *CODECS[codec].arguments, os.fspath(path)]
    ends = "".join(f"[{codec}0]" for codec in tracks)
    graph = [f"[0:a]{levelled},asplit={len(tracks)}{ends}"]
    outputs: list[str] = []
    for codec, path in tracks.items():
        graph.append(f"[{codec}0]volume={CODECS[codec].loss_db:.2f}dB[{codec}]")
        outputs += ["-map", f"[{codec}]", *CODECS[codec].arguments, os.fspath(path)]
    return [*_raw_input(rate_hz), "-filter_complex", ";".join(graph), *outputs]


def encode(gain_db: float, rate_hz: int, tracks: Mapping[str, Path], sounds: Iterable[AudioSegment]) -> None:
    """Encode sounds one after the other into a track for each codec, as they come: only the one at hand is held in
    memory. Raises StitchError, also where FFmpeg ended well but a track does not hold all that went in; OSError where
    the tracks' folder has gone."""
    pcm_bytes = _feed_ffmpeg(_encoder_arguments(gain_db, rate_hz, tracks), (sound.raw_data for sound in sounds))
    for codec, track in tracks.items():
        # One more than the samples fill: the codec's delay pushes the end into it.
        wanted = pcm_bytes // 2 * RATE_HZ // rate_hz // CODECS[codec].frame_samples + 1
        try:
            for _ in first_frames(track, codec, wanted):
                pass
        except FileNotFoundError as error:
            if not track.parent.exists():
                raise
            raise _failed(f"it wrote no {codec} track") from error


def _feed_ffmpeg(arguments: list[str], blocks: Iterable[bytes]) -> int:
    """Run FFmpeg on blocks of bytes as they come; returns how many bytes it took. Raises StitchError, MissingTool."""
    with tempfile.TemporaryFile() as said:
        command = [ffmpeg(), "-v", "error", "-y", *arguments]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        except OSError as error:
            raise _not_startable(error) from error
        try:
            taken = _feed(process, blocks)
            process.wait(_STALLED_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise _failed(f"it did not end within {_STALLED_SECONDS} seconds") from error
        finally:
            process.kill()
            process.wait()
        if process.returncode or taken is None:
            said.seek(0)
            raise _failed(_last_line(said.read()))
        return taken


def _feed(process: subprocess.Popen[bytes], blocks: Iterable[bytes]) -> int | None:
    """The bytes that FFmpeg took, or None where it stopped taking them or stalled."""
    pipe = cast(IO[bytes], process.stdin)
    _widen(pipe)
    taken = 0
    try:
        for block in blocks:
            stalled = threading.Timer(_STALLED_SECONDS, process.kill)
            stalled.start()
            try:
                pipe.write(block)
            except OSError:
                return None
            finally:
                stalled.cancel()
            taken += len(block)
    finally:
        with contextlib.suppress(OSError):
            pipe.close()
    return taken


def _widen(pipe: IO[bytes]) -> None:
    """Room for 20 s of sound, where the system lets a pipe have it: who speaks and who encodes wait less for each
    other."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


# --- frames


def first_frames(track: Path, codec: str, count: int) -> Iterator[bytes]:
    """The first `count` frames of a bare track, many at a time. Raises StitchError where they are not there."""
    missing, rest = count, b""
    with track.open("rb") as file:
        while missing:
            block = rest + file.read(_BLOCK_BYTES)
            end = 0
            for end in itertools.islice(CODECS[codec].frame_ends(block), missing):  # noqa: B007 - the last one counts
                missing -= 1
            if missing and end + FRAME_HEADER_BYTES <= len(block) and not CODECS[codec].frame_bytes(block, end):
                raise StitchError(f"{track}: frame {count - missing + 1} of {count} is no {codec} frame.", _ANEW)
            if not end:
                raise StitchError(f"{track}: it ends after {count - missing} of {count} frames.", _ANEW)
            yield block[:end]
            rest = block[end:]


def mux_m4b(frames: Iterable[bytes], chapters: Iterable[tuple[int, int, str]], path: Path) -> None:
    """Wrap joined ADTS frames as M4B, its index in front, with chapters (start, end in samples, title) as Nero's and as
    QuickTime's. The first frame holds only the codec's delay: an edit list leaves it out."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".mux.") as folder:
        bare, listed = Path(folder, "bare.m4a"), Path(folder, "chapters")
        listed.write_text(_ffmetadata(chapters), "utf-8", newline="\n")
        delay = ["-itsoffset", f"-{AAC_FRAME_SAMPLES / RATE_HZ:.9f}", "-f", "aac", "-i", "pipe:0"]
        copied = ["-map", "0:a", "-c", "copy", "-fflags", "+bitexact"]
        # Chapters in a second step: beside shifted input, FFmpeg 9 gives their track wrong times.
        _feed_ffmpeg([*delay, *copied, "-avoid_negative_ts", "disabled", "-f", "ipod", os.fspath(bare)], frames)
        inputs = ["-i", os.fspath(bare), "-f", "ffmetadata", "-i", os.fspath(listed)]
        chaptered = ["-map_metadata", "1", "-map_chapters", "1", "-movflags", "+faststart", "-f", "ipod"]
        _run_ffmpeg(["-v", "error", "-y", *inputs, *copied, *chaptered, os.fspath(path)])


_LONGEST_CHAPTER_TITLE_BYTES = 255
"""Of a chapter in Nero's list. FFmpeg cuts what is longer there, and parts a character in two."""


def _ffmetadata(chapters: Iterable[tuple[int, int, str]]) -> str:
    lines = [";FFMETADATA1"]
    for start, end, title in chapters:
        whole = title.encode("utf-8", "replace")[:_LONGEST_CHAPTER_TITLE_BYTES].decode("utf-8", "ignore")
        escaped = re.sub(r"([=;#\\\n])", r"\\\1", whole)
        if escaped.endswith("\\"):
            escaped += " "  # else FFmpeg takes the line's end for a part of the title, and loses chapters
        lines += ["[CHAPTER]", f"TIMEBASE=1/{RATE_HZ}", f"START={start}", f"END={end}", f"title={escaped}"]
    return "\n".join(lines) + "\n"


# --- listening back


_DEMUXERS = {".mp3": "mp3", ".m4b": "mov"}


def _stranger(path: Path) -> list[str]:
    """A sound file as input that may come from anywhere: as what its name says and nothing else, and from nowhere else.
    Left to itself, FFmpeg takes a playlist of addresses for a sound file, too."""
    demuxer = _DEMUXERS.get(path.suffix.lower())
    return ["-protocol_whitelist", "file,pipe", *(["-f", demuxer] if demuxer else []), "-i", f"file:{path}"]


def excerpts(path: Path, rate_hz: int, ends: Iterable[int]) -> Iterator[Clip]:
    """A sound file, decoded once at `rate_hz` and cut behind each of the samples `ends`, as they are asked for. Where
    it ends too early, the clips are short or empty. Raises StitchError where it can't be decoded."""
    arguments = ["-nostdin", "-v", "error", *_stranger(path), "-ac", "1", "-ar", str(rate_hz)]
    with tempfile.TemporaryFile() as said:
        command = [ffmpeg(), *arguments, "-f", "s16le", "pipe:1"]
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        except OSError as error:
            raise _not_startable(error) from error
        pipe = cast(IO[bytes], process.stdout)
        try:
            start = 0
            for end in ends:
                yield Clip(_read(process, pipe, 2 * (end - start)), rate_hz)
                start = end
            while _read(process, pipe, _BLOCK_BYTES):
                pass
            if process.wait(_STALLED_SECONDS):
                said.seek(0)
                raise _unplayable(path, said.read())
        finally:
            process.kill()
            process.wait()
            pipe.close()


def _read(process: subprocess.Popen[bytes], pipe: IO[bytes], size: int) -> bytes:
    """The next bytes, fewer at the end; a process that stalls is ended."""
    stalled = threading.Timer(_STALLED_SECONDS, process.kill)
    stalled.start()
    try:
        return pipe.read(size)
    finally:
        stalled.cancel()


def peak_dbfs(clip: Clip, start: int, end: int) -> float:
    """The loudest sample from `start` to `end`, in decibels below full scale; minus infinity for silence."""
    return float(segment(clip).get_sample_slice(start, end).max_dBFS)


def _unplayable(path: Path, said: bytes) -> StitchError:
    return StitchError(f"{path}: FFmpeg can't play this: {_last_line(said)}.", _ANEW)


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a sound file is: integrated loudness (EBU R 128) in LUFS, and true peak in dBTP (-inf for silence)."""

    lufs: float
    peak_dbtp: float


def levels(path: Path) -> Levels:
    """The levels of a sound file. Raises StitchError where it can't be decoded."""
    said = _told_of(
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
    """The chapters of a sound file as FFmpeg lists them. Raises StitchError where it can't be read."""
    told = _told_of(path, ["-v", "error"], ["-map_metadata:g", "-1", "-f", "ffmetadata", "pipe:1"]).stdout
    listed: list[ListedChapter] = []
    for part in told.decode("utf-8", "replace").split("\n[CHAPTER]\n")[1:]:
        fields = dict(_ESCAPED.sub(r"\1", line).partition("=")[::2] for line in _METADATA_LINE.findall(part))
        ticks, _, base = fields.get("TIMEBASE", "1/1").partition("/")
        tick = int(ticks) / int(base)
        listed.append(ListedChapter(fields.get("title", ""), int(fields["START"]) * tick, int(fields["END"]) * tick))
    return listed


def _told_of(path: Path, before: list[str], after: list[str]) -> subprocess.CompletedProcess[bytes]:
    """What FFmpeg says of a sound file that may come from anywhere."""
    try:
        return _run_ffmpeg([*before, *_stranger(path), *after])
    except StitchError as error:
        raise StitchError(f"{path}: FFmpeg can't read this.", _ANEW) from error
