"""narrate: a page on which a human decides on what was found in recordings."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from audio_edition.cli.documents import ArticlesCommand, articles_and_sections, documents_of
from audio_edition.cli.narration import decisions_of, listening, model_option, narration_option, tapes_of
from audio_edition.cli.options import settings_of, speech_options
from audio_edition.cli.output import give, say


@click.command(cls=ArticlesCommand)
@articles_and_sections
@narration_option
@click.option("--review", is_flag=True, help="Write a page on which each unsure or differing place can be decided.")
@click.option("--all", "with_others", is_flag=True, help="List the sentences too that were found for sure.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    default=Path("review.html"),
    show_default=True,
    help="File for the page.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What was decided before, to go on from.",
)
@model_option
@speech_options
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def narrate(
    articles: tuple[str, ...],
    recordings: tuple[Path, ...],
    review: bool,
    with_others: bool,
    output: Path,
    decisions: Path | None,
    model: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Find the sentences of ARTICLE in recordings of a person who reads it, and write a page on which they can be heard
    and corrected. What it lets you download, `build --decisions` takes.

    \b
    Examples:
      audio-edition narrate article.txt --narration reading.wav --review
      audio-edition narrate edition.toml --review -o review.html
      audio-edition build article.txt --narration reading.wav --decisions decisions.json
    """
    if not review:
        raise click.UsageError("Say what to do with what is found: --review writes a page of it.")
    from audio_edition.cache import default_cache
    from audio_edition.edition.build import script_of
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration.reviewing import review as written

    settings = dataclasses.replace(settings_of(options), recordings=recordings, decisions=decisions)
    documents, lexicons = documents_of(articles, settings)
    tapes = tapes_of(documents, settings)
    if not tapes:
        raise click.UsageError("Name a recording: --narration RECORDING")
    decided = decisions_of(documents, settings, tapes)
    script = script_of(documents, lexicons, settings)
    count = written(
        script,
        tapes,
        Recogniser(model),
        settings,
        output,
        decided,
        default_cache(settings.cache_bytes),
        listening(quiet=quiet),
        with_others=with_others,
    )
    if not quiet:
        say(f"{count} place{'s' * (count != 1)} to look at.")
    give(str(output))
