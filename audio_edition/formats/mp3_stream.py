"""Chapters' bare MP3 frames become one MP3 file whose chapters start at exact samples.

Of each take as many frames are kept as its samples fill, so nothing shifts what follows; one Info frame in front
tells decoders how many samples to leave out at both ends. Frames pass through in blocks: length needs no memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from audio_edition.audio import MP3_FRAME_BYTES, MP3_FRAME_SAMPLES, MP3_HEADER, MP3_KBITS, first_frames
from audio_edition.errors import PublishError
from audio_edition.model import ChapterRecording, Take

ENCODER_DELAY_SAMPLES = 576
DECODER_DELAY_SAMPLES = 529

_SIDE_INFO_BYTES = 17


def write_mp3(path: Path, chapters: Sequence[ChapterRecording], tag: bytes) -> None:
    """Write the tag and the chapters' stream."""
    with path.open("wb") as mp3:
        mp3.write(tag)
        mp3.writelines(mp3_stream(chapters))


def mp3_stream(chapters: Sequence[ChapterRecording]) -> Iterator[bytes]:
    """Yield an Info frame and the chapters' frames, many at a time. A decoder gives exactly the chapters' samples."""
    takes = [(chapter, take) for chapter in chapters for take in chapter.takes]
    counts = [_frame_count(chapter, take, last=take is takes[-1][1]) for chapter, take in takes]
    kept = list(zip(takes, counts, strict=True))
    stream_bytes = sum(len(block) for (chapter, take), count in kept for block in _first_frames(chapter, take, count))
    yield info_frame(sum(counts), MP3_FRAME_BYTES + stream_bytes, sum(chapter.length for chapter in chapters))
    for (chapter, take), count in kept:
        yield from _first_frames(chapter, take, count)


def _frame_count(chapter: ChapterRecording, take: Take, *, last: bool) -> int:
    """Frames to keep: those that the samples fill, and for the last also the one in which its end comes out."""
    if take.length % MP3_FRAME_SAMPLES:
        raise PublishError(
            f"Chapter {chapter.chapter.id} ({chapter.chapter.title!r}) has {take.length} samples, "
            f"which do not fill frames of {MP3_FRAME_SAMPLES}."
        )
    delay = ENCODER_DELAY_SAMPLES + DECODER_DELAY_SAMPLES if last else 0
    return -(-(take.length + delay) // MP3_FRAME_SAMPLES)


def _first_frames(chapter: ChapterRecording, take: Take, count: int) -> Iterator[bytes]:
    """The first `count` frames of a take, none of which may be an Info frame: it would be heard."""
    path = take.tracks["mp3"]
    for number, block in enumerate(first_frames(path, "mp3", count)):
        if number == 0 and block[4 + _SIDE_INFO_BYTES :][:4] in (b"Info", b"Xing"):
            raise PublishError(
                f"{path}: chapter {chapter.chapter.id} begins with an Info frame.", "Build with --no-cache."
            )
        yield block


def info_frame(frames: int, stream_bytes: int, samples: int) -> bytes:
    """A silent frame that tells a decoder which samples count (Xing/Info header with LAME's extension).

    `frames` are those that follow, `stream_bytes` include this one. The music CRC is left out: it is 0.
    """
    padding = frames * MP3_FRAME_SAMPLES - ENCODER_DELAY_SAMPLES - samples
    frame = MP3_HEADER.to_bytes(4) + bytes(_SIDE_INFO_BYTES)
    frame += struct.pack(">4sIII", b"Info", 0b1111, frames, stream_bytes)
    frame += bytes(256 * percent // 100 for percent in range(100)) + bytes(4)
    constant_bit_rate, source_is_44100_hz = 0x01, 0x40
    frame += struct.pack(">9sBB8xBB", b"LAME3.100", constant_bit_rate, 0, 0, MP3_KBITS)
    frame += (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3)
    frame += struct.pack(">BBHIH", source_is_44100_hz, 0, 0, stream_bytes, 0)
    return (frame + crc_16(frame).to_bytes(2)).ljust(MP3_FRAME_BYTES, b"\0")


def crc_16(data: bytes) -> int:
    """CRC-16/ARC, with which LAME seals its extension."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
