"""What a listener chooses not to hear on an edition's page: notes, descriptions, tables, page numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from audio_edition.edition.build import Edition
from support.pages import Opened, address_of, island, needs_chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

_MOST_SECONDS = 0.05

_PLAYED = """
async ([from, last]) => {
  const audio = document.querySelector("audio");
  const heard = [];
  const landed = [];
  audio.addEventListener("seeked", () => landed.push(audio.currentTime));
  audio.currentTime = from;
  await new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
  landed.length = 0;
  await audio.play();
  const watch = setInterval(() => audio.seeking || heard.push(audio.currentTime), 5);
  await new Promise((done) => setInterval(() => (audio.ended || audio.currentTime > last) && done(), 5));
  audio.pause();
  clearInterval(watch);
  return [heard, landed];
}
"""


@pytest.fixture
def skipping(build: Callable[[str], Edition]) -> Edition:
    return build("skipping")


def _cue(edition: Edition, text: str) -> tuple[str, float, float]:
    """Id, start and end of the sentence that begins so."""
    name = next(each.id for each in edition.recording.script.utterances if each.text.startswith(text))
    start, end = next(cue[1:3] for cue in island(edition.folder)["cues"] if cue[0] == name)
    return name, float(start), float(end)


def _played(shown: Opened, edition: Edition, before: str, behind: str) -> Any:
    """What is heard from shortly before the end of a sentence to a little into another: times, and where it landed."""
    _, _, end = _cue(edition, before)
    _, start, _ = _cue(edition, behind)
    return shown.page.evaluate(_PLAYED, [end - 0.1, start + 0.1])


def test_everything_is_heard_unless_the_listener_chooses(skipping: Edition, chromium: Browser) -> None:
    """Each box says what there is to skip, and none is ticked."""
    with opened(chromium, address_of(skipping)) as shown:
        group = shown.page.get_by_role("group", name="Skip")
        boxes = group.get_by_role("checkbox")
        assert [box.is_checked() for box in boxes.all()] == [False] * 4
        names = ["Notes", "Descriptions of pictures", "Tables", "Page numbers"]
        assert [group.get_by_label(name).count() for name in names] == [1, 1, 1, 1]
        _, landed = _played(shown, skipping, "The wall", "The church")
        assert landed == []


@pytest.mark.parametrize(
    ("choice", "before", "left_out", "behind"),
    [
        ("Notes", "The wall", "Measured in", "The church"),
        ("Descriptions of pictures", "The church", "A map", "Boats came"),
        ("Tables", "Boats came", "Day", "It rained"),
        ("Page numbers", "It rained", "12", "The end"),
    ],
)
def test_the_sound_goes_on_exactly_behind(
    skipping: Edition, chromium: Browser, choice: str, before: str, left_out: str, behind: str
) -> None:
    """It lands within 50 ms of the sentence behind, and no more than that of what is left out is heard."""
    with opened(chromium, address_of(skipping)) as shown:
        shown.page.get_by_role("group", name="Skip").get_by_label(choice).check()
        heard, landed = _played(shown, skipping, before, behind)
        name, start, _ = _cue(skipping, behind)
        assert [abs(time - start) <= _MOST_SECONDS for time in landed] == [True], (landed, start)
        begins = _cue(skipping, left_out)[1]
        assert [time for time in heard if begins + _MOST_SECONDS < time < start - _MOST_SECONDS] == []
        assert shown.current() == name


def test_choices_are_remembered(skipping: Edition, chromium: Browser) -> None:
    """On the next visit they are ticked, and are kept to."""
    with opened(chromium, address_of(skipping)) as shown:
        shown.page.get_by_label("Notes").check()
        shown.page.reload()
        assert shown.page.get_by_label("Notes").is_checked()
        assert not shown.page.get_by_label("Tables").is_checked()
        _, landed = _played(shown, skipping, "The wall", "The church")
        assert len(landed) == 1


def test_who_goes_to_a_note_hears_it(skipping: Edition, chromium: Browser) -> None:
    """By its mark; from sentence to sentence it is passed over, both ways."""
    with opened(chromium, address_of(skipping)) as shown:
        shown.page.get_by_label("Notes").check()
        shown.page.locator("main .noteref").first.click()
        assert shown.current() == _cue(skipping, "Measured in")[0]
        assert shown.now() == pytest.approx(_cue(skipping, "Measured in")[1], abs=0.01)
        shown.page.evaluate(f"location.hash = '{_cue(skipping, 'The wall')[0]}'")
        shown.page.click("#next-sentence")
        assert shown.current() == _cue(skipping, "The church")[0]
        shown.page.click("#previous-sentence")
        assert shown.current() == _cue(skipping, "The wall")[0]


def test_a_table_can_be_left(skipping: Edition, chromium: Browser) -> None:
    """By a button and by its key: the sound goes on with what follows. Outside of anything, nothing happens."""
    with opened(chromium, address_of(skipping)) as shown:
        for button, key in (("#leave", "Enter"), ("#play", "e")):
            shown.page.evaluate(f"location.hash = '{_cue(skipping, 'Day')[0]}'")
            for _ in range(2):
                shown.page.locator(button).press(key)
                assert shown.current() == _cue(skipping, "It rained")[0]
            shown.page.evaluate("location.hash = ''")


def test_one_can_go_to_a_printed_page(skipping: Edition, chromium: Browser) -> None:
    """By its label; where there is none, the field says so and keeps the focus."""
    with opened(chromium, address_of(skipping)) as shown:
        field = shown.page.get_by_role("textbox", name="Page")
        field.fill("12")
        shown.page.get_by_role("button", name="Go to the page").click()
        assert shown.current() == shown.focused() == _cue(skipping, "12")[0]
        field.fill("99")
        field.press("Enter")
        assert shown.focused() == "page"
        assert field.evaluate("field => field.validationMessage") == "There is no page 99."
        assert shown.current() == _cue(skipping, "12")[0]


def test_a_page_without_such_things_offers_none(harbour: Edition, chromium: Browser) -> None:
    """No box, no field, no button, no key."""
    with opened(chromium, address_of(harbour)) as shown:
        assert shown.page.locator("[name=skipped], #to-page, #leave").count() == 0
        assert "E" not in shown.page.locator("kbd").all_text_contents()
