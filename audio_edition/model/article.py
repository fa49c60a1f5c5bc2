"""A document as it was read: articles, each a tree of blocks, and what the document says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from audio_edition.model.blocks import Block, Heading
from audio_edition.model.findings import Finding
from audio_edition.model.text import Span, Text

CreatorRole = Literal["author", "translator", "editor", "illustrator", "narrator", "contributor"]

Notes = Literal["after", "end"]
"""Where notes are read: after the block that refers to them, or at the end of the article."""

Struck = Literal["said", "left-out"]
"""What is made of words that are struck out: they are said to be so, or are left out and told."""

Disclosure = Literal["metadata", "spoken"]
"""Where an article says that its voice is synthetic: in what is written of it, or aloud too."""

Pages = Literal["silent", "spoken", "none"]
"""What is made of the pages of a printed document: marks to go to, marks that are also said, or nothing."""


@dataclass(frozen=True, slots=True)
class Creator:
    """A person who contributed to the work, and in which role."""

    name: str
    role: CreatorRole = "author"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the document. `name` is its file name: a digest and the extension of its type."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about the whole work, besides title, date, language and publisher. `cover` names an image;
    `identifiers` are URNs or as written (ISBN)."""

    creators: tuple[Creator, ...] = ()
    subtitle: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    series_position: str = ""
    rights: str = ""
    identifiers: tuple[str, ...] = ()
    cover: str = ""


_NOTHING_SAID = Metadata()


@dataclass(frozen=True, slots=True)
class Credit:
    """A dateline or byline as written under the headline. `links` are spans of its characters that link out of the
    document, such as to an author's page."""

    text: str
    kind: Literal["dateline", "byline"]
    language: str = ""
    links: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it was read. The blocks before the first heading are the lead; a heading's level is 2 or more.

    `credits` are in the order they were written; `published` is an ISO 8601 date, `source` who published it, `category`
    the part of a newspaper that it stands in. `document` is what a list calls the document that it is from, and `voice`
    the voice that the list asks for. What is not known is empty. `lowered` is by how many levels its headings stand
    below those of the document; `is_titled` is false where the title is only the first of the document's headings of
    one level.
    """

    title: str
    blocks: tuple[Block[Text], ...] = ()
    credits: tuple[Credit, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    metadata: Metadata = _NOTHING_SAID
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    lowered: int = 0
    is_titled: bool = True
    document: str = ""
    voice: str = ""

    @property
    def dateline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "dateline"), "")

    @property
    def byline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "byline"), "")

    @property
    def lead(self) -> tuple[Block[Text], ...]:
        """The blocks before the first heading."""
        first = next((at for at, block in enumerate(self.blocks) if isinstance(block, Heading)), len(self.blocks))
        return self.blocks[:first]

    def sections(self) -> Iterator[tuple[Heading[Text] | None, tuple[Block[Text], ...]]]:
        """Yield each heading with the blocks under it; the lead, which has none, first."""
        heading: Heading[Text] | None = None
        under: list[Block[Text]] = []
        for block in self.blocks:
            if isinstance(block, Heading):
                yield heading, tuple(under)
                heading, under = block, []
            else:
                under.append(block)
        yield heading, tuple(under)


@dataclass(frozen=True, slots=True)
class Issue:
    """The articles of a document: one, or those of a newspaper, a feed or an agency's message, with what it says of
    all of them. `findings` are of no one article."""

    articles: tuple[Article, ...]
    title: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    findings: tuple[Finding, ...] = ()
