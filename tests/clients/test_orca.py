"""What a blind person hears who walks through a site and an edition's page with Orca, in Chromium and in Firefox."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audio_edition.edition.build import Edition

from .browser import PROGRAMS, Page
from .desktop import until
from .orca import INSTALL, NEEDED, ScreenReader, reading

pytestmark = [pytest.mark.tool(name, INSTALL) for name in (*NEEDED, *PROGRAMS.values())]

_NEVER = re.compile(r"blank|status ?bar|notification", re.IGNORECASE)
"""What Orca says at a line break, and at a live region that is empty."""
_CONTROLS = """[...document.querySelectorAll("#player :is(button, input, select, a)")]
  .filter(one => one.checkVisibility()).map(one => [
    one.ariaLabel ?? (one.querySelector(".name") ?? one.labels?.[0] ?? one).textContent.trim().split("\\n")[0].trim(),
    {checkbox: "check box", range: "slider", "select-one": "combo box", button: "button"}[one.type] ?? "link",
  ])"""


@pytest.fixture(scope="module", params=PROGRAMS)
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ScreenReader, Page]]:
    with reading(tmp_path_factory.mktemp("orca"), request.param) as (orca, page):
        yield orca, page


@pytest.fixture
def opened(client: tuple[ScreenReader, Page]) -> Callable[[str], tuple[ScreenReader, Page]]:
    """Opens an address, and waits until Orca knows the page."""

    def open_page(address: str) -> tuple[ScreenReader, Page]:
        orca, page = client
        moment = orca.now()
        page.open(address)
        assert orca.hears("Finished loading", moment)
        orca.enter(page)
        return orca, page

    return open_page


@pytest.fixture
def player(opened: Callable[[str], tuple[ScreenReader, Page]], edition: Edition) -> tuple[ScreenReader, Page]:
    """The edition's page as nobody has used it yet."""
    orca, page = opened((edition.folder / "index.html").as_uri())
    if page.evaluate("localStorage.length"):
        page.evaluate("localStorage.clear()")
        page.evaluate("(addEventListener('pagehide', () => localStorage.clear()), 1)")
        orca, page = opened((edition.folder / "index.html").as_uri())
    return orca, page


def focus(orca: ScreenReader, page: Page, selector: str, *words: str) -> None:
    """Bring the focus to an element, and wait until it is told. Orca may take it away while it gets to know a page."""
    moment = orca.now()

    def is_told() -> bool:
        if not page.evaluate(f"document.activeElement.matches({selector!r})"):
            page.evaluate(f"document.querySelector({selector!r}).focus()")
        return all(part in orca.since(moment) for part in words)

    assert until(is_told), f"{selector}: {orca.since(moment)!r}"
    assert page.evaluate(f"document.activeElement.matches({selector!r})")


def to_keys_of_the_player(orca: ScreenReader, page: Page) -> None:
    """Bring the focus into the player, and Orca into the mode in which it leaves letters to the page."""
    focus(orca, page, "#forward", "Forward 10 seconds")
    if "Focus mode" not in orca.expect("orca+a", " mode"):
        orca.expect("orca+a", "Focus mode")
    page.evaluate("document.querySelector('#forward').focus()")


def test_a_search_is_told_once(opened: Callable[[str], tuple[ScreenReader, Page]], site: str) -> None:
    """From the home page, and again on the search page; nothing found is told as well."""
    orca, page = opened(site)
    focus(orca, page, "#q", "Search titles and texts entry")
    moment = orca.now()
    orca.send(*"boats", "Return")
    assert orca.hears("1 edition found for “boats”.", moment)
    orca.expect("h", "Search heading level 1")
    orca.expect("h", "Results heading level 2")
    orca.expect("h", "Harbour news", "heading level 3")
    moment = orca.now()
    page.evaluate("document.querySelector('form').requestSubmit()")
    assert orca.hears("1 edition found for “boats”.", moment)
    page.evaluate("(document.querySelector('#q').value = 'trams', document.querySelector('form').requestSubmit())")
    assert orca.hears("No editions found for “trams”.", moment)
    assert orca.since(moment).count("found for") == 2


def test_every_control_is_told_by_its_name(player: tuple[ScreenReader, Page]) -> None:
    """Tab leads through the player, to each control once; none is a mystery."""
    orca, page = player
    focus(orca, page, ".skip", "Skip to the text link")
    controls = page.evaluate(_CONTROLS)
    assert len(controls) >= 14
    told = [orca.expect("Tab", *control) for control in controls]
    assert "Play toggle button not pressed" in told[0]
    assert any("Announce chapters check box checked" in words for words in told)


