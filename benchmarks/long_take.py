"""What aligning a long take costs: processor time and memory, of a first run and of one after a change of the text.

    python benchmarks/long_take.py [--minutes 90]

An eSpeak NG voice reads made-up sentences, no two alike, with the pauses of a person, and passes over one in fifty. All
of `narrate` is measured, with a cache on disk, in processes of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

_WHO = ("The mayor", "A fisherman", "My neighbour", "The old teacher", "Her sister", "The driver", "A student",
        "Nobody", "The baker", "One of the girls", "The doctor", "A stranger", "The captain", "His uncle")  # fmt: skip
_DID = ("painted", "carried", "forgot", "sold", "found", "repaired", "borrowed", "hid", "counted", "washed",
        "described", "lost", "bought", "opened", "measured", "watched")  # fmt: skip
_WHAT = ("the yellow boat", "a wooden ladder", "three baskets of apples", "the church clock", "an empty suitcase",
         "the letter from Dublin", "a box of candles", "the broken window", "a pair of boots", "the garden gate",
         "seven silver spoons", "the school piano", "a map of the valley", "the brown horse")  # fmt: skip
_WHEN = ("before breakfast", "in the rain", "without a word", "on the first Sunday in March", "behind the station",
         "for the second time", "while everybody slept", "under the bridge", "with great care", "after the concert",
         "in the middle of the night", "because of the storm", "near the lighthouse")  # fmt: skip
_A_PARAGRAPH, _A_CHAPTER = 5, 60
_WORDS_A_MINUTE = 156


def _article(minutes: int) -> str:
    chance = random.Random(4)
    words, sentences, seen = 0, [], set[str]()
    while words < minutes * _WORDS_A_MINUTE:
        sentence = " ".join(chance.choice(part) for part in (_WHO, _DID, _WHAT, _WHEN)) + "."
        if sentence not in seen:
            seen.add(sentence)
            sentences.append(sentence)
            words += len(sentence.split())
    parts = ["# A long evening"]
    for number in range(0, len(sentences), _A_PARAGRAPH):
        if number and number % _A_CHAPTER == 0:
            parts.append(f"## Part {number // _A_CHAPTER}")
        parts.append(" ".join(sentences[number : number + _A_PARAGRAPH]))
    return "\n\n".join(parts) + "\n"


def _read(folder: Path, minutes: int) -> None:
    """Write the article, the reading of it, and the truth."""
    from audio_edition.config import Settings
    from audio_edition.edition.build import make_script
    from audio_edition.model import RATE_HZ, Speech
    from audio_edition.speak.cast import cast_for
    from support.readers import Reader

    path, speech = folder / "article.md", Speech(engine="espeak")
    path.write_text(_article(minutes), "utf-8")
    script = make_script(path, Settings(speech=speech))
    with cast_for(script, speech) as cast:
        reader = Reader(cast.main)
        reader.read([each for number, each in enumerate(script.utterances, start=1) if number % 50])
        reader.write(folder / "take.wav")
    truth = {name: (start / RATE_HZ, end / RATE_HZ) for name, (start, end) in reader.truth.items()}
    (folder / "truth.json").write_text(json.dumps(truth))


def _align(folder: Path) -> None:
    """Align, and print what it cost."""
    from audio_edition.cache import Cache
    from audio_edition.config import Settings
    from audio_edition.edition.build import make_script
    from audio_edition.edition.issue import Documents
    from audio_edition.hearing.recogniser import Recogniser
    from audio_edition.model import RATE_HZ, SURE, Speech
    from audio_edition.narration import narrate
    from audio_edition.narration.tapes import tapes_of

    settings = Settings(speech=Speech(engine="espeak", language="en"), narrator="A voice")
    script = make_script(folder / "article.md", settings)
    tapes = tapes_of(Documents((), recordings=(folder / "take.wav",)), settings)
    _, narration = narrate(script, tapes, Recogniser(), settings, Cache(folder / "cache"))
    truth = json.loads((folder / "truth.json").read_text())
    far = {
        name: reading.confidence
        for name, reading in narration.readings.items()
        if name in truth
        and max(abs(reading.start / RATE_HZ - truth[name][0]), abs(reading.end / RATE_HZ - truth[name][1])) > 0.5
    }
    used = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = narration.tapes[0].length / RATE_HZ
    processor = used.ru_utime + used.ru_stime + children.ru_utime + children.ru_stime
    print(
        f"{seconds / 60:.1f} min, {len(truth)} sentences read, {len(truth.keys() - narration.readings.keys())} lost, "
        f"{len(narration.readings.keys() - truth.keys())} found that were not read, {len(far)} over 500 ms "
        f"({sum(sure >= SURE for sure in far.values())} sure); processor {processor:.0f} s, "
        f"{processor / seconds:.3f} of the length; {used.ru_maxrss / 1024:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=90)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--align", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        _read(given.read, given.minutes)
    elif given.align:
        _align(given.align)
    else:
        with tempfile.TemporaryDirectory() as folder:
            again = [sys.executable, __file__, "--minutes", str(given.minutes)]
            subprocess.run([*again, "--read", folder], check=True)
            for run in ("first", "after a change of the text"):
                print(f"{run}: ", end="", flush=True)
                subprocess.run([*again, "--align", folder], check=True)
                article = Path(folder, "article.md")
                article.write_text(article.read_text("utf-8").replace("yellow boat", "green boat", 1), "utf-8")


if __name__ == "__main__":
    main()
