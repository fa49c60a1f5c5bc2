"""init: a settings file to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from audio_edition.cli.output import give


@click.command()
def init() -> None:
    """Write audio-edition.toml into this folder: all settings of a publication, each with what it does.

    \b
    Examples:
      audio-edition init
    """
    from audio_edition.config import FILE_NAME, write_example

    write_example(Path(FILE_NAME))
    give(FILE_NAME)
