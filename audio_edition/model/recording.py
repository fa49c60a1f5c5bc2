"""What is spoken and recorded: voices, clips, cues, tracks, packages.

Time is a whole number of samples; a writer turns it into seconds, once. Text positions count characters (code points).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from audio_edition.model.script import Chapter, Script, Utterance

RATE_HZ = 44_100
"""Samples a second of every recording."""


PERSON = "person"
"""What stands for the engine where a voice is a person's."""

EDITION_JSON = "edition.json"
"""The file in which an edition says what it is."""


# --- speak


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of an engine. `id` is what `--voice` takes; `language` is a BCP 47 tag; `licence` is empty if unknown.
    `version` distinguishes voices of the same name that come as files."""

    id: str
    name: str
    language: str
    engine: str
    gender: str = ""
    licence: str = ""
    version: str = ""
    learned: bool = False
    """Whether it was learned from recordings of people, rather than built of rules."""

    @property
    def is_person(self) -> bool:
        """Whether it is the voice of a person, not a synthetic one."""
        return self.engine == PERSON


@dataclass(frozen=True, slots=True)
class Delivery:
    """A voice and its rate in words a minute."""

    voice: Voice
    rate_wpm: int = 175


@dataclass(frozen=True, slots=True)
class Word:
    """A word heard from sample `start` to `end`, and the characters of the text it says."""

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of one utterance: signed 16-bit mono samples, native order, at `rate_hz`; words point into `spoken`,
    and count from the first sample. Of the samples, the first `lead` and the last `tail` are part of the pauses."""

    pcm: bytes = field(repr=False)
    rate_hz: int
    words: tuple[Word, ...] = ()
    lead: int = 0
    tail: int = 0

    @property
    def length(self) -> int:
        """Samples at `rate_hz`."""
        return len(self.pcm) // 2


# --- stitch


@dataclass(frozen=True, slots=True)
class Cue:
    """When an utterance and its words sound, in samples at RATE_HZ from the start of its chapter. The words point into
    the utterance's `text`. `voice` says who speaks where it is not the edition's main voice; `confidence`, from 0 to 1,
    how sure the times are, where they were found in a person's recording."""

    utterance: Utterance
    start: int
    end: int
    words: tuple[Word, ...] = ()
    voice: Voice | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """What is recorded in one go: a chapter, or part of a long one. `start` counts from the start of the chapter;
    `tracks` holds one file of bare encoded frames per codec."""

    start: int
    length: int
    tracks: dict[str, Path]


@dataclass(frozen=True, slots=True)
class ChapterRecording:
    """One chapter's sound, in takes that follow each other without gap. `start` counts from the start of the
    edition."""

    chapter: Chapter
    start: int
    length: int
    cues: tuple[Cue, ...]
    takes: tuple[Take, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.length


BookText = Literal["full", "none"]
"""What of the text the books hold: all of it, or nothing but headings and numbers of pages."""


@dataclass(frozen=True, slots=True)
class BrailleForm:
    """The pages of braille: how many cells a line has and how many lines a page; grade 2 is contracted."""

    width: int = 40
    height: int = 25
    grade: int = 2


@dataclass(frozen=True, slots=True)
class Recording:
    """A script, spoken: its chapters follow each other without gap, in samples at RATE_HZ. `delivery` and
    `engine_version` are those of the main voice; `others` speak besides it."""

    script: Script
    chapters: tuple[ChapterRecording, ...]
    delivery: Delivery
    engine_version: str
    others: tuple[Voice, ...] = ()
    certifier: str = ""
    """Who looked at editions like this and vouches that they are accessible (WCAG 2.2 AA), where somebody does."""
    colour: str = ""
    """The publication's, such as `#12355b`, for what is drawn; empty where it has none."""
    braille: BrailleForm = BrailleForm()
    book_text: BookText = "full"
    profile: str = ""
    """For whom files are made besides: the name of one of PROFILES, or empty."""

    @property
    def length(self) -> int:
        return self.chapters[-1].end

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All voices that speak, the main one first."""
        return (self.delivery.voice, *self.others)


# --- publish


@dataclass(frozen=True, slots=True)
class Package:
    """The files that one format wrote, relative to the edition's folder; the one to open first comes first."""

    format: str
    files: tuple[Path, ...]
