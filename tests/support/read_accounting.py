"""What the promise of the reader of plain text means: which characters went in, and where each came out."""

from __future__ import annotations

from collections import Counter

from audio_edition.model import Article, Block, Heading, SceneBreak, Text, leaves


def visible(text: str) -> str:
    return "".join(text.split())


def as_lines(article: Article) -> list[str]:
    """The blocks as lines: a heading's with a # for each level, a change of scene as ***."""
    return [line for block in article.blocks for line in _lines(block)]


def _lines(block: Block[Text]) -> list[str]:
    if isinstance(block, SceneBreak):
        return ["***"]
    marks = "#" * block.level + " " if isinstance(block, Heading) else ""
    return [marks + text.text for text in leaves((block,))]


def as_read(article: Article) -> str:
    """The article's own characters in the order they are read."""
    parts = [
        article.title,
        *(credit.text for credit in article.credits),
        *(text.text for text in leaves(article.blocks)),
    ]
    return visible("".join(parts))


def assert_accounted(text: str, article: Article) -> None:
    """Every visible character of the text is in the article or in a finding, once, and in order."""
    written, read = visible(text), as_read(article)
    found = visible("".join(finding.text for finding in article.findings))
    assert Counter(read + found) == Counter(written)
    rest = iter(written)
    assert all(character in rest for character in read), "the order changed"
