"""Where a batch stores its editions: in a folder, at an fsspec address, or in a bundle that is sent to the caller.

An edition exists once its edition.json does; files of an older edition are never mixed into a newer one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from audio_edition.edition.folder import listed_files, manifest_of
from audio_edition.errors import EditionError, PublishError
from audio_edition.model import EDITION_JSON as MANIFEST_NAME
from audio_edition.sources.storage import clear_errors, open_place

_AT_WORK = ".edition-in-the-making"
"""Stands in a folder while its edition is replaced, so that the next run knows that it may go on."""
_BROKEN = "Run it again; if it comes again, look at the network between the workers and here."


class Destination(Protocol):
    """Where a batch stores its editions, each under its folder's name."""

    def made_from(self, folder: str) -> str:
        """Return what the complete edition there was made from; "" if there is none."""
        ...

    def workplace(self) -> contextlib.AbstractContextManager[Path]:
        """Return a context manager for the folder in which to make an edition."""
        ...

    def put(self, edition: Path) -> str:
        """Store a finished edition from the workplace and return where it is. Raises PublishError."""
        ...


def destination_for(output: Path | str) -> Destination:
    """Return the destination for a folder or an address. Raises MissingTool, SettingsError."""
    return FolderDestination(output) if isinstance(output, Path) else RemoteDestination(output)


@dataclass(frozen=True, slots=True)
class FolderDestination:
    """A folder on this machine; editions are made in it directly."""

    folder: Path

    def made_from(self, folder: str) -> str:
        try:
            text = manifest_of(self.folder / folder)
            listed = listed_files(text, folder)
            whole = all((self.folder / folder / file.path).stat().st_size == file.size for file in listed)
        except (EditionError, OSError):
            return ""
        return _made_from(text) if whole else ""

    def workplace(self) -> contextlib.AbstractContextManager[Path]:
        return contextlib.nullcontext(self.folder)

    def put(self, edition: Path) -> str:
        return str(edition)


class RemoteDestination:
    """A folder at an address for fsspec."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._system, self._path = open_place(self._address)

    def made_from(self, folder: str) -> str:
        place = f"{self._path}/{folder}"
        with contextlib.suppress(EditionError, PublishError), clear_errors(self._address, PublishError):
            self._system.invalidate_cache()
            text = self._system.cat_file(f"{place}/{MANIFEST_NAME}")
            listed = {file.path: file.size for file in listed_files(text, folder)}
            there = {name: facts["size"] for name, facts in self._files(place, detail=True).items()}
            if all(there.get(path) == size for path, size in listed.items()):
                return _made_from(text)
        return ""

    def workplace(self) -> contextlib.AbstractContextManager[Path]:
        return _own_folder()

    def put(self, edition: Path) -> str:
        """Upload the edition: remove the older edition's files, write edition.json last. Raises PublishError."""
        address, place = f"{self._address}/{edition.name}", f"{self._path}/{edition.name}"
        new = sorted(path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file())
        new.remove(MANIFEST_NAME)
        with clear_errors(address, PublishError):
            self._system.invalidate_cache()
            older = set(self._files(place))
            self._check_free(address, place, older)
            self._system.makedirs(place, exist_ok=True)
            self._system.pipe_file(f"{place}/{_AT_WORK}", b"")
            if MANIFEST_NAME in older:
                self._system.rm_file(f"{place}/{MANIFEST_NAME}")
            for path in new:
                self._system.makedirs(f"{place}/{path}".rpartition("/")[0], exist_ok=True)
                self._system.put_file(str(edition / path), f"{place}/{path}")
            for path in sorted(older - {*new, MANIFEST_NAME, _AT_WORK}):
                self._system.rm_file(f"{place}/{path}")
            self._system.put_file(str(edition / MANIFEST_NAME), f"{place}/{MANIFEST_NAME}")
            self._system.rm_file(f"{place}/{_AT_WORK}")
        return address

    def _check_free(self, address: str, place: str, there: set[str]) -> None:
        """Raise PublishError if the place holds anything but an edition or the remains of one."""
        if not there or _AT_WORK in there:
            return
        listed: set[str] = set()
        if MANIFEST_NAME in there:
            with contextlib.suppress(EditionError):
                manifest = self._system.cat_file(f"{place}/{MANIFEST_NAME}")
                listed = {MANIFEST_NAME, *(file.path for file in listed_files(manifest, address))}
        if strangers := sorted(there - listed):
            raise PublishError(
                f"{address} holds files that are not part of an edition: {', '.join(strangers[:3])}.",
                "Move them away, or name another place with -o.",
            )

    def _files(self, place: str, detail: bool = False) -> Any:
        """Return the paths of the files in a folder there, relative to it; with `detail`, their facts by path."""
        try:
            found = self._system.find(place, detail=True)
        except FileNotFoundError:
            found = {}
        facts = {str(path).removeprefix(f"{place}/"): one for path, one in found.items()}
        return facts if detail else list(facts)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of an edition by their paths in its folder."""

    files: Mapping[str, bytes]


@dataclass(slots=True)
class BundleDestination:
    """Turns editions into bundles. `there` says what the caller's existing editions were made from."""

    there: Mapping[str, str]
    bundles: dict[str, Bundle] = field(default_factory=dict)

    def made_from(self, folder: str) -> str:
        return self.there.get(folder, "")

    def workplace(self) -> contextlib.AbstractContextManager[Path]:
        return _own_folder()

    def put(self, edition: Path) -> str:
        paths = (path for path in edition.rglob("*") if path.is_file())
        self.bundles[edition.name] = Bundle({path.relative_to(edition).as_posix(): path.read_bytes() for path in paths})
        return edition.name


def unpack(bundle: Bundle, name: str, folder: Path) -> None:
    """Write the files of a bundle into an empty folder. Raises EditionError unless they are exactly those that its
    edition.json lists, undamaged."""
    manifest = bundle.files.get(MANIFEST_NAME, b"")
    listed = listed_files(manifest, f"{name}/{MANIFEST_NAME}")
    if {*bundle.files} != {MANIFEST_NAME, *(file.path for file in listed)}:
        raise EditionError(
            f"{name}: the edition arrived with files other than those its {MANIFEST_NAME} lists.", _BROKEN
        )
    for file in listed:
        data = bundle.files[file.path]
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise EditionError(f"{name}: {file.path} was damaged in transit.", _BROKEN)
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / MANIFEST_NAME).write_bytes(manifest)


def _made_from(manifest: bytes) -> str:
    found = json.loads(manifest).get("made_from", "")
    return found if isinstance(found, str) else ""


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="audio-edition-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
