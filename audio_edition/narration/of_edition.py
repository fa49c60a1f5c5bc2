"""Apply recordings and decisions to the script of an edition, alike for the command line and the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audio_edition.cache import Cache
from audio_edition.edition.build import with_formats
from audio_edition.edition.issue import Documents
from audio_edition.model import Narration, Script, Settings, Tape
from audio_edition.narration.decisions import Decisions
from audio_edition.narration.decisions import decisions_of as read_decisions
from audio_edition.narration.heard import Progress
from audio_edition.narration.times import ListedTime, listed_times


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


def times_of(documents: Documents) -> tuple[ListedTime, ...]:
    """Return the chapters that are listed for a recording without a text. Raises NarrationError."""
    return listed_times(documents.chapters) if documents.chapters else ()


def facts_without_text(
    documents: Documents, tapes: Sequence[Tape], times: Sequence[ListedTime], model: Path | None = None
) -> list[object]:
    """Return what an edition of recordings alone depends on: also chapters, and names, from which titles come."""
    names = [[tape.path.parent.name, tape.path.name] for tape in tapes]
    return [*facts_of(tapes, None, model), repr(times), documents.transcribe, names]


def title_of(documents: Documents, tapes: Sequence[Tape], settings: Settings) -> str:
    """Return the title of an edition of recordings alone."""
    from audio_edition.narration.unwritten import title_without_text

    return title_without_text(tapes, replace(settings, title=settings.title or documents.title))


def without_text(
    documents: Documents,
    tapes: Sequence[Tape],
    times: Sequence[ListedTime],
    settings: Settings,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
    model: Path | None = None,
) -> tuple[Script, Narration]:
    """Return a script made of recordings alone, and the narration that says where its parts are on them. Raises
    SettingsError for formats that it can't have, NarrationError, MissingTool, ProofError."""
    with_formats(settings, "heard" if documents.transcribe else "none")
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration.unwritten import script_without_text

    settings = replace(
        settings,
        title=title_of(documents, tapes, settings),
        date=settings.date or documents.published,
        publisher=settings.publisher or documents.source,
    )
    listener = Recogniser(model)
    return script_without_text(tapes, listener, settings, times, cache, progress, transcribe=documents.transcribe)


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
    Raises SettingsError for formats that it can't have, before anything is listened to; NarrationError, MissingTool,
    ProofError."""
    if not tapes:
        return script, None
    with_formats(settings, script.wording)
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.narration import narrate

    return narrate(script, tapes, Recogniser(model), settings, cache, progress, decisions)
