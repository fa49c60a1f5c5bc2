"""The index of an MP4 file of AAC with chapters: what stands before the sound (ISO/IEC 14496-12 and -14; QuickTime File
Format, "Chapter Lists" and "Text Media"). The fields of a box are in the order of the standards.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.audio import AAC_FRAME_SAMPLES, AAC_RATES_HZ
from audio_edition.model import RATE_HZ

_LARGEST = 0xFFFF_FFFF
_UNDETERMINED = 0x55C4
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000)
_DATA_IN_THIS_FILE = bytes.fromhex("00000000 00000001 0000000c 75726c20 00000001")
_TEXT_STYLE = bytes.fromhex("00000001" + 18 * "00" + "0001" + 6 * "00" + "0000000d 66746162 0001 0001 00")
"""Of a text that nobody draws: QuickTime wants one, with a font."""
_TEXT_GRAPHICS = bytes.fromhex("00000000 0040 8000 8000 8000 0000 0000")
_MOST_NERO_CHAPTERS = _LONGEST_NERO_TITLE_BYTES = 255
"""Nero's list of chapters counts both in one byte."""
_NERO_TICKS = 10_000_000
"""A second."""


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter as players list it, in samples at RATE_HZ."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sound:
    """AAC frames of one channel: the bytes of each, their rate, and the samples at RATE_HZ that are to be heard of them
    behind the codec's delay, which is one frame."""

    frame_bytes: Sequence[int]
    rate_hz: int
    length: int

    @property
    def samples(self) -> int:
        """All that the frames hold, at their rate."""
        return len(self.frame_bytes) * AAC_FRAME_SAMPLES


def index_of(sound: Sound, chapters: Sequence[ListedChapter]) -> bytes:
    """Return the boxes `ftyp` and `moov`, as they are where `sound_head` follows them and then the frames. The chapters
    follow each other without gap."""
    kind = _box(b"ftyp", b"M4A \0\0\2\0M4A isomiso2")
    # How long the index is does not depend on where in the file the sound begins.
    titles_start = len(kind) + len(_moov(sound, chapters, 0)) + _head_bytes(sound)
    return kind + _moov(sound, chapters, titles_start)


def sound_head(sound: Sound, chapters: Sequence[ListedChapter]) -> bytes:
    """Return what stands between the index and the frames: the beginning of the box `mdat`, and the titles."""
    titles = b"".join(map(_title_sample, chapters))
    size = _head_bytes(sound) + len(titles) + sum(sound.frame_bytes)
    head = struct.pack(">I4sQ", 1, b"mdat", size) if _is_large(sound) else struct.pack(">I4s", size, b"mdat")
    return head + titles


def _is_large(sound: Sound) -> bool:
    """Whether places in the file need 64 bits; room is left for the index and its tags."""
    return sum(sound.frame_bytes) > _LARGEST - (_LARGEST >> 4)


def _head_bytes(sound: Sound) -> int:
    return 16 if _is_large(sound) else 8


def _moov(sound: Sound, chapters: Sequence[ListedChapter], titles_start: int) -> bytes:
    titles = [len(_title_sample(chapter)) for chapter in chapters]
    frames = _sound_track(sound, titles_start + sum(titles))
    texts = _text_track(chapters, titles, titles_start, _is_large(sound))
    next_track = bytes(24) + struct.pack(">I", 3)
    times = _timed(b"mvhd", 0, "TTITIH10x", 0, 0, RATE_HZ, sound.length, 0x10000, 0x100, rest=_MATRIX + next_track)
    return _box(b"moov", times, frames, texts, _box(b"udta", _nero_list(chapters)))


