"""What a blind person hears who walks through a site and an edition's page with Orca, in Chromium and in Firefox."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audio_edition.edition.build import Edition
from support.browser import PROGRAMS, Page
from support.orca import INSTALL, NEEDED, ScreenReader, reading

pytestmark = [pytest.mark.desktop, *(pytest.mark.tool(name, INSTALL) for name in (*NEEDED, *PROGRAMS.values()))]

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
        assert orca.knows_page(moment)
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
    """Bring the focus to an element, from the one behind it, and wait until that is told. The last step is a key's:
    Orca may be silent on a focus that moves by itself."""
    is_there = f"document.activeElement.matches({selector!r})"
    page.evaluate(f"document.querySelector({selector!r}).focus()")
    orca.settle()
    orca.send("Tab")
    page.until(f"!{is_there}")
    orca.expect("shift+Tab", *words)
    page.until(is_there)


@pytest.fixture
def keys(player: tuple[ScreenReader, Page]) -> Iterator[tuple[ScreenReader, Page]]:
    """The edition's page with the focus in the player, and Orca in the mode that leaves all letters to the page."""
    orca, page = player
    moment = orca.now()
    orca.send("orca+a", "orca+a")
    assert orca.hears("Focus mode is sticky", moment)
    focus(orca, page, "#forward", "Forward 10 seconds")
    yield orca, page
    orca.expect("orca+a", "Browse mode")


def test_a_search_is_told_once(opened: Callable[[str], tuple[ScreenReader, Page]], site: str) -> None:
    """From the home page, and again on the search page; nothing found is told as well."""
    orca, page = opened(site)
    focus(orca, page, ".subscribe p:last-child a", "opds.xml link")
    orca.expect("Tab", "Search titles and texts entry")
    orca.send(*"boats")
    page.until("document.querySelector('#q').value === 'boats'")
    moment = orca.now()
    orca.send("Return")
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
    page.until("document.querySelector('main [aria-current]')?.id.startsWith('c02-p')")
    orca.expect("space", "not pressed")
    assert orca.since(moment) == "pressed | not pressed"
    assert page.evaluate("audio.paused")


def test_answers_to_keys_are_told_once(keys: tuple[ScreenReader, Page]) -> None:
    """Play, mute, speed, time and pause, where the control that has the focus does not tell them itself."""
    orca, _ = keys
    moment = orca.now()
    answers = (
        ("k", "Playing"), ("m", "Sound off"), ("m", "Sound on"), ("plus", "1.1×"), ("t", "seconds. "), ("k", "Paused"),
    )  # fmt: skip
    for key, words in answers:
        orca.expect(key, words)
    orca.settle()
    told = orca.since(moment).split(" | ")
    told[4:5] = re.findall(r"^\d+ seconds? of \d+ (seconds\. )(?:Harbour news|Boats)$", told[4])
    assert told == [words for _, words in answers]


def test_a_chapter_is_told_after_a_jump_unless_it_is_not_wanted(keys: tuple[ScreenReader, Page]) -> None:
    """With the sound paused; not while it plays, and not once the choice is off."""
    orca, page = keys
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


def test_the_end_is_told_once(keys: tuple[ScreenReader, Page]) -> None:
    """Also with the focus on the button, which tells that it plays no more; the slider is at its end."""
    orca, page = keys
    page.evaluate("audio.currentTime = audio.duration - 1")
    moment = orca.now()
    orca.expect("k", "Playing", "The end")
    orca.expect("t", "Boats")
    told = orca.since(moment).split(" | ")
    assert told[:2] == ["Playing", "The end"]
    assert len(told) == 3
    assert page.evaluate("document.querySelector('#position').value === document.querySelector('#position').max")


def test_the_slider_does_not_chatter(keys: tuple[ScreenReader, Page]) -> None:
    """With the focus on it, while the sound plays, it says only what its keys do."""
    orca, page = keys
    focus(orca, page, "#position", "Position", "slider 0 seconds of")
    moment = orca.now()
    orca.expect("space", "Playing")
    page.until("audio.currentTime > 3")
    orca.expect("Right", "seconds of")
    assert orca.since(moment).count(" of ") == 1


def test_missing_sound_is_told(client: tuple[ScreenReader, Page], edition: Edition, tmp_path: Path) -> None:
    """As the page opens, once, with the name of the file. The button is not left as if it played."""
    shutil.copy(edition.folder / "index.html", tmp_path)
    orca, page = client
    moment = orca.now()
    page.open((tmp_path / "index.html").as_uri())
    assert orca.hears("The sound can't be played. Is this file beside the page? harbour-news.mp3", moment)
    orca.enter(page)
    assert orca.since(moment).count("The sound can't be played") == 1
    focus(orca, page, "#play", "Play toggle button not pressed")
    moment = orca.now()
    orca.send("space")
    page.until("document.querySelector('#play').ariaPressed === 'false' && audio.error && audio.paused")
    orca.settle()
    told = orca.since(moment).split(" | ")
    assert [words for words in told if "pressed" in words][-1:] in ([], ["not pressed"])
    assert page.evaluate("document.querySelector('#failed').checkVisibility()")


def test_the_home_page_plays_and_that_is_told_once(
    opened: Callable[[str], tuple[ScreenReader, Page]], site: str
) -> None:
    """An edition's button tells that it plays; "Play all" is answered; nothing is said over the recordings, which say
    their own titles; at the end that is said."""
    orca, page = opened(site)
    focus(orca, page, "article .listen button:first-child", "Play Harbour news toggle button not pressed")
    moment = orca.now()
    orca.expect("space", "pressed")
    page.until("audio.currentTime > 1")
    orca.expect("space", "not pressed")
    orca.settle()
    assert orca.since(moment) == "pressed | not pressed"
    focus(orca, page, "#play-all", "Play all 2 in order")
    moment = orca.now()
    orca.expect("space", "Playing")
    for name in ("harbour-news", "weather"):
        page.until(f"audio.src.includes('{name}.mp3') && audio.duration > 1 && !audio.paused")
        page.evaluate("audio.currentTime = audio.duration - 0.5")
    assert orca.hears("That was the last one in the queue.", moment)
    orca.settle()
    assert orca.since(moment) == "Playing | That was the last one in the queue."
