"""Starts a program of others within limits: of memory, of a processor's time, of what it writes, and without a network.

Run as: python -I limited.py MEMORY_BYTES SECONDS PROGRAM ARGUMENT... It becomes that program. Linux gives it a network
of its own, with nothing in it, where the system lets every user make one; elsewhere the program must be told to ask for
nothing. Windows knows none of these limits.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

MOST_WRITTEN_BYTES = 200_000_000
"""In one file."""

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET, of Linux's sched.h."""


def main(memory_bytes: int, seconds: int, program: list[str]) -> None:
    """Become the program."""
    _limit(memory_bytes, seconds)
    _leave_network()
    os.execv(program[0], program)  # noqa: S606  it is one of ours to choose


def _limit(memory_bytes: int, seconds: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MOST_WRITTEN_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        with contextlib.suppress(OSError, ValueError):  # macOS refuses the first; what others set lower stays
            resource.setrlimit(kind, (most, most))


def _leave_network() -> None:
    """Go into an empty network, as the same user. It stays as it is where the system does not let us."""
    if sys.platform != "linux":
        return
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEW_USERS | _NEW_NETWORK):
        return
    for name, said in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):
            Path(f"/proc/self/{name}").write_text(said, encoding="ascii")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
