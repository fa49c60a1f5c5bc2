"""A stick for simple players: names and order that they take, read back, and nothing of anybody else's removed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition import stick
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import EditionError, PublishError
from audio_edition.model import Speech
from audio_edition.stick import MARK, write_stick
from support.papers import NAME, paper

HUM = Settings(Speech(engine="tone"), formats=("mp3", "tracks"))
_SHORT = re.compile(r"[A-Z0-9]{1,8}(?:\.MP3)?")
FILES = [
    "01THECOU/001THECO.MP3", "01THECOU/002CONTE.MP3", "01THECOU/003LASTF.MP3", "01THECOU/004RAINF.MP3",
    "02SPORT/005MATCH.MP3", "02SPORT/006ENDOF.MP3",
]  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue with a section, as beeps."""
    folder = paper(tmp_path_factory.mktemp("paper") / "courier") / NAME
    return make_edition(make_script(folder / "edition.toml", HUM), folder / "editions", HUM).folder


def _on(place: Path) -> list[str]:
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def _pack(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", *map(str, words)])


def test_a_player_without_a_display_finds_sections_and_tracks(edition: Path, tmp_path: Path) -> None:
    """A folder for each section; every name numbered, in 8.3, and what the contents call 3 is 003."""
    written = write_stick(edition, tmp_path / "stick")
    assert [each.path for each in written.files] == FILES
    assert _on(tmp_path / "stick") == sorted([*FILES, MARK])
    assert all(_SHORT.fullmatch(part) for path in FILES for part in path.split("/"))


def test_an_article_alone_needs_no_folder(tmp_path: Path) -> None:
    """Its chapters lie in the root, where every player looks first."""
    story = b"One\n\n\nIt begins.\n\n- Two -\n\nIt goes on.\n\n- Three -\n\nIt ends.\n"
    alone = make_edition(make_script(story, HUM, "a.txt"), tmp_path, HUM).folder
    names = [each.path for each in write_stick(alone, tmp_path / "stick").files]
    assert names == ["001ONE.MP3", "002TWO.MP3", "003THREE.MP3"]


def test_files_are_written_in_the_order_of_play(edition: Path, tmp_path: Path) -> None:
    """One after another and never renamed: that is the order of a folder's entries on FAT."""
    written: list[list[str]] = []

    def look(done: int, whole: int) -> None:
        written.append([name for name in FILES if (tmp_path / "stick" / name).exists()])

    write_stick(edition, tmp_path / "stick", progress=look)
    assert written == [FILES[:number] for number in range(1, len(FILES) + 1)]
    times = [(tmp_path / "stick" / name).stat().st_mtime_ns for name in FILES]
    assert times == sorted(times)


def test_the_mark_lists_what_was_written(edition: Path, tmp_path: Path) -> None:
    """For people and for the next run: each file, its SHA-256 and its title."""
    write_stick(edition, tmp_path / "stick")
    lines = (tmp_path / "stick" / MARK).read_bytes().decode().split("\r\n")
    assert lines[:2] == ["audio-edition stick 1", "The Courier, 2026-11-30"]
    listed = [line.split("\t") for line in lines if "\t" in line]
    assert [path for path, _, _ in listed] == FILES
    for path, digest, _ in listed:
        assert hashlib.sha256((tmp_path / "stick" / path).read_bytes()).hexdigest() == digest
    assert listed[2][2] == "Last ferry leaves Halvøy"


def test_an_earlier_issue_is_replaced(edition: Path, tmp_path: Path) -> None:
    """Only what its mark lists is removed: a file that somebody put into one of its folders stays."""
    place = tmp_path / "stick"
    write_stick(edition, place)
    (place / "02SPORT/MINE.MP3").write_bytes(b"mine")
    listed = (place / MARK).read_text().replace("02SPORT/006ENDOF.MP3", "02SPORT/007OLD.MP3")
    (place / MARK).write_text(listed, newline="")
    (place / "02SPORT/006ENDOF.MP3").rename(place / "02SPORT/007OLD.MP3")
    done = _pack(edition, "--profile", "stick", "-o", place)
    assert done.exit_code == 0, done.output
    assert "Removed: 6 files of an earlier issue." in done.output
    assert _on(place) == sorted([*FILES, MARK, "02SPORT/MINE.MP3"])


def test_what_systems_put_onto_sticks_is_nobodys(edition: Path, tmp_path: Path) -> None:
    """Such a stick is empty; what they put there stays."""
    place = tmp_path / "stick"
    (place / "System Volume Information").mkdir(parents=True)
    (place / ".Trashes").mkdir()
    (place / "._.Trashes").write_bytes(b"")
    write_stick(edition, place)
    assert (place / "System Volume Information").is_dir()


def test_a_stick_with_other_files_is_left_alone(edition: Path, tmp_path: Path) -> None:
    """They are named; with --beside the issue is written, and they stay."""
    place = tmp_path / "stick"
    place.mkdir()
    (place / "holiday.jpg").write_bytes(b"beach")
    done = _pack(edition, "--profile", "stick", "-o", place)
    assert done.exit_code == 1
    assert "holiday.jpg" in done.output
    assert _on(place) == ["holiday.jpg"]
    assert _pack(edition, "--profile", "stick", "-o", place, "--beside").exit_code == 0
    assert (place / "holiday.jpg").read_bytes() == b"beach"


@pytest.mark.parametrize(
    "listed",
    ["../outside.txt", "/etc/passwd", "HOLIDAY.MP3", "01A/../../outside.txt", "link/001A.MP3", "001B.MP3"],
)
def test_a_forged_mark_removes_nothing_else(edition: Path, tmp_path: Path, listed: str) -> None:
    """Not outside the stick, not through a link, not by another name than ours."""
    place = tmp_path / "stick"
    place.mkdir()
    keep = tmp_path / "outside"
    keep.mkdir()
    (keep / "001A.MP3").write_bytes(b"mine")
    (tmp_path / "outside.txt").write_text("mine")
    (place / "HOLIDAY.MP3").write_bytes(b"mine")
    (place / "link").symlink_to(keep)
    (place / "001B.MP3").symlink_to(tmp_path / "outside.txt")
    (place / MARK).write_text(f"audio-edition stick 1\n\n{listed}\t{'0' * 64}\tx\n")
    write_stick(edition, place)
    assert (place / "HOLIDAY.MP3").exists()
    assert (keep / "001A.MP3").exists()
    assert (tmp_path / "outside.txt").exists()
    assert (place / "001B.MP3").is_symlink()


def test_a_stick_that_stores_something_else_is_found_out(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is read back."""
    was = stick._write

    def faulty(place: Path, *rest: Sequence[object]) -> None:
        was(place, *rest)  # type: ignore[arg-type]
        with (place / FILES[3]).open("r+b") as file:
            file.write(b"\0")

    monkeypatch.setattr(stick, "_write", faulty)
    with pytest.raises(PublishError, match=r"004RAINF\.MP3 is not what was written"):
        write_stick(edition, tmp_path / "stick")


def test_a_stick_that_is_too_small_is_left_as_it_was(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is known before the earlier issue is removed."""
    place = tmp_path / "stick"
    write_stick(edition, place)
    before = _on(place)
    monkeypatch.setattr(stick, "_ROUNDING_BYTES", 1 << 50)
    with pytest.raises(PublishError, match="has room for"):
        write_stick(edition, place)
    assert _on(place) == before


def test_a_run_that_was_killed_is_cleared_by_the_next(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mark was there before its first file."""
    place = tmp_path / "stick"

    def killed(done: int, whole: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_stick(edition, place, progress=killed)
    assert write_stick(edition, place).removed == 3
    assert _on(place) == sorted([*FILES, MARK])


def test_an_edition_that_is_not_whole_reaches_no_stick(edition: Path, tmp_path: Path) -> None:
    """Its files are compared first; and one without tracks is told how to get them."""
    copy = shutil.copytree(edition, tmp_path / "copy")
    track = next((copy / "tracks").glob("003-*"))
    track.write_bytes(track.read_bytes()[:-1])
    with pytest.raises(EditionError, match="does not match its checksum"):
        write_stick(copy, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()
    settings = replace(HUM, formats=("mp3",))
    bare = make_edition(make_script(b"T\n\n\nBody of it.", settings, "a.txt"), tmp_path, settings).folder
    done = _pack(bare, "--profile", "stick", "-o", tmp_path / "stick")
    assert "--format tracks" in done.output


@pytest.mark.parametrize(
    "words", [["--profile", "stick"], ["--profile", "stick", "-o", "x", "--format", "mp3"], ["--beside"]]
)
def test_wrong_usage_is_told(edition: Path, words: list[str]) -> None:
    """As everywhere: exit 2."""
    assert _pack(edition, *words).exit_code == 2


def test_a_hundred_sections_still_have_numbers(edition: Path, tmp_path: Path) -> None:
    """Two digits for folders: what comes behind the 99th stays in it."""
    copy = shutil.copytree(edition, tmp_path / "copy")
    manifest = json.loads((copy / "edition.json").read_text())
    assert [chapter.get("track", "") for chapter in manifest["chapters"]].count("Match is drawn") == 1
    monkey = pytest.MonkeyPatch()
    monkey.setattr(stick, "_MOST_FOLDERS", 1)
    try:
        assert {os.path.dirname(each.path) for each in write_stick(copy, tmp_path / "stick").files} == {""}  # noqa: PTH120
    finally:
        monkey.undo()
