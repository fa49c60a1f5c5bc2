"""Recordings of people who read: files in `recordings/`, and those that grow while somebody reads at the desk.

A recording that is made here is a WAV file (PCM of 16 bits, mono) that is whole at every moment: samples are added
behind its end and forced onto the disk, and only then its header counts them. Beside it stand its marks: from which
sample on which sentence was read.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from audio_edition import atomic, audio
from audio_edition.desk.folder import RECORDINGS, IssueFolder, original, text_of, write_text
from audio_edition.errors import DeskError, ReadError, StitchError

MOST_HOURS = 6
RATES_HZ = range(8_000, 192_001)
LIMIT_CHUNK_BYTES = 1_000_000
_MOST_BYTES = 4_000_000_000
"""A WAV file counts its bytes in 32 bits."""
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_MARKS = ".marks.json"
_LIMIT_MARKS_BYTES = 2_000_000
_MOST_MARKS = 10_000
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """From sample `at` on, a sentence was read, by the beginning of its text."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Take:
    """A recording that was made here: its file, samples a second, and samples so far."""

    path: Path
    rate_hz: int
    length: int
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        return self.length / self.rate_hz


class OutOfStepError(DeskError):
    """What came does not go on from what is there, which has `length` samples."""

    def __init__(self, length: int) -> None:
        super().__init__(
            "This article was recorded in another window meanwhile.", "Load the page again, and go on from there."
        )
        self.length = length


def path_of(issue: IssueFolder, name: str) -> Path | None:
    """Return the file of an article's recording, if it has one. Raises DeskError for one outside the issue."""
    recording = issue.contents().recordings.get(name, "")
    return issue.document(recording) if recording else None


def take_of(issue: IssueFolder, name: str) -> Take | None:
    """Return the recording of an article that was made here; None where there is none, or it came as a file. Raises
    DeskError where it can't be read."""
    path = path_of(issue, name)
    return take_at(path) if path else None


def take_at(path: Path) -> Take | None:
    """Return the recording in a file, if it was made here. Raises DeskError where it can't be read."""
    if not marks_beside(path).is_file() or not path.is_file():
        return None
    try:
        with atomic.regular_file(path) as file:
            rate_hz, length = _read_header(file, path)
    except OSError as error:
        raise DeskError(f"{path.name} can't be read ({error.strerror}).", "Look whether it is there.") from error
    return Take(path, rate_hz, length, _read_marks(path))


