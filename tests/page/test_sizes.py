"""Every window, every size of letters: nothing is cut off, the sound can always be stopped, the page's height is true.

The pages of an edition that holds everything (tables, programs, long words, pictures) and of a site, in a real browser
whose font is set as a reader sets it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site
from support.pages import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
_NARROW, _BROAD, _SMALL, _LARGE = 256, 2560, 9, 40
_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
"""WCAG 2.2, 1.4.12."""


def _picture(width: int, height: int) -> str:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#3fa34d").save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def _document() -> bytes:
    cells = "".join(f"<td>{LONG[:30]} {number}</td>" for number in range(12))
    nested = "<ul><li>Deep" * 7 + "</li></ul>" * 7
    return f"""<html lang="en"><head><title>Everything about {LONG}</title></head><body><article>
        <h1>Everything about {LONG}</h1><p class="byline">By {LONG}</p>
        <p>The ferry crosses nine times a day, says <a href="https://example.org/{LONG}">https://example.org/{LONG}</a>
        and <code>{"a_long_name." * 12}</code>. {LONG}</p>
        <h2>The crossing of {LONG}</h2><p>It takes an hour, and the crew rings a bell before each of its parts.</p>
        {nested}
        <table><caption>Passengers {LONG}</caption><tr>{"<th>Day of the week</th>" * 12}</tr><tr>{cells}</tr></table>
        <figure><img src="{_picture(1400, 900)}" alt="The {LONG}"><figcaption>In June. {LONG}</figcaption></figure>
        <blockquote><blockquote><p>We heard the bell. {LONG}</p></blockquote></blockquote>
        <pre><code>{"for trip in every_day_of_the_year: " * 6}</code></pre>
        <dl><dt>{LONG}</dt><dd>{LONG}</dd></dl>
        <h3>How long it takes</h3><p>The time is
        <math><mi>t</mi><mo>=</mo>{"<mi>w</mi><mo>+</mo>" * 30}<mn>1</mn></math>.</p>
        {"<p>The office is open whenever the ferry is at the quay, and shut while it is on the water.</p>" * 12}
        </article></body></html>""".encode()


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> Path:
    """The folder of an edition in which everything is long."""
    chosen = Settings(Speech(engine="tone"), publisher=f"The {LONG}", date="2026-11-22")
    script = make_script(_document(), chosen)
    return make_edition(script, tmp_path_factory.mktemp("sizes"), chosen, shared_cache).folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, edition: Path, serving: Callable[[Path], str]) -> str:
    """The address of a site with that edition."""
    folder = tmp_path_factory.mktemp("sizes-site") / "site"
    wishes = SiteOptions("https://example.org/listen/", f"The {LONG}", f"About {LONG}", f"{'x' * 60}@b.example", LONG)
    publish_site(folder, [edition], options=wishes)
    return serving(folder)


@dataclass(frozen=True)
class Window:
    """A page whose window and whose browser's font can be set."""

    page: Any
    session: Any

    def shows(self, width: int, height: int, font: int, *, spaced: bool) -> None:
        """Show the page so, from its beginning."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.session.send("Page.setFontSizes", {"fontSizes": {"standard": font, "fixed": font}})
        self.page.evaluate(
            """([spaced, style]) => {
                const added = () => document.head.appendChild(document.createElement("style"));
                const sheet = document.getElementById("spaced") ?? added();
                sheet.id = "spaced";
                sheet.textContent = spaced ? style : "";
                scrollTo(0, 0);
            }""",
            [spaced, _SPACING],
        )
        assert self.page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{font}px"

    def faults(self) -> list[str]:
        return list(self.page.evaluate(_FAULTS))


_FAULTS = """
() => {
  const told = [];
  const name = (part) => `${part.tagName} ${part.id || part.className} ${part.textContent.trim().slice(0, 30)}`;
  const room = document.documentElement.clientWidth;
  const wider = document.documentElement.scrollWidth - room;
  if (wider > 0) told.push(`${wider} px to scroll sideways`);
  const controls = "button, select, input, label, summary, a, audio, kbd";
  for (const part of document.querySelectorAll(`${controls}, h1, h2, h3, p, li, dt, dd, figcaption, img, caption`)) {
    if (part.closest(".wide, .hidden, .formula, .skip, dialog:not([open])") || !part.checkVisibility()) continue;
    const boxes = [...part.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (boxes.some(({ left, right }) => left < -1 || right > room + 1)) told.push(`beyond the edge: ${name(part)}`);
    const cut = part.matches("button, select, label, summary") && part.scrollWidth > part.clientWidth + 1;
    if (cut && getComputedStyle(part).display !== "inline") told.push(`cut off: ${name(part)}`);
  }
  return told;
}
"""

_PAUSE = """
() => {
  const play = document.getElementById("play");
  const { left, top, width, height } = play.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  const share = document.getElementById("player").offsetHeight / innerHeight;
  return { reached: play.contains(seen), size: Math.min(width, height), share };
}
"""


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Callable[[str], Window]]:
    """Open an address once; its windows are the same page."""
    pages: dict[str, Window] = {}

    def opened(address: str) -> Window:
        if address not in pages:
            context = chromium.new_context(bypass_csp=True)
            page = context.new_page()
            page.goto(address)
            pages[address] = Window(page, context.new_cdp_session(page))
        return pages[address]

    yield opened
    for one in pages.values():
        one.page.context.close()


def _sizes(count: int) -> Callable[[Any], Any]:
    """Windows and letters of all sizes, and the corners of what is promised."""

    def decorated(test: Any) -> Any:
        for width, font in ((_NARROW, _LARGE), (_NARROW, _SMALL), (_BROAD, _LARGE), (360, 32), (320, 16), (1280, 16)):
            test = example(width=width, height=_NARROW if width == 320 else 800, font=font, spaced=True)(test)
        test = given(
            width=st.integers(_NARROW, _BROAD),
            height=st.integers(_NARROW, 1600),
            font=st.integers(_SMALL, _LARGE),
            spaced=st.booleans(),
        )(test)
        return settings(max_examples=count)(test)

    return decorated


@_sizes(40)
def test_the_page_fits_every_window(
    edition: Path, window: Callable[[str], Window], width: int, height: int, font: int, spaced: bool
) -> None:
    """Nothing to scroll sideways, no control cut off; all that can be open is open."""
    shown = window((edition / "index.html").as_uri())
    shown.shows(width, height, font, spaced=spaced)
    shown.page.evaluate(
        """() => {
            document.querySelectorAll("details").forEach((details) => { details.open = true });
            document.getElementById("player").toggleAttribute("data-more", true);
        }"""
    )
    assert shown.faults() == []
    shown.page.evaluate("document.getElementById('help').showModal()")
    faults = shown.faults()
    shown.page.evaluate("document.getElementById('help').close()")
    assert faults == []


@_sizes(30)
def test_the_sound_can_be_stopped_without_scrolling(
    edition: Path, window: Callable[[str], Window], width: int, height: int, font: int, spaced: bool
) -> None:
    """At the end of the text too the button is there, and large; the player leaves half of the window at least."""
    shown = window((edition / "index.html").as_uri() + "?stop")
    shown.shows(width, height, font, spaced=spaced)
    shown.page.evaluate("document.getElementById('player').toggleAttribute('data-more', false)")
    shown.page.evaluate("[...document.querySelectorAll('main p')].at(-1).scrollIntoView({ block: 'start' })")
    shown.page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    seen = shown.page.evaluate(_PAUSE)
    assert seen["reached"]
    assert seen["size"] >= 44
    assert seen["share"] <= 0.5
    shown.page.evaluate("document.getElementById('player').toggleAttribute('data-more', true)")
    assert shown.page.evaluate(_PAUSE)["reached"]
    assert shown.page.evaluate(_PAUSE)["share"] <= 0.75


@pytest.mark.parametrize("page", ["index.html", "search.html?q=ferry", "accessibility.html", "archive/2026-11.html"])
def test_the_site_fits_every_window(site: str, window: Callable[[str], Window], page: str) -> None:
    """Home, search, shelf and statement: nothing to scroll sideways, nothing cut off."""
    shown = window(site + page)
    if "search" in page:
        shown.page.wait_for_selector("#list article")

    @_sizes(12)
    def fits(width: int, height: int, font: int, spaced: bool) -> None:
        shown.shows(width, height, font, spaced=spaced)
        assert shown.faults() == []

    fits()


@pytest.mark.parametrize("file", ["transcript.html", "contents.html"])
def test_pages_beside_fit_every_window(edition: Path, window: Callable[[str], Window], file: str) -> None:
    """The transcript and the contents of the audiobook."""
    shown = window((edition / file).as_uri())

    @_sizes(8)
    def fits(width: int, height: int, font: int, spaced: bool) -> None:
        shown.shows(width, height, font, spaced=spaced)
        assert shown.faults() == []

    fits()


def test_a_page_that_does_not_fit_would_be_noticed(edition: Path, window: Callable[[str], Window]) -> None:
    """The broken twins: a wide text, a control that is cut off."""
    shown = window((edition / "index.html").as_uri() + "?broken")
    shown.shows(320, 640, 16, spaced=False)
    assert shown.faults() == []
    for style in (
        "main { inline-size: 40rem }",
        "#more { inline-size: 44px; min-inline-size: 0; font-size: 2rem; overflow: hidden; overflow-wrap: normal }",
    ):
        shown.page.evaluate("style => { document.getElementById('spaced').textContent = style }", style)
        assert shown.faults() != [], style


# --- the page's height


_HEIGHT = "document.documentElement.scrollHeight"


_SCROLL = """
async (step) => {
  for (let place = 0; place <= document.documentElement.scrollHeight; place += step) {
    scrollTo(0, place);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
}
"""


def _grows(page: Any) -> bool:
    """Whether the page is of another height once all of it was in view."""
    before = page.evaluate(_HEIGHT)
    page.evaluate(_SCROLL, 400)
    return bool(page.evaluate(_HEIGHT) != before)


def test_the_height_is_true_before_it_was_scrolled(edition: Path, chromium: Browser) -> None:
    """Scroll bar and Page Down lead where they say; so no part may be of a guessed height. The twin guesses."""
    for guess, expected in (
        ("", False),
        ("main > section { content-visibility: auto; contain-intrinsic-block-size: 60rem }", True),
    ):
        context = chromium.new_context(bypass_csp=True, viewport={"width": 1000, "height": 700})
        page = context.new_page()
        page.goto((edition / "index.html").as_uri())
        page.add_style_tag(content=f"main {{}} {guess}")
        assert _grows(page) == expected
        context.close()
