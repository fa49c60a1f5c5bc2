"""The home page plays: each edition from its list, all in order, in one player that stays while one reads on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

TONE = Settings(speech=Speech(engine="tone"), formats=("mp3", "page", "cover"))
STORIES = {
    "2026-11-22": "Band plays on\n\nTrombones were heard. Nobody slept.\n",
    "2026-11-21": "Vote is held\n\nA vote was held in the gymnasium. It was close.\n",
    "2026-11-20": "Storm comes\n\nA storm came over the sound. It rained.\n",
}
TITLES = [story.partition("\n")[0] for story in STORIES.values()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Callable[[Path], str]) -> str:
    """The address of a site of three real editions, the newest first as in STORIES."""
    output = tmp_path_factory.mktemp("output")
    editions = [
        make_edition(make_script(text.encode(), replace(TONE, date=day), "a.txt"), output, TONE).folder
        for day, text in STORIES.items()
    ]
    folder = tmp_path_factory.mktemp("published") / "site"
    publish_site(folder, editions, options=SiteOptions("https://example.org/listen/", "The Courier"))
    return serving(folder)


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Any]:
    """The home page in a window of its own; what it writes to the console is an error."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site)
    yield page
    context.close()
    assert said == []


def _until(page: Any, condition: str) -> None:
    page.wait_for_function(f"() => {{ const audio = document.querySelector('audio'); return {condition}; }}")


def _play(page: Any, title: str) -> Any:
    return page.get_by_role("button", name=f"Play {title}", exact=True)


def _heard(page: Any) -> str:
    """The title of what plays."""
    return str(page.locator("#now").inner_text())


def _near_end(page: Any) -> None:
    page.evaluate(
        "(() => { const audio = document.querySelector('audio'); audio.currentTime = audio.duration - 0.4 })()"
    )


def test_each_edition_plays_from_its_list(page: Any) -> None:
    """Nothing plays by itself; a button named by the edition plays it and pauses it; there is one player."""
    assert page.locator("#player").is_hidden()
    assert page.locator("audio").evaluate("audio => audio.paused && !audio.src")
    _play(page, TITLES[1]).click()
    _until(page, "!audio.paused && audio.currentTime > 0.1")
    assert _heard(page) == TITLES[1]
    assert _play(page, TITLES[1]).get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.textContent") == "Play"
    _play(page, TITLES[0]).click()
    _until(page, "!audio.paused && audio.currentTime > 0.1 && audio.src.includes('band-plays-on')")
    assert _play(page, TITLES[1]).get_attribute("aria-pressed") == "false"
    assert page.locator("audio").count() == 1
    _play(page, TITLES[0]).click()
    _until(page, "audio.paused")


def test_all_play_in_order(page: Any) -> None:
    """One after the other: only the press on the button is answered, and at the end of the last that is said."""
    page.evaluate(
        """window.told = [];
        new MutationObserver(() => told.push(document.querySelector("#told").textContent))
          .observe(document.querySelector("#told"), { childList: true })"""
    )
    page.get_by_role("button", name="Play all 3 in order").click()
    for title in TITLES:
        page.locator("#now", has_text=title).wait_for()
        _until(page, "!audio.paused && audio.duration > 1")
        _near_end(page)
    _until(page, "audio.ended")
    page.locator("#told", has_text="That was the last one in the queue.").wait_for()
    assert [words for words in page.evaluate("told") if words] == ["Playing", "That was the last one in the queue."]


def test_next_and_previous_go_through_the_queue(page: Any) -> None:
    """By button and by key; at both ends the button is off."""
    page.get_by_role("button", name="Play all 3 in order").click()
    assert page.get_by_role("button", name="Previous edition").is_disabled()
    page.get_by_role("button", name="Next edition").click()
    assert _heard(page) == TITLES[1]
    page.keyboard.press("h")
    assert _heard(page) == TITLES[2]
    assert page.get_by_role("button", name="Next edition").is_disabled()
    page.get_by_role("button", name="Previous edition").click()
    assert _heard(page) == TITLES[1]


