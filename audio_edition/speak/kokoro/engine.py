"""Speak by Kokoro's voices: the same text gives the same clip, with a time for each word.

The model is loaded at the first utterance that the cache does not hold. An utterance is one run of the model; one that
is too long for the memory is said in parts that end at its pauses.
"""

from __future__ import annotations

import importlib.metadata
import itertools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audio_edition import audio
from audio_edition.errors import MissingTool, SpeakError, install_line
from audio_edition.model import Clip, Delivery, Pronunciation, Voice, Word
from audio_edition.processes import cores
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.kokoro import VERSION, pace
from audio_edition.speak.kokoro.alphabet import NOTATIONS, NUMBER, ended, told, written, written_ipa
from audio_edition.speak.kokoro.espeak import ipa
from audio_edition.speak.kokoro.known import MODEL_SHA256
from audio_edition.speak.kokoro.voices import VoiceFile, at_path, installed, styles
from audio_edition.speak.phonemes import Phonemes, phonemes_of
from audio_edition.speak.store import folder_of

if TYPE_CHECKING:
    from audio_edition.speak.kokoro.model import Foresight, Session

_PACKAGES = ("onnxruntime", "espeakng-loader", "soxr", "onnx")
_LONGEST = 280
"""Letters in one run at speed 1, some 17 seconds; fewer at less. The model takes 510, and twice the memory for them."""
_FULL_SCALE = 32_767
_SCALE = 0.7
"""Some voices go to 1.23 of full scale, so all are made softer, each sentence alike."""
_EARLY_FRAMES = 2
"""A sound begins so long before the frames of its letter: 50 ms."""
_QUIET_SHARE = 0.6
"""Of the last letter before the mark that ends a text, so much is silence: 3 voices, 21 sentences."""
_BREAKS = (frozenset(".;:!?—…"), frozenset(","), frozenset(" "))
"""Where a long text is parted, the best places first."""


class KokoroEngine:
    """Kokoro behind the Engine protocol: the voices of the store, and any other by its path."""

    name = "kokoro"
    rate_hz = audio.STREAM_RATES_HZ[0]
    takes_ipa = True
    licence = "Apache-2.0"
    learned = True
    usual_wpm = 175

    def __init__(self) -> None:
        self.version = _version()
        self.at_once = cores()
        self._folder = folder_of("kokoro")
        self._files: dict[tuple[str, str], VoiceFile] = {}
        self._styles: dict[tuple[str, str], Any] = {}
        self._session: Session | None = None
        self._foresight: Foresight | None = None
        self._lock = threading.Lock()

    def voices(self) -> tuple[Voice, ...]:
        return tuple(self._known(found) for found in installed(self._folder))

    def voice(self, wanted: str) -> Voice | None:
        if found := at_path(wanted):
            return self._known(found)
        name = wanted.casefold()
        return next((each for each in self.voices() if name in (each.id.casefold(), each.name.casefold())), None)

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        parts, style, speed = self._to_say(spoken, delivery, pronunciations)
        return _at_rate(_joined([self._synthesised(part, style, speed) for part in parts]), self.rate_hz)

    def seconds(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> float:
        parts, style, speed = self._to_say(spoken, delivery, pronunciations)
        foresight = self._lengths()
        runs = [foresight.frames(numbers, style[len(numbers) - 1], speed) for numbers in map(_numbers, parts)]
        return _heard_seconds(runs)

    def _to_say(
        self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...]
    ) -> tuple[list[_Part], Any, float]:
        """Return what is said in one run each, the voice's table and its speed."""
        file = self._file(delivery.voice)
        speed = _speed(delivery, file)
        phonemes = self._phonemes(spoken, delivery.voice, pronunciations)
        if not any(letter.isalpha() for letter in phonemes.symbols):
            raise RetryableSpeechError("there is nothing in it that the voice could say")
        return list(_parts(phonemes, speed)), self._style(file), speed

    def phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...] = ()) -> str:
        return told("".join(self._phonemes(spoken, voice, pronunciations).symbols))

    def close(self) -> None:
        self._session = self._foresight = None
        self._styles.clear()

    def _known(self, file: VoiceFile) -> Voice:
        self._files[file.voice.id, file.voice.version] = file
        return file.voice

    def _file(self, voice: Voice) -> VoiceFile:
        key = voice.id, voice.version
        if key not in self._files:
            self.voices()
        if key not in self._files:
            raise SpeakError(
                f"The engine kokoro has no voice “{voice.id}”.", "Get one: audio-edition voices --available"
            )
        return self._files[key]

    def _style(self, file: VoiceFile) -> Any:
        key = file.voice.id, file.voice.version
        with self._lock:
            if key not in self._styles:
                self._styles[key] = styles(file)
            return self._styles[key]

    def _model(self) -> Session:
        from audio_edition.speak.kokoro.model import Session

        with self._lock:
            if self._session is None:
                self._session = Session()
            return self._session

    def _lengths(self) -> Foresight:
        from audio_edition.speak.kokoro.model import Foresight

        with self._lock:
            if self._foresight is None:
                self._foresight = Foresight()
            return self._foresight

    def _phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...]) -> Phonemes:
        notation = NOTATIONS[voice.language]

        def put(text: str) -> list[str]:
            return written(text, notation, ipa)

        return phonemes_of(spoken, pronunciations, put, lambda given: written_ipa(given, notation))

    def _synthesised(self, part: _Part, table: Any, speed: float) -> Clip:
        """One run of the model, at its own rate."""
        from audio_edition.speak.kokoro.model import FRAME_SAMPLES, RATE_HZ

        numbers = _numbers(part)
        samples, frames = self._model().run(numbers, table[len(numbers) - 1], speed)
        if sum(frames) * FRAME_SAMPLES != samples.size:
            raise RetryableSpeechError(f"it gave {samples.size} samples for {sum(frames)} frames")
        # The first of the frames are those of the silence before the first letter.
        starts = [0, *itertools.accumulate(frames)][1:]
        words = _words(part, [frame * FRAME_SAMPLES for frame in starts], samples.size)
        return Clip(_pcm(samples), RATE_HZ, tuple(words))


