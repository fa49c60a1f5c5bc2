"""A person who reads: clips are cut from recordings, where narration found the sentences in them."""

from __future__ import annotations

import array
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from audio_edition import audio
from audio_edition.atomic import sha256_of
from audio_edition.cache import key_of
from audio_edition.errors import NarrationError
from audio_edition.model import (
    RATE_HZ,
    Clip,
    Delivery,
    Finding,
    Narration,
    Reading,
    Script,
    Speech,
    Tape,
    Utterance,
    Voice,
    Word,
)
from audio_edition.speak.cast import Cast
from audio_edition.speak.loudness import TARGET_LUFS
from audio_edition.speak.room import Room

_RUMBLE = "highpass=f=80"
"""Takes away what is under every voice."""
_LISTEN = "Nothing; to leave the sound as it is, use --as-recorded."
_FADE_SAMPLES = RATE_HZ // 100
"""At a cut in the quiet."""
_MEASURED_SECONDS = 600
"""Of a tape, from all over it, that its loudness is taken from."""


class Recorded:
    """What is asked of an engine where a recording takes its place."""

    name = "recording"
    version = ""
    at_once = 1

    def close(self) -> None:
        """There is nothing to let go of."""


@dataclass(frozen=True, slots=True)
class Person:
    """A tape, decoded into the file `pcm`, with the readings on it by the ids of their utterances. `gain_db` brings it
    to the level of editions."""

    pcm: Path
    tape: Tape
    readings: Mapping[str, Reading]
    as_recorded: bool = False
    room: Room = field(default_factory=Room)
    clipped: float = 0.0
    """The share of the reading in which peaks are cut off."""
    gain_db: float = 0.0
    engine: Recorded = field(default_factory=Recorded)

    @property
    def voice(self) -> Voice:
        return self.tape.voice

    @property
    def delivery(self) -> Delivery:
        return Delivery(self.tape.voice, 0)

    @property
    def rate_hz(self) -> int:
        return RATE_HZ

    def key(self, utterance: Utterance) -> str:
        """Return the name of the utterance's clip: all that its sound depends on."""
        reading = self.readings[utterance.id]
        place = (reading.start, reading.end, reading.lead, reading.tail, reading.joined, reading.joins)
        words = [(word.start, word.end, word.text_start, word.text_end) for word in reading.words]
        return key_of("person", self.tape.sha256, self._filters, place, words)

    def speak(self, utterance: Utterance) -> Clip:
        """Return the sentence as it was read, with the quiet that it brings along."""
        reading = self.readings[utterance.id]
        start, end = max(0, reading.start - reading.lead), reading.end + reading.tail
        lead = reading.start - start
        with self.pcm.open("rb") as file:
            file.seek(2 * start)
            samples = array.array("h", file.read(2 * (end - start)))
        samples.extend([0] * (end - start - len(samples)))
        _fade(samples, at_start=not reading.joined, at_end=not reading.joins)
        words = (Word(word.start + lead, word.end + lead, word.text_start, word.text_end) for word in reading.words)
        return Clip(samples.tobytes(), RATE_HZ, tuple(words), lead, reading.tail)

    @property
    def _filters(self) -> str:
        return "anull" if self.as_recorded else ",".join(filter(None, [_RUMBLE, self.room.filters]))

    def opened(self) -> Person:
        """Decode the tape, and return the person without hum and steady noise, at the level of editions. Raises
        StitchError."""
        audio.decode_into(self.pcm, self.tape.path, RATE_HZ)
        if not self.readings:
            return self
        from audio_edition.speak.clipping import clipped
        from audio_edition.speak.room_measurement import measured

        read = [(reading.start, reading.end) for reading in self.readings.values()]
        heard = replace(self, clipped=clipped(self.pcm, read))
        if self.as_recorded:
            return heard
        cleaned = replace(heard, room=measured(self.pcm, read))
        audio.decode_into(self.pcm, self.tape.path, RATE_HZ, cleaned._filters)
        parts = [audio.segment(cleaned.speak(utterance)) for utterance in cleaned._sample()]
        return replace(cleaned, gain_db=audio.gain_for(parts, TARGET_LUFS))

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the sound, and what was taken away from it."""
        name = self.tape.path.name
        if self.clipped:
            message = f"{name} is overdriven: in {100 * self.clipped:.0f} % of the reading, peaks are cut off."
            remedy = "Record it again with the microphone turned down, or take the file from before it was made louder."
            yield Finding("recording-clipped", "warning", message, name, remedy)
        if self.room.is_noisy:
            message = f"The noise of {name} is only {self.room.distance_db:.0f} dB below the voice; it stays."
            remedy = "Record nearer to the microphone, in a quieter room, or clean the file before."
            yield Finding("recording-noisy", "warning", message, name, remedy)
        if lines := self.room.lines_hz:
            message = f"{name} hums at {lines[0]} Hz and {len(lines) - 1} multiples of the mains; the hum is removed."
            yield Finding("recording-hum", "note", message, name, _LISTEN)
        if self.room.noise_is_reduced:
            message = f"{name} has steady noise {self.room.distance_db:.0f} dB below the voice; it is reduced."
            yield Finding("recording-noise", "note", message, name, _LISTEN)

    def _sample(self) -> list[Utterance]:
        """Return sentences from all over the tape, as long together as is measured."""
        names = list(self.readings)
        seconds = sum(reading.seconds for reading in self.readings.values())
        step = max(1, round(seconds / _MEASURED_SECONDS))
        return [Utterance(name, "", "") for name in names[::step]]


def _fade(samples: array.array[int], *, at_start: bool, at_end: bool) -> None:
    """Let the quiet around a sentence come out of silence and go into it, where no other sound goes on there."""
    count = min(_FADE_SAMPLES, len(samples) // 2)
    for place in range(count):
        if at_start:
            samples[place] = samples[place] * place // count
        if at_end:
            samples[-1 - place] = samples[-1 - place] * place // count


def with_people(cast: Cast, script: Script, narration: Narration, folder: Path, speech: Speech) -> Cast:
    """Return the cast with the people who read: each sentence is theirs that is on a tape. The tapes are decoded into
    `folder`. Raises StitchError, and NarrationError for a tape that has changed since it was listened to."""
    people = [
        Person(folder / f"tape-{number}.pcm", tape, _on(number, narration), narration.as_recorded).opened()
        for number, tape in enumerate(narration.tapes)
    ]
    _check_unchanged(narration.tapes)
    at_volume = [replace(person, gain_db=audio.at_volume(person.gain_db, speech.volume)) for person in people]
    readers = {name: at_volume[reading.tape] for name, reading in narration.readings.items()}
    findings = (*cast.findings, *itertools.chain.from_iterable(person.findings() for person in people))
    return replace(cast, readers=readers, lead=_most_heard(cast, readers, script.utterances), findings=findings)


def _check_unchanged(tapes: Iterable[Tape]) -> None:
    for tape in tapes:
        try:
            is_same = sha256_of(tape.path) == tape.sha256
        except OSError:
            is_same = False
        if not is_same:
            raise NarrationError(f"{tape.path}: the recording has changed meanwhile.", "Build the edition again.")


def _on(number: int, narration: Narration) -> dict[str, Reading]:
    return {name: reading for name, reading in narration.readings.items() if reading.tape == number}


def _most_heard(cast: Cast, readers: Mapping[str, Person], utterances: Iterable[Utterance]) -> Person | None:
    """Return the person who is heard more than any other voice; None where that is the synthetic one."""
    counts = Counter(
        readers[each.id].voice if each.id in readers else cast.narrator_of(each).voice for each in utterances
    )
    voice, _ = counts.most_common(1)[0]
    return next((person for person in readers.values() if person.voice == voice), None)
