"""Nobody is kept out: axe-core in all colours and sizes, a keyboard alone, names and roles, print, screenshots."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audio_edition.edition.build import Edition
from support.barriers import COLOURS, DESK, PHONE, barriers
from support.pages import Opened, address_of, needs_chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

pytestmark = needs_chromium

TINY = '<button style="all: unset; font: 4px serif">tiny</button>'
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1,280 by 1,024 at 400 % (WCAG 1.4.10)."""


def _use(page: Any) -> None:
    """All that can be open is open, a sentence sounds and another was reached by its address."""
    page.click("#play")
    page.wait_for_function("() => document.querySelector('main [aria-current]')")
    if page.locator("#more").is_visible():
        page.click("#more")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320 px", "1280 px"])
@pytest.mark.parametrize("name", ["harbour", "brief", "levels", "structure", "tables", "Arabic", "Dutch"])
def test_axe_finds_no_barrier(
    build: Callable[[str], Edition], chromium: Browser, name: str, size: ViewportSize
) -> None:
    """WCAG 2.2 A and AA and best practice: nothing, in all colours, at rest and in use; nothing to scroll sideways."""
    with opened(chromium, address_of(build(name)), bypass_csp=True, viewport=size, reduced_motion="reduce") as shown:
        for used in (False, True):
            if used:
                _use(shown.page)
            for colours in COLOURS.values():
                shown.page.emulate_media(**colours)
                assert barriers(shown.page) == []


@pytest.mark.parametrize("colours", COLOURS)
def test_axe_finds_no_barrier_in_the_list_of_keys(harbour: Edition, chromium: Browser, colours: str) -> None:
    """The dialog, on a small screen."""
    with opened(chromium, address_of(harbour), bypass_csp=True, viewport=PHONE, **COLOURS[colours]) as shown:
        shown.page.focus("#play")
        shown.page.keyboard.press("?")
        assert shown.page.get_by_role("dialog", name="Keys").is_visible()
        assert barriers(shown.page) == []


@pytest.mark.parametrize(
    ("part", "replacement", "barrier"),
    [
        ('<html lang="en"', "<html", "html-has-lang"),
        ('aria-label="Position"', "", "label"),
        ('<span class="name">Back 10 seconds</span>', "", "button-name"),
        ('<main id="text">', '<div id="text">', "landmark-one-main"),
        ('<p class="now"', f'{TINY}{TINY}<p class="now"', "target-size"),
        ("--quiet: #4a463f", "--quiet: #c8c4bc", "color-contrast"),
        ("body { margin: 0;", "body { margin: 0; inline-size: 60rem;", "it must be scrolled sideways"),
    ],
)
def test_a_barrier_would_be_noticed(
    harbour: Edition, chromium: Browser, tmp_path: Path, part: str, replacement: str, barrier: str
) -> None:
    """The broken twins. (The policy is off here: it would not let a changed style in.)"""
    text = (harbour.folder / "index.html").read_text("utf-8")
    assert part in text
    (tmp_path / "index.html").write_text(text.replace(part, replacement, 1), "utf-8")
    context = chromium.new_context(bypass_csp=True, viewport=PHONE)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    found = barriers(page)
    context.close()
    assert [told for told in found if told.startswith(barrier)]


# --- a keyboard alone

_FOCUSED = """
() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const box = [...focused.getClientRects()].find(({width, height}) => width && height);
  const {outlineStyle, outlineWidth} = getComputedStyle(focused);
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: focused.id || focused.getAttribute("href") || focused.textContent.trim(),
    ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    uncovered: Boolean(seen) && (focused.contains(seen) || seen.contains(focused)) && seen !== document.documentElement,
    sizes: [box.width, box.height],
    inText: Boolean(focused.closest("main")),
  };
}
"""


