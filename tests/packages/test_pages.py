"""The pages of an edition by axe-core: nobody is kept out, in light and dark, on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import axe_playwright_python
import pytest

from audio_edition.edition.build import Edition
from support.editions import the_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


def barriers(browser: Browser, page: Path, *schemes: Literal["light", "dark"]) -> list[str]:
    """What axe-core finds in these schemes of colours with all its rules, those of best practice too."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 640})
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.evaluate(AXE.read_text("utf-8"))
    found = []
    for scheme in schemes:
        shown.emulate_media(color_scheme=scheme)
        violations = shown.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
        found += [f"{scheme}: {violation['id']}" for violation in violations]
    wider = shown.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    return found + ["it must be scrolled sideways"] * wider


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.parametrize("name", ["index.html", "transcript.html", "contents.html"])
def test_axe_finds_no_barrier(edition: Edition, chromium: Browser, name: str) -> None:
    """Contrast, headings, names, language, landmarks: no violation, and nothing to scroll sideways at 320 pixels."""
    assert barriers(chromium, the_file(edition, name), "light", "dark") == []


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.parametrize(
    ("part", "replacement", "barrier"),
    [
        ('lang="en"', "", "html-has-lang"),
        ("<h1", "<h4", "page-has-heading-one"),
        ("<main>", "<div>", "landmark-one-main"),
        ("--text: #1c1a17", "--text: #aaaaaa", "color-contrast"),
    ],
)
def test_a_barrier_would_be_noticed(
    harbour: Edition, chromium: Browser, tmp_path: Path, part: str, replacement: str, barrier: str
) -> None:
    """The broken twins."""
    text = the_file(harbour, "contents.html").read_text("utf-8")
    assert part in text
    (tmp_path / "page.html").write_text(text.replace(part, replacement, 1), "utf-8")
    assert f"light: {barrier}" in barriers(chromium, tmp_path / "page.html", "light")