def test_headings_lists_tables_and_quotations_are_told_as_such(player: tuple[ScreenReader, Page]) -> None:
    """By Orca's keys that lead from one to the next, and by those for the cells of a table."""
    orca, _ = player
    orca.expect("ctrl+Home", "Skip to the text")
    orca.expect("h", "Harbour news heading level 1")
    orca.expect("h", "Boats heading level 2")
    orca.expect("t", "table with 3 rows 2 columns", "Boat column header")
    orca.expect("alt+shift+Right", "Seats column header")
    orca.expect("alt+shift+Down", "20", "Row 2, column 2")
    orca.expect("alt+shift+Left", "Gull row header")
    orca.expect("l", "List with 2 items", "3.", "Bread")
    orca.expect("Down", "Nesting level 1", "brown")
    orca.expect("Down", "white")
    orca.expect("Down", "4.", "Milk")
    orca.expect("q", "It rained all the day long")
    orca.expect("shift+k", "on time link")


def test_no_stop_is_empty(player: tuple[ScreenReader, Page]) -> None:
    """Line by line from the last control of the player to the chapters, and through the list of files."""
    orca, page = player
    focus(orca, page, "#to-chapters", "Chapters link")
    lines = [orca.press("Down") for _ in range(2)]
    assert any("navigation Chapters" in line for line in lines)
    for _ in range(3):
        heading = orca.expect("h", "heading level")
    assert "All files of this edition" in heading
    lines += [orca.press("Down") for _ in range(8)]
    assert any("harbour-news.mp3 link" in line for line in lines)
    assert not [line for line in lines if _NEVER.search(line)]


def test_play_and_pause_are_told_once_and_nothing_over_the_sound(player: tuple[ScreenReader, Page]) -> None:
    """Through sentences and into a chapter nothing is said: the recording itself says the heading."""
    orca, page = player
    focus(orca, page, "#play", "Play toggle button not pressed")
    moment = orca.now()
    orca.expect("space", "pressed")
    page.until("document.querySelector('main [aria-current]').id.startsWith('c02-p')")
    orca.expect("space", "not pressed")
    assert orca.since(moment) == "pressed | not pressed"
    assert page.evaluate("audio.paused")


def test_answers_to_keys_are_told_once(player: tuple[ScreenReader, Page]) -> None:
    """Play, mute, speed, time and pause, where the control that has the focus does not tell them itself."""
    orca, page = player
    to_keys_of_the_player(orca, page)
    moment = orca.now()
    answers = (
        ("k", "Playing"), ("m", "Sound off"), ("m", "Sound on"), ("plus", "1.1×"), ("t", "seconds. "), ("k", "Paused"),
    )  # fmt: skip
    for key, words in answers:
        orca.expect(key, words)
    told = orca.since(moment).split(" | ")
    assert [words for _, words in answers] == [words if "seconds. " not in words else "seconds. " for words in told]


def test_a_chapter_is_told_after_a_jump_unless_it_is_not_wanted(player: tuple[ScreenReader, Page]) -> None:
    """With the sound paused; not while it plays, and not once the choice is off."""
    orca, page = player
    to_keys_of_the_player(orca, page)
    moment = orca.now()
    orca.expect("h", "Chapter: Boats")
    page.evaluate("document.querySelector('#announce').click()")
    orca.send("shift+h")
    page.until("audio.currentTime < 1")
    orca.expect("t", "seconds. Harbour news")
    page.evaluate("document.querySelector('#announce').click()")
    orca.expect("k", "Playing")
    orca.send("h")
    page.until("document.querySelector('nav [aria-current]').hash === '#c02'")
    orca.expect("k", "Paused")
    told = orca.since(moment)
    assert told.count("Boats") == 1
    assert len(told.split(" | ")) == 4


def test_the_end_is_told_once(player: tuple[ScreenReader, Page]) -> None:
    """Also with the focus on the button, which tells that it plays no more; the slider is at its end."""
    orca, page = player
    to_keys_of_the_player(orca, page)
    page.evaluate("audio.currentTime = audio.duration - 1")
    moment = orca.now()
    orca.expect("k", "Playing", "The end")
    orca.expect("t", "Boats")
    told = orca.since(moment).split(" | ")
    assert told[:2] == ["Playing", "The end"]
    assert len(told) == 3
    assert page.evaluate("document.querySelector('#position').value === document.querySelector('#position').max")


def test_the_slider_does_not_chatter(player: tuple[ScreenReader, Page]) -> None:
    """With the focus on it, while the sound plays, it says only what its keys do."""
    orca, page = player
    focus(orca, page, "#position", "Position", "slider 0 seconds of")
    moment = orca.now()
    orca.expect("space", "Playing")
    page.until("audio.currentTime > 3")
    orca.expect("Right", "seconds of")
    assert orca.since(moment).count(" of ") == 1


def test_missing_sound_is_told(
    opened: Callable[[str], tuple[ScreenReader, Page]], edition: Edition, tmp_path: Path
) -> None:
    """When it is asked for, once, with the name of the file; the button is not left as if it played."""
    shutil.copy(edition.folder / "index.html", tmp_path)
    orca, page = opened((tmp_path / "index.html").as_uri())
    focus(orca, page, "#play", "Play toggle button not pressed")
    moment = orca.now()
    orca.expect("space", "The sound can't be played. Is this file beside the page? harbour-news.mp3")
    assert orca.hears("not pressed", moment)
    focus(orca, page, "#forward", "Forward 10 seconds")
    assert orca.since(moment).count("The sound can't be played") == 1
