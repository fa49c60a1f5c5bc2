"""Random documents are read back: all words, once, in order, with their structure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from audio_edition.read import docx, epub, markdown
from support.random_documents import DOCUMENTS, Part, as_book, as_markdown, as_word, expected, shapes
from support.soundness import read_whole

WRITERS: dict[str, tuple[Callable[[list[Part]], bytes], str]] = {
    "article.md": (as_markdown, "The title"),
    "article.docx": (as_word, "The title"),
    "article.epub": (as_book, "The book"),
}


@pytest.mark.parametrize("name", WRITERS)
@given(parts=DOCUMENTS)
def test_a_random_document_is_read_back(name: str, parts: list[Part]) -> None:
    """Headings with their levels, lists in lists, tables with what heads each cell, links, and every word of them."""
    write, title = WRITERS[name]
    article = read_whole(write(parts), name).articles[0]
    assert article.title == title
    assert shapes(article.blocks) == expected(parts)


def test_each_is_known_without_its_name() -> None:
    """The bytes alone say which reader is theirs."""
    assert docx.recognises(as_word([]), "")
    assert epub.recognises(as_book([]), "")
    assert markdown.recognises(as_markdown([]), "")
