"""The same document in seven formats is the same article, and the same script."""

from __future__ import annotations

import pytest

import audio_edition
from audio_edition.model import Article, Text, every, leaves
from support.one_document import DOCUMENTS
from support.sketch import sketch
from support.soundness import read_whole

WRITTEN = [
    "It opens in May, ~~or June~~, with a tide table, they say: au revoir.", "## Costs", "Old[^1] wood.",
    "[^1]: Built in 1871.", "1. One", "   - Under", "2. Two", "Between.", "3. Three", "### Fares", "| ^Ticket | ^Price",
    "| Adult | £4", "| Child | £2", "> We waited three years.", "It is 5 m2, first line / second line.",
]  # fmt: skip
BOOK = "a.epub"
"""A book's text is in a chapter below its title, so its headings are a level lower."""

PDF = "a.pdf"
"""It can't say that words are struck out, or that a line ends where its writer wanted."""


def _article(name: str) -> Article:
    return read_whole(DOCUMENTS[name], name=name, language="en").articles[0]


def _spans(text: Text) -> set[tuple[str, str, str]]:
    kept = (span for span in text.spans if span.kind not in ("note", "anchor"))
    return {(span.kind, text.text[span.start : span.end], span.value) for span in kept}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_the_same_article(name: str) -> None:
    """Blocks, numbers, marks of notes, looks, links and languages."""
    article = _article(name)
    if name != BOOK:
        assert article.title == "The quay"
        wanted = [_in_pdf(line) for line in WRITTEN] if name == PDF else WRITTEN
        assert sketch(article) == wanted
    looks = [_spans(leaf) for leaf in leaves(article.blocks) if leaf.text.startswith(("It opens", "It is"))]
    first, last = looks[0], looks[-1]
    assert {
        ("strong", "opens", ""), ("emphasis", "May", ""), ("link", "a tide table", "https://example.com/tide"),
        ("language", "au revoir", "fr-FR"),
    } <= first  # fmt: skip
    assert ("superscript", "2", "") in last
    assert (("struck", "or June", "") in first, ("break", " ", "") in last) == (name != PDF, name != PDF)


def _in_pdf(line: str) -> str:
    return line.replace("~~", "").replace(" / ", " ")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_the_same_script(name: str) -> None:
    """Every utterance in its order, as it is spoken."""
    said, wanted = (_said(each) for each in (name, "a.html"))
    if name == PDF:
        said = [(text, spoken) for text, spoken in said if not text.startswith("It ")]
        wanted = [(text, spoken) for text, spoken in wanted if not text.startswith(("It ", "second line"))]
    assert said == wanted


def _said(name: str) -> list[tuple[str, str]]:
    script = audio_edition.write_script(DOCUMENTS[name])
    return [(each.text, each.spoken) for each in script.utterances]


def test_no_format_has_blocks_of_its_own() -> None:
    """The kinds of blocks are the same in all."""
    kinds = {
        name: [type(block).__name__ for block in every(_article(name).blocks)] for name in DOCUMENTS if name != BOOK
    }
    assert len({tuple(each) for each in kinds.values()}) == 1, kinds
