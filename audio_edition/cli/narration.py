"""What commands do with the recordings that they are given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition.cli.output import say

if TYPE_CHECKING:
    from audio_edition.cache import Cache
    from audio_edition.config import Settings
    from audio_edition.edition.issue import Documents
    from audio_edition.model import Narration, Script, Tape


def tapes_of(documents: Documents, settings: Settings) -> tuple[Tape, ...]:
    """Return the recordings that a command or its list names. Raises NarrationError."""
    if not (documents.recordings or settings.recordings):
        return ()
    from audio_edition.narration import tapes

    return tapes.tapes_of(documents, settings)


def facts_of(tapes: Sequence[Tape], model: Path | None) -> list[object]:
    """Return what an edition depends on, of its recordings and who listens to them."""
    return [[tape.sha256, tape.voice.name] for tape in tapes] + [str(model or "")] * bool(tapes)


def narrated(
    script: Script, tapes: Sequence[Tape], model: Path | None, settings: Settings, cache: Cache | None, *, quiet: bool
) -> tuple[Script, Narration | None]:
    """Return the script with the pauses of those who read, and what they read, and say what is listened to meanwhile.
    Raises NarrationError, MissingTool, ProofError."""
    if not tapes:
        return script, None
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration import narrate

    told: set[str] = set()

    def progress(tape: Tape, seconds: float) -> None:
        if not quiet and tape.sha256 not in told:
            told.add(tape.sha256)
            say(f"Listening to {tape.path.name}")

    return narrate(script, tapes, Recogniser(model), settings, cache, progress)
