"""The desk in Chromium: by keyboard alone from three documents to a stick and a site, and without a barrier for axe."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audio_edition.desk import feeds
from audio_edition.desk.app import OpenDesk
from audio_edition.sources.addresses import fetch
from support.barriers import COLOURS, DESK, PHONE, barriers
from support.desk import running
from support.keyboard import focused, press, reach, write
from support.papers import NAME, SETTINGS, STORIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

AT = f"issues/{NAME}"
_IS_REFUSED = "the server responded with a status of 4"
"""What Chromium writes of an answer that a test asks for."""
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 pixels at 400 %."""


@pytest.fixture
def page(chromium: Browser, opened: OpenDesk) -> Iterator[Any]:
    """A window at the desk's first page; what it writes to the console is an error."""
    context = chromium.new_context(viewport=DESK, locale="en-GB")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _IS_REFUSED not in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(opened.address)
    page.wait_for_url(opened.server.url)
    yield page
    context.close()
    assert said == []


def test_an_evening_by_keyboard_alone(with_microphone: Browser, tmp_path: Path) -> None:
    """From an empty folder and three documents, of which one is read aloud, to a written stick and a site."""
    folder = tmp_path / "courier"
    folder.mkdir()
    (folder / "audio-edition.toml").write_text(SETTINGS)
    documents = [folder.parent / f"{name}.txt" for name in STORIES]
    for path in documents:
        path.write_text(STORIES[path.stem])
    with running(folder) as opened:
        context = with_microphone.new_context(viewport=DESK, locale="en-GB", permissions=["microphone"])
        page = context.new_page()
        page.goto(opened.address)
        page.wait_for_url(opened.server.url)
        write(page, "Title", "The Courier")
        press(page, "Make the issue")
        assert focused(page) == "The issue is made. Now add its articles."
        write(page, "Name of the section", "Sport")
        press(page, "Make section")
        reach(page, "Files")
        page.locator("input[type=file]").set_input_files(documents)  # the system's own window, which has no page
        press(page, "Add files")
        assert focused(page) == "3 articles added."
        _move_to_sport(page)
        press(page, "Next: What is said")
        _say_otherwise(page)
        press(page, "Next: Who reads")
        _read_aloud(page)
        press(page, "Next: Make it")
        press(page, "Make the edition")
        page.wait_for_selector(".edition", timeout=120_000)
        page.wait_for_function("() => document.activeElement.textContent.startsWith('The edition is ready.')")
        assert focused(page) == "The edition is ready."
        press(page, "Next: Hand it out")
        write(page, "Folder of the stick", str(tmp_path / "stick")) if page.locator("#p1").count() else None
        press(page, "Write the stick")
        page.wait_for_function("() => document.activeElement.textContent.includes('Written onto')")
        write(page, "Address that the site will have", "https://example.org/")
        press(page, "Put it into the site")
        assert focused(page).startswith("It is in the site")
        page.context.close()
    (issue,) = (path.parent for path in folder.glob("*/edition.toml"))
    assert (issue / "lexicon.txt").read_text() == "Halvøy = hal voy\n"
    manifest = json.loads(next(issue.glob("editions/*/edition.json")).read_text())
    cues = {cue["text"]: cue for chapter in manifest["chapters"] for cue in chapter["cues"]}
    assert "confidence" in cues["The last ferry left."]
    assert "confidence" not in cues["Nobody won."]
    assert "Jane Doe" in manifest["narrator"] if "narrator" in manifest else "Jane Doe" in json.dumps(manifest)
    assert sorted(path.name for path in (tmp_path / "stick").iterdir())[-1] == "ISSUE.TXT"
    assert (folder / "site" / "index.html").is_file()


def _move_to_sport(page: Any) -> None:
    """Put the last of three articles into the section; the focus stays with it."""
    page.keyboard.press("Home")
    reach(page, STORIES["match"].partition("\n")[0])
    reach(page, "Other section")
    page.keyboard.press("Enter")
    reach(page, "Section")
    page.keyboard.press("ArrowDown")
    press(page, "Move there")
    assert focused(page) == "Moved: now number 3 of 3."
    assert (
        page.locator("#did").evaluate("each => each.closest('li').querySelector('h3').textContent") == "Match is drawn"
    )


def _read_aloud(page: Any) -> None:
    """Record the first article, which the microphone reads; begin anew at a sentence; say who it was, and look at what
    was read. The microphone reads it over and over."""
    press(page, "Record here")
    reach(page, STORIES["ferry"].partition("\n")[0])
    page.keyboard.press("Enter")
    page.wait_for_selector("#record[data-recording]")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.getElementById('time').textContent >= '0:05'")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('told').textContent.endsWith('on the disk.')")
    assert page.locator("#record").text_content() == "Record again from this sentence on"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('time').textContent >= '0:09'")
    reach(page, "Stop", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#record:not([data-recording])")
    page.wait_for_function("() => document.getElementById('told').textContent.endsWith('on the disk.')")
    reach(page, "Hear")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('hear').textContent === 'Stop playing'")
    page.keyboard.press("Enter")
    write(page, "Who reads", "Jane Doe")
    press(page, "Save")
    assert focused(page) == "Saved."
    press(page, "See what was read")
    page.wait_for_selector("#work.told", timeout=120_000)
    assert "sentences were found in the recording" in focused(page)
    press(page, "Back to “Who reads”")


def _say_otherwise(page: Any) -> None:
    """The first word at risk: heard so by Enter, then kept; the focus goes on where it was."""
    page.wait_for_selector(".risks")
    write(page, "Say it like: Halvøy", "hal voy")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-sounding]")
    assert page.url.endswith("/said")
    press(page, "Keep for this issue")
    assert focused(page) == "“Halvøy” is said “hal voy” in this issue."


