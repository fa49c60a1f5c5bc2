"""Builds that are killed: the earlier edition is whole or the new one is, nothing is left, and nobody lives on.

A few kills by default; AUDIO_EDITION_KILLS=200 pytest tests/faults/test_kill.py is the whole storm.
"""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.faulty_disk import CREATE, LOCK, MKDIR, RENAME, UNLINK, FaultyDisk, left_over
from support.places import hashes

KILLS = int(os.environ.get("AUDIO_EDITION_KILLS", "3"))
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
WAYS = ("build", "build --jobs 2", "batch --jobs 2")
TEXT = "Ferry leaves\n\nThe ferry left at {}. Nobody waved.\n" + "".join(
    f"\n- Pier {number} -\n\nThe water rose {number} feet. The band played on.\n" for number in range(1, 3)
)
_FAMILY = "AUDIO_EDITION_TEST_FAMILY"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")


@dataclass(frozen=True, slots=True)
class Press:
    """A folder in which one way of making editions is tried: of two articles, each in an earlier and a later form."""

    root: Path
    way: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    def start(self, hour: str, **named: object) -> subprocess.Popen[bytes]:
        """Make the editions of that hour. All that is started for it can be told by its surroundings."""
        articles = self.root / "articles"
        articles.mkdir(exist_ok=True)
        for name in ("ferry", "gulls")[: 1 + self.way.startswith("batch")]:
            (articles / f"{name}.txt").write_text(TEXT.format(hour))
        for name in ("tmp", "cache"):
            (self.root / name).mkdir(exist_ok=True)
        command, *options = self.way.split()
        what = articles if command == "batch" else articles / "ferry.txt"
        environment = os.environ | {
            "TMPDIR": str(self.root / "tmp"),
            "AUDIO_EDITION_CACHE": str(self.root / "cache"),
            _FAMILY: str(self.root),
        }
        words = [sys.executable, "-m", "audio_edition", command, str(what), *options, "-q", "-o", str(self.output)]
        return subprocess.Popen(
            words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def make(self, hour: str) -> float:
        """Make them undisturbed; returns how long it took."""
        started = time.monotonic()
        with self.start(hour) as process:
            assert process.stderr is not None
            said = process.stderr.read()
        assert process.returncode == 0, said.decode()
        return time.monotonic() - started

    def editions(self) -> dict[str, dict[str, str]]:
        return {folder.name: hashes(folder) for folder in self.output.iterdir() if not folder.name.startswith(".")}

    def family(self) -> list[int]:
        """The processes that were started here and still are."""
        mark = f"{_FAMILY}={self.root}".encode()
        found = []
        for process in Path("/proc").iterdir():
            try:
                if process.name.isdecimal() and mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
            except OSError:  # it ended, or is another user's
                continue
        return found

    def wait_for_family(self) -> None:
        """Until none is left; who stays a minute stays for ever."""
        for pid in self.family():
            try:
                descriptor = os.pidfd_open(pid)
            except ProcessLookupError:
                continue
            with os.fdopen(descriptor):
                assert select.select([descriptor], [], [], 60)[0], Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Who is started in the background of a shell ignores Ctrl-C, and so would all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """By SIGKILL, SIGTERM and Ctrl-C: each edition is the earlier or the later one, byte for byte; the next run ends
    well, on what the cache holds by then, and no temporary file and no process is left."""
    chance = random.Random(1)
    presses = [Press(tmp_path / str(number), way) for number, way in enumerate(WAYS)]
    lasts: dict[str, float] = {}
    wanted: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for press in presses:
        press.root.mkdir()
        for hour in ("noon", "dusk"):
            lasts[press.way] = press.make(hour)
            wanted[press.way, hour] = press.editions()
            (press.root / "cache").rename(press.root / f"cache-{hour}")
        assert wanted[press.way, "noon"] != wanted[press.way, "dusk"]
    there = dict.fromkeys(WAYS, "dusk")
    seen: Counter[str] = Counter()
    for number in range(KILLS):
        press, sent = presses[(number + number // 3) % 3], SIGNALS[number % 3]
        earlier, later = there[press.way], {"noon": "dusk", "dusk": "noon"}[there[press.way]]
        after = chance.uniform(0, 1.3 * lasts[press.way])
        _kill(press, later, sent, after)
        for name, made in press.editions().items():
            which = [hour for hour in (earlier, later) if made == wanted[press.way, hour][name]]
            assert which, (press.way, sent, after, name)
            seen[f"{press.way}: {'later' if which == [later] else 'earlier'}"] += 1
        press.wait_for_family()
        seen[f"{sent.name}: {'something' if left_over(press.root) else 'nothing'} left"] += 1
        lasts[press.way] = press.make(later)
        assert press.editions() == wanted[press.way, later], (press.way, sent, after)
        assert left_over(press.root) == []
        assert press.family() == []
        there[press.way] = later
        print(number + 1, press.way, sent.name, round(after, 2), flush=True)  # noqa: T201 - the record of a storm
        for entry in (press.root / "cache").rglob("*"):
            if entry.is_file():
                entry.unlink()
    print(dict(sorted(seen.items())))  # noqa: T201


def _kill(press: Press, hour: str, sent: signal.Signals, after: float) -> None:
    with press.start(hour) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            # Ctrl-C reaches all that a terminal runs.
            (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert "Traceback" not in said or sent == signal.SIGINT, said


@pytest.mark.tool("cc", "apt-get install gcc libc6-dev")
@pytest.mark.parametrize("kinds", [RENAME, LOCK | MKDIR | UNLINK | CREATE], ids=["rename", "others"])
def test_killed_just_before_and_after_a_step(tmp_path: Path, kinds: int) -> None:
    """The same at moments that chance does not find: around each rename, lock, new folder or file, and removal."""
    disk = FaultyDisk.compiled(tmp_path)
    article, output = disk.root / "article.txt", disk.root / "output"

    def made(hour: str) -> dict[str, str]:
        article.write_text(TEXT.format(hour))
        words = [str(article), "-o", str(output), "--engine", "tone", "--format", "mp3,transcript", "--no-cache", "-q"]
        command = [sys.executable, "-m", "audio_edition", "build", *words]
        subprocess.run(command, env=disk.environment, stdout=subprocess.DEVNULL, check=False)
        return hashes(output / "ferry-leaves")

    wanted = {hour: made(hour) for hour in ("noon", "dusk")}
    disk.arm(kinds)
    made("dusk")
    whole = disk.disarm()
    assert whole
    there = "dusk"
    for call in range(whole, max(0, whole - max(1, KILLS // 4)), -1):
        for after in (False, True):
            later = {"noon": "dusk", "dusk": "noon"}[there]
            disk.arm(kinds, (call, call), signal=signal.SIGKILL, after=after)
            found = made(later)
            disk.disarm()
            assert found in (wanted[there], wanted[later]), (call, after)
            there = later if found == wanted[later] else there
    assert made("noon") == wanted["noon"]
    assert left_over(disk.root) == []