def _walk(shown: Opened, key: str) -> list[dict[str, Any]]:
    """Every stop of the Tab key, from where the focus is to the end of the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 200:
        shown.page.keyboard.press(key)
        stop = shown.page.evaluate(_FOCUSED)
        if stop is None or (stops and stop["name"] == stops[0]["name"]):
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("size", [PHONE, ZOOMED, DESK], ids=["320 px", "400 %", "1280 px"])
def test_a_keyboard_reaches_everything_in_order(harbour: Edition, chromium: Browser, size: ViewportSize) -> None:
    """There and back: the same stops in the order of the page, each with a ring, none beneath the player."""
    with opened(chromium, address_of(harbour), viewport=size) as shown:
        shown.page.evaluate("document.getElementById('more').click()")
        shown.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        forth = _walk(shown, "Tab")
        back = _walk(shown, "Shift+Tab")
        names = [stop["name"] for stop in forth]
        assert names[: names.index("#c01")] == [
            "#text",
            "play",
            "previous-heading",
            "previous-sentence",
            "back",
            "forward",
            "next-sentence",
            "next-heading",
            "position",
            *(["more"] if size is not DESK else []),
            "speed",
            "volume",
            "follow",
            "announce",
            "place",
            "to-chapters",
            "keys",
            "Chapters",
        ]
        assert names[names.index("#c01") :][:4] == ["#c01", "#c02", "#c03", "c01-p001-s01"]
        assert f"{harbour.folder.name}.epub" in names
        assert [stop["name"] for stop in back] == names[::-1]
        for stop in forth + back:
            assert stop["ring"], stop
            assert stop["uncovered"], stop


def test_every_control_is_large_enough(harbour: Edition, chromium: Browser) -> None:
    """44 by 44 pixels at least (WCAG 2.5.5), a box to tick with its words, on every screen."""
    targets = "button, select, input:not([type=checkbox]), .options label, summary, nav a, .files a, #to-chapters"
    for size in (PHONE, ZOOMED, DESK):
        with opened(chromium, address_of(harbour), viewport=size) as shown:
            shown.page.evaluate("document.getElementById('more').click()")
            shown.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
            for control in shown.page.locator(targets).all():
                if control.is_visible():
                    box = control.bounding_box()
                    assert min(box["width"], box["height"]) >= 44, control.evaluate("element => element.outerHTML")


@pytest.mark.parametrize("size", [PHONE, ZOOMED, DESK], ids=["320 px", "400 %", "1280 px"])
def test_the_player_stays_and_covers_little(harbour: Edition, chromium: Browser, size: ViewportSize) -> None:
    """It takes a quarter of the window at most, and what an address or a key leads to stands below it."""
    with opened(chromium, address_of(harbour), viewport=size) as shown:
        shown.page.evaluate("location.hash = 'c02'")
        shown.page.wait_for_function("() => scrollY > 200")
        shown.page.keyboard.press("Tab")
        player = shown.page.locator("#player").bounding_box()
        assert player["y"] == 0
        assert player["height"] <= size["height"] / 4
        assert shown.page.locator("#c02 h2").bounding_box()["y"] >= player["height"]
        focused = shown.page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert focused >= player["height"] or shown.page.evaluate("!!document.activeElement.closest('#player')")


# --- names, roles, values


def test_the_accessibility_tree_has_names_roles_and_values(harbour: Edition, chromium: Browser) -> None:
    """What a screen reader is told of the player."""
    with opened(chromium, address_of(harbour)) as shown:
        shown.page.evaluate("location.hash = 'c02'")
        shown.page.locator("#told").get_by_text("Sandbags").wait_for(state="attached")
        tree = shown.page.locator("#player").aria_snapshot()
        told = [line.strip(" -:") for line in tree.splitlines() if not re.search(r"- (text|/url|option)", line)]
        assert [re.sub(r"(\d)\.\d+\"$", r'\1"', line) for line in told] == PLAYER
        assert shown.page.locator("nav").aria_snapshot().startswith('- navigation "Chapters":')
        slider = shown.page.get_by_role("slider", name="Position")
        assert re.fullmatch(r".+ of 2 minutes 37 seconds", slider.get_attribute("aria-valuetext"))
        assert shown.page.get_by_role("slider", name="Volume").get_attribute("aria-valuetext") == "100%"
        assert (
            shown.page.locator("main [aria-current]").count() == shown.page.locator("nav [aria-current]").count() == 1
        )
        assert shown.page.get_by_role("main").get_by_role("link").count() == 0


PLAYER = [
    'region "Player"',
    'button "Play"',
    'button "Previous heading"',
    'button "Previous sentence"',
    'button "Back 10 seconds"',
    'button "Forward 10 seconds"',
    'button "Next sentence"',
    'button "Next heading"',
    'slider "Position": "60"',
    'combobox "Speed"',
    'slider "Volume": "100"',
    'checkbox "Scroll along"',
    'checkbox "Announce chapters" [checked]',
    'button "Go to the sentence"',
    'link "Chapters"',
    'button "Keys"',
    "paragraph",
    'paragraph: "Chapter: Sandbags and trombones"',
]


def test_the_headings_are_those_of_the_article(harbour: Edition, chromium: Browser) -> None:
    """In order and of their levels; the only others are those of the list of files and of the claims."""
    with opened(chromium, address_of(harbour)) as shown:
        headings = shown.page.evaluate(
            """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(heading => !heading.closest("dialog"))
                .map(heading => [heading.tagName, heading.textContent])"""
        )
        titles = [chapter.chapter.title for chapter in harbour.recording.chapters]
        assert headings == [
            ["H1", titles[0]],
            *(["H2", title] for title in titles[1:]),
            ["H2", "All files of this edition"],
            ["H2", "Accessibility claims"],
        ]


# --- colours, letters, motion, paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_text_stands_out(harbour: Edition, chromium: Browser, scheme: str) -> None:
    """All text, on every ground and mark: 7 to 1 (WCAG 1.4.6); edges of controls 3 to 1 (1.4.11)."""
    with opened(chromium, address_of(harbour), color_scheme=scheme) as shown:
        colour = shown.page.evaluate(
            """() => { const style = getComputedStyle(document.documentElement);
                const names = ["page", "bar", "text", "quiet", "edge", "accent", "link", "on-accent", "sentence",
                    "word", "on-mark", "hover"];
                return Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()])) }"""
        )
    for ground in ("page", "bar", "hover", "sentence"):
        for ink in ("text", "quiet", "accent", "link"):
            assert contrast(colour[ink], colour[ground]) >= 7, (ink, ground)
        assert contrast(colour["edge"], colour[ground]) >= 3
    assert contrast(colour["on-mark"], colour["word"]) >= 7
    assert contrast(colour["on-accent"], colour["accent"]) >= 7


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2's definition, of two colours such as #1d1b18."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
_CUT_OFF = """
[...document.querySelectorAll("button, label, select, nav a")]
  .filter(part => part.clientWidth && part.scrollWidth > part.clientWidth + 1).map(part => part.outerHTML)
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320 px", "1280 px"])
@pytest.mark.parametrize("name", ["harbour", "structure", "tables", "Arabic", "Dutch", "French"])
def test_wider_letters_cut_nothing_off(
    build: Callable[[str], Edition], chromium: Browser, name: str, size: ViewportSize
) -> None:
    """The text spacing of WCAG 1.4.12: nothing to scroll sideways, no control cuts its words off."""
    with opened(chromium, address_of(build(name)), bypass_csp=True, viewport=size) as shown:
        if shown.page.locator("#more").is_visible():
            shown.page.click("#more")
        shown.page.add_style_tag(content=_SPACED)
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.page.evaluate(_CUT_OFF) == []


