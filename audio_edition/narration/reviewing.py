"""Listen to recordings, and write the page on which a human decides on what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audio_edition.cache import Cache
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import Script, Settings, Tape
from audio_edition.narration import find
from audio_edition.narration.deciding import decided
from audio_edition.narration.decisions import Decisions
from audio_edition.narration.heard import Progress
from audio_edition.narration.review import places_of
from audio_edition.narration.review_page import write_page


def review(
    script: Script,
    tapes: Sequence[Tape],
    recogniser: Recogniser,
    settings: Settings,
    path: Path,
    decisions: Decisions | None = None,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
    *,
    with_others: bool = False,
) -> int:
    """Write the page, which goes on from earlier decisions, and return how many places it lists.

    Raises as narrate does, and PublishError where the page can't be written.
    """
    found = find(script, tapes, recogniser, cache, progress)
    before = decisions or Decisions("")
    done = decided(script, found.reports, found.readings, before, settings.pauses.paragraph)
    places = places_of(script, found.reports, done, before, settings.unread, with_others=with_others)
    write_page(path, script, places, tapes, len(script.utterances))
    return len(places)
