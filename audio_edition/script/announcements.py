"""In: an issue and its chapters. Out: the chapters between an opening, the contents and an end.

What is said is a template of the edition's language. The opening names title, publisher, date, number of articles and
length, and says that the voice is synthetic; the numbers in the contents are those of the tracks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import Finding, Issue, Pauses
from audio_edition.script.outline import ChapterOutline, Passage
from audio_edition.script.wording import ENGLISH, Wording, wording

_FIELD = re.compile(r"\{(\w+)\}")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?;](?= )|[。！？]")
_LETTERS_A_WORD = 5.3
"""Of English text, spaces and marks too: figures and names take longer to say than to write."""
_WORDS_AN_IDEOGRAPH = 0.6
_EXACT_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Announcements:
    """What is said before and behind the articles: templates of sentences with TEMPLATE_FIELDS in braces; the
    language's own where none are given. A sentence whose field is empty is not said. `rate_wpm` tells the length."""

    opening: tuple[str, ...] = ()
    end: str = ""
    rate_wpm: int = 175

    tracks = 2
    """How many tracks come before the first article."""


def announced(
    issue: Issue, outlines: Sequence[ChapterOutline], announcements: Announcements, pauses: Pauses
) -> tuple[list[ChapterOutline], list[Finding]]:
    """The chapters with what announces them."""
    known = wording(issue.language)
    words, language = known or ENGLISH, "" if known else "en"
    values = _values(issue, outlines, words, announcements.rate_wpm, pauses)
    opening = [Passage(issue.title, "title")]
    opening += _sentences(announcements.opening or _opening(words), values, language)
    end = list(_sentences((announcements.end or words.end,), values, language))
    chapters = [
        ChapterOutline(issue.title, 1, opening, begins="article"),
        ChapterOutline(words.contents, 1, list(_contents(issue, outlines, words, language)), begins="article"),
        *outlines,
    ]
    if end:
        chapters.append(ChapterOutline(end[0].text, 1, end, begins="article"))
    return chapters, [_in_english(issue.language)] if language else []


def _opening(words: Wording) -> tuple[str, ...]:
    return "{publisher}.", "{date}.", "{articles}, {minutes}.", words.voice


def _sentences(templates: Sequence[str], values: dict[str, str], language: str) -> Iterator[Passage]:
    for template in templates:
        if all(values.get(name, "") for name in _FIELD.findall(template)):
            text = _FIELD.sub(lambda found: values[found[1]], template)
            yield Passage(" ".join(text.split()), "announcement", language)


def _contents(issue: Issue, outlines: Sequence[ChapterOutline], words: Wording, language: str) -> Iterator[Passage]:
    """The categories, and the articles with the numbers of their tracks."""
    yield Passage(words.contents, "heading", language)
    yield Passage(words.numbers, "announcement", language)
    for chapter in outlines:
        first = chapter.passages[0]
        if chapter.begins == "section":
            yield Passage(chapter.title, "announcement", first.language)
        elif first.number:
            yield Passage(f"{first.number}. {chapter.title}", "list item", first.language)


def _values(
    issue: Issue, outlines: Sequence[ChapterOutline], words: Wording, rate_wpm: int, pauses: Pauses
) -> dict[str, str]:
    articles = sum(bool(chapter.passages[0].number) for chapter in outlines)
    return {
        "title": issue.title.rstrip("."),
        "publisher": issue.source.rstrip("."),
        "date": words.day(issue.published),
        "articles": words.count(words.articles, articles),
        "minutes": words.count(words.minutes, _minutes(outlines, rate_wpm, pauses)),
    }


def _minutes(outlines: Sequence[ChapterOutline], rate_wpm: int, pauses: Pauses) -> int:
    """About how long the chapters play; by fives where it is long."""
    texts = [passage.text for chapter in outlines for passage in chapter.passages]
    ideographs = sum(len(_IDEOGRAPH.findall(text)) for text in texts)
    letters = sum(map(len, texts)) - ideographs
    words = letters / _LETTERS_A_WORD + ideographs * _WORDS_AN_IDEOGRAPH
    sentences = sum(len(_SENTENCE_END.findall(text)) for text in texts)
    silence_ms = sentences * pauses.sentence + len(texts) * pauses.paragraph + len(outlines) * pauses.between_articles
    minutes = words / rate_wpm + silence_ms / 60_000
    return max(1, round(minutes)) if minutes < _EXACT_MINUTES else 5 * math.ceil(minutes / 5 - 0.5)


def _in_english(language: str) -> Finding:
    message = f"The opening, contents and end are in English: the program has no words for them in “{language}”."
    remedy = "Write your own under [announcements] in audio-edition.toml, or leave them out: --no-announcements"
    return Finding("announcements-in-english", "note", message, remedy=remedy)
