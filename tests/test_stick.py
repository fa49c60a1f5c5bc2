"""A stick for simple players: names and order that they take, read back, and nothing of anybody else's removed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition import stick
from audio_edition.cli import main
from audio_edition.config import Settings, load_settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import EditionError, PublishError, SettingsError
from audio_edition.model import Speech, StickProfile
from audio_edition.stick import MARK, layout, profile_named, write_stick
from support.papers import NAME, paper

HUM = Settings(Speech(engine="tone"), formats=("mp3", "m4b", "tracks", "daisy202", "daisy3"))
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


def _without(edition: Path, place: Path, *formats: str) -> Path:
    """A copy of an edition that was not made in some formats."""
    copy = shutil.copytree(edition, place)
    manifest = json.loads((copy / "edition.json").read_text())
    manifest["files"] = [file for file in manifest["files"] if file["format"] not in formats]
    (copy / "edition.json").write_text(json.dumps(manifest))
    return copy


DAISY = StickProfile(("daisy",))
RADIO = StickProfile(("tracks",), "long", "none", 2)


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
    told: list[tuple[str, str]] = []
    shares: list[float] = []

    def look(step: str, done: int, whole: int, path: str) -> None:
        there = [name for name in FILES if (tmp_path / "stick" / name).exists()]
        assert there == (FILES[: FILES.index(path) + 1] if step == "writing" else FILES)
        told.append((step, path))
        shares.append(done / whole + (step == "reading back"))

    write_stick(edition, tmp_path / "stick", progress=look)
    steps = [("writing", name) for name in FILES] + [("reading back", name) for name in [*FILES, ""]]
    assert list(dict.fromkeys(told)) == steps
    assert shares == sorted(shares)
    assert shares[-1] == 2
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

    def killed(step: str, done: int, whole: int, path: str) -> None:
        if path == FILES[2]:
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
    monkey.setattr(layout, "MOST_FOLDERS", 1)
    try:
        assert {os.path.dirname(each.path) for each in write_stick(copy, tmp_path / "stick").files} == {""}  # noqa: PTH120
    finally:
        monkey.undo()


# --- profiles


def test_a_daisy_player_finds_its_book_unpacked(edition: Path, tmp_path: Path) -> None:
    """In a numbered folder, file for file what the packed book holds."""
    done = _pack(edition, "--profile", "daisy", "-o", tmp_path / "stick")
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(next(edition.glob("*-daisy202.zip"))) as book:
        held = {f"01THECOU/{name}": book.read(name) for name in book.namelist()}
    assert {"01THECOU/ncc.html", "01THECOU/s001.mp3"} <= held.keys()
    assert _on(tmp_path / "stick") == sorted([*held, MARK])
    assert all((tmp_path / "stick" / name).read_bytes() == data for name, data in held.items())


def test_an_edition_of_books_alone_goes_onto_a_daisy_stick(edition: Path, tmp_path: Path) -> None:
    """Such as one made for `--profile daisy-player`: a player of DAISY books needs no MP3 beside them."""
    books = _without(edition, tmp_path / "books", "mp3", "m4b", "tracks")
    assert write_stick(books, tmp_path / "stick", DAISY).files


def test_a_daisy_stick_takes_what_the_edition_has(edition: Path, tmp_path: Path) -> None:
    """DAISY 3 if only that is there; the unpacked book where there is one; without any, how to get one is told."""
    only_3 = _without(edition, tmp_path / "only-3", "daisy202")
    assert "01THECOU/book.opf" in {each.path for each in write_stick(only_3, tmp_path / "a", DAISY).files}
    settings = replace(HUM, formats=("mp3", "daisy-folder"))
    story = make_script(b"T\n\n\nBody of it.", settings, "a.txt")
    unpacked = make_edition(story, tmp_path / "out", settings).folder
    assert "01T/ncc.html" in {each.path for each in write_stick(unpacked, tmp_path / "b", DAISY).files}
    none = _without(edition, tmp_path / "none", "daisy202", "daisy3")
    with pytest.raises(EditionError, match="--format daisy202"):
        write_stick(none, tmp_path / "c", DAISY)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("name", ["../outside.mp3", "/etc/x.mp3", "a/ncc.html", "autorun.inf", "NCC.HTML", "x" * 300])
def test_a_book_of_a_stranger_puts_nothing_elsewhere(edition: Path, tmp_path: Path, name: str) -> None:
    """Only files that a DAISY book has are unpacked: else nothing is written."""
    copy = shutil.copytree(edition, tmp_path / "copy")
    book = next(copy.glob("*-daisy202.zip"))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(name, b"x")
    manifest = json.loads((copy / "edition.json").read_text())
    for file in manifest["files"]:
        if file["path"] == book.name:
            file |= {"size": book.stat().st_size, "sha256": hashlib.sha256(book.read_bytes()).hexdigest()}
    (copy / "edition.json").write_text(json.dumps(manifest))
    with pytest.raises(EditionError, match="no DAISY book holds a file called"):
        write_stick(copy, tmp_path / "stick", DAISY)
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    ("profile", "begins"),
    [
        (RADIO, ["01-the-courier.mp3", "02-contents.mp3", "03-last-ferry-leaves-halvoy.mp3"]),
        (StickProfile(names="long"), ["01-the-courier/001-the-courier.mp3", "01-the-courier/002-contents.mp3"]),
        (StickProfile(folders="issue", digits=4), ["01THECOU/0001THEC.MP3", "01THECOU/0002CONT.MP3"]),
        (StickProfile(("mp3",)), ["001THECO.MP3"]),
        (StickProfile(("m4b",), "long", digits=2), ["01-the-courier.m4b"]),
        (StickProfile(("mp3", "tracks")), ["000THECO.MP3", "01THECOU/001THECO.MP3"]),
        (StickProfile(("tracks", "daisy202"), folders="issue"), ["01THECOU/001THECO.MP3"]),
        (StickProfile(("daisy3",), "long"), ["01-the-courier/s001.mp3"]),
    ],
    ids=str,
)
def test_each_profile_is_written_and_replaced(
    edition: Path, tmp_path: Path, profile: StickProfile, begins: list[str]
) -> None:
    """Under its own names; any profile replaces any other, and a name that is not of the profile stays."""
    place = tmp_path / "stick"
    first = write_stick(edition, place, profile)
    names = [each.path for each in first.files]
    assert len(set(names)) == len(names)
    assert names[: len(begins)] == begins or {*begins} <= {*names}
    assert write_stick(edition, place, profile).removed == len(names)
    assert write_stick(edition, place).removed == len(names)
    assert _on(place) == sorted([*FILES, MARK])


def test_two_kinds_on_one_stick_have_folders_of_their_own(edition: Path, tmp_path: Path) -> None:
    """The book's number follows those of the sections."""
    both = write_stick(edition, tmp_path / "stick", StickProfile(("tracks", "daisy")))
    assert list(dict.fromkeys(each.path.split("/")[0] for each in both.files)) == ["01THECOU", "02SPORT", "03THECOU"]


