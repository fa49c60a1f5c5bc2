"""Clips before they are asked for: while one is encoded, the next are spoken, as many at once as the engine takes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from audio_edition.model import Clip, Utterance


class ThreadedEngine(Protocol):
    """Of an engine, what is needed here."""

    at_once: int

    def close(self) -> None: ...


class Speaker(Protocol):
    """Who gives the clips, with an engine."""

    @property
    def engine(self) -> ThreadedEngine: ...

    def speak(self, utterance: Utterance) -> Clip: ...


@contextlib.contextmanager
def ahead(speaker: Speaker, utterances: Sequence[Utterance]) -> Iterator[Prefetch]:
    """A speaker that goes ahead in these utterances; when the block ends, what nobody waits for is dropped."""
    with threads(speaker.engine) as pool:
        yield Prefetch(speaker, utterances, pool)


@contextlib.contextmanager
def threads(engine: ThreadedEngine) -> Iterator[ThreadPoolExecutor]:
    """Threads to speak in, as many as the engine takes, for as long as the block takes."""
    pool = ThreadPoolExecutor(engine.at_once, "speak")
    try:
        yield pool
    except (KeyboardInterrupt, SystemExit):
        # Whoever ends the program does not wait for an engine that hangs.
        engine.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class Prefetch:
    """Says what is asked for, and meanwhile the next utterances, two for each thread of the engine."""

    def __init__(self, speaker: Speaker, utterances: Sequence[Utterance], pool: ThreadPoolExecutor) -> None:
        self._speaker, self._utterances, self._pool = speaker, utterances, pool
        self._reach = 2 * speaker.engine.at_once
        self._places = {utterance.id: place for place, utterance in enumerate(utterances)}
        self._begun: dict[int, Future[Clip]] = {}

    def speak(self, utterance: Utterance) -> Clip:
        """Return the utterance's clip. Raises what the narrator raises, and only for an utterance that is asked for."""
        place = self._places[utterance.id]
        self._begin(place)
        return self._begun.pop(place).result()

    def _begin(self, place: int) -> None:
        for passed in [begun for begun in self._begun if begun < place]:
            self._begun.pop(passed).cancel()
        for number in range(place, min(place + self._reach + 1, len(self._utterances))):
            if number not in self._begun:
                self._begun[number] = self._pool.submit(self._speaker.speak, self._utterances[number])
