"""Editions that come from anywhere: whatever is in them, the check ends with findings and not with a traceback."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio_edition.check import check_edition
from support.twins import manifest_of, seal, the, write_manifest

JSON_FILES = ["edition.json", "publication.json", "guided-navigation.json", "chapters.json"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _errors(folder: Path) -> list[str]:
    return [finding.id for finding in check_edition(folder, programs=False).findings if finding.level == "error"]


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data())
def test_any_file_may_be_cut_or_altered(good: dict[str, Path], data: st.DataObject) -> None:
    """A byte altered, or the end missing, in any file, and edition.json says that it belongs so."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "twin")
        shutil.copytree(good[data.draw(st.sampled_from(["alone", "rich"]))], folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "edition.json")
        path = data.draw(st.sampled_from(paths))
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[place] ^= data.draw(st.integers(1, 255))
        else:
            del content[place:]
        path.write_bytes(content)
        seal(folder)
        check_edition(folder, programs=False)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its container and key."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in items for place in [(value, key), *_places(inner)]]


@pytest.mark.slow
@settings(max_examples=60)
@given(
    data=st.data(),
    name=st.sampled_from(["edition.json", "publication.json", "guided-navigation.json", "chapters.json"]),
)
def test_any_value_may_stand_in_json(good: dict[str, Path], data: st.DataObject, name: str) -> None:
    """Any value at any place of any JSON file."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "twin")
        shutil.copytree(good[data.draw(st.sampled_from(["alone", "rich"]))], folder)
        value = json.loads((folder / name).read_text("utf-8"))
        container, key = data.draw(st.sampled_from(_places(value)))
        container[key] = data.draw(ANYTHING)
        (folder / name).write_text(json.dumps(value))
        if name != "edition.json":
            seal(folder)
        check_edition(folder, programs=False)


@pytest.fixture
def twin(good: dict[str, Path], tmp_path: Path) -> Path:
    folder = tmp_path / "twin"
    shutil.copytree(good["alone"], folder)
    return folder


def _replaced(path: Path, name: str, content: bytes) -> None:
    """The archive with another content under a name."""
    with zipfile.ZipFile(path) as old:
        entries = [(entry, old.read(entry)) for entry in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, data in entries:
            new.writestr(
                entry.filename if entry.filename == name else entry, content if entry.filename == name else data
            )


def test_an_archive_that_grows_out_of_all_bounds_is_not_unpacked(twin: Path) -> None:
    """A million to one: refused by what the archive says of it, by each look that opens it."""
    _replaced(the(twin, ".epub"), "EPUB/c01.xhtml", b" " * 300_000_000)
    seal(twin)
    assert set(_errors(twin)) == {"file-unreadable"}


def test_entities_are_refused(twin: Path) -> None:
    """Neither a billion laughs nor a file of this machine."""
    laughs = b'<!DOCTYPE smil [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><smil><body>&b;</body></smil>'
    _replaced(the(twin, ".epub"), "EPUB/c01.smil", laughs)
    _replaced(the(twin, "-daisy202.zip"), "s001.smil", b'<!DOCTYPE s [<!ENTITY x SYSTEM "/etc/passwd">]><s>&x;</s>')
    seal(twin)
    assert set(_errors(twin)) == {"file-unreadable"}


def test_a_playlist_called_sound_is_not_followed(twin: Path) -> None:
    """FFmpeg would open what a playlist names; it is told that this is an MP3."""
    the(twin, ".mp3").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/secret.ts\n")
    seal(twin)
    assert "file-unreadable" in _errors(twin)


def test_a_link_out_of_the_folder_is_not_followed(twin: Path, tmp_path: Path) -> None:
    """What a link leads to is not of the edition."""
    (tmp_path / "elsewhere").write_bytes((twin / "cover.png").read_bytes())
    (twin / "cover.png").unlink()
    (twin / "cover.png").symlink_to(tmp_path / "elsewhere")
    assert "file-missing" in _errors(twin)


def test_a_thousand_findings_of_a_kind_are_counted(twin: Path) -> None:
    """Twenty are listed, and the number of the others."""
    manifest = manifest_of(twin)
    manifest["files"] += [
        {"path": f"lost-{n}", "size": 0, "sha256": "0" * 64, "type": "", "format": ""} for n in range(1000)
    ]
    write_manifest(twin, manifest)
    found = check_edition(twin, programs=False).findings
    assert [finding.id for finding in found] == ["file-missing"] * 21
    assert found[-1].message == "And 980 more of this kind."


def test_no_edition_is_an_error(tmp_path: Path) -> None:
    """An empty folder, a file, nothing at all."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file", tmp_path / "nothing"):
        assert _errors(path) == ["edition-unreadable"]
