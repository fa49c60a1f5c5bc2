"""Speak by Piper voices: the same text gives the same clip, with a time for each word.

A model is loaded at the first utterance that the cache does not hold. One utterance is one run of the model, however
many sentences eSpeak NG sees in it: a full stop inside is a pause as the voice makes it, not a seam.
"""

from __future__ import annotations

import importlib.metadata
import itertools
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from audio_edition import audio
from audio_edition.errors import MissingTool, SpeakError, install_line
from audio_edition.model import Clip, Delivery, Pronunciation, Voice, Word
from audio_edition.processes import cores
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.phonemes import Phonemes, ended, phonemes_of
from audio_edition.speak.piper.files import VoiceFiles, at_path, packaged, stored
from audio_edition.speak.piper.phonemes import as_text, symbols
from audio_edition.speak.store import folder_of

if TYPE_CHECKING:
    from piper import PiperVoice

_PACKAGES = ("piper-tts", "onnxruntime", "onnx")
_FULL_SCALE = 32_767

_NATURAL_WPM = 175
"""A voice's own pace. Measured on joe, an article of 625 words: what eSpeak NG makes of 175, to 1 %."""
_PACES = (
    (0.51, 0.3),
    (0.58, 0.4),
    (0.63, 0.5),
    (0.68, 0.6),
    (0.77, 0.7),
    (0.88, 0.8),
    (0.96, 0.9),
    (1.0, 1.0),
    (1.15, 1.25),
    (1.37, 1.5),
    (1.75, 2.0),
    (2.14, 2.5),
    (2.51, 3.0),
)
"""How long speech is, and the model's length scale that makes it so: each phoneme lasts a whole number of frames, so
that halving the one is not halving the other."""
_FASTEST_WPM = 340


class PiperEngine:
    """Piper behind the Engine protocol: the packaged voice, those of the store, and any other by its path."""

    name = "piper"
    rate_hz = audio.STREAM_RATES_HZ[0]
    takes_ipa = True
    licence = "GPL-3.0-or-later"
    learned = True
    usual_wpm = 175

    def __init__(self) -> None:
        self.version = _version()
        self.at_once = cores()
        self._folder = folder_of("piper")
        self._files: dict[tuple[str, str], VoiceFiles] = {}
        self._loaded: dict[tuple[str, str], _Speaker] = {}
        self._lock = threading.Lock()

    def voices(self) -> tuple[Voice, ...]:
        found = packaged()
        return tuple(self._known(each) for each in ((found,) if found else ()) + tuple(stored(self._folder)))

    def voice(self, wanted: str) -> Voice | None:
        if found := at_path(wanted):
            return self._known(found)
        name = wanted.casefold()
        return next((voice for voice in self.voices() if name in (voice.id.casefold(), voice.name.casefold())), None)

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        scale = _length_scale(delivery)
        speaker = self._speaker(delivery.voice)
        clip = speaker.say(speaker.phonemes(spoken, pronunciations), scale)
        return audio.at_rate(clip, self.rate_hz)

    def phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...] = ()) -> str:
        return "".join(self._speaker(voice).phonemes(spoken, pronunciations).symbols)

    def close(self) -> None:
        self._loaded.clear()

    def _known(self, files: VoiceFiles) -> Voice:
        self._files[files.voice.id, files.voice.version] = files
        return files.voice

    def _speaker(self, voice: Voice) -> _Speaker:
        key = voice.id, voice.version
        with self._lock:
            if key not in self._loaded:
                if key not in self._files:
                    raise SpeakError(f"The engine piper has no voice “{voice.id}”.", "Name its .onnx file.")
                self._loaded[key] = _Speaker(self._files[key])
            return self._loaded[key]


