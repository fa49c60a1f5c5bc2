"""The pages in Chromium: what a screen reader and a keyboard find, light, dark, narrow and in forced colours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from audio_edition.site import SiteOptions, publish_site
from support.small_editions import HOSTILE, small_edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

PAGES = [
    "index.html",
    "search.html",
    "search.html?q=harbour",
    "accessibility.html",
    "archive/2026-11.html",
    "nothing.html",
]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced": {"forced_colors": "active"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
STORIES = [
    ("Last ferry leaves flooded harbour", "The last ferry left the harbour before noon. Its deck was crowded.", "en"),
    ("Une goutte d’eau", "Le port est fermé depuis mardi. Personne n’est venu à la réunion.", "fr"),
    ("عبّارة تغادر الميناء", "غادرت العبّارة الميناء قبل الظهر.", "ar"),
    ("船が沈んだ", "港は閉鎖された。", "ja"),
    (HOSTILE, HOSTILE, "en"),
    ("A" * 300, "Supercalifragilistic" * 20, "en"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Callable[[Path], str]) -> str:
    """The address of a site with editions in many languages, one of them hostile, and many more."""
    output = tmp_path_factory.mktemp("output")
    editions = [
        small_edition(output, title, [text, HOSTILE, "Harbour."], language=language, byline=HOSTILE, source=HOSTILE)
        for title, text, language in STORIES
    ]
    editions += [small_edition(output, f"Item {n}", ["Trams."], published="2026-10-01") for n in range(25)]
    folder = tmp_path_factory.mktemp("published") / "site"
    publish_site(
        folder, editions, options=SiteOptions("https://example.org/listen/", HOSTILE, HOSTILE, "a@b.example", HOSTILE)
    )
    return serving(folder)


@pytest.fixture
def said() -> list[str]:
    """What pages wrote to the console: refused scripts, errors, dialogues."""
    return []


@pytest.fixture
def open_page(chromium: Browser, said: list[str]) -> Iterator[Callable[..., Any]]:
    pages = []

    def opened(url: str, **look: Any) -> Any:
        page = chromium.new_page(**{"viewport": {"width": 1000, "height": 800}} | look)
        pages.append(page)
        page.on("console", lambda message: said.extend([message.text] * ("status of 404" not in message.text)))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    site: str, open_page: Callable[..., Any], said: list[str], look: str, tmp_path: Path
) -> None:
    """No rule of WCAG 2.2 A and AA nor of good practice is broken on any page, and nothing scrolls sideways. Pictures
    of the pages are kept in the folder that AUDIO_EDITION_SCREENSHOTS names."""
    kept = Path(os.environ.get("AUDIO_EDITION_SCREENSHOTS", tmp_path))
    for name in PAGES:
        page = open_page(site + name, bypass_csp=True, **LOOKS[look])
        if "?q" in name:
            page.wait_for_selector("#list article")
        page.screenshot(path=kept / f"{look}-{name.replace('/', '-').replace('?', '-')}.png", full_page=True)
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert said == []


def test_axe_would_find_something(site: str, open_page: Callable[..., Any]) -> None:
    """A page with a label and its language taken away is not passed."""
    page = open_page(site, bypass_csp=True)
    page.evaluate("document.querySelector('label').remove(); document.documentElement.removeAttribute('lang')")
    found = {one["id"] for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]}
    assert {"label", "html-has-lang"} <= found


def test_hostile_words_are_words(site: str, open_page: Callable[..., Any], said: list[str]) -> None:
    """Titles, texts, names and addresses that are code are shown, run nothing, and lead nowhere."""
    for name in (*PAGES, "search.html?q=<script>alert(1)</script>", "search.html?q=x%00onerror"):
        page = open_page(site + name)
        page.wait_for_load_state("networkidle")
        assert page.locator("script:not([src$='search.js'], [src$='listen.js']), img:not(.cover), iframe").count() == 0
        hrefs = page.eval_on_selector_all("a", "links => links.map(link => link.protocol)")
        assert set(hrefs) <= {"http:", "mailto:"}
    page = open_page(site)
    assert page.locator("h3", has_text="<script>alert(1)</script>").count() == 1
    assert said == []


def test_pages_ask_nothing_of_anybody_else(site: str, open_page: Callable[..., Any]) -> None:
    """Every request goes to the site; the policy in each page forbids others."""
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(site + name)
        page.wait_for_load_state("networkidle")
        policy = page.get_attribute("meta[http-equiv]", "content")
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
    assert asked
    assert all(url.startswith(site) for url in asked)


def test_search_answers_the_keyboard(site: str, open_page: Callable[..., Any], said: list[str]) -> None:
    """Words are typed, Enter asks, the count is said politely, Tab goes to the results; each leads to its edition."""
    page = open_page(site + "search.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.focus("#q")
    page.keyboard.type("ferry NOON")
    page.keyboard.press("Enter")
    page.wait_for_selector("#list article")
    page.wait_for_selector("#status:not(:empty)")
    assert page.locator("#status").inner_text() == "1 edition found for “ferry NOON”."
    assert page.locator("#status").get_attribute("aria-live") == "polite"
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Last ferry leaves flooded harbour"
    page.keyboard.press("Enter")
    page.wait_for_url("**/editions/2026-11-22-last-ferry-leaves-flooded-harbour/transcript.html")
    page.go_back()
    page.wait_for_selector("#list article")
    assert page.input_value("#q") == "ferry NOON"
    assert said == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("ferr", "1 edition found"),
        ("reunion", "1 edition found"),
        ("réunion personne", "1 edition found"),
        ("港", "1 edition found"),
        ("閉鎖", "1 edition found"),
        ("الميناء", "1 edition found"),
        ("ferry réunion", "No editions found"),
        ("zzz", "No editions found"),
        ("constructor", "No editions found"),
        ("__proto__", "No editions found"),
        ("!?", "Write a word"),
        ("trams", "25 editions found"),
        ("harbour", "6 editions found"),
    ],
)
def test_search_finds(site: str, open_page: Callable[..., Any], question: str, found: str) -> None:
    """Beginnings of words, accents or none, any writing; all words of a question; nothing where there is nothing."""
    page = open_page(site + "search.html")
    page.fill("#q", question)
    page.click("form button")
    page.wait_for_selector("#status:not(:empty)")
    assert page.locator("#status").inner_text().startswith(found)


def test_titles_come_first_and_more_on_demand(site: str, open_page: Callable[..., Any]) -> None:
    """Who has the word in its title leads; of many results twenty are shown, and the focus goes on with the rest."""
    page = open_page(site + "search.html?q=harbour")
    page.wait_for_selector("#list article")
    assert page.locator("#list h3").first.inner_text() == "Last ferry leaves flooded harbour"
    page.goto(site + "search.html?q=trams")
    page.wait_for_selector("#list article")
    assert page.locator("#list article").count() == 20
    page.focus("#more")
    page.keyboard.press("Enter")
    page.wait_for_selector("#list article:nth-child(25)")
    assert page.evaluate("[...document.querySelectorAll('#list a')].indexOf(document.activeElement)") == 20
    assert page.locator("#more").is_hidden()


def test_the_home_page_asks_the_search_page(site: str, open_page: Callable[..., Any]) -> None:
    """A question typed at home is answered on the search page."""
    page = open_page(site)
    page.fill("#q", "gymnasium goutte")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=gymnasium+goutte")
    page.wait_for_selector("#status:not(:empty)")
    assert "No editions found" in page.locator("#status").inner_text()


def test_everything_can_be_seen_to_have_the_focus(site: str, open_page: Callable[..., Any]) -> None:
    """The keyboard reaches each link and control in the order of the page, with an outline, and targets of 44 px."""
    page = open_page(site)
    stops = "a, input, button, summary"
    count = page.locator(stops).locator("visible=true").count()
    for place in range(count):
        page.keyboard.press("Tab")
        outline, index = page.evaluate(
            """stops => [getComputedStyle(document.activeElement).outlineStyle, [...document.querySelectorAll(stops)]
                .filter(one => one.checkVisibility()).indexOf(document.activeElement)]""",
            stops,
        )
        assert (outline, index) == ("solid", place)
    heights = page.eval_on_selector_all(
        "nav a, .months a, button, input",
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44


def test_without_javascript_pages_are_whole(site: str, chromium: Browser) -> None:
    """Home and months read as ever; the search page says what to do instead."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator("article").count() == 30
    page.goto(site + "search.html?q=ferry")
    assert "Searching needs JavaScript" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.click("text=November 2026")
    assert page.locator("article").count() == len(STORIES)
    context.close()


