"""The command line: options become settings and one call; results go to stdout, all else to stderr."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from audio_edition.errors import AudioEditionError, PublishError, ReadError, SettingsError, SpeakError

if TYPE_CHECKING:
    from audio_edition.batch import Job, Plan, Reports
    from audio_edition.config import Settings
    from audio_edition.edition import Edition, Progress
    from audio_edition.issue import Source
    from audio_edition.model import ChapterRecording, Finding, Script, Utterance, Voice
    from audio_edition.work import Cache

_Command = TypeVar("_Command", bound=Callable[..., None])


class _Boundary(click.Group):
    """Where errors raised on purpose become a message, a remedy and exit 1; any other keeps its traceback."""

    def invoke(self, context: click.Context) -> Any:
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        try:
            return super().invoke(context)
        except AudioEditionError as error:
            _say(f"Error: {error.message}")
            if error.remedy:
                _say(error.remedy)
            context.exit(1)


class _Documents(click.Command):
    """A command of several articles, of which `--section NAME` puts those behind it into a section."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(context, list(_sections_as_arguments(args)))


_SECTION = "\0section "
"""What no argument of a shell can begin with."""


def _sections_as_arguments(args: list[str]) -> Iterator[str]:
    """The arguments; a section's name becomes one, so that its place among the articles is kept."""
    rest = iter(args)
    for argument in rest:
        if argument == "--":
            yield from ("--", *rest)
        elif argument == "--section":
            yield _SECTION + next(rest, "")
        elif argument.startswith("--section="):
            yield _SECTION + argument.removeprefix("--section=")
        else:
            yield argument


@click.group(cls=_Boundary, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="audio-edition")
def main() -> None:
    """Turn a written article into an audio edition: chaptered MP3 and M4B, read-along EPUB, DAISY book, transcript.

    \b
    Examples:
      audio-edition build article.txt
      audio-edition script article.txt
      audio-edition proof article.txt
      audio-edition voices --language fr
      audio-edition publish output/*/ --site site --base-url https://example.org/listen/
    """


def _speech_options(command: _Command) -> _Command:
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


def _edition_options(command: _Command) -> _Command:
    """The options of every command that makes editions."""
    for option in reversed(
        [
            click.option(
                "--format",
                "formats",
                metavar="NAME,...",
                help="What to make (not by default: daisy-folder): mp3, m4b, epub, daisy202, tracks, transcript, "
                "chapters, cover, audiobook, page.",
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
                "--certifier", metavar="NAME", help="Who vouches that the EPUB conforms to WCAG 2.2 AA, having looked."
            ),
        ]
    ):
        command = option(command)
    return _speech_options(command)


_into_folder = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder for editions; each gets a folder of its own in it.",
)


def _articles(command: _Command) -> _Command:
    """The articles of a command, and the sections that they are in."""
    in_section = click.option(
        "--section",
        metavar="NAME",
        expose_value=False,
        help="The articles behind it are in this section of the edition.",
    )
    return click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)(in_section(command))


@main.command(cls=_Documents)
@_articles
@_into_folder
@_edition_options
@click.option("--preview", is_flag=True, help="Only the first minute, into a folder of its own.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Chapters to record at once; of a long text as many as there are cores.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next run.")
@click.option("--cache-size", metavar="SIZE", help="What the cache may hold, such as 500MB; 2GB by default.")
@click.option("--json", "as_json", is_flag=True, help="Describe the edition on standard output as JSON.")
@click.option("--plain", is_flag=True, help="Report progress in plain lines, also on a terminal.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and errors.")
def build(
    articles: tuple[str, ...],
    output: Path,
    preview: bool,
    jobs: int | None,
    no_cache: bool,
    as_json: bool,
    quiet: bool,
    plain: bool,
    **options: Any,
) -> None:
    """Make an edition of ARTICLE: a document, the address of a page, an edited script, or - for standard input. Several
    make one edition with an opening and contents; so does an edition.toml that lists them.

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
      audio-edition build article.txt --preview
      audio-edition script article.txt --format json > script.json
      audio-edition build script.json

    \b
    Places for --pause: sentence, phrase (in another language), paragraph,
      item (of a list, row of a table), before-heading, after-heading,
      after-title, after-credit (dateline, byline), between-articles,
      between-sections, end.
    """
    from audio_edition import work
    from audio_edition.edition import make_edition
    from audio_edition.recording import jobs_for

    settings = _settings(options)
    script = _script(articles, settings)
    cache = None if no_cache else work.default_cache(settings.cache_bytes)
    jobs = jobs or jobs_for(script, settings.speech)
    with _progress(script, quiet, plain) as progress:
        edition = make_edition(script, output, settings, cache, progress, preview, jobs)
    if not quiet:
        _report(edition)
    _give(_as_json(_summary(edition)) if as_json else str(edition.folder))


