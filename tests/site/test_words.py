"""The words of the search index, and that a browser finds the same ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import ucd_3_2_0

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.site import words as words_module
from audio_edition.site.words import LONGEST, shard_of, words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = Path(words_module.__file__).parent / "templates/search.js"
TEXTS = [
    "The Ferry’s captain paid $3.5bn; naïve Ærø, Zürich, İstanbul, ΟΔΟΣ, straße, don't, x²",
    "船が沈んだ。北京 and Tokyo東京2026",
    "สวัสดีชาวโลก ភាសាខ្មែរ မြန်မာ",
    "नमस्ते दुनिया, مرحبا بالعالم, שלום עולם, Привет, ёлка",
    "a" * 100 + " 𠮷野家 👍🏽 \u0000 \u2028 __proto__ constructor",
    "한국어 텍스트",
    "",
]


def test_words_are_small_and_plain() -> None:
    """Case and accents do not matter; figures are words; marks part them."""
    assert words("The FERRY of Halvøy, naïve!") == {"the", "ferry", "of", "halvøy", "naive"}
    assert words("$3.5bn in 2026") == {"3", "5bn", "in", "2026"}
    assert words("x" * 100) == {"x" * LONGEST}
    assert words("__proto__ . —") == {"proto"}


def test_writing_without_spaces_is_found_by_its_characters() -> None:
    """Each character and each pair, so that any part of a text is found."""
    assert words("東京都2026") == {"東", "京", "都", "東京", "京都", "2026"}


@given(st.text())
def test_any_text_has_words_that_are_words(text: str) -> None:
    """Nothing but letters and figures, none empty, none long; and the words of words are the same."""
    for word in words(text):
        assert word
        assert len(word) <= LONGEST
        assert not word.isspace()
        assert len(shard_of(word)) == 2


@given(st.text(min_size=2, max_size=2), st.text())
def test_what_begins_alike_is_in_one_file(beginning: str, rest: str) -> None:
    """So that a question for the beginning of a word needs one file."""
    assert shard_of(beginning) == shard_of(beginning + rest)


@pytest.mark.tool("chromium", "apt install chromium")
def test_a_browser_takes_texts_apart_in_the_same_way(chromium: Browser) -> None:
    """What it asks for is in the index, and in the file in which it looks; in spaced writing it is all of it."""
    page = chromium.new_page()
    functions = SCRIPT.read_text("utf-8")
    functions = functions[functions.index("const LONGEST") : functions.index("async function load")]
    functions = "\n".join(line for line in functions.splitlines() if "document." not in line)
    many = TEXTS + _drawn_texts()
    asked = page.evaluate(
        f"texts => {{ {functions}; return texts.map(text => wordsOf(text).map(word => [word, shardOf(word)])) }}", many
    )
    for text, found in zip(many, asked, strict=True):
        assert {word for word, _ in found} <= words(text), json.dumps(text)
        assert words(text) - {word for word, _ in found} <= {word for word in words(text) if len(word) == 1}
        assert all(shard == shard_of(word) for word, shard in found)
    page.close()


def _drawn_texts() -> list[str]:
    """Texts of all characters of the first two planes that Python and the browser both know: those of Unicode 3.2."""
    known = [chr(code) for code in range(0x20, 0x20000) if ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs", "Co")]
    return ["".join(known[start : start + 50]) for start in range(0, len(known), 50)]
