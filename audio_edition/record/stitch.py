"""Stitch: clips and pauses become encoded tracks, one for each chapter, and cues exact to the sample.

A long chapter is recorded in several takes. One take at a time and, within it, one utterance at a time: nothing longer
is held. A take depends on its own utterances and voices only, so a changed sentence leaves all others' bytes as they
were.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audio_edition import atomic, audio
from audio_edition.cache import Cache, key_of
from audio_edition.errors import SpeakError, StitchError
from audio_edition.model import (
    RATE_HZ,
    Chapter,
    ChapterRecording,
    Clip,
    Cue,
    Pause,
    Script,
    Take,
    Utterance,
    Voice,
    Word,
)

if TYPE_CHECKING:
    from pydub import AudioSegment

HEAD_MS = 100
"""Silence at the start of every take: it hides the codec's delay, and counts as part of the pause there."""
_LEAST_TAIL_MS = 75
"""Where takes are joined, AAC loses the last of its frames and half a frame beside its grid: 70 ms at 22,050 Hz."""
_CUT_CHARACTERS, _MOST_CHARACTERS = 4_000, 16_000
"""Of a take where its chapter is cut: from five minutes to twenty."""
_CUT_EVERY = 16
_CUT_PAUSE_MS = 500
"""A pause at a cut is as long as asked, give or take half a frame of MP3: nobody hears that in one of this length."""


Say = Callable[[Utterance], Clip]
"""See speak.prefetch."""


class Narrator(Protocol):
    """Who speaks: see speak.narrator."""

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
    def first(self) -> Narrator: ...

    @property
    def rate_hz(self) -> int: ...

    def narrator_of(self, utterance: Utterance) -> Narrator: ...


@dataclass(frozen=True, slots=True)
class TakePlan:
    """What is recorded in one go: a chapter, or some paragraphs of a long one. `name` is unique in the edition. The
    last pause continues for `next_head_ms` at the start of the next take."""

    name: str
    chapter: Chapter
    parts: tuple[Utterance | Pause, ...]
    next_head_ms: int

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(part for part in self.parts if isinstance(part, Utterance))


def plan_takes(script: Script) -> list[TakePlan]:
    """Return the takes to record, in order. No take holds parts of two chapters."""
    plans = [
        TakePlan(chapter.id if number == 1 else f"{chapter.id}-{number}", chapter, parts, HEAD_MS)
        for chapter in script.chapters
        for number, parts in enumerate(_cut(chapter), start=1)
    ]
    return [*plans[:-1], *(replace(last, next_head_ms=0) for last in plans[-1:])]


def _cut(chapter: Chapter) -> Iterator[tuple[Utterance | Pause, ...]]:
    """Yield the parts of a chapter, a long one cut at longer pauses. Each cut depends only on the words before it, so
    that a change in one place moves few of those after it."""
    parts = chapter.parts
    begin = characters = 0
    words = ""
    for place, part in enumerate(parts[:-1]):
        if isinstance(part, Utterance):
            words = part.text
            characters += len(words)
        elif part.milliseconds >= _CUT_PAUSE_MS and (
            characters >= _MOST_CHARACTERS
            or (characters >= _CUT_CHARACTERS and zlib.crc32(words.encode("utf-8", "replace")) % _CUT_EVERY == 0)
        ):
            yield parts[begin : place + 1]
            begin, characters = place + 1, 0
    yield parts[begin:]


