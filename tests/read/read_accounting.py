"""What the promise of the reader means: which characters went in, and where each came out."""

from __future__ import annotations

from collections import Counter

from audio_edition.model import Article


def visible(text: str) -> str:
    return "".join(text.split())


def as_read(article: Article) -> str:
    """The article's own characters in the order they are read."""
    parts = [article.title, *(credit.text for credit in article.credits)]
    for section in article.sections:
        parts += [section.heading or "", *(paragraph.text for paragraph in section.paragraphs)]
    return visible("".join(parts))


def assert_accounted(text: str, article: Article) -> None:
    """Every visible character of the text is in the article or in a finding, once, and in order."""
    written, read = visible(text), as_read(article)
    found = visible("".join(finding.text for finding in article.findings))
    assert Counter(read + found) == Counter(written)
    rest = iter(written)
    assert all(character in rest for character in read), "the order changed"
