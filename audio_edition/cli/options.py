"""The options that several commands have, and the settings that they become."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from audio_edition.errors import SettingsError
from audio_edition.model import Setting, Settings, Speech, declared

Command = TypeVar("Command", bound=Callable[..., None])
Option = Callable[[Command], Command]


settings_file = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file; by default ./audio-edition.toml."
)


def speech_options(command: Command) -> Command:
    """Add the options of every command that makes a script or sound."""
    return _added(command, [settings_file, *_declared("script"), *_OF_THIS_RUN])


def edition_options(command: Command) -> Command:
    """Add the options of every command that makes editions."""
    return speech_options(_added(command, list(_declared("edition"))))


def who_speaks(command: Command) -> Command:
    """Add the options by which a voice and its rate are named."""
    named = ("engine", "voice", "rate_wpm", "voices")
    return _added(command, [_option(name, setting) for name, setting in declared(Speech) if name in named])


def _added(command: Command, options: list[Option[Command]]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def _declared(scope: str) -> Iterator[Option[Any]]:
    """Yield the options that settings declare."""
    for owner in (Settings, Speech):
        for name, setting in declared(owner):
            if setting.scope == scope and setting.option:
                yield _option(name, setting)


_KINDS = {"rate_wpm": int, "braille_grade": int, "volume": float, "longest_pause": float, "chapter_pause": float}


def _option(name: str, setting: Setting) -> Option[Any]:
    if "/" in setting.option:
        return click.option(setting.option, name, default=None, help=setting.help)
    return click.option(
        setting.option,
        name,
        type=_KINDS.get(name, str),
        metavar=setting.metavar,
        multiple=not setting.key,
        help=setting.help,
    )


_OF_THIS_RUN = (
    click.option(
        "--pause",
        "pauses",
        metavar="NAME=SECONDS",
        multiple=True,
        help="Length of the pauses at a place, in seconds; may be repeated. An edited script has its own.",
    ),
    click.option("--allow-private", is_flag=True, help="Fetch addresses of this machine and of private networks too."),
    click.option(
        "--lexicon",
        "lexicons",
        metavar="FILE",
        type=click.Path(path_type=Path),
        multiple=True,
        help="Pronunciations: lines such as “Kyiv = keev”, or W3C PLS; may be repeated.",
    ),
)
cache_size = next(_declared("cache"))


into_folder = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder for editions; each gets a folder of its own in it.",
)


def settings_of(options: dict[str, Any]) -> Settings:
    from audio_edition import config
    from audio_edition.formats import chosen

    settings = config.load_settings(options["config"])
    chosen(settings.formats, settings.book_text, settings.profile)
    try:
        settings = config.overlaid(settings, _tables(options))
        chosen(settings.formats, settings.book_text, settings.profile)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    return dataclasses.replace(settings, lexicons=options["lexicons"], allow_private=options["allow_private"])


def _tables(options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the options that were given, as audio-edition.toml would say them."""
    tables: dict[str, dict[str, Any]] = {"pauses": dict(_pause(option) for option in options["pauses"])}
    for name, setting in (*declared(Settings), *declared(Speech)):
        given = options.get(name)
        if given is None or not setting.option:
            continue
        if not setting.key:
            tables[setting.table] = dict(_voice_for(setting, option) for option in given)
        else:
            listed = [each.strip() for each in given.split(",")] if name == "formats" else given
            tables.setdefault(setting.table, {})[setting.key] = listed
    return tables


def _pause(option: str) -> tuple[str, float]:
    name, _, seconds = option.partition("=")
    try:
        return name, float(seconds)
    except ValueError as error:
        raise click.UsageError(f"--pause {option}: write it as NAME=SECONDS, such as paragraph=0.8.") from error


def _voice_for(setting: Setting, option: str) -> tuple[str, str]:
    part, equals, voice = option.partition("=")
    if not equals:
        such = "fr=fr-fr" if setting.table == "voices" else "Q=en-gb"
        raise click.UsageError(f"{setting.option} {option}: write it as {setting.metavar}, such as {such}.")
    return part.strip(), voice
