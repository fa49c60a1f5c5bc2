"""How long a whole `audio-edition build` takes against the floor: the same text through `espeak-ng` to a file, at
the same rate, and that file through one FFmpeg to MP3. And what all packages cost beyond MP3 and transcripts.

    python benchmarks/floor.py [ARTICLE] [--words 100000] [--runs 5]

They are run alternately on this machine, with an empty cache each time; the ratio of the medians is what counts. The
peak of memory is that of all processes of the smaller build together (proportional set size, Linux only).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measured import taken

from audio_edition import audio
from audio_edition.speak import usual_wpm

SEED = Path(__file__).parents[1] / "seeds" / "harbour.txt"
_NOUNS = "bridge council river engine doctor village teacher harbour festival court window library farmer train garden"
_NAMES = "Marta Jonas Amina Pavel Lucia Tomas Ingrid Samuel Nadia Viktor"
_VERBS = "opened closed crossed questioned repaired visited counted described defended photographed ignored"
_TIMES = "on Monday|late in the evening|before the rain came|for the third time this year|as the crowd looked on"


def generated(words: int) -> str:
    """An article of about so many words with a subheading every 600; no sentence is like another, so that no cache
    helps. Always the same text."""
    chance = random.Random(1)
    lines, count, paragraph = ["A long account of a small town", "", "Somewhere (Nowhere) (XYZ)", ""], 0, 0
    while count < words:
        sentences = [_sentence(chance) for _ in range(chance.randint(1, 3))]
        lines += [" ".join(sentences), ""]
        count += sum(len(sentence.split()) for sentence in sentences)
        paragraph += 1
        if paragraph % 15 == 0:
            lines += [f"- {chance.choice(_NOUNS.split()).capitalize()} number {paragraph // 15} -", ""]
    return "\n".join(lines)


def _sentence(chance: random.Random) -> str:
    def noun() -> str:
        return (
            f"the {chance.choice(['old', 'new', 'last', 'narrow', 'crowded', 'quiet'])} {chance.choice(_NOUNS.split())}"
        )

    name, other = chance.sample(_NAMES.split(), 2)
    verb, again = chance.sample(_VERBS.split(), 2)
    when = chance.choice(_TIMES.split("|"))
    number = chance.randint(2, 9999)
    return f"{name} {verb} {noun()} beside {noun()} {when}, while {other} and {number} others {again} {noun()}."


def _floor(text: Path, folder: Path) -> None:
    wave = folder / "floor.wav"
    rate = str(usual_wpm("espeak"))
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", rate, "-f", text, "-w", wave], check=True)
    encode: list[str | Path] = ["-ar", "44100", "-c:a", "libmp3lame", "-b:a", "64k", folder / "floor.mp3"]
    subprocess.run([audio.ffmpeg(), "-v", "error", "-y", "-i", wave, *encode], check=True)


def _build(text: Path, folder: Path, formats: str) -> float:
    """Build these formats ("" for all); returns the peak of memory in MB."""
    command: list[str | Path] = [sys.executable, "-m", "audio_edition", "build", text, "-o", folder, "--quiet"]
    command += ["--format", formats] if formats else []
    return taken(command, os.environ | {"AUDIO_EDITION_CACHE": str(folder / "cache")}).peak_mb


def _compare(name: str, text: Path, runs: int) -> None:
    seconds: dict[str, list[float]] = {"floor": [], "MP3 and transcripts": [], "all packages": []}
    peaks = []
    for _ in range(runs):
        with _timed(seconds["floor"]) as folder:
            _floor(text, folder)
        with _timed(seconds["MP3 and transcripts"]) as folder:
            peaks.append(_build(text, folder, "mp3,transcript"))
        with _timed(seconds["all packages"]) as folder:
            _build(text, folder, "")
    floor = statistics.median(seconds["floor"])
    print(f"{name}: {runs} runs; peak {max(peaks):.0f} MB")
    for what, took in seconds.items():
        middle = statistics.median(took)
        print(
            f"  {what}: {middle:.2f} s ({min(took):.2f}-{max(took):.2f}), {middle / floor:.2f} of the floor", flush=True
        )


@contextlib.contextmanager
def _timed(took: list[float]) -> Iterator[Path]:
    """A folder to work in, and how long the work in it takes."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        yield Path(folder)
        took.append(time.perf_counter() - started)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--words", type=int, default=100_000, help="length of the generated text; 0 leaves it out")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    if not shutil.which("espeak-ng"):
        raise SystemExit("espeak-ng is not installed; install it with: apt-get install espeak-ng")
    _compare(chosen.article.name, chosen.article, chosen.runs)
    if chosen.words:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder, "generated.txt")
            text.write_text(generated(chosen.words), "utf-8")
            _compare(f"{chosen.words} generated words", text, chosen.runs)


if __name__ == "__main__":
    main()
