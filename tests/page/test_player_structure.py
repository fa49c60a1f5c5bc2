"""The page of a document with lists, tables, pictures, notes and links: each sentence plays, each link leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from audio_edition.edition.build import Edition
from audio_edition.model import Utterance
from support.pages import address_of, island, needs_chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

_SPOKEN_ELEMENTS = """
() => JSON.parse(document.getElementById("edition").textContent).cues.map(([id]) => document.getElementById(id).tagName)
"""
_MARKED = """
async ([start, first]) => {
  const audio = document.querySelector("audio");
  audio.currentTime = start + first;
  await new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
  const [range] = CSS.highlights.get("word") ?? [];
  if (!range) return null;
  const part = range.cloneContents();
  part.querySelectorAll(".label, rt, [role=doc-noteref]").forEach((added) => added.remove());
  return part.querySelector("math")?.getAttribute("alttext") ?? part.textContent;
}
"""


@pytest.fixture
def structure(build: Callable[[str], Edition]) -> Edition:
    return build("structure")


def spoken(edition: Edition, text: str) -> str:
    """The id of the sentence that begins so."""
    return next(each.id for each in edition.recording.script.utterances if each.text.startswith(text))


def test_cells_and_pictures_are_sentences_too(structure: Edition, chromium: Browser) -> None:
    """The id of each cue is that of an element: a cell where it is all of it, the picture whose words are said."""
    with opened(chromium, address_of(structure)) as shown:
        assert {"SPAN", "TH", "TD", "IMG"} == set(shown.page.evaluate(_SPOKEN_ELEMENTS))


@pytest.mark.parametrize(
    "text", ["212", "The ferry at the north quay", "the gate shuts", "t equals w", "    sail(trip)"]
)
def test_each_sentence_plays_and_is_marked(structure: Edition, chromium: Browser, text: str) -> None:
    """A cell, a picture, an item of an inner list, a formula, a line of a program: by a click, and by the keyboard."""
    place = spoken(structure, text)
    with opened(chromium, address_of(structure)) as shown:
        shown.page.locator(f"#{place}").click()
        shown.until("!audio.paused")
        assert shown.current() == place
        shown.page.keyboard.press("Escape")
        shown.page.evaluate("document.querySelector('audio').pause()")
        shown.page.evaluate(f"location.hash = '{place}'")
        shown.page.click("#place")
        assert shown.focused() == place
        shown.page.keyboard.press("Enter")
        shown.until("!audio.paused")
        assert shown.current() == place


def test_arrows_go_through_a_table_and_a_figure(structure: Edition, chromium: Browser) -> None:
    """From cell to cell and on to the picture and its caption: in the order in which they are read."""
    with opened(chromium, address_of(structure)) as shown:
        shown.page.evaluate(f"location.hash = '{spoken(structure, 'No ferry')}'")
        shown.page.click("#place")
        for text in ("The ferry at the north quay", "The ferry in June.", "She is painted"):
            shown.page.keyboard.press("ArrowDown")
            assert shown.focused() == spoken(structure, text)
        assert shown.page.locator("main [tabindex]").count() == 1


def test_a_link_in_a_sentence_leads_on_and_does_not_play(structure: Edition, chromium: Browser) -> None:
    """A click beside it plays its sentence; a click on it follows it, by the keyboard too."""
    with opened(chromium, address_of(structure)) as shown:
        link = shown.page.get_by_role("main").get_by_role("link", name="the crossing")
        link.click()
        assert shown.page.url.endswith(f"#{spoken(structure, 'The crossing')}")
        assert shown.paused()
        outside = shown.page.get_by_role("link", name="the sound")
        assert outside.get_attribute("href") == "https://courier.example/sound"
        assert outside.get_attribute("rel") == "noopener noreferrer"
        shown.page.evaluate("location.hash = ''")
        link.focus()
        shown.page.keyboard.press("Enter")
        assert shown.page.url.endswith(f"#{spoken(structure, 'The crossing')}")
        assert shown.paused()


def test_notes_lead_there_and_back(structure: Edition, chromium: Browser) -> None:
    """The mark leads to the note, and the sound with it; the arrow behind the note leads back to its sentence."""
    with opened(chromium, address_of(structure)) as shown:
        note = spoken(structure, "Eight times")
        shown.page.locator("main .noteref").first.click()
        shown.until(f"document.querySelector('main [aria-current]')?.id === '{note}'")
        shown.page.locator("main .backlink").first.click()
        sentence = spoken(structure, "The ferry crosses")
        shown.until(f"document.querySelector('main [aria-current]')?.id === '{sentence}'")


@pytest.mark.parametrize("name", ["structure", "notes", "figures"])
def test_words_are_marked_where_they_stand(build: Callable[[str], Edition], chromium: Browser, name: str) -> None:
    """Behind a label, a mark of a note, a reading, inside a link, emphasis, a cell: the word that sounds is marked."""
    edition = build(name)
    cues = {cue[0]: cue for cue in island(edition.folder)["cues"]}
    with opened(chromium, address_of(edition)) as shown:
        for utterance in edition.recording.script.utterances:
            _, start, _, *marks = cues[utterance.id]
            numbers = marks[0] if marks else []
            is_image = shown.page.locator(f"img#{utterance.id}").count() == 1
            for at in range(0, len(numbers), 4):
                begin, end, first, last = numbers[at : at + 4]
                marked = shown.page.evaluate(_MARKED, [start, (begin + end) / 2000])
                assert marked == (None if is_image else expected(utterance, first, last)), utterance


def expected(utterance: Utterance, first: int, last: int) -> str | None:
    """The characters, or the whole of the formula that they are in; of a picture nothing, which a mark would hide."""
    if utterance.role == "formula":
        return utterance.text
    for span in utterance.spans:
        if span.kind in ("image", "math") and span.start <= first < span.end:
            return None if span.kind == "image" else utterance.text[span.start : span.end]
    return utterance.text[first:last]


def test_a_table_is_a_region_only_where_it_must_be_scrolled(build: Callable[[str], Edition], chromium: Browser) -> None:
    """On a narrow screen the keyboard reaches it and it says its name; on a wide one it is no stop and no landmark."""
    edition = build("tables")
    with opened(chromium, address_of(edition)) as shown:
        shown.until("!document.querySelector('.wide[tabindex]')")
        assert shown.page.get_by_role("region", name="Repairs by year and season").count() == 0
        assert shown.page.get_by_role("table", name="Repairs by year and season").count() == 1
    with opened(chromium, address_of(edition), viewport={"width": 320, "height": 640}) as shown:
        region = shown.page.get_by_role("region", name="Repairs by year and season")
        region.scroll_into_view_if_needed()
        region.focus()
        shown.page.keyboard.press("ArrowRight")
        shown.page.wait_for_function("() => document.activeElement.scrollLeft > 0")
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
