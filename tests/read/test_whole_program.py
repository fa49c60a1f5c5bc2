"""Hostile documents, settings, lexicons and titles through the whole program: a sound edition, or a clear refusal.

AUDIO_EDITION_FUZZ_SECONDS=600 pytest tests/read/test_whole_program.py goes on for ten minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.places import environment

SECONDS = float(os.environ.get("AUDIO_EDITION_FUZZ_SECONDS", "0"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory and processes are watched by /proc")
@pytest.mark.parametrize(("engine", "share", "examples"), [("tone", 0.8, 8), ("espeak", 0.2, 2)])
def test_whatever_is_sent_through_the_program(tmp_path: Path, engine: str, share: float, examples: int) -> None:
    """An edition in which `check` finds no error, or one message with its remedy; within 400 MB and bounded work, and
    no file or process is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    extent = [str(share * SECONDS), str(50 if SECONDS else examples)]
    done = subprocess.run(
        [sys.executable, "-m", "support.whole_program", temporary, *extent, engine],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-8000:]
    assert json.loads(done.stdout)["made"]