def test_a_profile_of_the_settings_is_taken(edition: Path, tmp_path: Path) -> None:
    """From the file that is named; a name that nobody declared is told what there is."""
    settings = tmp_path / "own.toml"
    settings.write_text('[sticks.radio]\nholds = ["tracks"]\nnames = "long"\nfolders = "none"\ndigits = 2\n')
    words: list[str | Path] = ["--config", settings, "-o", tmp_path / "stick"]
    assert _pack(edition, "--profile", "radio", *words).exit_code == 0
    assert (tmp_path / "stick/02-contents.mp3").is_file()
    done = _pack(edition, "--profile", "radoi", *words)
    assert done.exit_code == 1
    assert "Did you mean radio? There are: stick, daisy, radio." in done.output
    assert profile_named("radio", load_settings(settings).sticks) == RADIO


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[sticks.stick]", "A profile can't be called 'stick'"),
        ('[sticks."../x"]', "A profile can't be called '../x'"),
        ("[sticks.a]\nholds = []", "sticks.a.holds is empty"),
        ('[sticks.a]\nholds = ["wav"]', "sticks.a.holds is 'wav'. Write one of: tracks"),
        ('[sticks.a]\nnames = "8.3"', "sticks.a.names is '8.3'"),
        ("[sticks.a]\ndigits = 9", "sticks.a.digits is 9"),
        ("[sticks.a]\nfolder = true", "the key 'folder' is not known. Did you mean folders?"),
        ("[sticks]\na = 3", "sticks.a must be a table"),
        ("sticks = 3", "sticks must be a table"),
    ],
)
def test_a_mistake_in_a_profile_is_named(tmp_path: Path, table: str, message: str) -> None:
    """With its key, and what could stand there."""
    (tmp_path / "own.toml").write_text(table)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "own.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("holds", "listed"),
    [
        ("tracks under short", "01BOOK/ncc.html"),
        ("tracks under short", "01-holiday.mp3"),
        ("tracks under long", "001A.MP3"),
        ("daisy under long", "01BOOK/ncc.html"),
        ("daisy under short", "01BOOK/holiday.jpg"),
        ("daisy under short", "01BOOK/../ncc.html"),
        ("daisy under short", "ncc.html"),
        ("everything under any", "01BOOK/ncc.html"),
    ],
)
def test_a_forged_mark_removes_no_name_of_another_profile(
    edition: Path, tmp_path: Path, holds: str, listed: str
) -> None:
    """What the mark's own profile does not call so is somebody's."""
    place = tmp_path / "stick"
    (place / "01BOOK").mkdir(parents=True)
    for name in ("01BOOK/ncc.html", "01BOOK/holiday.jpg", "ncc.html", "01-holiday.mp3", "001A.MP3"):
        (place / name).write_text("mine")
    before = _on(place)
    (place / MARK).write_text(f"audio-edition stick 1\nx\nHolds {holds} names.\n\n{listed}\t{'0' * 64}\tx\n")
    write_stick(edition, place, RADIO)
    assert {*before} <= {*_on(place)}


