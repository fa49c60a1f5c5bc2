"""What an engine is: text in, a clip out. To add one: a module with a class of this shape, and a line in ENGINES."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from audio_edition.errors import SpeakError

if TYPE_CHECKING:
    from audio_edition.model import Clip, Delivery, Pronunciation, Voice


class Engine(Protocol):
    """A synthesizer. The same text and delivery give the same clip, whatever was said before."""

    name: str
    version: str
    """Of everything that shapes the sound: clips of another version are not reused."""
    rate_hz: int
    """Of every clip: one of audio.STREAM_RATES_HZ."""
    takes_ipa: bool
    """Whether pronunciations are followed; else what is written there is said."""
    at_once: int
    """How many threads may be in `speak` at the same time."""
    licence: str
    """Of the engine, as an SPDX expression; its voices may have others."""
    learned: bool
    """Whether its voices were learned from recordings of people; files say so of their sound."""
    usual_wpm: int
    """Words a minute at which it speaks if no rate is set."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices at hand, the best of a language before others of it."""
        ...

    def voice(self, wanted: str) -> Voice | None:
        """Return the voice that is called so (an id, a name, an id with a variant), or None."""
        ...

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        """Say it. Raises RetryableSpeechError where another try may help, SpeakError where it can't."""
        ...

    def phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...] = ()) -> str:
        """Return what `speak` would say, in IPA with spaces between words; "" where the engine can't tell."""
        ...

    def close(self) -> None:
        """Let go of processes and models. Whoever is in `speak` gets an error at once, where the engine can do that."""
        ...


@runtime_checkable
class TellsLengths(Protocol):
    """An engine that knows how long it will speak before it does."""

    def seconds(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> float:
        """Return the seconds from the first sound to the last, to a tenth or so, without making a sound. Raises as
        `speak` does."""
        ...


class RetryableSpeechError(SpeakError):
    """The engine hung, crashed, or gave no whole clip; once more may help."""