def add(issue: IssueFolder, name: str, rate_hz: int, at: int, pcm: bytes, marks: Sequence[Mark] = ()) -> Take:
    """Add samples, of which the first is sample `at` of the article's recording, and return the recording with them on
    the disk. Those that are there already are no fault: a browser that did not hear so sends them again.

    The first ones make the recording, and put it into the list of the issue. Raises OutOfStepError, DeskError.
    """
    if rate_hz not in RATES_HZ or not pcm or len(pcm) % 2 or len(pcm) > LIMIT_CHUNK_BYTES or at < 0:
        raise DeskError("This is no piece of a recording.", "Load the page again, and record from there.")
    with issue.lock:
        issue.contents().place_of(name)
        take = take_of(issue, name)
        if take is None:
            if at:
                raise OutOfStepError(0)
            take = _begun(issue, name, rate_hz)
        if take.rate_hz != rate_hz:
            raise DeskError(
                f"The recording has {take.rate_hz} samples a second, and this microphone gives {rate_hz}.",
                "Choose the microphone that it was begun with, or set the recording aside and begin a new one.",
            )
        _check_length(take, at + len(pcm) // 2)
        length = _appended(take, at, pcm)
        kept = _with_marks(take, at, marks)
    return Take(take.path, rate_hz, length, kept)


def set_aside(issue: IssueFolder) -> list[str]:
    """Return the recordings in the folder that no article has, as edition.toml would name them."""
    used = set(issue.contents().recordings.values())
    there = sorted((issue.path / RECORDINGS).glob("[!.]*"))
    names = [f"{RECORDINGS}/{path.name}" for path in there if path.suffix.lower() in audio.SOUND_FILES]
    return [name for name in names if name not in used and (issue.path / name).is_file()]


def check_sound(path: Path) -> None:
    """Raise ReadError where a file is no recording that can be played."""
    if path.suffix.lower() not in audio.SOUND_FILES:
        raise ReadError(f"{path.name[:60]} is no recording.", "Choose a WAV, MP3, M4A, FLAC or Opus file.")
    try:
        audio.seconds_told(path)
    except StitchError as error:
        raise ReadError(
            f"{path.name[:60]} can't be played as a recording.", "Listen to it on this computer; export it again."
        ) from error


def seconds_of(path: Path) -> int:
    """Return how long a recording lasts that came as a file. Raises StitchError, OSError."""
    facts = path.stat()
    return _seconds_of(path, facts.st_mtime_ns, facts.st_size)


@functools.lru_cache(maxsize=2000)
def _seconds_of(path: Path, modified_ns: int, size: int) -> int:
    """Ask FFmpeg, which takes its time. Time and size are there so that another file is asked for anew."""
    return audio.seconds_told(path)


def marks_beside(path: Path) -> Path:
    """Return the file of a recording's marks."""
    return path.with_name(f"{path.stem}{_MARKS}")


# --- the file


def _begun(issue: IssueFolder, name: str, rate_hz: int) -> Take:
    """Make an empty recording of an article, and list it."""
    stem = PurePosixPath(original(name)).stem
    path = issue.free_place(RECORDINGS, f"{stem}.wav")
    try:
        write_text(marks_beside(path), "[]\n")
        with atomic.handed_out_file(path) as file:
            file.write(_header(rate_hz, 0))
            _force(file)
    except OSError as error:
        raise _unwritten(path, error) from error
    issue.add(lambda contents: contents.begun_to_read(name, f"{RECORDINGS}/{path.name}"))
    return Take(path, rate_hz, 0)


def _check_length(take: Take, length: int) -> None:
    if length > min(MOST_HOURS * 3600 * take.rate_hz, _MOST_BYTES // 2):
        raise DeskError(f"A recording of an article has room for {MOST_HOURS} hours.", "Begin a new one.")


def _appended(take: Take, at: int, pcm: bytes) -> int:
    """Write samples where they belong, and return how many there are now. Raises OutOfStepError, DeskError."""
    if at > take.length:
        raise OutOfStepError(take.length)
    try:
        with atomic.regular_file(take.path, writable=True) as file:
            again = pcm[: 2 * (take.length - at)]
            file.seek(_HEADER.size + 2 * at)
            if file.read(len(again)) != again:
                raise OutOfStepError(take.length)
            new = pcm[len(again) :]
            if not new:
                return take.length
            _write_behind(file, take, new)
    except OSError as error:
        raise _unwritten(take.path, error) from error
    return take.length + len(new) // 2


def _write_behind(file: BinaryIO, take: Take, new: bytes) -> None:
    """Add bytes behind the end, and then count them. What could not be written whole is cut off again."""
    end = _HEADER.size + 2 * take.length
    try:
        file.seek(end)
        file.write(new)
        _force(file)
        file.seek(0)
        file.write(_header(take.rate_hz, take.length + len(new) // 2))
        _force(file)
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(end)
        raise


def _header(rate_hz: int, length: int) -> bytes:
    """Return the head of a WAV file of so many samples."""
    size = 2 * length
    return _HEADER.pack(
        b"RIFF", size + _HEADER.size - 8, b"WAVE", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16, b"data", size
    )


def _read_header(file: BinaryIO, path: Path) -> tuple[int, int]:
    """Return the samples a second, and the samples that are there and counted."""
    head = file.read(_HEADER.size)
    if len(head) == _HEADER.size:
        _, _, _, _, _, kind, channels, rate_hz, _, _, bits, _, size = _HEADER.unpack(head)
        there = file.seek(0, os.SEEK_END) - _HEADER.size
        if head == _header(rate_hz, size // 2) and (kind, channels, bits) == (1, 1, 16) and rate_hz in RATES_HZ:
            return rate_hz, min(size, there) // 2
    raise DeskError(
        f"{path.name} is not as the desk recorded it.", f"Remove {marks_beside(path).name}: then it is a file as any."
    )


def _force(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _unwritten(path: Path, error: OSError) -> DeskError:
    message = f"The recording could not be written ({error.strerror or error}). What was kept before is as it was."
    return DeskError(message, f"Make room on the disk, or see who may write into {path.parent.name}.")


# --- marks


def _with_marks(take: Take, at: int, new: Sequence[Mark]) -> tuple[Mark, ...]:
    """Write marks of samples from `at` on, in place of earlier ones there."""
    if not new:
        return take.marks
    kept = [*(mark for mark in take.marks if mark.at < at), *new][-_MOST_MARKS:]
    rows = [[mark.at, mark.text] for mark in kept]
    write_text(marks_beside(take.path), json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
    return tuple(kept)


def _read_marks(path: Path) -> tuple[Mark, ...]:
    """Return the marks beside a recording; none where somebody wrote something else there."""
    try:
        return marks_in(text_of(marks_beside(path), _LIMIT_MARKS_BYTES))
    except DeskError:
        return ()


def marks_in(said: str) -> tuple[Mark, ...]:
    """Return the marks in JSON such as [[48000, "The ferry left."]]. Raises DeskError where it is something else."""
    try:
        rows = json.loads(said)
        return tuple(Mark(_place(at), _words(text)) for at, text in rows[:_MOST_MARKS])
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise DeskError("These are no marks of a recording.", "Load the page again, and record from there.") from error


def _place(value: object) -> int:
    if type(value) is not int or not 0 <= value <= sys.maxsize:
        raise ValueError(value)
    return value


def _words(value: object) -> str:
    """Return a sentence's words. Raises ValueError for half a character, which no file can hold."""
    words = str(value)[:_LONGEST_TEXT]
    words.encode()
    return words


def places_of(marks: Sequence[Mark], texts: Sequence[str]) -> Mapping[int, int]:
    """Return from which sample on each sentence was read last, by its number among the texts of all."""
    numbers: dict[str, int] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(text[:_LONGEST_TEXT], number)
    return {numbers[mark.text]: mark.at for mark in marks if mark.text in numbers}