@dataclass(frozen=True, slots=True)
class Stitcher:
    """What all takes share. Tracks go into `folder`; `on_utterance` is called with each utterance that is done."""

    cast: Cast
    folder: Path
    codecs: tuple[str, ...] = ("mp3",)
    cache: Cache | None = None
    on_utterance: Callable[[Utterance], None] = lambda _: None
    instead: str = ""
    """What is said in the place of an utterance that the engine can't say; nothing, where that is to end the build."""

    def chapters(self, plans: Sequence[TakePlan], logs: Iterable[TakeLog]) -> tuple[ChapterRecording, ...]:
        """Return the chapters, each starting where the one before ends, from the logs of their takes. The tracks are
        in the folder."""
        recorded = zip(plans, logs, strict=True)
        chapters: list[ChapterRecording] = []
        keys: list[str] = []
        for _, together in itertools.groupby(recorded, key=lambda pair: pair[0].chapter.id):
            takes: list[Take] = []
            cues: list[Cue] = []
            for plan, log in together:
                chapter = plan.chapter
                start = takes[-1].start + takes[-1].length if takes else 0
                takes.append(Take(start, log.position * log.scale, self._tracks(plan)))
                cues += self._cues(plan, log, start)
                keys += log.keys
            start = chapters[-1].end if chapters else 0
            length = takes[-1].start + takes[-1].length
            chapters.append(ChapterRecording(chapter, start, length, tuple(cues), tuple(takes)))
        if self.cache:
            # Where a book is more than the cache may hold, its clips go first: without them a take is made anew after a
            # change, without its tracks after none.
            self.cache.renew(keys)
        return tuple(chapters)

    def record_take(self, plan: TakePlan, say: Say) -> TakeLog:
        """Record one take in every codec, or take it from the cache where it is there; `say` gives the clips. Raises
        SpeakError, StitchError."""
        tracks = self._tracks(plan)
        mix = self._mix(plan)
        keys = {codec: self._key(plan, codec, mix) for codec in self.codecs}
        kept = {codec: self._kept(keys[codec], track) for codec, track in tracks.items()}
        missing = {codec: tracks[codec] for codec, log in kept.items() if log is None}
        if not missing:
            for utterance in plan.utterances:
                self.on_utterance(utterance)
            log = next(log for log in kept.values() if log)
            return replace(log, keys=tuple(keys.values()))
        log = TakeLog(mix.rate_hz, keys=tuple(keys.values()))
        try:
            audio.encode(mix.gain_db, mix.rate_hz, missing, self._sounds(plan, say, log, mix), self.cast.rate_hz)
        except StitchError as error:
            raise StitchError(
                f"Chapter {plan.chapter.id} ({plan.chapter.title[:60]}): {error.message}", error.remedy
            ) from error
        if not log.unsaid:  # the engine may say it another time
            for codec, track in missing.items():
                self._keep(keys[codec], codec, track, log)
        return log

    def _tracks(self, plan: TakePlan) -> dict[str, Path]:
        return {codec: self.folder / f"{plan.name}.{codec}" for codec in self.codecs}

    def _mix(self, plan: TakePlan) -> _Mix:
        narrators = [self.cast.narrator_of(utterance) for utterance in plan.utterances]
        return _Mix(max(narrator.gain_db for narrator in narrators), max(narrator.rate_hz for narrator in narrators))

    def _key(self, plan: TakePlan, codec: str, mix: _Mix) -> str:
        """Return the name of the take's track in the cache, made of everything that its bytes and times depend on."""
        parts: list[object] = []
        for part in plan.parts:
            if isinstance(part, Pause):
                parts.append(part.milliseconds)
            else:
                narrator = self.cast.narrator_of(part)
                key, change_db = narrator.key(part), mix.change_db(narrator)
                parts.append([key, change_db] if change_db else key)
        recipe = audio.recipe(codec, mix.gain_db, mix.rate_hz, self.cast.rate_hz)
        return key_of("take", recipe, HEAD_MS, _LEAST_TAIL_MS, plan.next_head_ms, parts)

    def _sounds(self, plan: TakePlan, say: Say, log: TakeLog, mix: _Mix) -> Iterator[AudioSegment]:
        parts, last_pause_ms = _without_last_pause(plan.parts)
        log.pause(HEAD_MS)
        for part in parts:
            if isinstance(part, Pause):
                log.pause(part.milliseconds)
            else:
                try:
                    clip = say(part)
                except SpeakError as error:
                    clip = self._clip_instead(part, log, error)
                yield from log.say(clip, mix.change_db(self.cast.narrator_of(part)))
                self.on_utterance(part)
        log.pause(last_pause_ms - plan.next_head_ms)
        yield log.fill()

    def _clip_instead(self, utterance: Utterance, log: TakeLog, error: SpeakError) -> Clip:
        """Return the clip of what is said in an utterance's place. Raises the error where nothing is, or where the
        engine fails again and again."""
        if not self.instead or len(log.unsaid) == _MOST_UNSAID:
            raise error
        log.unsaid.append(len(log.times))
        try:
            return replace(self.cast.narrator_of(utterance).speak(_with(utterance, self.instead)), words=())
        except SpeakError:
            raise error from None

    def _cues(self, plan: TakePlan, log: TakeLog, begin: int) -> Iterator[Cue]:
        """Yield the cues of a take that begins `begin` samples into its chapter, at RATE_HZ, with the places of the
        spoken words in the written text."""

        def at(sample: int) -> int:
            return begin + sample * log.scale

        for number, (utterance, (start, end, words)) in enumerate(zip(plan.utterances, log.times, strict=True)):
            if number in log.unsaid:
                utterance = _with(utterance, self.instead)
            places = utterance.as_written([(word.text_start, word.text_end) for word in words])
            heard = (
                Word(at(start + word.start), at(start + word.end), *place)
                for word, place in zip(words, places, strict=True)
            )
            voice = self.cast.narrator_of(utterance).voice
            other = voice if voice != self.cast.first.voice else None
            yield Cue(utterance, at(start), at(end), tuple(heard), other)

    def _kept(self, key: str, track: Path) -> TakeLog | None:
        file = self.cache.open(key) if self.cache else None
        if file is None:
            return None
        with file:
            log = TakeLog.from_json(file.readline(_LONGEST_LINE))
            if log is not None:
                with track.open("wb") as copy:
                    copy.writelines(atomic.blocks_of(file))
        return log

    def _keep(self, key: str, codec: str, track: Path, log: TakeLog) -> None:
        if self.cache and audio.CODECS[codec].is_kept:
            with track.open("rb") as file:
                self.cache.put(key, itertools.chain([log.to_json()], atomic.blocks_of(file)))


