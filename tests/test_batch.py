"""Many documents: an edition and a report for each, whatever befalls one of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from audio_edition.batch.local import Job, Plan, Report, documents_in, jobs_of, make_batch, make_one, watch
from audio_edition.cache import Cache
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.issue import Source
from audio_edition.errors import ReadError
from audio_edition.model import Speech

HUM = Settings(Speech(engine="tone"), formats=("mp3", "transcript"))


class Deadly(bytes):
    """A document over which the process falls that reads it."""

    def __bool__(self) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True


class Odd(bytes):
    """A document that causes an unexpected error."""

    def __bool__(self) -> bool:
        raise RuntimeError("nobody foresaw this")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of five articles, one of them of no use, with what may lie beside articles."""
    folder = tmp_path / "articles"
    (folder / "sport").mkdir(parents=True)
    for name in ("rain", "ferry", "sport/rain", "gulls"):
        (folder / f"{name}.txt").write_text(f"{name} again\n\nIt came, and it stayed.\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "lexicon.txt").write_text("gulls = gullz\n")
    (folder / "rain.lexicon").write_text("rain = rayn\n")
    (folder / ".hidden.txt").write_text("no")
    return folder


def _made(reports: Iterable[Report]) -> dict[str, str]:
    return {Path(report.source).name: report.status for report in reports}


def test_the_articles_of_a_folder_are_found(articles: Path) -> None:
    """Also in folders in it; lexicons and hidden files are none."""
    found = [path.relative_to(articles).as_posix() for path in documents_in(articles)]
    assert found == ["ferry.txt", "gulls.txt", "picture.txt", "rain.txt", "sport/rain.txt"]
    with pytest.raises(ReadError, match="is not a folder"):
        documents_in(articles / "rain.txt")


def test_every_article_has_an_edition_of_its_own(articles: Path, tmp_path: Path) -> None:
    """Two documents of one name do not take each other's place; one that is none is reported with the remedy."""
    plan = Plan(tmp_path / "editions", HUM)
    reports = list(make_batch(jobs_of(map(Source, documents_in(articles))), plan, 2))
    assert sorted(folder.name for folder in (tmp_path / "editions").iterdir()) == ["ferry", "gulls", "rain", "rain-2"]
    failed = [report for report in reports if report.status == "failed"]
    assert [Path(report.source).name for report in failed] == ["picture.txt"]
    assert failed[0].error
    assert failed[0].remedy
    assert {report.title for report in reports} == {"rain again", "sport/rain again", "ferry again", "gulls again", ""}
    assert all(report.plays_seconds > 0 for report in reports if report.status == "made")


@pytest.mark.slow
def test_what_is_up_to_date_is_kept(articles: Path, tmp_path: Path) -> None:
    """By content: of the document, its lexicon, the settings and the edition, not by dates."""
    plan = Plan(tmp_path / "editions", HUM, Cache(tmp_path / "cache"), resume=True)
    jobs = list(jobs_of(map(Source, documents_in(articles))))
    list(make_batch(jobs, plan, 2))
    expected = {"ferry.txt": "kept", "gulls.txt": "kept", "picture.txt": "failed", "rain.txt": "kept"}
    assert _made(make_batch(jobs, plan, 2)) == expected
    (articles / "ferry.txt").touch()
    (articles / "gulls.txt").write_text("gulls again\n\nThey left.\n")
    (articles / "rain.lexicon").write_text("rain = rane\n")
    changed = _made(make_batch(jobs[:-1], plan, 2))
    assert changed == {"ferry.txt": "kept", "gulls.txt": "made", "picture.txt": "failed", "rain.txt": "made"}
    (tmp_path / "editions" / "ferry" / "transcript.txt").unlink()
    assert _made(make_batch(jobs[:1], plan, 1)) == {"ferry.txt": "made"}
    slower = replace(plan, settings=replace(HUM, speech=replace(HUM.speech, rate_wpm=120)))
    assert _made(make_batch(jobs[:1], slower, 1)) == {"ferry.txt": "made"}


@pytest.mark.slow
def test_a_document_that_kills_its_process_takes_no_other_along(articles: Path, tmp_path: Path) -> None:
    """It is tried once more alone, and reported; all others have their editions."""
    plan = Plan(tmp_path / "editions", HUM)
    jobs = list(jobs_of(map(Source, documents_in(articles))))
    jobs.insert(1, Job(Source(Deadly(b"boo"), "deadly"), "deadly"))
    reports = list(make_batch(jobs, plan, 2))
    assert _made(reports) == {
        "deadly": "failed", "ferry.txt": "made", "gulls.txt": "made", "picture.txt": "failed", "rain.txt": "made",
    }  # fmt: skip
    assert len(reports) == len(jobs)


def test_what_nobody_foresaw_takes_no_other_along(articles: Path, tmp_path: Path) -> None:
    """An error in the program is the report of one document, with its kind; all others have their editions."""
    jobs = list(jobs_of(map(Source, documents_in(articles))))
    jobs.insert(1, Job(Source(Odd(b"boo"), "odd"), "odd"))
    reports = list(make_batch(jobs, Plan(tmp_path / "editions", HUM), 1))
    assert _made(reports) == {
        "odd": "failed", "ferry.txt": "made", "gulls.txt": "made", "picture.txt": "failed", "rain.txt": "made",
    }  # fmt: skip
    (report,) = [report for report in reports if report.source == "odd"]
    assert "RuntimeError: nobody foresaw this" in report.error
    assert "report it" in report.remedy


def test_a_lexicon_that_is_not_there_is_reported(articles: Path, tmp_path: Path) -> None:
    """With each document that it was for, as an error with its remedy."""
    plan = Plan(tmp_path / "editions", replace(HUM, lexicons=(tmp_path / "none.txt",)))
    (report,) = make_one(Job(Source(articles / "ferry.txt"), "ferry"), plan)
    assert (report.status, "none.txt" in report.error, bool(report.remedy)) == ("failed", True, True)


def test_a_dropped_file_is_taken_once_when_it_is_whole(tmp_path: Path) -> None:
    """Not while it still grows; what was made goes to `done`, what was not to `failed` with the reason."""
    inbox, plan = tmp_path / "inbox", Plan(tmp_path / "editions", HUM)
    inbox.mkdir()
    (inbox / "done").mkdir()
    (inbox / "done" / "rain.txt").write_text("an older one")
    made: list[list[str]] = []

    def make(jobs: Sequence[Job]) -> Iterator[Report]:
        made.append([job.folder for job in jobs])
        for job in jobs:
            yield from make_one(job, plan)

    def days() -> Iterator[None]:
        (inbox / "rain.txt").write_text("Rain again")
        yield
        (inbox / "rain.txt").write_text("Rain again\n\nIt came, and it stayed.\n")
        (inbox / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
        yield
        yield
        yield

    reports = list(watch(inbox, make, days()))
    assert made == [["picture", "rain"]]
    assert _made(reports) == {"picture.txt": "failed", "rain.txt": "made"}
    assert sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*.txt")) == [
        "done/rain-2.txt", "done/rain.txt", "failed/picture.txt", "failed/picture.txt.reason.txt",
    ]  # fmt: skip
    assert "picture" in (inbox / "failed/picture.txt.reason.txt").read_text()


def test_the_report_is_a_line_of_json_for_each(articles: Path, tmp_path: Path) -> None:
    """On standard output; progress is elsewhere, and the exit code says that one failed."""
    words = ["batch", str(articles / "*.txt"), "-o", str(tmp_path / "editions"), "--engine", "tone", "--format", "mp3"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert {Path(report["source"]).name for report in reports} == {
        "ferry.txt", "gulls.txt", "lexicon.txt", "picture.txt", "rain.txt",
    }  # fmt: skip
    assert "1 failed." in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
@pytest.mark.parametrize("quiet", [False, True])
def test_on_a_terminal_the_report_is_for_people(articles: Path, tmp_path: Path, quiet: bool) -> None:
    """One line for each article, and no JSON between, unless nothing but the report is asked for."""
    import pty

    ours, theirs = pty.openpty()
    options = ["-o", str(tmp_path / "editions"), "--engine", "tone", "--format", "mp3", *["-q"] * quiet]
    words = [sys.executable, "-m", "audio_edition", "batch", str(articles / "ferry.txt"), *options]
    done = subprocess.run(words, stdout=theirs, stderr=subprocess.PIPE, text=True, check=True)
    os.write(theirs, b"end\n")
    with open(ours, "rb", closefd=True) as terminal:  # noqa: PTH123 - a descriptor, no path
        shown = [terminal.readline().decode().rstrip()]
        while shown[-1] != "end":
            shown.append(terminal.readline().decode().rstrip())
    os.close(theirs)
    assert [line[:9] for line in shown] == (['{"source"', "end"] if quiet else ["end"])
    assert re.findall(r"^1\. made: .*ferry\.txt$", done.stderr, re.MULTILINE) == done.stderr.splitlines()[: not quiet]


def test_files_can_be_listed_on_standard_input(articles: Path, tmp_path: Path) -> None:
    """One on each line, as find writes them."""
    words = ["batch", "-", "-o", str(tmp_path / "editions"), "--engine", "tone", "--format", "mp3", "-q"]
    result = CliRunner().invoke(main, words, input=f"{articles / 'ferry.txt'}\n\n{articles / 'gulls.txt'}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize("words", [["batch"], ["batch", "x", "--watch", "."]])
def test_a_batch_of_nothing_is_wrong_usage(words: list[str]) -> None:
    """It says what to name."""
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, "Name the documents" in result.stderr) == (2, True)
