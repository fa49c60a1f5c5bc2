"""WebKitGTK, which stands for Safari, driven with Selenium."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver

from support.desktop import Desktop, until

INSTALL = (
    "apt install --no-install-recommends webkit2gtk-driver gstreamer1.0-plugins-good gstreamer1.0-plugins-bad "
    "gstreamer1.0-libav"
)
NEEDED = ("WebKitWebDriver",)


class WebKitPage:
    """The page that the browser shows."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is loaded."""
        self._driver.get(address)

    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression gives; `audio` is the sound."""
        return self._driver.execute_script(f"return (audio => {expression})(document.querySelector('audio'))")

    def until(self, expression: str) -> None:
        """Wait until a JavaScript expression is true."""
        assert until(lambda: bool(self.evaluate(expression))), f"never so: {expression}"

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        self._driver.find_element("css selector", selector).click()


@contextlib.contextmanager
def browsing(desk: Desktop) -> Iterator[WebKitPage]:
    """WebKitGTK's small browser with an empty page, on a desktop."""
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(max(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    options.add_argument("--automation")
    service = webdriver.WebKitGTKService(shutil.which("WebKitWebDriver"), env=desk.environment)
    driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        yield WebKitPage(driver)
    finally:
        driver.quit()
