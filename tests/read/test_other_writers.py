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
    "docx": "docx", "odt": "odt", "epub2": "2.epub", "epub3": "epub", "html5": "html", "docbook4": "4.xml",
    "docbook5": "docbook.xml", "jats": "jats.xml", "org": "org", "rtf": "rtf", "fb2": "fb2",
}  # fmt: skip
OFFICE = {
    "doc": "doc", "fodt": "fodt", "rtf": "rtf", "docx": "docx", "html": "html:HTML (StarWriter)",
    "xhtml": "xhtml:XHTML Writer File",
}  # fmt: skip


def _in(ending: str, writer: str = "") -> list[str]:
    """What is read: formats, and programs that write them, have no words for some of it."""
    lines = LINES
    if ending in ("jats.xml", "fb2"):  # no line ends
        lines = [line.replace(" / ", " ") for line in lines]
    if ending == "rtf":  # no heads of columns
        lines = [line.replace("^T", "T").replace("^P", "P") for line in lines]
    if ending == "xhtml":  # no strikes, no bullets in numbered lists, no styles of quotations
        lines = [line.replace("~~", "").replace("- Under", "1. Under").removeprefix("> ") for line in lines]
    if ending == "rtf" and writer == "pandoc":
        lines = [line.removeprefix("> ") for line in lines]
    return lines


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
    assert (article.title, sketch(article)) == ("The quay", _in(ending, "pandoc"))


@needs_pandoc
@pytest.mark.slow
@pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
def test_what_libreoffice_writes_is_the_same_article(tmp_path: Path) -> None:
    """From an OpenDocument text, in each format that it writes."""
    source = _by_pandoc(tmp_path, "odt", "odt")
    for ending, written in OFFICE.items():
        article = read_whole(_by_office(tmp_path, source, ending, written)).articles[0]
        assert (article.title, sketch(article)) == ("The quay", _in(ending)), ending


@needs_pandoc
@pytest.mark.slow
@pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
def test_what_libreoffice_makes_of_a_word_document_is_the_same_article(tmp_path: Path) -> None:
    """Its inner lists are lists of their own there, and its book has only what styles say of letters."""
    source = _by_pandoc(tmp_path, "docx", "docx")
    for ending, written in (("odt", "odt"), ("html", OFFICE["html"])):
        article = read_whole(_by_office(tmp_path, source, ending, written)).articles[0]
        assert (article.title, sketch(article)) == ("The quay", LINES), ending
    book = read_whole(_by_office(tmp_path, source, "epub", "epub")).articles[0]
    assert (book.title, sketch(book)[:3]) == ("The quay", LINES[:3])


def _by_office(folder: Path, source: Path, ending: str, written: str) -> Path:
    place, profile = folder / "office", (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", written, "--outdir"]
    subprocess.run([*command, str(place), str(source)], check=True, capture_output=True)
    return place / f"a.{ending}"
