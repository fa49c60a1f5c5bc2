"""The DAISY 3 book, read back: DTBook, SMIL, NCX and package say the same. Schemas and players are in
tests/packages."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from audio_edition.formats import PACKAGES, chosen
from support.recordings import article, of_texts, repeated, with_a_second_voice
from support.structured import chart, everything

_DTBOOK = "{http://www.daisy.org/z3986/2005/dtbook/}"


def _book(folder: Path, recording: Any) -> dict[str, bytes]:
    """The files of a book by their names."""
    (file,) = PACKAGES["daisy3"].write(recording, folder, "book").files
    with zipfile.ZipFile(folder / file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The book of a script that holds everything."""
    folder = tmp_path_factory.mktemp("daisy3")
    return _book(folder, of_texts(folder, everything()))


def _text_of(book: dict[str, bytes], name: str) -> list[Any]:
    return list(_parsed(book["text.xml"]).iter(f"{_DTBOOK}{name}"))


def test_it_is_made_only_if_asked_for() -> None:
    """Those who need it know it; for others it is a second copy of the sound."""
    assert "daisy3" not in chosen(())
    assert chosen(("daisy3",)) == ("daisy3",)


def test_every_sentence_is_played_once_and_leads_back(book: dict[str, bytes]) -> None:
    """Each par that sounds plays an element whose smilref is that par, in the order of the text."""
    references = {element.get("id"): element.get("smilref") for element in _parsed(book["text.xml"]).iter()}
    played = []
    for name in ("s001.smil", "s002.smil"):
        for par in _parsed(book[name]).iter("{*}par"):
            target = next(par.iter("{*}text")).get("src").partition("#")[2]
            assert references[target] == f"{name}#{par.get('id')}"
            if par.find("{*}audio") is not None:
                played.append(target)
    assert played == [utterance.id for utterance in everything().utterances]


def test_structure_is_that_of_the_document(book: dict[str, bytes]) -> None:
    """Levels, lists with their numbers, tables with their headers, programs, pictures with description and caption."""
    assert [level.get("id") for level in _text_of(book, "level1")] == ["c01"]
    assert [level.get("id") for level in _text_of(book, "level2")] == ["c02"]
    lists = [(each.get("type"), each.get("start")) for each in _text_of(book, "list")]
    assert lists == [("pl", None), ("ul", None)]
    numbered = _text_of(book, "list")[0].findall(f"{_DTBOOK}li")
    assert [item.text for item in numbered] == ["3. ", "4. ", "9. "]
    assert [(head.get("scope"), head.findtext(".")) for head in _text_of(book, "th")] == [
        ("col", "North"), ("col", "South"), ("row", "Gates"), ("row", "Boats"),
    ]  # fmt: skip
    (group,) = _text_of(book, "imggroup")
    assert [child.tag.removeprefix(_DTBOOK) for child in group] == ["img", "prodnote", "caption"]
    assert group[0].get("src") == chart().name
    assert book[chart().name] == chart().data
    assert [head.tag for head in _text_of(book, "sidebar")[0]] == [f"{_DTBOOK}hd", f"{_DTBOOK}p"]
    (code,) = _text_of(book, "code")
    assert "".join(code.itertext()) == "for gate in gates:\n    shut(gate)"


def test_notes_and_pages_are_told_and_can_be_skipped(book: dict[str, bytes]) -> None:
    """Each mark of a note leads to the note and to what plays it; each page has its kind and its place."""
    notes = [note.get("id") for note in _text_of(book, "note")]
    assert [mark.get("idref") for mark in _text_of(book, "noteref")] == [f"#{note}" for note in notes]
    pages = [(page.get("page"), page.text) for page in _text_of(book, "pagenum")]
    assert pages == [("front", "xi"), ("normal", "12"), ("normal", "13")]
    tested: dict[str, list[str]] = {}
    for name in ("s001.smil", "s002.smil"):
        root = _parsed(book[name])
        for part in root.iter("{*}par", "{*}seq"):
            if part.get("customTest"):
                tested.setdefault(part.get("customTest"), []).append(part.get("id"))
        for link in root.iter("{*}a"):
            assert link.get("href").partition("#")[2] in {f"m-{note}" for note in notes}
    assert {test: len(found) for test, found in tested.items()} == {
        "noteref": 2, "note": 2, "sidebar": 1, "pagenum": 3, "prodnote": 2,
    }  # fmt: skip


def test_the_ncx_leads_to_headings_pages_and_notes(book: dict[str, bytes]) -> None:
    """Headings in their levels with their sound; the order of playing is one through all lists."""
    ncx = _parsed(book["book.ncx"])
    points = [(point.get("class"), point.findtext("{*}navLabel/{*}text")) for point in ncx.iter("{*}navPoint")]
    assert points == [("h1", "The harbour report"), ("h2", "In short"), ("h2", "The gates")]
    assert all(point.find("{*}navLabel/{*}audio") is not None for point in ncx.iter("{*}navPoint"))
    pages = [(page.get("type"), page.get("value")) for page in ncx.iter("{*}pageTarget")]
    assert pages == [("front", None), ("normal", "12"), ("normal", "13")]
    assert [target.findtext("{*}navLabel/{*}text") for target in ncx.iter("{*}navTarget")] == [
        "Note 1", "Note", "The north bar is taller.",
    ]  # fmt: skip
    targets = [*ncx.iter("{*}navPoint", "{*}pageTarget", "{*}navTarget")]
    orders = {each.get("playOrder"): each.find("{*}content").get("src") for each in targets}
    assert sorted(map(int, orders)) == list(range(1, len(targets) + 1))


def test_a_book_of_many_chapters_has_its_files_in_order(tmp_path: Path) -> None:
    """The spine is the order of playing; every file is in the manifest."""
    files = _book(tmp_path, of_texts(tmp_path, repeated(tmp_path, [f"Part {n}" for n in range(1, 13)]).script))
    package = _parsed(files["book.opf"])
    listed = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    assert set(listed.values()) == set(files)
    assert [listed[item.get("idref")] for item in package.iter("{*}itemref")] == sorted(
        name for name in files if name.endswith(".smil")
    )


def test_every_narrator_is_named(tmp_path: Path) -> None:
    """As synthetic voices."""
    package = _parsed(_book(tmp_path, with_a_second_voice(of_texts(tmp_path, article())))["book.opf"])
    (told,) = [meta.get("content") for meta in package.iter("{*}meta") if meta.get("name") == "dtb:narrator"]
    assert told == "Synthetic voices: English (espeak), Ann & Co (piper)"


def test_the_same_recording_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no random number."""
    recording = of_texts(tmp_path, everything())
    archives = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (file,) = PACKAGES["daisy3"].write(recording, tmp_path / name, "book").files
        archives.append((tmp_path / name / file).read_bytes())
    assert archives[0] == archives[1]
