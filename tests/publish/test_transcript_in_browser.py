"""The transcript in Chromium: hostile text runs nothing, cues are read whole, the page can be read in the dark."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from audio_edition.formats import PACKAGES
from audio_edition.model.characters import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from support.recordings import article, hostile, needs_chromium, of_texts

pytestmark = needs_chromium


def test_hostile_text_runs_nothing(chromium: Browser, tmp_path: Path) -> None:
    """Scripts, handlers and closing tags in the words are shown as words; the page's policy is not even needed."""
    script = hostile()
    PACKAGES["transcript"].write(of_texts(tmp_path, script), tmp_path, "edition")
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "transcript.html").as_uri())
    assert page.title() == script.title
    assert said == []
    assert page.locator("script, img, b, main main").count() == 0
    for utterance in script.utterances:
        assert page.locator(f"#{utterance.id}").text_content() == one_line(utterance.text)
    page.close()


def test_a_browser_reads_every_cue(chromium: Browser, tmp_path: Path) -> None:
    """Chromium's own WebVTT reader finds ids, times and words of all cues, hostile ones too."""
    recording = of_texts(tmp_path, hostile())
    PACKAGES["transcript"].write(recording, tmp_path, "edition")
    cues = base64.b64encode((tmp_path / "transcript.vtt").read_bytes()).decode()
    page = chromium.new_page()
    page.set_content(f'<video><track default src="data:text/vtt;base64,{cues}"></video>')
    read = page.evaluate(
        """async () => {
            const track = document.querySelector("track");
            track.track.mode = "hidden";
            if (track.readyState !== 2) await new Promise((done) => track.addEventListener("load", done));
            return [...track.track.cues].map((cue) => [cue.id, cue.startTime, cue.getCueAsHTML().textContent]);
        }"""
    )
    expected = [
        (cue.utterance.id, round((part.start + cue.start) / 44_100, 3), one_line(cue.utterance.text))
        for part in recording.chapters
        for cue in part.cues
    ]
    assert [(identity, start, text) for identity, start, text in read] == expected
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_page(chromium: Browser, tmp_path: Path, scheme: Literal["light", "dark"]) -> None:
    """Contrast of at least 7:1, light or dark (WCAG 1.4.6), and no sideways scrolling on a narrow screen (1.4.10)."""
    PACKAGES["transcript"].write(of_texts(tmp_path, article()), tmp_path, "edition")
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 900})
    page.goto((tmp_path / "transcript.html").as_uri())
    page.screenshot(path=tmp_path / f"{scheme}.png", full_page=True)
    colours = page.evaluate(
        """() => ["h1", "p", ".byline", ".dateline", "footer p"].map((name) =>
            [document.body, document.querySelector(name)].map((element, text) =>
                getComputedStyle(element)[text ? "color" : "backgroundColor"].match(/\\d+/g).map(Number)))"""
    )
    for background, text in colours:
        assert contrast(background, text) >= 7
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def contrast(one: list[int], other: list[int]) -> float:
    """The ratio of WCAG 2.2's definition."""
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: list[int]) -> float:
    shares = [value / 255 for value in colour]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