def test_the_player_stays_while_one_reads_on(page: Any) -> None:
    """In the window wherever the page is scrolled to, and it covers nothing that has the focus."""
    page.set_viewport_size({"width": 600, "height": 500})
    _play(page, TITLES[0]).click()
    _until(page, "!audio.paused")
    for where in ("0", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {where})")
        box = page.locator("#player").bounding_box()
        assert box["y"] + box["height"] <= 500.5
    for _ in range(page.locator("main a, main button").count()):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => { const one = document.activeElement, player = document.getElementById("player");
              return document.querySelector("main").contains(one)
                && one.getBoundingClientRect().top >= player.getBoundingClientRect().top; }"""
        )
        assert not covered


def test_the_queue_can_be_made_and_changed(page: Any) -> None:
    """Editions are added, named, jumped to and taken out; adding does not begin to play."""
    add = page.get_by_role("button", name=f"Add to queue {TITLES[2]}")
    add.click()
    assert (_heard(page), add.get_attribute("aria-pressed")) == (TITLES[2], "true")
    assert page.locator("audio").evaluate("audio => audio.paused")
    page.get_by_role("button", name=f"Add to queue {TITLES[0]}").click()
    page.get_by_text("Queue: 2 editions").click()
    assert page.locator("#queue li button:first-child").all_inner_texts() == [TITLES[2], TITLES[0]]
    page.locator("#queue").get_by_role("button", name=TITLES[0], exact=True).click()
    _until(page, "!audio.paused && audio.currentTime > 0.1")
    assert _heard(page) == TITLES[0]
    page.get_by_role("button", name=f"Remove {TITLES[0]}").click()
    assert _heard(page) == TITLES[2]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Remove {TITLES[2]}"
    page.get_by_role("button", name="Close the player").click()
    assert page.locator("#player").is_hidden()
    assert page.evaluate("document.activeElement.closest('article, main') !== null")


def test_place_and_queue_go_along(page: Any, site: str) -> None:
    """From page to page of the site, without beginning to play; and to the edition's own page and back."""
    page.get_by_role("button", name="Play all 3 in order").click()
    _until(page, "audio.currentTime > 0.3")
    page.locator("audio").evaluate("audio => audio.pause()")
    left = page.locator("audio").evaluate("audio => audio.currentTime")
    page.goto(site + "archive/2026-11.html")
    assert _heard(page) == TITLES[0]
    assert page.locator("audio").evaluate("audio => audio.paused")
    assert page.locator("#queue li").count() == 3
    page.get_by_role("button", name="Play", exact=True).click()
    _until(page, f"audio.currentTime > {left}")
    page.locator("audio").evaluate("audio => audio.pause()")
    page.locator("#now").click()
    page.wait_for_url("**/editions/2026-11-22-band-plays-on/")
    _until(page, f"audio.currentTime >= {left}")
    page.get_by_role("link", name="All editions").click()
    page.wait_for_url("**/index.html")
    assert _heard(page) == TITLES[0]


def test_the_player_answers_the_keyboard(page: Any) -> None:
    """The keys of an edition's page: play, seconds, position in words."""
    _play(page, TITLES[1]).click()
    _until(page, "!audio.paused && audio.duration > 1")
    page.focus("#play")
    page.keyboard.press("k")
    _until(page, "audio.paused")
    page.keyboard.press("j")
    _until(page, "audio.currentTime === 0")
    page.focus("#position")
    page.keyboard.press("ArrowRight")
    _until(page, "audio.currentTime > 1")
    told = page.get_attribute("#position", "aria-valuetext")
    assert " seconds of " in told
    page.keyboard.press("Home")
    assert page.get_attribute("#position", "aria-valuetext").startswith("0 seconds of ")


def test_how_to_subscribe_is_seen_at_once(page: Any) -> None:
    """The address of the feed is in the first window, and the way to it on every page."""
    box = page.get_by_role("link", name="https://example.org/listen/feed.xml").bounding_box()
    assert box["y"] + box["height"] < 700
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Subscribe").click()
    page.get_by_role("heading", name="Subscribe").wait_for()


def test_covers_are_in_the_list(page: Any) -> None:
    """Each beside its edition; they say nothing that the words do not."""
    _until(page, "[...document.querySelectorAll('article img')].every(one => one.naturalWidth > 0)")
    assert page.locator("article img[alt='']").count() == 3


def test_without_javascript_each_edition_has_a_link_to_its_sound(chromium: Browser, site: str) -> None:
    """Named by the edition; there is no control that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    link = page.get_by_role("link", name=f"Listen {TITLES[0]}")
    assert link.get_attribute("href") == "editions/2026-11-22-band-plays-on/band-plays-on.mp3"
    assert page.locator("main button").locator("visible=true").count() == 1  # Search
    context.close()


def test_a_sound_that_is_not_there_is_told(page: Any) -> None:
    """The player says which edition it is, and does not look as if it played; it goes on when another is asked for."""
    page.route("**/storm-comes.mp3", lambda route: route.fulfill(body=b"", content_type="audio/mpeg"))
    _play(page, TITLES[2]).click()
    failure = f"“{TITLES[2]}” can't be played."
    page.locator("#failed", has_text=failure).wait_for()
    page.locator("#told", has_text=failure).wait_for()
    assert _play(page, TITLES[2]).get_attribute("aria-pressed") == "false"
    _play(page, TITLES[0]).click()
    _until(page, "!audio.paused && audio.currentTime > 0.1")
    assert page.locator("#failed").inner_text() == ""


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}])
def test_axe_finds_nothing_while_it_plays(chromium: Browser, site: str, look: dict[str, Any]) -> None:
    """With the player and an open queue, light, dark and narrow; nothing scrolls sideways."""
    page = chromium.new_page(bypass_csp=True, **look)
    page.goto(site)
    page.get_by_role("button", name="Play all 3 in order").click()
    page.get_by_text("Queue: 3 editions").click()
    # At the end of the page nothing lies half under the player, which would be too small a target there.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
    violations = Axe().run(page, options={"runOnly": rules}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
