"""Write the files of a site, except the editions: all that may have changed since the last run."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from audio_edition import formats as publish
from audio_edition import translations
from audio_edition.formats import cover
from audio_edition.site import feed, inventory, opds, opds_atom, pages, search_index
from audio_edition.site.catalogue_entry import CatalogueEntry, main_language
from audio_edition.site.changes import Changes
from audio_edition.site.inventory import Site
from audio_edition.site.shelves import Shelf, shelves

OWN_FOLDERS = ("archive", "opds/editions", "opds", "search/editions", "search/words")
"""Folders in which no file is but the site's."""

_HERE = Path(__file__).parent
_SHARED = Path(publish.__file__).parent / "templates"
_DESIGN, _PLAYBACK = _SHARED / "design.css", _SHARED / "playback.js"
"""What the pages of editions and of the site have in common."""
_TRANSLATIONS = Path(translations.__file__).parent
_OWN = _HERE / "templates"
_ASSETS = {
    "style.css": (_DESIGN, _OWN / "style.css"),
    "icon.svg": (_OWN / "icon.svg",),
    "search.js": (_OWN / "search.js",),
    "listen.js": (_PLAYBACK, _OWN / "listen.js"),
}

File = tuple[str, bytes]
"""The path of a file, relative to the site, and what it is to hold."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the files of which a site has many: `facts` are what it is made from."""

    path: str
    facts: object
    content: Callable[[], str | bytes]


def files(folder: Path, old: Site | None, new: Site, changes: Changes, anew: bool) -> Iterator[File]:
    """Yield the files of the site in the order they must be written: targets before the pages that link to them.

    Of entries and shelves only those that changed or are missing; with `anew`, all.
    """
    there = present(folder)
    yield from search_index.shards(folder, changes.gone, changes.indexed, anew)
    same = old is not None and not anew and (old.facts, old.recipe) == (new.facts, new.recipe)
    before = {part.path: part.facts for part in _parts(old)} if old and same else {}
    for part in _parts(new):
        if part.path not in there or before.get(part.path) != part.facts:
            yield part.path, _bytes(part.content())
    if not same or not (folder / cover.NAME).exists():
        yield cover.NAME, cover.drawn(cover.Design(new.facts.title))
    yield from ((path, _bytes(content)) for path, content in _single(new))
    yield inventory.NAME, inventory.site_as_json(new)


def present(folder: Path) -> set[str]:
    """Return the paths of the files in the site's own folders."""
    found = set()
    for own in OWN_FOLDERS:
        with contextlib.suppress(FileNotFoundError), os.scandir(folder / own) as entries:
            found |= {f"{own}/{entry.name}" for entry in entries if entry.is_file()}
    return found


def expected(site: Site) -> set[str]:
    """Return the paths of the files that should be there."""
    return {part.path for part in _parts(site)} | expected_shards()


def expected_shards() -> set[str]:
    return {search_index.shard_path(name) for name in search_index.SHARD_NAMES}


@functools.cache
def recipe() -> str:
    """Return a hash of all files that pages are made from; it changes with the program."""
    hashed = hashlib.sha256()
    shared = (*_TRANSLATIONS.glob("*.toml"), _DESIGN, _PLAYBACK)
    for path in sorted([*_HERE.glob("*.py"), *_OWN.iterdir(), *shared]):
        hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()[:16]


def _parts(site: Site) -> Iterator[_Part]:
    facts, language = site.facts, main_language(site.entries)
    for entry in site.entries:
        yield _Part(opds.entry_path(entry), entry, functools.partial(opds.publication, facts, entry))
    for path, entries in _shown(site.entries):
        yield _Part(path, (entries, language), functools.partial(search_index.shown, entries, language))
    for shelf in shelves(site.entries, language):
        yield _Part(shelf.page, (shelf, language), functools.partial(pages.shelf_page, facts, shelf, language))
        yield _Part(shelf.catalogue, shelf, functools.partial(opds.shelf_feed, facts, shelf))
        yield _Part(opds_atom.atom_path(shelf), shelf, functools.partial(opds_atom.shelf_feed, facts, shelf))
    newest = functools.partial(opds_atom.newest_feed, facts, site.entries)
    yield _Part(opds_atom.NEWEST_FEED, (tuple(site.entries[: opds.NEWEST]), language), newest)


def _shown(entries: Iterable[CatalogueEntry]) -> Iterator[tuple[str, tuple[CatalogueEntry, ...]]]:
    by_number = sorted(entries, key=lambda entry: entry.number)
    for path, together in groupby(by_number, key=lambda entry: search_index.shown_path(entry.number)):
        yield path, tuple(together)


def _single(site: Site) -> Iterator[tuple[str, str | bytes]]:
    language = main_language(site.entries)
    shelved: Sequence[Shelf] = shelves(site.entries, language)
    for name, parts in _ASSETS.items():
        yield name, b"".join(part.read_bytes() for part in parts)
    yield "search.html", pages.search(site.facts, shelved, language)
    yield "accessibility.html", pages.accessibility(site)
    yield "404.html", pages.not_found(site.facts, urlsplit(site.facts.base_url).path, language)
    yield "index.html", pages.home(site, shelved)
    yield feed.NAME, feed.feed(site.facts, site.entries)
    yield opds.ROOT, opds.root(site.facts, site.entries, shelved)
    yield opds_atom.ROOT, opds_atom.root(site.facts, site.entries, shelved)
    yield "sitemap.xml", pages.sitemap(site, shelved)
    yield "robots.txt", pages.robots(site.facts)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
