"""proof: words at risk in an article, and what a recogniser hears of an edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audio_edition.cli.documents import documents_of
from audio_edition.cli.options import settings_of, speech_options
from audio_edition.cli.output import as_json_text, give, say

if TYPE_CHECKING:
    from audio_edition.model import ChapterRecording


@click.command()
@click.argument("source", metavar="ARTICLE|EDITION", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    help="Also write a page on which each word can be heard; for a PDF, it shows what each part was taken for.",
)
@click.option("--model", type=click.Path(path_type=Path), help="Folder of a Whisper model in CTranslate2's format.")
@click.option("--engine", metavar="NAME", help="Speech engine; by default the system's.")
@click.option("--voice", metavar="NAME", help="Voice of the engine; see: audio-edition voices.")
@click.option(
    "--rate",
    type=int,
    metavar="WPM",
    help="Words per minute, 80 to 450; by default 160 with eSpeak NG, 175 with others.",
)
@speech_options
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def proof(source: Path, page: Path | None, model: Path | None, as_json: bool, quiet: bool, **options: Any) -> None:
    """List the words of ARTICLE that may be said wrong, or listen back to the folder EDITION.

    Of an article: names, unknown and foreign words, initialisms, figures and symbols, each with its sentence, its
    sounds, and a line for the lexicon. Of an edition: the sentences whose words a recogniser did not hear, the worst
    first; exit 1 if a sentence is missing from the sound. Listening needs the extra `proof` (README).

    \b
    Examples:
      audio-edition proof article.txt
      audio-edition proof article.txt --html risks.html
      audio-edition proof magazine.pdf --html pages.html
      audio-edition proof output/last-ferry-leaves-flooded-harbour
    """
    from audio_edition.edition.folder import is_edition

    if is_edition(source):
        if page:
            raise click.UsageError("--html is for an article; an edition is listened to.")
        _proof_edition(source, model, as_json, quiet)
    else:
        if model:
            raise click.UsageError("--model is for an edition; an article has no sound yet.")
        _proof_article(source, page, as_json, quiet, options)


def _proof_edition(folder: Path, model: Path | None, as_json: bool, quiet: bool) -> None:
    from audio_edition.edition.folder import read_edition
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.proof.listening import LIMITS, listen
    from audio_edition.proof.report import listening_as_dict, listening_as_text

    def progress(recorded: ChapterRecording) -> None:
        if not quiet:
            say(f"Heard: {recorded.chapter.title[:70]}")

    heard = listen(read_edition(folder), Recogniser(model), progress)
    give(as_json_text(listening_as_dict(heard)) if as_json else listening_as_text(heard))
    if not quiet:
        say(LIMITS)
    if any(finding.level == "error" for finding in heard.findings):
        click.get_current_context().exit(1)


def _proof_article(article: Path, page: Path | None, as_json: bool, quiet: bool, options: dict[str, Any]) -> None:
    from audio_edition.cache import default_cache
    from audio_edition.edition import build
    from audio_edition.proof import has_word_list, words_at_risk
    from audio_edition.proof.report import risks_as_list, risks_as_text

    settings = settings_of(options)
    documents, lexicons = documents_of([str(article)], settings)
    script = build.script_of(documents, lexicons, settings)
    loaded = ((document.data, document.name) for document in documents.loaded)
    found = words_at_risk(script, settings, default_cache(), page, loaded)
    give(as_json_text(risks_as_list(found)) if as_json else risks_as_text(found))
    if not (quiet or has_word_list(script.language)):
        say(f"There is no list of words for “{script.language}” here: names and unknown words are not shown.")
