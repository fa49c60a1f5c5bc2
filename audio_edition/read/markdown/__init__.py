"""Reads Markdown (https://spec.commonmark.org/0.31.2/) and its common flavours.

markdown-it-py converts it to HTML, which is then read like a page; so HTML inside the Markdown is read the same way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read.clean import clean
from audio_edition.read.decode import decode, opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.markdown.signs import has_front_matter, is_marked

LARGEST_CHARACTERS = 1_000_000
"""Twice those of a long novel."""

MOST_MARKS = 80_000
"""Lines, and characters that may be marks; a novel has 30,000. A document of nothing else then takes 200 MB."""

_MARKS = "\n|[*_`~<&{$=:^%+@\\"
_SPLIT = "Split it into its articles."
_NAMES = frozenset({".md", ".markdown", ".mdown", ".mdx", ".mkd", ".qmd", ".rmd"})


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is text with front matter, text with several marks that wire copy never has, or a file with a
    Markdown ending."""
    text = opening(data)
    is_called_so = PurePath(name).suffix.lower() in _NAMES
    if not text or "\0" in text or (text[0] in "<{" and not is_called_so):
        return False
    return is_called_so or has_front_matter(text) or is_marked(text)


def read(document: Document) -> Reading:
    """Return the article. Raises ReadError."""
    from audio_edition.read.about import article_of  # here: plain text needs none of it
    from audio_edition.read.html.bold import bold_lines
    from audio_edition.read.html.unclosed import unclosed
    from audio_edition.read.markdown.front_matter import split
    from audio_edition.read.markdown.parser import page_of
    from audio_edition.read.markup import body_of, read_body
    from audio_edition.read.markup.seen import seen_text
    from audio_edition.read.pictures import pictures_of

    name = document.name
    text, decoding = decode(document.data, name)
    text, cleaning = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    about, text = split(text.lstrip("\n"), name)
    if len(text) > LARGEST_CHARACTERS:
        raise ReadError(f"{name} is longer than {LARGEST_CHARACTERS} characters of Markdown.", _SPLIT)
    if sum(map(text.count, _MARKS)) > MOST_MARKS:
        raise ReadError(f"{name} has more than {MOST_MARKS} lines and marks of Markdown.", _SPLIT)
    page = page_of(text, name)
    root = body_of(page.html, name)
    seen = (seen_text(root),)
    bold = bold_lines(root)
    body = read_body(root, about.language, pictures_of(document))
    broken = (replace(finding, place="") for finding in unclosed(page.html))
    findings = (*decoding, *cleaning, *page.findings, *broken, *bold, *body.findings)
    return Reading(Issue((article_of(about, body.blocks, findings, name, body.images),)), seen)
