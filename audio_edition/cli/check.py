"""check: independent checks of finished editions."""

from __future__ import annotations

from pathlib import Path

import click

from audio_edition.cli.output import as_json_text, give, say
from audio_edition.model.profiles import PROFILES


@click.command("check")
@click.argument("editions", metavar="EDITION...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--programs/--no-programs", default=True, help="Whether to run EPUBCheck, Ace and axe-core, if installed."
)
@click.option(
    "--profile", default="", metavar="NAME", help=f"Also measure the files against a profile: {', '.join(PROFILES)}."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def check_editions(editions: tuple[Path, ...], programs: bool, profile: str, as_json: bool, quiet: bool) -> None:
    """Check the folders EDITION as a stranger would: every file, every package, every sentence's time in the sound.

    Each package is read with a reader of its own, and what it says is held against edition.json and the decoded sound.
    Each finding has an id, explained in docs/check.md. Exit 1 if one is an error.

    \b
    Examples:
      audio-edition check output/last-ferry-leaves-flooded-harbour
      audio-edition check output/* --no-programs
      audio-edition check output/my-book --profile acx
      audio-edition check output/last-ferry-leaves-flooded-harbour --json
    """
    from audio_edition.check import check_edition
    from audio_edition.check.report import as_list, as_text

    checked = []
    for edition in editions:
        if not quiet:
            say(f"Checking: {edition}")
        checked.append(check_edition(edition, programs=programs, profile=profile))
    give(as_json_text(as_list(checked)) if as_json else as_text(checked))
    if not all(edition.is_sound for edition in checked):
        click.get_current_context().exit(1)