def test_less_motion_is_respected(harbour: Edition, chromium: Browser) -> None:
    """No transition, where the reader wants none."""
    moving = "getComputedStyle(document.querySelector('main span[id]')).transitionDuration"
    with opened(chromium, address_of(harbour), reduced_motion="reduce") as shown:
        assert shown.page.evaluate(moving) == "0s"
    with opened(chromium, address_of(harbour)) as shown:
        assert shown.page.evaluate(moving) != "0s"


def test_paper_gets_the_text_alone(harbour: Edition, chromium: Browser) -> None:
    """Every sentence, the source and the voice; no player, no lists, no marks."""
    with opened(chromium, address_of(harbour)) as shown:
        shown.page.click("#next-sentence")
        shown.page.emulate_media(media="print")
        for part in (".player", "nav", ".files", ".skip"):
            assert shown.page.locator(part).is_hidden()
        assert shown.page.locator("main").is_visible()
        assert shown.page.locator("footer").is_visible()
        current = "getComputedStyle(document.querySelector('main [aria-current]')).backgroundColor"
        assert shown.page.evaluate(current) == "rgba(0, 0, 0, 0)"


@pytest.mark.skipif("AUDIO_EDITION_SCREENSHOTS" not in os.environ, reason="AUDIO_EDITION_SCREENSHOTS names no folder")
@pytest.mark.parametrize("name", ["harbour", "structure", "tables", "Arabic", "many"])
def test_pictures_are_kept(build: Callable[[str], Edition], chromium: Browser, name: str) -> None:
    """For people to look at, in the folder that AUDIO_EDITION_SCREENSHOTS names: all colours, and small screens."""
    folder = Path(os.environ["AUDIO_EDITION_SCREENSHOTS"])
    folder.mkdir(exist_ok=True)
    views: dict[str, dict[str, Any]] = {
        **{colours.replace(" ", "-"): {"viewport": DESK, **options} for colours, options in COLOURS.items()},
        "320-px": {"viewport": PHONE},
        "400-percent": {"viewport": ZOOMED},
        "tablet": {"viewport": {"width": 820, "height": 1180}},
    }
    for view, options in views.items():
        with opened(chromium, address_of(build(name)), **options) as shown:
            shown.page.click("#play")
            shown.page.wait_for_function("() => document.querySelector('audio').currentTime > 0.6")
            picture = folder / f"{name}-{view}.png"
            shown.page.screenshot(path=picture)
            assert picture.stat().st_size > 5000


def test_the_footer_lines_up_with_the_text(
    harbour: Edition, build: Callable[[str], Edition], chromium: Browser
) -> None:
    """Text, files and footer begin and end at the same places, with and without a list of chapters, in every window."""
    edges = """[...document.querySelectorAll("main, .files, footer p")].map((part) => {
        const { left, right } = part.getBoundingClientRect();
        return `${Math.round(left)} ${Math.round(right)}`;
    })"""
    for edition in (harbour, build("brief")):
        for size in (PHONE, {"width": 768, "height": 1024}, DESK, {"width": 2000, "height": 1200}):
            with opened(chromium, address_of(edition), viewport=size) as shown:
                assert len(set(shown.page.evaluate(edges))) == 1
