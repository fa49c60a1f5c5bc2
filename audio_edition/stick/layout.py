"""What goes onto a stick, under which names and in which order, by its profile."""

from __future__ import annotations

import hashlib
import itertools
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from audio_edition.atomic import blocks_of
from audio_edition.edition.folder import EditionFile, FinishedEdition, whole_file
from audio_edition.errors import EditionError
from audio_edition.model import StickProfile
from audio_edition.model.characters import one_line
from audio_edition.stick.names import folder_name, is_name_in_book, sound_name

MOST_FOLDERS = 99
_MOST_MEMBERS = 50_000
_LARGEST_BOOK_BYTES = 20_000_000_000
_BOOKS = {"daisy": ("daisy202", "daisy3"), "daisy202": ("daisy202",), "daisy3": ("daisy3",)}
_UNPACKED = {"daisy202": "daisy-folder"}
"""Formats of which an edition may hold the same unpacked."""
_BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class StickFile:
    """A file on the stick: its path there, its title, and the file of the edition that it is, or the member of such an
    archive."""

    path: str
    title: str
    size: int
    sha256: str
    source: Path
    member: str = ""

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open what it is made of."""
        if not self.member:
            with self.source.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.source) as archive, archive.open(self.member) as file:
            yield file


def stick_files(edition: FinishedEdition, profile: StickProfile) -> Iterator[StickFile]:
    """Yield what a profile holds, in the order in which it is written, each compared with its SHA-256.

    Raises EditionError for an edition that is not whole, or was not made in a format that is needed.
    """
    folders = itertools.count(1)
    for held in profile.holds:
        if held == "tracks":
            yield from _tracks(edition, profile, folders)
        elif held in _BOOKS:
            yield from _book(edition, profile, next(folders), _BOOKS[held])
        else:
            yield _whole_sound(edition, profile, held)


def lacking(formats: Collection[str], profile: StickProfile) -> list[str]:
    """Return the formats that a profile needs and that are not among these."""
    wanted = [_BOOKS.get(held, (held,)) for held in profile.holds]
    there = {*formats, *(kind for kind, unpacked in _UNPACKED.items() if unpacked in formats)}
    return [kinds[0] for kinds in wanted if not there & {*kinds}]


# --- sound


def _tracks(edition: FinishedEdition, profile: StickProfile, folders: Iterator[int]) -> Iterator[StickFile]:
    sections = list(_sections(edition))
    tracks = [file for file in edition.files if file.format == "tracks" and file.path.endswith(".mp3")]
    tracks.sort(key=lambda file: file.path)
    if not tracks or len(tracks) != sum(len(titles) for _, titles in sections):
        raise _missing(edition, "tracks")
    digits = max(profile.digits, len(str(len(tracks))))
    numbered = iter(enumerate(tracks, start=1))
    for inside, titles in _in_folders(edition, profile, sections, folders):
        for title in titles:
            number, file = next(numbered)
            yield _as_it_is(edition, file, inside + sound_name(profile, number, digits, title, "mp3"), title)


def _in_folders(
    edition: FinishedEdition, profile: StickProfile, sections: list[tuple[str, list[str]]], folders: Iterator[int]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each folder, with a slash behind it, and the titles of its tracks."""
    if profile.folders == "sections" and len(sections) > 1:
        yield from ((f"{folder_name(profile, next(folders), section)}/", titles) for section, titles in sections)
        return
    one = f"{folder_name(profile, next(folders), edition.title)}/" if profile.folders == "issue" else ""
    yield one, [title for _, titles in sections for title in titles]


def _sections(edition: FinishedEdition) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each section and those of its tracks. What comes before the first one is under the edition's
    title; what comes behind the last, or behind the last for which there is a number, is with it."""
    title, titles = edition.title, list[str]()
    count = 0
    for recorded in edition.chapters:
        chapter = recorded.chapter
        if chapter.continues and titles:
            continue
        if chapter.track and count < MOST_FOLDERS - 1:  # the name of a section, in the track of its first article
            if titles:
                yield title, titles
                count += 1
            title, titles = chapter.title, []
        titles.append(chapter.track or chapter.title)
    yield title, titles


def _whole_sound(edition: FinishedEdition, profile: StickProfile, format_: str) -> StickFile:
    """Return the file of all sound. Beside tracks it is number 0, so that what the contents call 3 is 3."""
    for file in edition.files:
        if file.format == format_:
            number = 0 if "tracks" in profile.holds else 1
            name = sound_name(profile, number, profile.digits, edition.title, format_)
            return _as_it_is(edition, file, name, edition.title)
    raise _missing(edition, format_)


def _as_it_is(edition: FinishedEdition, file: EditionFile, path: str, title: str) -> StickFile:
    return StickFile(path, one_line(title), file.size, file.sha256, whole_file(edition.folder, file))


# --- books


def _book(edition: FinishedEdition, profile: StickProfile, number: int, kinds: Iterable[str]) -> Iterator[StickFile]:
    """Yield the files of a DAISY book in a folder of its own, of the first of these kinds that the edition holds."""
    folder = folder_name(profile, number, edition.title)
    for kind in kinds:
        if unpacked := [file for file in edition.files if file.format == _UNPACKED.get(kind)]:
            for file in unpacked:
                name = PurePosixPath(file.path).name
                _check_name(edition, name)
                yield _as_it_is(edition, file, f"{folder}/{name}", _title(edition, name))
            return
        for file in edition.files:
            if file.format == kind:
                yield from _members(edition, whole_file(edition.folder, file), folder)
                return
    raise _missing(edition, next(iter(kinds)))


def _members(edition: FinishedEdition, packed: Path, folder: str) -> Iterator[StickFile]:
    """Yield the files in a packed book."""
    try:
        with zipfile.ZipFile(packed) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_MEMBERS or sum(entry.file_size for entry in entries) > _LARGEST_BOOK_BYTES:
                raise EditionError(f"{packed} is too large when unpacked.", "Build the edition again.")
            for entry in entries:
                name = entry.filename
                _check_name(edition, name)
                digest = hashlib.sha256()
                with archive.open(entry) as file:  # which gives no more than the size that is declared
                    for block in blocks_of(file):
                        digest.update(block)
                path, size = f"{folder}/{name}", entry.file_size
                yield StickFile(path, _title(edition, name), size, digest.hexdigest(), packed, name)
    except _BROKEN as error:
        raise EditionError(f"{packed} can't be unpacked ({error}).", "Build the edition again.") from error


def _title(edition: FinishedEdition, name: str) -> str:
    """Return what the list on the stick calls a file of a book: the book's title, at the file with which it begins."""
    return one_line(edition.title) if name in ("ncc.html", "book.opf") else ""


def _check_name(edition: FinishedEdition, name: str) -> None:
    if not is_name_in_book(name):
        raise EditionError(f"{edition.folder}: no DAISY book holds a file called {name[:60]!r}.", "Build it again.")


def _missing(edition: FinishedEdition, format_: str) -> EditionError:
    needs = {"tracks": "tracks", "daisy202": "DAISY book", "daisy3": "DAISY 3 book"}.get(format_, format_.upper())
    return EditionError(
        f"{edition.folder} has no {needs}, which a stick of this profile needs.", f"Build it with --format {format_}."
    )
