"""Write the Script of an Article or an Issue, with lexicons."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import replace

from audio_edition.errors import ScriptError
from audio_edition.model import (
    Article,
    Chapter,
    Finding,
    Issue,
    Passage,
    Pause,
    Pauses,
    Script,
    with_leaves,
)
from audio_edition.script.announcements import Announcements, announced, disclosed
from audio_edition.script.choices import USUAL, Choices, as_chosen
from audio_edition.script.issue import issue_plans
from audio_edition.script.lexicon import Lexicon, Matcher, lexicon_findings
from audio_edition.script.page_range import only_pages
from audio_edition.script.passages import Matchers, passage_of
from audio_edition.script.plan import UNSAID_LANGUAGE, ChapterPlan, Draft, chapter_id, passage_id, plan_article
from audio_edition.script.speakers import with_speakers
from audio_edition.script.writing_system import language_mismatch


def write_script(
    article: Article,
    pauses: Pauses,
    lexicons: Sequence[Lexicon] = (),
    choices: Choices = USUAL,
) -> Script:
    """Return what will be said of an article, in order. Its findings are the article's and what has no sound.

    A later lexicon goes over an earlier one. Raises ScriptError for an article without words, a lexicon with an error.
    """
    if choices.only_pages:
        (article,), told = only_pages([article], choices.only_pages)
        article = replace(article, findings=(*article.findings, told))
    article = as_chosen(article, choices)
    plans, findings = plan_article(article, pauses)
    if choices.disclosure == "spoken":
        findings += disclosed(plans, article.language or UNSAID_LANGUAGE, pauses)
    script = Script(
        title=article.title,
        chapters=(),
        language=article.language or UNSAID_LANGUAGE,
        published=article.published,
        source=article.source,
        byline=article.byline,
        dateline=article.dateline,
        metadata=article.metadata,
        images=article.images,
        findings=(*article.findings, *findings),
    )
    return _with_chapters(script, plans, pauses, lexicons, choices.speakers)


def write_issue_script(
    issue: Issue,
    announcements: Announcements | None,
    pauses: Pauses,
    lexicons: Sequence[Lexicon] = (),
    choices: Choices = USUAL,
) -> Script:
    """Return what will be said of an issue: its articles by category, with an opening, contents and an end where they
    are to be announced. Raises as write_script does."""
    language = issue.language or issue.articles[0].language or UNSAID_LANGUAGE
    if choices.only_pages:
        chosen, told = only_pages(issue.articles, choices.only_pages)
        issue = replace(issue, articles=chosen, findings=(*issue.findings, told))
    articles = tuple(as_chosen(article, choices) for article in issue.articles)
    issue = replace(issue, articles=articles, language=language)
    numbered_from = announcements.tracks + 1 if announcements else 0
    plans, findings = issue_plans(issue, pauses, numbered_from)
    if announcements and plans:
        plans, missing = announced(issue, plans, announcements, pauses)
        findings += missing
    elif choices.disclosure == "spoken":
        findings += disclosed(plans, language, pauses)
    script = Script(
        title=issue.title,
        chapters=(),
        language=language,
        published=issue.published,
        source=issue.source,
        images=tuple({image.name: image for article in articles for image in article.images}.values()),
        findings=(*issue.findings, *findings),
    )
    return _with_chapters(script, plans, pauses, lexicons, choices.speakers)


def _with_chapters(
    script: Script,
    plans: Sequence[ChapterPlan],
    pauses: Pauses,
    lexicons: Sequence[Lexicon],
    speakers: Collection[str],
) -> Script:
    if not plans:
        raise ScriptError(
            f"{script.source or 'The article'} holds no letter, digit or sign that could be spoken.",
            "Check that it is the right document, and that it holds text, not only pictures.",
        )
    matcher = functools.cache(functools.partial(Matcher, tuple(lexicons)))
    drafts = [draft for plan in plans for draft in plan.spoken]
    with_speakers(drafts, script.language)
    cut_for = frozenset(name.casefold() for name in speakers)
    languages = {script.language, *(draft.language for draft in drafts if draft.language)}
    languages |= {phrase.value for draft in drafts for phrase in draft.text.of("language")}
    own = [draft.text.text for draft in drafts if not draft.language]
    chapters = tuple(
        _chapter(number, plan, following, script.language, matcher, pauses, cut_for)
        for number, (plan, following) in enumerate(zip(plans, [*plans[1:], None], strict=True), start=1)
    )
    findings: tuple[Finding, ...] = (
        *script.findings,
        *language_mismatch(own, script.language),
        *lexicon_findings(lexicons, languages),
    )
    return replace(script, chapters=chapters, findings=findings)


def _chapter(
    number: int,
    plan: ChapterPlan,
    following: ChapterPlan | None,
    language: str,
    matcher: Matchers,
    pauses: Pauses,
    speakers: Collection[str],
) -> Chapter:
    plan.spoken[-1].pause = _pause_before(following, pauses)
    places = iter(range(1, len(plan.drafts) + 1))

    def passage(draft: Draft) -> Passage:
        return passage_of(draft, passage_id(number, next(places)), language, matcher, pauses, speakers)

    blocks = tuple(with_leaves(block, passage) for block in plan.blocks)
    return Chapter(
        chapter_id(number), plan.title, blocks, plan.level, plan.continues, plan.track, plan.voice, plan.document
    )


def _pause_before(following: ChapterPlan | None, pauses: Pauses) -> Pause:
    """Return the silence with which a chapter ends, by what comes next."""
    if following is None:
        return Pause(pauses.end, "end")
    if following.begins == "part":
        return Pause(pauses.before_heading, "before heading")
    between = pauses.between_sections if following.begins == "section" else pauses.between_articles
    return Pause(between, f"before {following.begins}")
