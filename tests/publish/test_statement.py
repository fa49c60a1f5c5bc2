"""What an edition says of its accessibility beside the EPUB: in words on its page, in codes in ONIX."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition.formats import PACKAGES, chosen
from audio_edition.formats.statement import statement
from audio_edition.model import Recording
from audio_edition.translations import words_for
from support.recordings import article, of_texts
from support.structured import everything

_LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh")


def _told(recording: Recording, language: str = "en") -> dict[str, tuple[str, ...]]:
    return {group.heading: group.told for group in statement(recording, words_for("page", language))}


def test_an_article_is_readable_in_every_way(tmp_path: Path) -> None:
    """What is not known, such as conformance, is said to be unknown."""
    told = _told(of_texts(tmp_path, article()))
    assert told["Ways of reading"] == (
        "Appearance can be modified",
        "Readable in read aloud or dynamic braille",
        "Prerecorded audio synchronized with text",
    )
    assert told["Conformance"] == ("No information is available",)
    assert told["Navigation"] == ("Table of contents", "Headings")
    assert told["Hazards"] == ("No hazards",)
    assert "synthetic voice" in told["Summary"][0]


def test_a_picture_without_words_is_told(tmp_path: Path) -> None:
    """Then not all can be read aloud; pages and descriptions that are there are told too."""
    told = _told(of_texts(tmp_path, everything()))
    assert told["Ways of reading"][1] == "May not be fully readable in read aloud or dynamic braille"
    assert "Has alternative text" not in told["Ways of reading"]
    assert told["Navigation"] == ("Table of contents", "Headings", "Go to page")
    assert {"Page breaks included", "Has long descriptions", "ARIA roles included"} <= set(
        told["Additional information"]
    )


def test_conformance_is_claimed_in_the_name_of_who_looked(tmp_path: Path) -> None:
    """By the certifier, in each language."""
    recording = replace(of_texts(tmp_path, article()), certifier="Ada Finch")
    for language in _LANGUAGES:
        words = words_for("page", language)
        assert "Ada Finch" in _told(recording, language)[words["conformance"]][0]


def _codes(folder: Path, recording: Recording) -> tuple[set[str], str]:
    PACKAGES["onix"].write(recording, folder, "book")
    text = (folder / "onix.xml").read_text("utf-8")
    pairs = re.findall(r"<ProductFormFeatureType>09</ProductFormFeatureType>\n<ProductFormFeatureValue>(\d\d)<", text)
    return set(pairs), text


def test_onix_has_the_codes_of_what_holds(tmp_path: Path) -> None:
    """Everything sounds and is text: 51 and 52; pages of a book that is named: 19 and 41; no code of a certifier."""
    codes, text = _codes(tmp_path, of_texts(tmp_path, article()))
    assert codes == {"00", "11", "13", "20", "29", "30", "36", "51", "52"}
    assert "<ProductFormDetail>A305</ProductFormDetail>" in text
    codes, _ = _codes(tmp_path, of_texts(tmp_path, everything()))
    assert codes == {"00", "11", "13", "19", "20", "29", "30", "36", "41"}


def test_onix_is_made_with_the_epub_that_it_describes() -> None:
    """And only if asked for."""
    assert chosen(("onix",)) == ("epub", "onix")
    assert "onix" not in chosen(())


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_statement_is_in_the_language_of_the_page(tmp_path: Path, language: str) -> None:
    """No group without a heading, no claim without words."""
    for group in statement(of_texts(tmp_path, everything()), words_for("page", language)):
        assert group.heading
        assert all(group.told)
