"""Copy editions into a site and remove them, each by one rename."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from audio_edition import atomic
from audio_edition.edition.folder import manifest_of, whole_file
from audio_edition.errors import EditionError
from audio_edition.model import EDITION_JSON as MANIFEST
from audio_edition.site.changes import Brought
from audio_edition.site.copies import manifest_on_site, page_on_site

_BEGINNING_BYTES = 1445
"""As many as browsers look at to guess what a file is (MIME Sniffing, "resource header")."""
_GONE = ".audio-edition-gone"


@contextlib.contextmanager
def copied(editions: Mapping[str, Brought], place: Path) -> Iterator[Callable[[], None]]:
    """Copy the files that editions list, and no others, next to the folders of `place`; yield a function that moves
    them into place under their names. Raises EditionError if a file does not match its edition.json."""
    with atomic.building_folder(place, "coming") as building:
        for name, edition in editions.items():
            _copy(edition, building / name, place / name)

        def put_in_place() -> None:
            for name in editions:
                atomic.move_into_place(building / name, place / name)

        yield put_in_place


def take_away(names: Iterable[str], place: Path) -> None:
    """Remove those of these folders that exist; each disappears before its files are deleted. Also delete what a killed
    run left behind."""
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            (place / name).rename(place / f".{name}{_GONE}")
    for gone in place.glob(f".*{_GONE}"):
        if gone.is_dir() and not gone.is_symlink():
            shutil.rmtree(gone)


def _copy(edition: Brought, new: Path, old: Path) -> None:
    """Copy an edition. Files that the site already has unchanged are linked from there: they keep their date and need
    not be uploaded again."""
    from audio_edition.site.safety import check_file, is_page  # late: most runs bring little or nothing

    new.mkdir()
    manifest = manifest_of(edition.folder)
    if hashlib.sha256(manifest).hexdigest() != edition.manifest_sha256:
        raise EditionError(f"{edition.folder / MANIFEST} changed while it was read.", "Publish it again.")
    for file in edition.files:
        source, before, target = whole_file(edition.folder, file), old / file.path, new / file.path
        content = _beginning(source, None if is_page(file) else _BEGINNING_BYTES)
        check_file(source, file, content)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.path == edition.page:
            content = page_on_site(content, edition.language)
            manifest = manifest_on_site(manifest, file, content)
            if before.is_file() and _beginning(before) == content:
                _link(before, target)
            else:
                target.write_bytes(content)
        else:
            same = before.is_file() and filecmp.cmp(before, source, shallow=False)
            _link(before if same else source, target)
    (new / MANIFEST).write_bytes(manifest)


def _beginning(path: Path, count: int | None = None) -> bytes:
    """Return the first bytes of a file, or all of them."""
    with path.open("rb") as file:
        return file.read(count)


def _link(source: Path, target: Path) -> None:
    """Hard-link a file; copy it where the file system cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
