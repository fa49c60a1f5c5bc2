"""`audio-edition check`: lines or JSON on standard output, and the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from audio_edition.cli import main


def test_a_sound_edition_is_exit_0(good: dict[str, Path]) -> None:
    """One line for each edition; its edition.json will do as its name."""
    names = [str(good["alone"]), str(good["issue"] / "edition.json")]
    done = CliRunner().invoke(main, ["check", "--no-programs", *names])
    assert done.exit_code == 0
    assert done.stdout == "".join(f"{good[name]}: nothing is wrong.\n" for name in ("alone", "issue"))
    assert "Checking: " in done.stderr


def test_an_error_is_exit_1_and_the_others_are_checked(good: dict[str, Path], tmp_path: Path) -> None:
    """Level, id, place, message and remedy stand on one line."""
    shutil.copytree(good["alone"], tmp_path / "broken")
    (tmp_path / "broken/chapters.json").unlink()
    names = [str(tmp_path / "broken"), str(good["alone"])]
    done = CliRunner().invoke(main, ["check", "--no-programs", "-q", *names])
    assert (done.exit_code, done.stderr) == (1, "")
    first, *others = done.stdout.splitlines()
    assert first == f"{tmp_path / 'broken'}: 3 errors."
    assert others[0] == (
        "  Error file-missing: chapters.json: edition.json lists this file, and it is not there. "
        "Copy the edition again, or build it again."
    )
    assert others[-1] == f"{good['alone']}: nothing is wrong."


def test_a_warning_is_exit_0(good: dict[str, Path], tmp_path: Path) -> None:
    """Only errors make the command fail; JSON has every field of a finding."""
    shutil.copytree(good["alone"], tmp_path / "copy")
    (tmp_path / "copy/notes.txt").write_text("mine")
    done = CliRunner().invoke(main, ["check", "--no-programs", "--json", str(tmp_path / "copy")])
    assert done.exit_code == 0
    (edition,) = json.loads(done.stdout)
    assert (edition["title"], edition["sound"]) == ("Rain", True)
    assert [(found["id"], found["level"], found["place"]) for found in edition["findings"]] == [
        ("file-strange", "warning", "notes.txt")
    ]
