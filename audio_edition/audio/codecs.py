"""Codecs: how MP3 and AAC are encoded, frame by frame."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition.audio.ffmpeg import BUILD_ANEW, encoding_failed, feed_ffmpeg, ffmpeg_version, raw_input
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
    """How a take is encoded, alone and without header: FFmpeg's arguments, the samples of one frame, how one begins,
    how many whole frames a block begins with (as many as asked for at most) and where the last of them ends, whether
    the tracks have the rate of the voices rather than RATE_HZ, what the codec takes from the level, in dB, how many
    frames its delay adds, and whether tracks are kept in the cache."""

    arguments: tuple[str, ...]
    frame_samples: int
    header: re.Pattern[bytes]
    first_frames: Callable[[bytes, int], tuple[int, int]]
    own_rate: bool
    loss_db: float
    delay_frames: int = 1
    is_kept: bool = True

    def rate_hz(self, voices_hz: int) -> int:
        """Return the sample rate of the tracks of an edition whose voices have at most this rate."""
        return voices_hz if self.own_rate else RATE_HZ


# ISO/IEC 11172-3, 2.4.1.3: sync, MPEG-1 layer III, no CRC; bit rate, 44.1 kHz; mono, original.
_MP3_RATES_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MP3_HEADER = 0xFFFB00C4 | (_MP3_RATES_KBITS.index(MP3_KBITS) + 1) << 12
MP3_FRAME_BYTES = 144 * MP3_KBITS * 1000 // RATE_HZ
ADTS_HEADER_BYTES = 7
AAC_RATES_HZ = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
"""In the order of ISO/IEC 14496-3, table 1.18."""


# A regular expression, since a set of packages looks at each frame five times.
_BARE, _PADDED = (re.escape(bytes(MP3_HEADER >> 8 & 0xFC | low | private for private in (0, 1))) for low in (0, 2))
_MP3_HEADER = re.compile(b"\xff\xfb[%b%b][\xc0-\xff]" % (_BARE, _PADDED))
_MP3_FRAME = b"(?s:\xff\xfb(?:[%b][\xc0-\xff].{%d}|[%b][\xc0-\xff].{%d}))" % (
    _BARE, MP3_FRAME_BYTES - 4, _PADDED, MP3_FRAME_BYTES - 3
)  # fmt: skip
_AT_ONCE = 100
_MP3_FRAMES = [(number, re.compile(b"%b{%d}" % (_MP3_FRAME, number))) for number in (_AT_ONCE, 1)]


def _first_mp3_frames(block: bytes, most: int) -> tuple[int, int]:
    count = end = 0
    for number, frames in _MP3_FRAMES:
        while most - count >= number and (found := frames.match(block, end)):
            count, end = count + number, found.end()
    return count, end


_ADTS_HEADER = re.compile(b"\xff[\xf0-\xff]")


def _adts_frame_bytes(block: bytes, start: int) -> int:
    """Return the length in bytes of the ADTS frame at a place, with its header; 0 if there is none (ISO/IEC 13818-7,
    6.2: twelve bits of sync, and 13 bits of length from bit 30 on)."""
    header = int.from_bytes(block[start : start + ADTS_HEADER_BYTES])
    return header >> 13 & 0x1FFF if header >> 44 == 0xFFF else 0


def _first_adts_frames(block: bytes, most: int) -> tuple[int, int]:
    count = end = 0
    while count < most and (size := _adts_frame_bytes(block, end)) and end + size <= len(block):
        count, end = count + 1, end + size
    return count, end


def adts_frame_sizes(track: Path, count: int | None = None) -> array[int]:
    """Return the lengths in bytes of the first `count` frames of an AAC track, or of all, with their headers. Raises
    StitchError if there are fewer."""
    data, sizes, end = track.read_bytes(), array("H"), 0
    while len(sizes) != count and (size := _adts_frame_bytes(data, end)) and end + size <= len(data):
        sizes.append(size)
        end += size
    if len(sizes) < (1 if count is None else count):
        raise StitchError(f"{track}: it ends after {len(sizes)} of {count or 1} frames.", BUILD_ANEW)
    return sizes


def adts_rate_hz(track: Path) -> int:
    """Return the sample rate of an AAC track: four bits from bit 18 on."""
    with track.open("rb") as file:
        return AAC_RATES_HZ[int.from_bytes(file.read(4)) >> 10 & 0xF]


_PCM_FRAME = re.compile(b"")
_PCM_FRAME_BYTES = 2 * MP3_FRAME_SAMPLES


def _first_pcm_frames(block: bytes, most: int) -> tuple[int, int]:
    count = min(most, len(block) // _PCM_FRAME_BYTES)
    return count, count * _PCM_FRAME_BYTES


# LAME's quick level, and AAC without noise shaping in time and noise substitution: at this bit rate, speech comes out
# nearer to what went in than at the slower levels (docs/benchmarks.md).
_BARE_MP3 = ("-compression_level", "7", "-b:a", f"{MP3_KBITS}k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")
_QUICK_AAC = ("-aac_coder", "fast", "-aac_tns", "0", "-aac_pns", "0")
_BARE_AAC = ("-c:a", "aac", *_QUICK_AAC, "-b:a", f"{AAC_KBITS}k", "-f", "adts")
CODECS = {
    # LAME scales by 0.95 at a constant bit rate, which is 0.45 dB.
    "mp3": Codec(("-c:a", "libmp3lame", *_BARE_MP3), MP3_FRAME_SAMPLES, _MP3_HEADER, _first_mp3_frames, False, 0.45),
    "aac": Codec(_BARE_AAC, AAC_FRAME_SAMPLES, _ADTS_HEADER, _first_adts_frames, True, 0.0),
    # What is mastered anew for a profile: samples as they are, in pieces as long as frames of MP3.
    "pcm": Codec(
        ("-c:a", "pcm_s16le", "-f", "s16le"),
        MP3_FRAME_SAMPLES,
        _PCM_FRAME,
        _first_pcm_frames,
        False,
        0.0,
        delay_frames=0,
        is_kept=False,
    ),
}


def recipe(codec: str, gain_db: float, rate_hz: int, voices_hz: int = RATE_HZ) -> list[object]:
    """Return everything that the bytes of a track depend on besides its sounds. Parameters are those of `encode`."""
    filters = [level_filters(gain_db, rate_hz), _own_filters(codec, voices_hz)]
    return [ffmpeg_version(), *filters, *CODECS[codec].arguments]


def _own_filters(codec: str, voices_hz: int) -> str:
    """Return the filters that only the track of this codec gets."""
    loss_db, rate_hz = CODECS[codec].loss_db, CODECS[codec].rate_hz(voices_hz)
    filters = [f"aresample={rate_hz}"] * (rate_hz != RATE_HZ) + [f"volume={loss_db:.2f}dB"] * bool(loss_db)
    return ",".join(filters) or "anull"


def _encoder_arguments(gain_db: float, rate_hz: int, voices_hz: int, tracks: Mapping[str, Path]) -> list[str]:
    """Return the arguments of one FFmpeg for all tracks: the sounds are levelled once, then each codec gets a copy,
    which costs a tenth of levelling them again and gives the same bytes."""
    ends = "".join(f"[{codec}0]" for codec in tracks)
    graph = [f"[0:a]{level_filters(gain_db, rate_hz)},asplit={len(tracks)}{ends}"]
    outputs: list[str] = []
    for codec, path in tracks.items():
        graph.append(f"[{codec}0]{_own_filters(codec, voices_hz)}[{codec}]")
        outputs += ["-map", f"[{codec}]", *CODECS[codec].arguments, os.fspath(path)]
    return [*raw_input(rate_hz), "-filter_complex", ";".join(graph), *outputs]


def encode(
    gain_db: float, rate_hz: int, tracks: Mapping[str, Path], sounds: Iterable[AudioSegment], voices_hz: int = RATE_HZ
) -> None:
    """Encode sounds, one after the other, into a track for each codec, as they come: only the current one is in memory.

    `rate_hz` is the rate of the sounds, `voices_hz` the highest rate of all voices of the edition. Raises StitchError
    if FFmpeg fails, or a track does not hold everything that went in; OSError if the folder of the tracks has gone.
    """
    arguments = _encoder_arguments(gain_db, rate_hz, voices_hz, tracks)
    samples = feed_ffmpeg(arguments, (sound.raw_data for sound in sounds)) // 2
    for codec, track in tracks.items():
        # The codec's delay pushes the end into one more.
        filled = samples * CODECS[codec].rate_hz(voices_hz) // rate_hz // CODECS[codec].frame_samples
        wanted = filled + CODECS[codec].delay_frames
        try:
            for _ in first_frames(track, codec, wanted):
                pass
        except FileNotFoundError as error:
            if not track.parent.exists():
                raise
            raise encoding_failed(f"it wrote no {codec} track") from error


def first_frames(track: Path, codec: str, count: int) -> Iterator[bytes]:
    """Yield the first `count` frames of a bare track, many at a time. Raises StitchError if there are fewer."""
    missing, rest = count, b""
    with track.open("rb") as file:
        while missing:
            block = rest + file.read(_BLOCK_BYTES)
            found, end = CODECS[codec].first_frames(block, missing)
            if not found:
                place = count - missing
                what = f"it ends after {place} of {count} frames"
                if len(block) >= ADTS_HEADER_BYTES and not CODECS[codec].header.match(block):
                    what = f"frame {place + 1} of {count} is no {codec} frame"
                raise StitchError(f"{track}: {what}.", BUILD_ANEW)
            missing -= found
            yield block[:end]
            rest = block[end:]
