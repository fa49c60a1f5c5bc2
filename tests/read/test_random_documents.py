"""Random documents are read back: all words, once, in order, with their structure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from random_documents import DOCUMENTS, Block, as_book, as_found, as_markdown, as_word, expected

from audio_edition.read import docx, epub, markdown
from audio_edition.read import read as read_any

WRITERS: dict[str, tuple[Callable[[list[Block]], bytes], str]] = {
    "article.md": (as_markdown, "The title"),
    "article.docx": (as_word, "The title"),
    "article.epub": (as_book, "The book"),
}


@pytest.mark.parametrize("name", WRITERS)
@settings(deadline=None, max_examples=60)
@given(blocks=DOCUMENTS)
def test_a_random_document_is_read_back(name: str, blocks: list[Block]) -> None:
    """Headings with their levels, lists with their numbers, tables by their rows, and every word of them."""
    write, title = WRITERS[name]
    article = read_any(write(blocks), name=name).articles[0]
    assert article.title == title
    assert as_found(article) == expected(blocks)


def test_each_is_known_without_its_name() -> None:
    """The bytes alone say which reader is theirs."""
    assert docx.recognises(as_word([]), "")
    assert epub.recognises(as_book([]), "")
    assert markdown.recognises(as_markdown([]), "")
