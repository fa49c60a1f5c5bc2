"""Orca, a screen reader, with a browser on a desktop that nobody sees: keys go in, what is said comes out."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from support import browser, desktop
from support.browser import Page, browsing
from support.desktop import Desktop, until

INSTALL = (
    f"{desktop.INSTALL} orca speech-dispatcher speech-dispatcher-espeak-ng python3-pyatspi gir1.2-wnck-3.0; "
    f"{browser.INSTALL}"
)
NEEDED = (*desktop.NEEDED, "orca", "puppeteer")

_SAID = re.compile(r"^[\d:.]+ - SPEECH OUTPUT: '(.*)'\{", re.MULTILINE)
_LOADED = "PROCESS OBJECT EVENT document:load-complete"
_QUIET_SECONDS = 0.25
_LONGEST_SECONDS = 60.0


class ScreenReader:
    """A running Orca."""

    def __init__(self, desk: Desktop, log: Path) -> None:
        self._desk = desk
        self._log = log

    def now(self) -> int:
        """Return this moment, for `since`."""
        return self._log.stat().st_size

    def since(self, moment: int) -> str:
        """Return what has been said since a moment, on one line."""
        return " | ".join(_SAID.findall(self._logged(moment)))

    def knows_page(self, moment: int) -> bool:
        """Return whether Orca gets to know a page, from a moment on, once it does or after a minute."""
        return until(lambda: _LOADED in self._logged(moment), _LONGEST_SECONDS)

    def _logged(self, moment: int) -> str:
        with self._log.open("rb") as log:
            log.seek(moment)
            return log.read().decode("utf-8", "replace")

    def send(self, *keys: str) -> None:
        """Press keys one after the other. `orca+a` is A with the screen reader's own key."""
        for key in keys:
            own = key.removeprefix("orca+")
            held = ("keydown", "Insert", "key", own, "keyup", "Insert")
            assert self._desk.run("xdotool", *(held if own != key else ("key", "--clearmodifiers", key))), key

    def enter(self, page: Page) -> None:
        """Bring the keys into the page, out of the browser's own bars, with a click on its margin."""
        page.evaluate("(addEventListener('click', () => (window.isEntered = true)), 1)")
        assert self._desk.run("xdotool", "mousemove", "2", "600", "click", "1")
        page.until("window.isEntered")
        self.settle()

    def settle(self) -> None:
        """Wait until Orca has nothing more to do: it writes down all that it does."""
        grown = (time.monotonic(), self.now())

        def is_quiet() -> bool:
            nonlocal grown
            if self.now() != grown[1]:
                grown = (time.monotonic(), self.now())
            return time.monotonic() - grown[0] > _QUIET_SECONDS

        assert until(is_quiet), "Orca has no rest"

    def press(self, key: str) -> str:
        """Press a key, and return what is said to it, on one line, once something is and nothing more comes."""
        self.settle()
        moment = self.now()
        self.send(key)
        until(lambda: bool(self.since(moment)), _LONGEST_SECONDS)
        self.settle()
        return self.since(moment)

    def expect(self, key: str, *words: str) -> str:
        """Press a key, and wait until all of the words are said; fail with what is said instead."""
        self.settle()
        moment = self.now()
        self.send(key)
        heard = until(lambda: all(part in self.since(moment) for part in words), _LONGEST_SECONDS)
        assert heard, f"{key}: {' … '.join(words)!r} is not in {self.since(moment)!r}"
        return self.since(moment)

    def hears(self, words: str, moment: int = 0) -> bool:
        """Return whether words are said, from a moment on, once they are or after a minute."""
        return until(lambda: words in self.since(moment), _LONGEST_SECONDS)


@contextlib.contextmanager
def reading(folder: Path, name: str) -> Iterator[tuple[ScreenReader, Page]]:
    """Orca, and the browser of that name (as in `browser.PROGRAMS`) that it reads; their files lie in `folder`."""
    with desktop.desktop(folder) as desk, contextlib.ExitStack() as running:
        log = folder / "orca.debug"
        running.callback(_end_speech, folder / "run")
        _hide_others(desk)
        _set_up(desk)
        desk.start("orca", "--debug", f"--debug-file={log}")
        assert until(lambda: log.exists() and b"SPEECH OUTPUT" in log.read_bytes()), "Orca says nothing"
        page = running.enter_context(browsing(name, folder / "profile", desk.environment))
        yield ScreenReader(desk, log), page


def _hide_others(desk: Desktop) -> None:
    """Let Orca find no other Orca of this user, which it would end or give way to: it looks for them with pgrep."""
    found_none = desk.folder / "bin" / "pgrep"
    found_none.parent.mkdir()
    found_none.write_text("#!/bin/sh\nexit 1\n")
    found_none.chmod(0o700)
    desk.environment["PATH"] = f"{found_none.parent}{os.pathsep}{desk.environment['PATH']}"


def _set_up(desk: Desktop) -> None:
    """Let Orca write each line of its log when it happens, not when the next ones fill a block, and not read a page as
    it opens: the first key would end that, and move the focus to where it had come to."""
    custom = desk.folder / "home" / ".local" / "share" / "orca" / "orca-customizations.py"
    custom.parent.mkdir(parents=True)
    custom.write_text(
        "from orca import debug, settings\n"
        "debug.debugFile.reconfigure(line_buffering=True)\n"
        "settings.sayAllOnLoad = False\n"
    )


def _end_speech(run: Path) -> None:
    """End the speech server, which Orca starts and leaves behind."""
    for pid in run.rglob("speech-dispatcher.pid"):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pid.read_text()), signal.SIGTERM)
