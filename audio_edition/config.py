"""Settings from audio-edition.toml and the caller.

`load_settings` returns the defaults overridden by the file; `overlaid` overrides those with the caller's.
"""

from __future__ import annotations

import datetime
import os
import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from audio_edition.errors import SettingsError, place_in
from audio_edition.model import Pauses, Setting, Settings, Speech, StickProfile, declared
from audio_edition.model.settings import LONGEST_PAUSE_SECONDS, iso_date, known, language_tag, number

__all__ = ["FILE_NAME", "Settings", "date_of_build", "example", "iso_date", "known", "language_tag", "load_settings"]

FILE_NAME = "audio-edition.toml"
TABLES = ("edition", "speech", "voices", "voices.speakers", "pauses", "narration", "cache", "sticks")
_NAMES_IN = {
    "voices": "a language, `quote`, `heading`",
    "voices.speakers": "a name in the text",
    "sticks": "a name of your own",
}
"""What the keys are of tables that have any."""

_LONGEST_FILE_BYTES = 1 << 20
_LEAST_CACHE_BYTES = 100_000_000
"""Whoever wrote the settings of a folder may be somebody else than who builds in it."""
_MEND_FILE = "Mend it, or start from the README's example."


def load_settings(path: Path | None = None) -> Settings:
    """Return the defaults overridden by the file at `path`, or by audio-edition.toml in the current folder if there is
    one.

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
    try:
        with path.open("xb") as file:
            file.write(example().encode())
    except FileExistsError as error:
        raise SettingsError(f"{path} is there already.", "Edit it, or move it away for a new one.") from error
    except OSError as error:
        raise SettingsError(f"{path} can't be written ({error.strerror}).", "Go to a folder of your own.") from error


def example() -> str:
    """Return a settings file that says what there is, all of it commented out."""
    lines = [
        "# Settings of a publication, for audio-edition. They are read in the folder where the program is run, or are",
        "# named with --config. Take the # away from a line to make it count; options go over it.",
    ]
    for table in TABLES:
        lines += ["", f"[{table}]"]
        for setting in (each for each in _settings() if each.table == table and each.example):
            lines += textwrap.wrap(
                setting.help.replace(" (default)", ""), 118, initial_indent="# ", subsequent_indent="# "
            )
            written = setting.example.splitlines()
            lines += [f"# {setting.key} = {line}" if setting.key else f"# {line}" for line in written]
        if table == "pauses":
            lines += ["# Silence at a place of an article, in seconds."]
            lines += [f"# {place.replace('_', '-')} = {ms / 1000}" for place, ms in asdict(Pauses()).items()]
    return "\n".join(lines) + "\n"


def documented() -> str:
    """Return the tables of docs/settings.md."""
    lines: list[str] = []
    for table in (*TABLES, "sticks.NAME"):
        lines += ["", f"## `[{table}]`", ""]
        if table == "pauses":
            lines += ["Silence at a place of an article, in seconds; `--pause NAME=SECONDS`.", "", "| Key | Default |"]
            lines += ["|---|---|"]
            lines += [f"| `{place.replace('_', '-')}` | {ms / 1000} |" for place, ms in asdict(Pauses()).items()]
            continue
        lines += ["| Key | Option | What it does |", "|---|---|---|"]
        for setting in (each for each in _settings() if each.table == table):
            option = " ".join(filter(None, (setting.option, setting.metavar)))
            key = f"`{setting.key}`" if setting.key else _NAMES_IN[table]
            lines.append(f"| {key} | {f'`{option}`' if option else ''} | {setting.help} |")
    return "\n".join(lines) + "\n"


def overlaid(settings: Settings, tables: Mapping[str, Any]) -> Settings:
    """Return the settings, with what the tables of audio-edition.toml say laid over them. Raises SettingsError."""
    tables = _without_tables_inside(tables)
    for name, table in tables.items():
        known(name, TABLES, "The table")
        if not isinstance(table, Mapping):
            raise SettingsError(f"{name} must be a table.", f"Write it as [{name}] on a line of its own.")
        if keys := [each.key for each in _settings() if each.table == name and each.key]:
            for key in table:
                known(key, keys, f"In [{name}], the key")
    speech = _changes(Speech, tables)
    for named in {"voices", "speakers"} & speech.keys():
        speech[named] = {**getattr(settings.speech, named), **speech[named]}
    return replace(
        settings,
        speech=replace(settings.speech, **speech),
        pauses=_with_pauses(settings.pauses, tables.get("pauses", {})),
        **_changes(Settings, tables),
    )


def _without_tables_inside(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the tables with [voices.speakers] as one of its own."""
    voices = tables.get("voices")
    if not isinstance(voices, Mapping) or "speakers" not in voices:
        return tables
    rest = {name: voice for name, voice in voices.items() if name != "speakers"}
    return {**tables, "voices": rest, "voices.speakers": voices["speakers"]}


def _settings() -> Iterator[Setting]:
    for owner in (Settings, Speech, StickProfile):
        yield from (setting for _, setting in declared(owner))


def _changes(owner: type[Settings] | type[Speech], tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the tables give to fields of a class, by the names of the fields."""
    changed: dict[str, Any] = {}
    for attribute, setting in declared(owner):
        table = tables.get(setting.table, {})
        if not setting.key:
            changed |= {attribute: setting.parse(setting.name, table)} if table else {}
            continue
        for key in table:
            if key.replace("_", "-") == setting.key:
                changed[attribute] = setting.parse(f"{setting.table}.{key}", table[key])
    return changed


def _with_pauses(pauses: Pauses, seconds: Mapping[str, Any]) -> Pauses:
    """Return the pauses, with those named (`before-heading`) set anew, in seconds."""
    changed = {}
    for name, value in seconds.items():
        place = name.replace("-", "_")
        known(place, Pauses.__dataclass_fields__, "The pause")
        changed[place] = round(1000 * number(0, LONGEST_PAUSE_SECONDS)(f"pauses.{name}", value))
    return replace(pauses, **changed)


def date_of_build() -> str:
    """Return the date that SOURCE_DATE_EPOCH sets for reproducible builds, else "": the current date would change the
    bytes."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return ""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH is {seconds!r}.", "Give seconds since 1970, or unset it.") from error
