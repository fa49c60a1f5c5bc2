"""How long a whole `audio-edition build` takes against the floor: the same text through `espeak-ng` to a file, at
the same rate, and that file through one FFmpeg to MP3. With one job and with several; and what it takes to build again.

    python benchmarks/floor.py [ARTICLE] [--words 100000] [--runs 5] [--jobs 2]

They are run alternately on this machine, with an empty cache each time; the ratio of the medians is what counts: that
of the seconds that processors worked, where others work on the machine, too. The peak of memory is that of all
processes together (proportional set size, Linux only).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measured import Taken, taken

from audio_edition import audio
from audio_edition.model import Speech
from audio_edition.speak import rate_of

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


def _floor(text: Path, folder: Path) -> Taken:
    wave = folder / "floor.wav"
    spoken = taken(["espeak-ng", "-v", "en-us", "-s", str(rate_of(Speech("espeak"))), "-f", text, "-w", wave])
    encode: list[str | Path] = ["-ar", "44100", "-c:a", "libmp3lame", "-b:a", "64k", folder / "floor.mp3"]
    return spoken.then(taken([audio.ffmpeg_path(), "-v", "error", "-y", "-i", wave, *encode]))


def _build(text: Path, folder: Path, formats: str, jobs: int) -> Taken:
    """Build these formats ("" for all) into the folder, in which the cache is, too."""
    command: list[str | Path] = [sys.executable, "-m", "audio_edition", "build", text, "-o", folder / "out", "--quiet"]
    command += ["--jobs", str(jobs), *(["--format", formats] if formats else [])]
    surroundings = os.environ | {"AUDIO_EDITION_CACHE": str(folder / "cache")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where the program is installed
    return taken(command, surroundings)


def _corrected(text: Path, folder: Path) -> Path:
    """The text with one more sentence in the paragraph in its middle."""
    paragraphs = text.read_text("utf-8").split("\n\n")
    middle = next(place for place in range(len(paragraphs) // 2, len(paragraphs)) if paragraphs[place][-1:] == ".")
    paragraphs[middle] += " Nobody had expected that."
    corrected = folder / text.name
    corrected.write_text("\n\n".join(paragraphs), "utf-8")
    return corrected


def _steps(text: Path, jobs: int) -> Iterator[tuple[str, Taken]]:
    """One run of each side, each with an empty cache but for those that build again."""
    with tempfile.TemporaryDirectory() as folder:
        yield "floor", _floor(text, Path(folder))
    for at_once in sorted({1, jobs}):
        with tempfile.TemporaryDirectory() as folder:
            yield f"MP3 and transcripts, {at_once} at once", _build(text, Path(folder), "mp3,transcript", at_once)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield "all packages, 1 at once", _build(text, place, "", 1)
        yield "again, nothing changed", _build(text, place, "", 1)
        yield "again, one paragraph changed", _build(_corrected(text, place), place, "", 1)


def _compare(name: str, text: Path, runs: int, jobs: int) -> None:
    sides: dict[str, list[Taken]] = {}
    for _ in range(runs):
        for what, took in _steps(text, jobs):
            sides.setdefault(what, []).append(took)
    floor = statistics.median(run.seconds for run in sides["floor"])
    floor_work = statistics.median(run.processor_seconds for run in sides["floor"])
    print(f"{name}: {runs} runs")
    for what, took_all in sides.items():
        seconds = [run.seconds for run in took_all]
        middle = statistics.median(seconds)
        work = statistics.median(run.processor_seconds for run in took_all)
        print(
            f"  {what}: {middle:.2f} s ({min(seconds):.2f}-{max(seconds):.2f}), {middle / floor:.2f} of the floor; "
            f"processors {work:.2f} s, {work / floor_work:.2f} of the floor's; "
            f"peak {max(run.peak_mb for run in took_all):.0f} MB",
            flush=True,
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--words", type=int, default=100_000, help="length of the generated text; 0 leaves it out")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="beside one at a time")
    chosen = options.parse_args()
    if not shutil.which("espeak-ng"):
        raise SystemExit("espeak-ng is not installed; install it with: apt-get install espeak-ng")
    _compare(chosen.article.name, chosen.article, chosen.runs, chosen.jobs)
    if chosen.words:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder, "generated.txt")
            text.write_text(generated(chosen.words), "utf-8")
            _compare(f"{chosen.words} generated words", text, chosen.runs, chosen.jobs)


if __name__ == "__main__":
    main()