@main.command(cls=_Documents)
@_articles
@click.option(
    "--format",
    "layout",
    type=click.Choice(["list", "table", "text", "json", "ssml"]),
    default="list",
    show_default=True,
    help="How to show it: with tabs between (table), as it is said (text), to be edited and given to build (json).",
)
@_speech_options
def script(articles: tuple[str, ...], layout: str, **options: Any) -> None:
    """Show what will be said for ARTICLE, and with which pauses, before any sound is made.

    \b
    Examples:
      audio-edition script article.txt
      audio-edition script article.txt --format json > script.json
    """
    from audio_edition import script as stage

    made = _script(articles, _settings(options))
    writers = {"list": _as_list, "table": _as_tabs, "text": stage.as_text}
    writers |= {"json": stage.script_to_json, "ssml": stage.as_ssml}
    _give(writers[layout](made).rstrip("\n"))
    _report_findings(made.findings)


@main.command()
@click.option("--engine", metavar="NAME", help="Speech engine; else the one for this system.")
@click.option("--language", metavar="TAG", help="Only voices for this language, the most fitting first.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option("--sample", type=click.Path(path_type=Path), metavar="OUT.mp3", help="Write a voice's sample of 10 s.")
@click.option("--voice", metavar="NAME", help="The voice of the sample; else the one for the language.")
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
    from audio_edition import config, work
    from audio_edition.edition import make_sample

    if path.suffix.lower() != ".mp3":
        raise click.UsageError(f"--sample {path}: samples are MP3; give it a name that ends in .mp3.")
    wanted = {"engine": engine, "voice": voice, "language": language}
    try:
        settings = config.overlaid(
            config.Settings(), {"speech": {name: given for name, given in wanted.items() if given}}
        )
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    make_sample(path, settings, work.default_cache())
    _give(str(path))


def _list_voices(engine: str | None, language: str | None, as_json: bool) -> None:
    from audio_edition.speak import default_engine, engines_here, open_engine
    from audio_edition.speak.voices import voices_for

    with contextlib.closing(open_engine(engine or default_engine())) as opened:
        listed: list[Voice] = list(opened.voices())
        if language:
            listed = voices_for(opened.voices(), language)
    if as_json:
        _give(_as_json([dataclasses.asdict(voice) | {"engine_licence": opened.licence} for voice in listed]))
        return
    if not listed:
        raise SpeakError(f"No voice speaks “{language}”.", "See them all with: audio-edition voices")
    rows = [(voice.id, voice.name, voice.language, voice.gender, voice.engine, voice.licence) for voice in listed]
    _give_table(["voice", "name", "language", "gender", "engine", "licence"], rows)
    _say(f"Licence of the engine {opened.name}: {opened.licence or 'not told'}.")
    others = [name for name in engines_here() if name != opened.name]
    if others and not engine:
        _say(f"Other engines here: {', '.join(others)}. Their voices: audio-edition voices --engine {others[0]}")


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="PLACE",
    default="output",
    show_default=True,
    help="Folder for editions, or an address for fsspec such as s3://bucket/editions.",
)
@_edition_options
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Editions to make at once; one for each core.")
@click.option("--dask", metavar="ADDRESS", help="Make them on the cluster of a Dask scheduler; see docs/scaling.md.")
@click.option("--resume", is_flag=True, help="Keep editions whose documents and settings did not change.")
@click.option("--stop-on-error", is_flag=True, help="Stop at the first document that can't be made.")
@click.option(
    "--watch",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Make editions of files as they are dropped into a folder, until stopped.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next run.")
@click.option("--cache-size", metavar="SIZE", help="What the cache may hold, such as 500MB; 2GB by default.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the report and errors.")
def batch(
    sources: tuple[str, ...],
    output: str,
    jobs: int | None,
    dask: str | None,
    resume: bool,
    stop_on_error: bool,
    watch: Path | None,
    no_cache: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Make an edition of each article in SOURCE: files, folders, feeds, or - for a list of files on standard input.

    Editions are called as their documents are. On standard output stands a line of JSON for each: source, status (made,
    kept, failed), edition, title, seconds it took, seconds it plays, findings, error, remedy. Exit 1 if one failed.

    \b
    Examples:
      audio-edition batch articles/ -o editions > report.jsonl
      audio-edition batch *.txt --format mp3,transcript --jobs 4 --resume
      find wire -name "*.xml" | audio-edition batch - -o editions
      audio-edition batch --watch inbox -o editions
      audio-edition batch "s3://wire/2026/*.xml" -o s3://editions --dask tcp://scheduler:8786
    """
    from audio_edition import batch as making
    from audio_edition import work
    from audio_edition.issue import is_address

    if bool(sources) == bool(watch):
        raise click.UsageError("Name the documents, or a folder with --watch.")
    settings = _settings(options)
    cache = None if no_cache else work.default_cache(settings.cache_bytes)
    place = output if is_address(output) else Path(output)
    plan = making.Plan(place, settings, cache, resume or bool(watch))
    make = _maker(plan, jobs, dask)
    reports = making.watch(watch, make, _each_second()) if watch else make(making.jobs_of(_batch_sources(sources)))
    failed = 0
    with contextlib.closing(reports):
        for number, report in enumerate(reports, start=1):
            _give(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
            sys.stdout.flush()
            failed += report.status == "failed"
            if not quiet:
                _say(f"{number}. {report.status}: {report.source}{f': {report.error}' if report.error else ''}")
            if failed and stop_on_error:
                break
    if failed:
        _say(f"{failed} failed.")
        click.get_current_context().exit(1)


def _maker(plan: Plan, jobs: int | None, dask: str | None) -> Callable[[Iterable[Job]], Reports]:
    """Who makes the editions: processes here, or a cluster."""
    if dask is None:
        from audio_edition import work
        from audio_edition.batch import make_batch

        return functools.partial(make_batch, plan=plan, at_once=jobs or work.cores())
    if jobs:
        raise click.UsageError("--jobs is for this machine; a cluster has as many as its workers have threads.")
    from audio_edition.cluster import make_on_cluster

    return functools.partial(make_on_cluster, plan=plan, address=dask)


def _each_second() -> Iterator[None]:
    import time

    while True:
        yield
        time.sleep(1)


def _batch_sources(names: Sequence[str]) -> Iterator[Source]:
    """The documents: files, those in folders, and those that a pattern matches where no shell looked."""
    from audio_edition.batch import documents_at, documents_in
    from audio_edition.issue import Source, is_address
    from audio_edition.remote import is_remote

    for name in names:
        path = Path(name)
        if name == "-":
            lines = (line.strip() for line in sys.stdin or ())
            yield from _batch_sources([line for line in lines if line and line != "-"])
        elif is_remote(name):
            yield from map(Source, documents_at(name))
        elif is_address(name):
            yield Source(name)
        elif path.is_dir():
            yield from (Source(document) for document in documents_in(path))
        elif "*" in path.name and not path.exists():
            found = sorted(path.parent.glob(path.name))
            yield from (Source(document) for document in found if not document.name.startswith("."))
        else:
            yield Source(path)


@main.command()
def init() -> None:
    """Write audio-edition.toml into this folder: all settings of a publication, each with what it does.

    \b
    Examples:
      audio-edition init
    """
    from audio_edition.config import FILE_NAME, write_example

    write_example(Path(FILE_NAME))
    _give(FILE_NAME)


@main.group()
def lexicon() -> None:
    """Files that say how words and names are said: lines such as "Kyiv = keev", or W3C PLS.

    \b
    Examples:
      audio-edition lexicon check names.txt
      audio-edition build article.txt --lexicon names.txt
    """


@lexicon.command()
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--engine", metavar="NAME", default="", help="Also try the IPA with this engine.")
@click.option("--voice", metavar="NAME", default="", help="Also try the IPA with this voice.")
def check(files: tuple[Path, ...], engine: str, voice: str) -> None:
    """List what is wrong in lexicons, each fault with its line. Exit 1 if one is an error.

    \b
    Examples:
      audio-edition lexicon check names.txt
      audio-edition lexicon check names.txt --voice en-gb
    """
    from audio_edition.edition import check_lexicon

    found = [(file, check_lexicon(file, engine, voice)) for file in files]
    for file, faults in found:
        for fault in faults:
            _give(f"{file}:{fault.line}: {fault.level}: {fault.message} {fault.remedy}".rstrip())
    levels = [fault.level for _, faults in found for fault in faults]
    if not levels:
        _say("Nothing is wrong.")
    if "error" in levels:
        click.get_current_context().exit(1)


@main.group()
def cache() -> None:
    """Look at the cache of what was spoken, or empty it.

    \b
    Examples:
      audio-edition cache info
      audio-edition cache clear
    """


@cache.command()
@click.option("--config", type=click.Path(path_type=Path), help="Settings file; else ./audio-edition.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(config: Path | None, as_json: bool) -> None:
    """Show where the cache is, what it holds, and what it may hold.

    \b
    Examples:
      audio-edition cache info
      audio-edition cache info --json
    """
    from audio_edition.config import load_settings

    kept = _cache(load_settings(config).cache_bytes)
    usage = kept.usage()
    facts = {"folder": str(kept.folder), "entries": usage.entries, "bytes": usage.bytes}
    facts["limit_bytes"] = kept.limit_bytes
    if as_json:
        _give(_as_json(facts))
    else:
        rows = [("Folder", str(kept.folder)), ("Entries", str(usage.entries))]
        rows += [("Size", _size(usage.bytes)), ("Limit", _size(kept.limit_bytes))]
        _give("\n".join(f"{name}: {value}" for name, value in rows))


@cache.command()
def clear() -> None:
    """Remove all that the cache holds. Editions stay; the next build makes its sound anew.

    \b
    Examples:
      audio-edition cache clear
    """
    gone = _cache(0).clear()
    _give(f"Removed: {gone.entries} entries, {_size(gone.bytes)}")


def _cache(limit_bytes: int) -> Cache:
    from audio_edition import work

    if found := work.default_cache(limit_bytes):
        return found
    raise SettingsError("There is no folder for a cache here.", "Name one in AUDIO_EDITION_CACHE.")


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


@main.command()
@click.argument("source", metavar="ARTICLE|EDITION", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option("--html", "page", type=click.Path(path_type=Path), help="Also write a page on which each word is heard.")
@click.option("--model", type=click.Path(path_type=Path), help="Folder of a Whisper model in CTranslate2's form.")
@click.option("--engine", metavar="NAME", help="Speech engine; else the one for this system.")
@click.option("--voice", metavar="NAME", help="Voice of the engine; see: audio-edition voices.")
@click.option(
    "--rate", type=int, metavar="WPM", help="Words a minute, 80 to 450; else 160 with eSpeak NG, 175 with others."
)
@_speech_options
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and errors.")
def proof(source: Path, page: Path | None, model: Path | None, as_json: bool, quiet: bool, **options: Any) -> None:
    """List the words of ARTICLE that may be said wrong, or listen back to the folder EDITION.

    Of an article: names, unknown and foreign words, initialisms, figures and symbols, each with its sentence, its
    sounds, and a line for the lexicon. Of an edition: the sentences whose words a recogniser did not hear, the worst
    first; exit 1 if a sentence is missing from the sound. Listening needs: pip install "audio-edition[proof]"

    \b
    Examples:
      audio-edition proof article.txt
      audio-edition proof article.txt --html risks.html
      audio-edition proof output/last-ferry-leaves-flooded-harbour
    """
    from audio_edition.edition_folder import is_edition

    if is_edition(source):
        if page:
            raise click.UsageError("--html is for an article; an edition is listened to.")
        _proof_edition(source, model, as_json, quiet)
    else:
        if model:
            raise click.UsageError("--model is for an edition; an article has no sound yet.")
        _proof_article(source, page, as_json, quiet, options)


def _proof_edition(folder: Path, model: Path | None, as_json: bool, quiet: bool) -> None:
    from audio_edition.edition_folder import read_edition
    from audio_edition.proof.listening import LIMITS, listen
    from audio_edition.proof.recogniser import Recogniser
    from audio_edition.proof.report import listening_as_dict, listening_as_text

    def progress(recorded: ChapterRecording) -> None:
        if not quiet:
            _say(f"Heard: {recorded.chapter.title[:70]}")

    heard = listen(read_edition(folder), Recogniser(model), progress)
    _give(_as_json(listening_as_dict(heard)) if as_json else listening_as_text(heard))
    if not quiet:
        _say(LIMITS)
    if any(finding.level == "error" for finding in heard.findings):
        click.get_current_context().exit(1)


def _proof_article(article: Path, page: Path | None, as_json: bool, quiet: bool, options: dict[str, Any]) -> None:
    from audio_edition import work
    from audio_edition.proof import has_word_list, words_at_risk
    from audio_edition.proof.report import risks_as_list, risks_as_text

    settings = _settings(options)
    script = _script([str(article)], settings)
    found = words_at_risk(script, settings, work.default_cache(), page)
    _give(_as_json(risks_as_list(found)) if as_json else risks_as_text(found))
    if not (quiet or has_word_list(script.language)):
        _say(f"There is no list of words for “{script.language}” here: names and unknown words are not shown.")


@main.command()
@click.argument("editions", metavar="EDITION...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--site", type=click.Path(path_type=Path), required=True, help="Folder of the site; a new one is made.")
@click.option("--base-url", metavar="URL", help="Where the site will be. A new site needs it; it is remembered.")
@click.option("--title", metavar="TEXT", help="What the site is called; else as the publisher of its first editions.")
@click.option("--description", metavar="TEXT", help="The site in a sentence.")
@click.option("--contact", metavar="ADDRESS", help="E-mail or web address for the accessibility statement.")
@click.option("--certifier", metavar="NAME", help="Who vouches that the site conforms to WCAG 2.2 AA, having looked.")
@click.option("--robots/--no-robots", default=None, help="Whether search engines may list it; they may by default.")
@click.option("--remove", metavar="NAME", multiple=True, help="Take an edition out of the site; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Describe what was done on standard output as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and errors.")
def publish(
    editions: tuple[Path, ...], site: Path, remove: tuple[str, ...], as_json: bool, quiet: bool, **wishes: Any
) -> None:
    """Make a website of the folders EDITION, or add them to one: pages, search, podcast feed, catalogue.

    The site remembers what it is called and where it will be, and holds what was published before; an edition that
    changed is replaced. A name for --remove is that of a folder in the site's "editions".

    \b
    Examples:
      audio-edition publish output/*/ --site site --base-url https://example.org/listen/
      audio-edition publish output/last-ferry-leaves-flooded-harbour --site site
      audio-edition publish --site site --title "The Courier, to listen to" --contact listen@example.org
      audio-edition publish --site site --remove 2026-11-22-last-ferry-leaves-flooded-harbour
    """
    from audio_edition.site import Wishes, publish_site

    done = publish_site(site, editions, remove, Wishes(**wishes))
    if not quiet:
        for what, names in (("Added", done.added), ("Replaced", done.replaced), ("Removed", done.removed)):
            for name in names:
                _say(f"{what}: {name}")
        _report_findings(done.findings)
        _say(f"Editions in the site: {len(done.site.cards)}. Pages and other files written: {done.written}.")
        _say(f"Look at it with: audio-edition serve {site}")
    summary: dict[str, Any] = {
        "site": str(site),
        "added": done.added,
        "replaced": done.replaced,
        "removed": done.removed,
        "findings": [dataclasses.asdict(finding) for finding in done.findings],
    }
    _give(_as_json(summary) if as_json else str(site))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for others to see.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for one that is free.")
def serve(folder: Path, host: str, port: int) -> None:
    """Show the site or edition in DIR to browsers on this machine, until Ctrl-C.

    \b
    Examples:
      audio-edition serve site
      audio-edition serve output/last-ferry-leaves-flooded-harbour --port 0
    """
    from audio_edition.serve import server

    with server(folder, host, port) as running, contextlib.suppress(KeyboardInterrupt):
        _give(running.url)
        _say("Stop with Ctrl-C.")
        running.run()


@main.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; else beside the edition's folder.")
@click.option(
    "--format", "formats", metavar="NAME,...", default="tracks,transcript", show_default=True, help="What to pack."
)
def pack(edition: Path, output: Path | None, formats: str) -> None:
    """Pack the folder EDITION into one ZIP file for e-mail or a memory stick, with a text that says how to begin.

    \b
    Examples:
      audio-edition pack output/last-ferry-leaves-flooded-harbour
      audio-edition pack output/last-ferry-leaves-flooded-harbour --format mp3,epub -o ferry.zip
    """
    from audio_edition.pack import pack as packed

    if output and output.suffix.lower() != ".zip":
        raise click.UsageError(f"-o {output}: the package is a ZIP file; give it a name that ends in .zip.")
    place = packed(edition, output, [name.strip() for name in formats.split(",")])
    _say(f"Packed: {_size(place.stat().st_size)}")
    _give(str(place))


@main.command("check")
@click.argument("editions", metavar="EDITION...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--programs/--no-programs", default=True, help="Whether to ask EPUBCheck, Ace and axe-core, if installed."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and errors.")
def check_editions(editions: tuple[Path, ...], programs: bool, as_json: bool, quiet: bool) -> None:
    """Check the folders EDITION as a stranger would: every file, every package, every sentence's time in the sound.

    Each package is read with a reader of its own, and what it says is held against edition.json and the decoded sound.
    Each finding has an id, explained in docs/check.md. Exit 1 if one is an error.

    \b
    Examples:
      audio-edition check output/last-ferry-leaves-flooded-harbour
      audio-edition check output/* --no-programs
      audio-edition check output/last-ferry-leaves-flooded-harbour --json
    """
    from audio_edition.check import check_edition
    from audio_edition.check.report import as_list, as_text

    checked = []
    for edition in editions:
        if not quiet:
            _say(f"Checking: {edition}")
        checked.append(check_edition(edition, programs=programs))
    _give(_as_json(as_list(checked)) if as_json else as_text(checked))
    if not all(edition.is_sound for edition in checked):
        click.get_current_context().exit(1)


# --- options become settings, a document becomes a script


def _settings(options: dict[str, Any]) -> Settings:
    from audio_edition import config, publish

    settings = config.load_settings(options["config"])
    publish.chosen(settings.formats)
    try:
        settings = config.overlaid(settings, _tables(options))
        publish.chosen(settings.formats)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    return dataclasses.replace(settings, lexicons=options["lexicons"], allow_private=options["allow_private"])


_OF_EDITION = ("title", "author", "publisher", "date", "certifier", "notes", "announcements")


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


def _script(articles: Sequence[str], settings: Settings) -> Script:
    from audio_edition.edition import make_script

    return make_script(list(_sources(articles)), settings)


def _sources(articles: Sequence[str]) -> Iterator[Source]:
    """The articles with their sections; at least one."""
    from audio_edition.issue import Source, is_address

    category = ""
    if all(article.startswith(_SECTION) for article in articles):
        raise click.UsageError("Name the articles: --section only says which section those behind it are in.")
    for article in articles:
        if article.startswith(_SECTION):
            category = article.removeprefix(_SECTION)
        elif article == "-":
            yield Source(_standard_input(), "standard input", category)
        else:
            yield Source(article if is_address(article) else Path(article), category=category)


def _standard_input() -> bytes:
    from audio_edition.read import LIMIT_BYTES

    if sys.stdin is None:
        raise ReadError("Standard input is closed, so no article can come from it.", "Name a file instead of -.")
    return sys.stdin.buffer.read(LIMIT_BYTES + 1)


# --- what the user sees

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could steer a terminal, or turn the direction of writing: it is shown by its number, as JSON does."""


def _shown(text: str) -> str:
    return _STEERING.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


def _give(result: str) -> None:
    """The result, on standard output: in UTF-8 where it goes to a file or another program, whatever the system says."""
    line = _shown(result)
    try:
        if sys.stdout.isatty():
            click.echo(line)
        else:
            click.echo(f"{line}\n".encode(), nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PublishError(f"Standard output can't be written ({error.strerror}).", "Look where it goes to.") from error


def _say(line: str) -> None:
    """A line for people, on standard error. That nobody can hear it is no reason to stop."""
    with contextlib.suppress(OSError, AttributeError):
        click.echo(_shown(line), err=True)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@contextlib.contextmanager
def _progress(script: Script, quiet: bool, plain: bool) -> Iterator[Progress]:
    """A bar on a terminal, a line for each chapter elsewhere, nothing if asked to be quiet."""
    if quiet or sys.stderr is None:
        yield lambda done, whole, utterance: None
    elif sys.stderr.isatty() and not plain:
        with _bar(len(script.utterances)) as progress:
            yield progress
    else:
        yield _chapter_lines(script)


@contextlib.contextmanager
def _bar(whole: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Speaking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=whole)
        yield lambda done, whole, utterance: bar.update(task, completed=done, total=whole)


def _chapter_lines(script: Script) -> Progress:
    last = {chapter.utterances[-1].id: chapter.title[:70] for chapter in script.chapters}

    def line(done: int, whole: int, utterance: Utterance) -> None:
        if utterance.id in last or done == whole:
            _say(f"Spoken: {last.get(utterance.id, 'as far as the preview goes')} ({done} of {whole} sentences)")

    return line


def _report(edition: Edition) -> None:
    _report_findings(edition.recording.script.findings)
    minutes, seconds = divmod(round(edition.seconds), 60)
    chapters = len(edition.recording.chapters)
    if edition.replaced:
        _say("The edition that was in this place before is replaced.")
    _say(f"Edition: {chapters} chapter{'s' * (chapters > 1)}, {minutes} min {seconds:02} s.")
    _say(f"Open this first: {edition.open_first}")
    _say("Folder to hand out:")


def _report_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        place = f"{finding.place}: " if finding.place else ""
        _say(f"{finding.level.capitalize()}: {place}{finding.message} {finding.remedy}".rstrip())


def _summary(edition: Edition) -> dict[str, Any]:
    return {
        "folder": str(edition.folder),
        "open_first": str(edition.open_first),
        "replaced": edition.replaced,
        "title": edition.recording.script.title,
        "seconds": edition.seconds,
        "chapters": [recorded.chapter.title for recorded in edition.recording.chapters],
        "files": [str(edition.folder / file) for package in edition.packages for file in package.files],
        "findings": [dataclasses.asdict(finding) for finding in edition.recording.script.findings],
    }


def _as_list(script: Script) -> str:
    """Each utterance with its id and role, what is said if it is not what is written, and the pause behind it."""
    from audio_edition.script import as_table

    lines = []
    for row in as_table(script):
        lines += [f"{row.id}  {row.role}", f"    {row.text}"]
        lines += [f"    said: {row.spoken}"] if row.spoken else []
        lines += [f"    sounds: {row.ipa}"] if row.ipa else []
        lines += [f"    pause: {row.pause_after_ms / 1000:g} s", ""]
    return "\n".join(lines)


def _as_tabs(script: Script) -> str:
    from audio_edition.script import as_table

    rows = [("id", "role", "text", "spoken, where different", "pause after (ms)", "IPA"), *as_table(script)]
    return "\n".join("\t".join(str(cell).replace("\t", " ") for cell in row) for row in rows)


def _give_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns without lines drawn around them, which a screen reader would read out; in a pipe, with tabs between."""
    if not sys.stdout.isatty():
        _give("\n".join("\t".join(row) for row in (headings, *rows)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    Console().print(table)
