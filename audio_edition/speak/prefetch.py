"""Clips before they are asked for: while one is encoded, the next are spoken, as many at once as the engine takes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from audio_edition.model import Clip, Utterance

Say = Callable[[Utterance], Clip]
"""Returns the clip of an utterance. Raises what the narrator raises."""


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
def ahead(narrator_of: Callable[[Utterance], Speaker], utterances: Sequence[Utterance]) -> Iterator[Say]:
    """Yield a function that says one of these utterances, and meanwhile the next, two for each thread of an engine.

    What was passed over raises nothing. When the block ends, what nobody waits for is dropped.
    """
    places = {utterance.id: place for place, utterance in enumerate(utterances)}
    begun: dict[int, Future[Clip]] = {}
    pools: dict[int, ThreadPoolExecutor] = {}

    def begin(place: int) -> None:
        narrator = narrator_of(utterances[place])
        if id(narrator.engine) not in pools:
            pools[id(narrator.engine)] = opened.enter_context(_threads(narrator.engine))
        begun[place] = pools[id(narrator.engine)].submit(narrator.speak, utterances[place])

    def say(utterance: Utterance) -> Clip:
        place = places[utterance.id]
        for passed in [number for number in begun if number < place]:
            begun.pop(passed).cancel()
        reach = 2 * narrator_of(utterance).engine.at_once
        for number in range(place, min(place + reach + 1, len(utterances))):
            if number not in begun:
                begin(number)
        return begun.pop(place).result()

    with contextlib.ExitStack() as opened:
        yield say


@contextlib.contextmanager
def _threads(engine: ThreadedEngine) -> Iterator[ThreadPoolExecutor]:
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
