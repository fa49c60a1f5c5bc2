"""Step 5 of the desk: sticks are written in the background, by profiles, one after another."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audio_edition.stick import MARK, write_stick
from support.desk import Answer, Visitor
from support.papers import NAME, SETTINGS

AT = f"/issues/{NAME}"
RADIO = '\n[sticks.radio]\nholds = ["tracks"]\nnames = "long"\nfolders = "none"\ndigits = 2\n'


@pytest.fixture
def handing(folder: Path, maker: Visitor) -> Visitor:
    """The maker, with an edition in what sticks may hold."""
    settings = SETTINGS.replace('"tracks"', '"tracks", "daisy202"')
    (folder / "audio-edition.toml").write_text(settings + RADIO)
    maker.send(maker.get(f"{AT}/make"), "/start")
    maker.get(f"{AT}/events")
    return maker


def _write(maker: Visitor, place: Path, **fields: str) -> Answer:
    """The page once the stick is written: the stream of events ends then."""
    maker.send(maker.get(f"{AT}/hand-out"), "/stick", other=str(place), **fields)
    maker.get(f"{AT}/events")
    return maker.get(f"{AT}/hand-out")


def _names(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


def test_players_of_every_kind_are_offered(handing: Visitor, tmp_path: Path) -> None:
    """Those of the program, and those of the settings; each writes under its own names."""
    page = handing.get(f"{AT}/hand-out").page
    assert [each.get("value") for each in page.cssselect("[name=players] option")] == ["stick", "daisy", "radio"]
    for players, name in (
        ("stick", "01THECOU/001THECO.MP3"),
        ("daisy", "01THECOU/ncc.html"),
        ("radio", "02-contents.mp3"),
    ):
        answer = _write(handing, tmp_path / "stick", players=players)
        assert f"Written onto {tmp_path / 'stick'} and read back" in answer.text
        assert {name, MARK} <= _names(tmp_path / "stick")


def test_players_for_which_the_edition_lacks_something_are_named(handing: Visitor, folder: Path) -> None:
    """With the format that is needed, instead of an error after the choice."""
    (folder / "audio-edition.toml").write_text(SETTINGS + '\n[sticks.book]\nholds = ["m4b"]\n')
    answer = handing.get(f"{AT}/hand-out")
    assert "Not for book: the edition was not made in m4b." in answer.text
    assert "book" not in [each.get("value") for each in answer.page.cssselect("[name=players] option")]


def test_several_sticks_are_written_one_after_another(handing: Visitor, tmp_path: Path) -> None:
    """What was chosen stays chosen, so that the next one takes one press; each is listed with its files."""
    _write(handing, tmp_path / "one", players="radio")
    answer = handing.get(f"{AT}/hand-out")
    assert answer.page.cssselect("[name=players] option[selected]")[0].get("value") == "radio"
    assert answer.page.cssselect("[name=other]")[0].get("value") == str(tmp_path / "one")
    answer = _write(handing, tmp_path / "two", players="radio")
    told = [each.text_content() for each in answer.page.cssselect("ol[reversed] > li > p")]
    assert [str(tmp_path / name) in line for name, line in zip(("two", "one"), told, strict=True)] == [True, True]
    listed = [each.text_content() for each in answer.page.cssselect("ol[reversed] > li:first-child .path")]
    assert {*listed} == _names(tmp_path / "two") - {MARK}


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A stick whose writing waits at its third file until the event is set."""
    go_on = threading.Event()

    def slow(*where: Any, progress: Any, **more: Any) -> Any:
        def waiting(step: str, done: int, whole: int, path: str) -> None:
            progress(step, done, whole, path)
            if "003" in path and not go_on.wait(60):
                raise AssertionError
            progress(step, done, whole, path)

        return write_stick(*where, progress=waiting, **more)

    monkeypatch.setattr("audio_edition.desk.making.write_stick", slow)
    yield go_on
    go_on.set()


def test_the_page_can_be_left_while_a_stick_is_written(handing: Visitor, tmp_path: Path, held: threading.Event) -> None:
    """It tells how far it is, and what is written; other pages say why they must wait. Progress comes as events."""
    handing.send(handing.get(f"{AT}/hand-out"), "/stick", other=str(tmp_path / "stick"))
    while "003LASTF.MP3" not in (answer := handing.get(f"{AT}/hand-out")).text:
        assert "Writing the stick" in answer.text
    assert "You can leave this page, and come back." in answer.text
    assert "A stick is being written." in handing.get(f"{AT}/make").text
    with handing.streaming(f"{AT}/events") as stream:
        first = stream.readline()
        held.set()
        blocks = (first + stream.read()).decode().strip().split("\n\n")
    told = [json.loads(block.partition("data: ")[2]) for block in blocks[:-1]]
    assert told[0]["heading"] == "Writing the stick"
    assert told[0]["sentence"].endswith("003LASTF.MP3")
    assert blocks[-1].startswith("event: over")
    assert "read back" in handing.get(f"{AT}/hand-out").text


def test_a_stick_that_is_stopped_holds_no_half_issue(handing: Visitor, tmp_path: Path, held: threading.Event) -> None:
    """It is empty then, and the next one is written as if nothing had been."""
    handing.send(handing.get(f"{AT}/hand-out"), "/stick", other=str(tmp_path / "stick"))
    while not (page := handing.get(f"{AT}/hand-out")).page.cssselect("form[action$=stop]"):
        pass
    handing.send(page, "/stop")
    held.set()
    handing.get(f"{AT}/events")
    assert "Stopped. Nothing of this issue is on the stick." in handing.get(f"{AT}/hand-out").text
    assert _names(tmp_path / "stick") == set()
    assert "read back" in _write(handing, tmp_path / "stick").text


def test_what_is_wrong_with_a_stick_is_told(handing: Visitor, tmp_path: Path) -> None:
    """With what to do; what lies there stays, unless the maker says that the issue goes beside it."""
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick/holiday.jpg").write_bytes(b"beach")
    answer = _write(handing, tmp_path / "stick")
    assert "The stick could not be written." in answer.text
    assert "holiday.jpg" in answer.text
    assert "read back" in _write(handing, tmp_path / "stick", beside="yes").text
    assert "holiday.jpg" in _names(tmp_path / "stick")
    answer = handing.send(handing.get(f"{AT}/hand-out"), "/stick", other=str(tmp_path / "x"), players="nobody")
    assert "The profile 'nobody' is not known." in answer.text
