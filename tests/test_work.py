"""The cache and the place where editions are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audio_edition import atomic
from audio_edition.cache import Cache, Usage, default_cache, key_of
from audio_edition.errors import PublishError


def _content(cache: Cache, key: str) -> bytes | None:
    file = cache.open(key)
    if file is None:
        return None
    with file:
        return file.read()


KEY = key_of("one", 1)


def test_what_was_put_comes_back(cache: Cache) -> None:
    """An entry is given back whole, and an unknown key gives nothing."""
    cache.put(KEY, [b"ab", b"cd"])
    assert _content(cache, KEY) == b"abcd"
    assert _content(cache, key_of("two")) is None


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied"])
def test_a_damaged_entry_counts_as_absent(cache: Cache, damage: str) -> None:
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
    cache = Cache(tmp_path / "file" / "cache")
    cache.put(KEY, [b"sound"])
    assert _content(cache, KEY) is None
    cache.prune()


def test_pruning_keeps_what_was_used_last(tmp_path: Path) -> None:
    """Over its limit, the cache lets go of the entries that nobody used for longest."""
    cache = Cache(tmp_path, limit_bytes=5000)
    keys = [key_of(number) for number in range(6)]
    for age, key in enumerate(keys):
        cache.put(key, [bytes(1000)])
        os.utime(tmp_path / "entries" / key[:2] / key[2:], (1000 + age, 1000 + age))
    assert _content(cache, keys[0]) == bytes(1000)  # used just now
    cache.prune()
    assert [_content(cache, key) is not None for key in keys] == [True, False, False, True, True, True]


def test_pruning_touches_only_what_the_cache_made(tmp_path: Path) -> None:
    """A cache that was put into somebody's folder by mistake removes none of their files; leftovers of its own go."""
    cache = Cache(tmp_path, limit_bytes=10)
    cache.put(KEY, [bytes(1000)])
    entry = tmp_path / "entries" / KEY[:2] / KEY[2:]
    leftover = entry.with_name(f".{entry.name[:40]}.abcd1234")
    strangers = [tmp_path / "letter.txt", tmp_path / "ab" / "thesis.txt", entry.with_name("notes.txt")]
    for path in [leftover, *strangers]:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(1000))
        os.utime(path, (1, 1))
    cache.prune()
    assert not leftover.exists()
    assert not entry.exists()
    assert all(path.exists() for path in strangers)


def test_a_pruned_entry_that_another_process_removed_counts_as_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes that prune at once remove together what one alone would have removed."""
    cache = Cache(tmp_path, limit_bytes=5000)
    keys = [key_of(number) for number in range(6)]
    for age, key in enumerate(keys):
        cache.put(key, [bytes(1000)])
        os.utime(tmp_path / "entries" / key[:2] / key[2:], (1000 + age, 1000 + age))
    listed = list(cache._entries())
    (tmp_path / "entries" / keys[0][:2] / keys[0][2:]).unlink()
    monkeypatch.setattr(Cache, "_entries", lambda cache: iter(listed))
    cache.prune()
    assert [_content(cache, key) is not None for key in keys] == [False, False, True, True, True, True]


def test_clearing_removes_what_the_cache_made_and_nothing_else(cache: Cache) -> None:
    """The usage before is what went; a stranger's file stays, and the cache can be used again."""
    for number in range(3):
        cache.put(key_of(number), [bytes(100)])
    stranger = cache.folder / "entries" / "ab" / "thesis.txt"
    stranger.parent.mkdir(exist_ok=True)
    stranger.touch()
    assert cache.usage() == Usage(3, 3 * 132)
    assert cache.clear() == Usage(3, 3 * 132)
    assert cache.usage() == cache.clear() == Usage(0, 0)
    assert [path for path in cache.folder.rglob("*") if path.is_file()] == [stranger]
    cache.put(KEY, [b"sound"])
    assert _content(cache, KEY) == b"sound"


def test_a_cache_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """Neither looking at it nor clearing it makes a folder."""
    cache = Cache(tmp_path / "none")
    assert cache.usage() == cache.clear() == Usage(0, 0)
    assert not cache.folder.exists()


