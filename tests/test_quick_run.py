"""What `pytest` leaves out by itself, that it says so, and how it is told to run everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.places import ROOT, environment

TESTS = """
import pytest

def test_quick():
    pass

@pytest.mark.slow
def test_that_is_marked():
    pass

@pytest.mark.tool("validator", "apt install validator")
def test_with_a_large_program():
    pass

def test_of_growth(own_heap):
    pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one quick test and three that take long, and with the rules of these tests."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(TESTS)
    return tmp_path


def _said(*arguments: object) -> str:
    """The last lines of a run."""
    surroundings = environment() | {"AUDIO_EDITION_REQUIRE_TOOLS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider"]
    words = [str(word) for word in (*command, *arguments)]
    done = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("processes", [0, 1])
def test_what_takes_long_is_left_out_and_counted(folder: Path, processes: int) -> None:
    """In one process, and in those of pytest-xdist."""
    said = _said(folder, "-n", processes)
    assert "Left out: 3 tests that take long; pytest --all runs them." in said
    assert "1 passed" in said


@pytest.mark.parametrize(("named", "option"), [(".", "--all"), ("test_it.py", "-rs")], ids=["all", "named"])
def test_nothing_is_left_out_of_what_is_asked_for(folder: Path, named: str, option: str) -> None:
    """By `--all`, or by the name of a file. A program that is missing is told as ever."""
    said = _said(folder / named, option, "-n", 0)
    assert "Left out" not in said
    assert "3 passed, 1 skipped" in said
    assert "apt install validator" in said
