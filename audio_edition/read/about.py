"""Makes an article of what a document says of itself and of the blocks of its text, with each of the two once.

A title or byline may stand in the text, in the metadata, or in both; what is written in the text is taken as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import (
    Article,
    Block,
    Creator,
    Credit,
    Figure,
    Finding,
    Heading,
    Image,
    Metadata,
    Note,
    Paragraph,
    Picture,
    Span,
    Text,
    every,
    is_language_tag,
    leaves,
    with_leaves,
)
from audio_edition.model.characters import without_unwanted
from audio_edition.read.credits import credit_of, dateline_of, is_byline, iso_date
from audio_edition.read.headline import cut
from audio_edition.read.lines import speakable
from audio_edition.read.markup import titled

Blocks = tuple[Block[Text], ...]

_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?![\d-])")
_NO_DAY = re.compile(r"\d{4}(?:-\d\d)?")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_FACT = 300
"""Characters of a title, name or date that metadata give. What is longer is a mistake or a trap."""

_LONGEST_DESCRIPTION = 5_000
_LONGEST_TAG = 35
"""Characters of a language tag (RFC 5646 4.4.1)."""

_MOST_FACTS = 50
"""Creators, subjects and identifiers that are kept, of each."""

_MOST_CREDITS = 4
_MOST_ABOVE_CREDITS = 2
"""What may stand over the byline: a subtitle, a line that names the series."""

_MOST_ABOVE_TITLE = 3
"""What may stand over a heading that says the title."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself outside its text; as written there. Authors are among the metadata's creators."""

    title: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    metadata: Metadata = field(default_factory=Metadata)


def article_of(
    about: About, found: Sequence[Block[Text]], findings: Iterable[Finding], name: str, images: Sequence[Image] = ()
) -> Article:
    """Return the article. Raises ReadError for a document without any word."""
    if not any(speakable(leaf.text) for leaf in leaves(found)):
        raise ReadError(f"{name} holds nothing to say.", "Check that the article was saved into it.")
    title, blocks = titled(tuple(found), fact(about.title) or _only_top_heading(found))
    if title and len(_headings(blocks)) == len(_headings(found)):
        blocks = _without_title(blocks, title)
    doubts: tuple[Finding, ...] = ()
    if not title:
        title, blocks, doubts = _titled_by_its_first_words(blocks, name)
    metadata = _bounded(about.metadata)
    authors = [who.name for who in metadata.creators if who.role == "author"]
    credited, blocks = _credited(_below_the_title(blocks, found), {_folded(name) for name in authors})
    doubts += tuple(_marks_gone(found, blocks))
    datelines = [line for credit in credited if (line := dateline_of(credit.text))]
    if not any(credit.kind == "byline" for credit in credited):
        credited += tuple(Credit(name, "byline") for name in authors)
    return Article(
        title,
        _without_dead_links(blocks),
        credited,
        published=date_of(about.published) or next(filter(None, (line.published for line in datelines)), ""),
        language=tag_of(about.language),
        source=fact(about.source) or next(filter(None, (line.agency for line in datelines)), ""),
        category=fact(about.category),
        metadata=metadata,
        images=tuple(images),
        findings=(*doubts, *_beside_title(title, found), *_date_doubts(about.published), *findings),
    )


def fact(said: str, longest: int = _LONGEST_FACT) -> str:
    """Return a fact on one line, without characters that nobody sees; nothing where it is too long for one."""
    said = _tidy(said)
    return said if len(said) <= longest else ""


def with_tidy_facts(article: Article) -> Article:
    """Return the article with what it says of itself on single lines, without characters that nobody sees."""
    return replace(
        article,
        title=_tidy(article.title),
        credits=tuple(each if each.links else replace(each, text=_tidy(each.text)) for each in article.credits),
        source=_tidy(article.source),
        category=_tidy(article.category),
        metadata=_bounded(article.metadata),
    )


def _tidy(said: str) -> str:
    return " ".join(without_unwanted(said).split())


