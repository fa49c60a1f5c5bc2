"""What a person read: recordings, and where in them each sentence of a script is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audio_edition.model.findings import Finding
from audio_edition.model.recording import RATE_HZ, Voice, Word

SURE = 0.6
"""Readings of less confidence are for a human to look at."""


@dataclass(frozen=True, slots=True)
class Tape:
    """A file with a person's voice. `sha256` is that of its bytes; `length` counts samples at RATE_HZ. `documents` are
    what a list calls the articles that it is of, where it says so."""

    path: Path
    sha256: str
    voice: Voice
    length: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an utterance is said on a tape, from sample `start` to `end` at RATE_HZ.

    `lead` and `tail` are the samples before and behind it that belong to the pauses around, with no other voice in
    them; `joins` says whether the sentence behind it on the tape follows it in the edition, so that the pause between
    is heard as it was. The words count from `start` and point into `spoken`; there are none where they are not sure.
    `confidence` goes from 0 to 1.
    """

    tape: int
    start: int
    end: int
    confidence: float = 1.0
    words: tuple[Word, ...] = ()
    lead: int = 0
    tail: int = 0
    joined: bool = False
    """Whether the sound before `lead` goes on from the reading before it."""
    joins: bool = False

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE_HZ


@dataclass(frozen=True, slots=True)
class Narration:
    """What people read of a script: tapes, a reading for each utterance that is on one (by its id), and findings."""

    tapes: tuple[Tape, ...]
    readings: Mapping[str, Reading]
    findings: tuple[Finding, ...] = field(default=())
    as_recorded: bool = False
    """Whether the sound is to stay as it is, but for the cuts."""
