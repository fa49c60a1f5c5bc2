"""One document, written by other programs in the formats that they write, is read as the same article."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from audio_edition.read import converters
from support.sketch import sketch
from support.soundness import read_whole

needs_pandoc = pytest.mark.skipif(not converters.pandoc(), reason="pip install 'audio-edition[pandoc]'")

SOURCE = """---
title: The quay
lang: en-GB
---

It **opens** in *May*, ~~or June~~, with [a tide table](https://example.com/tide).

# Costs

Old[^1] wood.

[^1]: Built in 1871.

1. One
    - Under
2. Two

Between.

3. Three

## Fares

| Ticket | Price |
|--------|-------|
| Adult  | £4    |
| Child  | £2    |

> We waited three years.

It is 5 m^2^, first line\\
second line.
"""
LINES = [
    "It opens in May, ~~or June~~, with a tide table.", "## Costs", "Old[^1] wood.", "[^1]: Built in 1871.", "1. One",
    "   - Under", "2. Two", "Between.", "3. Three", "### Fares", "| ^Ticket | ^Price", "| Adult | £4", "| Child | £2",
    "> We waited three years.", "It is 5 m2, first line / second line.",
]  # fmt: skip
PANDOC = {
    "docx": "docx", "odt": "odt", "epub3": "epub", "html5": "html", "docbook5": "docbook.xml", "jats": "jats.xml",
    "org": "org",
}  # fmt: skip
OFFICE = ("doc", "fodt", "rtf", "docx")


def _in(ending: str) -> list[str]:
    """What is read: pandoc's JATS has no line ends, LibreOffice's RTF no heads of columns."""
    if ending == "jats.xml":
        return [line.replace(" / ", " ") for line in LINES]
    return [line.replace("^T", "T").replace("^P", "P") for line in LINES] if ending == "rtf" else LINES


def _by_pandoc(folder: Path, written: str, ending: str) -> Path:
    (folder / "a.md").write_text(SOURCE)
    path = folder / f"a.{ending}"
    command = [converters.pandoc(), "-s", "-t", written, "-o", str(path), str(folder / "a.md")]
    subprocess.run(command, check=True, capture_output=True)
    return path


@needs_pandoc
@pytest.mark.slow
@pytest.mark.parametrize("written", PANDOC)
def test_what_pandoc_writes_is_the_same_article(written: str, tmp_path: Path) -> None:
    """Its headings, lists with their numbers, notes, tables and quotations."""
    ending = PANDOC[written]
    article = read_whole(_by_pandoc(tmp_path, written, ending)).articles[0]
    assert (article.title, sketch(article)) == ("The quay", _in(ending))


@needs_pandoc
@pytest.mark.slow
@pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
def test_what_libreoffice_writes_is_the_same_article(tmp_path: Path) -> None:
    """From an OpenDocument text, in each format that it writes."""
    source = _by_pandoc(tmp_path, "odt", "odt")
    for ending in OFFICE:
        profile = (tmp_path / "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, str(source)]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        article = read_whole(tmp_path / f"a.{ending}").articles[0]
        assert (article.title, sketch(article)) == ("The quay", _in(ending)), ending
