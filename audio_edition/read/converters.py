"""Runs programs that convert documents of other kinds: LibreOffice, pandoc. Each has a folder of its own and a time."""

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

_OFFICES = ("soffice", "libreoffice")
_PLACES_OF_OFFICE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_LONGEST_SAID = 300


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


def run(command: Sequence[str], folder: Path, seconds: int, name: str) -> bytes:
    """Return what a program writes to its output. Raises ReadError if it fails, or takes longer than some seconds; all
    processes that it started are ended then."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            out, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as late:
            _end(process)
            raise ReadError(
                f"{name} takes {Path(command[0]).stem} longer than {seconds} seconds to convert.",
                "Convert it yourself, look at the result, and give that.",
            ) from late
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        reason = in_brief(" ".join(said.decode(errors="replace").split())[:_LONGEST_SAID])
        raise ReadError(
            f"{name} can't be converted by {Path(command[0]).stem}" + (f": {reason}." if reason else "."),
            "Open it in the program that made it, save it as .docx or as a web page, and give that file.",
        )
    return out


def converted(program: str, lost: str) -> Finding:
    """Return the finding that a program converted the document, and what it does not hand on."""
    message = f"The document was converted by {program}, which does not hand on {lost}."
    return Finding("converted", "note", message, remedy="Look whether something is missing.")


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
