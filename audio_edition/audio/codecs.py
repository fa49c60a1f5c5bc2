"""Codecs: how MP3 and AAC are encoded, frame by frame, and wrapped as M4B."""

from __future__ import annotations

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from audio_edition.audio.ffmpeg import BUILD_ANEW, encoding_failed, feed_ffmpeg, ffmpeg_version, raw_input, run_ffmpeg
from audio_edition.audio.loudness import level_filters
from audio_edition.errors import StitchError
from audio_edition.model import RATE_HZ

if TYPE_CHECKING:
    from pydub import AudioSegment


MP3_FRAME_SAMPLES = 1152
AAC_FRAME_SAMPLES = 1024
MP3_KBITS = 64
AAC_KBITS = 64
_BLOCK_BYTES = 1 << 16


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
    return [ffmpeg_version(), level_filters(gain_db, rate_hz), CODECS[codec].loss_db, *CODECS[codec].arguments]


def _encoder_arguments(gain_db: float, rate_hz: int, tracks: Mapping[str, Path]) -> list[str]:
    """One FFmpeg for all tracks: the sounds are levelled once, then each codec gets its own copy. A copy costs a tenth
    of the time, and changes nothing."""
    levelled = level_filters(gain_db, rate_hz)
    if len(tracks) == 1:
        ((codec, path),) = tracks.items()
        filters = f"{levelled},volume={CODECS[codec].loss_db:.2f}dB"
        return [*raw_input(rate_hz), "-af", filters, *CODECS[codec].arguments, os.fspath(path)]
    ends = "".join(f"[{codec}0]" for codec in tracks)
    graph = [f"[0:a]{levelled},asplit={len(tracks)}{ends}"]
    outputs: list[str] = []
    for codec, path in tracks.items():
        graph.append(f"[{codec}0]volume={CODECS[codec].loss_db:.2f}dB[{codec}]")
        outputs += ["-map", f"[{codec}]", *CODECS[codec].arguments, os.fspath(path)]
    return [*raw_input(rate_hz), "-filter_complex", ";".join(graph), *outputs]


def encode(gain_db: float, rate_hz: int, tracks: Mapping[str, Path], sounds: Iterable[AudioSegment]) -> None:
    """Encode sounds one after the other into a track for each codec, as they come: only the one at hand is held in
    memory. Raises StitchError, also where FFmpeg ended well but a track does not hold all that went in; OSError where
    the tracks' folder has gone."""
    pcm_bytes = feed_ffmpeg(_encoder_arguments(gain_db, rate_hz, tracks), (sound.raw_data for sound in sounds))
    for codec, track in tracks.items():
        # One more than the samples fill: the codec's delay pushes the end into it.
        wanted = pcm_bytes // 2 * RATE_HZ // rate_hz // CODECS[codec].frame_samples + 1
        try:
            for _ in first_frames(track, codec, wanted):
                pass
        except FileNotFoundError as error:
            if not track.parent.exists():
                raise
            raise encoding_failed(f"it wrote no {codec} track") from error


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
                raise StitchError(f"{track}: frame {count - missing + 1} of {count} is no {codec} frame.", BUILD_ANEW)
            if not end:
                raise StitchError(f"{track}: it ends after {count - missing} of {count} frames.", BUILD_ANEW)
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
        feed_ffmpeg([*delay, *copied, "-avoid_negative_ts", "disabled", "-f", "ipod", os.fspath(bare)], frames)
        inputs = ["-i", os.fspath(bare), "-f", "ffmetadata", "-i", os.fspath(listed)]
        chaptered = ["-map_metadata", "1", "-map_chapters", "1", "-movflags", "+faststart", "-f", "ipod"]
        run_ffmpeg(["-v", "error", "-y", *inputs, *copied, *chaptered, os.fspath(path)])


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
