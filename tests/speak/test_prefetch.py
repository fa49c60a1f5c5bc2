"""Clips before they are asked for: the same clips and errors, in order, and no more at once than the engine takes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from audio_edition.errors import SpeakError
from audio_edition.model import Clip, Utterance
from audio_edition.speak.prefetch import ahead

UTTERANCES = tuple(Utterance(f"c01-p001-s{number:02d}", str(number), str(number)) for number in range(20))


@dataclass
class _Counting:
    """Gives clips that hold their text, and counts how many threads are in it."""

    fails: str = ""
    inside: int = 0
    most: int = 0
    said: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    both: threading.Barrier | None = None
    at_once: int = 1
    hangs: bool = False
    begun: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def engine(self) -> _Counting:
        return self

    def close(self) -> None:
        self.closed.set()

    def speak(self, utterance: Utterance) -> Clip:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.said.append(utterance.spoken)
        if self.both:
            self.both.wait(timeout=30)
        self.begun.set()
        if self.hangs:
            self.closed.wait()
        with self.lock:
            self.inside -= 1
        if utterance.spoken == self.fails:
            raise SpeakError(f"{utterance.id} would not sound.")
        return Clip(utterance.spoken.encode(), 22_050)


@pytest.mark.parametrize("at_once", [1, 3])
def test_each_utterance_gets_its_own_clip_once(at_once: int) -> None:
    """What is asked for in order comes in order, said once each, never more at once than allowed."""
    narrator = _Counting(at_once=at_once)
    with ahead(lambda _: narrator, UTTERANCES) as say:
        assert [say(utterance).pcm for utterance in UTTERANCES] == [u.spoken.encode() for u in UTTERANCES]
    assert sorted(narrator.said, key=int) == [utterance.spoken for utterance in UTTERANCES]
    assert narrator.most <= at_once


def test_two_are_spoken_at_once() -> None:
    """An engine that takes two gets two: each waits here until the other is there."""
    narrator = _Counting(both=threading.Barrier(2), at_once=2)
    with ahead(lambda _: narrator, UTTERANCES) as say:
        for utterance in UTTERANCES:
            say(utterance)
    assert narrator.most == 2


def test_only_what_is_asked_for_fails() -> None:
    """A sentence that is passed over (its chapter was kept) raises nothing; one that is asked for raises its error."""
    narrator = _Counting(fails="2")
    with ahead(lambda _: narrator, UTTERANCES) as say:
        assert say(UTTERANCES[0]).pcm == b"0"
        assert say(UTTERANCES[5]).pcm == b"5"
    with ahead(lambda _: narrator, UTTERANCES) as say:
        assert [say(utterance).pcm for utterance in UTTERANCES[:2]] == [b"0", b"1"]
        with pytest.raises(SpeakError, match="s02 would not"):
            say(UTTERANCES[2])


def test_nothing_far_ahead_is_spoken() -> None:
    """The memory of a few clips is enough for a long book, and a failure does not speak the rest first."""
    narrator = _Counting(at_once=2)
    with ahead(lambda _: narrator, UTTERANCES) as say:
        say(UTTERANCES[0])
    assert len(narrator.said) <= 5


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_who_ends_the_program_does_not_wait_for_an_engine_that_hangs(end: type[BaseException]) -> None:
    """Ctrl-C and SIGTERM close the engine, which sets free whoever waits for it; here it says nothing until then."""
    narrator = _Counting(hangs=True)

    def ended() -> None:
        with ahead(lambda _: narrator, UTTERANCES[:1]) as say:
            threading.Thread(target=say, args=(UTTERANCES[0],)).start()
            narrator.begun.wait()
            raise end

    with pytest.raises(end):
        ended()
