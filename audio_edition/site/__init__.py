"""Site: the folders of finished editions become a website with search, feed and catalogue, or join one.

Beside `edition.py`, not a stage. Every edition and every file appears whole, by one rename; editions come before the
pages that lead to them, and go after. A run that was cut short leaves a mark, and the next one makes all pages anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio_edition import atomic
from audio_edition.errors import SiteError
from audio_edition.model import Finding
from audio_edition.site import inventory
from audio_edition.site.catalogue_entry import main_language
from audio_edition.site.changes import EDITIONS, Changes, changes
from audio_edition.site.copying import copied, take_away
from audio_edition.site.files import expected, expected_shards, files, present, recipe
from audio_edition.site.inventory import Site, SiteOptions
from audio_edition.translations import Words, words_for

__all__ = ["Published", "SiteOptions", "publish_site"]

_UNFINISHED = ".unfinished"
_LEFT = re.compile(rf"\.[a-z]+\.(?:css|html|js|json|png|svg|txt|xml)\.[0-9a-z_]{{8}}{re.escape(atomic.NEW)}")
"""What a killed run left of a page."""
_NO_OPTIONS = SiteOptions()


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a run: names of editions as the site calls them, and how many other files were written."""

    site: Site
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    written: int
    findings: tuple[Finding, ...]


def publish_site(
    folder: Path, editions: Sequence[Path] = (), remove: Sequence[str] = (), options: SiteOptions = _NO_OPTIONS
) -> Published:
    """Add editions to the site in `folder`, or replace them, and take away those named in `remove`. Pages, feed,
    catalogue and search index follow; what does not change is not written. Raises SiteError, EditionError."""
    with _clear_disk_errors(folder), _alone(folder):
        old = inventory.read_site(folder)
        _check_free(folder, old)
        anew = old is None or (folder / _UNFINISHED).exists() or not expected_shards() <= present(folder)
        change = changes(folder, old, editions, remove, anew)
        words = words_for("site", main_language(change.entries))
        site = inventory.site_with(old, options, _called(change, words), words["about"])
        site = dataclasses.replace(site.holding(change.entries, change.next_number), recipe=recipe())
        written = _carry_out(folder, old, site, change, anew)
    return Published(site, change.added, change.replaced, change.removed, written, _findings(site, change))


def _carry_out(folder: Path, old: Site | None, site: Site, change: Changes, anew: bool) -> int:
    """Apply the changes and return the number of files written, not counting editions."""
    with copied(change.brought, folder / EDITIONS) as put_in_place:
        (folder / _UNFINISHED).touch()
        put_in_place()
    written = sum(_put(folder / path, content) for path, content in files(folder, old, site, change, anew))
    unwanted = [folder / path for path in present(folder) - expected(site)]
    for path in (*unwanted, *(path for path in folder.iterdir() if _LEFT.fullmatch(path.name))):
        path.unlink()
    take_away(change.removed, folder / EDITIONS)
    (folder / _UNFINISHED).unlink()
    return written


def _put(path: Path, content: bytes) -> bool:
    """Write a file where it is not so already."""
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic.handed_out_file(path) as file:
        file.write(content)
    return True


def _called(change: Changes, words: Words) -> str:
    """Return a title for a new site: who publishes all of its editions, if that is one."""
    publishers = {entry.source for entry in change.entries}
    return (publishers.pop() if len(publishers) == 1 else "") or words["title"]


def _findings(site: Site, change: Changes) -> tuple[Finding, ...]:
    names = (*change.added, *change.replaced)
    undated = (
        Finding(
            id="edition-without-date",
            level="warning",
            message="The edition has no date: the site lists it last, and podcast apps may put it anywhere.",
            place=name,
            remedy="Build it with --date, publish it again, and remove this one.",
        )
        for name in names
        if not site.by_name[name].published
    )
    previews = (
        Finding(
            id="preview-left-out",
            level="warning",
            message="This is a preview, only the first minute: it was left out.",
            place=str(folder),
            remedy="To publish the whole, build its document without --preview.",
        )
        for folder in change.previews
    )
    return (*previews, *undated)


def _check_free(folder: Path, old: Site | None) -> None:
    """Raise SiteError if the folder is neither a site nor empty."""
    if old is None and any(not path.name.startswith(".") and path.name != EDITIONS for path in folder.iterdir()):
        raise SiteError(
            f"{folder}: this folder is neither a site nor empty.", "Name an empty or new folder with --site."
        )


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lock the folder against other runs. A folder created for a site that failed is removed again."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with atomic.only_run(folder) as only:
            if not only:
                raise SiteError(f"{folder}: another run is changing this site.", "Publish again when it is done.")
            yield
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def _clear_disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise SiteError(
            f"{error.filename or folder}: the site could not be written ({error.strerror or error}).",
            "Make room on the disk, and publish again." if full else "Name another folder with --site.",
        ) from error
