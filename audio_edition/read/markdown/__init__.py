"""In: Markdown (https://spec.commonmark.org/0.31.2/) with tables, footnotes and front matter. Out: one article.

markdown-it-py makes HTML of it, which is read as such; so HTML in the Markdown is read the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read.about import article_of
from audio_edition.read.clean import clean
from audio_edition.read.decode import decode, opening
from audio_edition.read.markdown.front_matter import has_front_matter, split
from audio_edition.read.markup import read_body
from audio_edition.read.trees import parse_page

LARGEST_CHARACTERS = 1_000_000
"""Twice a long novel's. What takes longest, brackets in brackets, takes ten seconds then."""

MOST_BRACKETS = 50_000
_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_SIGNS = {
    r"^ {0,3}#{1,6} [^#\s]": 2,  # a heading
    r"\]\([^()\s]{1,500}\)": 2,  # a link
    r"^ {0,3}(?:```|~~~)": 2,
    r"^\|?[ ]?:?-{3,}:?[ ]?\|[-:| ]{3,200}$": 2,  # below a table's headers
    r"^\[\^?[^\]\n]{1,80}\]: ": 1,  # a footnote, or where a link leads
    r"\*\*[^\s*][^*\n]{0,200}\*\*": 1,
    r"^> ": 1,
}
_ENOUGH = 3
_MOST_OF_A_SIGN = 3


def recognises(data: bytes, name: str) -> bool:
    """Text with front matter, or with several marks that no wire writes; or a file that is called so."""
    text = opening(data)
    if text[:1] in ("", "<", "{") or "\0" in text:
        return False
    if PurePath(name).suffix.lower() in _NAMES or has_front_matter(text):
        return True
    marks = (min(_MOST_OF_A_SIGN, len(re.findall(sign, text, re.MULTILINE))) * worth for sign, worth in _SIGNS.items())
    return text.startswith("# ") or sum(marks) >= _ENOUGH


def read(data: bytes, name: str) -> Issue:
    """The article."""
    text, decoding = decode(data, name)
    text, cleaning = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    about, text = split(text.lstrip("\n"), name)
    if len(text) > LARGEST_CHARACTERS or text.count("[") > MOST_BRACKETS:
        raise ReadError(
            f"{name} is larger than {LARGEST_CHARACTERS} characters or has more than {MOST_BRACKETS} brackets.",
            "Split it into its articles.",
        )
    from audio_edition.read.markdown.html import as_html

    body = read_body(parse_page(f"<body>{as_html(text, name)}</body>", name), about.language)
    article = article_of(about, body.sections, (), name)
    return Issue((replace(article, findings=(*decoding, *cleaning, *article.findings, *body.findings)),))
