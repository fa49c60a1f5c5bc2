"""One voice with everything around it that keeps its word: cached, checked, tried again, never silently short."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import astuple, dataclass
from itertools import pairwise

from audio_edition import audio, work
from audio_edition.errors import SpeakError
from audio_edition.model import Clip, Delivery, Pronunciation, Utterance, Voice, Word
from audio_edition.speak.engine import Engine, Stumble

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


@dataclass(frozen=True, slots=True)
class Narrator:
    """An engine with a delivery and, where there is one, the cache that keeps its clips. `gain_db` brings them to the
    level asked for."""

    engine: Engine
    delivery: Delivery
    cache: work.Cache | None = None
    gain_db: float = 0.0

    @property
    def voice(self) -> Voice:
        return self.delivery.voice

    @property
    def rate_hz(self) -> int:
        """Of its clips."""
        return self.engine.rate_hz

    def key(self, utterance: Utterance) -> str:
        """The name of the utterance's clip: all that its sound depends on."""
        voice, ipa = self.delivery.voice, [astuple(part) for part in self._pronunciations(utterance)]
        speaker = (self.engine.name, self.engine.version, voice.id, voice.version)
        return work.key_of("clip", *speaker, self.delivery.rate_wpm, utterance.spoken, ipa)

    def speak(self, utterance: Utterance) -> Clip:
        """The utterance's clip, from its first sound to its last.

        Raises SpeakError, which names the utterance, where the engine fails twice.
        """
        key = self.key(utterance)
        if clip := self._kept(key):
            return clip
        clip = self._spoken(utterance)
        if self.cache:
            self.cache.put(key, _packed(clip))
        return clip

    def _pronunciations(self, utterance: Utterance) -> tuple[Pronunciation, ...]:
        return utterance.pronunciations if self.engine.takes_ipa else ()

    def _spoken(self, utterance: Utterance) -> Clip:
        for attempt in range(1, _TRIES + 1):
            try:
                said = self.engine.speak(utterance.spoken, self.delivery, self._pronunciations(utterance))
                clip = audio.trimmed(said)
                _check_length(clip, utterance.spoken, self.delivery)
                _check_words(clip, utterance.spoken, self.delivery)
            except Stumble as stumble:
                if attempt == _TRIES:
                    raise SpeakError(
                        f"Sentence {utterance.id} (“{_beginning(utterance.text)}”) could not be spoken by "
                        f"{self.engine.name}, voice {self.delivery.voice.id}: {stumble.message}.",
                        "Change its spoken form (audio-edition script ARTICLE --format json), or try another voice.",
                    ) from stumble
            else:
                return clip
        raise AssertionError("unreachable")

    def _kept(self, key: str) -> Clip | None:
        file = self.cache.open(key) if self.cache else None
        if file is None:
            return None
        with file:
            header = json.loads(file.readline())
            return Clip(file.read(), header["rate_hz"], tuple(Word(*word) for word in header["words"]))


def _packed(clip: Clip) -> tuple[bytes, bytes]:
    words = [(word.start, word.end, word.text_start, word.text_end) for word in clip.words]
    return json.dumps({"rate_hz": clip.rate_hz, "words": words}).encode() + b"\n", clip.pcm


def _check_length(clip: Clip, spoken: str, delivery: Delivery) -> None:
    letters = sum(unicodedata.category(character)[0] in "LN" for character in spoken)
    seconds = clip.length / clip.rate_hz
    if not clip.length:
        raise Stumble("it gave no sound")
    if seconds < letters * _SHORTEST_LETTER_SECONDS * 175 / delivery.rate_wpm:
        raise Stumble(f"it gave only {seconds:.2f} seconds of sound for {letters} letters")
    _check_not_too_long(clip.length, clip, spoken, delivery)


def _check_words(clip: Clip, spoken: str, delivery: Delivery) -> None:
    """Where the engine marks its words: engines drop what is too long for them, or say it again."""
    if not clip.words:
        return
    for before, word in pairwise(clip.words):
        if before.text_start - word.text_start > _FURTHEST_BACK:
            raise Stumble(f"it said “{_beginning(spoken[word.text_start :])}” again")
    last = clip.words[-1]
    if sum(map(str.isalnum, spoken[last.text_end :])) > _LONGEST_UNMARKED_END:
        raise Stumble(f"it stopped before “{_beginning(spoken[last.text_end :].strip())}”")
    _check_not_too_long(clip.length - last.start, clip, spoken[last.text_start :], delivery)


def _check_not_too_long(samples: int, clip: Clip, spoken: str, delivery: Delivery) -> None:
    seconds = samples / clip.rate_hz
    foreign = sum(not sign.isascii() for sign in spoken)
    letters = sum(sign.islower() and sign.isascii() for sign in spoken)
    signs = len("".join(spoken.split())) - letters - foreign
    longest = _LONGEST_SECONDS + _LONGEST_LETTER_SECONDS * letters
    longest += _LONGEST_SIGN_SECONDS * signs + _LONGEST_FOREIGN_SIGN_SECONDS * foreign
    if seconds > longest * 175 / min(delivery.rate_wpm, 175):
        raise Stumble(f"it gave {seconds:.1f} seconds of sound for “{_beginning(spoken)}”")


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."
