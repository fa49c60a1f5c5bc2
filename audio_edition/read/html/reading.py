"""Returns the article of a page, with the page's metadata and findings for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Article, Block, Creator, Credit, Finding, Image, Metadata, Paragraph, Text, leaves
from audio_edition.read.about import below_the_title, marks_gone
from audio_edition.read.credits import Dateline, credit_of, dateline_of
from audio_edition.read.document import Document
from audio_edition.read.entities import Entities
from audio_edition.read.html.article import Found, article_in, whole_page
from audio_edition.read.html.bold import bold_lines
from audio_edition.read.html.exports import plain_page
from audio_edition.read.html.facts import Facts, facts_of
from audio_edition.read.html.mail_parts import is_newsletter
from audio_edition.read.html.reasons import findings_of
from audio_edition.read.html.shadows import show_shadows
from audio_edition.read.html.unclosed import unclosed
from audio_edition.read.lines import folded, speakable
from audio_edition.read.markup import image_of, no_pictures, read_body, seen_texts, titled, tree_of
from audio_edition.read.markup.pictures import Pictures
from audio_edition.read.pictures import pictures_of
from audio_edition.sources.charsets import decoded

if TYPE_CHECKING:
    from audio_edition.read.mail.message import Message

_LEAST = 150
"""Letters of running text: a shorter text may be the beginning of an article, or none."""

_LEAST_OF_PAGE = 0.5
_PARAGRAPHS_TO_DATELINE = 2
"""A standfirst may come first."""

_MUCH_LONGER = 1.3
_LONG = 80
"""Letters of a text too long for a menu entry."""


def article_of(document: Document, message: Message | None = None) -> tuple[Article, tuple[str, ...]]:
    """Return the article that the page is about, and all texts that the page shows. `message` is the e-mail that the
    page comes from: a letter is read whole, a newsletter as pages are.

    Raises ReadError if it shows none.
    """
    page, text, findings = _opened(document)
    body = page if (inner := page.find("body")) is None else inner
    pictures = _pictures(page, document)
    seen = _seen(body)
    is_letter = message is not None and not message.is_of_list and not is_newsletter(body)
    export = plain_page(body, text, document.keep_all, None if message is None else message.head.get("Subject", ""))
    facts = facts_of(page)
    facts = replace(facts, title=export.title or facts.title)
    found = whole_page(body, facts) if document.keep_all or is_letter else article_in(body, facts)
    language = found.root.get("lang") or facts.language
    bold = bold_lines(found.root)
    read = read_body(found.root, language, pictures)
    title, blocks = titled(read.blocks, found.title)
    left_out = [*export.left_out, *found.left_out]
    if found.has_headline and len(blocks) < len(read.blocks):
        left_out.append(("title", title))
    if not any(speakable(leaf.text) for leaf in leaves(blocks)):
        raise ReadError(
            f"{document.name} has no article text in its {len(text)} characters of markup.",
            "If a script loads its text, save the page from a browser that shows it; or save the article as text.",
        )
    blocks, lowered = below_the_title(blocks, read.blocks)
    dateline, blocks = _without_dateline(blocks)
    cover = _cover(facts, pictures)
    headless = [] if title else [_no_headline()]
    return Article(
        title or PurePath(document.name).stem,
        blocks,
        credits=(
            *([credit_of(found.byline, "byline")] if found.byline.text not in ("", facts.source) else []),
            *([Credit(dateline.text, "dateline")] if dateline.text else []),
        ),
        published=found.published or dateline.published,
        language=language,
        source=facts.source or dateline.agency,
        category=facts.category,
        metadata=_metadata(facts, found, cover),
        images=(*([] if cover is None or cover.name in {each.name for each in read.images} else [cover]), *read.images),
        findings=(
            *findings,
            *headless,
            *bold,
            *read.findings,
            *marks_gone(read.blocks, blocks),
            *findings_of(left_out),
            *_doubts(found, facts, blocks),
        ),
        lowered=lowered,
        is_titled=lowered == 0 or folded(title) == folded(facts.title),
    ), seen


def _opened(document: Document) -> tuple[etree._Element, str, tuple[Finding, ...]]:
    """Return the tree of a page with what its components draw, its markup, and what is to be told of that."""
    text, findings = decoded(document.data)
    entities = Entities()
    page = tree_of(entities.resolved(text, document.name, is_xml=False), document.name)
    if "<template" in text:
        show_shadows(page)
    return page, text, (*findings, *entities.findings(), *unclosed(text))


def _pictures(page: etree._Element, document: Document) -> Pictures:
    """Return what finds the pictures of a page: those beside it, unless a base says that they are elsewhere."""
    is_elsewhere = any((base.get("href") or "").partition("/")[0].endswith(":") for base in page.iter("base"))
    return no_pictures if is_elsewhere else pictures_of(document)


def _seen(body: etree._Element) -> tuple[str, ...]:
    """Return all texts that the page shows. An article that is only shown to browsers without scripts becomes
    visible."""
    seen = tuple(seen_texts(body))
    hidden = [*body.iter("noscript")]
    if _running(text for each in hidden for text in each.itertext(etree.Element)) <= _running(seen):
        return seen
    for each in hidden:
        each.tag = "div"
    return tuple(seen_texts(body))


def _running(texts: Iterable[str]) -> int:
    lengths = (len(text.strip()) for text in texts)
    return sum(length for length in lengths if length >= _LONG)


def _metadata(facts: Facts, found: Found, cover: Image | None) -> Metadata:
    authors = facts.authors or ((found.author,) if found.author else ())
    return Metadata(
        creators=tuple(Creator(name) for name in authors if name != facts.source),
        description=facts.description,
        subjects=facts.subjects,
        rights=facts.rights,
        identifiers=facts.identifiers,
        cover="" if cover is None else cover.name,
    )


def _cover(facts: Facts, pictures: Pictures) -> Image | None:
    """Return the picture that represents the article, if its file lies beside the page."""
    held = (data for source in facts.pictures if (data := pictures(source)))
    return next((image for data in held if (image := image_of(data))), None)


def _without_dateline(blocks: Sequence[Block[Text]]) -> tuple[Dateline, tuple[Block[Text], ...]]:
    """Return the dateline that opens the first paragraph, and the blocks without it."""
    first = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph)][:_PARAGRAPHS_TO_DATELINE]
    for at in first:
        opening = blocks[at]
        if isinstance(opening, Paragraph) and (dateline := dateline_of(opening.text.text)):
            rest = opening.text.part(len(opening.text.text) - len(dateline.rest))
            left = [Paragraph(rest)] if dateline.rest else []
            return dateline, (*blocks[:at], *left, *blocks[at + 1 :])
    return Dateline(), tuple(blocks)


def _doubts(found: Found, facts: Facts, blocks: Sequence[Block[Text]]) -> Iterator[Finding]:
    text = "".join(leaf.text for leaf in leaves(blocks))
    if not found.is_one:
        yield Finding(
            "article-unsure",
            "warning",
            "The page has several articles and no main one, so all were read as one.",
            remedy="If it is a list of articles, save each alone, and give those files.",
        )
    elif found.running < min(_LEAST, _LEAST_OF_PAGE * found.written) or found.running < _LEAST_OF_PAGE * found.of_page:
        yield Finding(
            "article-unsure",
            "warning",
            f"Little of the page's text was recognised as its article: {len(text)} characters.",
            remedy="Check what will be said with `script`; if it is not the article, save the article alone.",
        )
    if len(facts.text) > _MUCH_LONGER * len(text) or not (facts.is_free or facts.text):
        yield Finding(
            "article-cut",
            "warning",
            "The page says that its article is for subscribers, or longer than what it shows: its end may be missing.",
            remedy="Compare the end with that of the article; if it is missing, save the page while you are signed in.",
        )
    if "\ufffd" in text:
        yield Finding(
            "replacement-characters",
            "warning",
            f"{text.count(chr(0xFFFD))} replacement marks (U+FFFD) stand where characters of the page were lost.",
            remedy="Put the right characters back, or get the page again.",
        )


def _no_headline() -> Finding:
    message = "The page has no headline, so the article has the document's name."
    return Finding("no-headline", "warning", message, remedy="Name it: --title.")
