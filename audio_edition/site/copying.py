"""Editions are brought into a site, and taken out of it: each by one rename."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from audio_edition import work
from audio_edition.edition_folder import manifest_of, whole_file
from audio_edition.errors import EditionError
from audio_edition.publish.manifest import NAME as MANIFEST
from audio_edition.site.changes import Brought

_GONE = ".audio-edition-gone"


@contextlib.contextmanager
def copied(editions: Mapping[str, Brought], place: Path) -> Iterator[Callable[[], None]]:
    """Copy the files that editions tell of, and no others, beside the folders of `place`; what is yielded puts them
    there, called by their names. Raises EditionError where a file is not what its edition tells."""
    with work.building_folder(place, "coming") as building:
        for name, edition in editions.items():
            _copy(edition, building / name, place / name)

        def put_in_place() -> None:
            for name in editions:
                work.move_into_place(building / name, place / name)

        yield put_in_place


def take_away(names: Iterable[str], place: Path) -> None:
    """Remove those of these folders that are there; each is gone before its files are. What a killed run left of one
    goes too."""
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            (place / name).rename(place / f".{name}{_GONE}")
    for gone in place.glob(f".*{_GONE}"):
        if gone.is_dir() and not gone.is_symlink():
            shutil.rmtree(gone)


def _copy(edition: Brought, new: Path, old: Path) -> None:
    """What an older copy in the site has too is taken from there: its date stays, and it need not be sent anew."""
    new.mkdir()
    for file in edition.files:
        source, before, target = whole_file(edition.folder, file), old / file.path, new / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        same = before.is_file() and filecmp.cmp(before, source, shallow=False)
        _link(before if same else source, target)
    manifest = manifest_of(edition.folder)
    if hashlib.sha256(manifest).hexdigest() != edition.manifest_sha256:
        raise EditionError(f"{edition.folder / MANIFEST} changed while it was read.", "Publish it again.")
    (new / MANIFEST).write_bytes(manifest)


def _link(source: Path, target: Path) -> None:
    """A second name for the same bytes where the file system has that, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
