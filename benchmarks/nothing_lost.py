"""Counts sentences that eSpeak NG loses, under load: 200 fresh processes of one sentence, and one of 20,000 utterances.

    python benchmarks/nothing_lost.py [--processes 200] [--utterances 20000]

Each clip is compared with that of an idle engine, byte by byte. All cores are kept busy meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterator

from audio_edition.model import Delivery
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.voices import choose_voice

SENTENCES = [
    "She puts the shoe back on, and carries on.",
    "The council met on Tuesday evening in the old town hall.",
    "“No,” he said — and left.",
    "Wounded.",
    "At 10:30 the last of 212 passengers stepped down from the night train, yawning.",
]


def _spin() -> None:
    while True:
        pass


@contextlib.contextmanager
def _all_cores_busy() -> Iterator[None]:
    spinners = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(os.cpu_count() or 1)]
    for spinner in spinners:
        spinner.start()
    yield
    for spinner in spinners:
        spinner.kill()


def _clip(engine: Engine, sentence: str) -> bytes:
    return engine.speak(sentence, Delivery(choose_voice(engine, "", "en"))).pcm


def _alone(sentence: str) -> bytes:
    with contextlib.closing(open_engine("espeak")) as engine:
        return _clip(engine, sentence)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--processes", type=int, default=200)
    options.add_argument("--utterances", type=int, default=20_000)
    chosen = options.parse_args()
    expected = {sentence: _alone(sentence) for sentence in SENTENCES}
    with _all_cores_busy():
        started = time.perf_counter()
        lost = sum(_alone(SENTENCES[0]) != expected[SENTENCES[0]] for _ in range(chosen.processes))
        print(f"{chosen.processes} fresh processes: {lost} missing, short or different", _since(started), flush=True)
        started = time.perf_counter()
        with contextlib.closing(open_engine("espeak")) as engine:
            said = (SENTENCES[number % len(SENTENCES)] for number in range(chosen.utterances))
            lost = sum(_clip(engine, sentence) != expected[sentence] for sentence in said)
        print(f"{chosen.utterances} utterances in one process: {lost} missing, short or different", _since(started))


def _since(started: float) -> str:
    return f"({time.perf_counter() - started:.0f} s)"


if __name__ == "__main__":
    main()
