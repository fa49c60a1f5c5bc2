"""One voice with everything around it that keeps its word: cached, checked, tried again, never silently short."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import astuple, dataclass, replace
from itertools import pairwise

from audio_edition import audio
from audio_edition.cache import Cache, key_of
from audio_edition.errors import SpeakError
from audio_edition.model import Clip, Delivery, Pronunciation, Utterance, Voice, Word
from audio_edition.speak.engine import Engine, RetryableSpeechError

_SHORTEST_LETTER_SECONDS = 0.02
"""At 175 words a minute; the quickest speech measured takes 0.04 s a letter, a clip that lost its end far less."""
_LONGEST_SECONDS = 2.0
_LONGEST_LETTER_SECONDS = 0.6
_LONGEST_SIGN_SECONDS = 1.2
_LONGEST_FOREIGN_SIGN_SECONDS = 4.0
"""At 175 words a minute or more, for any text and what is in it: letters may be spelled, figures and capitals be words,
and what is not ASCII be called by its name. Of 2,600 texts, many of them nonsense, none took two thirds of that."""
_FURTHEST_BACK = 10
"""Letters from the start of a marked word to that of the one before; engines were seen to go back one."""
_LONGEST_UNMARKED_END = 40
"""Letters behind the last word that the engine marked."""
_TRIES = 2
_MOST_PARTS = 12
"""Of an utterance that an engine does not say in one piece, each tried twice."""


@dataclass(frozen=True, slots=True)
class Narrator:
    """An engine with a delivery and, where there is one, the cache that keeps its clips. `gain_db` brings them to the
    level asked for."""

    engine: Engine
    delivery: Delivery
    cache: Cache | None = None
    gain_db: float = 0.0

    @property
    def voice(self) -> Voice:
        return self.delivery.voice

    @property
    def rate_hz(self) -> int:
        """Of its clips."""
        return self.engine.rate_hz

    def key(self, utterance: Utterance) -> str:
        """Return the name of the utterance's clip: all that its sound depends on."""
        voice, ipa = self.delivery.voice, [astuple(part) for part in self._pronunciations(utterance)]
        speaker = (self.engine.name, self.engine.version, voice.id, voice.version)
        return key_of("clip", *speaker, self.delivery.rate_wpm, utterance.spoken, ipa)

    def speak(self, utterance: Utterance) -> Clip:
        """Return the utterance's clip, from its first sound to its last.

        What the engine does not say in one piece is said in parts. Raises SpeakError, which names the utterance, where
        that fails too.
        """
        key = self.key(utterance)
        if clip := self._kept(key):
            return clip
        try:
            clip = self._checked_clip(utterance.spoken, self._pronunciations(utterance))
        except RetryableSpeechError as failure:
            if (found := self._in_parts(utterance)) is None:
                raise SpeakError(
                    f"Sentence {utterance.id} (“{_beginning(utterance.text)}”) could not be spoken by "
                    f"{self.engine.name}, voice {self.delivery.voice.id}: {failure.message}.",
                    "Change its spoken form (audio-edition script ARTICLE --format json), or try another voice.",
                ) from failure
            clip = found
        if self.cache:
            self.cache.put(key, _packed(clip))
        return clip

    def _pronunciations(self, utterance: Utterance) -> tuple[Pronunciation, ...]:
        return utterance.pronunciations if self.engine.takes_ipa else ()

    def _checked_clip(self, spoken: str, pronunciations: tuple[Pronunciation, ...]) -> Clip:
        """Return what the engine gives for a text, tried twice. Raises RetryableSpeechError."""
        for attempt in range(1, _TRIES + 1):
            try:
                clip = audio.trimmed(self.engine.speak(spoken, self.delivery, pronunciations))
                _check_length(clip, spoken, self.delivery)
                _check_words(clip, spoken, self.delivery)
            except RetryableSpeechError:
                if attempt == _TRIES:
                    raise
            else:
                return clip
        raise AssertionError("unreachable")

    def _in_parts(self, utterance: Utterance) -> Clip | None:
        """Return the clips of parts of an utterance as one, halved until the engine says them; None where it does
        not."""
        waiting = [(0, len(utterance.spoken))]
        clips: list[tuple[int, Clip]] = []
        for _ in range(_MOST_PARTS):
            if not waiting:
                return _joined(clips)
            start, end = waiting.pop()
            middle = _middle(utterance.spoken, start, end)
            if middle is None:
                return None
            for part in ((middle, end), (start, middle)):
                waiting.append(part)
            while waiting and (clip := self._part(utterance, *waiting[-1])) is not None:
                clips.append((waiting.pop()[0], clip))
        return None if waiting else _joined(clips)

    def _part(self, utterance: Utterance, start: int, end: int) -> Clip | None:
        spoken = utterance.spoken[start:end]
        if not any(map(str.isalnum, spoken)):
            return Clip(b"", self.rate_hz)
        inside = [each for each in self._pronunciations(utterance) if start <= each.start and each.end <= end]
        moved = tuple(replace(each, start=each.start - start, end=each.end - start) for each in inside)
        try:
            return self._checked_clip(spoken, moved)
        except RetryableSpeechError:
            return None

    def _kept(self, key: str) -> Clip | None:
        file = self.cache.open(key) if self.cache else None
        if file is None:
            return None
        with file:
            header = json.loads(file.readline())
            return Clip(file.read(), header["rate_hz"], tuple(Word(*word) for word in header["words"]))


