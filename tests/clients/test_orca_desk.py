"""What a blind person hears who makes an issue at the desk with Orca, in Chromium and in Firefox: steps 2 to 5 of an
evening, from articles to an edition."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audio_edition.desk.app import OpenDesk
from support.browser import PROGRAMS, Page
from support.desk import running
from support.orca import INSTALL, NEEDED, ScreenReader, reading
from support.papers import NAME, paper

pytestmark = [pytest.mark.desktop, *(pytest.mark.tool(name, INSTALL) for name in (*NEEDED, *PROGRAMS.values()))]

_MICROPHONE = """(() => {
  const context = new AudioContext(), level = new GainNode(context, { gain: 0.0002 });
  const voice = new OscillatorNode(context), heard = context.createMediaStreamDestination();
  voice.connect(level).connect(heard);
  voice.start();
  navigator.mediaDevices.getUserMedia = async () => heard.stream;
  window.level = level.gain;
  return true;
})()"""
"""A microphone whose level the test sets. It is never quite silent, as none is."""

_OF_EVERY_PAGE = (
    "Loading.", "Finished loading", "Page has", "document web", "Browse mode", "Focus mode", "leaving ", "main content",
)  # fmt: skip


class Walk:
    """A maker of an issue, with Orca."""

    def __init__(self, orca: ScreenReader, page: Page, opened: OpenDesk, browser: str) -> None:
        self.orca, self.page, self.browser = orca, page, browser
        self._issue = f"{opened.server.url}issues/{NAME}"

    def open(self, path: str) -> str:
        """Open a page of the issue, and return what is said of it as it opens."""
        moment = self.orca.now()
        self.page.open(self._issue + path)
        assert self.orca.knows_page(moment)
        self.orca.settle()
        return self.orca.since(moment)

    def start_at(self, selector: str) -> None:
        """Bring the focus to an element; what is said of it does not matter."""
        self.page.evaluate(f"document.querySelector({selector!r}).focus()")
        self.page.until(f"document.activeElement.matches({selector!r})")
        self.orca.settle()

    def press(self, key: str, *words: str) -> str:
        """Press a key, wait until words are said and nothing more is, and return all that was said."""
        moment = self.orca.now()
        self.orca.expect(key, *words)
        self.orca.settle()
        return self.orca.since(moment)

    @staticmethod
    def chatter(told: str, *words: str) -> list[str]:
        """Return what was said besides words that are expected, and what is said of every page."""
        return [each for each in told.split(" | ") if not any(part in each for part in (*_OF_EVERY_PAGE, *words))]


@pytest.fixture(scope="module", params=PROGRAMS)
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = paper(tmp_path_factory.mktemp("desk") / "courier")
    with running(folder) as opened, reading(tmp_path_factory.mktemp("orca"), request.param) as (orca, page):
        page.open(opened.address)
        orca.settle()
        moment = orca.now()
        page.open(opened.server.url)
        assert orca.knows_page(moment)
        orca.enter(page)
        yield Walk(orca, page, opened, request.param)


@pytest.mark.parametrize(
    ("path", "name", "number"), [("", "Articles", 1), ("/said", "What is said", 2), ("/read", "Who reads", 3)]
)
def test_a_page_tells_which_step_it_is(walk: Walk, path: str, name: str, number: int) -> None:
    """As it opens. The ways to the other steps are links."""
    assert f"{name} (step {number} of 5): The Courier" in walk.open(path)
    walk.start_at(".issue a")
    for step in ("Articles", "What is said", "Who reads", "Make it", "Hand it out"):
        walk.orca.expect("Tab", step, "link")


def test_an_article_is_told_with_its_length_and_its_buttons(walk: Walk) -> None:
    """Each button with the article that it moves."""
    walk.open("")
    walk.start_at("header li:last-child a")
    walk.press("Tab", "Last ferry leaves Halvøy link heading level 3")
    walk.press("Down", "6 words")
    walk.start_at("#t2 a")
    for button in ("Up push button", "Down push button", "Remove push button", "Other section"):
        walk.press("Tab", button, "Rain falls on Brekkvik")


def test_a_move_is_told_and_the_focus_stays_with_the_article(walk: Walk) -> None:
    """And nothing else is: no other article, and no list of sections, speaks up."""
    walk.open("")
    walk.start_at("#t2 a")
    walk.press("Tab", "Up push button")
    told = walk.press("Return", "Moved: now number 1 of 3.", "Finished loading")
    assert walk.chatter(told, "Moved: now number 1 of 3.", "region", "List with", "article") == []
    walk.press("Tab", "Down push button", "Rain falls on Brekkvik")
    walk.press("Return", "Moved: now number 2 of 3.", "Finished loading")


def test_a_form_that_lacks_something_says_so_once(walk: Walk) -> None:
    """In the field that lacks it, which is not called wrong before."""
    walk.open("")
    walk.start_at("#a3 summary")
    told = walk.press("Tab", "Files", "Word, web pages")
    assert told.count("Word, web pages") == 1
    assert "invalid" not in told
    walk.start_at("#section")
    told = walk.press("Return", "fill out this field")
    assert told.count("fill out this field") == 1
    walk.page.until("document.activeElement.id === 'section'")


def test_words_at_risk_are_told_when_they_are_found(walk: Walk) -> None:
    """Also by a page that waits; then one is heard, and kept. What can't be said is told in its place."""
    walk.open("/said")
    walk.page.until("document.querySelector('.risks') !== null")
    walk.start_at(".risks .hear")
    told = walk.press("Tab", "Say it like", "Halvøy entry required")
    assert "invalid" not in told
    walk.orca.send("slash", "k", "3", "slash")
    walk.page.until("document.activeElement.value === '/k3/'")
    told = walk.press("Return", "is not a letter of the International Phonetic Alphabet")
    assert told.count("International Phonetic Alphabet") == 1
    walk.orca.send("ctrl+a", *"halvoy")
    walk.page.until("document.activeElement.value === 'halvoy'")
    walk.press("Tab", "Hear it so", "Halvøy")
    moment = walk.orca.now()
    walk.orca.send("Return")
    walk.page.until("document.querySelector('[data-sounding]') !== null")
    walk.page.until("document.querySelector('[data-sounding]') === null")
    walk.orca.settle()
    assert walk.orca.since(moment) == ""
    walk.press("Tab", "Keep for this issue", "Halvøy")
    told = walk.press("Return", "“Halvøy” is said “halvoy” in this issue.", "Finished loading")
    assert walk.chatter(told, "is said “halvoy”", "region", "List with", "form") == []
    walk.press("Tab", "Hear", "link")


