"""Read an MP3 frame by frame: how many samples it plays, and fingerprints of runs of its frames.

ISO/IEC 11172-3, 2.4.1.3; ID3v2, 3.1; the Xing header with LAME's extension. Files with the same frames sound the same,
so the same sound in several packages is decoded only once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from audio_edition.check.reading import UnreadableError

FRAME_SAMPLES = 1152
_RATES_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_HZ = (44_100, 48_000, 32_000, 0)
_HEADER_BYTES = 4
_SIDE_INFO_BYTES = {True: 17, False: 32}
_FRAMES, _BYTES, _TOC, _QUALITY = 1, 2, 4, 8
_TAG_HEADER_BYTES = 10


@dataclass(slots=True)
class Mp3:
    """An MP3 that is read frame by frame. `samples` is what a decoder gives, by the Info frame; None where there is no
    such frame."""

    file: IO[bytes]
    samples: int | None = None
    _kept: bytes = b""

    def __post_init__(self) -> None:
        _skip_tag(self.file)
        frame = self._frame()
        self.samples = _samples(frame)
        if self.samples is None:
            self._kept = frame

    def fingerprint(self, count: int) -> str:
        """Return the fingerprint of the next `count` frames, or of those left."""
        hashed = hashlib.sha256()
        for _ in range(count):
            frame = self._kept or self._frame()
            self._kept = b""
            hashed.update(frame)
            if not frame:
                break
        return hashed.hexdigest()

    def _frame(self) -> bytes:
        head = self.file.read(_HEADER_BYTES)
        if not head or head.startswith(b"TAG"):
            return b""
        size = _frame_bytes(head)
        return head + self.file.read(size - _HEADER_BYTES)


def fingerprints(file: IO[bytes], counts: Sequence[int]) -> list[str]:
    """Return the fingerprints of consecutive runs of so many frames."""
    mp3 = Mp3(file)
    return [mp3.fingerprint(count) for count in counts]


def _skip_tag(file: IO[bytes]) -> None:
    head = file.read(_TAG_HEADER_BYTES)
    if not head.startswith(b"ID3"):
        file.seek(0)
        return
    size = 0
    for byte in head[6:]:
        size = size << 7 | byte & 0x7F
    file.seek(_TAG_HEADER_BYTES + size)


def _frame_bytes(head: bytes) -> int:
    """Return the length of an MPEG-1 layer III frame in bytes."""
    bits = int.from_bytes(head.ljust(_HEADER_BYTES, b"\0"))
    kbits, rate_hz = _RATES_KBITS[bits >> 12 & 0xF], _RATES_HZ[bits >> 10 & 0x3]
    if bits >> 17 != 0x7FFD or not (kbits and rate_hz):
        raise UnreadableError("a frame of it is no MP3")
    return 144 * kbits * 1000 // rate_hz + (bits >> 9 & 1)


def _samples(frame: bytes) -> int | None:
    """Return the number of samples by the Info frame: those of whole frames, without the delay and padding that it
    names."""
    mono = len(frame) > 3 and frame[3] >> 6 == 3
    info = frame[_HEADER_BYTES + _SIDE_INFO_BYTES[mono] :]
    if info[:4] not in (b"Info", b"Xing") or not info[7] & _FRAMES:
        return None
    frames, flags, at = int.from_bytes(info[8:12]), info[7], 12
    at += 4 * bool(flags & _BYTES) + 100 * bool(flags & _TOC) + 4 * bool(flags & _QUALITY)
    delays = int.from_bytes(info[at + 21 : at + 24])
    return frames * FRAME_SAMPLES - (delays >> 12) - (delays & 0xFFF)
