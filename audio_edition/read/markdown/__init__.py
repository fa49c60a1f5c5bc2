"""In: Markdown (https://spec.commonmark.org/0.31.2/) with tables, footnotes and front matter. Out: one article.

markdown-it-py makes HTML of it, which is read as such; so HTML in the Markdown is read the same way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read.clean import clean
from audio_edition.read.decode import decode, opening
from audio_edition.read.markdown.signs import has_front_matter, is_marked

LARGEST_CHARACTERS = 1_000_000
"""Twice a long novel's."""

MOST_MARKS = 80_000
"""Lines, and characters that may be marks; a novel has 30,000. What is made of nothing else takes 200 MB then."""

_MARKS = "\n|[*_`~<&"
_SPLIT = "Split it into its articles."
_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def recognises(data: bytes, name: str) -> bool:
    """Text with front matter, or with several marks that no wire writes; or a file that is called so."""
    text = opening(data)
    if text[:1] in ("", "<", "{") or "\0" in text:
        return False
    if PurePath(name).suffix.lower() in _NAMES or has_front_matter(text):
        return True
    return is_marked(text)


def read(data: bytes, name: str) -> Issue:
    """The article."""
    from audio_edition.read.about import article_of  # here, because plain text needs none of it
    from audio_edition.read.markdown.front_matter import split
    from audio_edition.read.markdown.html import as_html
    from audio_edition.read.markup import body_of, read_body

    text, decoding = decode(data, name)
    text, cleaning = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    about, text = split(text.lstrip("\n"), name)
    if len(text) > LARGEST_CHARACTERS:
        raise ReadError(f"{name} is longer than {LARGEST_CHARACTERS} characters of Markdown.", _SPLIT)
    if sum(map(text.count, _MARKS)) > MOST_MARKS:
        raise ReadError(f"{name} has more than {MOST_MARKS} lines and marks of Markdown.", _SPLIT)
    body = read_body(body_of(as_html(text, name), name), about.language)
    article = article_of(about, body.sections, (), name)
    return Issue((replace(article, findings=(*decoding, *cleaning, *article.findings, *body.findings)),))
