"""Others' checkers: what they find is passed on, and that one is missing, hangs or talks nonsense is said."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from audio_edition.check import check_edition, tools
from audio_edition.model import Finding
from support.liblouis import INSTALLED, needs_liblouis
from support.twins import in_member, in_text, only, seal

ACE_REPORT = """{"assertions": [{"earl:testSubject": {"url": "nav.xhtml"}, "assertions": [
{"earl:test": {"dct:title": "image-alt", "dct:description": "No alternative text"}}]}]}"""


def _twin(good: dict[str, Path], tmp_path: Path) -> Path:
    folder = tmp_path / "twin"
    shutil.copytree(good["alone"], folder)
    return folder


def _found(folder: Path) -> list[Finding]:
    return [finding for finding in check_edition(folder).findings if finding.id != "tool-missing"]


def _stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """Put a program of that name first in the path."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!{sys.executable}\n{script}")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_what_is_not_installed_is_a_note(
    good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each program is named with how to get it, and nothing is wrong."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = check_edition(good["alone"]).findings
    of_braille = ["EPUBCheck"] * INSTALLED
    asked = ["EPUBCheck", "Ace", *of_braille, "axe-core"]
    assert [(finding.id, finding.level) for finding in found] == [("tool-missing", "note")] * len(asked)
    assert [finding.message.partition(" ")[0] for finding in found] == asked
    assert all("nstall" in finding.remedy for finding in found)


@pytest.mark.tool("java", "apt-get install default-jre-headless")
def test_what_epubcheck_finds_is_passed_on(good: dict[str, Path], tmp_path: Path) -> None:
    """A document that is no EPUB any more, by a rule that is EPUBCheck's business."""
    folder = _twin(good, tmp_path)
    in_member(".epub", "EPUB/c01.xhtml", "<head>", "<head><blink/>")(folder)
    seal(folder)
    found = _found(folder)
    assert {finding.id for finding in found} == {"epubcheck"}
    assert found[0].level == "error"
    assert "c01.xhtml" in found[0].place
    assert "RSC-005" in found[0].message


@needs_liblouis
@pytest.mark.tool("java", "apt-get install default-jre-headless")
def test_what_epubcheck_finds_in_ebraille_is_passed_on(good: dict[str, Path], tmp_path: Path) -> None:
    """But for the properties that eBraille adds, of which nothing is said in the good one."""
    folder = _twin(good, tmp_path)
    only(folder, "ebraille")
    assert _found(folder) == []
    in_member(".ebrl", "ebraille/c01.xhtml", "<head>", "<head><blink/>")(folder)
    seal(folder)
    assert {finding.id for finding in _found(folder)} == {"epubcheck"}


@pytest.mark.tool("chromium", "apt-get install chromium")
def test_what_axe_finds_is_passed_on(good: dict[str, Path], tmp_path: Path) -> None:
    """A page whose letters are too pale."""
    folder = _twin(good, tmp_path)
    in_text("contents.html", "--text: #1c1a17", "--text: #aaaaaa")(folder)
    seal(folder)
    found = _found(folder)
    assert [(finding.id, finding.place) for finding in found] == [("axe", "contents.html")]
    assert "color-contrast" in found[0].message


@pytest.mark.tool("ace-puppeteer", "npm install -g @daisy/ace")
@pytest.mark.tool("chromium", "apt-get install chromium")
def test_what_the_real_ace_finds_is_passed_on(
    good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role that does not exist; and nothing in the edition as it was built."""
    monkeypatch.setattr(tools, "_epubcheck_command", list)
    monkeypatch.setattr(tools.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    assert _found(good["alone"]) == []
    folder = _twin(good, tmp_path)
    in_member(".epub", "EPUB/c01.xhtml", "</section>", '<div role="nonsense" tabindex="0"></div></section>')(folder)
    seal(folder)
    found = _found(folder)
    assert {(finding.id, finding.level) for finding in found} == {("ace", "error")}
    assert "c01.xhtml" in found[0].place


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a shebang")
def test_what_ace_finds_is_passed_on(good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A violation in the report of a stand-in for Ace, which is a program of another kind."""
    script = f"import pathlib, sys\npathlib.Path(sys.argv[4], 'report.json').write_text('''{ACE_REPORT}''')"
    _stand_in(tmp_path / "bin", monkeypatch, "chromium", "")
    monkeypatch.setattr(tools.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    _stand_in(tmp_path / "bin", monkeypatch, "ace-puppeteer", script)
    found = _found(good["alone"])
    assert [(finding.id, finding.place) for finding in found] == [("ace", "rain.epub/nav.xhtml")]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a shebang")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import time\ntime.sleep(600)", "within 1 seconds"),
        ("raise SystemExit(1)", "it wrote none"),
        ("import pathlib, sys\npathlib.Path(sys.argv[4], 'report.json').write_text('[')", "Expecting"),
        ("import pathlib, sys\npathlib.Path(sys.argv[4], 'report.json').write_text('[]')", "list indices"),
    ],
)
def test_a_program_that_fails_is_named(
    good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    """It hangs, crashes, or writes what is no report: a warning that says so, and the check goes on."""
    _stand_in(tmp_path / "bin", monkeypatch, "chromium", "")
    _stand_in(tmp_path / "bin", monkeypatch, "ace-puppeteer", script)
    monkeypatch.setattr(tools.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    monkeypatch.setattr(tools, "ACE_SECONDS", 1)
    (found,) = _found(good["alone"])
    assert (found.id, found.level) == ("tool-failed", "warning")
    assert said in found.message
