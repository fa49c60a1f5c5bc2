"""Started with a faulty disk: makes one edition again and again, with a fault at another call each time, and prints
what became of it, a line of JSON for each. `python -m support.sweep FOLDER KINDS ERROR once|stays STEPS JOBS`."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import AudioEditionError
from audio_edition.model import Script, Speech
from support.faulty_disk import FOREVER, FaultyDisk, left_over
from support.places import hashes

HUM = replace(Settings(), speech=Speech(engine="tone"))
ARTICLE = """Ferry leaves

The ferry left at noon. Nobody waved.

- Sandbags -

The water rose. The band played on for {} hours.
"""
_TRACK_BYTES = 20_000


def main(folder: Path, kinds: int, error: int, last: str, steps: int, jobs: int) -> None:
    disk = FaultyDisk.in_folder(folder)
    output, cache, kept = (disk.root / name for name in ("output", "cache", "kept"))
    scripts = [make_script(ARTICLE.format(hours).encode(), HUM, "article") for hours in ("two", "three")]
    wanted = [hashes(_built(script, folder / "wanted", kept, jobs)) for script in scripts]
    # What was spoken stays in the cache; the tracks do not.
    for entry in (kept / "entries").glob("??/*"):
        if entry.stat().st_size > _TRACK_BYTES:
            entry.unlink()

    def tried(number: int, *fault: Any) -> tuple[str, int]:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(kept, cache)
        disk.arm(*fault)
        told = ""
        try:
            _built(scripts[number], output, cache, jobs)
        except AudioEditionError as raised:
            told = str(raised)
        return told, disk.disarm()

    def say(what: dict[str, Any]) -> None:
        sys.stdout.write(f"{json.dumps(what)}\n")

    tried(0, 0)
    there, (_, whole) = 1, tried(1, kinds)
    for call in sorted({1 + step * (whole - 1) // max(steps - 1, 1) for step in range(steps)}):
        told, _ = tried(1 - there, kinds, (call, FOREVER if last == "stays" else call), error)
        if not told:
            there = 1 - there
        right = hashes(output / "ferry-leaves") == wanted[there]
        say({"call": call, "of": whole, "told": told, "right": right, "left": left_over(disk.root)})
    tried(1 - there, 0)
    right = hashes(output / "ferry-leaves") == wanted[1 - there]
    say({"call": 0, "of": whole, "told": "", "right": right, "left": left_over(disk.root)})


def _built(script: Script, output: Path, cache: Path, jobs: int) -> Path:
    return make_edition(script, output, HUM, Cache(cache), jobs=jobs).folder


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]), int(sys.argv[6]))