_USER = """
import sys
from pathlib import Path
from audio_edition import atomic
from audio_edition.cache import Cache, Usage, default_cache, key_of
cache = Cache(Path(sys.argv[1]), limit_bytes=30_000)
for number in range(400):
    key, content = key_of(number % 40), bytes([number % 40]) * 1000
    if file := cache.open(key):
        with file:
            assert file.read() == content
    else:
        cache.put(key, [content])
    if number % 50 == 0:
        cache.prune()
"""


def test_several_processes_use_one_cache_while_it_is_cleared(tmp_path: Path) -> None:
    """Whoever puts, opens, prunes and clears at once: nobody fails, and no entry is ever read that is not whole."""
    command = [sys.executable, "-c", _USER, str(tmp_path)]
    users = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    cache = Cache(tmp_path)
    while any(user.poll() is None for user in users):
        cache.clear()
    assert [user.communicate()[1] for user in users] == [b"", b"", b""]
    assert [user.returncode for user in users] == [0, 0, 0]


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder for caches can be found, the program works without one."""
    import platformdirs

    def homeless(*arguments: object) -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("AUDIO_EDITION_CACHE")
    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    assert default_cache() is None


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A write that fails leaves the old file and no temporary one."""
    place = tmp_path / "file"
    place.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), atomic.new_file(place) as file:
        file.write(b"half" * (1 // 0))
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def test_an_edition_replaces_the_older_one_whole(tmp_path: Path) -> None:
    """After the move only the new folder's files are there, and no trace of the old one."""
    for name, file in (("place", "old.txt"), ("new", "new.txt")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    atomic.move_into_place(tmp_path / "new", tmp_path / "place")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["place", "place/new.txt"]


def test_where_folders_cannot_be_swapped_the_older_edition_steps_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems without an atomic swap end with the new edition in place, too."""
    monkeypatch.setattr(atomic, "_swap", lambda one, other: False)
    with atomic.building_folder(tmp_path, "slug") as building:
        (tmp_path / "place").mkdir()
        (building / "edition").mkdir()
        (building / "edition" / "new.txt").touch()
        atomic.move_into_place(building / "edition", tmp_path / "place")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["place", "place/new.txt"]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, OSError])
def test_an_edition_that_stepped_aside_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    """Interrupted between the two renames, the older edition is in its place again."""
    monkeypatch.setattr(atomic, "_swap", lambda one, other: False)
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "old.txt").touch()
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "edition":
            raise end
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with atomic.building_folder(tmp_path, "slug") as building:
        (building / "edition").mkdir()
        with pytest.raises(end):
            atomic.move_into_place(building / "edition", tmp_path / "place")
    assert [path.name for path in tmp_path.rglob("*")] == ["place", "old.txt"]


def test_an_edition_whose_run_was_killed_in_that_moment_comes_back(tmp_path: Path) -> None:
    """The next run finds the edition that stepped aside and puts it back; one that has a successor goes."""
    for name in (".lonely.audio-edition-replaced", ".done.audio-edition-replaced", "done"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.json").touch()
    with atomic.building_folder(tmp_path, "slug"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["done", "lonely"]


def test_an_edition_that_came_in_between_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two first builds of one article at once: the later one wins, and neither fails."""
    for name in ("place", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").touch()
    exists = Path.exists
    answers = iter([False])
    monkeypatch.setattr(Path, "exists", lambda path: next(answers, exists(path)))
    assert atomic.move_into_place(tmp_path / "new", tmp_path / "place")
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["new.txt"]


def test_a_building_folder_is_gone_after_an_error(tmp_path: Path) -> None:
    """A build that fails leaves nothing in the folder of editions."""
    with pytest.raises(RuntimeError), atomic.building_folder(tmp_path / "output", "slug"):
        raise RuntimeError
    assert list((tmp_path / "output").iterdir()) == []


def test_a_building_folder_goes_though_another_process_still_writes_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FFmpeg of a recorder that was killed may open a file while the folder is being removed."""
    rmtree, late = shutil.rmtree, iter(["one.mp3", "two.mp3"])

    def with_late_writer(folder: Path, ignore_errors: bool) -> None:
        rmtree(folder, ignore_errors=ignore_errors)
        if name := next(late, ""):
            folder.mkdir()
            (folder / name).touch()

    monkeypatch.setattr(shutil, "rmtree", with_late_writer)
    with atomic.building_folder(tmp_path / "output", "slug"):
        pass
    assert list((tmp_path / "output").iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_and_a_living_one_is_spared(tmp_path: Path) -> None:
    """Leftovers of a dead process are cleared away; the folder of one that still runs is not touched."""
    holding = (
        "import sys, time, pathlib; from audio_edition import atomic\n"
        "with atomic.building_folder(pathlib.Path(sys.argv[1]), 'dead') as folder:\n"
        "    print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        with atomic.building_folder(tmp_path, "alive"):
            assert len(list(tmp_path.glob(".dead.*.audio-edition-building"))) == 1
        process.kill()
    assert len(list(tmp_path.glob(".dead.*.audio-edition-building"))) == 1
    with atomic.building_folder(tmp_path, "alive"):
        assert list(tmp_path.glob(".dead.*")) == []
    assert list(tmp_path.iterdir()) == []


def test_an_orphaned_lock_goes(tmp_path: Path) -> None:
    """A run killed between its lock and its folder leaves a lock file, which the next run removes, whatever the clock
    says."""
    for name, age in (
        (".a.1.audio-edition-lock", 3600),
        (".b.2.audio-edition-lock", 0),
        (".c.3.audio-edition-lock", -3600),
    ):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    with atomic.building_folder(tmp_path, "slug"):
        assert [path.name for path in tmp_path.glob(".[abc].*")] == []


def test_a_run_whose_new_lock_was_taken_for_abandoned_takes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making the lock and holding it, another run may clear it away: then the folder is under another one."""
    make = tempfile.mkstemp
    cleared: list[str] = []

    def cleared_once(**where: Any) -> tuple[int, str]:
        descriptor, name = make(**where)
        if not cleared:
            cleared.append(name)
            Path(name).unlink()
        return descriptor, name

    monkeypatch.setattr(tempfile, "mkstemp", cleared_once)
    with atomic.building_folder(tmp_path, "slug") as building:
        assert building.with_suffix(".audio-edition-lock").exists()
        assert building.with_suffix(".audio-edition-lock") != Path(cleared[0])
    assert list(tmp_path.iterdir()) == []


def test_a_building_folder_that_cannot_be_removed_keeps_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the next run finds it and removes it."""
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **named: None)
        with atomic.building_folder(tmp_path, "stuck"):
            pass
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".audio-edition-building", ".audio-edition-lock"]
    with atomic.building_folder(tmp_path, "slug"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_edition_that_cannot_be_moved_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there was none before, the error is that of the move."""
    (tmp_path / "new").mkdir()

    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.move_into_place(tmp_path / "new", tmp_path / "place")


def test_what_a_killed_run_left_in_the_cache_goes_and_what_is_written_stays(cache: Cache) -> None:
    """The temporary file of a dead process is removed when the next run is done; one that is written to is spared."""
    cache.put(key_of("whole"), [b"whole"])
    folder = cache.folder / "entries" / "ab"
    folder.mkdir(exist_ok=True)
    abandoned = folder / f".{'c' * 40}.x1"
    abandoned.write_bytes(b"half")

    def blocks() -> Iterator[bytes]:
        yield b"half"
        cache.prune()
        yield b"half"

    cache.put(key_of("new"), blocks())
    assert not abandoned.exists()
    for name in ("whole", "new"):
        file = cache.open(key_of(name))
        assert file is not None
        file.close()


def test_an_entry_of_a_cache_that_can_only_be_read_is_used(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """That its time of use can't be noted is no reason to make it anew."""
    cache.put("ab" * 32, [b"kept"])

    def refused(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "utime", refused)
    file = cache.open("ab" * 32)
    assert file is not None
    with file:
        assert file.read() == b"kept"


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    """The message says which path is a file and how to name another."""
    (tmp_path / "file").touch()
    with (
        pytest.raises(PublishError, match=r"file: this is a file.* -o"),
        atomic.building_folder(tmp_path / "file", "slug"),
    ):
        pass
