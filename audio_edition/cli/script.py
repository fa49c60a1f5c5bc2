"""script: what will be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from audio_edition.cli.documents import ArticlesCommand, articles_and_sections, script_of
from audio_edition.cli.options import settings_of, speech_options
from audio_edition.cli.output import give, report_findings

if TYPE_CHECKING:
    from audio_edition.model import Script


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
@speech_options
def script(articles: tuple[str, ...], layout: str, **options: Any) -> None:
    """Show what will be said for ARTICLE, and with which pauses, before any sound is made.

    \b
    Examples:
      audio-edition script article.txt
      audio-edition script article.txt --format json > script.json
    """
    from audio_edition import script as stage

    made = script_of(articles, settings_of(options))
    writers = {"list": _as_list, "table": _as_tabs, "text": stage.as_text}
    writers |= {"json": stage.script_to_json, "ssml": stage.as_ssml}
    give(writers[layout](made).rstrip("\n"))
    report_findings(made.findings)


def _as_list(script: Script) -> str:
    """Return each utterance with its id, role and speaker, its spoken form if that differs, and the pause after it."""
    from audio_edition.script import as_table

    lines = []
    for row in as_table(script):
        speaker = f"  ({row.speaker})" if row.speaker else ""
        lines += [f"{row.id}  {row.role}{speaker}", f"    {row.text}"]
        lines += [f"    said: {row.spoken}"] if row.spoken else []
        lines += [f"    sounds: {row.ipa}"] if row.ipa else []
        lines += [f"    pause: {row.pause_after_ms / 1000:g} s", ""]
    return "\n".join(lines)


def _as_tabs(script: Script) -> str:
    from audio_edition.script import as_table

    rows = [("id", "role", "text", "spoken, where different", "pause after (ms)", "IPA", "speaker"), *as_table(script)]
    return "\n".join("\t".join(str(cell).replace("\t", " ") for cell in row) for row in rows)
