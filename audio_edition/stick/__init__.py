"""Write an edition onto a memory stick, for players of many kinds: a profile says what it holds and under which names.

The program's own profiles are for simple players, which have no display and play by folder and file, and for DAISY
players; settings declare others. Files are written one after another in the order in which they are played, as many
players go by the order of a folder's entries; none is renamed afterwards. Each is forced onto the stick, read back and
compared with its SHA-256. A file ISSUE.TXT lists what was written: by it an earlier issue is known, and only what it
lists is ever removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audio_edition.edition.folder import FinishedEdition, read_edition
from audio_edition.errors import AudioEditionError, PublishError
from audio_edition.model import StickProfile
from audio_edition.model.settings import OWN_STICKS, known
from audio_edition.stick.layout import StickFile, lacking, stick_files
from audio_edition.stick.mark import MARK, earlier_files, is_marked, lines_of_mark

__all__ = ["MARK", "Step", "StickFile", "WrittenStick", "lacking", "profile_named", "profiles", "write_stick"]

_OF_SYSTEMS = {
    "$recycle.bin", ".fseventsd", ".spotlight-v100", ".trashes", ".trash-1000", "lost.dir", "lost+found", "recycler",
    "system volume information", "indexervolumeguid", "wpsettings.dat", "desktop.ini", "thumbs.db", ".ds_store",
}  # fmt: skip
"""What systems put onto sticks by themselves, in small letters."""
_ROUNDING_BYTES = 1 << 16
"""What a file may take more than it holds, on the largest clusters of FAT."""
_BLOCK_BYTES = 1 << 20

Step = Literal["writing", "reading back"]
Progress = Callable[[Step, int, int, str], None]
"""Called with the step, the bytes that are done and all bytes of it, and the file; it may raise an AudioEditionError to
stop, and nothing half-written stays then."""


@dataclass(frozen=True, slots=True)
class WrittenStick:
    """What was written and read back; `removed` counts the files of an earlier issue."""

    place: Path
    files: tuple[StickFile, ...]
    removed: int

    @property
    def size_bytes(self) -> int:
        return sum(each.size for each in self.files)


def profiles(own: Mapping[str, StickProfile]) -> dict[str, StickProfile]:
    """Return all profiles by their names: the program's own, and those that settings declare."""
    return {**OWN_STICKS, **own}


def profile_named(name: str, own: Mapping[str, StickProfile]) -> StickProfile:
    """Return a profile. Raises SettingsError, which names what there is."""
    known(name, profiles(own), "The profile")
    return profiles(own)[name]


def write_stick(
    folder: Path,
    place: Path,
    profile: StickProfile = OWN_STICKS["stick"],
    *,
    beside: bool = False,
    progress: Progress = lambda step, done, whole, path: None,
) -> WrittenStick:
    """Write what a profile holds of an edition into `place`: the root of a stick, or a folder. An earlier issue there
    is replaced, whatever its profile was.

    What else lies there is left alone, and stops the run unless it is to be written `beside` it. Raises EditionError
    for an edition that is not whole or lacks a format; PublishError.
    """
    edition = read_edition(folder)
    files = tuple(stick_files(edition, profile))
    try:
        place.mkdir(exist_ok=True)
        old = earlier_files(place)
        _check_free(place, old, files, beside=beside)
        _remove(place, old)
        try:
            _write(place, edition, profile, files, progress)
            _verify(place, files, progress)
        except AudioEditionError:
            with contextlib.suppress(OSError):  # half an issue is not to be handed out
                _remove(place, [*earlier_files(place), place / MARK])
            raise
    except OSError as error:
        message = f"{error.filename or place}: the stick can't be written ({error.strerror or error})."
        raise PublishError(message, "See whether it is full, locked or pulled out, and write it again.") from error
    return WrittenStick(place, files, len(old))


# --- what is there before


def _check_free(place: Path, old: Sequence[Path], files: Sequence[StickFile], *, beside: bool) -> None:
    """Raise PublishError if something else lies there, or there is no room; nothing was changed yet."""
    has_mark = is_marked(place)
    mine = {MARK, *(path.relative_to(place).parts[0] for path in old)}
    others = sorted(
        each.name for each in place.iterdir() if each.name not in mine and each.name.lower() not in _OF_SYSTEMS
        and not each.name.startswith("._")
    )  # fmt: skip
    if others and not beside and not has_mark:
        raise PublishError(
            f"{place} is not empty, and not by an earlier issue: {', '.join(others[:3])}.",
            "Take another stick, or say that the issue is to be written beside what is there (--beside).",
        )
    names = {each.path.partition("/")[0] for each in files} | {MARK} - ({MARK} if has_mark else set())
    taken = sorted(names & set(others))
    # Also in the folders of the earlier issue: what is listed in the mark would be removed by the next run.
    taken += [each.path for each in files if os.path.lexists(place / each.path) and place / each.path not in old]
    if taken:
        raise PublishError(f"{place}: {taken[0]} is there already, and not of an earlier issue.", "Move it away.")
    room = shutil.disk_usage(place).free + sum(path.stat().st_size for path in old)
    if (needed := sum(each.size + _ROUNDING_BYTES for each in files)) > room:
        message = f"{place} has room for {room / 1e6:,.0f} MB, and the issue takes {needed / 1e6:,.0f}."
        raise PublishError(message, "Take a larger stick, or make room on it.")


def _remove(place: Path, old: Sequence[Path]) -> None:
    for path in old:
        path.unlink()
    for folder in {path.parent for path in old} - {place}:
        if not any(folder.iterdir()):
            folder.rmdir()


# --- writing


def _write(
    place: Path, edition: FinishedEdition, profile: StickProfile, files: Sequence[StickFile], progress: Progress
) -> None:
    """Write the mark, which tells a later run what to remove even if this one is killed, then each file in order."""
    with (place / MARK).open("wb") as mark:
        mark.write("\r\n".join(lines_of_mark(edition, profile, files)).encode("utf-8", "replace"))
        os.fsync(mark.fileno())
    done, whole = 0, sum(each.size for each in files)
    for each in files:
        target = place / each.path
        target.parent.mkdir(exist_ok=True)
        with each.opened() as original, target.open("xb") as copy:
            progress("writing", done, whole, each.path)
            while block := original.read(_BLOCK_BYTES):
                copy.write(block)
                done += len(block)
                progress("writing", done, whole, each.path)
            copy.flush()
            os.fsync(copy.fileno())


def _verify(place: Path, files: Sequence[StickFile], progress: Progress) -> None:
    """Read every file back. Raises PublishError for one that is not what was written."""
    done, whole = 0, sum(each.size for each in files)
    for each in files:
        progress("reading back", done, whole, each.path)
        with (place / each.path).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                # So that it is read from the stick, and not from memory.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            if hashlib.file_digest(file, "sha256").hexdigest() != each.sha256:
                message = f"{place / each.path} is not what was written: the stick is faulty, or was pulled out."
                raise PublishError(message, "Write it again; if that does not help, take another stick.")
        done += each.size
    progress("reading back", done, whole, "")
