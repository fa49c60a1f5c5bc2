"""Makes an article from a document's metadata and the blocks of its text, without saying anything twice.

A title or byline may stand in the text, in the metadata, or in both. The wording in the text wins.
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
from audio_edition.read.credits import credit_of, dateline_of, iso_date, names_writer
from audio_edition.read.headline import cut
from audio_edition.read.lines import folded, speakable

Blocks = tuple[Block[Text], ...]

_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?![\d-])")
_NO_DAY = re.compile(r"\d{4}(?:-\d\d)?")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_FACT = 300
"""Characters of a title, name or date in metadata. Anything longer is a mistake or an attack."""

_LONGEST_DESCRIPTION = 5_000
_LONGEST_TAG = 35
"""Characters of a language tag (RFC 5646 4.4.1)."""

_MOST_FACTS = 50
"""The most creators, subjects and identifiers kept, of each."""

_MOST_CREDITS = 4
_MOST_ABOVE_CREDITS = 2
"""Blocks that may stand above the byline: a subtitle, a line that names the series."""

_MOST_ABOVE_TITLE = 3
"""Blocks that may stand above a heading that says the title."""


@dataclass(frozen=True, slots=True)
class About:
    """A document's statements about itself outside its text, as written. Authors are among the metadata's creators."""

    title: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    metadata: Metadata = field(default_factory=Metadata)


def article_of(
    about: About, found: Sequence[Block[Text]], findings: Iterable[Finding], name: str, images: Sequence[Image] = ()
) -> Article:
    """Return the article. Raises ReadError if the document has no words."""
    from audio_edition.read.markup import titled  # lxml comes with it

    if not any(speakable(leaf.text) for leaf in leaves(found)):
        raise ReadError(f"{name} holds nothing to say.", "Check that the article was saved into it.")
    known_title = fact(about.title) or _only_top_heading(found)
    title, blocks = titled(tuple(found), known_title)
    if title and len(_headings(blocks)) == len(_headings(found)):
        blocks = _without_title(blocks, title)
    doubts: tuple[Finding, ...] = ()
    if not title:
        title, blocks, doubts = _titled_by_its_first_words(blocks, name)
    metadata = _bounded(about.metadata)
    authors = [who.name for who in metadata.creators if who.role == "author"]
    below, lowered = below_the_title(blocks, found)
    credited, blocks = opening_credits(below, {folded(name) for name in authors})
    doubts += tuple(marks_gone(found, blocks))
    datelines = [line for credit in credited if (line := dateline_of(credit.text))]
    if not any(credit.kind == "byline" for credit in credited):
        credited += tuple(Credit(name, "byline") for name in authors)
    return Article(
        title,
        without_dead_links(blocks),
        credited,
        published=date_of(about.published) or next(filter(None, (line.published for line in datelines)), ""),
        language=tag_of(about.language),
        source=fact(about.source) or next(filter(None, (line.agency for line in datelines)), ""),
        category=fact(about.category),
        metadata=metadata,
        images=tuple(images),
        findings=(*doubts, *beside_title(title, found), *_date_doubts(about.published), *findings),
        lowered=lowered,
        is_titled=bool(known_title),
    )


def fact(said: str, longest: int = _LONGEST_FACT) -> str:
    """Return a fact on one line, without invisible characters; empty if it is too long for a fact."""
    said = _tidy(said)
    return said if len(said) <= longest else ""


def with_tidy_facts(article: Article) -> Article:
    """Return the article with each fact about it on one line, without invisible characters."""
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
    """Return a document's date in ISO 8601; empty if it is not a calendar date."""
    said = fact(said)[:40]
    match = _ISO_DATE.match(said)
    return iso_date(match[1] if match else said)


def tag_of(said: str) -> str:
    """Return a document's language as a BCP 47 tag."""
    tag = said.strip().replace("_", "-")
    return tag if len(tag) <= _LONGEST_TAG and is_language_tag(tag) else ""


def _bounded(said: Metadata) -> Metadata:
    """Return the metadata with each fact on one line, without implausible ones."""
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
            f"The document's date does not exist in the calendar, so the article has none: “{in_brief(said)}”.",
            remedy="Write it as 2026-11-22, or name it: --date 2026-11-22.",
        )


def beside_title(title: str, found: Iterable[Block[Text]]) -> Iterator[Finding]:
    """Yield findings that quote readings and formulas in the title, which a plain title cannot hold."""
    heads = (block.text for block in found if isinstance(block, Heading | Paragraph))
    head = next((text for text in heads if folded(text.text) == folded(title)), Text(""))
    if readings := " ".join(span.value for span in head.of("ruby")):
        message = "The readings that stand beside the title's characters are not read."
        yield Finding("readings-left-out", "note", message, remedy="Put the reading into the lexicon.", text=readings)
    if formulas := " ".join(_TAG.sub(" ", span.value) for span in head.of("math")).split():
        message = "A formula in the title is read by its words; its source is not kept."
        yield Finding("formula-in-title", "note", message, text=" ".join(formulas))


