"""Recordings of people who read: files in `recordings/`, and those that grow while somebody reads at the desk.

A recording made here is a WAV file (16-bit PCM, mono) that is whole at every moment: samples are appended and forced
onto the disk, and only then does the header count them. A file beside it holds its marks: at which sample the reading
of each sentence began.
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
    """At sample `at` the reading of a sentence began; `text` is the beginning of the sentence."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Take:
    """A recording made here: its file, its sample rate, and `length`, its samples so far."""

    path: Path
    rate_hz: int
    length: int
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        return self.length / self.rate_hz


class OutOfStepError(DeskError):
    """The samples that came do not continue the recording, which has `length` samples."""

    def __init__(self, length: int) -> None:
        super().__init__(
            "Meanwhile this article was recorded in another window.", "Reload the page, and go on from there."
        )
        self.length = length


def path_of(issue: IssueFolder, name: str) -> Path | None:
    """Return the file of an article's recording, if it has one. Raises DeskError for one outside the issue."""
    recording = issue.contents().recordings.get(name, "")
    return issue.document(recording) if recording else None


def take_of(issue: IssueFolder, name: str) -> Take | None:
    """Return an article's recording if it was made at the desk; None if it came as a file, or nobody reads the
    article. Raises DeskError if it can't be read."""
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
        raise DeskError(f"{path.name} can't be read ({error.strerror}).", "Check that it is still there.") from error
    return Take(path, rate_hz, length, _read_marks(path))


def add(issue: IssueFolder, name: str, rate_hz: int, at: int, pcm: bytes, marks: Sequence[Mark] = ()) -> Take:
    """Add samples, from sample `at` of the article's recording on, and return the recording once they are on the disk.
    Samples that are there already are accepted: a browser that missed the answer sends them again.

    The first samples create the recording, and add it to the issue's list. Raises OutOfStepError, DeskError.
    """
    if rate_hz not in RATES_HZ or not pcm or len(pcm) % 2 or len(pcm) > LIMIT_CHUNK_BYTES or at < 0:
        raise DeskError("This is not a piece of a recording.", "Reload the page, and record from there.")
    with issue.lock:
        issue.contents().place_of(name)
        take = take_of(issue, name)
        if take is None:
            if at:
                raise OutOfStepError(0)
            take = _begun(issue, name, rate_hz)
        if take.rate_hz != rate_hz:
            raise DeskError(
                f"The recording’s sample rate is {take.rate_hz} Hz, but this microphone’s is {rate_hz} Hz.",
                "Choose the microphone that you began with, or set the recording aside and begin a new one.",
            )
        _check_length(take, at + len(pcm) // 2)
        length = _appended(take, at, pcm)
        kept = _with_marks(take, at, marks)
    return Take(take.path, rate_hz, length, kept)


def set_aside(issue: IssueFolder) -> list[str]:
    """Return the recordings in the folder that no article uses, as edition.toml would name them."""
    used = set(issue.contents().recordings.values())
    there = sorted((issue.path / RECORDINGS).glob("[!.]*"))
    names = [f"{RECORDINGS}/{path.name}" for path in there if path.suffix.lower() in audio.SOUND_FILES]
    return [name for name in names if name not in used and (issue.path / name).is_file()]


def check_sound(path: Path) -> None:
    """Raise ReadError if a file is not a recording that can be played."""
    if path.suffix.lower() not in audio.SOUND_FILES:
        raise ReadError(f"{path.name[:60]} is not a recording.", "Choose a WAV, MP3, M4A, FLAC or Opus file.")
    try:
        audio.seconds_told(path)
    except StitchError as error:
        raise ReadError(
            f"{path.name[:60]} can't be played.", "Check that it plays on this computer, or export it again."
        ) from error


def seconds_of(path: Path) -> int:
    """Return the length of a recording that was added as a file. Raises StitchError, OSError."""
    facts = path.stat()
    return _seconds_of(path, facts.st_mtime_ns, facts.st_size)


@functools.lru_cache(maxsize=2000)
def _seconds_of(path: Path, modified_ns: int, size: int) -> int:
    """Ask FFmpeg, which is slow. The file's time and size are in the key, so that a changed file is measured again."""
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
        raise DeskError(f"A recording of an article can be at most {MOST_HOURS} hours long.", "Begin a new one.")


def _appended(take: Take, at: int, pcm: bytes) -> int:
    """Write samples where they belong, and return how many the recording has now. Raises OutOfStepError, DeskError."""
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
    """Append bytes, and then count them in the header. If they can't all be written, cut them off again."""
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
    """Return the header of a WAV file of `length` samples."""
    size = 2 * length
    return _HEADER.pack(
        b"RIFF", size + _HEADER.size - 8, b"WAVE", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16, b"data", size
    )


def _read_header(file: BinaryIO, path: Path) -> tuple[int, int]:
    """Return the sample rate, and how many samples are in the file and counted. Raises DeskError."""
    head = file.read(_HEADER.size)
    if len(head) == _HEADER.size:
        _, _, _, _, _, kind, channels, rate_hz, _, _, bits, _, size = _HEADER.unpack(head)
        there = file.seek(0, os.SEEK_END) - _HEADER.size
        if head == _header(rate_hz, size // 2) and (kind, channels, bits) == (1, 1, 16) and rate_hz in RATES_HZ:
            return rate_hz, min(size, there) // 2
    raise DeskError(
        f"{path.name} was changed after the desk recorded it.",
        f"Remove {marks_beside(path).name}, and it is treated as any other sound file.",
    )


def _force(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _unwritten(path: Path, error: OSError) -> DeskError:
    message = f"The recording could not be written ({error.strerror or error}). What was saved before is unchanged."
    return DeskError(message, f"Free some disk space, or check who may write into {path.parent.name}.")


# --- marks


def _with_marks(take: Take, at: int, new: Sequence[Mark]) -> tuple[Mark, ...]:
    """Write new marks, in place of those from sample `at` on, and return all marks."""
    if not new:
        return take.marks
    kept = [*(mark for mark in take.marks if mark.at < at), *new][-_MOST_MARKS:]
    rows = [[mark.at, mark.text] for mark in kept]
    write_text(marks_beside(take.path), json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
    return tuple(kept)


def _read_marks(path: Path) -> tuple[Mark, ...]:
    """Return the marks beside a recording; none if the file holds something else."""
    try:
        return marks_in(text_of(marks_beside(path), _LIMIT_MARKS_BYTES))
    except DeskError:
        return ()


def marks_in(said: str) -> tuple[Mark, ...]:
    """Return the marks in JSON such as [[48000, "The ferry left."]]. Raises DeskError for anything else."""
    try:
        rows = json.loads(said)
        return tuple(Mark(_place(at), _words(text)) for at, text in rows[:_MOST_MARKS])
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise DeskError("These are not the marks of a recording.", "Reload the page, and record from there.") from error


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
    """Return the sample at which the last reading of each sentence began, by the sentence's place in `texts`."""
    numbers: dict[str, int] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(text[:_LONGEST_TEXT], number)
    return {numbers[mark.text]: mark.at for mark in marks if mark.text in numbers}
