"""Chromium and Firefox, driven with Puppeteer: WebDriver BiDi is the way into Firefox as it is shipped."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from support.desktop import until

INSTALL = "apt install --no-install-recommends npm chromium firefox-esr; npm install puppeteer"
PROGRAMS = {"chrome": "chromium", "firefox": "firefox-esr"}
_DRIVER = Path(__file__).with_name("browser.mjs")


class Page:
    """The page that a browser shows."""

    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self._driver = driver

    def _order(self, *words: str) -> Any:
        """Give an order, and return its answer; raise RuntimeError with what the browser says if it fails."""
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.write(json.dumps(words) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline() or '{"error": "the browser is gone"}')
        if "error" in answer:
            raise RuntimeError(f"{words[0]}: {answer['error']}")
        return answer["value"]

    def version(self) -> str:
        """Return the browser's name and version."""
        return str(self._order("version"))

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is loaded."""
        self._order("open", address)

    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression gives; `audio` is the sound."""
        return self._order("evaluate", f"(audio => {expression})(document.querySelector('audio'))")

    def until(self, expression: str) -> None:
        """Wait until a JavaScript expression is true."""
        assert until(lambda: bool(self.evaluate(expression))), f"never so: {expression}"

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        self._order("click", selector)

    def press(self, key: str) -> None:
        """Press a key in the page."""
        self._order("press", key)

    def complaints(self) -> list[str]:
        """Return what the browser wrote to the console, and the page's errors."""
        return list(self._order("complaints"))


@contextlib.contextmanager
def browsing(name: str, profile: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Page]:
    """A browser with an empty page; its windows are shown only where the environment names a screen."""
    node, program = shutil.which("node"), shutil.which(PROGRAMS[name])
    command = (str(node), str(_DRIVER), _puppeteer().as_uri(), name, str(program), str(profile))
    profile.mkdir(parents=True, exist_ok=True)
    driver = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, encoding="utf-8",
    )  # fmt: skip
    with driver:
        yield Page(driver)
        assert driver.stdin is not None
        driver.stdin.close()
        driver.wait(30)


def _puppeteer() -> Path:
    """Return the module of Puppeteer that lies where its command does."""
    command = shutil.which("puppeteer")
    assert command is not None
    _, _, _, library, *_ = Path(command).resolve().parents
    return library / "esm" / "puppeteer" / "puppeteer.js"
