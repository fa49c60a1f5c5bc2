"""Plan the chapters of an issue's articles, those of one category together under its name.

Levels: category, article, subheadings; without categories, article, subheadings. A player that knows no levels gets a
track for each article, the name of its category in front of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audio_edition.model import Article, Finding, Heading, Issue, Pause, Pauses, Text
from audio_edition.script.plan import ChapterPlan, Draft, plan_article
from audio_edition.script.speakable import is_speakable

_DEEPEST = 6


def issue_plans(issue: Issue, pauses: Pauses, numbered_from: int = 0) -> tuple[list[ChapterPlan], list[Finding]]:
    """Return the chapters of all articles, and their findings, which name the article. `numbered_from` is the number
    that the first article's heading is said with; 0 for none."""
    plans: list[ChapterPlan] = []
    findings: list[Finding] = []
    number = numbered_from
    for category, articles in by_category(issue):
        opening = [_section(category, pauses)] if is_speakable(category) else []
        for article in articles:
            language = "" if article.language == issue.language else article.language
            chapters, found = plan_article(article, pauses, language)
            findings += (_in_article(article, finding) for finding in (*article.findings, *found))
            if chapters:
                plans += _with_opening(opening, list(_in_issue(chapters, 1 + bool(category), number)))
                opening, number = [], number + bool(number)
    return plans, findings


def by_category(issue: Issue) -> list[tuple[str, list[Article]]]:
    """Return the articles under their categories, both in the order in which they first come."""
    categories: dict[str, list[Article]] = {}
    for article in issue.articles:
        categories.setdefault(" ".join(article.category.split()), []).append(article)
    return list(categories.items())


def _section(category: str, pauses: Pauses) -> ChapterPlan:
    heading = Draft(Text(category), "heading", Pause(pauses.after_heading, "after heading"))
    return ChapterPlan(category, 1, [Heading(heading, 1)], [heading], begins="section")


def _with_opening(opening: list[ChapterPlan], chapters: list[ChapterPlan]) -> list[ChapterPlan]:
    """Return the chapters of an article behind the name of its category, in one track."""
    if not opening:
        return chapters
    first = chapters[0]
    return [
        replace(opening[0], track=first.title),
        replace(first, begins="part", continues=True),
        *chapters[1:],
    ]


def _in_issue(chapters: list[ChapterPlan], level: int, number: int) -> Iterator[ChapterPlan]:
    """Yield the chapters of an article at their level, its headline a heading with its number."""
    for chapter in chapters:
        if chapter.begins != "article":
            deeper = min(_DEEPEST, level + max(1, chapter.level - 1))
            yield replace(chapter, level=deeper, continues=True)
            continue
        first = chapter.spoken[0]
        first.role = "heading" if first.role == "title" else first.role
        first.announces = f"{number}. {first.announces}" if number else first.announces
        yield replace(chapter, level=level, number=number)


def _in_article(article: Article, finding: Finding) -> Finding:
    """Return the finding, with the article that it is of."""
    title = article.title if len(article.title) <= 60 else f"{article.title[:59]}…"
    return replace(finding, place=f"{title}, {finding.place}" if finding.place else title)
