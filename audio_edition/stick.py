"""Write an edition onto a memory stick for simple players: those without a display, which play by folder and file.

Names are numbered and in 8.3 (FAT without long names), a folder for each section. Files are written one after another
in the order in which they are played, as many players go by the order of a folder's entries; none is renamed
afterwards. Each is read back and compared with its SHA-256. A file ISSUE.TXT lists what was written: by it an earlier
issue is known, and only what it lists is ever removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio_edition import atomic
from audio_edition.edition.folder import EditionFile, FinishedEdition, read_edition, whole_file
from audio_edition.errors import EditionError, PublishError
from audio_edition.formats.slug import slug
from audio_edition.model.characters import one_line

MARK = "ISSUE.TXT"
_FIRST_LINE = "audio-edition stick 1"
_LISTED = re.compile(r"((?:\d\d[A-Z0-9]{0,6}/)?\d{3,5}[A-Z0-9]{0,5}\.MP3)\t([0-9a-f]{64})\t.*")
_OF_SYSTEMS = {
    "$recycle.bin", ".fseventsd", ".spotlight-v100", ".trashes", ".trash-1000", "lost.dir", "lost+found", "recycler",
    "system volume information", "indexervolumeguid", "wpsettings.dat", "desktop.ini", "thumbs.db", ".ds_store",
}  # fmt: skip
"""What systems put onto sticks by themselves, in small letters."""
_LIMIT_MARK_BYTES = 1_000_000
_ROUNDING_BYTES = 1 << 16
"""What a file may take more than it holds, on the largest clusters of FAT."""
_MOST_FOLDERS = 99

Progress = Callable[[int, int], None]
"""Called with the number of files that are written, and of all."""


@dataclass(frozen=True, slots=True)
class StickFile:
    """A track on the stick: its path there, its title, and the edition's file that it is."""

    path: str
    title: str
    file: EditionFile


@dataclass(frozen=True, slots=True)
class WrittenStick:
    """What was written and read back; `removed` counts the files of an earlier issue."""

    place: Path
    files: tuple[StickFile, ...]
    removed: int

    @property
    def size_bytes(self) -> int:
        return sum(each.file.size for each in self.files)


def write_stick(
    folder: Path, place: Path, *, beside: bool = False, progress: Progress = lambda done, whole: None
) -> WrittenStick:
    """Write an edition's tracks into `place`: the root of a stick, or a folder. An earlier issue there is replaced.

    What else lies there is left alone, and stops the run unless it is to be written `beside` it. Raises EditionError
    for an edition that is not whole or has no tracks; PublishError.
    """
    edition = read_edition(folder)
    files = tuple(stick_files(edition))
    sources = [whole_file(edition.folder, each.file) for each in files]
    try:
        place.mkdir(exist_ok=True)
        old = _earlier(place)
        _check_free(place, old, files, beside=beside)
        _remove(place, old)
        _write(place, edition, files, sources, progress)
        _verify(place, files)
    except OSError as error:
        message = f"{error.filename or place}: the stick can't be written ({error.strerror or error})."
        raise PublishError(message, "See whether it is full, locked or pulled out, and write it again.") from error
    return WrittenStick(place, files, len(old))


def stick_files(edition: FinishedEdition) -> Iterator[StickFile]:
    """Yield the tracks in playing order, with their names on a stick. Raises EditionError for an edition without
    tracks."""
    sections = list(_sections(edition))
    names = [file for file in edition.files if file.format == "tracks" and file.path.endswith(".mp3")]
    names.sort(key=lambda file: file.path)
    if not names or len(names) != sum(len(titles) for _, titles in sections):
        raise EditionError(f"{edition.folder} has no tracks, which a stick needs.", "Build it with --format tracks.")
    digits = max(3, len(str(len(names))))
    files = iter(enumerate(names, start=1))
    for number, (section, titles) in enumerate(sections, start=1):
        inside = f"{number:02}{_letters(section, 6)}/" if len(sections) > 1 else ""
        for title in titles:
            at, file = next(files)
            yield StickFile(f"{inside}{at:0{digits}}{_letters(title, 8 - digits)}.MP3", one_line(title), file)


