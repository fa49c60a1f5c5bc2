"""Bring files from a disk into the store: a file, a folder, a ZIP, or a tarball as npm hands them out.

Nothing is unpacked by its own path. A file is taken if name, size and digest are those of one in the catalogue, and
lies then where the catalogue says.
"""

from __future__ import annotations

import shutil
import tarfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from audio_edition.atomic import new_file
from audio_edition.errors import SpeakError
from audio_edition.speak.store import on_disk
from audio_edition.speak.store.catalogue import File, Item, items

_MOST_FILES = 20_000
_TARBALLS = (".tgz", ".tar.gz", ".tar")


@dataclass(frozen=True, slots=True)
class _Found:
    """A file in what was named: its name, its size, and how it is opened."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def bring(source: Path, wanted: Iterable[Item] = ()) -> list[Item]:
    """Copy what the catalogue knows from a file, folder or archive into the store, and return the voices and models
    that are whole now; only those `wanted`, if any are. Raises SpeakError where nothing fits or a file is damaged."""
    chosen = list(wanted) or list(items())
    known: dict[str, list[tuple[Item, File, Path]]] = defaultdict(list)
    for item in chosen:
        for file, place in item.places():
            known[place.name].append((item, file, place))
    touched = {}
    for found in _within(source):
        if taken := _take(found, known.get(found.name, []), source):
            touched[taken.name] = taken
    whole = [item for item in chosen if item.name in touched and item.is_installed]
    if not whole:
        raise _nothing(source, list(touched.values()))
    return whole


def _take(found: _Found, candidates: list[tuple[Item, File, Path]], source: Path) -> Item | None:
    """Copy a file to the store if it is one of the candidates, and return whose it is. Raises SpeakError for a file
    that has the name of one, and not its content; cards are all called alike."""
    fitting = [candidate for candidate in candidates if candidate[1].size == found.size]
    for item, file, place in fitting:
        if _is(found, file, source):
            with on_disk(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                with found.open() as opened, new_file(place) as new:
                    shutil.copyfileobj(opened, new)
            return item
    if len(candidates) == 1:
        item, file, _ = candidates[0]
        differs = f"it has {found.size:,} bytes instead of {file.size:,}"
        if fitting:
            differs = "its digest is not the one in the catalogue"
        raise SpeakError(
            f"{source}: {found.name} is not the file of {item.name}: {differs}.",
            f"Copy it from its source again, or fetch it: audio-edition voices get {item.name}",
        )
    return None


def _is(found: _Found, file: File, source: Path) -> bool:
    try:
        with found.open() as opened:
            return file.has_digest_of(opened)
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, RuntimeError) as error:
        raise SpeakError(
            f"{source}: {found.name} can't be read ({error}).", "Copy it from its source again."
        ) from error


def _within(source: Path) -> Iterator[_Found]:
    """Yield the files that a path stands for."""
    try:
        if source.is_dir():
            yield from _in_folder(source)
        elif source.name.endswith(_TARBALLS):
            yield from _in_tarball(source)
        elif source.suffix == ".zip":
            yield from _in_zip(source)
        else:
            yield _Found(source.name, source.stat().st_size, lambda: source.open("rb"))
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, NotImplementedError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SpeakError(f"{source}: this can't be read ({reason}).", "Check the path.") from error


def _in_folder(folder: Path) -> Iterator[_Found]:
    for number, path in enumerate(sorted(folder.rglob("*"))):
        _check_number(number, folder)
        if path.is_file():
            yield _Found(path.name, path.stat().st_size, _opener(path))


def _opener(path: Path) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    return lambda: path.open("rb")


def _in_zip(source: Path) -> Iterator[_Found]:
    with zipfile.ZipFile(source) as archive:
        for number, entry in enumerate(archive.infolist()):
            _check_number(number, source)
            name = PurePosixPath(entry.filename).name
            yield _Found(name, entry.file_size, lambda entry=entry: archive.open(entry))  # type: ignore[misc]


def _in_tarball(source: Path) -> Iterator[_Found]:
    with tarfile.open(source) as archive:
        for number, member in enumerate(archive):
            _check_number(number, source)
            if member.isreg():
                name = PurePosixPath(member.name).name
                yield _Found(name, member.size, lambda member=member: _extracted(archive, member))  # type: ignore[misc]


def _extracted(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    opened = archive.extractfile(member)
    if opened is None:
        raise tarfile.TarError("it is no file")
    return opened


def _check_number(number: int, source: Path) -> None:
    if number > _MOST_FILES:
        raise SpeakError(f"{source}: there are more than {_MOST_FILES:,} files in it.", "Name the voice's own folder.")


def _nothing(source: Path, begun: list[Item]) -> SpeakError:
    if not begun:
        return SpeakError(
            f"{source}: there is no file of a voice in it that the catalogue knows.",
            "See what there is: audio-edition voices --available",
        )
    item = begun[0]
    lack = [file.path.name for file, place in item.places() if not place.is_file()]
    return SpeakError(f"{source}: of {item.name}, {' and '.join(lack)} is missing.", f"Put {lack[0]} beside it.")


def remove(item: Item) -> int:
    """Remove a voice or model from the store, and return how many bytes that freed. Raises SpeakError where it is not
    there."""
    places = [place for _, place in item.places() if place.is_file()]
    if not places:
        raise SpeakError(f"{item.name} is not in the store.", "See what is: audio-edition voices")
    freed = 0
    for place in reversed(places):
        with on_disk(place):
            freed += place.stat().st_size
            place.unlink()
            if place.parent.name == item.name and not any(place.parent.iterdir()):
                place.parent.rmdir()
    return freed
