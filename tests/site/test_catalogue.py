"""The catalogue is one of OPDS 2.0, by a schema of its rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from audio_edition.site import SiteOptions, publish_site
from support.small_editions import BASE, HOSTILE, small_edition

URL = {"type": "string", "pattern": r"^https://example\.org/listen/[!-~]*$"}
REL = {"type": ["string", "array"], "minLength": 1, "minItems": 1, "items": {"type": "string", "minLength": 1}}
TEXT = {"type": "string", "pattern": r"\S"}
LINK = {
    "type": "object",
    "required": ["href", "type"],
    "properties": {
        "href": URL,
        "type": {"type": "string", "pattern": r"^[a-z]+/[a-z0-9.+-]+$"},
        "rel": REL,
        "title": TEXT,
        "duration": {"type": "number", "exclusiveMinimum": 0},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}


def _with_rel(*rels: str) -> dict[str, Any]:
    """A link of one of these relations."""
    one = {"enum": list(rels)}
    return {"required": ["rel"], "properties": {"rel": {"anyOf": [one, {"type": "array", "contains": one}]}}}


ACQUISITION = "http://opds-spec.org/acquisition/open-access"
PUBLICATION = {
    "type": "object",
    "required": ["metadata", "links", "images"],
    "properties": {
        "metadata": {
            "type": "object",
            "required": ["@type", "title", "identifier", "language", "duration"],
            "properties": {
                "@type": {"const": "http://schema.org/Audiobook"},
                "title": TEXT,
                "author": TEXT,
                "publisher": TEXT,
                "description": TEXT,
                "identifier": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"},
                "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[0-9A-Za-z]{1,8})*$"},
                "published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
                "duration": {"type": "number", "exclusiveMinimum": 0},
            },
            "additionalProperties": False,
        },
        "links": {
            "type": "array",
            "items": LINK,
            "allOf": [{"contains": _with_rel("self")}, {"contains": _with_rel(ACQUISITION)}],
        },
        "images": {
            "type": "array",
            "items": LINK,
            "contains": {"properties": {"type": {"enum": ["image/jpeg", "image/png", "image/gif"]}}},
        },
    },
    "additionalProperties": False,
}
FEED = {
    "type": "object",
    "required": ["metadata", "links"],
    "anyOf": [{"required": ["publications"]}, {"required": ["navigation"]}, {"required": ["groups"]}],
    "properties": {
        "metadata": {
            "type": "object",
            "required": ["title"],
            "properties": {"title": TEXT, "numberOfItems": {"type": "integer", "minimum": 0}},
            "additionalProperties": False,
        },
        "links": {"type": "array", "items": LINK, "contains": _with_rel("self")},
        "navigation": {"type": "array", "minItems": 1, "items": {**LINK, "required": ["href", "type", "title"]}},
        "publications": {"type": "array", "minItems": 1, "items": PUBLICATION},
    },
    "additionalProperties": False,
}
"""OPDS 2.0: collection roles, navigation, publications, images, acquisition links; no blank values."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    editions = [
        small_edition(output, "Ferry", byline="", source=""),
        small_edition(output, "Ohne Datum", published="", language="de"),
        small_edition(output, "Only sound", formats=["mp3"], published="2025-01-01"),
        small_edition(output, HOSTILE, [HOSTILE], byline=HOSTILE, source=HOSTILE, language='"><script>'),
    ]
    site = tmp_path_factory.mktemp("published") / "site"
    publish_site(site, editions, options=SiteOptions(BASE, HOSTILE))
    return site


def test_the_catalogue_is_valid(site: Path) -> None:
    """Root, months and single editions keep the rules, whatever the editions lack."""
    feeds = [site / "opds.json", *site.glob("opds/*.json")]
    assert len(feeds) == 4
    for path in feeds:
        jsonschema.validate(json.loads(path.read_bytes()), FEED)
    entries = list(site.glob("opds/editions/*.json"))
    assert len(entries) == 4
    for path in entries:
        jsonschema.validate(json.loads(path.read_bytes()), PUBLICATION)


def test_a_catalogue_of_nothing_is_valid(tmp_path: Path) -> None:
    """An empty site has an empty catalogue, not a broken one."""
    publish_site(tmp_path / "site", options=SiteOptions(BASE))
    jsonschema.validate(json.loads((tmp_path / "site/opds.json").read_bytes()), FEED)


