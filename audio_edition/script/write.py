"""In: an Article or an Issue, and lexicons. Out: the Script."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from audio_edition.errors import ScriptError
from audio_edition.model import Article, Chapter, Finding, Issue, Notes, Pause, Pauses, Script, Utterance
from audio_edition.script.announcements import Announcements, announced
from audio_edition.script.issue import issue_outlines
from audio_edition.script.lexicon import Lexicon, Matcher, lexicon_findings
from audio_edition.script.notes import with_notes
from audio_edition.script.outline import ChapterOutline, Passage, chapter_id, outline, paragraph_id
from audio_edition.script.passages import Matchers, passage_parts
from audio_edition.script.writing_system import language_mismatch

UNSAID_LANGUAGE = "en"
"""What an article is taken to be in that does not say it."""


def write_script(article: Article, pauses: Pauses, lexicons: Sequence[Lexicon] = (), notes: Notes = "after") -> Script:
    """What will be said of an article, in order. Its findings are the article's and what has no sound.

    A later lexicon goes over an earlier one. Raises ScriptError for an article without words, a lexicon with an error.
    """
    outlines, findings = outline(with_notes(article, notes))
    script = Script(
        title=article.title,
        chapters=(),
        language=article.language or UNSAID_LANGUAGE,
        published=article.published,
        source=article.source,
        byline=article.byline,
        dateline=article.dateline,
        findings=(*article.findings, *findings),
    )
    return _with_chapters(script, outlines, pauses, lexicons)


def write_issue_script(
    issue: Issue,
    announcements: Announcements | None,
    pauses: Pauses,
    lexicons: Sequence[Lexicon] = (),
    notes: Notes = "after",
) -> Script:
    """What will be said of an issue: its articles by category, with an opening, contents and an end where they are to
    be announced. Raises as write_script does."""
    language = issue.language or issue.articles[0].language or UNSAID_LANGUAGE
    articles = tuple(with_notes(article, notes) for article in issue.articles)
    issue = replace(issue, articles=articles, language=language)
    outlines, findings = issue_outlines(issue, numbered_from=announcements.tracks + 1 if announcements else 0)
    if announcements and outlines:
        outlines, missing = announced(issue, outlines, announcements, pauses)
        findings += missing
    script = Script(
        title=issue.title,
        chapters=(),
        language=language,
        published=issue.published,
        source=issue.source,
        findings=(*issue.findings, *findings),
    )
    return _with_chapters(script, outlines, pauses, lexicons)


def _with_chapters(
    script: Script, outlines: Sequence[ChapterOutline], pauses: Pauses, lexicons: Sequence[Lexicon]
) -> Script:
    if not outlines:
        raise ScriptError(
            f"{script.source or 'The article'} holds no letter, digit or sign that could be spoken.",
            "Check that it is the right document, and that it holds text, not only pictures.",
        )
    matcher = functools.cache(functools.partial(Matcher, tuple(lexicons)))
    passages = [passage for chapter in outlines for passage in chapter.passages]
    languages = {script.language, *(passage.language for passage in passages if passage.language)}
    languages |= {phrase.language for passage in passages for phrase in passage.phrases}
    own = [passage.text for passage in passages if not passage.language]
    chapters = tuple(
        _chapter(number, chapter, following, script.language, matcher, pauses)
        for number, (chapter, following) in enumerate(zip(outlines, [*outlines[1:], None], strict=True), start=1)
    )
    findings: tuple[Finding, ...] = (
        *script.findings,
        *language_mismatch(own, script.language),
        *lexicon_findings(lexicons, languages),
    )
    return replace(script, chapters=chapters, findings=findings)


def _chapter(
    number: int,
    chapter: ChapterOutline,
    following: ChapterOutline | None,
    language: str,
    matcher: Matchers,
    pauses: Pauses,
) -> Chapter:
    parts: list[Utterance | Pause] = []
    for place, passage in enumerate(chapter.passages, start=1):
        parts += passage_parts(passage, paragraph_id(number, place), language, matcher, pauses)
        parts.append(_pause_after(passage, pauses))
    parts[-1] = _pause_before(following, pauses)
    return Chapter(chapter_id(number), chapter.title, tuple(parts), chapter.level, chapter.continues, chapter.track)


def _pause_after(passage: Passage, pauses: Pauses) -> Pause:
    match passage.role:
        case "title":
            return Pause(pauses.after_title, "after title")
        case "dateline" | "byline":
            return Pause(pauses.after_credit, f"after {passage.role}")
        case "heading":
            return Pause(pauses.after_heading, "after heading")
        case "list item":
            return Pause(pauses.item, passage.role)
        case "table header" | "table row" if not passage.closes:
            return Pause(pauses.item, passage.role)
        case _:
            return Pause(pauses.paragraph, "paragraph")


def _pause_before(following: ChapterOutline | None, pauses: Pauses) -> Pause:
    """The silence with which a chapter ends, by what comes next."""
    if following is None:
        return Pause(pauses.end, "end")
    if following.begins == "part":
        return Pause(pauses.before_heading, "before heading")
    between = pauses.between_sections if following.begins == "section" else pauses.between_articles
    return Pause(between, f"before {following.begins}")
