"""What synchronised books share: each sentence's clip of the MP3, and an identifier for the book."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from audio_edition.formats.clock import milliseconds
from audio_edition.model import RATE_HZ, ChapterRecording, Script


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence and where it sounds in its file, in milliseconds."""

    id: str
    begin_ms: int
    end_ms: int


def clips(chapter: ChapterRecording, offset: int = 0) -> list[Clip]:
    """The clips of a chapter that begins `offset` samples after its file does. They touch, so that players play the
    pauses and need not seek; the last one ends with the sound."""
    begins = [milliseconds(offset + cue.start) for cue in chapter.cues]
    # The sound ends at a whole millisecond or later: never beyond it.
    ends = [*begins[1:], (offset + chapter.length) * 1000 // RATE_HZ]
    return [Clip(cue.utterance.id, begin, end) for cue, begin, end in zip(chapter.cues, begins, ends, strict=True)]


def length_ms(clipped: Iterable[Clip]) -> int:
    """Return the total length of the clips in milliseconds."""
    return sum(clip.end_ms - clip.begin_ms for clip in clipped)


def edition_identifier(script: Script) -> str:
    """Return a UUID, the same for the same article on the same day, even after a correction."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((script.title, script.published, script.source))).urn