@dataclass(frozen=True, slots=True)
class _Part:
    """Letters that are said in one run, and for each word of the text in them the place of its first letter."""

    letters: list[str]
    words: list[tuple[tuple[int, int], int]]


def _numbers(part: _Part) -> list[int]:
    """Return the model's numbers for a part, with a full stop at an end that has no mark."""
    letters = part.letters if ended(part.letters) else [*part.letters, "."]
    return [NUMBER[letter] for letter in letters]


def _heard_seconds(runs: list[list[int]]) -> float:
    """Return how long runs that follow each other are from the first sound to the last, by the frames of each: without
    the silence before the first letter, and that which begins in the last letter before the mark at the end."""
    from audio_edition.speak.kokoro.model import FRAME_SAMPLES, RATE_HZ

    *_, letter, mark, end = runs[-1]
    silent = runs[0][0] + _QUIET_SHARE * letter + mark + end
    frames = max(sum(map(sum, runs)) - silent, 1)
    return frames * FRAME_SAMPLES / RATE_HZ


def _parts(phonemes: Phonemes, speed: float) -> Iterator[_Part]:
    """Yield what is said in one run each: all of it, or for a long text what ends at a pause, of like length."""
    longest = int(_LONGEST * min(1, speed))
    start, whole = 0, len(phonemes.symbols)
    while start < whole:
        runs = -(-(whole - start) // longest)
        end = whole if runs == 1 else _break(phonemes.symbols, start, start + (whole - start) // runs, longest)
        letters = list(phonemes.symbols[start:end])
        words = [
            (place, first - start) for place, (first, last) in phonemes.words if start <= first < end and first < last
        ]
        if any(letter.isalpha() for letter in letters):
            yield _Part(letters, words)
        start = end


def _break(symbols: Sequence[str], start: int, wished: int, longest: int) -> int:
    """Return where a part that begins at `start` ends: behind the mark that is nearest to where it is wished, after at
    most so many letters."""
    last = start + longest - 1
    for marks in _BREAKS:
        found = [place + 1 for place in range(start + longest // 4, last) if symbols[place] in marks]
        if found:
            return min(found, key=lambda place: abs(place - wished))
    return last


def _words(part: _Part, starts: list[int], whole: int) -> Iterator[Word]:
    """Yield the words' times. A word ends where the next begins."""
    from audio_edition.speak.kokoro.model import FRAME_SAMPLES

    early = _EARLY_FRAMES * FRAME_SAMPLES
    sounds = [(place, max(0, starts[first] - early)) for place, first in part.words]
    ends = [*(start for _, start in sounds[1:]), whole]
    for (place, start), end in zip(sounds, ends, strict=False):  # a part of one long word has none
        yield Word(start, end, *place)


def _joined(clips: list[Clip]) -> Clip:
    """Return clips one behind the other, the silence between two of them once."""
    if len(clips) == 1:
        return clips[0]
    pcm = b""
    words: list[Word] = []
    for clip in clips:
        done = len(pcm) // 2
        words += (Word(word.start + done, word.end + done, word.text_start, word.text_end) for word in clip.words)
        pcm += clip.pcm
    return Clip(pcm, clips[0].rate_hz, tuple(words))


def _pcm(samples: Any) -> bytes:
    """Samples as signed 16-bit. Raises RetryableSpeechError where some are no numbers."""
    import numpy

    if not numpy.isfinite(samples).all():
        raise RetryableSpeechError("its samples are no numbers")
    return bytes(numpy.rint((samples * _SCALE).clip(-1, 1) * _FULL_SCALE).astype(numpy.int16).tobytes())


def _at_rate(clip: Clip, rate_hz: int) -> Clip:
    """Return the clip at another rate: in this process, as FFmpeg takes longer to start than to resample a sentence."""
    import numpy
    import soxr

    # As floats: to integers soxr adds noise that is never the same.
    samples = numpy.frombuffer(clip.pcm, "<i2").astype(numpy.float32)
    wanted = soxr.resample(samples, clip.rate_hz, rate_hz)
    pcm = numpy.rint(wanted.clip(-_FULL_SCALE, _FULL_SCALE)).astype("<i2").tobytes()
    return audio.resampled(clip, rate_hz, pcm)


def _speed(delivery: Delivery, file: VoiceFile) -> float:
    fastest = pace.fastest_wpm(file.natural_wpm)
    if delivery.rate_wpm > fastest:
        raise SpeakError(
            f"The voice {delivery.voice.id} of kokoro can't speak {delivery.rate_wpm} words a minute.",
            f"Ask for {fastest} at most (--rate {fastest}), or take --engine espeak.",
        )
    return pace.speed(file.natural_wpm, delivery.rate_wpm)


def _version() -> str:
    from audio_edition.speak.kokoro.model import model_paths, no_model

    try:
        versions = [f"{package} {importlib.metadata.version(package)}" for package in _PACKAGES]
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingTool(
            f"The engine kokoro needs the package {error.name}, which is not installed.",
            f"Install it: {install_line('kokoro')}",
        ) from error
    if not model_paths():
        raise no_model()
    return ", ".join([*versions[:3], f"weights {MODEL_SHA256[:8]}", f"model {VERSION}"])
