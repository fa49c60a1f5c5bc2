"""What documents of many kinds are called, and when they were published."""

from __future__ import annotations

import pytest

from audio_edition.model import Article, Heading
from audio_edition.read import read


def _article(data: bytes, name: str) -> Article:
    return read(data, name=name).articles[0]


@pytest.mark.parametrize(
    ("body", "title", "findings"),
    [
        ("Rain\n\nIt fell.", "Rain", []),
        ("It rained. " * 60, "It rained. It rained. It rained. It rained.", ["long-title"]),
        ("Weather\n\n# Rain\n\nIt fell.", "Rain", []),
        ("![A cloud](a.png)\n\n## Rain\n\nIt fell.", "Rain", []),
        ("***\n\n## Rain\n\nIt fell.", "Rain", []),
    ],
)
def test_a_document_without_a_title_gets_one(body: str, title: str, findings: list[str]) -> None:
    """Its first words, or its only top heading; told where they had to be cut."""
    article = _article(body.encode(), "a.md")
    assert article.title == title
    assert [finding.id for finding in article.findings] == findings


def test_headings_beside_the_title_are_above_those_below_them() -> None:
    """A document may have a title, and headings of the first level that are its chapters."""
    article = _article(b"---\ntitle: Rain\n---\n# One\n\na\n\n## Two\n\nb\n\n# Three\n\nc\n", "a.md")
    found = [(block.text.text, block.level) for block in article.blocks if isinstance(block, Heading)]
    assert found == [("One", 2), ("Two", 3), ("Three", 2)]


def test_a_date_that_is_none_is_told() -> None:
    """It may not be lost without a word."""
    (finding,) = _article(b"---\ntitle: Rain\ndate: 2026-02-30\n---\nIt fell.\n", "a.md").findings
    assert (finding.id, "2026-02-30" in finding.message) == ("date-not-understood", True)
