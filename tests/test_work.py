"""The cache and the place where editions are built."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audio_edition import work
from audio_edition.errors import PublishError


def _content(cache: work.Cache, key: str) -> bytes | None:
    file = cache.open(key)
    if file is None:
        return None
    with file:
        return file.read()


KEY = work.key_of("one", 1)


def test_what_was_put_comes_back(cache: work.Cache) -> None:
    """An entry is given back whole, and an unknown key gives nothing."""
    cache.put(KEY, [b"ab", b"cd"])
    assert _content(cache, KEY) == b"abcd"
    assert _content(cache, work.key_of("two")) is None


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied"])
def test_a_damaged_entry_counts_as_absent(cache: work.Cache, damage: str) -> None:
    """No byte of a broken cache file reaches an edition."""
    cache.put(KEY, [b"sound" * 100])
    (path,) = (path for path in cache.folder.rglob("*") if path.is_file())
    whole = path.read_bytes()
    flipped = whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]
    path.write_bytes({"truncated": whole[:-1], "flipped": flipped, "emptied": b""}[damage])
    assert _content(cache, KEY) is None


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where the cache's folder is a file, nothing is kept and nothing is raised."""
    (tmp_path / "file").write_text("in the way")
    cache = work.Cache(tmp_path / "file" / "cache")
    cache.put(KEY, [b"sound"])
    assert _content(cache, KEY) is None
    cache.prune()


def test_pruning_keeps_what_was_used_last(tmp_path: Path) -> None:
    """Over its limit, the cache lets go of the entries that nobody used for longest."""
    cache = work.Cache(tmp_path, limit_bytes=5000)
    keys = [work.key_of(number) for number in range(6)]
    for age, key in enumerate(keys):
        cache.put(key, [bytes(1000)])
        os.utime(tmp_path / key[:2] / key[2:], (1000 + age, 1000 + age))
    assert _content(cache, keys[0]) == bytes(1000)  # used just now
    cache.prune()
    assert [_content(cache, key) is not None for key in keys] == [True, False, False, True, True, True]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A write that fails leaves the old file and no temporary one."""
    place = tmp_path / "file"
    place.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), work.new_file(place) as file:
        file.write(b"half" * (1 // 0))
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def test_an_edition_replaces_the_older_one_whole(tmp_path: Path) -> None:
    """After the move only the new folder's files are there, and no trace of the old one."""
    for name, file in (("place", "old.txt"), ("new", "new.txt")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    work.move_into_place(tmp_path / "new", tmp_path / "place")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["place", "place/new.txt"]


def test_where_folders_cannot_be_swapped_the_older_edition_steps_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems without an atomic swap end with the new edition in place, too."""
    monkeypatch.setattr(work, "_swap", lambda one, other: False)
    with work.building_folder(tmp_path, "slug") as building:
        (tmp_path / "place").mkdir()
        (building / "edition").mkdir()
        (building / "edition" / "new.txt").touch()
        work.move_into_place(building / "edition", tmp_path / "place")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["place", "place/new.txt"]


def test_a_building_folder_is_gone_after_an_error(tmp_path: Path) -> None:
    """A build that fails leaves nothing in the folder of editions."""
    with pytest.raises(RuntimeError), work.building_folder(tmp_path / "output", "slug"):
        raise RuntimeError
    assert list((tmp_path / "output").iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_and_a_living_one_is_spared(tmp_path: Path) -> None:
    """Leftovers of a dead process are cleared away; the folder of one that still runs is not touched."""
    holding = (
        "import sys, time, pathlib; from audio_edition import work\n"
        "with work.building_folder(pathlib.Path(sys.argv[1]), 'dead') as folder:\n"
        "    print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        with work.building_folder(tmp_path, "alive"):
            assert len(list(tmp_path.glob(".dead.*.building"))) == 1
        process.kill()
    assert len(list(tmp_path.glob(".dead.*.building"))) == 1
    with work.building_folder(tmp_path, "alive"):
        assert list(tmp_path.glob(".dead.*")) == []
    assert list(tmp_path.iterdir()) == []


def test_an_orphaned_lock_goes_when_it_is_old(tmp_path: Path) -> None:
    """A run killed between its lock and its folder leaves a lock file, which a later run removes."""
    for name, age in ((".a.1.lock", 3600), (".b.2.lock", 0)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    with work.building_folder(tmp_path, "slug"):
        assert not (tmp_path / ".a.1.lock").exists()
        assert (tmp_path / ".b.2.lock").exists()


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    """The message says which path is a file and how to name another."""
    (tmp_path / "file").touch()
    with (
        pytest.raises(PublishError, match=r"file: this is a file.* -o"),
        work.building_folder(tmp_path / "file", "slug"),
    ):
        pass
