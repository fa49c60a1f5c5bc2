"""In: an Issue. Out: the outlines of its articles' chapters, those of one category together under its name.

Levels: category, article, subheadings; without categories, article, subheadings. A player that knows no levels gets a
track for each article, the name of its category in front of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audio_edition.model import Article, Finding, Issue
from audio_edition.script.outline import ChapterOutline, Passage, outline
from audio_edition.script.speakable import is_speakable

_DEEPEST = 6


def issue_outlines(issue: Issue, numbered_from: int = 0) -> tuple[list[ChapterOutline], list[Finding]]:
    """The chapters of all articles, and their findings, which name the article. `numbered_from` is the number that the
    first article's heading is said with; 0 for none."""
    outlines: list[ChapterOutline] = []
    findings: list[Finding] = []
    number = numbered_from
    for category, articles in by_category(issue):
        opening = [_section(category)] if is_speakable(category) else []
        for article in articles:
            chapters, found = outline(article)
            findings += (_of(article, finding) for finding in (*article.findings, *found))
            if chapters:
                outlines += _with_opening(
                    opening, list(_in_issue(article, issue, chapters, 1 + bool(category), number))
                )
                opening, number = [], number + bool(number)
    return outlines, findings


def by_category(issue: Issue) -> list[tuple[str, list[Article]]]:
    """The articles under their categories, both in the order in which they first come."""
    categories: dict[str, list[Article]] = {}
    for article in issue.articles:
        categories.setdefault(" ".join(article.category.split()), []).append(article)
    return list(categories.items())


def _section(category: str) -> ChapterOutline:
    return ChapterOutline(category, 1, [Passage(category, "heading")], begins="section")


def _with_opening(opening: list[ChapterOutline], chapters: list[ChapterOutline]) -> list[ChapterOutline]:
    """The chapters of an article behind the name of its category, in one track."""
    if not opening:
        return chapters
    first = chapters[0]
    return [
        replace(opening[0], track=first.title),
        replace(first, begins="part", continues=True),
        *chapters[1:],
    ]


def _in_issue(
    article: Article, issue: Issue, chapters: list[ChapterOutline], level: int, number: int
) -> Iterator[ChapterOutline]:
    """The chapters of an article at their level, each passage in the article's language where it is not the issue's."""
    language = "" if article.language == issue.language else article.language
    for chapter in chapters:
        passages = [replace(passage, language=passage.language or language) for passage in chapter.passages]
        if chapter.begins == "article":
            role = "heading" if passages[0].role == "title" else passages[0].role
            passages[0] = replace(passages[0], role=role, number=number)
            yield replace(chapter, passages=passages, level=level)
        else:
            deeper = min(_DEEPEST, level + max(1, chapter.level - 1))
            yield replace(chapter, passages=passages, level=deeper, continues=True)


def _of(article: Article, finding: Finding) -> Finding:
    """The finding, with the article that it is of."""
    title = article.title if len(article.title) <= 60 else f"{article.title[:59]}…"
    return replace(finding, place=f"{title}, {finding.place}" if finding.place else title)