@pytest.mark.parametrize("broken", ["self", "images", "acquisition", "blank"])
def test_the_schema_would_find_what_is_wrong(site: Path, broken: str) -> None:
    """A missing self link, picture or acquisition, or a blank value, is found."""
    catalogue = json.loads((site / "opds.json").read_bytes())
    publication = catalogue["publications"][0]
    if broken == "self":
        publication["links"] = [link for link in publication["links"] if link["rel"] != "self"]
    elif broken == "images":
        publication["images"] = []
    elif broken == "acquisition":
        publication["links"] = [link for link in publication["links"] if link["rel"] != ACQUISITION]
    else:
        publication["metadata"]["author"] = ""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(catalogue, FEED)


def test_every_file_is_offered_as_what_it_is(site: Path) -> None:
    """Each whole package has an acquisition link with its media type; links lead to files of the site."""
    (entry,) = site.glob("opds/editions/*ferry.json")
    links = json.loads(entry.read_bytes())["links"]
    offered = {link["type"]: link["href"] for link in links if link["rel"] == ACQUISITION}
    assert list(offered) == ["application/epub+zip", "application/zip", "audio/mp4", "audio/mpeg"]
    for href in offered.values():
        assert (site / href.removeprefix(BASE)).is_file()


def test_a_root_leads_to_every_edition(site: Path) -> None:
    """Its navigation names the months, and they hold all editions."""
    root = json.loads((site / "opds.json").read_bytes())
    assert [link["title"] for link in root["navigation"]] == ["November 2026", "January 2025", "Without a date"]
    feeds = [json.loads((site / link["href"].removeprefix(BASE)).read_bytes()) for link in root["navigation"]]
    assert sum(feed["metadata"]["numberOfItems"] for feed in feeds) == root["metadata"]["numberOfItems"] == 4


# --- OPDS 1.2

_ATOM = "{http://www.w3.org/2005/Atom}"


def _atom(path: Path) -> Any:
    return etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))


def test_old_reading_apps_find_every_edition_from_the_root(site: Path) -> None:
    """The root leads to the newest and to each shelf; each edition is in one shelf, with its files, EPUB first."""
    root = _atom(site / "opds.xml")
    links = [link for entry in root.iter(f"{_ATOM}entry") for link in entry.iter(f"{_ATOM}link")]
    targets = [link.get("href").removeprefix(BASE) for link in links]
    assert targets[0] == "opds/newest.xml"
    assert {str(path.relative_to(site)) for path in site.glob("opds/*.xml")} == set(targets)
    held = [entry for path in targets[1:] for entry in _atom(site / path).iter(f"{_ATOM}entry")]
    shelved = [entry.findtext(f"{_ATOM}id") for entry in held]
    names = {json.loads(path.read_bytes())["metadata"]["identifier"] for path in site.glob("opds/editions/*.json")}
    assert sorted(shelved) == sorted(names)
    for path in targets:
        for entry in _atom(site / path).iter(f"{_ATOM}entry"):
            files = [link for link in entry.iter(f"{_ATOM}link") if link.get("rel") == ACQUISITION]
            assert files
            assert [link.get("type") for link in files].index("audio/mpeg") == len(files) - 1
            for link in files:
                file = site / link.get("href").removeprefix(BASE)
                assert file.stat().st_size == int(link.get("length"))


def test_old_feeds_are_atom(site: Path) -> None:
    """Each feed and entry has id, title, date and links with absolute addresses (RFC 4287; OPDS 1.2, 2 and 5)."""
    for path in [site / "opds.xml", *site.glob("opds/*.xml")]:
        feed = _atom(path)
        kind = "navigation" if path.name == "opds.xml" else "acquisition"
        links = {link.get("rel"): link for link in feed.findall(f"{_ATOM}link")}
        assert links["self"].get("type") == f"application/atom+xml;profile=opds-catalog;kind={kind}"
        assert links["self"].get("href") == f"{BASE}{path.relative_to(site)}"
        assert links["start"].get("href") == f"{BASE}opds.xml"
        for part in [feed, *feed.iter(f"{_ATOM}entry")]:
            assert all(part.findtext(f"{_ATOM}{name}") for name in ("id", "title", "updated"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", part.findtext(f"{_ATOM}updated"))
        assert all(link.get("href").startswith(BASE) for link in feed.iter(f"{_ATOM}link"))