class _Speaker:
    """One voice: what puts text into phonemes at once, and the model when it is first to speak."""

    def __init__(self, files: VoiceFiles) -> None:
        from piper import PiperVoice
        from piper.config import PiperConfig

        self._files = files
        try:
            config = PiperConfig.from_dict(dict(files.settings))
            self._piper = PiperVoice(session=None, config=config)
            self._piper.phonemize("a")  # eSpeak NG may not know the language
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise SpeakError(
                f"{files.model}.json: these are not the settings of a Piper voice: {error!r}.", "Take another voice."
            ) from error
        self._lock = threading.Lock()

    def phonemes(self, spoken: str, pronunciations: tuple[Pronunciation, ...]) -> Phonemes:
        known = self._piper.config.phoneme_id_map
        return phonemes_of(spoken, pronunciations, self._put, lambda ipa: symbols(ipa, known))

    def say(self, phonemes: Phonemes, scale: float) -> Clip:
        """Run the model once, at the voice's own rate, and return what it gives."""
        from piper import SynthesisConfig

        if not phonemes.symbols:
            raise RetryableSpeechError("there is nothing in it that the voice could say")
        phonemes = ended(phonemes, self._piper.config.phoneme_id_map)
        ids = self._piper.phonemes_to_ids(list(phonemes.symbols))
        length = self._piper.config.length_scale * scale
        # Neither level nor peak is set by sentence: one gain is measured for a voice.
        wanted = SynthesisConfig(speaker_id=self._files.speaker, length_scale=length)
        samples, lengths = self._voice().phoneme_ids_to_audio(ids, wanted, include_alignments=True)
        pcm = _pcm(samples)
        return Clip(pcm, self._piper.config.sample_rate, tuple(self._words(phonemes, lengths, len(pcm) // 2)))

    def _voice(self) -> PiperVoice:
        from audio_edition.speak.piper.model import Session

        with self._lock:
            if self._piper.session is None:
                self._piper.session = Session(self._files.model)
            return self._piper

    def _put(self, text: str) -> list[str]:
        """Return the text as phonemes that the voice knows, sentences one after the other."""
        try:
            sentences = self._piper.phonemize(as_text(text))
        except Exception as error:  # of eSpeak NG's bindings, and of what marks Arabic vowels
            raise RetryableSpeechError(f"its words have no phonemes ({type(error).__name__}: {error})") from error
        symbols = [symbol for sentence in sentences for symbol in (*sentence, " ")]
        return [symbol for symbol in symbols[:-1] if symbol in self._piper.config.phoneme_id_map]

    def _words(self, phonemes: Phonemes, lengths: Any, whole: int) -> Iterator[Word]:
        """Yield the words' times, where the model tells how long its phonemes are. A word ends where the next
        begins."""
        places = self._first_ids(phonemes)
        if lengths is None or len(lengths) != places[-1] + 1:
            return
        starts = [0]
        for length in lengths.tolist():
            starts.append(starts[-1] + length)
        sounds = [(place, starts[places[start]]) for place, (start, end) in phonemes.words if start < end]
        ends = [*(start for _, start in sounds[1:]), whole]
        for (place, start), end in zip(sounds, ends, strict=True):
            yield Word(start, end, *place)

    def _first_ids(self, phonemes: Phonemes) -> list[int]:
        """Return the place among the ids of each symbol's first, and of what ends them: as piper.phoneme_ids puts
        them."""
        ids = self._piper.config.phoneme_id_map
        places = [len(ids["^"]) + len(ids["_"])]
        for symbol in phonemes.symbols:
            places.append(places[-1] + len(ids[symbol]) + len(ids["_"]))
        return places


def _pcm(samples: Any) -> bytes:
    """Return samples from -1 to 1 as signed 16-bit. Raises RetryableSpeechError if some are not numbers."""
    import numpy

    flat = numpy.asarray(samples, dtype=numpy.float32).ravel()
    if not numpy.isfinite(flat).all():
        raise RetryableSpeechError("its samples are no numbers")
    return bytes(numpy.rint(flat.clip(-1, 1) * _FULL_SCALE).astype(numpy.int16).tobytes())


def _length_scale(delivery: Delivery) -> float:
    if delivery.rate_wpm > _FASTEST_WPM:
        raise SpeakError(
            f"The voice {delivery.voice.id} of piper can't speak {delivery.rate_wpm} words a minute.",
            f"Ask for {_FASTEST_WPM} at most (--rate {_FASTEST_WPM}), or take --engine espeak.",
        )
    wanted = _NATURAL_WPM / delivery.rate_wpm
    (low, low_scale), (high, high_scale) = next(pair for pair in itertools.pairwise(_PACES) if wanted <= pair[1][0])
    return low_scale + (wanted - low) / (high - low) * (high_scale - low_scale)


def _version() -> str:
    from audio_edition.speak.piper import VERSION

    try:
        versions = [f"{package} {importlib.metadata.version(package)}" for package in _PACKAGES[:2]]
        importlib.metadata.version(_PACKAGES[2])
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingTool(
            f"The engine piper needs the package {error.name}, which is not installed.",
            f"Install it: {install_line('neural')}",
        ) from error
    return ", ".join([*versions, f"model {VERSION}"])
