"""Chapters recorded at once, in processes of their own: the same bytes, the same errors, and nothing left behind."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.edition.jobs import jobs_for
from audio_edition.errors import StitchError
from audio_edition.model import Speech, Utterance
from audio_edition.speak.engine import Engine

HUM = Settings(Speech(engine="tone"), formats=("mp3", "transcript"))
TEXT = "Many steps\n\nIt rained on the old town.\n\n" + "\n\n".join(
    f"- Step {number} -\n\nNobody minded. The bell rang {number} times." for number in range(1, 8)
)
_BUILD = """
import sys
from pathlib import Path
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
if __name__ == "__main__":
    settings = Settings(Speech(engine="tone"), formats=("mp3",))
    print("ready", flush=True)
    make_edition(make_script(sys.argv[1].encode(), settings, "article"), Path(sys.argv[2]), settings, jobs=2,
                 progress=lambda done, whole, utterance: print(done, flush=True))
"""


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


ONE_CHAPTER = "One long chapter\n\n" + "\n\n".join(f"The bell rang {number} times. " * 60 for number in range(12))


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "text"), [(2, TEXT), (3, TEXT), (50, TEXT), (3, ONE_CHAPTER)])
def test_however_many_are_recorded_at_once_the_edition_is_the_same(tmp_path: Path, jobs: int, text: str) -> None:
    """Byte for byte, edition.json too; and each sentence is counted once, in order."""
    script = make_script(text.encode(), HUM, "article")
    counted: list[tuple[int, str]] = []

    def progress(done: int, whole: int, utterance: Utterance) -> None:
        counted.append((done, utterance.id))

    alone = make_edition(script, tmp_path / "alone", HUM)
    together = make_edition(script, tmp_path / "together", HUM, progress=progress, jobs=jobs)
    assert _hashes(alone.folder) == _hashes(together.folder)
    assert counted == list(enumerate((utterance.id for utterance in script.utterances), start=1))


def test_an_error_in_another_process_keeps_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails there is named as if it had been tried here, and nothing is half-written."""
    cache = Cache(tmp_path / "cache")
    script = make_script(TEXT.encode(), HUM, "article")
    make_edition(make_script(b"Short\n\nText.", HUM, "article"), tmp_path / "first", HUM, cache)
    # This process knows its FFmpeg by now; those that it starts look for theirs.
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", sys.executable)
    with pytest.raises(StitchError, match="could not be encoded") as refused:
        make_edition(script, tmp_path / "second", HUM, cache, jobs=2)
    assert "IMAGEIO_FFMPEG_EXE" in refused.value.remedy
    assert list((tmp_path / "second").iterdir()) == []


def test_a_process_that_is_killed_ends_the_build_with_a_message(tmp_path: Path) -> None:
    """Whoever ends a worker, say for want of memory, is not taken for a broken article."""
    # So much that work is left when this process hears of the first sentence, however busy the machine.
    script = make_script((TEXT * 20).encode(), HUM, "article")

    def kill_workers(done: int, whole: int, utterance: Utterance) -> None:
        for worker in multiprocessing.active_children():
            worker.kill()

    with pytest.raises(StitchError, match="recording process was killed"):
        make_edition(script, tmp_path, HUM, progress=kill_workers, jobs=2)
    assert list(tmp_path.iterdir()) == []


def test_processes_that_end_while_they_start_end_the_build_with_a_message(tmp_path: Path) -> None:
    """Though there is more to tell them than a pipe holds. Here they can't start: their program is gone."""
    program = tmp_path / "build.py"
    program.write_text(_BUILD.replace('print("ready", flush=True)', "Path(__file__).unlink()"))
    command = [sys.executable, str(program), TEXT * 50, str(tmp_path / "editions")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "recording process was killed" in done.stderr
    assert list((tmp_path / "editions").iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes can't be listed here")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_build(tmp_path: Path, number: int) -> None:
    """Killed while others record for it, it takes them along: recorders, engines, FFmpeg."""
    command = [sys.executable, "-c", _BUILD, TEXT * 20, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as build:
        assert build.stdout is not None
        for line in build.stdout:
            if line.strip().isdigit():
                break
        family = _family(build.pid)
        assert len(family) > 2
        build.send_signal(number)
        build.stdout.close()
    for member in family:
        _wait_for_end(member)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _family(pid: int) -> list[int]:
    return list(_with_descendants(pid))


def _with_descendants(pid: int) -> Iterator[int]:
    yield pid
    for child in _children(pid):
        yield from _with_descendants(child)


def _wait_for_end(pid: int) -> None:
    """Until the process is gone; the test's own time limit is the judge of one that stays."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(descriptor):
        assert select.select([descriptor], [], [], 60)[0], Path(f"/proc/{pid}/cmdline").read_bytes()


def test_short_articles_start_no_further_process() -> None:
    """It would take longer than it saves."""
    assert jobs_for(make_script(TEXT.encode(), HUM, "article"), HUM.speech) == 1


def test_a_voice_that_says_several_sentences_at_once_is_held_once(
    piper: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long text goes to a process on each core; not by Piper, whose own threads keep the cores busy."""
    monkeypatch.setenv("AUDIO_EDITION_CORES", "4")
    long = make_script(b"It rained. " * 9000, HUM, "article")
    assert jobs_for(long, HUM.speech) == 4
    assert jobs_for(long, Speech(engine=piper.name)) == 1
