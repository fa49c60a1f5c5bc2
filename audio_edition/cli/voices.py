"""voices: the installed voices, and samples of them."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio_edition.cli.output import as_json_text, give, give_table, say, size
from audio_edition.errors import SettingsError, SpeakError

if TYPE_CHECKING:
    from audio_edition.model import Voice
    from audio_edition.speak.store.catalogue import Item


@click.group(invoke_without_command=True)
@click.option("--engine", metavar="NAME", help="Speech engine; by default the system's.")
@click.option("--language", metavar="TAG", help="Only voices for this language, the best match first.")
@click.option("--available", is_flag=True, help="List the voices that can be fetched, with size and licence.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option(
    "--sample", type=click.Path(path_type=Path), metavar="OUT.mp3", help="Write a 10-second sample of a voice."
)
@click.option("--voice", metavar="NAME", help="Voice of the sample; by default the one for the language.")
@click.pass_context
def voices(
    context: click.Context,
    engine: str | None,
    language: str | None,
    available: bool,
    as_json: bool,
    sample: Path | None,
    voice: str | None,
) -> None:
    """List the voices at hand, with their licences, let one be heard, or get others.

    \b
    Examples:
      audio-edition voices --language fr
      audio-edition voices --engine piper
      audio-edition voices --available --language de
      audio-edition voices get af_heart
      audio-edition voices --sample hear.mp3 --voice en-gb
      audio-edition build article.txt --voice en-gb
    """
    if context.invoked_subcommand:
        return
    if sample:
        _write_sample(sample, engine, voice, language)
    elif voice:
        raise click.UsageError("--voice goes with --sample: name the file to write, such as --sample hear.mp3.")
    elif available:
        _list_available(engine, language, as_json)
    else:
        _list_voices(engine, language, as_json)


@voices.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER|ZIP",
    help="Take them from here, without a network; without names, all that are there.",
)
def get(names: tuple[str, ...], source: Path | None) -> None:
    """Fetch voices, or Kokoro's model, into your own folder of voices.

    Each file is checked against the size and digest in the catalogue; one that broke off goes on where it stopped.

    \b
    Examples:
      audio-edition voices get af_heart bf_emma
      audio-edition voices get kokoro-model
      audio-edition voices get de_DE-thorsten-medium
      audio-edition voices get --from kokoro-js-1.2.1.tgz
    """
    from audio_edition.speak.store.bring import bring
    from audio_edition.speak.store.catalogue import item

    if not names and not source:
        raise click.UsageError(
            "Name a voice, or where to take voices from (--from). See: audio-edition voices --available"
        )
    wanted = [item(name) for name in names]
    if source:
        for brought in bring(source, wanted):
            give(f"{brought.name}: {brought.licence}")
        return
    for each in wanted:
        _fetch(each)


def _fetch(item: Item) -> None:
    from audio_edition.cli.progress import bytes_of
    from audio_edition.speak.store.fetch import card_of, fetch_all

    if item.is_installed:
        say(f"{item.name} is here already.")
    else:
        # Before it is fetched, so that whoever minds can stop it.
        say(f"{item.name}: {size(item.size)}, licence {card_of(item) or item.licence}")
        with bytes_of(item.size) as progress:
            fetch_all(item, progress)
    give(item.name)


@voices.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def remove(names: tuple[str, ...]) -> None:
    """Remove voices, or Kokoro's model, from your folder of voices.

    \b
    Examples:
      audio-edition voices remove af_heart
    """
    from audio_edition.speak.store.bring import remove as removed
    from audio_edition.speak.store.catalogue import item

    for each in [item(name) for name in names]:
        give(f"Removed: {each.name}, {size(removed(each))}")


def _list_available(engine: str | None, language: str | None, as_json: bool) -> None:
    from audio_edition.speak.store.catalogue import available

    listed = [item for item in available(language or "") if engine in (None, item.engine)]
    if as_json:
        facts = ("name", "engine", "language", "quality", "licence", "size")
        rows = [{fact: getattr(item, fact) for fact in facts} | {"installed": item.is_installed} for item in listed]
        give(as_json_text(rows))
        return
    if not listed:
        raise SpeakError(
            f"No voice for “{language}” is to be had.", "See them all with: audio-edition voices --available"
        )
    give_table(
        ["voice", "engine", "language", "quality", "size", "licence", "here"],
        [
            (
                item.name,
                item.engine,
                item.language,
                item.quality,
                size(item.size),
                item.licence,
                "yes" * item.is_installed,
            )
            for item in listed
        ],
    )
    say("Get one with: audio-edition voices get NAME")


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


def _no_voices(engine: str, language: str | None) -> SpeakError:
    if language:
        other = f"See whether another does: audio-edition voices --engine espeak --language {language}"
        remedy = "See them all with: audio-edition voices" if engine == "espeak" else other
        return SpeakError(f"No voice of the engine {engine} speaks “{language}”.", remedy)
    return SpeakError(f"The engine {engine} has no voice yet.", "See what can be had: audio-edition voices --available")


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
        raise _no_voices(opened.name, language)
    rows = [(voice.id, voice.name, voice.language, voice.gender, voice.engine, voice.licence) for voice in listed]
    give_table(["voice", "name", "language", "gender", "engine", "licence"], rows)
    say(f"Licence of the engine {opened.name}: {opened.licence or 'not told'}.")
    others = [name for name in engines_here() if name != opened.name]
    if others and not engine:
        say(f"Other engines here: {', '.join(others)}. Their voices: audio-edition voices --engine {others[0]}")
