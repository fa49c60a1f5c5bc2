"""Work out what has to change in a site when editions are added or removed.

Nothing is written here, so an invalid edition stops the run before anything is touched.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio_edition.edition.folder import EditionFile, manifest_of, read_edition
from audio_edition.errors import SiteError
from audio_edition.model import EDITION_JSON as MANIFEST
from audio_edition.site.catalogue_entry import CatalogueEntry, entry_of, name_of, texts
from audio_edition.site.copies import as_built, page_of
from audio_edition.site.inventory import Site, is_folder_name
from audio_edition.site.search_index import Indexed, indexed

EDITIONS = "editions"


@dataclass(frozen=True, slots=True)
class Brought:
    """An edition to copy into the site: its folder and the files it lists. `page` is the path of the page that gets a
    link back to the site, labelled in `language`."""

    folder: Path
    files: tuple[EditionFile, ...]
    manifest_sha256: str
    page: str
    language: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes.

    `brought` are the editions to copy, by name; `added`, `replaced` and `removed` are names; `previews` are the folders
    of editions left out because they are previews; `entries` are all editions that the site will hold. The numbers in
    `gone` leave the search index, `indexed` joins it.
    """

    brought: Mapping[str, Brought]
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    previews: tuple[Path, ...]
    entries: tuple[CatalogueEntry, ...]
    next_number: int
    indexed: tuple[Indexed, ...]
    gone: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Read:
    """An edition that was read, without its chapters, which need much memory. Its number is assigned later."""

    source: Brought
    entry: CatalogueEntry
    words: Indexed
    preview: bool


def changes(folder: Path, old: Site | None, editions: Iterable[Path], remove: Sequence[str], anew: bool) -> Changes:
    """Return what has to change in the site at `folder`.

    A folder in it that site.json does not list (after a lost file or an interrupted run) is taken as it is; `anew`
    reads all editions again. Raises SiteError, EditionError.
    """
    known = old.by_name if old else {}
    here = _names_in(folder / EDITIONS)
    if unknown := sorted(set(remove) - here - known.keys()):
        raise SiteError(
            f"The site holds no edition {unknown[0]!r}.",
            f"Its editions are called as the folders in {folder / EDITIONS}.",
        )
    staying = here - set(remove)
    unread = sorted(staying if anew else staying - known.keys())
    read = {name: _read(folder / EDITIONS / name, name) for name in unread}
    entries = {name: entry for name, entry in known.items() if name in staying and name not in read}
    coming, previews = _coming(
        editions, {entry.manifest_sha256 for entry in (*entries.values(), *(one.entry for one in read.values()))}
    )
    read |= coming
    next_number = old.next_number if old else 0
    fresh, next_number = _numbered(read, known, next_number)
    left = known.keys() - staying - coming.keys()
    return Changes(
        brought={name: one.source for name, one in coming.items()},
        added=tuple(name for name in read if name not in known),
        replaced=tuple(name for name in coming if name in known),
        removed=tuple(sorted(left | (here & set(remove)) - coming.keys())),
        previews=previews,
        entries=(*entries.values(), *fresh.values()),
        next_number=next_number,
        indexed=tuple(dataclasses.replace(read[name].words, number=entry.number) for name, entry in fresh.items()),
        gone=frozenset(known[name].number for name in left | (known.keys() & coming.keys())),
    )


def _names_in(editions: Path) -> set[str]:
    if not editions.is_dir():
        return set()
    return {path.name for path in editions.iterdir() if is_folder_name(path.name) and (path / MANIFEST).is_file()}


def _coming(paths: Iterable[Path], same: set[str]) -> tuple[dict[str, _Read], tuple[Path, ...]]:
    """Return the editions that are new or changed, by the names they will have in the site, and the folders of
    previews, which are not published."""
    coming: dict[str, _Read] = {}
    previews: list[Path] = []
    for path in paths:
        folder = path.parent if path.name == MANIFEST else path
        if hashlib.sha256(manifest_of(folder)).hexdigest() in same:
            continue
        read = _read(folder)
        if read.preview:
            previews.append(folder)
            continue
        name = read.entry.name
        if (other := coming.get(name)) and other.entry.manifest_sha256 != read.entry.manifest_sha256:
            raise SiteError(
                f"{folder} and {other.source.folder} would both be called {name} in the site.",
                "Rename the folder of one, or build it with its date: --date.",
            )
        coming[name] = read
    return coming, tuple(previews)


def _read(folder: Path, name: str = "") -> _Read:
    """Read an edition; `name` is its name in the site, if it is there already."""
    edition = as_built(read_edition(folder)) if name else read_edition(folder)
    if not edition.has_text:
        raise SiteError(
            f"{folder} was built with --text none, but a site shows the text and searches it.",
            "Hand out its books, or build it again without --text none.",
        )
    edition.whole_sound()  # which feeds enclose
    entry = entry_of(edition, name or name_of(edition))
    source = Brought(folder, edition.files, edition.manifest_sha256, page_of(edition), edition.language)
    return _Read(source, entry, indexed(0, edition.title, texts(edition)), edition.preview)


def _numbered(
    read: Mapping[str, _Read], known: Mapping[str, CatalogueEntry], next_number: int
) -> tuple[dict[str, CatalogueEntry], int]:
    """Return the entries of the editions read. Those already in the site keep their number and guid; new ones get the
    next numbers, the oldest first."""
    entries = {}
    for name, one in sorted(read.items(), key=lambda item: (item[1].entry.published, item[0])):
        if before := known.get(name):
            entries[name] = dataclasses.replace(one.entry, number=before.number, guid=before.guid)
        else:
            entries[name] = dataclasses.replace(one.entry, number=next_number)
            next_number += 1
    return entries, next_number
