"""The desk is killed while its maker works: nothing that was accepted is lost, and the folder opens again."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desk import Visitor
from support.desktop import until
from support.papers import NAME, paper

AT = f"/issues/{NAME}"
KILLS = 12


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


def _work(maker: Visitor, accepted: list[str], number: int) -> None:
    """Paste stories, edit the list, and make editions, until the desk is gone."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        token = str(maker.get("/").page.cssselect("input[name=token]")[0].get("value"))
        for each in range(100):
            title = f"Story {number} {each}"
            maker.post(f"{AT}/start", {"token": token})
            answer = maker.post(f"{AT}/paste", {"token": token, "headline": title, "text": "It happened."})
            if answer.status == 200:
                accepted.append(title)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows kills otherwise")
def test_a_desk_that_is_killed_has_lost_nothing_that_it_accepted(tmp_path: Path) -> None:
    """While it takes the next story and makes an edition: each that was answered is in the list, which is whole."""
    folder = paper(tmp_path / "courier")
    chance, accepted = random.Random(20), list[str]()
    for number in range(KILLS):
        with _started(folder) as (process, maker):
            worker = threading.Thread(target=_work, args=(maker, accepted, number))
            worker.start()
            enough = len(accepted) + chance.randint(1, 4)
            assert until(lambda enough=enough: len(accepted) >= enough)  # type: ignore[misc]
            os.kill(process.pid, signal.SIGKILL)
            worker.join()
        listed = tomllib.loads((folder / NAME / "edition.toml").read_text())["articles"]
        there = {(folder / NAME / name).read_text().partition("\n")[0] for name in listed}
        assert {*accepted} <= there
    with _started(folder) as (_, maker):
        assert {*accepted} <= {*maker.get(AT).titles()}
