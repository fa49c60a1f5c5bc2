"""What the promise of the reader of plain text means: which characters went in, and where each came out."""

from __future__ import annotations

from collections import Counter

from audio_edition.model import Article, leaves


def visible(text: str) -> str:
    return "".join(text.split())


def as_read(article: Article) -> str:
    """The article's own characters in the order they are read."""
    credited = (credit.text for credit in article.credits)
    return visible("".join([article.title, *credited, *(leaf.text for leaf in leaves(article.blocks))]))


def assert_accounted(text: str, article: Article) -> None:
    """Every visible character of the text is in the article or in a finding, once, and in order."""
    written, read = visible(text), as_read(article)
    found = visible("".join(finding.text for finding in article.findings))
    assert Counter(read + found) == Counter(written)
    rest = iter(written)
    assert all(character in rest for character in read), "the order changed"
