"""Apply recordings and decisions to the script of an edition, alike for the command line and the desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audio_edition.cache import Cache
from audio_edition.edition.issue import Documents
from audio_edition.model import Narration, Script, Settings, Tape
from audio_edition.narration.decisions import Decisions
from audio_edition.narration.decisions import decisions_of as read_decisions
from audio_edition.narration.heard import Progress


def decisions_of(documents: Documents, settings: Settings, tapes: Sequence[Tape]) -> Decisions | None:
    """Return what a human decided of the recordings, from the file that a caller or a list names; None without one.
    Raises NarrationError."""
    path = settings.decisions or documents.decisions
    return read_decisions(path, tapes) if path else None


def facts_of(tapes: Sequence[Tape], decisions: Decisions | None, model: Path | None = None) -> list[object]:
    """Return what an edition depends on: its recordings, the recogniser's model, and what a human decided."""
    if not tapes:
        return []
    named = [[tape.sha256, tape.voice.name, *tape.documents] for tape in tapes]
    return [named, repr(decisions), str(model or "")]


def narrated(
    script: Script,
    tapes: Sequence[Tape],
    decisions: Decisions | None,
    settings: Settings,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
    model: Path | None = None,
) -> tuple[Script, Narration | None]:
    """Return the script with the readers' pauses, and what they read; without tapes, the script as it is, and None.
    Raises NarrationError, MissingTool, ProofError."""
    if not tapes:
        return script, None
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration import narrate

    return narrate(script, tapes, Recogniser(model), settings, cache, progress, decisions)
