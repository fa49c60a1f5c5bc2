"""What the program leans on breaks, part by part: FFmpeg, the engine, the cache, the folder, another run, the pipe, the
home folder. The edition is right, or an error tells."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import AudioEditionError, MissingTool, PublishError, StitchError
from audio_edition.model import Clip, Script, Speech, Utterance
from audio_edition.speak import pyttsx3_engine
from support.faulty_disk import left_over
from support.places import hashes

HUM = replace(Settings(), speech=Speech(engine="tone"))
TEXT = "Ferry leaves\n\nThe ferry left at {}. Nobody waved.\n\n- Sandbags -\n\nThe water rose. The band played on.\n"

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="by the means of Unix")


def _script(hour: str = "noon", settings: Settings = HUM) -> Script:
    return make_script(TEXT.format(hour).encode(), settings, "article")


# --- FFmpeg


@on_unix
@pytest.mark.parametrize(
    ("step", "does", "message"),
    [
        ("libmp3lame", "head -c 9999 >/dev/null; kill -9 $$", "could not be encoded"),
        (
            "-aac_coder",
            '"$real" "$@"; for last; do :; done; aac="${last%.mp3}.aac"; '
            'head -c 3000 "$aac" >"$aac.x" && mv "$aac.x" "$aac"',
            r"c01\.aac: it ends after \d+ of \d+ frames",
        ),
        ("ebur128", "cat >/dev/null; echo '  I: -70.0 LUFS' >&2", "51.0 dB off, whatever the gain"),
        ("ebur128", "cat >/dev/null; echo '  I: rubbish' >&2", "no figure for the loudness"),
        ("ebur128", "kill -9 $$", "it failed and said nothing"),
    ],
    ids=["encoder dies", "AAC short", "loudness stuck", "none", "dies"],
)
def test_an_ffmpeg_that_fails_in_one_step_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, does: str, message: str
) -> None:
    """Ended from outside, or ending well with rubbish: the earlier edition stays, and nothing lies beside it."""
    earlier = hashes(make_edition(_script(), tmp_path / "output", HUM).folder)
    false = tmp_path / "ffmpeg"
    false.write_text(
        f'#!/bin/sh\nreal="{audio.ffmpeg_path()}"\ncase "$*" in *"{step}"*) {does}; exit;; esac\nexec "$real" "$@"\n'
    )
    false.chmod(0o755)
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: str(false))
    with pytest.raises((StitchError, PublishError), match=message):
        make_edition(_script("dusk"), tmp_path / "output", HUM)
    assert hashes(tmp_path / "output" / "ferry-leaves") == earlier
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["ferry-leaves"]


@on_unix
def test_a_resampler_that_gives_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not made good with silence."""
    false = tmp_path / "ffmpeg"
    false.write_text("#!/bin/sh\ncat >/dev/null\n")
    false.chmod(0o755)
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: str(false))
    with pytest.raises(StitchError, match="gave 0 bytes of sound instead of 44100"):
        audio.at_rate(Clip(bytes(22_050), 22_050), 44_100)


@on_unix
def test_whatever_ffmpeg_calls_itself_the_edition_is_sound(tmp_path: Path) -> None:
    """A version that is rubbish is one that nobody knows, no more."""
    false = tmp_path / "ffmpeg"
    real = audio.ffmpeg_path()
    false.write_text(
        f'#!/bin/sh\ncase "$*" in *-version*) printf "\\033[2J\\377\\"\\n";; *) exec "{real}" "$@";; esac\n'
    )
    false.chmod(0o755)
    done = _built(tmp_path, "output", IMAGEIO_FFMPEG_EXE=str(false))
    assert done.returncode == 0, done.stderr
    _check_whole(tmp_path / "output" / "ferry-leaves")


# --- the engine


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP], ids=["killed", "crash", "hang"])
def test_an_engine_that_ends_midway_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Killed, crashed or hung at two sentences, further apart than it speaks ahead: the same bytes as if nothing had
    happened."""
    monkeypatch.setattr(pyttsx3_engine, "_GRACE_SECONDS", -28)
    settings = replace(Settings(), formats=("mp3", "transcript"))
    script = make_script((TEXT.format("noon") + "It rained. Nobody minded. " * 4).encode(), settings, "article")
    wanted = hashes(make_edition(script, tmp_path / "wanted", settings).folder)
    struck: list[set[int]] = []

    def strike(done: int, whole: int, utterance: Utterance) -> None:
        if done in (1, 6):
            struck.append({*_speech_processes()})
            for pid in struck[-1]:
                os.kill(pid, number)

    made = make_edition(script, tmp_path / "output", settings, progress=strike)
    first, second = struck
    assert first
    assert second - first
    assert hashes(made.folder) == wanted
    assert _speech_processes() == []


@on_unix
def test_an_engine_that_ends_while_it_starts_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once is an accident, from outside; twice is an engine that can't start here."""
    start = pyttsx3_engine._START
    fallen = tmp_path / "fallen"
    once = f"import os; p = {str(fallen)!r}; e = os.path.exists(p); open(p, 'w').close(); e or os.abort(); "
    monkeypatch.setattr(pyttsx3_engine, "_START", once + start)
    with contextlib.closing(pyttsx3_engine.Pyttsx3Engine("espeak")) as engine:
        assert engine.voices()
    assert fallen.exists()
    monkeypatch.setattr(pyttsx3_engine, "_START", "import os; os.abort()")
    with contextlib.closing(pyttsx3_engine.Pyttsx3Engine("espeak")) as engine, pytest.raises(MissingTool):
        engine.voices()


