"""What the markup of each format can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Dialect:
    """A kind of markup, and where the files of its format lie.

    `xml` asks for xml:lang; `html5` allows what XHTML 1.0 does not know: figure, aside, ruby, math, roles; `types` adds
    epub:type. Chapters are in `one_document`, called `document` where that has to be said, or each in a file by its id.
    `pictures` is the folder with pictures, which are `renamed` where the format wants other names. `rel` is what is
    said of links that lead out; a table `scrolls` where pages are not turned. `sound` names the SMIL file of each
    chapter by its id, in formats whose sentences are links to their sound. `named` gives an id to each structure that
    a player can skip or leave; `sparse` is what has no text but its headings. `arrows` lead back from notes; without
    them the marks of notes do. Headings of chapters `keep_depths`, or each file begins with one of level 1.
    """

    xml: bool = False
    html5: bool = True
    types: bool = False
    one_document: bool = True
    document: str = ""
    pictures: str = "images/"
    rel: str = ""
    scrolls: bool = False
    named: bool = False
    sparse: bool = False
    arrows: bool = True
    keep_depths: bool = False
    sound: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


HTML = Dialect(rel="noopener noreferrer", scrolls=True)
"""The pages: index.html and transcript.html."""

EPUB = Dialect(xml=True, types=True, one_document=False, named=True)
"""XHTML of EPUB 3."""

EPUB_OF_SOUND = replace(EPUB, sparse=True)
"""The same for a book without text."""

EBRAILLE = Dialect(xml=True, types=True, one_document=False, arrows=False, keep_depths=True)
"""XHTML of eBraille, whose characters are cells."""

DAISY = Dialect(xml=True, html5=False, document="content.html", pictures="", named=True)
"""XHTML 1.0 Transitional, with all files in one folder."""
