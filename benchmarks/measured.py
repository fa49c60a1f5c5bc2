"""What a command takes: the seconds that pass, those that processors work, and the peak of memory, of the command and
of all that it starts. Memory is proportional set size (pages that several share are counted once); Linux only."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took."""

    seconds: float
    processor_seconds: float
    peak_mb: float

    def then(self, after: Taken) -> Taken:
        """Both, one after the other."""
        worked = self.processor_seconds + after.processor_seconds
        return Taken(self.seconds + after.seconds, worked, max(self.peak_mb, after.peak_mb))


def taken(
    command: Sequence[str | Path],
    surroundings: Mapping[str, str] | None = None,
    folder: Path | None = None,
    given: Path | None = None,
) -> Taken:
    """Run a command, in a folder and with a file on its standard input, and say what it took. Raises SystemExit where
    it fails."""
    started = time.perf_counter()
    with (
        (given or Path(os.devnull)).open("rb") as text,
        subprocess.Popen(
            command, stdin=text, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings, cwd=folder
        ) as process,
    ):
        peak = _Peak(process.pid)
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{said.decode(errors='replace')}")
    return Taken(seconds, used.ru_utime + used.ru_stime, peak.megabytes())


class _Peak:
    """Watches the memory of a process and all it starts, until it ends."""

    def __init__(self, pid: int) -> None:
        self._pid, self._kilobytes = pid, 0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def megabytes(self) -> float:
        self._thread.join()
        return self._kilobytes / 1024

    def _watch(self) -> None:
        while (now := sum(_kilobytes(pid) for pid in _family(self._pid))) > 0:
            self._kilobytes = max(self._kilobytes, now)
            time.sleep(_SAMPLE_SECONDS)


def _family(pid: int) -> list[int]:
    """The process and what its threads started, and so on. A process may start others from any of its threads."""
    members = [pid]
    with contextlib.suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{pid}/task").glob("*/children"):
            members += [member for child in thread.read_text().split() for member in _family(int(child))]
    return members


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