def test_a_file_of_somebody_with_a_name_of_ours_is_never_taken_for_ours(edition: Path, tmp_path: Path) -> None:
    """In a folder of the earlier issue, too: it stops the run before anything changed."""
    place = tmp_path / "stick"
    write_stick(edition, place)
    listed = (place / MARK).read_text("utf-8")
    (place / MARK).write_text("".join(line for line in listed.splitlines(keepends=True) if "006ENDOF" not in line))
    before = _on(place)
    for _ in range(2):
        with pytest.raises(PublishError, match=r"006ENDOF\.MP3 is there already"):
            write_stick(edition, place)
    assert _on(place) == before


def test_who_stops_a_stick_leaves_no_half_issue(edition: Path, tmp_path: Path) -> None:
    """Neither while it is written nor while it is read back; others' files stay."""
    place = tmp_path / "stick"
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    for at in ("writing", "reading back"):

        def stopped(step: str, done: int, whole: int, path: str, at: str = at) -> None:
            if step == at and path == FILES[3]:
                raise PublishError("Stopped.", "")

        with pytest.raises(PublishError, match="Stopped"):
            write_stick(edition, place, beside=True, progress=stopped)
        assert _on(place) == ["mine.txt"]
        assert not any(each.is_dir() for each in place.iterdir())


def test_all_of_a_stick_is_forced_onto_it(edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark first, then each file, before the next one is begun."""
    forced: list[str] = []
    was = os.fsync

    def look(descriptor: int) -> None:
        forced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)  # noqa: PTH115
        was(descriptor)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux tells which file it is")
    monkeypatch.setattr(os, "fsync", look)
    write_stick(edition, tmp_path / "stick")
    assert forced == [MARK, *(Path(name).name for name in FILES)]
