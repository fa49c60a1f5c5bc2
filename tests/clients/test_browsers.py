"""The edition's page in Firefox and in WebKitGTK, which stands for Safari: it plays, seeks, marks and remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audio_edition.edition.build import Edition
from support import browser, desktop, webkit
from support.browser import Page, browsing
from support.webkit import WebKitPage

on_a_desktop = [pytest.mark.tool(name, desktop.INSTALL) for name in desktop.NEEDED]
needs_firefox = [pytest.mark.tool(name, browser.INSTALL) for name in ("puppeteer", "firefox-esr")]
needs_webkit = [pytest.mark.tool(name, webkit.INSTALL) for name in webkit.NEEDED]
# Selenium warns of its own code.
pytestmark = [*on_a_desktop, pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")]


@pytest.fixture(
    params=[pytest.param("firefox", marks=needs_firefox), pytest.param("webkit", marks=needs_webkit)],
)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page | WebKitPage]:
    with desktop.desktop(tmp_path_factory.mktemp("desk")) as desk:
        firefox = request.param == "firefox"
        with (
            browsing("firefox", desk.folder / "profile", desk.environment)
            if firefox
            else webkit.browsing(desk) as shown
        ):
            yield shown


def test_it_plays_seeks_marks_and_remembers(page: Page | WebKitPage, edition: Edition) -> None:
    """By its buttons: the sentence that sounds is marked, headings are stops, and the next visit begins where this one
    ended."""
    address = (edition.folder / "index.html").as_uri()
    page.open(address)
    assert page.evaluate("Math.abs(audio.duration - document.querySelector('#position').max) < 0.1")
    page.click("#play")
    page.until("audio.currentTime > 0.5")
    assert page.evaluate("document.querySelector('#play').ariaPressed") == "true"
    assert page.evaluate("document.querySelector('main [aria-current]').id") == "c01-p001-s01"
    page.click("#next-heading")
    page.until("document.querySelector('main [aria-current]').id.startsWith('c02-p001') && !audio.seeking")
    page.until("document.querySelector('main [aria-current]').id > 'c02-p001-s01'")
    page.click("#play")
    assert page.evaluate("audio.paused")
    page.click("#next-sentence")
    place = page.evaluate("audio.currentTime")
    marked = page.evaluate("document.querySelector('main [aria-current]').id")
    page.open("about:blank")
    page.open(address)
    page.until(f"Math.abs(audio.currentTime - {place}) < 0.1")
    assert page.evaluate("document.querySelector('main [aria-current]').id") == marked
    assert page.evaluate("document.querySelector('#failed').textContent") == ""


@pytest.mark.tool("puppeteer", browser.INSTALL)
@pytest.mark.tool("firefox-esr", browser.INSTALL)
def test_a_missing_sound_device_is_told_as_such(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Firefox plays on unheard: the page says why, not that the file is missing. Once a device is connected, the sound
    is heard, and nothing is said of it any more."""
    folder = tmp_path_factory.mktemp("silent")
    with desktop.desktop(folder, device=False) as desk, browsing("firefox", folder / "p", desk.environment) as page:
        page.open((edition.folder / "index.html").as_uri())
        page.click("#play")
        page.until("document.querySelector('#failed').textContent.includes('no working sound device')")
        assert page.evaluate("document.querySelector('#failed').checkVisibility()")
        assert "beside the page" not in page.evaluate("document.querySelector('#failed').textContent")
        page.until("audio.currentTime > 1 && !audio.paused")
        place = page.evaluate("audio.currentTime")
        desk.connect_device()
        assert desktop.until(desk.is_sounding), "nothing is heard"
        page.until("document.querySelector('#failed').textContent === '' && !audio.paused")
        page.until(f"audio.currentTime > {place}")
