"""Whether the memory that Kokoro takes stays flat over a book: its sentences said two at a time by one engine.

    python benchmarks/kokoro_memory.py [ARTICLE] [--words 20000] [--every 20] [--voice af_heart] [--rate 175] [--hard]

The article's sentences, longest first in each round, as often as it takes. With --hard its words in sentences that take
the most memory: as long as one run can be, and half as long, so that two of them meet. After so many sentences each
time, what the process holds and held at most since it started (VmRSS and VmHWM of /proc, so on Linux only).
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.model import Delivery
from audio_edition.speak import open_engine
from audio_edition.speak.voices import choose_voice

SEED = Path(__file__).parents[1] / "seeds" / "harbour.txt"
_THREADS = 2
_HARD_CHARACTERS = (270, 130, 125, 130, 265)
"""Of a sentence: letters for the voice are some more, at most 280 and 140 for two at once."""


def _megabytes() -> dict[str, int]:
    """Return what this process holds of memory now, and held at most."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {each[0]: int(each[1]) * 1024 // 1_000_000 for each in lines if each[0] in ("VmRSS:", "VmHWM:")}


def _sentences(article: Path, words: int) -> Iterator[str]:
    """Yield sentences until they are so many words."""
    said = sorted((each.spoken for each in make_script(article, Settings()).utterances), key=len, reverse=True)
    for sentence in itertools.cycle(said):
        if words <= 0:
            return
        words -= len(sentence.split())
        yield sentence


def _hard(article: Path, words: int) -> Iterator[str]:
    """Yield sentences of the article's words, until they are so many."""
    endless = itertools.cycle(re.findall(r"[a-z]+", article.read_text("utf-8")))
    order = random.Random(1)
    while words > 0:
        longest, sentence = order.choice(_HARD_CHARACTERS), next(endless)
        while len(sentence) < longest:
            sentence += f" {next(endless)}"
        words -= len(sentence.split())
        yield f"{sentence}."


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--words", type=int, default=20_000)
    options.add_argument("--every", type=int, default=20, metavar="SENTENCES")
    options.add_argument("--voice", default="af_heart")
    options.add_argument("--rate", type=int, default=175, metavar="WORDS")
    options.add_argument("--hard", action="store_true")
    chosen = options.parse_args()
    engine = open_engine("kokoro")
    delivery = Delivery(choose_voice(engine, chosen.voice, "en"), chosen.rate)
    sentences = (_hard if chosen.hard else _sentences)(chosen.article, chosen.words)
    count = words = 0
    with ThreadPoolExecutor(_THREADS) as pool:
        while some := list(itertools.islice(sentences, chosen.every)):
            list(pool.map(lambda sentence: engine.speak(sentence, delivery), some))
            count, words = count + len(some), words + sum(len(sentence.split()) for sentence in some)
            held = _megabytes()
            print(f"{count} sentences, {words} words: {held['VmRSS:']} MB, {held['VmHWM:']} at most", flush=True)


if __name__ == "__main__":
    main()
