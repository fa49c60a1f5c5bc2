"""One file for e-mail or a memory stick: what is in it, in which order, and that it is always the same."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import EditionError, SettingsError
from audio_edition.model import Speech
from audio_edition.pack import START, pack
from support.places import ROOT
from support.structured import chart, everything

HUM = Settings(speech=Speech(engine="tone"), date="2026-11-22", publisher="Der Bote für Ærø")
NAME = "last-ferry-leaves-flooded-harbour-as-islanders-argue-over"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of beeps, with all packages."""
    return make_edition(make_script(ROOT / "seeds/harbour.txt", HUM), tmp_path_factory.mktemp("output"), HUM).folder


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", *map(str, words)])


def test_sound_comes_in_the_order_in_which_it_is_played(edition: Path, tmp_path: Path) -> None:
    """One folder; the text that begins, the tracks, the transcript; sorted by name the sound is in order too."""
    with zipfile.ZipFile(pack(edition, tmp_path / "one.zip")) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        sounds = [name for name in names if name.endswith(".mp3")]
        assert names[0] == f"{NAME}/{START}"
        assert names[1:4] == sounds == sorted(sounds)
        assert [name.rpartition("/")[2][:4] for name in sounds] == ["001-", "002-", "003-"]
        assert names[4:] == [f"{NAME}/transcript.html", f"{NAME}/transcript.txt"]
        for name in names:
            assert name.isascii()
            assert len(name.rpartition("/")[2]) <= 64
            assert name.count("/") == 1


def test_pictures_come_with_the_text_that_shows_them(tmp_path: Path) -> None:
    """In their folder, under the names that the transcript has; without a text they are not wanted."""
    settings = replace(HUM, formats=("mp3", "transcript"))
    folder = make_edition(everything(), tmp_path, settings).folder
    with zipfile.ZipFile(pack(folder, tmp_path / "one.zip")) as archive:
        assert f"{folder.name}/images/{chart().name}" in archive.namelist()
        assert f'src="images/{chart().name}"' in archive.read(f"{folder.name}/transcript.html").decode()
    with zipfile.ZipFile(pack(folder, tmp_path / "two.zip", ["mp3"])) as archive:
        assert not [name for name in archive.namelist() if "images/" in name]


def test_what_is_packed_is_what_was_built(edition: Path, tmp_path: Path) -> None:
    """Byte for byte; sound is stored as it is, text is made smaller."""
    with zipfile.ZipFile(pack(edition, tmp_path / "one.zip")) as archive:
        for entry in archive.infolist()[1:]:
            name = entry.filename.rpartition("/")[2]
            path = edition / "tracks" / name if name.endswith(".mp3") else edition / name
            assert archive.read(entry) == path.read_bytes()
            stored = entry.compress_type == zipfile.ZIP_STORED
            assert stored == name.endswith(".mp3")


def test_the_text_says_how_to_begin(edition: Path, tmp_path: Path) -> None:
    """Title, publisher, date, length, each track with its title and length, and that the voice is synthetic."""
    with zipfile.ZipFile(pack(edition, tmp_path / "one.zip")) as archive:
        raw = archive.read(f"{NAME}/{START}")
    assert raw.startswith("\ufeff".encode())
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[:2] == [
        "Last ferry leaves flooded harbour as islanders argue over sea wall",
        "Der Bote für Ærø, 22 November 2026",
    ]
    text = "\n".join(lines)
    assert "002-sandbags-and-trombones.mp3: Sandbags and trombones (" in text
    assert "transcript.html opens in any browser" in text
    assert "synthetic voice" in text


def test_the_same_edition_gives_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    """No clock is in it, and an older package is replaced."""
    one, other = pack(edition, tmp_path / "one.zip"), pack(edition, tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes() == pack(edition, one).read_bytes()
    assert one.stat().st_mode & 0o777 == 0o644


def test_other_formats_can_be_packed(edition: Path, tmp_path: Path) -> None:
    """Those named; without tracks the whole sound is there."""
    packed = pack(edition, tmp_path / "one.zip", ["epub", "m4b"])
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == [f"{NAME}/{START}", f"{NAME}/{NAME}.m4b", f"{NAME}/{NAME}.epub"]
        assert {entry.compress_type for entry in archive.infolist()[1:]} == {zipfile.ZIP_STORED}
    with zipfile.ZipFile(pack(edition, tmp_path / "one.zip", ["transcript"])) as archive:
        assert archive.namelist()[1] == f"{NAME}/{NAME}.mp3"
    with pytest.raises(SettingsError, match="no format 'wav'"):
        pack(edition, tmp_path / "one.zip", ["wav"])


def test_books_are_packed_without_a_whole_sound_beside_them(edition: Path, tmp_path: Path) -> None:
    """Where the edition has none; what would be silent is refused, and the remedy is told."""
    books = shutil.copytree(edition, tmp_path / "books")
    manifest = json.loads((books / "edition.json").read_text())
    manifest["files"] = [file for file in manifest["files"] if file["format"] not in ("mp3", "m4b", "tracks")]
    (books / "edition.json").write_text(json.dumps(manifest))
    with zipfile.ZipFile(pack(books, tmp_path / "one.zip", ["epub"])) as archive:
        assert archive.namelist() == [f"books/{START}", f"books/{NAME}.epub"]
    done = _run(books, "-o", tmp_path / "two.zip")
    assert (done.exit_code, (tmp_path / "two.zip").exists()) == (1, False)
    assert "Build it again with --format mp3 too." in done.stderr


def test_the_package_lies_beside_the_edition(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no other place is named, also for the folder one stands in; its path is the result."""
    done = _run(edition)
    assert (done.exit_code, done.stdout) == (0, f"{edition}.zip\n")
    assert zipfile.is_zipfile(f"{edition}.zip")
    monkeypatch.chdir(edition)
    assert _run(".").stdout == f"{edition}.zip\n"


def test_what_can_not_be_packed_is_told(edition: Path, tmp_path: Path) -> None:
    """A folder without an edition, a file that is not whole, a place that is none; nothing is left behind."""
    assert _run(tmp_path, "-o", tmp_path / "x.zip").exit_code == 1
    assert _run(edition, "-o", tmp_path / "x.tar").exit_code == 2
    done = _run(edition, "-o", tmp_path / "no" / "x.zip")
    assert done.exit_code == 1
    assert "could not be written" in done.stderr
    broken = tmp_path / "broken"
    for path in sorted(edition.rglob("*")):
        target = broken / path.relative_to(edition)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            target.write_bytes(path.read_bytes())
    (broken / "transcript.txt").write_text("other")
    with pytest.raises(EditionError, match=r"transcript\.txt does not match its checksum"):
        pack(broken, tmp_path / "x.zip")
    assert not list(tmp_path.glob("*x.zip*"))


def test_windows_unpacks_it(edition: Path, tmp_path: Path) -> None:
    """No name that a system keeps for itself, no folder entry, no link, read by any archiver."""
    with zipfile.ZipFile(io.BytesIO(pack(edition, tmp_path / "x.zip").read_bytes())) as archive:
        for entry in archive.infolist():
            assert not entry.is_dir()
            assert entry.external_attr >> 16 == 0o644
            assert not set(entry.filename) & set('<>:"\\|?*')