def _sound_track(sound: Sound, start: int) -> bytes:
    played = min(sound.length, (sound.samples - AAC_FRAME_SAMPLES) * RATE_HZ // sound.rate_hz)
    edits = _timed(b"elst", 0, "ITTHH", 1, played, AAC_FRAME_SAMPLES, 1, 0)
    a_second = sound.rate_hz // AAC_FRAME_SAMPLES
    tables = _box(
        b"stbl",
        _full_box(b"stsd", struct.pack(">I", 1), _sound_entry(sound)),
        _full_box(b"stts", struct.pack(">III", 1, len(sound.frame_bytes), AAC_FRAME_SAMPLES)),
        *_chunks(sound.frame_bytes, a_second, start, _is_large(sound)),
        # Decoding may begin one frame before any other (ISO/IEC 14496-12, 10.1.1.1).
        _box(b"sgpd", b"\1\0\0\0roll", struct.pack(">IIh", 2, 1, -1)),
        _full_box(b"sbgp", b"roll", struct.pack(">III", 1, len(sound.frame_bytes), 1)),
    )
    header = _timed(b"tkhd", 3, "TTI4xT8xHHH2x", 0, 0, 1, sound.length, 0, 1, 0x100, rest=_MATRIX + bytes(8))
    media = _media(sound.rate_hz, sound.samples, b"soun", b"SoundHandler", _full_box(b"smhd", bytes(4)), tables)
    chapters = _box(b"tref", _box(b"chap", struct.pack(">I", 2)))
    return _box(b"trak", header, _box(b"edts", edits), chapters, media)


def _text_track(chapters: Sequence[ListedChapter], sizes: Sequence[int], start: int, is_large: bool) -> bytes:
    """The chapters' titles, each for as long as its chapter lasts. Players list them; the track is not enabled."""
    length = chapters[-1].end
    # No duration has more than 32 bits: a chapter of more than 27 hours would seem to end before.
    lengths = [min(chapter.end - chapter.start, _LARGEST) for chapter in chapters]
    durations = b"".join(struct.pack(">II", 1, length) for length in lengths)
    tables = _box(
        b"stbl",
        _full_box(b"stsd", struct.pack(">I", 1), _box(b"text", bytes(6), b"\0\1", _TEXT_STYLE)),
        _full_box(b"stts", struct.pack(">I", len(chapters)), durations),
        *_chunks(sizes, len(sizes), start, is_large),
    )
    header = _timed(b"tkhd", 2, "TTI4xT8xHHH2x", 0, 0, 2, length, 0, 0, 0, rest=_MATRIX + bytes(8))
    graphics = _box(b"gmhd", _box(b"gmin", _TEXT_GRAPHICS), _box(b"text", _MATRIX))
    return _box(b"trak", header, _media(RATE_HZ, length, b"text", b"SubtitleHandler", graphics, tables))


def _media(rate_hz: int, samples: int, kind: bytes, name: bytes, header: bytes, tables: bytes) -> bytes:
    times = _timed(b"mdhd", 0, "TTITHH", 0, 0, rate_hz, samples, _UNDETERMINED, 0)
    handler = _full_box(b"hdlr", bytes(4), kind, bytes(12), name, b"\0")
    return _box(
        b"mdia", times, handler, _box(b"minf", header, _box(b"dinf", _box(b"dref", _DATA_IN_THIS_FILE)), tables)
    )


def _sound_entry(sound: Sound) -> bytes:
    """How the sound is coded (ISO/IEC 14496-14, 5.6; -1, 7.2.6; -3, 1.6: AAC-LC, one channel, and no more in it)."""
    bits = 8 * sum(sound.frame_bytes) * sound.rate_hz // sound.samples
    config = struct.pack(">HHB", 2 << 11 | AAC_RATES_HZ.index(sound.rate_hz) << 7 | 1 << 3, 0x56E5, 0)
    decoder = _descriptor(4, struct.pack(">BBxxxII", 0x40, 0x15, bits, bits), _descriptor(5, config))
    stream = _full_box(b"esds", _descriptor(3, b"\0\1\0", decoder, _descriptor(6, b"\2")))
    return _box(b"mp4a", bytes(6), struct.pack(">H8xHH4xI", 1, 1, 16, sound.rate_hz << 16), stream)


def _descriptor(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return bytes((tag, 0x80, 0x80, 0x80, len(content))) + content


def _chunks(sizes: Sequence[int], in_chunk: int, start: int, is_large: bool) -> Iterator[bytes]:
    """The boxes that say where samples lie: one behind the other from `start`, so many in a chunk."""
    whole, rest = divmod(len(sizes), in_chunk)
    runs = [(1, in_chunk, 1)] * bool(whole) + [(whole + 1, rest, 1)] * bool(rest)
    yield _full_box(b"stsc", struct.pack(">I", len(runs)), *(struct.pack(">III", *run) for run in runs))
    yield _full_box(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes))
    ends = itertools.accumulate(sizes, initial=start)
    places = list(itertools.islice(ends, 0, len(sizes), in_chunk))
    name, width = (b"co64", "Q") if is_large else (b"stco", "I")
    yield _full_box(name, struct.pack(f">I{len(places)}{width}", len(places), *places))


def _title_sample(chapter: ListedChapter) -> bytes:
    """A title as the text track holds it, marked as UTF-8."""
    title = chapter.title.encode("utf-8", "replace")
    return struct.pack(">H", len(title)) + title + struct.pack(">I4sI", 12, b"encd", 0x100)


def _nero_list(chapters: Sequence[ListedChapter]) -> bytes:
    """The chapters as players list them that do not know QuickTime's."""
    entries = []
    for chapter in chapters[:_MOST_NERO_CHAPTERS]:
        title = chapter.title.encode("utf-8", "replace")[:_LONGEST_NERO_TITLE_BYTES].decode("utf-8", "ignore").encode()
        entries.append(struct.pack(">QB", chapter.start * _NERO_TICKS // RATE_HZ, len(title)) + title)
    return _box(b"chpl", b"\1\0\0\0", bytes(4), struct.pack(">B", len(entries)), *entries)


# --- boxes


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), name) + content


def _full_box(name: bytes, *parts: bytes) -> bytes:
    """A box of version 0 without flags."""
    return _box(name, bytes(4), *parts)


def _timed(name: bytes, flags: int, layout: str, *values: int, rest: bytes = b"") -> bytes:
    """A box whose times, in the layout "T", have 64 bits where one is too large for 32."""
    version = max(values) > _LARGEST
    fields = struct.pack(f">{layout.replace('T', 'Q' if version else 'I')}", *values)
    return _box(name, struct.pack(">I", version << 24 | flags), fields, rest)
