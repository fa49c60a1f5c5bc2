"""build: an edition of documents."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audio_edition.cli.documents import ArticlesCommand, articles_and_sections, documents_of
from audio_edition.cli.narration import (
    decisions_of,
    facts_of,
    listening,
    model_option,
    narrated,
    narration_option,
    tapes_of,
)
from audio_edition.cli.options import cache_size, edition_options, into_folder, settings_of
from audio_edition.cli.output import as_json_text, give, report_findings, say
from audio_edition.cli.progress import progress_of
from audio_edition.model import EDITION_JSON, Settings

if TYPE_CHECKING:
    from audio_edition.edition.build import Edition
    from audio_edition.edition.issue import Documents


@click.command(cls=ArticlesCommand)
@functools.partial(articles_and_sections, required=False)
@into_folder
@edition_options
@narration_option
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What was decided of the recordings on the page of a review; see: audio-edition narrate.",
)
@click.option(
    "--chapters",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="List of chapters for a recording without a text; each line has a time and a title: 0:04:10 The bridge.",
)
@click.option(
    "--transcribe",
    is_flag=True,
    help="Have the recogniser transcribe recordings without a text. The edition says that the transcript is rough.",
)
@model_option
@click.option("--preview", is_flag=True, help="Make only the first minute, in a separate folder.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Number of takes to record at once; by default one per core for a long text.",
)
@click.option("--no-cache", is_flag=True, help="Make everything again, and keep nothing for the next run.")
@cache_size
@click.option("--verify", is_flag=True, help="Compare every byte before reporting that nothing has changed.")
@click.option("--json", "as_json", is_flag=True, help="Describe the edition on standard output as JSON.")
@click.option("--plain", is_flag=True, help="Report progress in plain lines even on a terminal.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def build(
    articles: tuple[str, ...],
    output: Path,
    recordings: tuple[Path, ...],
    decisions: Path | None,
    chapters: Path | None,
    transcribe: bool,
    model: Path | None,
    preview: bool,
    jobs: int | None,
    no_cache: bool,
    verify: bool,
    as_json: bool,
    quiet: bool,
    plain: bool,
    **options: Any,
) -> None:
    """Make an edition of ARTICLE: a document, the address of a page, an edited script, or - for standard input. Several
    make one edition with an opening and contents; so does an edition.toml that lists them. Without ARTICLE, --narration
    makes an edition of the recordings alone.

    \b
    Examples:
      audio-edition build article.txt
      audio-edition build https://example.org/news/rain.html
      audio-edition build rain.txt ferry.txt --section Sport match.txt --title "The Courier"
      audio-edition build article.txt -o editions --voice en-gb --rate 160
      audio-edition build article.txt --engine piper
      audio-edition build article.txt --format mp3,transcript --pause before-heading=1.5
      audio-edition build article.txt --lexicon names.txt
      audio-edition build article.txt --voice-for fr=fr-be --voice-for quote=en-us+f3
      audio-edition build article.txt --narration reading.wav --narrator "Jane Doe"
      audio-edition build --narration evening.mp3 --chapters times.txt --title "The Courier"
      audio-edition build article.txt --preview
      audio-edition script article.txt --format json > script.json
      audio-edition build script.json

    \b
    Places for --pause: sentence, phrase (in another language), line (of
      verse, an address), paragraph, item (of a list, row of a table),
      scene-break, before-heading, after-heading,
      after-title, after-credit (dateline, byline), between-articles,
      between-sections, end.
    """
    settings = dataclasses.replace(settings_of(options), recordings=recordings, decisions=decisions)
    with _engine_starting(output, settings):
        from audio_edition.cache import default_cache
        from audio_edition.edition.build import check_place, make_edition, script_of
        from audio_edition.edition.issue import Documents
        from audio_edition.edition.jobs import jobs_for
        from audio_edition.edition.kept import edition_key, kept_edition
        from audio_edition.speak import with_best_engine

        if not articles and not recordings:
            raise click.UsageError("Missing argument 'ARTICLE...': name a document, or a recording with --narration.")
        documents, lexicons = documents_of(articles, settings) if articles else (Documents(()), ())
        documents = _with_chapters(documents, chapters, decisions, transcribe=transcribe)
        tapes = tapes_of(documents, settings)
        decided = decisions_of(documents, settings, tapes)
        extent = "preview" if preview else "whole"
        if documents.loaded:
            facts = facts_of(tapes, decided, model)
        else:
            from audio_edition.narration.of_edition import facts_without_text, times_of, title_of, without_text

            times = times_of(documents)
            facts = facts_without_text(documents, tapes, times, model)
        made_from = edition_key(documents, lexicons, settings, extent, *facts)
        if not no_cache and (kept := kept_edition(output, made_from, verify=verify)):
            _give_kept(kept, as_json=as_json, quiet=quiet)
            return
        cache = None if no_cache else default_cache(settings.cache_bytes)
        if documents.loaded:
            script = script_of(documents, lexicons, settings)
            check_place(output, script.title, preview=preview)
            script, narration = narrated(script, tapes, decided, model, settings, cache, quiet=quiet)
        else:
            check_place(output, title_of(documents, tapes, settings), preview=preview)
            listens = listening(quiet=quiet)
            script, narration = without_text(documents, tapes, times, settings, cache, listens, model)
        jobs = jobs or jobs_for(script, with_best_engine(settings.speech, script.language))
        with progress_of(script, quiet, plain) as progress:
            edition = make_edition(
                script, output, settings, cache, progress, preview, jobs, made_from=made_from, narration=narration
            )
    _give_made(edition, settings.profile, as_json=as_json, quiet=quiet)


def _with_chapters(
    documents: Documents, chapters: Path | None, decisions: Path | None, *, transcribe: bool
) -> Documents:
    """Return the documents with the chapters and the transcript asked for, which recordings without a text take. Raises
    UsageError if articles are given too, or if decisions are given without articles."""
    if documents.loaded and (chapters or transcribe):
        raise click.UsageError("--chapters and --transcribe are for recordings without a text. Leave out the articles.")
    if decisions and not documents.loaded:
        raise click.UsageError("--decisions is for recordings with a text. Name the articles.")
    return dataclasses.replace(
        documents, chapters=chapters or documents.chapters, transcribe=transcribe or documents.transcribe
    )


@contextlib.contextmanager
def _engine_starting(output: Path, settings: Settings) -> Iterator[None]:
    """Let the engine start while modules are imported and the document is read, which takes as long; not where an
    edition is there already, and perhaps nothing is to be said."""
    if any(output.glob(f"*/{EDITION_JSON}")):
        yield
        return
    from audio_edition.speak import started_early

    with started_early(settings.speech):
        yield


def _give_kept(folder: Path, *, as_json: bool, quiet: bool) -> None:
    if not quiet:
        say("Nothing has changed since this edition was made. (To make it again: --no-cache.)")
    give(as_json_text(_summary_of_kept(folder)) if as_json else str(folder))


def _give_made(edition: Edition, profile: str, *, as_json: bool, quiet: bool) -> None:
    if not quiet:
        _report(edition)
        _report_profile(edition, profile)
        say("Folder to hand out:")
    give(as_json_text(_summary(edition)) if as_json else str(edition.folder))


def _report(edition: Edition) -> None:
    from audio_edition.translations.locales import length_in_words

    report_findings(edition.recording.script.findings)
    length = length_in_words(int(1000 * edition.seconds), "en")
    chapters = len(edition.recording.chapters)
    if edition.replaced:
        say("Replaced the edition that was there before.")
    say(f"Edition: {chapters} chapter{'s' * (chapters > 1)}, {length}.")
    say(f"Open this first: {edition.open_first}")


def _report_profile(edition: Edition, profile: str) -> None:
    """Report what the files made for a recipient do not meet, measured as `check --profile` does."""
    if profile:
        from audio_edition.check import profile_findings_of

        report_findings(profile_findings_of(edition.folder, profile))


def _summary(edition: Edition) -> dict[str, Any]:
    return {
        "folder": str(edition.folder),
        "open_first": str(edition.open_first),
        "replaced": edition.replaced,
        "kept": False,
        "title": edition.recording.script.title,
        "seconds": edition.seconds,
        "chapters": [recorded.chapter.title for recorded in edition.recording.chapters],
        "files": [str(edition.folder / file) for package in edition.packages for file in package.files],
        "findings": [dataclasses.asdict(finding) for finding in edition.recording.script.findings],
    }


def _summary_of_kept(folder: Path) -> dict[str, Any]:
    """Return the summary of an edition that was made before."""
    from audio_edition.edition.folder import manifest_of

    manifest = json.loads(manifest_of(folder))
    files = [str(folder / file["path"]) for file in manifest["files"]]
    page = str(folder / "index.html")
    return {
        "folder": str(folder),
        "open_first": page if page in files else files[0],
        "replaced": False,
        "kept": True,
        "title": manifest["title"],
        "seconds": manifest["duration"],
        "chapters": [chapter["title"] for chapter in manifest["chapters"]],
        "files": files,
        "findings": manifest["findings"],
    }
