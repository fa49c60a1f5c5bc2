"""In: a tree of HTML or XHTML elements, as documents of many formats hold or become. Out: sections of paragraphs.

What is written is kept: headings with their levels, lists, quotations, tables row by row, pictures by their alternative
text, links by their words, notes behind the paragraph that refers to them, and the language of each part. What a page
does not show, and what it runs or loads, is left out (https://html.spec.whatwg.org/multipage/rendering.html).
"""

from __future__ import annotations

from audio_edition.read.markup.blocks import Body, read_body
from audio_edition.read.markup.parse import body_of, tree_of
from audio_edition.read.markup.titles import titled

__all__ = ["Body", "body_of", "read_body", "titled", "tree_of"]
