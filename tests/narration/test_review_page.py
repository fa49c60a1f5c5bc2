"""The page on which a human decides on a narration: by keyboard, without network, and back into the edition."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.model import RATE_HZ, Script, Tape
from audio_edition.narration import narrate
from audio_edition.narration.decisions import decisions_of
from audio_edition.narration.reviewing import review
from support.readers import Ears, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ASIDE = "Sorry, could somebody please close that <window> over there?"
_chromium = pytest.mark.tool("chromium", "apt install chromium")


def _tape(script: Script, reader: Reader, folder: Path) -> Tape:
    """A tape with a remark behind the second sentence, the third unread, and the fourth read twice."""
    first, second, _, fourth, *others = script.utterances
    reader.read([first, second])
    reader.say(_ASIDE)
    reader.read([fourth])
    reader.read([fourth, *others])
    return reader.write(folder / "tape.wav")


def _page(script: Script, reader: Reader, tape: Tape, path: Path, **more: Any) -> int:
    return review(script, [tape], Ears([reader]), Settings(), path, **more)  # type: ignore[arg-type]


def _data(html: str) -> Any:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(data)


def test_what_differs_is_listed_first(script: Script, reader: Reader, tmp_path: Path) -> None:
    """Sentences that were found for sure are listed behind it if asked for, and else counted."""
    tape = _tape(script, reader, tmp_path)
    assert _page(script, reader, tape, tmp_path / "review.html") == 3
    html = (tmp_path / "review.html").read_text("utf-8")
    assert re.findall(r'<h2 id="([a-z]+)"', html) == ["repeated", "unread", "extra"]
    assert f"{len(script.utterances) - 2} more sentences were found for sure" in html
    assert _page(script, reader, tape, tmp_path / "all.html", with_others=True) == len(script.utterances) + 1
    html = (tmp_path / "all.html").read_text("utf-8")
    assert re.findall(r'<h2 id="([a-z]+)"', html) == ["repeated", "unread", "extra", "other"]


def test_the_page_has_the_sound_and_asks_for_nothing(script: Script, reader: Reader, tmp_path: Path) -> None:
    """Each reading sounds as on the tape, with what is around; only the page's own script may run."""
    tape = _tape(script, reader, tmp_path)
    _page(script, reader, tape, tmp_path / "review.html")
    html = (tmp_path / "review.html").read_text("utf-8")
    take = _data(html)["places"][0]["takes"][0]
    sound = np.frombuffer(base64.b64decode(take["sound"]), np.uint8) / 127.5 - 1
    heard = np.abs(np.sign(sound) * (256 ** np.abs(sound) - 1) / 255)
    start, end = (round(16_000 * (take[edge] - take["from"])) for edge in ("start", "end"))
    assert len(sound) == round(16_000 * (take["to"] - take["from"]))
    assert heard[start:end].mean() > 5 * heard[start - 1600 : start - 800].mean()
    assert "http" not in html.replace("http-equiv", "")
    assert "<window>" not in html
    assert re.search(
        r"default-src 'none'; script-src 'sha256-[^ ]+'; style-src 'sha256-[^ ]+'; ", html.replace("&#39;", "'")
    )


@_chromium
def test_decisions_by_keyboard_come_back_into_the_edition(
    script: Script, reader: Reader, tmp_path: Path, chromium: Browser
) -> None:
    """The first reading, its start 110 ms later; the unread sentence left out; the remark kept in other words."""
    tape = _tape(script, reader, tmp_path)
    _page(script, reader, tape, tmp_path / "review.html")
    page, said = _opened(chromium, tmp_path / "review.html")
    page.get_by_label("The reading at", exact=False).nth(1).press("Space")
    start = page.get_by_label("Start in seconds").first
    before = float(start.input_value())
    start.press("ArrowUp")
    start.press("PageUp")
    start.press("Enter")
    assert float(start.input_value()) == pytest.approx(before + 0.11, abs=0.0011)
    page.locator("[data-next]").first.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == script.utterances[2].text
    page.get_by_label("Left out").nth(1).press("Space")
    page.get_by_label("Kept as an announcement").press("Space")
    page.get_by_label("Words of the announcement").fill("A word from the reader.")
    page.get_by_label("Words of the announcement").press("Tab")
    assert page.get_by_role("status").inner_text() == "3 of 3 places decided"
    page.locator("[data-accepted]").first.press("Space")
    assert page.get_by_role("status").inner_text() == "2 of 3 places decided"
    page.locator("[data-accepted]").first.press("Space")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the decisions").press("Enter")
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert said == []
    page.close()
    decisions = decisions_of(tmp_path / "decisions.json", [tape])
    paced, narration = narrate(script, [tape], Ears([reader]), Settings(), decisions=decisions)  # type: ignore[arg-type]
    assert narration.readings[script.utterances[3].id].start / RATE_HZ == pytest.approx(before + 0.11, abs=0.002)
    assert script.utterances[2].id not in {each.id for each in paced.utterances}
    assert "A word from the reader." in {each.text for each in paced.utterances}
    _page(script, reader, tape, tmp_path / "again.html", decisions=decisions)
    assert "3 of 3 places decided" in _status(chromium, tmp_path / "again.html")


@_chromium
def test_edges_stay_in_order_and_within_the_sound(
    script: Script, reader: Reader, tmp_path: Path, chromium: Browser
) -> None:
    _page(script, reader, _tape(script, reader, tmp_path), tmp_path / "review.html")
    page, _ = _opened(chromium, tmp_path / "review.html")
    start, end = page.get_by_label("Start in seconds").first, page.get_by_label("End in seconds").first
    for wrong in ("0", "100000", ""):
        start.fill(wrong)
        start.press("Enter")
        assert float(start.get_attribute("min") or "") <= float(start.input_value()) < float(end.input_value())
    page.close()


@_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(script: Script, reader: Reader, tmp_path: Path, chromium: Browser, scheme: Any) -> None:
    """axe-core has no violation to report, nothing scrolls sideways on a narrow screen; its broken twin is reported."""
    from axe_playwright_python.sync_playwright import Axe

    _page(script, reader, _tape(script, reader, tmp_path), tmp_path / "review.html")
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 900}, bypass_csp=True)
    page.goto((tmp_path / "review.html").as_uri())
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("document.querySelectorAll('label').forEach((label) => label.replaceWith(...label.children))")
    assert "label" in {violation["id"] for violation in Axe().run(page).response["violations"]}
    page.close()


def _opened(chromium: Browser, path: Path) -> tuple[Page, list[str]]:
    """Return the page under its own policy, and what its console says."""
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return page, said


def _status(chromium: Browser, path: Path) -> str:
    page, _ = _opened(chromium, path)
    text = page.get_by_role("status").inner_text()
    page.close()
    return text


@pytest.mark.parametrize(
    ("options", "told"), [([], "--review writes a page"), (["--review"], "Name a recording: --narration RECORDING")]
)
def test_wrong_use_is_told(tmp_path: Path, options: list[str], told: str) -> None:
    (tmp_path / "article.txt").write_text("A quiet week\n\nThe council met.\n", "utf-8")
    done = CliRunner().invoke(main, ["narrate", str(tmp_path / "article.txt"), *options])
    assert done.exit_code == 2
    assert told in done.stderr
