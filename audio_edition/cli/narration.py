"""What commands do with the recordings that they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio_edition.cli.output import say

if TYPE_CHECKING:
    from audio_edition.cache import Cache
    from audio_edition.config import Settings
    from audio_edition.edition.issue import Documents
    from audio_edition.model import Narration, Script, Tape
    from audio_edition.narration.decisions import Decisions

narration_option = click.option(
    "--narration",
    "recordings",
    metavar="RECORDING",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A recording of a person who reads this, or a folder of them; may be repeated.",
)
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Another model of the recogniser that finds the sentences in recordings.",
)


def tapes_of(documents: Documents, settings: Settings) -> tuple[Tape, ...]:
    """Return the recordings that a command or its list names. Raises NarrationError."""
    if not (documents.recordings or settings.recordings):
        return ()
    from audio_edition.narration import tapes

    return tapes.tapes_of(documents, settings)


def decisions_of(documents: Documents, settings: Settings, tapes: Sequence[Tape]) -> Decisions | None:
    """Return what a human decided of the recordings, from the file that a command or its list names. Raises
    NarrationError."""
    if not (settings.decisions or documents.decisions):
        return None
    from audio_edition.narration import of_edition

    return of_edition.decisions_of(documents, settings, tapes)


def facts_of(tapes: Sequence[Tape], decisions: Decisions | None, model: Path | None) -> list[object]:
    """Return what an edition depends on, of its recordings, who listens to them, and what a human decided."""
    if not tapes:
        return []
    from audio_edition.narration import of_edition

    return of_edition.facts_of(tapes, decisions, model)


def narrated(
    script: Script,
    tapes: Sequence[Tape],
    decisions: Decisions | None,
    model: Path | None,
    settings: Settings,
    cache: Cache | None,
    *,
    quiet: bool,
) -> tuple[Script, Narration | None]:
    """Return the script with the pauses of those who read, and what they read, and say what is listened to meanwhile.
    Raises NarrationError, MissingTool, ProofError."""
    if not tapes:
        return script, None
    from audio_edition.narration import of_edition

    return of_edition.narrated(script, tapes, decisions, settings, cache, listening(quiet=quiet), model)


def listening(*, quiet: bool) -> Callable[[Tape, float], None]:
    """Return what says of each recording, once, that it is listened to."""
    told: set[str] = set()

    def progress(tape: Tape, seconds: float) -> None:
        if not quiet and tape.sha256 not in told:
            told.add(tape.sha256)
            say(f"Listening to {tape.path.name}")

    return progress