def _sections(edition: FinishedEdition) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each section and those of its tracks. What comes before the first one is under the edition's
    title; what comes behind the last, or behind the last for which there is a number, is with it."""
    title, titles = edition.title, list[str]()
    count = 0
    for recorded in edition.chapters:
        chapter = recorded.chapter
        if chapter.continues and titles:
            continue
        if chapter.track and count < _MOST_FOLDERS - 1:  # the name of a section, in the track of its first article
            if titles:
                yield title, titles
                count += 1
            title, titles = chapter.title, []
        titles.append(chapter.track or chapter.title)
    yield title, titles


def _letters(text: str, most: int) -> str:
    return slug(text).replace("-", "").upper()[:most]


# --- what was there before


def _earlier(place: Path) -> list[Path]:
    """Return the files of the earlier issue that its mark lists; none where there is no mark of ours."""
    try:
        with atomic.regular_file(place / MARK) as file:
            lines = file.read(_LIMIT_MARK_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    if not lines or lines[0].lstrip("\ufeff") != _FIRST_LINE:
        return []
    found = (_LISTED.fullmatch(line) for line in lines)
    paths = (place / match[1] for match in found if match)
    return [path for path in paths if _is_plain(place, path)]


def _is_plain(place: Path, path: Path) -> bool:
    """Return whether a path is a file in `place` that no link leads to."""
    return path.is_file() and not path.is_symlink() and (path.parent == place or not path.parent.is_symlink())


def _check_free(place: Path, old: Sequence[Path], files: Sequence[StickFile], *, beside: bool) -> None:
    """Raise PublishError if something else lies there, or there is no room; nothing was changed yet."""
    has_mark = _is_marked(place)
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
    if taken := sorted(names & set(others)):
        raise PublishError(f"{place}: {taken[0]} is there already, and not of an earlier issue.", "Move it away.")
    room = shutil.disk_usage(place).free + sum(path.stat().st_size for path in old)
    if (needed := sum(each.file.size + _ROUNDING_BYTES for each in files)) > room:
        message = f"{place} has room for {room / 1e6:,.0f} MB, and the issue takes {needed / 1e6:,.0f}."
        raise PublishError(message, "Take a larger stick, or make room on it.")


def _is_marked(place: Path) -> bool:
    try:
        with atomic.regular_file(place / MARK) as file:
            return file.read(len(_FIRST_LINE) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_FIRST_LINE.encode())
    except OSError:
        return False


def _remove(place: Path, old: Sequence[Path]) -> None:
    for path in old:
        path.unlink()
    for folder in {path.parent for path in old} - {place}:
        if not any(folder.iterdir()):
            folder.rmdir()


# --- writing


def _write(
    place: Path, edition: FinishedEdition, files: Sequence[StickFile], sources: Sequence[Path], progress: Progress
) -> None:
    """Write the mark, which tells a later run what to remove even if this one is killed, then each file in order."""
    (place / MARK).write_text("\r\n".join(_mark(edition, files)), encoding="utf-8", newline="")
    for number, (each, source) in enumerate(zip(files, sources, strict=True), start=1):
        target = place / each.path
        target.parent.mkdir(exist_ok=True)
        with source.open("rb") as original, target.open("xb") as copy:
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        progress(number, len(files))


def _mark(edition: FinishedEdition, files: Sequence[StickFile]) -> Iterator[str]:
    yield _FIRST_LINE
    yield ", ".join(filter(None, (one_line(edition.title), edition.published)))
    yield ""
    yield from (f"{each.path}\t{each.file.sha256}\t{each.title}" for each in files)
    yield ""


def _verify(place: Path, files: Sequence[StickFile]) -> None:
    """Read every file back. Raises PublishError for one that is not what was written."""
    for each in files:
        with (place / each.path).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                # So that it is read from the stick, and not from memory.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            if hashlib.file_digest(file, "sha256").hexdigest() != each.file.sha256:
                message = f"{place / each.path} is not what was written: the stick is faulty, or was pulled out."
                raise PublishError(message, "Write it again; if that does not help, take another stick.")