def test_who_reads_is_told_by_article(walk: Walk) -> None:
    """And the other ways are folded until they are wanted."""
    walk.open("/read")
    walk.start_at("header li:last-child a")
    walk.press("Tab", "Record here link", "Last ferry leaves Halvøy")
    walk.press("Tab", "Other ways", "Last ferry leaves Halvøy", "collapsed")
    walk.press("space", "expanded")
    told = walk.press("Tab", "A recording")
    assert told.count("WAV, MP3") == 1
    assert "invalid" not in told


def test_making_is_told_sparsely_and_its_end_once(walk: Walk) -> None:
    """With a tenth of the way at most, and never a sentence of the articles; then the way leads on to listen.

    In Firefox this Orca reads the page's title when the edition is ready, and not the message that has the focus."""
    walk.open("/make")
    walk.start_at("header li:last-child a")
    walk.press("Tab", "Make the edition")
    told = walk.press("Return", "The edition is ready." if walk.browser == "chrome" else "Checking the edition.")
    walk.page.until("document.activeElement.textContent.includes('The edition is ready.')")
    walk.orca.settle()
    assert told.count("Sentence ") <= 11
    assert "Nobody waved" not in told
    walk.press("Tab", "Listen")


def test_recording_is_told_and_nothing_over_a_voice(walk: Walk) -> None:
    """That nothing is heard is told once, and so is a level that is too high; a good one is silence."""
    if walk.browser == "firefox":
        pytest.skip("Firefox tells this Orca of each change of the level, so that it never rests")
    walk.open("/record?name=articles/ferry.txt")
    assert walk.page.evaluate(_MICROPHONE)
    walk.start_at("main > p a")
    walk.press("Tab", "Record push button")
    moment = walk.orca.now()
    walk.press("Return", "Recording.")
    walk.page.until("document.getElementById('alarm').textContent.startsWith('No sound is coming in')")
    assert walk.orca.hears("No sound is coming in. Is the microphone switched on?", moment)
    walk.page.evaluate("(window.level.value = 0.4, true)")
    walk.page.until("document.getElementById('alarm').textContent === ''")
    walk.orca.settle()
    assert walk.orca.since(moment).count("No sound is coming in") == 1
    moment, begun = walk.orca.now(), walk.page.evaluate("document.getElementById('time').textContent")
    walk.page.until(f"document.getElementById('time').textContent > '{begun[:-1]}9'")
    assert walk.orca.since(moment) == ""
    walk.page.evaluate("(window.level.value = 3, true)")
    walk.page.until("document.getElementById('alarm').textContent.startsWith('Too loud')")
    assert walk.orca.hears("Too loud", moment)
    told = walk.press("Return", "on the disk.")
    assert told.count("on the disk") == 1
    assert walk.orca.since(moment).count("Too loud") == 1
