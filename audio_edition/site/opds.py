"""The catalogue for reading apps: OPDS 2.0, with the newest editions at its root and a feed for each shelf."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from audio_edition.formats import cover
from audio_edition.site.catalogue_entry import CatalogueEntry
from audio_edition.site.inventory import Facts
from audio_edition.site.shelves import Shelf

ROOT = "opds.json"
NEWEST = 50
"""Editions at the root."""
FEED_TYPE = "application/opds+json"
PUBLICATION_TYPE = "application/opds-publication+json"
_ACQUIRED = "http://opds-spec.org/acquisition/open-access"
_BY_NEED = ("audiobook", "epub", "daisy202", "daisy3", "m4b", "mp3")
"""The order in which files are offered: many apps take the first that they know."""


def root(facts: Facts, entries: Sequence[CatalogueEntry], shelved: Sequence[Shelf]) -> str:
    """Return `opds.json`."""
    links = [
        _link(facts, ROOT, FEED_TYPE, rel=["self", "start"]),
        _link(facts, "", "text/html", rel="alternate"),
    ]
    catalogue: dict[str, Any] = {"metadata": {"title": facts.title, "numberOfItems": len(entries)}, "links": links}
    shelf_links = [_link(facts, shelf.catalogue, FEED_TYPE, rel="subsection", title=shelf.title) for shelf in shelved]
    catalogue["navigation"] = shelf_links or [_link(facts, "", "text/html", title=facts.title)]
    if entries:
        catalogue["publications"] = [_publication(facts, entry) for entry in entries[:NEWEST]]
    return _as_json(catalogue)


def shelf_feed(facts: Facts, shelf: Shelf) -> str:
    """Return the feed of a shelf."""
    links = [
        _link(facts, shelf.catalogue, FEED_TYPE, rel="self"),
        _link(facts, ROOT, FEED_TYPE, rel="start"),
        _link(facts, shelf.page, "text/html", rel="alternate"),
    ]
    publications = [_publication(facts, entry) for entry in shelf.entries]
    metadata = {"title": shelf.title, "numberOfItems": len(shelf.entries)}
    return _as_json({"metadata": metadata, "links": links, "publications": publications})


def publication(facts: Facts, entry: CatalogueEntry) -> str:
    """Return the document of one edition."""
    return _as_json(_publication(facts, entry))


def entry_path(entry: CatalogueEntry) -> str:
    """Return the path of that document."""
    return f"opds/editions/{entry.name}.json"


def _publication(facts: Facts, entry: CatalogueEntry) -> dict[str, Any]:
    metadata = {
        "@type": "http://schema.org/Audiobook",
        "identifier": entry.guid,
        "title": entry.title,
        "author": entry.author,
        "publisher": entry.source,
        "language": entry.language,
        "published": entry.published,
        "description": f"{entry.description} {entry.disclosure}".strip(),
        "duration": entry.milliseconds / 1000,
    }
    picture = f"{entry.folder}{cover.NAME}" if entry.file(cover.NAME) else cover.NAME
    return {
        "metadata": {name: value for name, value in metadata.items() if value != ""},
        "links": [
            _link(facts, entry_path(entry), PUBLICATION_TYPE, rel="self"),
            _link(facts, entry.page, "text/html", rel="alternate"),
            *_acquisitions(facts, entry),
        ],
        "images": [_link(facts, picture, "image/png", width=cover.SIDE, height=cover.SIDE)],
    }


def _acquisitions(facts: Facts, entry: CatalogueEntry) -> list[dict[str, Any]]:
    offered = sorted(entry.offered, key=lambda offer: _BY_NEED.index(offer[0].format))
    return [
        _link(
            facts,
            entry.folder + file.path,
            file.media_type,
            rel=_ACQUIRED,
            title=title,
            **_length(entry, file.media_type),
        )
        for file, title in offered
    ]


def _length(entry: CatalogueEntry, media_type: str) -> dict[str, float]:
    return {"duration": entry.milliseconds / 1000} if media_type.startswith("audio/") and entry.milliseconds else {}


def _link(facts: Facts, path: str, media_type: str, **more: Any) -> dict[str, Any]:
    return {"href": facts.base_url + path, "type": media_type, **more}


def _as_json(value: dict[str, Any]) -> str:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"
