"""Speak texts by Kokoro on two threads in a process of its own; run as: python -m support.said_at_once VOICE, with
a JSON list of texts on stdin. It prints the megabytes that the process held before them, at most, and after them."""

from __future__ import annotations

import contextlib
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audio_edition.model import Delivery
from audio_edition.speak import open_engine


def _megabytes(line: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(each.split()[1]) * 1024 / 1e6 for each in lines if each.startswith(line))


def main() -> None:
    texts = json.load(sys.stdin)
    with contextlib.closing(open_engine("kokoro")) as engine, ThreadPoolExecutor(2) as pool:
        voice = engine.voice(sys.argv[1])
        assert voice is not None
        engine.speak("Begin.", Delivery(voice, 175))
        before = _megabytes("VmRSS:")
        list(pool.map(lambda text: engine.speak(text, Delivery(voice, 175)), texts))
        json.dump([before, _megabytes("VmHWM:"), _megabytes("VmRSS:")], sys.stdout)


if __name__ == "__main__":
    main()
