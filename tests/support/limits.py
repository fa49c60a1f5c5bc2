"""Documents read in a process of its own, and what each of them took."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from support.places import environment

PACES = 1_000
"""Of one document. A novel of 80,000 paragraphs takes 300 to become a tree; a trap takes many thousands."""

MEMORY_MB = 300

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process by what it uses")


class Outcome(NamedTuple):
    """Why a document was refused, if it was, with the remedy; the titles and the text that were read; the work in paces
    (`support.work`); and the most megabytes of memory so far."""

    refused: str
    remedy: str
    titles: list[str]
    text: str
    paces: float
    memory_mb: int

    @property
    def is_within_limits(self) -> bool:
        return self.paces < PACES and self.memory_mb < MEMORY_MB


def outcomes_of(documents: Mapping[str, bytes], folder: Path) -> dict[str, Outcome]:
    """What becomes of documents, by their names. A traceback is an error of the test; so is asking the network, and so
    is a process that has to be ended, because one of them goes far beyond the limit."""
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "support.reading", str(folder), str(2 * PACES)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-2000:]
    lines = map(json.loads, done.stdout.splitlines())
    return {name: Outcome(*outcome) for name, *outcome in lines}


def outcome_of(data: bytes, folder: Path, name: str = "it") -> Outcome:
    """What becomes of one document."""
    return outcomes_of({name: data}, folder)[name]
