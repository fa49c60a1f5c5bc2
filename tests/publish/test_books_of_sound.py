"""Books without text: nothing of it is in any file that is handed out, but headings and what the contents list."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from mutagen.id3 import ID3

from audio_edition.config import Settings
from audio_edition.errors import SettingsError
from audio_edition.formats import PACKAGES, chosen
from audio_edition.formats.accessibility import summary
from audio_edition.model import Heading, Recording, every
from support.recordings import of_texts
from support.structured import everything

BOOKS = ("epub", "daisy202", "daisy3", "mp3", "tracks", "onix")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    recording = _of_sound(folder)
    for name in BOOKS:
        PACKAGES[name].write(recording, folder, "book")
    return folder


def _of_sound(folder: Path) -> Recording:
    return replace(of_texts(folder, everything()), book_text="none")


def _texts_in(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as book:
        return {
            name: book.read(name).decode() for name in book.namelist() if not name.endswith((".mp3", ".png", ".jpg"))
        }


@pytest.mark.parametrize("name", ["book.epub", "book-daisy202.zip", "book-daisy3.zip"])
def test_no_sentence_but_headings_can_be_read(folder: Path, name: str) -> None:
    """Not in documents, not in lists, not in attributes; long first words of what the contents list aside."""
    blocks = [block for chapter in everything().chapters for block in every(chapter.blocks)]
    headings = {block.text.text for block in blocks if isinstance(block, Heading)}
    listed = {"A chart of two bars.", "The north bar is taller.", "In short"}
    written = "\n".join(_texts_in(folder / name).values())
    sentences = [each.text for each in everything().utterances if each.text not in headings | listed]
    assert [text for text in sentences if len(text) > 12 and text in written] == []


def test_headings_keep_their_words_and_their_levels(folder: Path) -> None:
    """Those of chapters, and those inside, each sentence with its id."""
    documents = _texts_in(folder / "book.epub")
    found = [
        (etree.QName(element).localname, "".join(element.itertext()), element[0].get("id"))
        for name in ("EPUB/c01.xhtml", "EPUB/c02.xhtml")
        for element in etree.fromstring(documents[name].encode()).iter("{*}h1", "{*}h2", "{*}h3")
    ]
    assert found == [
        ("h1", "The harbour report", "c01-p001-s01"),
        ("h2", "In short", "c01-p026-s01"),
        ("h1", "The gates", "c02-p001-s01"),
    ]


def test_tags_hold_no_text(folder: Path) -> None:
    """Neither the tag of the whole nor those of tracks."""
    for path in (folder / "book.mp3", *(folder / "tracks").glob("*.mp3")):
        assert ID3(path).getall("USLT") == []


def test_onix_says_that_it_is_sound(folder: Path) -> None:
    """Main content is an audiobook (list 81); sound is enough, text is not (list 196)."""
    root = etree.parse(folder / "onix.xml").getroot()
    features = [feature for feature in root.iter("{*}ProductFormFeature") if feature[0].text == "09"]
    codes = {str(feature[1].text) for feature in features}
    assert root.findtext("{*}PrimaryContentType") == "01"
    assert "51" in codes
    assert not codes & {"14", "15", "17", "20", "36", "52", "53"}


def test_the_summary_says_so(tmp_path: Path) -> None:
    """First of all, and who speaks."""
    told = summary(_of_sound(tmp_path))
    assert told.startswith("This is a book of sound")
    assert "synthetic voice" in told


def test_formats_that_show_the_text_are_left_out() -> None:
    """By default; and who names one is told."""
    assert set(chosen((), "none")) == {"mp3", "m4b", "epub", "daisy202", "tracks", "chapters", "cover"}
    with pytest.raises(SettingsError, match=r"The format transcript shows the text, and --text none leaves it out\."):
        chosen(("epub", "transcript"), "none")


def test_other_words_for_text_are_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(SettingsError, match="some") as caught:
        Settings(book_text="some")  # type: ignore[arg-type]
    assert "full, none" in str(caught.value)
