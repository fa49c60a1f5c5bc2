"""How long each sentence will be heard, known before any sound is made: told by the engine, else estimated by rate."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from audio_edition.model import Chapter, Pause, Script, Speech, Utterance
from audio_edition.processes import cores
from audio_edition.speak import with_best_engine
from audio_edition.speak.cast import cast_for
from audio_edition.speak.engine import RetryableSpeechError, TellsLengths
from audio_edition.speak.narrator import Narrator

_WORDS_A_LETTER = 0.2
_WORDS_A_FIGURE = 0.8
_WORDS_A_CONSONANT = 0.35
_WORDS_AN_IDEOGRAPH = 0.85
"""Of speech, by what is written; letters of Arabic or Hindi are syllables or stand for them."""


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds of sound; `is_estimate` where some of them are by rate, as no engine told them."""

    seconds: float
    is_estimate: bool


def lengths_of(script: Script, speech: Speech) -> dict[str, Length]:
    """Return the length of each utterance by its id, in the voices that would speak. Raises SpeakError, MissingTool
    where a voice that is asked for is not there."""
    speech = with_best_engine(speech, script.language)
    with cast_for(script, speech, is_heard=False) as cast, ThreadPoolExecutor(cores()) as pool:
        found = pool.map(lambda utterance: _length(cast.synthetic_of(utterance), utterance), script.utterances)
        return {utterance.id: length for utterance, length in zip(script.utterances, found, strict=True)}


def chapter_length(chapter: Chapter, lengths: Mapping[str, Length]) -> Length:
    """Return the length of a chapter with its pauses."""
    spoken = [lengths[utterance.id] for utterance in chapter.utterances]
    pauses_ms = sum(part.milliseconds for part in chapter.parts if isinstance(part, Pause))
    seconds = sum(length.seconds for length in spoken) + pauses_ms / 1000
    return Length(seconds, any(length.is_estimate for length in spoken))


def _length(narrator: Narrator, utterance: Utterance) -> Length:
    """Return what the narrator's engine tells, or an estimate where it does not, or can't say it in one piece."""
    engine = narrator.engine
    pronunciations = utterance.pronunciations if engine.takes_ipa else ()
    if isinstance(engine, TellsLengths):
        try:
            return Length(engine.seconds(utterance.spoken, narrator.delivery, pronunciations), is_estimate=False)
        except RetryableSpeechError:
            pass
    return Length(60 * _words(utterance.spoken) / narrator.delivery.rate_wpm, is_estimate=True)


def _words(spoken: str) -> float:
    """Return how many words of usual length take as long to say."""
    words = 0.0
    for sign in spoken:
        kind = unicodedata.category(sign)
        if kind == "Lo":
            is_wide = unicodedata.east_asian_width(sign) == "W"
            words += _WORDS_AN_IDEOGRAPH if is_wide else _WORDS_A_CONSONANT
        elif kind.startswith("L"):
            words += _WORDS_A_LETTER
        elif kind.startswith("N"):
            words += _WORDS_A_FIGURE
    return max(words, 1.0)
