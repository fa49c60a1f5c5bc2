"""script: what will be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from audio_edition.cli.documents import ArticlesCommand, articles_and_sections, script_of
from audio_edition.cli.options import settings_of, speech_options, who_speaks
from audio_edition.cli.output import give, report_findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audio_edition.model import Script, Speech
    from audio_edition.speak.lengths import Length


@click.command(cls=ArticlesCommand)
@articles_and_sections
@click.option(
    "--format",
    "layout",
    type=click.Choice(["list", "table", "text", "json", "ssml"]),
    default="list",
    show_default=True,
    help="Layout: tab-separated (table), as spoken (text), or to edit and pass to build (json).",
)
@click.option(
    "--times",
    is_flag=True,
    help="Show how long each sentence and chapter will be: as the engine tells (kokoro), else about, by its rate.",
)
@who_speaks
@speech_options
def script(articles: tuple[str, ...], layout: str, times: bool, **options: Any) -> None:
    """Show what will be said for ARTICLE, and with which pauses, before any sound is made.

    \b
    Examples:
      audio-edition script article.txt
      audio-edition script article.txt --format json > script.json
      audio-edition script article.txt --times --engine kokoro
    """
    from audio_edition.script import script_to_json
    from audio_edition.script.show import as_ssml, as_text

    if times and layout not in ("list", "table"):
        raise click.UsageError("--times is shown in a list or a table: --format list or --format table.")
    settings = settings_of(options)
    made = script_of(articles, settings)
    if times:
        give(_with_times(made, settings.speech, layout))
    else:
        writers = {"list": _as_list, "table": _as_tabs, "text": as_text}
        writers |= {"json": script_to_json, "ssml": as_ssml}
        give(writers[layout](made).rstrip("\n"))
    report_findings(made.findings)


def _with_times(script: Script, speech: Speech, layout: str) -> str:
    """Return the script as a list or a table, with the length of each sentence, and of each chapter behind them."""
    from audio_edition.speak.lengths import chapter_length, lengths_of

    lengths = lengths_of(script, speech)
    if layout == "table":
        return _as_tabs(script, lengths)
    chapters = [
        f"{chapter.id}  {_in_words(chapter_length(chapter, lengths))}  {chapter.title}" for chapter in script.chapters
    ]
    return "\n".join([_as_list(script, lengths), "Chapters, with their pauses:", *chapters])


def _as_list(script: Script, lengths: Mapping[str, Length] | None = None) -> str:
    """Return each utterance with its id, role and speaker, its spoken form if that differs, the pause after it, and its
    length where lengths are given."""
    from audio_edition.script.show import as_table

    lines = []
    for row in as_table(script):
        speaker = f"  ({row.speaker})" if row.speaker else ""
        lines += [f"{row.id}  {row.role}{speaker}", f"    {row.text}"]
        lines += [f"    said: {row.spoken}"] if row.spoken else []
        lines += [f"    sounds: {row.ipa}"] if row.ipa else []
        lines += [f"    length: {_in_words(lengths[row.id])}"] if lengths else []
        lines += [f"    pause: {row.pause_after_ms / 1000:g} s", ""]
    return "\n".join(lines)


def _as_tabs(script: Script, lengths: Mapping[str, Length] | None = None) -> str:
    """Return a line for each utterance, and where lengths are given one for each chapter behind them."""
    from audio_edition.script.show import as_table

    head = ["id", "role", "text", "spoken, where different", "pause after (ms)", "IPA", "speaker"]
    rows: list[Sequence[object]] = list(as_table(script))
    if lengths is not None:
        from audio_edition.speak.lengths import chapter_length

        head += ["length (ms)", "length is"]
        rows = [(*row, *_in_cells(lengths[row.id])) for row in as_table(script)]
        rows += [
            (chapter.id, "chapter", chapter.title, "", "", "", "", *_in_cells(chapter_length(chapter, lengths)))
            for chapter in script.chapters
        ]
    return "\n".join("\t".join(str(cell).replace("\t", " ") for cell in row) for row in [head, *rows])


def _in_cells(length: Length) -> tuple[int, str]:
    return round(length.seconds * 1000), "estimated" if length.is_estimate else "told"


def _in_words(length: Length) -> str:
    """Return 2.4 s, 1:02:03 for a minute or more, and "about" before an estimate."""
    about = "about " * length.is_estimate
    if length.seconds < 60:
        return f"{about}{length.seconds:.1f} s"
    minutes, seconds = divmod(round(length.seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return about + (f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}")