_LONGEST_LINE = 50_000_000
_MOST_UNSAID = 3
"""Utterances of a take that an engine may not be able to say; where it is more, the engine is at fault."""


def _with(utterance: Utterance, spoken: str) -> Utterance:
    """Return the utterance with something else said in its place."""
    return replace(utterance, spoken=spoken, pronunciations=(), announces="", concludes="")


@dataclass(frozen=True, slots=True)
class _Mix:
    """How a take's sounds go to FFmpeg: at the largest gain and rate of its voices, so that none is amplified before
    the limiter, and none loses samples."""

    gain_db: float
    rate_hz: int

    def change_db(self, narrator: Narrator) -> float:
        """Return what brings a voice to its own level under the gain of the take: 0 dB or less."""
        return round(narrator.gain_db - self.gain_db, 2)


@dataclass(slots=True)
class TakeLog:
    """What a take holds so far: how long it is, and when each utterance sounded, in samples at `rate_hz`. `keys` are
    the names of its tracks in the cache."""

    rate_hz: int
    position: int = 0
    times: list[tuple[int, int, tuple[Word, ...]]] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    unsaid: list[int] = field(default_factory=list)
    """Of `times`, those of utterances in whose place something else was said."""
    owed: int = 0
    """Samples of the pause after what sounded last, that are still to come: clips bring some of it along."""

    @property
    def scale(self) -> int:
        """Samples at RATE_HZ for each sample of the take."""
        return RATE_HZ // self.rate_hz

    def pause(self, milliseconds: float) -> None:
        """Let so much of a pause come before what sounds next."""
        self.owed += audio.samples_in(milliseconds, self.rate_hz)

    def say(self, clip: Clip, change_db: float) -> Iterator[AudioSegment]:
        """Yield the silence that is left of the pause before a clip, and the clip."""
        clip = audio.at_rate(clip, self.rate_hz)
        if self.owed > clip.lead:
            yield self._silence(self.owed - clip.lead)
        begin = self.position + clip.lead
        self.position += clip.length
        words = (replace(word, start=word.start - clip.lead, end=word.end - clip.lead) for word in clip.words)
        self.times.append((begin, self.position - clip.tail, tuple(words)))
        self.owed = -clip.tail
        yield audio.changed(audio.segment(clip), change_db)

    def fill(self) -> AudioSegment:
        """Return the pause that makes the take a whole number of MP3 frames: as long as asked, give or take half a
        frame."""
        frame = audio.MP3_FRAME_SAMPLES // self.scale
        least = audio.samples_in(_LEAST_TAIL_MS, self.rate_hz)
        frames = round((self.position + max(self.owed, least)) / frame)
        if frames * frame < self.position + least:
            frames += 1
        return self._silence(frames * frame - self.position)

    def _silence(self, samples: int) -> AudioSegment:
        self.position += samples
        return audio.silence(samples, self.rate_hz)

    def to_json(self) -> bytes:
        times = [(start, end, [dataclasses.astuple(word) for word in words]) for start, end, words in self.times]
        return json.dumps([self.rate_hz, self.position, times]).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> TakeLog | None:
        """Return the log that an entry of the cache begins with; None if it is another kind of entry."""
        try:
            rate_hz, position, times = json.loads(line)
            heard = [(start, end, tuple(Word(*word) for word in words)) for start, end, words in times]
            numbers = [rate_hz, position, *(place for start, end, _ in heard for place in (start, end))]
        except (ValueError, TypeError):
            return None
        is_sound = all(type(number) is int and number >= 0 for number in numbers) and rate_hz and not RATE_HZ % rate_hz
        return cls(rate_hz, position, heard) if is_sound else None


def _without_last_pause(
    plan: tuple[Utterance | Pause, ...],
) -> tuple[tuple[Utterance | Pause, ...], int]:
    *parts, last = plan
    return (tuple(parts), last.milliseconds) if isinstance(last, Pause) else (plan, 0)
