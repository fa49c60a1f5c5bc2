"""The options that several commands have, and the settings that they become."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from audio_edition.errors import SettingsError

if TYPE_CHECKING:
    from audio_edition.config import Settings

Command = TypeVar("Command", bound=Callable[..., None])


def speech_options(command: Command) -> Command:
    """The options of every command that makes a script or sound."""
    for option in reversed(
        [
            click.option("--config", type=click.Path(path_type=Path), help="Settings file; else ./audio-edition.toml."),
            click.option("--title", metavar="TEXT", help="What the edition is called; else what the document says."),
            click.option("--author", metavar="NAME", help="Who wrote it; else what the document says."),
            click.option("--language", metavar="TAG", help="Language of the article, such as en-GB."),
            click.option("--date", metavar="YYYY-MM-DD", help="Date of publication."),
            click.option("--publisher", metavar="NAME", help="Who publishes; else the agency in the dateline."),
            click.option(
                "--pause",
                "pauses",
                metavar="NAME=SECONDS",
                multiple=True,
                help="Silence at a place of an article, in seconds; may be repeated. An edited script has its own.",
            ),
            click.option(
                "--notes",
                metavar="WHERE",
                help="Where notes are read: after the paragraph that refers to them (default), or at the end.",
            ),
            click.option(
                "--struck",
                metavar="HOW",
                help="What is made of words that are struck out: said to be so (default), or left-out.",
            ),
            click.option(
                "--strict/--no-strict",
                default=None,
                help="End with an error where the engine can't say a sentence; else that is said in its place.",
            ),
            click.option(
                "--keep-all/--no-keep-all",
                default=None,
                help="Read everything, also what looks like menus, advertisements and other boilerplate.",
            ),
            click.option(
                "--announcements/--no-announcements",
                default=None,
                help="Whether an edition of many articles has an opening, contents and an end; it has by default.",
            ),
            click.option(
                "--allow-private",
                is_flag=True,
                help="Fetch addresses of this machine and of private networks too.",
            ),
            click.option(
                "--lexicon",
                "lexicons",
                metavar="FILE",
                type=click.Path(path_type=Path),
                multiple=True,
                help="How words are said: lines such as “Kyiv = keev”, or W3C PLS; may be repeated.",
            ),
            click.option(
                "--news-lexicon/--no-news-lexicon",
                default=None,
                help="Whether to use the program's own lexicon of names in the news; it is used by default.",
            ),
        ]
    ):
        command = option(command)
    return command


def edition_options(command: Command) -> Command:
    """The options of every command that makes editions."""
    for option in reversed(
        [
            click.option(
                "--format",
                "formats",
                metavar="NAME,...",
                help="What to make (not by default: daisy-folder): mp3, m4b, epub, daisy202, tracks, images, "
                "transcript, chapters, cover, audiobook, page.",
            ),
            click.option(
                "--engine",
                metavar="NAME",
                help="Speech engine: espeak, piper (neural), sapi5 (Windows), nsss (macOS), tone (beeps).",
            ),
            click.option(
                "--voice",
                metavar="NAME",
                help="Voice of the engine; see: audio-edition voices. For piper also an .onnx.",
            ),
            click.option(
                "--voice-for",
                "voices",
                metavar="WHAT=NAME",
                multiple=True,
                help="Voice for another language (fr=fr-fr), or for quote or heading; may be repeated.",
            ),
            click.option(
                "--rate",
                type=int,
                metavar="WPM",
                help="Words a minute, 80 to 450; else 160 with eSpeak NG, 175 with others.",
            ),
            click.option("--volume", type=float, metavar="SHARE", help="0.05 to 1; 1 by default, which is -19 LUFS."),
            click.option(
                "--colour", metavar="#RRGGBB", help="The publication's colour, for covers; else each title has its own."
            ),
            click.option(
                "--certifier", metavar="NAME", help="Who vouches that the EPUB conforms to WCAG 2.2 AA, having looked."
            ),
        ]
    ):
        command = option(command)
    return speech_options(command)


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
    from audio_edition import formats as publish

    settings = config.load_settings(options["config"])
    publish.chosen(settings.formats)
    try:
        settings = config.overlaid(settings, _tables(options))
        publish.chosen(settings.formats)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    return dataclasses.replace(settings, lexicons=options["lexicons"], allow_private=options["allow_private"])


_OF_EDITION = (
    "title", "author", "publisher", "date", "certifier", "colour", "notes", "struck", "strict", "keep_all",
    "announcements",
)  # fmt: skip


def _tables(options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The options that were given, as audio-edition.toml would say them."""
    given = {name: value for name, value in options.items() if value is not None}
    tables: dict[str, dict[str, Any]] = {
        "speech": {name: given[name] for name in ("engine", "voice", "language", "rate", "volume") if name in given},
        "edition": {name: given[name] for name in _OF_EDITION if name in given},
        "pauses": dict(_pause(option) for option in options["pauses"]),
        "voices": dict(_voice_for(option) for option in given.get("voices", ())),
        "cache": {"size": given["cache_size"]} if "cache_size" in given else {},
    }
    if "news_lexicon" in given:
        tables["speech"]["news-lexicon"] = given["news_lexicon"]
    if "formats" in given:
        tables["edition"]["formats"] = [name.strip() for name in given["formats"].split(",")]
    return tables


def _pause(option: str) -> tuple[str, float]:
    name, _, seconds = option.partition("=")
    try:
        return name, float(seconds)
    except ValueError as error:
        raise click.UsageError(f"--pause {option}: write it as NAME=SECONDS, such as paragraph=0.8.") from error


def _voice_for(option: str) -> tuple[str, str]:
    part, equals, voice = option.partition("=")
    if not equals:
        raise click.UsageError(f"--voice-for {option}: write it as WHAT=NAME, such as fr=fr-fr.")
    return part.strip(), voice
