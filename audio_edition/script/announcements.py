"""Announce an issue: an opening and the contents before its chapters, an end behind them.

What is said is a template of the edition's language. The opening names title, publisher, date, number of articles and
length, and says that the voice is synthetic; the numbers in the contents are those of the tracks.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import (
    Block,
    Finding,
    Heading,
    Issue,
    Item,
    List,
    Paragraph,
    Pause,
    Pauses,
    Role,
    Span,
    Text,
    leaves,
)
from audio_edition.script.plan import ChapterPlan, Draft, chapter_id
from audio_edition.script.wording import Wording, english, wording

_FIELD = re.compile(r"\{(\w+)\}")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?;](?= )|[。！？]")
_LETTERS_A_WORD = 5.3
"""Of English text, spaces and marks too: figures and names take longer to say than to write."""
_WORDS_AN_IDEOGRAPH = 0.6
_EXACT_MINUTES = 10
_HEAD = frozenset({"title", "byline", "dateline"})


@dataclass(frozen=True, slots=True)
class Announcements:
    """What is said before and behind the articles: templates of sentences with TEMPLATE_FIELDS in braces; the
    language's own where none are given. A sentence whose field is empty is not said. `rate_wpm` tells the length."""

    opening: tuple[str, ...] = ()
    end: str = ""
    rate_wpm: int = 175
    synthetic: bool = True
    """Whether a synthetic voice says them, which the language's own opening tells."""

    tracks = 2
    """How many tracks come before the first article."""


def announced(
    issue: Issue, plans: Sequence[ChapterPlan], announcements: Announcements, pauses: Pauses
) -> tuple[list[ChapterPlan], list[Finding]]:
    """Return the chapters with what announces them."""
    known = wording(issue.language)
    words, language = known or english(), "" if known else "en"
    values = _values(issue, plans, words, announcements.rate_wpm, pauses)
    title = Draft(Text(issue.title), "title", Pause(pauses.after_title, "after title"))
    opening = list(_sentences(announcements.opening or _opening(words, announcements), values, language, pauses))
    end = list(_sentences((announcements.end or words.end,), values, language, pauses))
    chapters = [
        ChapterPlan(issue.title, 1, [Heading(title, 1), *map(Paragraph, opening)], [title, *opening], begins="article"),
        _contents(plans, words, language, pauses),
        *plans,
    ]
    if end:
        chapters.append(ChapterPlan(end[0].text.text, 1, [*map(Paragraph, end)], end, begins="article"))
    return chapters, [_in_english(issue.language)] if language else []


def disclosed(plans: Sequence[ChapterPlan], language: str, pauses: Pauses) -> list[Finding]:
    """Say behind the title and the credits of the first chapter that the voice is synthetic. Return what is to be told
    of that; chapters without a word stay as they are."""
    if not plans:
        return []
    known = wording(language)
    foreign = "" if known else "en"
    draft = _draft((known or english()).voice, "announcement", foreign, pauses)
    first = plans[0]
    head = list(itertools.takewhile(lambda one: one.role in _HEAD, first.drafts))
    blocks = itertools.takewhile(lambda block: all(leaf in head for leaf in leaves([block])), first.blocks)
    first.blocks.insert(len(list(blocks)), Paragraph(draft))
    first.drafts.insert(len(head), draft)
    return [_in_english(language)] if foreign else []


def _opening(words: Wording, announcements: Announcements) -> tuple[str, ...]:
    told = (words.voice,) if announcements.synthetic else ()
    return "{publisher}.", "{date}.", "{articles}, {minutes}.", *told


def _sentences(templates: Sequence[str], values: dict[str, str], language: str, pauses: Pauses) -> Iterator[Draft]:
    for template in templates:
        if all(values.get(name, "") for name in _FIELD.findall(template)):
            text = _FIELD.sub(lambda found: values[found[1]], template)
            yield _draft(" ".join(text.split()), "announcement", language, pauses)


def _draft(text: str, role: Role, language: str, pauses: Pauses, link: str = "") -> Draft:
    """Something to say; `link` is the chapter that it leads to."""
    pause = Pause(pauses.item, "list item") if role == "list_item" else Pause(pauses.paragraph, "paragraph")
    spans = (Span(0, len(text), "link", f"#{link}"),) if link else ()
    return Draft(Text(text, spans), role, pause, language)


def _contents(plans: Sequence[ChapterPlan], words: Wording, language: str, pauses: Pauses) -> ChapterPlan:
    """Return the categories, and the articles with the numbers of their tracks, which lead to them."""
    heading = Draft(Text(words.contents), "heading", Pause(pauses.after_heading, "after heading"), language)
    numbers = _draft(words.numbers, "announcement", language, pauses)
    chapter = ChapterPlan(
        words.contents, 1, [Heading(heading, 1), Paragraph(numbers)], [heading, numbers], begins="article"
    )
    items: list[tuple[int, Draft]] = []
    for at, plan in enumerate(plans, start=1 + Announcements.tracks):
        first = plan.spoken[0]
        if plan.begins == "section":
            chapter.blocks.extend(_listed(items))
            items = []
            category = _draft(plan.title, "announcement", first.language, pauses, chapter_id(at))
            chapter.blocks.append(Paragraph(category))
            chapter.drafts.append(category)
        elif plan.number:
            article = _draft(plan.title, "list_item", first.language, pauses, chapter_id(at))
            article.announces = f"{plan.number}. "
            items.append((plan.number, article))
            chapter.drafts.append(article)
    chapter.blocks.extend(_listed(items))
    return chapter


def _listed(items: Sequence[tuple[int, Draft]]) -> list[Block[Draft]]:
    """Return the articles of a category as a list that counts from the first one's number."""
    if not items:
        return []
    return [List(tuple(Item((Paragraph(draft),)) for _, draft in items), ordered=True, start=items[0][0])]


def _values(
    issue: Issue, plans: Sequence[ChapterPlan], words: Wording, rate_wpm: int, pauses: Pauses
) -> dict[str, str]:
    articles = sum(bool(plan.number) for plan in plans)
    return {
        "title": issue.title.rstrip("."),
        "publisher": issue.source.rstrip("."),
        "date": words.day(issue.published).rstrip("."),
        "articles": words.articles(articles),
        "minutes": words.minutes(_minutes(plans, rate_wpm, pauses)),
    }


def _minutes(plans: Sequence[ChapterPlan], rate_wpm: int, pauses: Pauses) -> int:
    """About how long the chapters play; by fives where it is long."""
    texts = [draft.text.text for plan in plans for draft in plan.spoken]
    ideographs = sum(len(_IDEOGRAPH.findall(text)) for text in texts)
    letters = sum(map(len, texts)) - ideographs
    words = letters / _LETTERS_A_WORD + ideographs * _WORDS_AN_IDEOGRAPH
    sentences = sum(len(_SENTENCE_END.findall(text)) for text in texts)
    silence_ms = sentences * pauses.sentence + len(texts) * pauses.paragraph + len(plans) * pauses.between_articles
    minutes = words / rate_wpm + silence_ms / 60_000
    return max(1, round(minutes)) if minutes < _EXACT_MINUTES else 5 * math.ceil(minutes / 5 - 0.5)


def _in_english(language: str) -> Finding:
    message = f"What announces it is in English: the program has no words for them in “{language}”."
    remedy = "Write your own under [announcements] in audio-edition.toml, or leave them out: --no-announcements"
    return Finding("announcements-in-english", "note", message, remedy=remedy)
