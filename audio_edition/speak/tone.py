"""An engine that hums: as long as the text is, a beep a word. For tests, dry runs, and timing without a voice."""

from __future__ import annotations

import array
import functools
import math
import re

from audio_edition.model import Clip, Delivery, Pronunciation, Voice, Word
from audio_edition.speak.voices import ANY_LANGUAGE

_VOICES = (Voice("hum", "Hum", ANY_LANGUAGE, "tone"), Voice("high", "High hum", ANY_LANGUAGE, "tone"))
_PITCHES_HZ = {"hum": 220, "high": 440}
_LETTER_SECONDS = 0.07
_AMPLITUDE = 8000


class ToneEngine:
    """Beeps of 70 ms a letter at 175 words a minute, with 20 ms between words."""

    name = "tone"
    version = "1"
    rate_hz = 22_050
    takes_ipa = False
    at_once = 1
    licence = "GPL-3.0-or-later"
    learned = False
    usual_wpm = 175

    def voices(self) -> tuple[Voice, ...]:
        return _VOICES

    def voice(self, wanted: str) -> Voice | None:
        return next((voice for voice in _VOICES if wanted.casefold() in (voice.id, voice.name.casefold())), None)

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        gap = bytes(2 * (self.rate_hz // 50))
        letter = round(self.rate_hz * _LETTER_SECONDS * 175 / delivery.rate_wpm)
        pieces: list[bytes] = []
        words: list[Word] = []
        start = 0
        for match in re.finditer(r"\S+", spoken):
            beep = _beep(letter * len(match.group()), _PITCHES_HZ[delivery.voice.id], self.rate_hz)
            end = start + len(beep) // 2
            words.append(Word(start, end, *match.span()))
            pieces += [beep, gap]
            start = end + len(gap) // 2
        return Clip(b"".join(pieces[:-1]), self.rate_hz, tuple(words))

    def seconds(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> float:
        words = spoken.split()
        letters = sum(map(len, words)) * _LETTER_SECONDS * 175 / delivery.rate_wpm
        return letters + (len(words) - 1) / 50

    def phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...] = ()) -> str:
        return ""

    def close(self) -> None:
        """Do nothing: nothing is held open."""


@functools.lru_cache(maxsize=64)
def _beep(samples: int, pitch_hz: int, rate_hz: int) -> bytes:
    # A cosine: the first sample is heard already.
    step = 2 * math.pi * pitch_hz / rate_hz
    return array.array("h", (round(_AMPLITUDE * math.cos(step * i)) for i in range(samples))).tobytes()
