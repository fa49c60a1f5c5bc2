"""Listen to a finished edition with a recogniser: what was heard at each sentence's cue.

A chapter is recognised in one go, since single sentences are recognised far worse; the result is then aligned with the
text so that as many words as possible agree. A sentence is compared as written and as spoken, and the better match
counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audio_edition import audio
from audio_edition.edition.folder import FinishedEdition
from audio_edition.hearing import recogniser as hearing
from audio_edition.hearing.comparison import Match, comparable, compared
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import RATE_HZ, ChapterRecording, Clip, Cue, Finding

LIMITS = (
    "A recogniser can't know how a name should sound, tell words apart that sound alike, or hear stress, tone and the "
    "length of pauses; and it mishears rare words that were said well. What it lists is to be listened to."
)
_LONGEST_PIECE_SECONDS = 600
_SILENCE_DBFS = -50.0
_SMEARED_SAMPLES = hearing.RATE_HZ // 20
_TOO_FEW_RIGHT = 0.25
_FEWEST_WORDS = 4
"""Shorter sentences are sometimes misheard whole."""
_ANEW = "Listen to it; if it is missing there, build the edition again with --no-cache."

Progress = Callable[[ChapterRecording], None]
"""Called with each chapter when it has been heard."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of an edition (its cue in samples at model.RATE_HZ from the edition's start) and what was heard."""

    id: str
    text: str
    start: int
    end: int
    match: Match
    missing: str = ""
    """Why the sentence counts as missing; empty where it was heard."""


@dataclass(frozen=True, slots=True)
class Listening:
    """What a recogniser heard of an edition, sentence by sentence in reading order."""

    title: str
    recogniser: str
    sentences: tuple[Heard, ...]

    @property
    def words(self) -> int:
        return sum(heard.match.words for heard in self.sentences)

    @property
    def errors(self) -> int:
        return sum(heard.match.errors for heard in self.sentences)

    @property
    def word_error_rate(self) -> float:
        return self.errors / self.words if self.words else 0.0

    @property
    def worst_first(self) -> list[Heard]:
        """Return the sentences that were misheard: missing ones, then by their error rate."""
        wrong = [heard for heard in self.sentences if heard.missing or heard.match.errors]
        return sorted(wrong, key=lambda heard: (not heard.missing, -heard.match.rate))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each of them; missing sentences are errors."""
        return tuple(_finding(heard) for heard in self.worst_first)


def _finding(heard: Heard) -> Finding:
    if heard.missing:
        return Finding("sentence-missing", "error", heard.missing, heard.id, _ANEW, heard.text)
    message = f"{heard.match.errors} of {heard.match.words} words were not recognised; heard: {heard.match.heard}"
    return Finding("misheard", "warning", message, heard.id, "Listen to it.", heard.text)


def listen(edition: FinishedEdition, recogniser: Recogniser, progress: Progress = lambda chapter: None) -> Listening:
    """Listen to the whole edition, chapter by chapter, and return what was heard. Raises ProofError, StitchError."""
    pieces = [piece for chapter in edition.chapters for piece in _pieces(chapter)]
    ends = [_at_recogniser(piece.end) for piece in pieces]
    excerpts = audio.excerpts(edition.sound, hearing.RATE_HZ, ends)
    sentences: list[Heard] = []
    for piece, sound in zip(pieces, excerpts, strict=True):
        sentences += _heard(piece, sound, edition.language, recogniser)
        if piece.end == piece.chapter.end:
            progress(piece.chapter)
    return Listening(edition.title, recogniser.name, tuple(sentences))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is heard in one go: cues of a chapter in one language; samples at RATE_HZ from the edition's start."""

    chapter: ChapterRecording
    start: int
    end: int
    cues: tuple[Cue, ...]
    language: str


def _pieces(chapter: ChapterRecording) -> Iterator[_Piece]:
    """Yield the chapter in pieces, cut where the language changes and after ten minutes: the model's memory grows with
    time."""
    start, cues = chapter.start, list[Cue]()
    for cue, following in itertools.zip_longest(chapter.cues, chapter.cues[1:]):
        cues.append(cue)
        end = chapter.end if following is None else chapter.start + (cue.end + following.start) // 2
        too_long = end - start > _LONGEST_PIECE_SECONDS * RATE_HZ
        if following is None or too_long or following.utterance.language != cue.utterance.language:
            yield _Piece(chapter, start, end, tuple(cues), cue.utterance.language)
            start, cues = end, []


def _heard(piece: _Piece, sound: Clip, main_language: str, recogniser: Recogniser) -> Iterator[Heard]:
    language = piece.language or main_language
    heard = comparable(recogniser.hear(sound, recogniser.language(language)), language)
    as_written = compared([comparable(cue.utterance.text, language) for cue in piece.cues], heard)
    as_said = compared([comparable(cue.utterance.spoken, language) for cue in piece.cues], heard)
    for cue, written, said in zip(piece.cues, as_written, as_said, strict=True):
        start, end = piece.chapter.start + cue.start, piece.chapter.start + cue.end
        match = min(written, said, key=lambda match: match.rate)
        silent = _is_silent(sound, _at_recogniser(start - piece.start), _at_recogniser(end - piece.start))
        yield Heard(cue.utterance.id, cue.utterance.text, start, end, match, _missing(match, silent))


def _missing(match: Match, silent: bool) -> str:
    if silent:
        return "There is silence where this sentence should be."
    if match.words >= _FEWEST_WORDS and match.right < _TOO_FEW_RIGHT * match.words:
        return f"Of the {match.words} words of this sentence {match.right or 'none'} could be recognised in its place."
    return ""


def _is_silent(sound: Clip, start: int, end: int) -> bool:
    """Whether nothing sounds between two samples, but for what a codec smears in from outside."""
    edge = min(_SMEARED_SAMPLES, (end - start) // 4)
    return sound.length <= start or audio.peak_dbfs(sound, start + edge, end - edge) < _SILENCE_DBFS


def _at_recogniser(samples: int) -> int:
    return samples * hearing.RATE_HZ // RATE_HZ
