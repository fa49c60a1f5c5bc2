"""The desk in Chromium: by keyboard alone from three documents to a stick and a site, and without a barrier for axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audio_edition.desk.app import OpenDesk
from support.barriers import COLOURS, DESK, PHONE, barriers
from support.desk import running
from support.papers import NAME, SETTINGS, STORIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

AT = f"issues/{NAME}"
_IS_REFUSED = "the server responded with a status of 4"
"""What Chromium writes of an answer that a test asks for."""
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 pixels at 400 %."""
_FOCUSED = """() => {
  const at = document.activeElement, field = at.labels?.[0]?.textContent ?? "";
  return { name: (field || at.textContent || "").replace(/\\s+/g, " ").trim(), tag: at.tagName,
    ring: getComputedStyle(at).outlineStyle !== "none" && getComputedStyle(at).outlineWidth !== "0px" };
}"""


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


def _reach(page: Any, name: str, key: str = "Tab") -> None:
    """Go on by the Tab key to what is called so; everything on the way has a ring."""
    for _ in range(150):
        page.keyboard.press(key)
        at = page.evaluate(_FOCUSED)
        if at["tag"] != "BODY":
            assert at["ring"], at
        if at["name"].startswith(name):
            return
    raise AssertionError(f"no way by Tab to {name}")


def _press(page: Any, name: str) -> None:
    """Reach it, and press Enter; wait for what comes."""
    _reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _write(page: Any, name: str, text: str) -> None:
    _reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def _focused(page: Any) -> str:
    return str(page.evaluate(_FOCUSED)["name"])


def test_an_evening_by_keyboard_alone(chromium: Browser, tmp_path: Path) -> None:
    """From an empty folder and three documents to a written stick and a site."""
    folder = tmp_path / "courier"
    folder.mkdir()
    (folder / "audio-edition.toml").write_text(SETTINGS)
    documents = [folder.parent / f"{name}.txt" for name in STORIES]
    for path in documents:
        path.write_text(STORIES[path.stem])
    with running(folder) as opened:
        page = chromium.new_context(viewport=DESK, locale="en-GB").new_page()
        page.goto(opened.address)
        page.wait_for_url(opened.server.url)
        _write(page, "Title", "The Courier")
        _press(page, "Make the issue")
        assert _focused(page) == "The issue is made. Now add its articles."
        _write(page, "Name of the section", "Sport")
        _press(page, "Make section")
        _reach(page, "Word, web pages")
        page.locator("input[type=file]").set_input_files(documents)  # the system's own window, which has no page
        _press(page, "Add files")
        assert _focused(page) == "3 articles added."
        _move_to_sport(page)
        _press(page, "Next: What is said")
        _say_otherwise(page)
        _press(page, "Next: Make it")
        _press(page, "Make the edition")
        page.wait_for_selector(".edition", timeout=120_000)
        assert _focused(page) == "The edition is ready."
        _press(page, "Next: Hand it out")
        _write(page, "Folder of the stick", str(tmp_path / "stick")) if page.locator("#p1").count() else None
        _press(page, "Write the stick")
        assert _focused(page).startswith("Written onto")
        _write(page, "Address that the site will have", "https://example.org/")
        _press(page, "Put it into the site")
        assert _focused(page).startswith("It is in the site")
        page.context.close()
    (issue,) = (path.parent for path in folder.glob("*/edition.toml"))
    assert (issue / "lexicon.txt").read_text() == "Halvøy = hal voy\n"
    assert sorted(path.name for path in (tmp_path / "stick").iterdir())[-1] == "ISSUE.TXT"
    assert (folder / "site" / "index.html").is_file()


def _move_to_sport(page: Any) -> None:
    """Put the last of three articles into the section; the focus stays with it."""
    page.keyboard.press("Home")
    _reach(page, STORIES["match"].partition("\n")[0])
    _reach(page, "Section")
    page.keyboard.press("ArrowDown")
    _press(page, "Move there")
    assert _focused(page) == "Moved: now number 3 of 3."
    assert (
        page.locator("#did").evaluate("each => each.closest('li').querySelector('h3').textContent") == "Match is drawn"
    )


def _say_otherwise(page: Any) -> None:
    """The first word at risk: heard so by Enter, then kept; the focus goes on where it was."""
    page.wait_for_selector(".risks")
    _write(page, "Say it like: Halvøy", "hal voy")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-sounding]")
    assert page.url.endswith("/said")
    _press(page, "Keep for this issue")
    assert _focused(page) == "“Halvøy” is said “hal voy” in this issue."


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
    for path in ("", AT, f"{AT}/article?name=articles/ferry.txt", f"{AT}/make", f"{AT}/hand-out", "nothing"):
        page.goto(opened.server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found[path] = barriers(page)
    (issue / "articles/rain.txt").write_text(STORIES["rain"])
    for path in (f"{AT}/said", f"{AT}/said/c03", f"{AT}/sentence/c03-p002-s01"):
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
