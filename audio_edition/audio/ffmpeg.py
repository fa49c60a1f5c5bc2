"""FFmpeg, started and watched. The only module that starts it."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from audio_edition.errors import MissingTool, StitchError
from audio_edition.model import RATE_HZ

STALLED_SECONDS = 300
_PIPE_BYTES = 1 << 20
BUILD_ANEW = "Build again with --no-cache."
_MEND_FFMPEG = (
    "Set IMAGEIO_FFMPEG_EXE to a working FFmpeg, or install again: pip install --force-reinstall imageio-ffmpeg"
)
_DISK_ERRORS = (errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS)


@functools.cache
def ffmpeg_path() -> str:
    """Return the path of FFmpeg: IMAGEIO_FFMPEG_EXE, else the one in imageio-ffmpeg's wheel. Raises MissingTool."""
    try:
        import imageio_ffmpeg

        # Its own search starts FFmpeg to see whether it works; so does the first use here, which reports it.
        in_wheel = Path(imageio_ffmpeg.__file__).parent.glob("binaries/ffmpeg-*")
        return os.environ.get("IMAGEIO_FFMPEG_EXE") or os.fspath(
            next(in_wheel, None) or imageio_ffmpeg.get_ffmpeg_exe()
        )
    except (ImportError, RuntimeError) as error:
        raise MissingTool("FFmpeg was not found, and sound can't be encoded without it.", _MEND_FFMPEG) from error


@functools.cache
def ffmpeg_version() -> str:
    """Return the version that FFmpeg gives itself; encoded bytes depend on it."""
    first_line = run_ffmpeg(["-version"]).stdout.decode("utf-8", "replace").partition("\n")[0]
    return first_line.removeprefix("ffmpeg version ").partition(" Copyright")[0].strip()


def run_ffmpeg(arguments: list[str], pcm: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [ffmpeg_path(), "-nostdin", *arguments]
    try:
        done = subprocess.run(command, input=pcm, capture_output=True, check=False, timeout=STALLED_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise encoding_failed(f"it did not end within {STALLED_SECONDS} seconds") from error
    except OSError as error:
        raise _not_startable(error) from error
    if done.returncode:
        raise encoding_failed(last_line(done.stderr))
    return done


def feed_ffmpeg(arguments: list[str], blocks: Iterable[bytes]) -> int:
    """Run FFmpeg on blocks of bytes as they come; return how many bytes it took. Raises StitchError, MissingTool."""
    with tempfile.TemporaryFile() as said:
        process = start_ffmpeg(["-v", "error", "-y", *arguments], subprocess.PIPE, subprocess.DEVNULL, said)
        try:
            taken = _feed(process, blocks)
            process.wait(STALLED_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise encoding_failed(f"it did not end within {STALLED_SECONDS} seconds") from error
        finally:
            process.kill()
            process.wait()
        if process.returncode or taken is None:
            said.seek(0)
            raise encoding_failed(last_line(said.read()))
        return taken


def _feed(process: subprocess.Popen[bytes], blocks: Iterable[bytes]) -> int | None:
    """Return the number of bytes that FFmpeg took; None if it stopped taking them or stalled."""
    pipe = cast(IO[bytes], process.stdin)
    _widen(pipe)
    taken = 0
    try:
        with Watchdog(process) as watchdog:
            for block in blocks:
                try:
                    with watchdog.waiting():
                        pipe.write(block)
                except OSError:
                    return None
                taken += len(block)
    finally:
        with contextlib.suppress(OSError):
            pipe.close()
    return taken


class Watchdog:
    """Ends a process that takes or gives no bytes for STALLED_SECONDS, so that what waits for it goes on. One thread
    for a whole run: a thread for each block took half of the time of a long table."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._since: float | None = None
        self._over = threading.Event()
        # A daemon: the program may be told to end before the run is over.
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watchdog:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time that the block takes towards STALLED_SECONDS: in it, the process is waited for."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def _watch(self) -> None:
        while not self._over.wait(STALLED_SECONDS / 10):
            since = self._since
            if since is not None and time.monotonic() - since > STALLED_SECONDS:
                self._process.kill()


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold 20 s of sound where the system allows it: speaking and encoding wait less for each other."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def start_ffmpeg(arguments: list[str], stdin: int, stdout: int, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start FFmpeg and return its process. Raises MissingTool if it cannot be started."""
    try:
        process = subprocess.Popen([ffmpeg_path(), *arguments], stdin=stdin, stdout=stdout, stderr=stderr)
    except OSError as error:
        raise _not_startable(error) from error
    _let_threads_finish(process)
    return process


def _let_threads_finish(process: subprocess.Popen[bytes]) -> None:
    """Let no thread of the process interrupt another when it wakes. Each of FFmpeg's hands on one frame after another,
    and would do so at once: a tenth of its work is to switch between them."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # it has ended, or a container forbids it
            os.sched_setscheduler(process.pid, os.SCHED_BATCH, os.sched_param(0))


def _not_startable(error: OSError) -> MissingTool:
    return MissingTool(f"FFmpeg could not be started: {ffmpeg_path()} ({error.strerror}).", _MEND_FFMPEG)


def encoding_failed(reason: str) -> StitchError:
    remedy = _MEND_FFMPEG
    if any(os.strerror(code) in reason for code in _DISK_ERRORS):
        full = os.strerror(errno.ENOSPC) in reason
        remedy = f"{'Make room on the disk' if full else 'Look after the disk'}, or name another folder with -o."
    return StitchError(f"The sound could not be encoded by {ffmpeg_path()}: {reason}.", remedy)


def last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it failed and said nothing"


def raw_file(path: Path) -> list[str]:
    """Return the arguments for a file of bare samples at RATE_HZ."""
    return ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", f"file:{path}"]


def raw_input(rate_hz: int) -> list[str]:
    return ["-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0"]
