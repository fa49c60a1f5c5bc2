"""An edition whose document has not changed is not made again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from audio_edition.cli import main

LIST = 'title = "The Courier"\ndate = 2026-11-30\n[[section]]\ntitle = "Sea"\narticles = ["ferry.txt"]\n'
TEXT = "Ferry leaves\n\nThe ferry left on Monday.\n"
AGAIN = "Nothing has changed"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT)
    return path


def _build(article: Path, *more: str) -> Result:
    words = ["build", str(article), "-o", str(article.parent / "out"), "--engine", "tone", "--format", "mp3,transcript"]
    result = CliRunner().invoke(main, [*words, *more])
    assert result.exit_code == 0, result.output
    return result


def test_what_has_not_changed_is_kept(article: Path) -> None:
    """The second build says so, touches nothing, and gives the same answers."""
    first = json.loads(_build(article, "--json").stdout)
    folder = Path(first["folder"])
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = _build(article, "--json")
    assert AGAIN in again.stderr
    second = json.loads(again.stdout)
    assert (first.pop("kept"), second.pop("kept")) == (False, True)
    assert {**first, "files": sorted(first["files"])} == {
        **second, "files": sorted(set(second["files"]) - {str(folder / "edition.json")}),
    }  # fmt: skip
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert AGAIN in _build(article, "--verify").stderr
    assert _build(article, "-q").stderr == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda article: article.write_text(TEXT + "\nIt came back.\n"),
        lambda article: (article.parent / "lexicon.txt").write_text("ferry = boat\n"),
        lambda article: (article.parent / "out/ferry-leaves/transcript.txt").write_text("x"),
        lambda article: (article.parent / "out/ferry-leaves/transcript.txt").unlink(),
        lambda article: os.utime(article.parent / "out/ferry-leaves/transcript.txt"),
    ],
    ids=["document", "lexicon", "a file's length", "a file is gone", "a file's time"],
)
def test_what_has_changed_is_made_again(article: Path, change: object) -> None:
    """The document, what it is read with, and the edition itself."""
    _build(article)
    assert callable(change)
    change(article)
    assert AGAIN not in _build(article).stderr


@pytest.mark.parametrize("more", [["--rate", "200"], ["--title", "Boats"], ["--no-cache"], ["--preview"]])
def test_other_wishes_make_another_edition(article: Path, more: list[str]) -> None:
    """Each option counts."""
    _build(article)
    assert AGAIN not in _build(article, *more).stderr


def test_a_byte_that_changed_in_place_is_seen_by_verify(article: Path) -> None:
    """Size and time are the same; only the content tells."""
    folder = Path(_build(article).stdout.strip())
    sound = next(folder.glob("*.mp3"))
    facts, data = sound.stat(), bytearray(sound.read_bytes())
    data[-1] ^= 1
    sound.write_bytes(data)
    os.utime(sound, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert AGAIN in _build(article).stderr
    assert AGAIN not in _build(article, "--verify").stderr


def test_a_picture_beside_the_document_counts(tmp_path: Path) -> None:
    """It is in the edition, though the document only names it."""
    page = tmp_path / "ferry.html"
    page.write_text("<h1>Ferry leaves</h1><p>The ferry left on Monday.</p><img src='a%20b.png' alt='The ferry'>")
    Image.new("RGB", (8, 8)).save(tmp_path / "a b.png")
    _build(page)
    assert AGAIN in _build(page).stderr
    Image.new("RGB", (8, 8), "red").save(tmp_path / "a b.png")
    assert AGAIN not in _build(page).stderr


def test_the_name_of_a_document_without_a_headline_counts(tmp_path: Path) -> None:
    """It is the title."""
    tides = tmp_path / "tides.md"
    tides.write_text("- High at six\n- Low at noon\n")
    _build(tides)
    assert AGAIN in _build(tides).stderr
    assert AGAIN not in _build(tides.rename(tmp_path / "ebb.md")).stderr


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Courier", "Herald"),
        ("-30", "-29"),
        ('"Sea"', '"Land"'),
        ("[[", 'language = "en-GB"\n[['),
        ('"Sea"', '"Sea"\nvoice = "high"'),
    ],
    ids=["title", "date", "section", "language", "voice"],
)
def test_what_a_list_says_is_part_of_the_edition(article: Path, was: str, now: str) -> None:
    """A change of the list alone makes the edition anew."""
    listed = article.with_name("edition.toml")
    listed.write_text(LIST)
    _build(listed)
    assert AGAIN in _build(listed).stderr
    listed.write_text(LIST.replace(was, now, 1))
    assert AGAIN not in _build(listed).stderr
