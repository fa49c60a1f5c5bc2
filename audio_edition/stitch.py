"""Stitch: clips and pauses become one encoded track per chapter, and cues exact to the sample.

One chapter at a time and, within it, one utterance at a time: nothing longer is held. A chapter depends on its own
utterances and voices only, so a changed sentence leaves every other chapter's bytes as they were.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audio_edition import audio, work
from audio_edition.errors import StitchError
from audio_edition.model import RATE_HZ, Chapter, ChapterRecording, Clip, Cue, Pause, Script, Utterance, Voice, Word

if TYPE_CHECKING:
    from pydub import AudioSegment

HEAD_MS = 100
"""Silence at the start of every chapter: it hides the codec's delay, and counts as part of the pause there."""
_LEAST_TAIL_MS = 50


class Narrator(Protocol):
    """Who gives the clips: see speak.narrator."""

    @property
    def voice(self) -> Voice: ...

    @property
    def rate_hz(self) -> int: ...

    @property
    def gain_db(self) -> float: ...

    def key(self, utterance: Utterance) -> str: ...

    def speak(self, utterance: Utterance) -> Clip: ...


class Cast(Protocol):
    """Who speaks what: see speak.cast."""

    @property
    def main(self) -> Narrator: ...

    def narrator_of(self, utterance: Utterance) -> Narrator: ...


def with_next_heads(script: Script) -> list[tuple[Chapter, int]]:
    """Each chapter, and how many milliseconds of its last pause are the head of the next one."""
    return [(chapter, HEAD_MS if chapter is not script.chapters[-1] else 0) for chapter in script.chapters]


def one_after_another(recorded: Iterable[ChapterRecording]) -> tuple[ChapterRecording, ...]:
    """The chapters, each starting where the one before ends."""
    chapters, start = [], 0
    for chapter in recorded:
        chapters.append(replace(chapter, start=start))
        start += chapter.length
    return tuple(chapters)


@dataclass(frozen=True, slots=True)
class Stitcher:
    """What all chapters share. Tracks go into `folder`; `on_utterance` is called with each utterance that is done."""

    cast: Cast
    folder: Path
    codecs: tuple[str, ...] = ("mp3",)
    cache: work.Cache | None = None
    on_utterance: Callable[[Utterance], None] = lambda _: None

    def record(self, script: Script) -> tuple[ChapterRecording, ...]:
        """Record the chapters in order, each starting where the one before ends."""
        return one_after_another(self.record_chapter(*chapter) for chapter in with_next_heads(script))

    def record_chapter(self, chapter: Chapter, next_head_ms: int) -> ChapterRecording:
        """One chapter in every codec, from the cache where it is there. Its last pause goes on for `next_head_ms` in
        the chapter that follows. Raises SpeakError, StitchError."""
        tracks = {codec: self.folder / f"{chapter.id}.{codec}" for codec in self.codecs}
        mix = self._mix(chapter)
        keys = {codec: self._key(chapter, next_head_ms, codec, mix) for codec in self.codecs}
        kept = {codec: self._kept(keys[codec], track) for codec, track in tracks.items()}
        missing = {codec: tracks[codec] for codec, tape in kept.items() if tape is None}
        tape = next((tape for tape in kept.values() if tape), None)
        if missing:
            tape = _Tape(mix.rate_hz)
            sounds = self._sounds(chapter, next_head_ms, tape, mix)
            try:
                audio.encode(mix.gain_db, mix.rate_hz, missing, sounds)
            except StitchError as error:
                raise StitchError(
                    f"Chapter {chapter.id} ({chapter.title[:60]}): {error.message}", error.remedy
                ) from error
            for codec, track in missing.items():
                self._keep(keys[codec], track, tape)
        else:
            for utterance in chapter.utterances:
                self.on_utterance(utterance)
        assert tape is not None  # noqa: S101 - for the type checker: there is a codec, kept or missing
        return ChapterRecording(chapter, 0, tape.position * tape.scale, tuple(self._cues(chapter, tape)), tracks)

    def _mix(self, chapter: Chapter) -> _Mix:
        narrators = [self.cast.narrator_of(utterance) for utterance in chapter.utterances]
        return _Mix(max(narrator.gain_db for narrator in narrators), max(narrator.rate_hz for narrator in narrators))

    def _key(self, chapter: Chapter, next_head_ms: int, codec: str, mix: _Mix) -> str:
        """The name of the chapter's track in the cache: all that its bytes and times depend on."""
        parts: list[object] = []
        for part in chapter.parts:
            if isinstance(part, Pause):
                parts.append(part.milliseconds)
            else:
                narrator = self.cast.narrator_of(part)
                key, change_db = narrator.key(part), mix.change_db(narrator)
                parts.append([key, change_db] if change_db else key)
        return work.key_of("chapter", audio.recipe(codec, mix.gain_db, mix.rate_hz), HEAD_MS, next_head_ms, parts)

    def _sounds(self, chapter: Chapter, next_head_ms: int, tape: _Tape, mix: _Mix) -> Iterator[AudioSegment]:
        parts, last_pause_ms = _without_last_pause(chapter)
        yield tape.pause(HEAD_MS)
        for part in parts:
            if isinstance(part, Pause):
                yield tape.pause(part.milliseconds)
            else:
                narrator = self.cast.narrator_of(part)
                yield tape.say(narrator.speak(part), mix.change_db(narrator))
                self.on_utterance(part)
        yield tape.fill(max(last_pause_ms - next_head_ms, _LEAST_TAIL_MS))

    def _cues(self, chapter: Chapter, tape: _Tape) -> Iterator[Cue]:
        """The tape's times at RATE_HZ, with the words that were said found in the text as it was written."""
        for utterance, (start, end, words) in zip(chapter.utterances, tape.times, strict=True):
            places = utterance.as_written([(word.text_start, word.text_end) for word in words])
            heard = (
                Word((start + word.start) * tape.scale, (start + word.end) * tape.scale, *place)
                for word, place in zip(words, places, strict=True)
            )
            voice = self.cast.narrator_of(utterance).voice
            other = voice if voice != self.cast.main.voice else None
            yield Cue(utterance, start * tape.scale, end * tape.scale, tuple(heard), other)

    def _kept(self, key: str, track: Path) -> _Tape | None:
        file = self.cache.open(key) if self.cache else None
        if file is None:
            return None
        with file, track.open("wb") as copy:
            tape = _Tape.from_json(file.readline())
            copy.writelines(work.blocks_of(file))
        return tape

    def _keep(self, key: str, track: Path, tape: _Tape) -> None:
        if self.cache:
            with track.open("rb") as file:
                self.cache.put(key, itertools.chain([tape.to_json()], work.blocks_of(file)))