def marks_gone(found: Sequence[Block[Text]], blocks: Sequence[Block[Text]]) -> Iterator[Finding]:
    """Yield a finding that quotes the note marks that were in the title or a byline."""
    labels = {block.id: block.label for block in every(blocks) if isinstance(block, Note)}
    gone = _references(found) - _references(blocks)
    if marks := " ".join(filter(None, (labels.get(note, "") for note in gone.elements()))):
        message = "Left out: the marks of notes in the title or a byline; the notes are read."
        yield Finding("note-marks", "note", message, text=marks)


def _references(blocks: Sequence[Block[Text]]) -> Counter[str]:
    return Counter(span.value for leaf in leaves(blocks) if leaf.spans for span in leaf.of("note"))


def without_dead_links(blocks: Blocks) -> Blocks:
    """Return the blocks without links to places that are gone, such as the title's."""
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
    """Return the heading near the beginning if it alone has the top level; else empty."""
    headings = [heading for heading in _headings(blocks) if heading.text.text]
    top = [heading for heading in headings if heading.level == 1]
    is_near = any(block is each for block in blocks[: _MOST_ABOVE_TITLE + 1] for each in top)
    return top[0].text.text if is_near and top[0] is headings[0] and len(top) == 1 else ""


def _without_title(blocks: Blocks, title: str) -> Blocks:
    """Return the blocks without the paragraph or heading near the beginning that repeats the title."""
    from audio_edition.read.markup.titles import pages_in  # lxml comes with it

    for at, block in enumerate(blocks[: _MOST_ABOVE_TITLE + 1]):
        if isinstance(block, Heading | Paragraph) and folded(block.text.text) == folded(title):
            return (*blocks[:at], *pages_in(block.text), *blocks[at + 1 :])
        if isinstance(block, Heading):
            break
    return blocks


def below_the_title(blocks: Blocks, found: Sequence[Block[Text]]) -> tuple[Blocks, int]:
    """Return the blocks, without the title, with headings one level deeper if any found heading has the title's own
    level; and by how many levels they went down: 0 or 1."""
    left = len(_headings(blocks))
    levels = [heading.level for heading in _headings(found)[-left:]] if left else []
    lowered = int(1 in levels)
    level = iter(levels)
    return tuple(
        replace(block, level=max(2, min(6, next(level) + lowered))) if isinstance(block, Heading) else block
        for block in blocks
    ), lowered


def _titled_by_its_first_words(blocks: Blocks, name: str) -> tuple[str, Blocks, tuple[Finding, ...]]:
    """Use the first paragraph or heading as the title, or its beginning if it is too long.

    If the text opens with a list, a table or a quotation, the article takes the document's name.
    """
    from audio_edition.read.markup.titles import pages_in  # lxml comes with it

    for at, block in enumerate(blocks):
        if isinstance(block, Picture | Figure) or not any(speakable(leaf.text) for leaf in leaves([block])):
            continue
        if not isinstance(block, Heading | Paragraph):
            break
        title, overlong = cut(block.text.text)
        rest = (Paragraph(block.text.part(block.text.text.index(overlong, len(title)))),) if overlong else ()
        pages = pages_in(block.text) if not rest else []
        return title, (*blocks[:at], *pages, *rest, *blocks[at + 1 :]), (_LONG_TITLE,) if overlong else ()
    stem = fact(PurePath(name).stem)
    if speakable(stem):
        return stem, blocks, (_NO_HEADLINE,)
    return cut(next(leaf.text for leaf in leaves(blocks) if speakable(leaf.text)))[0], blocks, ()


_NO_HEADLINE = Finding(
    "no-headline",
    "warning",
    "The document has no title, so the article has the document's name.",
    remedy="Give the article a title: a heading above it, the document's own, or --title.",
)
_LONG_TITLE = Finding(
    "long-title",
    "warning",
    "The document has no title and its first paragraph is too long for one, so its opening words became the title.",
    remedy="Give the article a title: a heading above it, or the document's own.",
)


def opening_credits(blocks: Blocks, authors: set[str]) -> tuple[tuple[Credit, ...], Blocks]:
    """Return the bylines and datelines that open the text, and the remaining text. `authors` are known names, folded;
    one alone in a paragraph is a byline."""
    opening = _opening(blocks)
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


def _opening(blocks: Blocks) -> Blocks:
    """Return the blocks among which a byline may be: as far as the first heading of a part.

    A subtitle may be written as a heading: it stands right below the title, and is the only one of its level.
    """
    opening = blocks[: _MOST_ABOVE_CREDITS + 1]
    levels = Counter(heading.level for heading in _headings(blocks))
    for at, block in enumerate(opening):
        if isinstance(block, Heading) and (levels[block.level] > 1 or any(map(_is_text, opening[:at]))):
            return opening[:at]
    return opening


def _is_text(block: Block[Text]) -> bool:
    return isinstance(block, Paragraph)


def _is_credit(block: Block[Text], authors: set[str]) -> bool:
    """Return whether a paragraph is a dateline, a byline, or just an author's name."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.text
    return names_writer(text) or dateline_of(text) is not None or folded(text) in authors