def _middle(spoken: str, start: int, end: int) -> int | None:
    """Return the end of the word nearest to the middle; None where there is one word only."""
    spaces = [at for at in range(start + 1, end - 1) if spoken[at] == " "]
    return min(spaces, key=lambda at: abs(2 * at - start - end), default=None)


def _joined(clips: list[tuple[int, Clip]]) -> Clip:
    """Return the clips as one. Each comes with the place of the character at which its text begins."""
    pcm = bytearray()
    words: list[Word] = []
    for place, clip in clips:
        samples = len(pcm) // 2
        words += (
            Word(word.start + samples, word.end + samples, word.text_start + place, word.text_end + place)
            for word in clip.words
        )
        pcm += clip.pcm
    return Clip(bytes(pcm), clips[0][1].rate_hz, tuple(words))


def _packed(clip: Clip) -> tuple[bytes, bytes]:
    words = [(word.start, word.end, word.text_start, word.text_end) for word in clip.words]
    return json.dumps({"rate_hz": clip.rate_hz, "words": words}).encode() + b"\n", clip.pcm


def _check_length(clip: Clip, spoken: str, delivery: Delivery) -> None:
    letters = sum(unicodedata.category(character)[0] in "LN" for character in spoken)
    seconds = clip.length / clip.rate_hz
    if not clip.length:
        raise RetryableSpeechError("it gave no sound")
    if seconds < letters * _SHORTEST_LETTER_SECONDS * 175 / delivery.rate_wpm:
        raise RetryableSpeechError(f"it gave only {seconds:.2f} seconds of sound for {letters} letters")
    _check_not_too_long(clip.length, clip, spoken, delivery)


def _check_words(clip: Clip, spoken: str, delivery: Delivery) -> None:
    """Raise RetryableSpeechError if the marks of the words show that some were dropped or said twice, as engines do
    with texts that are too long for them."""
    if not clip.words:
        return
    for before, word in pairwise(clip.words):
        if before.text_start - word.text_start > _FURTHEST_BACK:
            raise RetryableSpeechError(f"it said “{_beginning(spoken[word.text_start :])}” again")
    last = clip.words[-1]
    if sum(map(str.isalnum, spoken[last.text_end :])) > _LONGEST_UNMARKED_END:
        raise RetryableSpeechError(f"it stopped before “{_beginning(spoken[last.text_end :].strip())}”")
    _check_not_too_long(clip.length - last.start, clip, spoken[last.text_start :], delivery)


def _check_not_too_long(samples: int, clip: Clip, spoken: str, delivery: Delivery) -> None:
    seconds = samples / clip.rate_hz
    foreign = sum(not sign.isascii() for sign in spoken)
    letters = sum(sign.islower() and sign.isascii() for sign in spoken)
    signs = len("".join(spoken.split())) - letters - foreign
    longest = _LONGEST_SECONDS + _LONGEST_LETTER_SECONDS * letters
    longest += _LONGEST_SIGN_SECONDS * signs + _LONGEST_FOREIGN_SIGN_SECONDS * foreign
    if seconds > longest * 175 / min(delivery.rate_wpm, 175):
        raise RetryableSpeechError(f"it gave {seconds:.1f} seconds of sound for “{_beginning(spoken)}”")


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."
