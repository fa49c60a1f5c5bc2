"""People who read, for tests: a voice of our own reads a script onto a tape, with mistakes that are known."""

from __future__ import annotations

import random
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audio_edition import audio
from audio_edition.atomic import sha256_of
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.hearing.recogniser import HeardWord
from audio_edition.model import PERSON, RATE_HZ, Clip, Tape, Utterance, Voice
from audio_edition.speak.narrator import Narrator

Samples = npt.NDArray[np.float64]
_ROOM = 12
"""Of noise, in samples' units: a quiet room, at -68 dBFS."""


def written(path: Path, samples: Samples) -> None:
    """Write samples at RATE_HZ as WAV."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(samples.clip(-32768, 32767).astype(np.int16).tobytes())


@dataclass
class Reader:
    """Reads aloud by a narrator, and keeps what was truly read: `truth` has the samples of each utterance's last
    reading at RATE_HZ, `said` all that was said, with its samples."""

    narrator: Narrator
    seed: int = 1
    parts: list[Samples] = field(default_factory=list)
    truth: dict[str, tuple[int, int]] = field(default_factory=dict)
    said: list[tuple[str, int, int]] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self.sound(np.zeros(RATE_HZ))

    def sound(self, samples: Samples) -> None:
        self.parts.append(samples)
        self.length += len(samples)

    def say(self, text: str, pause_seconds: float | None = None) -> tuple[int, int]:
        """Say something, and pause; return the samples from its first to its last."""
        clip = audio.at_rate(self.narrator.speak(Utterance("said", text, text)), RATE_HZ)
        start = self.length
        self.sound(np.frombuffer(clip.pcm, np.int16).astype(np.float64))
        self.said.append((text, start, self.length))
        end = self.length
        seconds = self._random.uniform(0.3, 1.0) if pause_seconds is None else pause_seconds
        self.sound(np.zeros(round(RATE_HZ * seconds)))
        return start, end

    def read(self, utterances: Sequence[Utterance]) -> None:
        for utterance in utterances:
            self.truth[utterance.id] = self.say(utterance.spoken)

    def begin(self, utterance: Utterance, share: float = 0.6) -> None:
        """Begin a sentence and give it up."""
        words = utterance.spoken.split()
        self.say(" ".join(words[: round(len(words) * share)]))

    def cough(self) -> None:
        noise = np.random.default_rng(self.seed).standard_normal(RATE_HZ // 6)
        self.sound(6000 * noise * np.exp(-np.arange(len(noise)) / 2000))
        self.sound(np.zeros(RATE_HZ // 3))

    def click(self) -> None:
        """Four thousandths of a second, as of a switch."""
        self.sound(12_000 * np.random.default_rng(self.seed).standard_normal(RATE_HZ // 250))
        self.sound(np.zeros(RATE_HZ // 3))

    def write(self, path: Path) -> Tape:
        """Write the tape, as WAV, with the noise of a room."""
        samples = np.concatenate(self.parts)
        written(path, samples + _ROOM * np.random.default_rng(self.seed).standard_normal(len(samples)))
        return Tape(path, sha256_of(path), Voice("Jane Doe", "Jane Doe", "en", PERSON))


@dataclass
class Ears:
    """Hears what readers say, without a recogniser: words, each with its share of the time. `misheard` changes what is
    heard; a word that becomes nothing is not heard."""

    readers: Sequence[Reader]
    misheard: dict[str, str] = field(default_factory=dict)
    name: str = "Ears"
    digest: str = "Ears"
    heard_pieces: int = 0

    def __post_init__(self) -> None:
        self._at, self._reader = 0, 0

    def language(self, tag: str) -> str:
        return tag.partition("-")[0]

    def hear_words(self, sound: Clip, language: str, runs: Sequence[tuple[int, int]]) -> list[HeardWord]:
        """Return the words of the next piece of a tape."""
        self.heard_pieces += 1
        start, end = self._at, self._at + sound.length
        self._at = end
        reader = self.readers[self._reader]
        if end >= reader.length * HEARD_HZ // RATE_HZ:
            self._at, self._reader = 0, self._reader + 1
        return [
            HeardWord(word.text, word.start - start, word.end - start)
            for word in self._words(reader)
            if start <= word.start < end
        ]

    def hear(self, sound: Clip, language: str) -> str:
        """What is heard of the beginning of a chapter."""
        return "A title."

    def language_of(self, sound: Clip) -> str:
        return "en"

    def _words(self, reader: Reader) -> Iterator[HeardWord]:
        for text, start, end in reader.said:
            words = text.split()
            letters = np.cumsum([0, *(len(word) for word in words)])
            places = (start + (end - start) * letters / letters[-1]) * HEARD_HZ / RATE_HZ
            for word, begin, stop in zip(words, places, places[1:], strict=False):
                if heard := self.misheard.get(word, word):
                    yield HeardWord(heard, round(begin), round(stop))
