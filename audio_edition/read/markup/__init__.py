"""Reads a tree of HTML or XHTML elements, which many formats hold or are converted to, as blocks.

What is written is kept: headings with their levels, lists, quotations, tables, pictures by their alternative text,
links, notes after the block that refers to them, and the language of each part. What a page does not show, and what it
runs or loads, is left out (https://html.spec.whatwg.org/multipage/rendering.html).
"""

from __future__ import annotations

from audio_edition.read.markup.blocks import Body, read_body, words_of
from audio_edition.read.markup.inline import as_words, plain
from audio_edition.read.markup.parse import body_of, tree_of
from audio_edition.read.markup.pictures import image_of, no_pictures
from audio_edition.read.markup.seen import seen_texts
from audio_edition.read.markup.titles import titled

__all__ = [
    "Body", "as_words", "body_of", "image_of", "no_pictures", "plain", "read_body", "seen_texts", "titled", "tree_of",
    "words_of",
]  # fmt: skip
