"""voices: the installed voices, and samples of them."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio_edition.cli.output import as_json_text, give, give_table, say
from audio_edition.errors import SettingsError, SpeakError

if TYPE_CHECKING:
    from audio_edition.model import Voice


@click.command()
@click.option("--engine", metavar="NAME", help="Speech engine; by default the system's.")
@click.option("--language", metavar="TAG", help="Only voices for this language, the best match first.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option(
    "--sample", type=click.Path(path_type=Path), metavar="OUT.mp3", help="Write a 10-second sample of a voice."
)
@click.option("--voice", metavar="NAME", help="Voice of the sample; by default the one for the language.")
def voices(engine: str | None, language: str | None, as_json: bool, sample: Path | None, voice: str | None) -> None:
    """List the voices at hand, with their licences, or let one be heard.

    \b
    Examples:
      audio-edition voices --language fr
      audio-edition voices --engine piper
      audio-edition voices --sample hear.mp3 --voice en-gb
      audio-edition build article.txt --voice en-gb
    """
    if sample:
        _write_sample(sample, engine, voice, language)
    elif voice:
        raise click.UsageError("--voice goes with --sample: name the file to write, such as --sample hear.mp3.")
    else:
        _list_voices(engine, language, as_json)


def _write_sample(path: Path, engine: str | None, voice: str | None, language: str | None) -> None:
    from audio_edition import config
    from audio_edition.cache import default_cache
    from audio_edition.edition.build import make_sample

    if path.suffix.lower() != ".mp3":
        raise click.UsageError(f"--sample {path}: samples are MP3; give it a name that ends in .mp3.")
    wanted = {"engine": engine, "voice": voice, "language": language}
    try:
        settings = config.overlaid(
            config.Settings(), {"speech": {name: given for name, given in wanted.items() if given}}
        )
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    make_sample(path, settings, default_cache())
    give(str(path))


def _list_voices(engine: str | None, language: str | None, as_json: bool) -> None:
    from audio_edition.speak import default_engine, engines_here, open_engine
    from audio_edition.speak.voices import voices_for

    with contextlib.closing(open_engine(engine or default_engine())) as opened:
        listed: list[Voice] = list(opened.voices())
        if language:
            listed = voices_for(opened.voices(), language)
    if as_json:
        give(as_json_text([dataclasses.asdict(voice) | {"engine_licence": opened.licence} for voice in listed]))
        return
    if not listed:
        raise SpeakError(f"No voice speaks “{language}”.", "See them all with: audio-edition voices")
    rows = [(voice.id, voice.name, voice.language, voice.gender, voice.engine, voice.licence) for voice in listed]
    give_table(["voice", "name", "language", "gender", "engine", "licence"], rows)
    say(f"Licence of the engine {opened.name}: {opened.licence or 'not told'}.")
    others = [name for name in engines_here() if name != opened.name]
    if others and not engine:
        say(f"Other engines here: {', '.join(others)}. Their voices: audio-edition voices --engine {others[0]}")
