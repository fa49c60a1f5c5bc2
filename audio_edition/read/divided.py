"""Divides a document that holds several articles, such as a parish magazine, at its headings.

A document is divided if most headings of a level have a byline under them or a writer's name at their end, which
articles have and chapters do not. If the editor names a level, the document is divided there, whatever it looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from statistics import median

from audio_edition.model import (
    Article,
    Block,
    Heading,
    Image,
    Issue,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    SceneBreak,
    Text,
    every,
    leaves,
    with_blocks,
)
from audio_edition.read.about import beside_title, marks_gone, opening_credits, without_dead_links
from audio_edition.read.credits import dateline_of, names_writer
from audio_edition.read.lines import speakable

Blocks = tuple[Block[Text], ...]

_LEAST_ARTICLES = 2
_LEAST_SIGNED = 3
"""Articles with a writer's name at the end, which is weaker evidence than a byline."""

_SHARE_WITH_CREDITS = 0.5
"""The least share of the parts under headings of a level that have a byline or a dateline, if each is an article."""

_LEVELS = (1, 2, 3)
"""At which a document is divided unasked: articles stand below the title of a magazine, or below its sections."""

_LONGEST_ARTICLE = 4_000
"""Words of a long article. Longer parts are chapters."""

_NUMERAL = r"(?:\d{1,3}|[ivxlc]{1,6})(?:\.\d{1,3})*"
_OF_A_BOOK = re.compile(
    r"(?:chapter|part|book|appendix|section|lesson|kapitel|teil|buch|anhang|abschnitt|chapitre|partie|annexe|capítulo|"
    r"capitolo|parte|apéndice|appendice|hoofdstuk|deel|bijlage|rozdział|глава|часть|приложение)"
    rf"(?: (?:{_NUMERAL}|[a-z]|one|two|three|four|five|the (?:first|last)|eins|un|uno|een)\b.*|\W*$)"
    rf"|{_NUMERAL}(?:[.:)](?:\s|$)|$)|\d{{1,3}}\.\d"
    r"|(?:introduction|conclusions?|preface|foreword|prologue|epilogue|abstract|references|bibliography|glossary|index|"
    r"einleitung|vorwort|nachwort|fazit|literatur|literaturverzeichnis|introducción|conclusión|prólogo|introduzione|"
    r"conclusione|prefazione|inleiding|conclusie|voorwoord|avant-propos|bibliographie)\W*$",
    re.IGNORECASE,
)
"""The headings of books and reports: “Part II”, “1. Costs”, “Conclusions”."""

_NUMBERED = re.compile(r"\d{1,3}\s")
"""Only if most headings begin so: “10 years of bells” is an article's."""

_ONE_WORK = re.compile(
    r"\b(?:minutes|agenda|annual report|thesis|dissertation|anthology|cookbook|protokoll|tagesordnung|jahresbericht|"
    r"geschäftsbericht|procès-verbal|compte[- ]rendu|ordre du jour|rapport annuel|acta|orden del día|informe anual|"
    r"verbale|ordine del giorno|notulen|jaarverslag)\b",
    re.IGNORECASE,
)
"""In the title of a document that is one work, though several people wrote it."""

_LONGEST_SIGNATURE = 80
_LEAST_PARAGRAPHS_SIGNED = 2


