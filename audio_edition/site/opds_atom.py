"""The catalogue for reading apps that know OPDS 1.2 alone: Atom, with a feed of the newest editions and one a shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audio_edition.edition.folder import EditionFile
from audio_edition.formats import cover
from audio_edition.formats.archive import EPOCH_DATE
from audio_edition.formats.pages import template
from audio_edition.site.catalogue_entry import CatalogueEntry, main_language
from audio_edition.site.inventory import Facts
from audio_edition.site.opds import NEWEST
from audio_edition.site.shelves import Shelf
from audio_edition.translations import words_for

ROOT = "opds.xml"
NEWEST_FEED = "opds/newest.xml"
NAVIGATION_TYPE = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_BY_NEED = ("epub", "audiobook", "daisy202", "daisy3", "m4b", "mp3")
"""The order in which files are offered: e-book readers pass over what begins with a type that they do not know."""


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed that the root leads to, relative to the site's root like all addresses here."""

    path: str
    title: str
    updated: str
    rel: str


def root(facts: Facts, entries: Sequence[CatalogueEntry], shelved: Sequence[Shelf]) -> str:
    """Return `opds.xml`, which leads to the feeds."""
    words = words_for("site", main_language(entries))
    newest = _Feed(NEWEST_FEED, words["newest_editions"], _updated(entries), "http://opds-spec.org/sort/new")
    feeds = [_Feed(atom_path(shelf), shelf.title, _updated(shelf.entries), "subsection") for shelf in shelved]
    return template("opds.xml", "audio_edition.site").render(
        **_facts(facts, ROOT, facts.title, _updated(entries)),
        feeds=[newest, *feeds] if entries else [],
        entries=(),
        kind=NAVIGATION_TYPE,
    )


def newest_feed(facts: Facts, entries: Sequence[CatalogueEntry]) -> str:
    """Return the feed of the newest editions."""
    title = words_for("site", main_language(entries))["newest_editions"]
    return _acquisition(facts, NEWEST_FEED, title, entries[:NEWEST])


def shelf_feed(facts: Facts, shelf: Shelf) -> str:
    """Return the feed of a shelf."""
    return _acquisition(facts, atom_path(shelf), shelf.title, shelf.entries)


def atom_path(shelf: Shelf) -> str:
    """Return the path of that feed."""
    return f"opds/{shelf.name}.xml"


def _acquisition(facts: Facts, path: str, title: str, entries: Sequence[CatalogueEntry]) -> str:
    return template("opds.xml", "audio_edition.site").render(
        **_facts(facts, path, title, _updated(entries)), feeds=(), entries=entries, kind=ACQUISITION_TYPE
    )


def _facts(facts: Facts, path: str, title: str, updated: str) -> dict[str, object]:
    return {
        "facts": facts,
        "path": path,
        "title": title,
        "updated": updated,
        "root": ROOT,
        "navigation": NAVIGATION_TYPE,
        "acquisition": ACQUISITION_TYPE,
        "files": _files,
        "picture": _picture,
        "day": _day,
    }


def _files(entry: CatalogueEntry) -> list[tuple[EditionFile, str]]:
    return sorted(entry.offered, key=lambda offer: _BY_NEED.index(offer[0].format))


def _picture(entry: CatalogueEntry) -> str:
    return f"{entry.folder}{cover.NAME}" if entry.file(cover.NAME) else cover.NAME


def _day(published: str) -> str:
    """Return the start of a day as Atom has it."""
    return f"{published or EPOCH_DATE}T00:00:00Z"


def _updated(entries: Iterable[CatalogueEntry]) -> str:
    return _day(max((entry.published for entry in entries), default=""))
