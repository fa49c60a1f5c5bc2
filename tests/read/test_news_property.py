"""Whatever a message or feed holds: all words once, in order, in the right kind of place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from news_tools import BLOCKS, FORMATS, TEXTS, Block, read_lines, told

from audio_edition.read import read


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "newsml-1"])
@settings(deadline=None, max_examples=60)
@given(title=TEXTS.map("Title {}".format), blocks=BLOCKS)
def test_what_is_in_the_body_is_read_once_in_order(format_name: str, title: str, blocks: list[Block]) -> None:
    """Documents of every format, built from known words, come back as they were built."""
    (article,) = read(FORMATS[format_name](title, blocks), name="the test").articles
    assert article.title == title
    assert read_lines(article) == told(blocks)
    kinds = {paragraph.kind for section in article.sections for paragraph in section.paragraphs}
    assert ("table row" in kinds) == any(kind == "table" for kind, _ in blocks)
    assert ("quote" in kinds) == any(kind == "blockquote" for kind, _ in blocks)


@settings(deadline=None, max_examples=60)
@given(title=TEXTS.map("Title {}".format), blocks=BLOCKS.filter(bool))
def test_newsml_1_is_read_too(title: str, blocks: list[Block]) -> None:
    """An item of NewsML 1.2 without content has no text, so it is tried with some."""
    (article,) = read(FORMATS["newsml-1"](title, blocks), name="the test").articles
    assert (article.title, read_lines(article)) == (title, told(blocks))
