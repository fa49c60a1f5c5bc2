"""lexicon: what is wrong in files of pronunciations."""

from __future__ import annotations

from pathlib import Path

import click

from audio_edition.cli.output import give, say


@click.group()
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
    from audio_edition.edition.build import check_lexicon

    found = [(file, check_lexicon(file, engine, voice)) for file in files]
    for file, faults in found:
        for fault in faults:
            give(f"{file}:{fault.line}: {fault.level}: {fault.message} {fault.remedy}".rstrip())
    levels = [fault.level for _, faults in found for fault in faults]
    if not levels:
        say("Nothing is wrong.")
    if "error" in levels:
        click.get_current_context().exit(1)
