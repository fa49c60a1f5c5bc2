"""site.json: a site's title and address, and the entry of each edition, so that editions need not be opened again."""

from __future__ import annotations

import dataclasses
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from audio_edition.edition.folder import EditionFile
from audio_edition.errors import SiteError
from audio_edition.model.characters import one_line
from audio_edition.site.catalogue_entry import CatalogueEntry

NAME: Final = "site.json"
_FORMAT, _VERSION = "audio-edition-site", 1
_PODCAST = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of podcast:guid (podcast-namespace, docs/tags/guid.md)."""
_FOLDER_NAME = re.compile(r"[0-9a-z][0-9a-z-]{0,99}")
_ADDRESS = re.compile(r"[!#-;=?-~]+")
"""What an address may hold: ASCII without spaces, quotation marks, angle brackets."""
_FILE_FIELDS = tuple(known.name for known in dataclasses.fields(EditionFile))
_ENTRY_FIELDS = tuple(known.name for known in dataclasses.fields(CatalogueEntry) if known.name != "files")
_ENTRY_KINDS = [int if name in ("number", "milliseconds") else str for name in _ENTRY_FIELDS]
_MOST_BYTES = 4000
"""Of a title or description, as Apple Podcasts takes it."""
_LOST = "Mend it, or delete it and publish again with --base-url; the editions in the folder are found again."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a site says of itself. `base_url` ends with a slash; `contact` is an e-mail or web address."""

    title: str
    base_url: str
    guid: str
    description: str
    contact: str = ""
    certifier: str = ""
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """A site and its editions, the newest first. `next_number` is what the search index calls the next one: a number is
    never given twice, so that what a browser kept of an older index never leads to another edition. `recipe` tells with
    which templates the pages were made."""

    facts: Facts
    entries: tuple[CatalogueEntry, ...] = ()
    next_number: int = 0
    recipe: str = ""
    by_name: Mapping[str, CatalogueEntry] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {entry.name: entry for entry in self.entries})

    def holding(self, entries: Sequence[CatalogueEntry], next_number: int) -> Site:
        """Return the site with other editions, the newest first. Undated ones come last; those of one day are sorted by
        name."""
        ordered = sorted(sorted(entries, key=lambda entry: entry.name), key=lambda entry: entry.published, reverse=True)
        return dataclasses.replace(self, entries=tuple(ordered), next_number=next_number)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What a user wants a site to say of itself; None leaves it as it was."""

    base_url: str | None = None
    title: str | None = None
    description: str | None = None
    contact: str | None = None
    certifier: str | None = None
    robots: bool | None = None

    def given(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: one_line(value) if isinstance(value, str) else value
            for name, value in values.items()
            if value is not None
        }


def read_site(folder: Path) -> Site | None:
    """Return the content of site.json; None if there is no such file. Raises SiteError."""
    path = folder / NAME
    try:
        return _site(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SiteError(f"{path} can't be read ({error.strerror}).", "Name the folder of a site.") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SiteError(f"{path} is not what publish wrote ({str(error)[:100]}).", _LOST) from error


def site_as_json(site: Site) -> bytes:
    """Return the content of site.json, one entry to a line."""
    head = {"format": _FORMAT, "version": _VERSION, **dataclasses.asdict(site.facts)}
    head |= {"next_number": site.next_number, "recipe": site.recipe}
    entries = ",\n".join(_compact(_entry_as_json(entry)) for entry in site.entries)
    return f'{_compact(head)[:-1]},"editions":[\n{entries}\n]}}\n'.encode()


def site_with(old: Site | None, options: SiteOptions, called: str, about: str) -> Site:
    """Return the site as it was, or a new one, as the options say; `called` and `about` are a new one's title and
    description where none are given. Raises SiteError."""
    given = options.given()
    if "base_url" in given:
        given["base_url"] = _checked_base(given["base_url"])
    for name in ("title", "description"):
        _check_words(name, given.get(name, "x"))
    if given.get("contact"):
        _check_contact(given["contact"])
    if old:
        return dataclasses.replace(old, facts=dataclasses.replace(old.facts, **given))
    if "base_url" not in given:
        raise SiteError(
            "A new site has to know its address, which its feeds hold.",
            "Name it, such as: --base-url https://example.org/listen/",
        )
    return Site(Facts(**{"title": called, "description": about, "guid": _guid(given["base_url"]), **given}))


def is_folder_name(name: str) -> bool:
    """Whether an edition's folder in a site may be called so."""
    return _FOLDER_NAME.fullmatch(name) is not None


def _site(value: Any) -> Site:
    if value.pop("format") != _FORMAT or value.pop("version") != _VERSION:
        raise ValueError("not a site of a version that this program knows")
    entries = tuple(_entry_from_json(entry) for entry in value.pop("editions"))
    next_number, recipe = value.pop("next_number"), value.pop("recipe")
    if any(not isinstance(text, str) for name, text in value.items() if name != "robots"):
        raise ValueError("a fact is of the wrong kind")
    if not isinstance(next_number, int) or not isinstance(recipe, str):
        raise ValueError("a number is of the wrong kind")
    return Site(Facts(**value | {"base_url": _checked_base(value["base_url"])}), entries, next_number, recipe)


def _entry_as_json(entry: CatalogueEntry) -> dict[str, Any]:
    """Return an entry as JSON; each of its files is the list of its values."""
    files = [[getattr(file, name) for name in _FILE_FIELDS] for file in entry.files]
    return {name: getattr(entry, name) for name in _ENTRY_FIELDS} | {"files": files}


def _entry_from_json(value: Any) -> CatalogueEntry:
    kinds = [type(value[name]) for name in _ENTRY_FIELDS]
    if kinds != _ENTRY_KINDS or not is_folder_name(value["name"]):
        raise ValueError(f"an edition's entry is invalid: {str(value['name'])[:60]}")
    return CatalogueEntry(**value | {"files": tuple(EditionFile(*file) for file in value["files"])})


def _checked_base(url: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        _ = parts.port  # raises ValueError for one that can't be
    except ValueError:
        sound = False
    if not sound or not _ADDRESS.fullmatch(url) or "@" in url:
        raise SiteError(
            f"--base-url {url}: this is not the address of a site.", "Write it as https://example.org/listen/"
        )
    return url.rstrip("/") + "/"


def _check_words(name: str, text: str) -> None:
    """Raise SiteError if the text is empty or longer than podcast directories accept."""
    if not text.strip() or len(text.encode("utf-8", "replace")) > _MOST_BYTES:
        raise SiteError(f"--{name}: this is empty, or too long.", f"Write a few words, of {_MOST_BYTES} bytes at most.")


def _check_contact(contact: str) -> None:
    mail = re.fullmatch(r"[0-9A-Za-z._+-]{1,64}@[0-9A-Za-z.-]{1,253}", contact)
    web = contact.startswith(("https://", "http://")) and _ADDRESS.fullmatch(contact)
    if not mail and not web:
        raise SiteError(
            f"--contact {contact}: this is not an e-mail or web address.", "Write it as listen@example.org or https://…"
        )


def _guid(base_url: str) -> str:
    """Return a guid made from the feed's first address; it never changes (podcast-namespace, docs/tags/guid.md)."""
    return str(uuid.uuid5(_PODCAST, f"{base_url.partition('://')[2]}feed.xml"))


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
