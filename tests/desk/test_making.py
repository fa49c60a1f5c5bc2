"""Step 4 of the desk: the edition is made in the background, watched, stopped, and checked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.desk.folder import Paper
from audio_edition.desk.making import Maker
from audio_edition.edition.jobs import record
from audio_edition.model import Utterance
from support.desk import Answer, Visitor
from support.desktop import until
from support.papers import NAME

AT = f"/issues/{NAME}"


def _made(maker: Visitor) -> Answer:
    """The page once the edition is there."""
    maker.send(maker.get(f"{AT}/make"), "/start")
    return _over(maker)


def _over(maker: Visitor) -> Answer:
    """The page when nothing is being made any more: the stream of events ends then."""
    maker.get(f"{AT}/events")
    return maker.get(f"{AT}/make")


def test_an_edition_is_made_and_checked(maker: Visitor, issue: Path) -> None:
    """By a form; its page is served, and what the check found is told."""
    answer = _made(maker)
    assert "The edition is ready." in answer.text
    assert "nothing is wrong" in answer.text
    listen = next(link for link in answer.page.cssselect("a.main") if "Listen" in link.text_content())
    page = maker.get(listen.get("href"))
    assert "Last ferry leaves Halvøy" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert (issue / "editions/the-courier/edition.json").is_file()


def test_the_command_line_finds_nothing_changed(maker: Visitor, issue: Path, folder: Path) -> None:
    """The desk made what `build` makes: it says so, and keeps it."""
    _made(maker)
    words = ["build", str(issue / "edition.toml"), "-o", str(issue / "editions")]
    done = CliRunner().invoke(main, [*words, "--config", str(folder / "audio-edition.toml")])
    assert "Nothing has changed since this edition was made." in done.output


def test_progress_is_told_as_events(maker: Visitor) -> None:
    """Sentence by sentence, until it is over; a page loaded anew says the same without a script."""
    maker.send(maker.get(f"{AT}/make"), "/start")
    answer = maker.get(f"{AT}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = answer.body.decode().strip().split("\n\n")
    assert blocks[-1].startswith("event: over")
    told = [json.loads(block.partition("data: ")[2]) for block in blocks[:-1]]
    assert all(each["heading"] for each in told)
    assert [each["done"] for each in told] == sorted(each["done"] for each in told)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A recording that waits at its first sentence until the event is set."""
    go_on = threading.Event()

    def slow(script, cast, settings, formats, folder, cache, progress, jobs):  # type: ignore[no-untyped-def]
        def waiting(done: int, whole: int, utterance: Utterance) -> None:
            go_on.wait(30)
            progress(done, whole, utterance)

        return record(script, cast, settings, formats, folder, cache, waiting, jobs)

    monkeypatch.setattr("audio_edition.edition.build.record", slow)
    yield go_on
    go_on.set()


def test_a_stopped_edition_leaves_nothing_half_made(maker: Visitor, issue: Path, held: threading.Event) -> None:
    """The page offers to stop it; the next one is made as if nothing had been."""
    maker.send(maker.get(f"{AT}/make"), "/start")
    page = maker.get(f"{AT}/make")
    assert "You can leave this page, and come back." in page.text
    maker.send(page, "/stop")
    held.set()
    answer = _over(maker)
    assert "Stopped." in answer.text
    assert list((issue / "editions").iterdir()) == []
    assert "The edition is ready." in _made(maker).text


def test_one_edition_is_made_at_a_time(maker: Visitor, issue: Path, held: threading.Event) -> None:
    """Whoever asks twice gets one; the desk's other pages go on working meanwhile."""
    for _ in range(2):
        maker.post(f"{AT}/start", {"token": _token(maker)})
    assert len(list((issue / "editions").glob(".*.audio-edition-building"))) <= 1
    assert "Last ferry leaves Halvøy" in maker.get(AT).text
    held.set()
    assert "The edition is ready." in _over(maker).text


def _token(maker: Visitor) -> str:
    return str(maker.get("/").page.cssselect("input[name=token]")[0].get("value"))


def test_what_was_changed_since_is_told(maker: Visitor, issue: Path) -> None:
    """So nobody hands out last hour's edition for this one."""
    _made(maker)
    assert "changed since" not in maker.get(f"{AT}/make").text
    (issue / "lexicon.txt").write_text("ferry = boat\n")
    assert "changed since" in maker.get(f"{AT}/make").text
    assert "changed since" in maker.get(f"{AT}/hand-out").text


def test_an_edition_that_cannot_be_made_says_why(maker: Visitor, issue: Path) -> None:
    """In the words of the error, with its remedy; the older edition stays."""
    _made(maker)
    (issue / "articles/rain.txt").write_bytes(b"%PDF-1.7")
    maker.post(f"{AT}/start", {"token": _token(maker)})
    answer = _over(maker)
    assert "The edition could not be made." in answer.text
    assert "a PDF" in answer.text
    assert (issue / "editions/the-courier/edition.json").is_file()


def test_a_fault_of_the_program_does_not_look_like_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that ends with a traceback is one that failed."""
    paper = Paper(folder)
    issue = paper.issue(NAME)
    monkeypatch.setattr(threading, "excepthook", lambda arguments: None)
    monkeypatch.setattr("audio_edition.desk.making.make_edition", lambda *args, **options: 1 / 0)
    maker = Maker(None)
    maker.start(issue, paper.settings())
    assert until(lambda: not maker.at_work_on())
    progress = maker.progress(issue)
    assert progress is not None
    assert progress.phase == "failed"
    assert "division" in progress.error
    maker.close()


def test_a_damaged_edition_is_found_by_its_check(maker: Visitor, issue: Path) -> None:
    """One that was made before is checked when asked, and what is wrong is told in the check's words."""
    _made(maker)
    with (issue / "editions/the-courier/transcript.txt").open("a") as file:
        file.write("and more")
    maker.post(f"{AT}/check", {"token": _token(maker), "edition": "the-courier"})
    answer = _over(maker)
    assert "Error:" in answer.text
    assert "transcript.txt" in answer.text
