"""Settings: defaults, under what audio-edition.toml says, under what the caller says.

`load_settings` gives the first two, `overlaid` lays what the caller says over them.
"""

from __future__ import annotations

import datetime
import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from audio_edition.cache import LIMIT_BYTES
from audio_edition.errors import SettingsError, place_in
from audio_edition.model import TEMPLATE_FIELDS, Notes, Pauses, Speech, Struck, is_language_tag

FILE_NAME = "audio-edition.toml"
LONGEST_PAUSE_SECONDS = 60
RATES_WPM = (80, 450)
_LONGEST_FILE_BYTES = 1 << 20
_LEAST_CACHE_BYTES = 100_000_000
"""Whoever wrote the settings of a folder may be somebody else than who builds in it."""
_MEND_FILE = "Mend it, or start from the README's example."
_LANGUAGE_OR_PART = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*|quote|heading", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([KMGT]?)B", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that shapes an edition besides its document, and how much the cache may hold. No `formats` means all; `date`
    is ISO 8601, `colour` the publication's, such as `#12355b`.

    `notes` says where an article's notes are read, `struck` what is made of words that are struck out; `keep_all` reads
    what looks like boilerplate too; with `strict`, a sentence that the engine can't say ends the build. `opening` and
    `ending` are templates of what announces an issue of many articles, unless there are to be no `announcements`.
    `allow_private` lets documents be fetched from this machine and private networks. `lexicons` are those named for
    this run: they go over one beside the article, which goes over those of `speech`.
    """

    speech: Speech = field(default_factory=Speech)
    pauses: Pauses = field(default_factory=Pauses)
    formats: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    certifier: str = ""
    colour: str = ""
    title: str = ""
    author: str = ""
    notes: Notes = "after"
    struck: Struck = "said"
    keep_all: bool = False
    strict: bool = False
    announcements: bool = True
    opening: tuple[str, ...] = ()
    ending: str = ""
    lexicons: tuple[Path, ...] = ()
    cache_bytes: int = LIMIT_BYTES
    allow_private: bool = False


def load_settings(path: Path | None = None) -> Settings:
    """The defaults, under the file at `path`, or under audio-edition.toml of the current folder where there is one.

    Raises SettingsError that names file, key and remedy.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not os.path.lexists(path):
            return Settings()
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_FILE_BYTES + 1)
        if len(text) > _LONGEST_FILE_BYTES:
            raise SettingsError(f"{path}: the settings are larger than a megabyte.", _MEND_FILE)
        tables = tomllib.loads(text.decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: the settings can't be read ({error.strerror}).", "Check --config.") from error
    except (ValueError, RecursionError) as error:
        place = f" at {where}" if (where := place_in(error)) else ""
        raise SettingsError(f"{path}: this is not TOML{place}.", _MEND_FILE) from error
    try:
        settings = overlaid(Settings(), tables)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error.message}", error.remedy) from error
    if settings.cache_bytes < _LEAST_CACHE_BYTES:
        raise SettingsError(
            f"{path}: cache.size is less than {_LEAST_CACHE_BYTES // 10**6} MB, and all projects share the cache.",
            "Make it larger here, or name a smaller size for one run: --cache-size",
        )
    # A lexicon that the file names lies where the file lies.
    lexicons = tuple(path.parent / lexicon for lexicon in settings.speech.lexicons)
    return replace(settings, speech=replace(settings.speech, lexicons=lexicons))


def write_example(path: Path) -> None:
    """Write a settings file that says what there is, all of it commented out; never over a file that is there."""
    example = resources.files("audio_edition").joinpath("example.toml").read_bytes()
    try:
        with path.open("xb") as file:
            file.write(example)
    except FileExistsError as error:
        raise SettingsError(f"{path} is there already.", "Edit it, or move it away for a new one.") from error
    except OSError as error:
        raise SettingsError(f"{path} can't be written ({error.strerror}).", "Go to a folder of your own.") from error


def overlaid(settings: Settings, tables: Mapping[str, Any]) -> Settings:
    """The settings, with what the tables of audio-edition.toml ([speech] and so on; see README) say laid over them."""
    for name, table in tables.items():
        known(name, ("speech", "voices", "pauses", "edition", "cache"), "The table")
        if not isinstance(table, Mapping):
            raise SettingsError(f"{name} must be a table.", f"Write it as [{name}] on a line of its own.")
    speech = replace(settings.speech, **_checked(tables.get("speech", {}), _SPEECH, "speech"))
    return replace(
        settings,
        speech=replace(speech, voices=_with_voices(speech.voices, tables.get("voices", {}))),
        pauses=_with_pauses(settings.pauses, tables.get("pauses", {})),
        **_checked(tables.get("edition", {}), _EDITION, "edition"),
        **_checked(tables.get("cache", {}), _CACHE, "cache"),
    )


def _with_voices(voices: Mapping[str, str], named: Mapping[str, Any]) -> Mapping[str, str]:
    """The voices, with those named for a language or a part laid over them."""
    changed = {}
    for part, voice in named.items():
        if not _LANGUAGE_OR_PART.fullmatch(part):
            remedy = "Name a language (fr, pt-BR), quote, or heading."
            raise SettingsError(f"In [voices], {_repr(part)} is nothing that can have a voice.", remedy)
        if not _text(f"voices.{part}", voice).strip():
            raise SettingsError(f"voices.{part} is empty.", "Name a voice; see: audio-edition voices")
        changed[part.casefold()] = voice.strip()
    return {**voices, **changed}