def _speech_processes() -> list[int]:
    children = [task.read_text().split() for task in Path("/proc/self/task").glob("*/children")]
    found = []
    for pid in (int(child) for of_task in children for child in of_task):
        with contextlib.suppress(OSError):
            if b"speech_process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


# --- the cache


@pytest.mark.parametrize("damage", ["flipped", "cut short", "emptied", "a folder"])
def test_a_damaged_cache_changes_nothing(tmp_path: Path, damage: str) -> None:
    """Each entry of each kind (clips, tracks, gains) damaged: the same bytes, and whole entries afterwards."""
    cache = Cache(tmp_path / "cache")
    wanted = hashes(make_edition(_script(), tmp_path / "output", HUM, cache).folder)
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    kinds = {len(path.read_bytes()[32:].partition(b"\n")[0]) for path in entries}
    assert len(kinds) > 2
    for entry in entries:
        content = bytearray(entry.read_bytes())
        content[len(content) * 2 // 3] ^= 4
        entry.unlink()
        if damage == "a folder":
            entry.mkdir()
        else:
            entry.write_bytes({"flipped": bytes(content), "cut short": bytes(content[:-1]), "emptied": b""}[damage])
    assert hashes(make_edition(_script(), tmp_path / "output", HUM, cache).folder) == wanted
    if damage != "a folder":
        assert hashes(make_edition(_script(), tmp_path / "output", HUM, cache).folder) == wanted


# --- the folder


def _as_file(output: Path) -> None:
    _removed(output)
    output.write_bytes(b"")


def _removed(output: Path) -> None:
    output.rename(output.with_name("moved"))


@on_unix
@pytest.mark.parametrize("happens", [_removed, _as_file], ids=["moved away", "a file"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_that_goes_away_midway_is_told(tmp_path: Path, happens: Callable[[Path], None], jobs: int) -> None:
    """What took its place stays, and the edition that was in it is whole wherever it is now."""
    output = tmp_path / "output"
    earlier = hashes(make_edition(_script(), output, HUM).folder)

    def strike(done: int, whole: int, utterance: Utterance) -> None:
        if done == 1:
            happens(output)

    with pytest.raises(AudioEditionError, match=r"No such file|Not a directory") as told:
        make_edition(_script("dusk"), output, HUM, progress=strike, jobs=jobs)
    assert told.value.remedy
    assert hashes(tmp_path / "moved" / "ferry-leaves") == earlier


# --- other runs, and what is around


def _start(
    folder: Path, output: str, hour: str = "noon", command: str = "build", **variables: str
) -> subprocess.Popen[bytes]:
    """A run of its own, with `folder` for its home, its cache, its temporary files and its editions."""
    for name in ("tmp", "articles"):
        (folder / name).mkdir(exist_ok=True)
    article = folder / "articles" / f"{hour}.txt"
    article.write_text(TEXT.format(hour))
    words = [command, str(article), "-o", str(folder / output), "--engine", "tone", "-q"]
    own = {"TMPDIR": str(folder / "tmp"), "AUDIO_EDITION_CACHE": str(folder / "cache")}
    environment = {name: value for name, value in (os.environ | own | variables).items() if value}
    return subprocess.Popen(
        [sys.executable, "-m", "audio_edition", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _built(folder: Path, output: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    process = _start(folder, output, **variables)
    said, told = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, said, told)


def _check_whole(folder: Path) -> None:
    found = hashes(folder)
    listed = {file["path"]: file["sha256"] for file in json.loads((folder / "edition.json").read_bytes())["files"]}
    found.pop("edition.json")
    assert found == listed


def test_runs_that_make_the_same_edition_at_once_do_not_meet(tmp_path: Path) -> None:
    """Four at once, of two texts: none fails, the edition is whole and one of the two, and no file is left."""
    wanted = []
    for hour in ("noon", "dusk"):
        with _start(tmp_path, hour, hour) as process:
            process.communicate()
        wanted.append(hashes(tmp_path / hour / "ferry-leaves"))
    runs = [_start(tmp_path, "output", hour) for hour in 2 * ("noon", "dusk")]
    for run in runs:
        _, told = run.communicate()
        assert run.returncode == 0, told
    assert hashes(tmp_path / "output" / "ferry-leaves") in wanted
    assert left_over(tmp_path) == []


@on_unix
@pytest.mark.parametrize("command", ["build", "batch"])
def test_a_result_that_nobody_takes_leaves_a_whole_edition(tmp_path: Path, command: str) -> None:
    """The reader of the pipe is gone: the edition is there, and no traceback is shown."""
    process = _start(tmp_path, "output", command=command)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() in (0, 1)
    assert b"Traceback" not in told
    (made,) = (tmp_path / "output").iterdir()
    _check_whole(made)
    assert left_over(tmp_path) == []


@on_unix
@pytest.mark.parametrize(
    "variables",
    [
        {"HOME": "", "XDG_CACHE_HOME": ""},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": ""},
    ],
    ids=["none named", "a file"],
)
def test_without_a_home_an_edition_is_made(tmp_path: Path, variables: dict[str, str]) -> None:
    """Nothing is kept for the next run, then, and nothing else is different."""
    own = {"XDG_CACHE_HOME": str(tmp_path / "xdg")} if not any(variables.values()) else {}
    done = _built(tmp_path, "output", AUDIO_EDITION_CACHE="", **(variables | own))
    assert done.returncode == 0, done.stderr
    _check_whole(tmp_path / "output" / "ferry-leaves")
    assert left_over(tmp_path) == []