def test_parts_are_marked_with_their_language(site: str, open_page: Callable[..., Any]) -> None:
    """A screen reader changes its voice, and Arabic runs from right to left, on pages and in results."""
    page = open_page(site)
    heading = page.locator("h3", has_text="عبّارة")
    assert (heading.get_attribute("lang"), heading.get_attribute("dir")) == ("ar", "rtl")
    page.goto(site + "search.html?q=الميناء")
    page.wait_for_selector("#list article")
    heading = page.locator("#list h3")
    assert (heading.get_attribute("lang"), heading.get_attribute("dir")) == ("ar", "rtl")


def test_from_a_folder_pages_read_and_the_search_says_what_it_needs(tmp_path: Path, chromium: Browser) -> None:
    """Opened from the disk, the pages have their style; the search tells that it works on the web."""
    publish_site(
        tmp_path / "site", [small_edition(tmp_path / "o", "Ferry")], options=SiteOptions("https://example.org/")
    )
    page = chromium.new_page()
    page.goto((tmp_path / "site/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('nav ul')).display") == "flex"
    page.goto((tmp_path / "site/search.html").as_uri() + "?q=ferry")
    page.wait_for_selector("#status:not(:empty)")
    assert "not from a folder" in page.locator("#status").inner_text()
    page.close()