def _with_pauses(pauses: Pauses, seconds: Mapping[str, Any]) -> Pauses:
    """The pauses, with those named (`before-heading`) set anew, in seconds."""
    changed = {}
    for name, value in seconds.items():
        place = name.replace("-", "_")
        known(place, Pauses.__dataclass_fields__, "The pause")
        changed[place] = round(1000 * number(f"pauses.{name}", value, 0, LONGEST_PAUSE_SECONDS))
    return replace(pauses, **changed)


def number(name: str, value: Any, lowest: float, highest: float) -> float:
    """The value, if it is a number in the range; SettingsError otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
        raise SettingsError(f"{name} is {_repr(value)}.", f"Give a number from {lowest} to {highest}.")
    return value


def language_tag(name: str, value: Any) -> str:
    """The value, if it looks like a BCP 47 tag."""
    if not isinstance(value, str) or not is_language_tag(value):
        raise SettingsError(f"{name} is {_repr(value)}.", "Give a language tag such as en, en-GB or ar.")
    return value


def iso_date(name: str, value: Any) -> str:
    """The value as an ISO 8601 date; TOML's own dates are taken too."""
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise SettingsError(f"{name} is {_repr(str(value))}.", "Give a day that is, such as 2026-11-22.") from error


def byte_size(name: str, value: Any) -> int:
    """The bytes in a size such as 500MB."""
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise SettingsError(f"{name} is {_repr(value)}.", "Give a size such as 500MB or 2GB.")
    return round(float(found[1]) * 10.0 ** (3 * " KMGT".index(found[2].upper() or " ")))


def date_of_build() -> str:
    """The date that SOURCE_DATE_EPOCH sets for reproducible builds, or nothing: today would change the bytes."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return ""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH is {seconds!r}.", "Give seconds since 1970, or unset it.") from error


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{name} is {_repr(value)}.", "Write it as text, between quotes.")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SettingsError(f"{name} is {_repr(value)}.", 'Write it as a list, such as ["mp3", "transcript"].')
    return tuple(_text(name, item) for item in value)


def _paths(name: str, value: Any) -> tuple[Path, ...]:
    return tuple(map(Path, _texts(name, [value] if isinstance(value, str) else value)))


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{name} is {_repr(value)}.", "Write true or false.")
    return value


def _one_of(words: tuple[str, ...]) -> _Check:
    def check(name: str, value: Any) -> str:
        if value not in words:
            raise SettingsError(f"{name} is {_repr(value)}.", f"Write one of: {', '.join(words)}.")
        return str(value)

    return check


def _templates(name: str, value: Any) -> tuple[str, ...]:
    return tuple(_template(name, template) for template in _texts(name, value))


def _template(name: str, value: Any) -> str:
    """A sentence that is announced; what stands in braces must be known."""
    text = _text(name, value)
    for named in re.findall(r"\{(.*?)\}", text):
        known(named, TEMPLATE_FIELDS, f"In {name}, the field")
    return text


def _colour(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise SettingsError(f"{name} is {_repr(value)}.", "Write red, green and blue in six digits, such as #12355b.")
    return value.lower()


def _rate(name: str, value: Any) -> int:
    return round(number(name, value, *RATES_WPM))


def _volume(name: str, value: Any) -> float:
    return number(name, value, 0.05, 1)


def _repr(value: Any) -> str:
    """The value as written, if it is not endless."""
    try:
        return _short(repr(value))
    except (ValueError, RecursionError):
        return "endless"


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"


_Check = Callable[[str, Any], Any]
_SPEECH: dict[str, tuple[str, _Check]] = {
    "engine": ("engine", _text),
    "voice": ("voice", _text),
    "language": ("language", language_tag),
    "rate": ("rate_wpm", _rate),
    "volume": ("volume", _volume),
    "lexicon": ("lexicons", _paths),
    "news-lexicon": ("news_lexicon", _yes_or_no),
}
_EDITION: dict[str, tuple[str, _Check]] = {
    "formats": ("formats", _texts),
    "publisher": ("publisher", _text),
    "date": ("date", iso_date),
    "certifier": ("certifier", _text),
    "colour": ("colour", _colour),
    "title": ("title", _text),
    "author": ("author", _text),
    "notes": ("notes", _one_of(get_args(Notes))),
    "struck": ("struck", _one_of(get_args(Struck))),
    "strict": ("strict", _yes_or_no),
    "keep-all": ("keep_all", _yes_or_no),
    "announcements": ("announcements", _yes_or_no),
    "opening": ("opening", _templates),
    "ending": ("ending", _template),
}
_CACHE: dict[str, tuple[str, _Check]] = {"size": ("cache_bytes", byte_size)}


def _checked(table: Mapping[str, Any], keys: dict[str, tuple[str, _Check]], name: str) -> dict[str, Any]:
    checked = {}
    for key, value in table.items():
        known(key, keys, f"In [{name}], the key")
        attribute, check = keys[key.replace("_", "-")]
        checked[attribute] = check(f"{name}.{key}", value)
    return checked


def known(name: str, names: Iterable[str], what: str) -> None:
    """Raise SettingsError, which names what is near, where a name is none of these."""
    there = [each.replace("_", "-") for each in names]
    name = name.replace("_", "-")
    if name not in there:
        near = difflib.get_close_matches(name[:40], there, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise SettingsError(f"{what} {_repr(name)} is not known.", f"{hint}There are: {', '.join(there)}.")
