"""Reading aloud at the desk, in Chromium: what can go wrong with a microphone, a desk or a window, and is told."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audio_edition.desk.app import OpenDesk
from support.barriers import COLOURS, DESK, PHONE, barriers
from support.papers import NAME

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

pytestmark = pytest.mark.tool("chromium", "apt install chromium")

RECORD = f"issues/{NAME}/record?name=articles/ferry.txt"
_MICROPHONE = """(() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext(), tone = new OscillatorNode(context), level = new GainNode(context);
    level.gain.value = LEVEL;
    const stream = context.createMediaStreamDestination();
    tone.connect(level).connect(stream);
    tone.start();
    window.taken = stream.stream;
    return stream.stream;
  };
})()"""
"""A microphone that hears a tone of a level, and can be pulled out."""
_REFUSED = """(() => {
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NAME"); };
})()"""
Open = Callable[..., Any]


@pytest.fixture
def open_recorder(chromium: Browser, opened: OpenDesk) -> Iterator[Open]:
    """Open the page that records, in a window of its own; `script` stands in for the microphone."""
    contexts = []

    def opened_page(script: str = "", size: ViewportSize = DESK, **options: Any) -> Any:
        context = chromium.new_context(**({"viewport": size, "locale": "en-GB"} | options))
        contexts.append(context)
        context.add_init_script(script or _hears(0.3))
        page = context.new_page()
        page.goto(opened.address)
        page.wait_for_url(opened.server.url)
        page.goto(opened.server.url + RECORD)
        return page

    yield opened_page
    for context in contexts:
        context.close()


def _hears(level: float) -> str:
    return _MICROPHONE.replace("LEVEL", str(level))


def _record(page: Any, seconds: int) -> None:
    """Record until so many whole seconds more are on the disk."""
    before = _shown(page)
    page.locator("#record").click()
    page.wait_for_function(f"() => document.getElementById('time').textContent >= '0:0{before + seconds}'")


def _shown(page: Any) -> int:
    """The seconds of the recording that the page says are on the disk."""
    minutes, seconds = page.locator("#time").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


def _stop(page: Any) -> None:
    page.locator("#record").click()
    page.wait_for_selector("#record:not([data-recording])")
    page.wait_for_function("() => document.getElementById('told').textContent.endsWith('on the disk.')")


def _seconds(issue: Path) -> float:
    with wave.open(str(issue / "recordings/ferry.wav"), "rb") as file:
        return file.getnframes() / file.getframerate()


@pytest.mark.parametrize(
    ("level", "told"),
    [(1.5, "Too loud: move farther"), (0.01, "Too quiet: move nearer"), (0.0, "No sound is coming in.")],
    ids=["loud", "quiet", "silent"],
)
def test_a_level_that_is_wrong_is_said(open_recorder: Open, level: float, told: str) -> None:
    """In a live region, for those who do not see the meter; the recording goes on."""
    page = open_recorder(_hears(level))
    page.locator("#record").click()
    page.wait_for_function(f"() => document.getElementById('alarm').textContent.startsWith('{told}')")
    assert page.locator("#alarm").get_attribute("role") == "alert"
    assert page.locator("#record").text_content() == "Stop"
    assert barriers(page) == []
    _stop(page)


def test_a_good_level_is_not_spoken_of(open_recorder: Open) -> None:
    """The meter shows it."""
    page = open_recorder()
    _record(page, 6)
    assert page.locator("#alarm").text_content() == ""
    assert page.locator("#level").evaluate("each => each.value") > -20
    _stop(page)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("NotAllowedError", "The browser is not allowed to use the microphone."),
        ("NotFoundError", "No microphone was found."),
        ("NotReadableError", "Perhaps another program uses it"),
    ],
)
def test_a_microphone_that_is_refused_is_told(open_recorder: Open, issue: Path, name: str, told: str) -> None:
    """In plain words with what to do; no recording is begun."""
    page = open_recorder(_REFUSED.replace("NAME", name))
    page.locator("#record").click()
    page.wait_for_function(f"() => document.getElementById('alarm').textContent.includes('{told}')")
    assert page.locator("#record").text_content() == "Record"
    assert barriers(page) == []
    assert not (issue / "recordings").exists()


def test_a_browser_that_refuses_is_told(chromium: Browser, opened: OpenDesk) -> None:
    """The browser itself, which was not asked to allow it."""
    page = chromium.new_context(viewport=DESK, locale="en-GB").new_page()
    page.goto(opened.address)
    page.wait_for_url(opened.server.url)
    page.goto(opened.server.url + RECORD)
    page.locator("#record").click()
    page.wait_for_function("() => document.getElementById('alarm').textContent.includes('microphone')")
    assert page.locator("#record").text_content() == "Record"
    page.context.close()


def test_a_microphone_that_is_pulled_out_loses_nothing(open_recorder: Open, issue: Path) -> None:
    """It is told; what was read is on the disk, and it goes on with the next one."""
    page = open_recorder()
    _record(page, 2)
    page.evaluate("() => taken.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    page.wait_for_function("() => document.getElementById('alarm').textContent.includes('was disconnected')")
    page.wait_for_selector("#record:not([data-recording])")
    kept = _seconds(issue)
    assert kept >= 2
    _record(page, 2)
    _stop(page)
    assert _seconds(issue) >= kept + 2


def test_a_desk_that_does_not_answer_gets_it_later(open_recorder: Open, issue: Path) -> None:
    """What is read meanwhile is kept in the page, and told; nothing of it is missing or twice."""
    page = open_recorder()
    _record(page, 2)
    page.route("**/piece?*", lambda route: route.abort())
    page.wait_for_function("() => document.getElementById('alarm').textContent.startsWith('The desk does not answer.')")
    assert barriers(page) == []
    before = _shown(page)
    page.unroute("**/piece?*")
    page.wait_for_function(f"() => document.getElementById('time').textContent >= '0:0{before + 3}'")
    page.wait_for_function("() => document.getElementById('alarm').textContent === ''")
    _stop(page)
    with wave.open(str(issue / "recordings/ferry.wav"), "rb") as file:
        rate, pcm = file.getframerate(), file.readframes(file.getnframes())
    assert _jumps(pcm, rate) == 0


def _jumps(pcm: bytes, rate: int) -> int:
    """How often the tone does not go on as a tone does: by more than its steepest step."""
    import numpy as np

    samples = np.frombuffer(pcm, np.int16).astype(int)
    sounding = samples[rate // 10 :]
    return int((np.abs(np.diff(sounding)) > 3 * 0.3 * 32767 * 2 * np.pi * 440 / rate).sum())


def test_a_window_that_is_closed_loses_nothing(open_recorder: Open, issue: Path) -> None:
    """What the page showed as kept is there; another goes on at the sentence that was reached."""
    page = open_recorder()
    page.locator("input[type=radio]").nth(0).focus()
    _record(page, 1)
    page.keyboard.press("ArrowDown")
    page.locator("input[type=radio]").nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.getElementById('time').textContent >= '0:03'")
    shown = _shown(page)
    page.close(run_before_unload=False)
    assert _seconds(issue) >= shown
    again = open_recorder()
    assert _shown(again) >= shown
    assert again.locator("input[type=radio]:checked").get_attribute("value") == "1"
    _record(again, 2)
    _stop(again)
    assert _seconds(issue) >= shown + 2


def test_two_windows_do_not_record_over_each_other(open_recorder: Open, issue: Path) -> None:
    """The one that comes second is stopped and told, and offers what was not taken as a file."""
    first, second = open_recorder(), open_recorder()
    _record(first, 2)
    _stop(first)
    kept = _seconds(issue)
    second.locator("#record").click()
    second.wait_for_function("() => document.getElementById('alarm').textContent.includes('another window')")
    second.wait_for_selector("#record:not([data-recording])")
    assert second.locator("#rescued").get_attribute("href").startswith("blob:")
    assert barriers(second) == []
    assert _seconds(issue) == kept


def test_a_long_recording_keeps_the_page_small(open_recorder: Open) -> None:
    """What the desk has is let go of: after each second there is at most what waits."""
    page = open_recorder()
    _record(page, 2)
    sizes = []
    for more in (2, 5):
        page.wait_for_function(f"() => document.getElementById('time').textContent >= '0:0{2 + more}'")
        sizes.append(page.evaluate("() => performance.memory.usedJSHeapSize"))
    _stop(page)
    assert abs(sizes[1] - sizes[0]) < 3_000_000


def test_the_text_is_as_its_reader_likes_it(open_recorder: Open) -> None:
    """Size and colours, and so it stays, also without a script."""
    page = open_recorder()
    page.locator("#size").select_option("largest")
    page.locator("#colours").select_option("yellow")
    assert page.locator("#reading").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 56
    page.reload()
    assert page.locator("#reading").get_attribute("class") == "reading size-largest colours-yellow"
    assert barriers(page) == []


def test_a_microphone_is_remembered(open_recorder: Open) -> None:
    """By its name, as browsers give it another number at each address."""
    devices = """(() => {
      const device = (label, deviceId) => ({ kind: "audioinput", label, deviceId });
      const known = [device("Built-in", "one"), device("Desk microphone", "two")];
      navigator.mediaDevices.enumerateDevices = async () => known;
    })()"""
    page = open_recorder(devices)
    page.wait_for_selector("#microphone option:nth-child(3)", state="attached")
    page.locator("#microphone").select_option(label="Desk microphone")
    page.reload()
    page.wait_for_function("() => document.getElementById('microphone').selectedOptions[0].text === 'Desk microphone'")


def test_without_a_script_it_is_said_so(open_recorder: Open) -> None:
    """And a recording can be brought all the same."""
    page = open_recorder(java_script_enabled=False)
    assert page.get_by_text("Recording needs JavaScript").is_visible()
    assert not page.locator("#recorder").is_visible()
    assert page.locator("#reading").is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320 px", "1280 px"])
@pytest.mark.parametrize("colours", COLOURS)
def test_no_state_of_recording_has_a_barrier(open_recorder: Open, size: ViewportSize, colours: str) -> None:
    """While it records, and stopped; in all its own colours."""
    page = open_recorder(size=size, **COLOURS[colours])
    _record(page, 1)
    found = {"recording": barriers(page)}
    _stop(page)
    for own in ("white", "cream", "black", "yellow"):
        page.locator("#colours").select_option(own)
        found[own] = barriers(page)
    assert {state: told for state, told in found.items() if told} == {}