@pytest.mark.parametrize("size", [PHONE, ZOOMED, DESK], ids=["320 px", "400 %", "1280 px"])
@pytest.mark.parametrize("colours", COLOURS)
def test_no_page_has_a_barrier(
    chromium: Browser, opened: OpenDesk, issue: Path, size: ViewportSize, colours: str
) -> None:
    """In light, dark and forced colours, on a phone and at 400 %; with all that is folded open."""
    (issue / "articles/scan.pdf").write_bytes(b"%PDF-1.7")
    (issue / "articles/rain.txt").write_bytes(b"%PDF-1.7")
    (issue / "lexicon.txt").write_text("ferry = boat\n")
    context = chromium.new_context(viewport=size, locale="de", **COLOURS[colours])
    page = context.new_page()
    page.goto(opened.address)
    page.wait_for_url(opened.server.url)
    found = {}
    for path in (
        "",
        AT,
        f"{AT}/article?name=articles/ferry.txt",
        f"{AT}/read",
        f"{AT}/make",
        f"{AT}/hand-out",
        "nothing",
    ):
        page.goto(opened.server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found[path] = barriers(page)
    (issue / "articles/rain.txt").write_text(STORIES["rain"])
    for path in (f"{AT}/said", f"{AT}/said/c03", f"{AT}/sentence/c03-p002-s01", f"{AT}/record?name=articles/ferry.txt"):
        page.goto(opened.server.url + path)
        if path.endswith("said"):
            page.wait_for_selector(".risks")
        found[path] = barriers(page)
    context.close()
    assert {path: told for path, told in found.items() if told} == {}


def test_the_states_of_making_and_of_conflict_have_no_barrier(page: Any, opened: OpenDesk, issue: Path) -> None:
    """While it is made, when it is there, and where two windows meet."""
    base = opened.server.url
    page.goto(f"{base}{AT}/make")
    page.get_by_role("button", name="Make the edition").click()
    page.wait_for_selector(".edition", timeout=120_000)
    assert barriers(page) == []
    page.goto(f"{base}{AT}/hand-out")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a ZIP file").click()
    assert barriers(page) == []
    page.goto(f"{base}{AT}")
    (issue / "edition.toml").write_text((issue / "edition.toml").read_text() + "\n# changed\n")
    with page.expect_response(lambda response: response.status == 409), page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    assert barriers(page) == []
    assert page.get_by_role("heading", name="As it is now").count() == 1


def test_a_sentence_is_heard_in_its_place(page: Any, opened: OpenDesk) -> None:
    """A press plays it, another stops it; the page stays, and so does the focus."""
    page.goto(f"{opened.server.url}{AT}/said/c03")
    link = page.locator("a.hear").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("a.hear[data-sounding]")
    assert page.url.endswith("/said/c03")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.hear:not([data-sounding])")
    assert link.evaluate("each => each === document.activeElement")


def test_what_cannot_be_said_is_told_in_its_place(page: Any, opened: OpenDesk) -> None:
    """By a live region, and the field keeps what was written."""
    page.goto(f"{opened.server.url}{AT}/sentence/c03-p002-s01")
    page.locator("#say").fill("/k3v/")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('heard').textContent.includes('Phonetic Alphabet')")
    assert page.locator("#say").input_value() == "/k3v/"


@pytest.mark.parametrize(("language", "heading"), [("de", "Ausgaben"), ("fr", "Numéros"), ("en", "Issues")])
def test_it_speaks_three_languages(page: Any, language: str, heading: str) -> None:
    """By a link on every page, which is remembered."""
    page.locator(f"footer a[lang={language}]").click()
    assert page.locator("h1").text_content() == heading
    assert page.locator("html").get_attribute("lang") == language


def test_entries_of_a_feed_are_chosen_by_keyboard(
    page: Any, opened: OpenDesk, tmp_path: Path, serving: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are not wanted by the space bar; the page has no barrier."""
    (tmp_path / "www").mkdir()
    items = "".join(f"<item><title>Story {n}</title><description>It went on. {n}</description></item>" for n in "ABC")
    (tmp_path / "www/feed.xml").write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
    monkeypatch.setattr(feeds, "fetch", partial(fetch, allow_private=True))
    page.goto(f"{opened.server.url}{AT}")
    write(page, "Address of the feed", f"{serving(tmp_path / 'www')}feed.xml")
    press(page, "Show its entries")
    assert barriers(page) == []
    reach(page, "Story B")
    page.keyboard.press("Space")
    press(page, "Add the entries")
    assert focused(page) == "2 articles added."
    assert [each.text_content() for each in page.locator(".articles h3").all()][2:4] == ["Story A", "Story C"]