@dataclass(frozen=True, slots=True)
class _Mix:
    """How a chapter's sounds go to FFmpeg: at the largest gain and rate of its voices, so that none is amplified before
    the limiter, and none loses samples."""

    gain_db: float
    rate_hz: int

    def change_db(self, narrator: Narrator) -> float:
        """What brings a voice to its own level under the gain of the chapter: 0 or less."""
        return round(narrator.gain_db - self.gain_db, 2)


@dataclass(slots=True)
class _Tape:
    """A chapter as it runs: how far it is, and when each utterance sounded, in samples at `rate_hz`."""

    rate_hz: int
    position: int = 0
    times: list[tuple[int, int, tuple[Word, ...]]] = field(default_factory=list)

    @property
    def scale(self) -> int:
        """Samples at RATE_HZ for each sample here."""
        return RATE_HZ // self.rate_hz

    def pause(self, milliseconds: float) -> AudioSegment:
        return self._silence(audio.samples_in(milliseconds, self.rate_hz))

    def say(self, clip: Clip, change_db: float) -> AudioSegment:
        start = self.position
        clip = audio.at_rate(clip, self.rate_hz)
        self.position += clip.length
        self.times.append((start, self.position, clip.words))
        return audio.changed(audio.segment(clip), change_db)

    def fill(self, milliseconds: int) -> AudioSegment:
        """The pause that makes the chapter a whole number of MP3 frames: as long as asked, give or take half of one."""
        frame = audio.MP3_FRAME_SAMPLES // self.scale
        frames = round((self.position + audio.samples_in(milliseconds, self.rate_hz)) / frame)
        if frames * frame < self.position + audio.samples_in(_LEAST_TAIL_MS, self.rate_hz):
            frames += 1
        return self._silence(frames * frame - self.position)

    def _silence(self, samples: int) -> AudioSegment:
        self.position += samples
        return audio.silence(samples, self.rate_hz)

    def to_json(self) -> bytes:
        times = [(start, end, [dataclasses.astuple(word) for word in words]) for start, end, words in self.times]
        return json.dumps([self.rate_hz, self.position, times]).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> _Tape:
        rate_hz, position, times = json.loads(line)
        return cls(
            rate_hz, position, [(start, end, tuple(Word(*word) for word in words)) for start, end, words in times]
        )


def _without_last_pause(chapter: Chapter) -> tuple[tuple[Utterance | Pause, ...], int]:
    *parts, last = chapter.parts
    return (tuple(parts), last.milliseconds) if isinstance(last, Pause) else (chapter.parts, 0)
