"""In: an Article, and lexicons. Out: a Script: chapters of utterances, each with a stable id and its form as it is
said, and the silence between them. A script can be written as JSON, edited and read back; show.py renders it for
people.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence

from audio_edition.errors import ScriptError
from audio_edition.model import Article, Chapter, Pause, Pauses, Script, Utterance
from audio_edition.script.exchange import is_script, script_from_json, script_to_json
from audio_edition.script.lexicon import Lexicon, Matcher, lexicon_findings, said_with
from audio_edition.script.outline import ChapterOutline, Passage, chapter_id, outline, paragraph_id
from audio_edition.script.sentences import passage_spans, sentence_spans
from audio_edition.script.show import as_ssml, as_table, as_text
from audio_edition.script.writing_system import language_mismatch

__all__ = ["as_ssml", "as_table", "as_text", "is_script", "script_from_json", "script_to_json", "write_script"]


UNSAID_LANGUAGE = "en"

_Matchers = Callable[[str], Matcher]


def write_script(article: Article, pauses: Pauses, lexicons: Sequence[Lexicon] = ()) -> Script:
    """What will be said of an article, in order. Its findings are the article's and what has no sound.

    A later lexicon goes over an earlier one. Raises ScriptError for an article without words, a lexicon with an error.
    """
    language = article.language or UNSAID_LANGUAGE
    outlines, findings = outline(article)
    if not outlines:
        raise ScriptError(
            f"{article.source or 'The article'} holds no letter, digit or sign that could be spoken.",
            "Check that it is the right document, and that it holds text, not only pictures.",
        )
    matcher = functools.cache(functools.partial(Matcher, tuple(lexicons)))
    passages = [passage for chapter in outlines for passage in chapter.passages]
    languages = {language, *(passage.language for passage in passages if passage.language)}
    own = [passage.text for passage in passages if not passage.language]
    return Script(
        title=article.title,
        chapters=tuple(
            _chapter(number, chapter, language, matcher, pauses, last=number == len(outlines))
            for number, chapter in enumerate(outlines, start=1)
        ),
        language=language,
        published=article.published,
        source=article.source,
        byline=article.byline,
        dateline=article.dateline,
        findings=(
            *article.findings,
            *findings,
            *language_mismatch(own, language),
            *lexicon_findings(lexicons, languages),
        ),
    )


def _chapter(
    number: int, chapter: ChapterOutline, language: str, matcher: _Matchers, pauses: Pauses, *, last: bool
) -> Chapter:
    parts: list[Utterance | Pause] = []
    for place, passage in enumerate(chapter.passages, start=1):
        for utterance in _utterances(passage, paragraph_id(number, place), language, matcher):
            parts += [utterance, Pause(pauses.sentence, "sentence")]
        parts[-1] = _pause_after(passage, pauses)
    parts[-1] = Pause(pauses.end, "end") if last else Pause(pauses.before_heading, "before heading")
    return Chapter(chapter_id(number), chapter.title, tuple(parts), chapter.level)


def _utterances(passage: Passage, place: str, language: str, matcher: _Matchers) -> Iterator[Utterance]:
    text, language = passage.text, passage.language or language
    is_prose = passage.role in ("body", "quote")
    spans = sentence_spans(text, language.partition("-")[0].lower()) if is_prose else passage_spans(text)
    for number, (start, end) in enumerate(spans, start=1):
        said = said_with(matcher(language), text[start:end], passage.role, language)
        yield Utterance(
            id=f"{place}-s{number:02d}",
            text=text[start:end],
            spoken=said.text,
            role=passage.role,
            language=passage.language,
            space_before=start == 0 or text[start - 1] == " ",
            pronunciations=said.pronunciations,
        )


def _pause_after(passage: Passage, pauses: Pauses) -> Pause:
    match passage.role:
        case "title":
            return Pause(pauses.after_title, "after title")
        case "dateline" | "byline":
            return Pause(pauses.after_credit, f"after {passage.role}")
        case "heading":
            return Pause(pauses.after_heading, "after heading")
        case _:
            return Pause(pauses.paragraph, "paragraph")
