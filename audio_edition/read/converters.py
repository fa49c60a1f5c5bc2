"""Runs programs that convert documents: LibreOffice, pandoc. Each has a folder of its own, and limits."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import Finding
from audio_edition.read import limited
from audio_edition.sources.files import LIMIT_BYTES

_OFFICES = ("soffice", "libreoffice")
_PLACES_OF_OFFICE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_LONGEST_SAID = 300
_SPLIT = "Split it into its parts, and give them."


@functools.lru_cache(1)
def office() -> str:
    """Return the path of LibreOffice; empty if it is not installed."""
    found = next(filter(None, map(shutil.which, _OFFICES)), "")
    return found or next((path for path in _PLACES_OF_OFFICE if Path(path).is_file()), "")


@functools.lru_cache(1)
def pandoc() -> str:
    """Return the path of pandoc: that of the extra `pandoc`, else the system's; empty if neither is installed."""
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc") or ""
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return ""


def run(command: Sequence[str], folder: Path, seconds: int, memory_bytes: int, name: str) -> bytes:
    """Return what a program writes to its output; it works in `folder`, within limits (see `limited`).

    All processes that it started are ended when this returns. Raises ReadError if it fails, or takes longer than some
    seconds.
    """
    output, said = folder / "output", folder / "said"
    try:
        failed = _run(_limited(command, seconds, memory_bytes), folder, seconds, output, said)
    except subprocess.TimeoutExpired as late:
        raise ReadError(
            f"{name} takes {Path(command[0]).stem} longer than {seconds} seconds to convert.",
            "Convert it yourself, look at the result, and give that.",
        ) from late
    if failed:
        with said.open(encoding="utf-8", errors="replace") as file:
            reason = in_brief(" ".join(file.read(_LONGEST_SAID).split()))
        raise ReadError(
            f"{name} can't be converted by {Path(command[0]).stem}" + (f": {reason}." if reason else "."),
            "Open it in the program that made it, save it as .docx or as a web page, and give that file.",
        )
    return bytes_of(output, name)


def bytes_of(result: Path, name: str) -> bytes:
    """Return what a program wrote into a file. Raises ReadError if that is more than a document has."""
    with result.open("rb") as file:
        data = file.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise ReadError(f"{name} becomes larger than {LIMIT_BYTES // 1_000_000} MB when it is converted.", _SPLIT)
    return data


def _run(command: Sequence[str], folder: Path, seconds: int, output: Path, said: Path) -> bool:
    """Return whether a program failed. Raises TimeoutExpired."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with output.open("wb") as out, said.open("wb") as err:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=sys.platform != "win32",
        )
        try:
            return bool(process.wait(seconds))
        finally:
            _end(process)


def _limited(command: Sequence[str], seconds: int, memory_bytes: int) -> Sequence[str]:
    """Return the command that runs another within limits, where the system has such."""
    if sys.platform == "win32":
        return command
    return [sys.executable, "-I", limited.__file__, str(memory_bytes), str(seconds), *command]


def converted(program: str, lost: str) -> Finding:
    """Return the finding that a program converted the document, and what it does not hand on."""
    message = f"The document was converted by {program}, which does not hand on {lost}."
    return Finding("converted", "note", message, remedy="Look whether something is missing.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, and those that it started."""
    if sys.platform == "win32":
        _end_on_windows(process)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end_on_windows(process: subprocess.Popen[bytes]) -> None:
    command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
    subprocess.run(command, check=False, capture_output=True)
    process.kill()