def date_of(said: str) -> str:
    """Return the ISO 8601 date in what a document gives as one; nothing where it is none of the calendar's."""
    said = fact(said)[:40]
    match = _ISO_DATE.match(said)
    return iso_date(match[1] if match else said)


def tag_of(said: str) -> str:
    """Return the BCP 47 tag in what a document gives as its language."""
    tag = said.strip().replace("_", "-")
    return tag if len(tag) <= _LONGEST_TAG and is_language_tag(tag) else ""


def _bounded(said: Metadata) -> Metadata:
    """Return the metadata with each fact on one line, and without those that no work has."""
    named = (replace(creator, name=fact(creator.name)) for creator in said.creators[:_MOST_FACTS])
    creators: dict[Creator, None] = dict.fromkeys(creator for creator in named if speakable(creator.name))
    return Metadata(
        tuple(creators),
        fact(said.subtitle),
        fact(said.description, _LONGEST_DESCRIPTION),
        tuple(dict.fromkeys(filter(speakable, map(fact, said.subjects[:_MOST_FACTS])))),
        fact(said.series),
        fact(said.series_position),
        fact(said.rights, _LONGEST_DESCRIPTION),
        tuple(dict.fromkeys(filter(speakable, map(fact, said.identifiers[:_MOST_FACTS])))),
        said.cover,
    )


def _date_doubts(said: str) -> Iterator[Finding]:
    if said and not date_of(said) and not _NO_DAY.fullmatch(said):
        yield Finding(
            "date-not-understood",
            "warning",
            f"The document's date is not one of the calendar, so the article has none: “{in_brief(said)}”.",
            remedy="Write it as 2026-11-22, or name it: --date 2026-11-22.",
        )


def _beside_title(title: str, found: Iterable[Block[Text]]) -> Iterator[Finding]:
    """Yield findings that quote what stands beside the words of the title, and a title has no place for."""
    heads = (block.text for block in found if isinstance(block, Heading | Paragraph))
    head = next((text for text in heads if _folded(text.text) == _folded(title)), Text(""))
    if readings := " ".join(span.value for span in head.of("ruby")):
        message = "The readings that stand beside the title's characters are not read."
        yield Finding("readings-left-out", "note", message, remedy="Put the reading into the lexicon.", text=readings)
    if formulas := " ".join(_TAG.sub(" ", span.value) for span in head.of("math")).split():
        message = "A formula in the title is read by its words; what it was written in is not kept."
        yield Finding("formula-in-title", "note", message, text=" ".join(formulas))


def _marks_gone(found: Sequence[Block[Text]], blocks: Sequence[Block[Text]]) -> Iterator[Finding]:
    """Yield a finding that quotes the marks of notes which stood in what is now the title or a byline."""
    labels = {block.id: block.label for block in every(blocks) if isinstance(block, Note)}
    gone = _references(found) - _references(blocks)
    if marks := " ".join(filter(None, (labels.get(note, "") for note in gone.elements()))):
        message = "Left out: the marks of notes in the title or a byline; the notes are read."
        yield Finding("note-marks", "note", message, text=marks)


def _references(blocks: Sequence[Block[Text]]) -> Counter[str]:
    return Counter(span.value for leaf in leaves(blocks) if leaf.spans for span in leaf.of("note"))


def _without_dead_links(blocks: Blocks) -> Blocks:
    """Return the blocks without links to places that are no longer there, such as the title's."""
    places = {f"#{span.value}" for leaf in leaves(blocks) for span in leaf.of("anchor")}

    def leads_somewhere(span: Span) -> bool:
        return span.kind != "link" or not span.value.startswith("#") or span.value in places

    def linked(leaf: Text) -> Text:
        spans = tuple(filter(leads_somewhere, leaf.spans))
        return leaf if len(spans) == len(leaf.spans) else replace(leaf, spans=spans)

    return tuple(with_leaves(block, linked) for block in blocks)


def _headings(blocks: Iterable[Block[Text]]) -> list[Heading[Text]]:
    return [block for block in blocks if isinstance(block, Heading)]


