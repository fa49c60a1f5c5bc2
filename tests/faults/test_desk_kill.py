"""The desk is killed while its maker works: nothing that was accepted is lost, and the folder opens again.

AUDIO_EDITION_KILLS says how often; the suite has a few.
"""

from __future__ import annotations

import array
import contextlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import tomllib
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from audio_edition.edition.folder import read_edition, whole_file
from support.desk import Visitor
from support.desktop import until
from support.papers import NAME, paper

AT = f"/issues/{NAME}"
KILLS = int(os.environ.get("AUDIO_EDITION_KILLS", "6"))
READ = "articles/match.txt"
RATE_HZ = 48_000
PIECE_SAMPLES = 4_800


@contextlib.contextmanager
def _started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Visitor]]:
    """A desk in a process of its own, and its maker; it is killed when the block ends."""
    command = [sys.executable, "-m", "audio_edition", "desk", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            base, _, key = address.partition("?")
            visitor = Visitor(base)
            visitor.get(f"/?{key}")
            yield process, visitor
        finally:
            process.kill()


@dataclass
class Evening:
    """What a maker did, and what of it the desk accepted."""

    issue: Path
    pasted: list[str] = field(default_factory=list)
    edits: int = 0
    edits_sent: int = 0
    samples: int = 0
    made: int = 0

    def accepted(self, kind: str) -> int:
        """How much of a kind was accepted."""
        counts = {"stories": len(self.pasted), "edits": self.edits, "pieces": self.samples // PIECE_SAMPLES}
        return counts[kind]

    def paste(self, maker: Visitor, token: str) -> None:
        title = f"Story {len(self.pasted)} {random.random()}"
        fields = {"token": token, "headline": title, "text": "It happened."}
        if maker.post(f"{AT}/paste", fields).status == 200:
            self.pasted.append(title)

    def edit(self, maker: Visitor, token: str) -> None:
        listed = tomllib.loads((self.issue / "edition.toml").read_text())["articles"]
        name = next(each for each in listed if each.startswith("articles/rain"))
        page = maker.get(f"{AT}/article?name={quote(name)}")
        self.edits_sent += 1
        if maker.send(page, "/edit", text=f"It rained {self.edits_sent} times.").status == 200:
            self.edits = self.edits_sent

    def read(self, maker: Visitor, token: str) -> None:
        start = self.samples
        query = f"{AT}/piece?name={quote(READ)}&rate={RATE_HZ}&at={start}"
        if maker.piece(query, _samples(start, PIECE_SAMPLES), token).status == 200:
            self.samples = start + PIECE_SAMPLES

    def make(self, maker: Visitor, token: str) -> None:
        if maker.post(f"{AT}/start", {"token": token}).status == 200:
            self.made += 1

    def what_is_lost(self) -> Iterator[str]:
        """Yield what was accepted and is not in the folder; then go on from what is there."""
        listed = tomllib.loads((self.issue / "edition.toml").read_text())["articles"]
        texts = [(self.issue / name).read_text() for name in listed]
        yield from {*self.pasted} - {text.partition("\n")[0].removeprefix("# ") for text in texts}
        found = [int(number[1]) for text in texts if (number := re.search(r"It rained (\d+) times", text))]
        if self.edits and not self.edits <= max(found, default=0) <= self.edits_sent:
            yield f"edit {self.edits}: {found}"
        if self.samples:
            with wave.open(str(self.issue / "recordings/match.wav"), "rb") as file:
                there = file.readframes(file.getnframes())
            if there != _samples(0, len(there) // 2) or len(there) // 2 < self.samples:
                yield f"{self.samples} samples: {len(there) // 2}"
            self.samples = len(there) // 2
        for manifest in self.issue.glob("editions/[!.]*/edition.json"):
            edition = read_edition(manifest)
            for each in edition.files:
                whole_file(edition.folder, each)


def _samples(start: int, count: int) -> bytes:
    return array.array("h", ((40_503 * at) % 60_000 - 30_000 for at in range(start, start + count))).tobytes()


def _until_it_is_gone(what: Callable[[Visitor, str], None], maker: Visitor, token: str) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        for _ in range(10_000):
            with contextlib.suppress(AssertionError):  # a form that another worker changed meanwhile
                what(maker, token)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows kills otherwise")
def test_a_desk_that_is_killed_has_lost_nothing_that_it_accepted(tmp_path: Path) -> None:
    """While its maker pastes stories, edits one, reads another aloud and makes editions, all at once."""
    folder = paper(tmp_path / "courier")
    chance, evening = random.Random(20), Evening(folder / NAME)
    for kill in range(KILLS):
        with _started(folder) as (process, maker):
            token = maker.token()
            doing = (evening.paste, evening.edit, evening.read, evening.make)
            workers = [threading.Thread(target=_until_it_is_gone, args=(what, maker, token)) for what in doing]
            for worker in workers:
                worker.start()
            kind = ("stories", "edits", "pieces")[kill % 3]
            enough = evening.accepted(kind) + chance.randint(1, 6)
            assert until(lambda kind=kind, enough=enough: evening.accepted(kind) >= enough)  # type: ignore[misc]
            os.kill(process.pid, signal.SIGKILL)
            for worker in workers:
                worker.join()
        assert list(evening.what_is_lost()) == [], kill
    assert min(len(evening.pasted), evening.edits, evening.samples, evening.made) > 0
    with _started(folder) as (_, maker):
        assert {*evening.pasted} <= {*maker.get(AT).titles()}
    told = f"{KILLS} kills: {len(evening.pasted)} stories, edit {evening.edits}, {evening.samples} samples\n"
    sys.stdout.write(told)
