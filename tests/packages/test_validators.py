"""Every package of every kind of article, by the tools of its own community."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from audio_edition.edition.build import Edition
from support.editions import NEWSPAPER, WIRE, the_file
from support.validators import ace_finds, daisy3_complaints, daisy_complaints, epubcheck, needs_schemas, needs_zedval

_DIFFERING = [WIRE, "Arabic", "levels skipped", "same headings", "hostile", NEWSPAPER]
"""For Ace, which takes seconds for each document of a book: those that have something of their own."""


@pytest.mark.tool("java", "apt-get install default-jre-headless")
def test_epubcheck_has_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    """No error, warning or usage note, in the strictest mode of EPUBCheck 5."""
    assert epubcheck(the_file(edition, ".epub"), tmp_path) == []


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.tool("ace-puppeteer", "PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm i -g @daisy/ace")
@pytest.mark.parametrize("edition", _DIFFERING, indirect=True)
def test_ace_finds_no_barrier(edition: Edition, tmp_path: Path) -> None:
    """Not one violation of EPUB Accessibility 1.1, by DAISY's own checker."""
    assert ace_finds(the_file(edition, ".epub"), tmp_path) == []
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    looked_at = {document["earl:testSubject"]["url"] for document in report["assertions"]}
    assert looked_at >= {"nav.xhtml", *(f"{chapter.chapter.id}.xhtml" for chapter in edition.recording.chapters)}


@needs_schemas
def test_daisys_schemas_have_nothing_to_say(edition: Edition) -> None:
    """RelaxNG and Schematron of DAISY 2.02, and the DTD of XHTML 1.0: no finding."""
    assert daisy_complaints(the_file(edition, "-daisy202")) == []


@needs_schemas
@pytest.mark.parametrize(
    ("file", "pattern", "replacement"),
    [
        ("ncc.html", '<meta name="dc:date"[^>]*>', ""),
        ("ncc.html", 'tocItems" content="3"', 'tocItems" content="4"'),
        ("ncc.html", 'class="title"', 'class="heading"'),
        ("s001.smil", "npt=", "at="),
        ("s001.smil", "<region[^>]*>", ""),
        ("master.smil", ' id="s001"', ""),
        ("content.html", "</p>", "</div>"),
        ("content.html", "<body>", "<body><video></video>"),
    ],
)
def test_a_broken_book_would_be_noticed(
    harbour: Edition, tmp_path: Path, file: str, pattern: str, replacement: str
) -> None:
    """The broken twins: each rule that is broken is found."""
    book = tmp_path / "book"
    shutil.copytree(the_file(harbour, "-daisy202"), book)
    text = (book / file).read_text("utf-8")
    (book / file).write_text(re.sub(pattern, replacement, text), "utf-8")
    assert (book / file).read_text("utf-8") != text
    try:
        assert daisy_complaints(book)
    except etree.XMLSyntaxError:
        assert "</div>" in replacement


def _unpacked(edition: Edition, folder: Path) -> Path:
    with zipfile.ZipFile(the_file(edition, "-daisy3.zip")) as archive:
        archive.extractall(folder)
    return folder


@needs_zedval
@pytest.mark.tool("java", "apt-get install default-jre-headless")
def test_zedval_has_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    """No failure of Z39.86-2005: DTDs, RelaxNG, Schematron, and what ZedVal looks at besides."""
    assert daisy3_complaints(_unpacked(edition, tmp_path)) == []


@needs_zedval
@pytest.mark.tool("java", "apt-get install default-jre-headless")
@pytest.mark.parametrize(
    ("file", "pattern", "replacement"),
    [
        ("s001.smil", 'clipEnd="[^"]*"(/></par>\\s*</seq>\\s*</body>)', r'clipEnd="00:09:00.000"\1'),
        ("book.opf", '(dtb:totalTime" content=")00', r"\g<1>01"),
        ("book.ncx", 'playOrder="2"', 'playOrder="9"'),
        ("text.xml", 'smilref="s001', 'smilref="s009'),
        ("text.xml", "<p", "<par"),
    ],
)
def test_zedval_would_notice(harbour: Edition, tmp_path: Path, file: str, pattern: str, replacement: str) -> None:
    """The broken twins."""
    book = _unpacked(harbour, tmp_path)
    text = (book / file).read_text("utf-8")
    (book / file).write_text(re.sub(pattern, replacement, text), "utf-8")
    assert (book / file).read_text("utf-8") != text
    try:
        assert daisy3_complaints(book)
    except etree.XMLSyntaxError:
        assert replacement == "<par"


@pytest.mark.tool("java", "apt-get install default-jre-headless")
@pytest.mark.parametrize(
    ("file", "pattern", "replacement", "message"),
    [
        ("EPUB/c01.smil", r'<text src="c01.xhtml#c01-p002', '<text src="c01.xhtml#nowhere', "RSC-012"),
        ("EPUB/package.opf", r'<meta property="media:duration" refines="#overlay-c02">[^<]*</meta>', "", "RSC-005"),
        ("EPUB/package.opf", r'(media:duration">)\d\d:', r"\g<1>09:", "MED_016"),
    ],
)
def test_epubcheck_would_notice(
    harbour: Edition, tmp_path: Path, file: str, pattern: str, replacement: str, message: str
) -> None:
    """The broken twins: a lost target, a lost duration, a wrong one."""
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(the_file(harbour, ".epub")) as book, zipfile.ZipFile(broken, "w") as copy:
        for entry in book.infolist():
            content = book.read(entry)
            if entry.filename == file:
                content = re.sub(pattern, replacement, content.decode()).encode()
                assert content != book.read(entry)
            copy.writestr(entry, content)
    assert message in {found["ID"] for found in epubcheck(broken, tmp_path)}