def _only_top_heading(blocks: Sequence[Block[Text]]) -> str:
    """Return the heading near the beginning that stands over all others."""
    headings = [heading for heading in _headings(blocks) if heading.text.text]
    top = [heading for heading in headings if heading.level == 1]
    is_near = any(block is each for block in blocks[: _MOST_ABOVE_TITLE + 1] for each in top)
    return top[0].text.text if is_near and top[0] is headings[0] and len(top) == 1 else ""


def _without_title(blocks: Blocks, title: str) -> Blocks:
    """Return the blocks without a paragraph or heading near the beginning that says the title."""
    for at, block in enumerate(blocks[: _MOST_ABOVE_TITLE + 1]):
        if isinstance(block, Heading | Paragraph) and _folded(block.text.text) == _folded(title):
            return (*blocks[:at], *blocks[at + 1 :])
        if isinstance(block, Heading):
            break
    return blocks


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _below_the_title(blocks: Blocks, found: Sequence[Block[Text]]) -> Blocks:
    """Return the blocks with their headings one level deeper, where some that were found are at the title's own."""
    left = len(_headings(blocks))
    written = iter(_headings(found)[-left:] if left else ())
    levels = [heading.level for heading in written]
    deeper = 1 in levels
    level = iter(levels)
    return tuple(
        replace(block, level=max(2, min(6, next(level) + deeper))) if isinstance(block, Heading) else block
        for block in blocks
    )


def _titled_by_its_first_words(blocks: Blocks, name: str) -> tuple[str, Blocks, tuple[Finding, ...]]:
    """Take the first paragraph or heading for the title, or its beginning where it is too long for one.

    Where a list, a table or a quotation is first, the article is called what the document is.
    """
    for at, block in enumerate(blocks):
        if isinstance(block, Picture | Figure) or not any(speakable(leaf.text) for leaf in leaves([block])):
            continue
        if not isinstance(block, Heading | Paragraph):
            break
        title, overlong = cut(block.text.text)
        rest = (Paragraph(block.text.part(block.text.text.index(overlong, len(title)))),) if overlong else ()
        return title, (*blocks[:at], *rest, *blocks[at + 1 :]), (_LONG_TITLE,) if overlong else ()
    stem = fact(PurePath(name).stem)
    if speakable(stem):
        return stem, blocks, (_NO_HEADLINE,)
    return cut(next(leaf.text for leaf in leaves(blocks) if speakable(leaf.text)))[0], blocks, ()


_NO_HEADLINE = Finding(
    "no-headline",
    "warning",
    "The document has no title, so the article is called what the document is.",
    remedy="Give the article a title: a heading above it, the document's own, or --title.",
)
_LONG_TITLE = Finding(
    "long-title",
    "warning",
    "The document has no title and its first paragraph is too long for one, so its opening words became the title.",
    remedy="Give the article a title: a heading above it, or the document's own.",
)


def _credited(blocks: Blocks, authors: set[str]) -> tuple[tuple[Credit, ...], Blocks]:
    """Return the bylines and datelines that open the text, and the text without them."""
    opening = blocks[: _MOST_ABOVE_CREDITS + 1]
    start = next((at for at, block in enumerate(opening) if _is_credit(block, authors)), 0)
    credited: list[Credit] = []
    rest = list(blocks[start : start + _MOST_CREDITS])
    while rest and isinstance(first := rest[0], Paragraph) and _is_credit(first, authors):
        rest.pop(0)
        dateline = dateline_of(first.text.text)
        if dateline is None:
            credited.append(credit_of(first.text, "byline"))
            continue
        credited.append(credit_of(first.text.part(0, len(dateline.text)), "dateline"))
        if dateline.rest:
            rest.insert(0, Paragraph(first.text.part(first.text.text.index(dateline.rest, len(dateline.text)))))
            break
    return tuple(credited), (*blocks[:start], *rest, *blocks[start + _MOST_CREDITS :])


def _is_credit(block: Block[Text], authors: set[str]) -> bool:
    """Return whether a paragraph is a dateline, a byline, or an author's name alone."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.text
    return is_byline(text) or dateline_of(text) is not None or _folded(text) in authors
