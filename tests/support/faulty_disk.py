"""A disk that fails, a process that is killed, a clock that jumps: at the N-th call, in Python and FFmpeg alike.

`faulty_disk.c` is loaded before the C library; what it is to do lies in a file that all processes share.
"""

from __future__ import annotations

import os
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

WRITE, CREATE, RENAME, MKDIR, UNLINK, LOCK, TOUCH, READ = (1 << number for number in range(8))
"""The kinds of calls, as in faulty_disk.c."""
CHANGES = CREATE | RENAME | MKDIR | TOUCH
FOREVER = 1 << 62
_SOURCE = Path(__file__).with_suffix(".c")
_PLAN = struct.Struct("=8q")
_COUNTED = struct.Struct("=8xq")


@dataclass(frozen=True, slots=True)
class FaultyDisk:
    """What fails is below `root`; `library` and `plan` lie elsewhere."""

    library: Path
    plan: Path
    root: Path

    @classmethod
    def in_folder(cls, folder: Path) -> FaultyDisk:
        """The one that `compiled` made there."""
        return cls(folder / "faulty_disk.so", folder / "plan", folder / "root")

    @classmethod
    def compiled(cls, folder: Path) -> FaultyDisk:
        """A new one, which does nothing yet."""
        disk = cls.in_folder(folder)
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", disk.library, _SOURCE, "-ldl"], check=True)
        (disk.root / "tmp").mkdir(parents=True)
        disk.plan.write_bytes(bytes(_PLAN.size))
        return disk

    @property
    def environment(self) -> dict[str, str]:
        """For a process that is to have this disk, and those that it starts."""
        ours = {"LD_PRELOAD": str(self.library), "FAULTY_PLAN": str(self.plan), "FAULTY_ROOT": str(self.root)}
        return os.environ | ours | {"TMPDIR": str(self.root / "tmp"), "AUDIO_EDITION_CACHE": str(self.root / "cache")}

    def arm(
        self,
        kinds: int,
        calls: tuple[int, int] = (FOREVER, 0),
        error: int = 0,
        signal: int = 0,
        after: bool = False,
        clock_seconds: int = 0,
    ) -> None:
        """Count the calls of these kinds from 1 on; the first to the last of `calls` fail with `error`, or are preceded
        or followed by a signal to the process that made them."""
        self._write(_PLAN.pack(kinds, 0, *calls, error, signal, after, clock_seconds))

    def disarm(self) -> int:
        """Nothing fails any more; returns how many calls were counted."""
        (counted,) = _COUNTED.unpack(self.plan.read_bytes()[: _COUNTED.size])
        self._write(bytes(_PLAN.size))
        return int(counted)

    def _write(self, plan: bytes) -> None:
        with self.plan.open("r+b") as file:  # which stays the one that processes share
            file.write(plan)


def left_over(root: Path) -> list[str]:
    """What is no edition in `output`, no entry in `cache`, or anything at all in `tmp`, but for Python's own trial."""
    found = [*root.glob("output*/.*"), *(root / "cache").rglob(".*")]
    found += [path for path in (root / "tmp").iterdir() if not _is_trial(path)]
    return sorted(path.relative_to(root).as_posix() for path in found)


def _is_trial(path: Path) -> bool:
    """Python's tempfile tries whether a folder can be written: a name of eight signs, and the word "blat"."""
    return len(path.name) == 8 and path.is_file() and path.read_bytes() in (b"", b"blat")
