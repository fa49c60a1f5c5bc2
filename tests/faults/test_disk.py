"""A disk that fails at any call, in Python and in FFmpeg: the right edition or a clear error, and nothing left.

Each test tries some calls, spread evenly; AUDIO_EDITION_FAULTS=1000 pytest tests/faults/test_disk.py tries all.
"""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.faulty_disk import CHANGES, LOCK, READ, UNLINK, WRITE, FaultyDisk, left_over
from support.places import environment, hashes

STEPS = int(os.environ.get("AUDIO_EDITION_FAULTS", "4"))

pytestmark = [
    pytest.mark.tool("cc", "apt-get install gcc libc6-dev"),
    pytest.mark.skipif(sys.platform != "linux", reason="faults are loaded before the C library of Linux"),
]


def _swept(
    disk: FaultyDisk, kinds: int, error: int, last: str, steps: int = STEPS, jobs: int = 1, below: str = "."
) -> list[str]:
    """What was told at each step; all editions were right."""
    command = [
        sys.executable,
        "-m",
        "support.sweep",
        str(disk.plan.parent),
        str(kinds),
        str(error),
        last,
        str(steps),
        str(jobs),
    ]
    where = disk.environment | {"PYTHONPATH": environment()["PYTHONPATH"], "FAULTY_ROOT": str(disk.root / below)}
    done = subprocess.run(command, env=where, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    tries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tries) > min(steps, tries[0]["of"])
    assert [tried for tried in tries if not tried["right"]] == []
    # What can't be read or removed while it is cleared away stays until the next run.
    assert [tried for tried in tries[-1 if kinds & (READ | UNLINK) else 0 :] if tried["left"]] == []
    return [tried["told"] for tried in tries[:-1]]


@pytest.fixture
def disk(tmp_path: Path) -> FaultyDisk:
    return FaultyDisk.compiled(tmp_path)


@pytest.mark.parametrize(
    ("kinds", "error", "last"),
    [
        (WRITE, errno.ENOSPC, "stays"),
        (WRITE, errno.EIO, "once"),
        (READ, errno.EIO, "once"),
        (CHANGES, errno.EACCES, "once"),
        (CHANGES | WRITE, errno.EROFS, "stays"),
    ],
    ids=["full", "bad when written", "bad when read", "permission lost", "read-only from now on"],
)
def test_a_disk_that_fails_at_any_call_gives_the_right_edition_or_an_error(
    disk: FaultyDisk, kinds: int, error: int, last: str
) -> None:
    """The error names the cause and what to do; the earlier edition is the same bytes; no file is left."""
    said = os.strerror(error)
    told = [one for one in _swept(disk, kinds, error, last) if one]
    assert told
    for one in told:
        # FFmpeg may take what it can't read for what it can't understand.
        cause = "Invalid data found" if kinds == READ and said not in one else said
        assert re.search(rf"{cause}.*({'FFmpeg' if cause != said else '[Nn]ame another folder with -o'})", one)
    if error == errno.ENOSPC:
        assert all("Make room on the disk" in one for one in told)


def test_a_full_disk_is_told_by_the_processes_that_record(disk: FaultyDisk) -> None:
    """The same where chapters are recorded in processes of their own."""
    told = _swept(disk, WRITE, errno.ENOSPC, "stays", steps=max(2, STEPS // 10), jobs=2)
    assert "No space left on device" in told[-2]
    assert "Make room" in told[-2]


@pytest.mark.parametrize(
    ("error", "kinds"), [(errno.EROFS, CHANGES | WRITE | UNLINK), (errno.ENOSPC, WRITE), (errno.ENOLCK, LOCK)]
)
def test_a_cache_that_fails_is_no_reason_to_fail(disk: FaultyDisk, error: int, kinds: int) -> None:
    """Read-only, full, or on a disk that knows no locks: the edition is the same."""
    assert set(_swept(disk, kinds, error, "stays", steps=3, below="cache")) == {""}


def test_a_clock_that_jumps_changes_nothing(disk: FaultyDisk) -> None:
    """Three hundred days on and back with each look at it: the same bytes with and without what is kept, and no file is
    left, neither of these runs nor of one that was killed."""
    article, output = disk.root / "article.txt", disk.root / "output"
    article.write_text("Ferry leaves\n\nThe ferry left at noon. Nobody waved.\n")

    def built() -> dict[str, str]:
        words = [
            sys.executable,
            "-m",
            "audio_edition",
            "build",
            str(article),
            "-o",
            str(output),
            "--engine",
            "tone",
            "-q",
        ]
        subprocess.run(words, env=disk.environment, stdout=subprocess.DEVNULL, check=True)
        return hashes(output)

    wanted = built()
    (disk.root / "cache").rename(disk.root / "earlier")
    disk.arm(0, clock_seconds=300 * 24 * 3600)
    for _ in range(2):
        (output / ".ferry-leaves.1.audio-edition-lock").touch()
        assert built() == wanted
        assert left_over(disk.root) == []