@dataclass(slots=True)
class _Part:
    """The blocks under a heading; the first part of a document has no heading. `section` is the name of its section."""

    heading: Heading[Text] | None = None
    section: str = ""
    blocks: list[Block[Text]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return _plain(self.heading) if self.heading else ""

    @property
    def has_text(self) -> bool:
        return any(speakable(leaf.text) for leaf in leaves(self.blocks))

    @property
    def holds_only_pages(self) -> bool:
        return all(isinstance(block, PageBreak) for block in self.blocks)

    def is_of(self, level: int, article: Article) -> bool:
        """Return whether its heading has a level, as the article's document counts them."""
        return self.heading is not None and self.heading.level - article.lowered == level

    @property
    def words(self) -> int:
        return sum(len(leaf.text.split()) for leaf in leaves(self.blocks))


def _plain(heading: Heading[Text]) -> str:
    from audio_edition.read.markup.inline import plain  # here: plain text needs none of it

    return plain(heading.text)


def divided(issue: Issue, level: int) -> Issue:
    """Return the issue with each article cut at its headings of a level, as the document counts them: 1 is the highest.

    Headings above that level name the sections of a newspaper. Findings on a whole document stay with the issue. An
    article with fewer than two such headings that have text stays as it is.
    """
    parted = [_articles_of(article, level) for article in issue.articles]
    articles = tuple(each for parts in parted for each in parts)
    whole = [article for article, parts in zip(issue.articles, parted, strict=True) if parts != (article,)]
    findings = tuple(finding for article in whole for finding in article.findings)
    issue = replace(issue, articles=articles, findings=(*issue.findings, *findings))
    return _named_as(issue, whole[0]) if whole and len(parted) == 1 else issue


def divided_where_clear(issue: Issue) -> Issue:
    """Return the issue, cut into articles if it is one document that clearly holds several."""
    if len(issue.articles) != 1 or _ONE_WORK.search(issue.articles[0].title):
        return issue
    level = next((each for each in _LEVELS if _holds_several(issue.articles[0], each)), 0)
    return divided(issue, level) if level else issue


def levels_of(issue: Issue) -> Counter[int]:
    """Return how many headings an issue's documents have of each level, as the documents count them."""
    return Counter(
        block.level - article.lowered
        for article in issue.articles
        for block in article.blocks
        if isinstance(block, Heading)
    )


def _holds_several(article: Article, level: int) -> bool:
    """Return whether headings of a level have bylines, datelines or signatures, and none is a chapter's."""
    parts = [part for part in _parts(article, level) if part.has_text]
    articles = [part for part in parts if part.is_of(level, article)]
    if len(articles) < _LEAST_ARTICLES or _is_of_chapters(parts) or (level > 1 and _is_credited_in_text(article)):
        return False
    with_credits = sum(bool(opening_credits(tuple(part.blocks), set())[0]) for part in articles)
    if level == 1 and not article.is_titled and not _OF_A_BOOK.match(article.title):
        with_credits += bool(article.credits)
    signed = sum(map(_is_signed, articles))
    is_short = median(part.words for part in parts) <= _LONGEST_ARTICLE
    least = _SHARE_WITH_CREDITS * len(parts)
    return is_short and (with_credits >= max(_LEAST_ARTICLES, least) or signed >= max(_LEAST_SIGNED, least))


def _is_of_chapters(parts: Sequence[_Part]) -> bool:
    """Return whether a heading is one of a book or a report."""
    numbered = sum(_NUMBERED.match(part.title) is not None for part in parts)
    return any(_OF_A_BOOK.match(part.title) for part in parts) or 2 * numbered > len(parts)


def _is_signed(part: _Part) -> bool:
    """Return whether the last paragraph under a heading is its writer's name, and not all that there is."""
    texts = [block.text.text for block in part.blocks if isinstance(block, Paragraph) and speakable(block.text.text)]
    if len(texts) < _LEAST_PARAGRAPHS_SIGNED or len(texts[-1]) > _LONGEST_SIGNATURE:
        return False
    return names_writer(f"By {texts[-1].lstrip('-–— ')}") or names_writer(texts[-1])


def _named_as(issue: Issue, document: Article) -> Issue:
    """Return an issue with the title, date, language and source of the document it was cut from, if it has none."""
    is_first = issue.articles[0].title == document.title and not document.is_titled
    return replace(
        issue,
        title=issue.title or ("" if is_first else document.title),
        published=issue.published or document.published,
        language=issue.language or document.language,
        source=issue.source or document.source,
    )


# --- cutting


def _articles_of(article: Article, level: int) -> tuple[Article, ...]:
    """Return the articles of a document; the document itself if its headings of that level do not divide it."""
    first, *others = _parts(article, level)
    if sum(part.has_text and part.is_of(level, article) for part in others) < _LEAST_ARTICLES:
        return (article,)
    has_opening = first.has_text or _is_credited_in_text(article)
    named = [*_named(others)]
    notes = _Notes(article.blocks, [*([first] if has_opening else []), *named])
    opening = [_opening(article, notes.placed(first))] if has_opening else []
    deeper = level + article.lowered - 1
    return (*opening, *(_of_part(article, part, notes.placed(part), deeper) for part in named))


def _parts(article: Article, level: int) -> list[_Part]:
    """Return the parts of a document: before the first heading of this or a higher level, and under each of them."""
    parts, section = [_Part()], ""
    for block in article.blocks:
        if isinstance(block, Heading) and block.level - article.lowered <= level:
            if block.level - article.lowered < level:
                section = _plain(block)
            parts.append(_Part(block, section, _taken_from_end(parts[-1].blocks)))
        else:
            parts[-1].blocks.append(block)
    return parts


def _taken_from_end(blocks: list[Block[Text]]) -> list[Block[Text]]:
    """Remove breaks from the end of a part; return the page breaks, which belong to what follows."""
    marks: list[Block[Text]] = []
    while blocks and isinstance(blocks[-1], PageBreak | SceneBreak):
        last = blocks.pop()
        marks += [last] if isinstance(last, PageBreak) else []
    return marks[::-1]


def _named(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield the parts, without headings that only name the section of the next part, which gets their page breaks."""
    marks: list[Block[Text]] = []
    for part, following in zip_longest(parts, parts[1:]):
        names_a_section = following is not None and following.section == part.title != following.title
        if names_a_section and part.holds_only_pages:
            marks += part.blocks
        else:
            part.blocks[:0] = marks
            marks = []
            yield part


def _is_credited_in_text(article: Article) -> bool:
    """Return whether a dateline or a byline is under the title, and not only in the document's properties."""
    named = {who.name for who in article.metadata.creators}
    return any(credit.text not in named for credit in article.credits)


class _Notes:
    """The notes of a document, each of which goes with the part that refers to it."""

    def __init__(self, blocks: Blocks, parts: Sequence[_Part]) -> None:
        self._notes = {block.id: block for block in every(blocks) if isinstance(block, Note)}
        self._referred = {id for part in parts for id in self._wanted(part)}  # noqa: A001

    def placed(self, part: _Part) -> Blocks:
        """Return the blocks of a part without other parts' notes, followed by its own notes from elsewhere."""
        blocks = part.blocks
        own = {block.id for block in every(blocks) if isinstance(block, Note)}
        wanted = self._wanted(part)

        def kept(block: Block[Text]) -> tuple[Block[Text], ...]:
            is_of_others = isinstance(block, Note) and block.id in self._referred - wanted
            return () if is_of_others else (block,)

        return *with_blocks(blocks, kept), *(note for id, note in self._notes.items() if id in wanted - own)  # noqa: A001

    def _wanted(self, part: _Part) -> set[str]:
        """Return the notes that a part refers to, its heading too, and those that its notes refer to."""
        wanted: set[str] = set()
        blocks = [*([part.heading] if part.heading else []), *part.blocks]
        found = _references(with_blocks(blocks, lambda block: () if isinstance(block, Note) else (block,)))
        while found:
            wanted |= found
            found = _references([self._notes[id] for id in found & self._notes.keys()]) - wanted  # noqa: A001
        return wanted


def _references(blocks: Sequence[Block[Text]]) -> set[str]:
    return {span.value for leaf in leaves(blocks) for span in leaf.of("note")}


# --- the articles


def _opening(article: Article, blocks: Blocks) -> Article:
    """Return the article of what comes before the first heading, under the document's title."""
    return replace(
        article,
        blocks=without_dead_links(blocks),
        credits=article.credits if _is_credited_in_text(article) else (),
        metadata=Metadata(),
        images=tuple(_images_in(blocks, article)),
        findings=(),
    )


def _of_part(document: Article, part: _Part, found: Blocks, deeper: int) -> Article:
    """Return the article of a part of a document, its headings `deeper` levels higher than they were."""
    credited, blocks = opening_credits(found, set())
    datelines = [line for credit in credited if (line := dateline_of(credit.text))]
    heading = (part.heading,) if part.heading else ()
    return Article(
        part.title,
        without_dead_links(tuple(_raised(block, deeper) for block in blocks)),
        credited,
        published=next(filter(None, (line.published for line in datelines)), document.published),
        language=document.language,
        source=next(filter(None, (line.agency for line in datelines)), document.source),
        category=part.section or document.category,
        images=tuple(_images_in(blocks, document)),
        findings=(*marks_gone((*heading, *found), blocks), *beside_title(part.title, heading)),
    )


def _raised(block: Block[Text], by: int) -> Block[Text]:
    return replace(block, level=max(2, block.level - by)) if isinstance(block, Heading) else block


def _images_in(blocks: Sequence[Block[Text]], document: Article) -> Iterator[Image]:
    shown = {block.image for block in every(blocks) if isinstance(block, Picture)}
    shown |= {span.value for leaf in leaves(blocks) for span in leaf.of("image")}
    return (image for image in document.images if image.name in shown)
