"""How long a site of many editions takes: publishing all, publishing all again, one more, one corrected, one removed.

    python benchmarks/site.py --editions 1000

Each edition has a manifest and texts of the length of an agency's article, and four files of sound and books, of 2 MB
each as such an article has; all editions share these four on the disk. With --sound-bytes 50 they are tiny.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from audio_edition.edition.write_json import write as write_manifest
from audio_edition.formats import slug, write_packages
from audio_edition.model import (
    Chapter,
    ChapterRecording,
    Cue,
    Delivery,
    Heading,
    Package,
    Paragraph,
    Passage,
    Recording,
    Script,
    Utterance,
    Voice,
    Word,
)

_SECOND = 44_100
_SENTENCES, _WORDS = 30, 21
_VOICE = Voice("en-gb", "English (Great Britain)", "en-gb", "espeak")
_SYLLABLES = [one + two for one in "bcdfghklmnprstvw" for two in ("a", "ar", "e", "en", "i", "in", "o", "or", "u")]


def make_edition(output: Path, number: int, chance: random.Random, sound_bytes: int) -> Path:
    """An edition of 630 words, of which some come often and most seldom, as in any text; six a day."""
    sentences = [_sentence(chance) for _ in range(_SENTENCES)]
    title = " ".join(_sentence(chance).split()[:8]).capitalize() + f" {number}"
    said = [Utterance("c01-p001-s01", title, title, "title")]
    said += [Utterance(f"c01-p{place:03}-s01", text, text) for place, text in enumerate(sentences, start=2)]
    cues = tuple(_cue(one, 10 * _SECOND * place) for place, one in enumerate(said))
    heading, *body = (Passage(f"c01-p{place:03}", one.role, (one,)) for place, one in enumerate(said, start=1))
    chapter = Chapter("c01", title, (Heading(heading, 1), *map(Paragraph, body)))
    published = (date(2026, 1, 1) + timedelta(days=number // 6)).isoformat()
    script = Script(title, (chapter,), "en", published, "The Courier", "By Jane Doe")
    recorded = ChapterRecording(chapter, 0, 10 * _SECOND * len(said), cues)
    recording = Recording(script, (recorded,), Delivery(_VOICE), "1.0")
    folder = output / slug(title)
    folder.mkdir()
    packages = list(write_packages(recording, folder, folder.name, ("transcript", "chapters")))
    for name, ending in {"mp3": ".mp3", "m4b": ".m4b", "epub": ".epub", "daisy202": "-daisy202.zip"}.items():
        path = Path(folder.name + ending)
        shared = output.parent / name
        if not shared.exists():
            shared.write_bytes(chance.randbytes(sound_bytes))
        (folder / path).hardlink_to(shared)
        packages.append(Package(name, (path,)))
    write_manifest(recording, folder, packages, {})
    return folder


def _cue(utterance: Utterance, start: int) -> Cue:
    """Nine seconds, with the time of each word, as eSpeak NG gives it."""
    ends = list(itertools.accumulate(len(word) + 1 for word in utterance.text.split()))
    step = 9 * _SECOND // len(ends)
    words = (
        Word(start + place * step, start + (place + 1) * step, end - len(word) - 1, end - 1)
        for place, (word, end) in enumerate(zip(utterance.text.split(), ends, strict=True))
    )
    return Cue(utterance, start, start + 9 * _SECOND, tuple(words))


def _sentence(chance: random.Random) -> str:
    """Words made of syllables, the lower their number the more often."""
    ranks = (int(chance.paretovariate(0.7)) % 20_000 for _ in range(_WORDS))
    return " ".join(_word(rank) for rank in ranks) + "."


def _word(rank: int) -> str:
    syllables = []
    while True:
        rank, rest = divmod(rank, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
        if not rank:
            return "".join(syllables)


def _run(what: str, *words: str | Path) -> float:
    """Run the program, and print how long it took and how much memory; returns what processors worked, in seconds."""
    start, worked = time.perf_counter(), _worked()
    command = [sys.executable, "-m", "audio_edition", *map(str, words), "-q"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    worked = _worked() - worked
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{what:<20} {took:7.2f} s, processors {worked:6.2f} s; largest process so far {peak:.0f} MB", flush=True)
    return worked


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sound-bytes", type=int, default=2_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output, site = Path(folder, "output"), Path(folder, "site")
        output.mkdir()
        chance = random.Random(1)
        editions = [
            make_edition(output, number, chance, options.sound_bytes)
            for number in range(options.editions + options.runs)
        ]
        first, more = editions[: options.editions], editions[options.editions :]
        _run("start and --help", "publish", "--help")
        whole = _run(f"publish {len(first)}", "publish", *first, "--site", site, "--base-url", "https://example.org/")
        _run("publish all again", "publish", *first, "--site", site)
        ones = [_run("publish one more", "publish", one, "--site", site) for one in more]
        _run("remove one", "publish", "--site", site, "--remove", next((site / "editions").iterdir()).name)
        share = sorted(ones)[len(ones) // 2] / whole
        print(f"one more is {share:.3f} of all, by the work of processors (median of {len(ones)})")
        paths = list((site / "search").rglob("*.json"))
        sizes = sorted(path.stat().st_size for path in paths)
        print(f"search index: {len(sizes)} files, {sum(sizes) / 1e6:.2f} MB, the largest {sizes[-1] / 1000:.0f} kB")
        for name in ("index.html", "feed.xml", "opds.json", "sitemap.xml", "site.json"):
            print(f"{name}: {(site / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
