"""Whatever a message or feed holds: all words once, in order, in the right kind of place."""

from __future__ import annotations

import pytest
from hypothesis import given

from support.news_tools import BLOCKS, FORMATS, TEXTS, Block, told
from support.random_documents import shapes
from support.soundness import read_whole


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "newsml-1"])
@given(title=TEXTS.map("Title {}".format), blocks=BLOCKS)
def test_what_is_in_the_body_is_read_once_in_order(format_name: str, title: str, blocks: list[Block]) -> None:
    """Documents of every format, built from known words, come back as they were built."""
    (article,) = read_whole(FORMATS[format_name](title, blocks), "the test").articles
    assert article.title == title
    assert shapes(article.blocks) == told(blocks)


@given(title=TEXTS.map("Title {}".format), blocks=BLOCKS.filter(bool))
def test_newsml_1_is_read_too(title: str, blocks: list[Block]) -> None:
    """An item of NewsML 1.2 without content has no text, so it is tried with some."""
    (article,) = read_whole(FORMATS["newsml-1"](title, blocks), "the test").articles
    assert (article.title, shapes(article.blocks)) == (title, told(blocks))
