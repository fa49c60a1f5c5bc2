"""Notes of who made the edition, and alternative texts: read where they stand, and skipped by those who want to."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from audio_edition.formats import PACKAGES, write_packages
from audio_edition.model import PRODUCER_NOTE, Aside, Paragraph, Script
from audio_edition.translations import languages, words_for
from support.recordings import of_texts, passage
from support.structured import everything

_NOTE = ("c02-p018-s01", "c02-p018-s02")
_ALTERNATIVE, _DESCRIPTION = "c02-p002-s01", "c02-p003-s01"


def _produced() -> Script:
    """Every block, and a producer's note of two sentences at the end."""
    script = everything()
    first, last = script.chapters
    said = passage("c02-p018", "body", "[Producer's note: The map is left out.", "It shows the gates.]")
    note = Aside((Paragraph(said),), PRODUCER_NOTE)
    return replace(script, chapters=(first, replace(last, blocks=(*last.blocks, note))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("produced")
    recording = of_texts(folder, _produced())
    for name in ("epub", "daisy202", "daisy3"):
        PACKAGES[name].write(recording, folder, "book")
    write_packages(recording, folder, "book", ("mp3", "page"))
    return folder


def _in(archive: Path, name: str) -> Any:
    with zipfile.ZipFile(archive) as book:
        return etree.fromstring(book.read(name), etree.XMLParser(load_dtd=False, no_network=True))


def test_producers_notes_can_be_skipped(folder: Path) -> None:
    """In the EPUB as an aside with the role of a note, in both DAISY formats as a producer's note."""
    (aside,) = _in(folder / "book.epub", "EPUB/c02.xhtml").iter("{*}aside")
    (seq,) = _in(folder / "book.epub", "EPUB/c02.smil").xpath(
        f"//*[local-name()='seq'][@*[contains(., '#{aside.get('id')}')]]"
    )
    assert (aside.get("class"), aside.get("role")) == (PRODUCER_NOTE, "note")
    assert seq.get("{http://www.idpf.org/2007/ops}type") == "aside"
    assert [text.get("src") for text in seq.iter("{*}text")] == [f"c02.xhtml#{name}" for name in _NOTE]
    (div,) = _in(folder / "book-daisy202.zip", "content.html").xpath(f"//*[@id='{_NOTE[0]}']/ancestor::*[@class][1]")
    assert div.get("class") == "optional-prodnote"
    (played,) = _in(folder / "book-daisy3.zip", "s002.smil").xpath(f"//*[@id='m-{_NOTE[0]}']/..")
    assert (played.get("class"), played.get("customTest")) == ("prodnote", "prodnote")
    assert played.get("end") == f"DTBuserEscape;m-{_NOTE[1]}.end"


def test_players_of_daisy_can_skip_alternative_texts_too(folder: Path) -> None:
    """Sentence by sentence, with an entry in the contents and counted there."""
    smil = _in(folder / "book-daisy202.zip", "s002.smil")
    required = [par[0].get("id") for par in smil.iter("par") if par.get("system-required") == "prodnote-on"]
    assert required == [_ALTERNATIVE, _DESCRIPTION, *_NOTE]
    ncc = _in(folder / "book-daisy202.zip", "ncc.html")
    listed = [span[0].text for span in ncc.iter("{*}span") if span.get("class") == "optional-prodnote"]
    assert listed == [
        "A chart of two bars.", "The north bar is taller.", "[Producer's note: The map is left out.",
    ]  # fmt: skip
    (count,) = ncc.xpath("//*[@name='ncc:prodNotes']/@content")
    assert int(count) == len(listed)
    (par,) = _in(folder / "book-daisy3.zip", "s002.smil").xpath(f"//*[@id='m-{_ALTERNATIVE}']")
    assert par.get("customTest") == "prodnote"


def test_the_page_offers_to_skip_them(folder: Path) -> None:
    """As a choice of its own, from the first sentence of the note to its last; E leaves it."""
    page = (folder / "index.html").read_text("utf-8")
    (told,) = re.findall(r'<script type="application/json" id="edition">(.*?)</script>', page, re.DOTALL)
    edition = json.loads(told)
    names = [cue[0] for cue in edition["cues"]]
    stretch = [names.index(_NOTE[0]), names.index(_NOTE[1]) + 1]
    assert edition["skipped"]["producer_notes"] == [stretch]
    assert stretch in edition["left"]
    assert 'value="producer_notes"> Producer&#39;s notes</label>' in page


def test_the_choice_has_words_in_each_language_of_the_page() -> None:
    """None is left in English by mistake."""
    told = {words_for("page", language)["skipped_producer_notes"] for language in languages()}
    assert len(told) == len({words_for("page", language).language for language in languages()})
