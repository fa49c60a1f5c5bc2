"""A draft becomes a passage: utterances, cut at sentences, lines and changes of language, and pauses between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from audio_edition.model import (
    EMPTY_KINDS,
    Passage,
    Pause,
    Pauses,
    Pronunciation,
    Role,
    Span,
    SpanKind,
    Text,
    Utterance,
)
from audio_edition.script.clauses import Span as Place
from audio_edition.script.lexicon import Matcher, said_with
from audio_edition.script.lexicon.application import Spoken
from audio_edition.script.plan import Draft
from audio_edition.script.raised import raised_signs, said_for
from audio_edition.script.sentences import cut_at_phrases, passage_spans, sentence_spans
from audio_edition.script.wording import Wording, wording

Matchers = Callable[[str], Matcher]
"""The lexicons' matcher for a language."""

_WHOLE: frozenset[Role] = frozenset(
    {"title", "heading", "byline", "dateline", "attribution", "code", "formula", "page"}
)
"""What is one utterance however many full stops it has."""

_SHOWN_BY_THE_UTTERANCE: frozenset[SpanKind] = frozenset({"language", "break"})
_SENTENCE_END = ".!?…。！？؟۔।:;"
_TASKS = {"☑": 0, "☐": 1, "☒": 2}
"""Which of the words for tasks a sign stands for."""
_TASK = re.compile(f"([{''.join(_TASKS)}])\\s*(?=\\S)")
_NO_SPACE_BEFORE = ".,;:!?)]}…”’»"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes an utterance, and the pause before it, unless it is the first."""

    start: int
    end: int
    language: str
    before: Pause
    speaker: str = ""


def passage_of(
    draft: Draft, place: str, language: str, matcher: Matchers, pauses: Pauses, speakers: Collection[str] = ()
) -> Passage:
    """Return the passage that a draft is, at `place` (`c02-p003`) in a script in `language`. What one of the `speakers`
    says (in small letters) is cut from what is around it; of others it is only noted who says a whole sentence."""
    if not draft.speakable:
        return Passage(place, draft.role, (), draft.language, draft.text)
    parts: list[Utterance | Pause] = []
    pieces = list(_pieces(draft, draft.language or language, pauses, speakers))
    spans = _spans_of(draft.text, pieces)
    for number, (piece, own) in enumerate(zip(pieces, spans, strict=True), start=1):
        if number > 1:
            parts.append(piece.before)
        spoken_in = piece.language or draft.language
        first, last = number == 1, number == len(pieces)
        said = _spoken_form(draft, piece, spoken_in or language, matcher(spoken_in or language))
        header = _header(draft, spoken_in or language, matcher(spoken_in or language)) if first else ""
        before = draft.announces + header + draft.announces_within if first else ""
        spoken = _behind(_before(said, before), draft.concludes if last else "")
        parts.append(
            Utterance(
                id=f"{place}-s{number:02d}",
                text=draft.text.text[piece.start : piece.end],
                spoken=spoken.text,
                role=draft.role,
                language=spoken_in,
                speaker=piece.speaker,
                space_before=piece.start == 0 or draft.text.text[piece.start - 1] == " ",
                pronunciations=spoken.pronunciations,
                spans=own,
                announces=_announced(draft, header) if first else "",
                concludes=draft.concludes if last else "",
            )
        )
    return Passage(place, draft.role, (*parts, draft.pause), draft.language)


def _announced(draft: Draft, header: str) -> str:
    """Return what is said before the draft, with the header as it is written."""
    column = f"{draft.header}: " if header else ""
    return f"{draft.announces}{column}{draft.announces_within}".strip()


# --- cutting


def _pieces(draft: Draft, language: str, pauses: Pauses, speakers: Collection[str]) -> Iterator[_Piece]:
    text = draft.text.text
    phrases = tuple(draft.text.of("language"))
    edges = [(phrase.start, phrase.end) for phrase in phrases]
    edges += [(voiced.start, voiced.end) for voiced in draft.voices if voiced.name.casefold() in speakers]
    for line_start, line_end in _lines(draft.text):
        for start, end in _sentences(text[line_start:line_end], draft.role, language):
            sentence = (line_start + start, line_start + end)
            for piece_start, piece_end in cut_at_phrases(text, sentence, edges):
                if piece_start == line_start:
                    before = Pause(pauses.line, "line")
                elif piece_start == sentence[0]:
                    before = Pause(pauses.sentence, "sentence")
                else:
                    before = Pause(pauses.phrase, "phrase")
                first = next((at for at in range(piece_start, piece_end) if text[at].isalnum()), piece_start)
                phrase = next((each.value for each in phrases if each.start <= first < each.end), "")
                yield _Piece(piece_start, piece_end, phrase, before, _speaker(draft, piece_start, piece_end))


def _speaker(draft: Draft, start: int, end: int) -> str:
    """Return who says all words of a piece; a label before them is said with them where it was not cut off."""
    if not draft.voices:
        return ""
    text = draft.text.text
    sounds = [place for place in range(start, end) if text[place].isalnum()]
    if not sounds:
        return ""
    said = (each for each in draft.voices if each.opening <= sounds[0] and each.start <= sounds[-1] < each.end)
    return next((each.name for each in said), "")


def _lines(text: Text) -> list[Place]:
    """Return the lines of a text that breaks cut, those without a sound joined to the one before, or the first to the
    next."""
    lines: list[Place] = []
    start, sounds = 0, False
    for end in (*(span.start for span in text.of("break")), len(text.text)):
        if any(map(str.isalnum, text.text[start:end])):
            lines.append((start, end))
            sounds = True
        elif sounds:
            lines[-1] = (lines[-1][0], end)
        else:
            continue
        start = end + 1
    return [(0 if number == 0 else begins, ends) for number, (begins, ends) in enumerate(lines)]


def _sentences(text: str, role: Role, language: str) -> list[Place]:
    return passage_spans(text) if role in _WHOLE else sentence_spans(text, language.partition("-")[0].lower())


def _spans_of(text: Text, pieces: list[_Piece]) -> list[tuple[Span, ...]]:
    """Return the spans of each piece. An empty one is of one piece only: the mark of a note of what it follows, other
    marks of what they stand before."""
    starts, ends = [piece.start for piece in pieces], [piece.end for piece in pieces]
    found: list[list[Span]] = [[] for _ in pieces]
    for span in text.spans:
        if span.kind in EMPTY_KINDS:
            at = bisect_left(starts, span.start) - 1 if span.kind == "note" else bisect_right(ends, span.start)
            at = min(max(at, 0), len(pieces) - 1)
            place = min(max(span.start, starts[at]), ends[at]) - starts[at]
            found[at].append(replace(span, start=place, end=place))
        elif span.kind not in _SHOWN_BY_THE_UTTERANCE:
            for at in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                start, end = max(span.start, starts[at]), min(span.end, ends[at])
                found[at].append(replace(span, start=start - starts[at], end=end - starts[at]))
    return [tuple(spans) for spans in found]


# --- what is said


def _spoken_form(draft: Draft, piece: _Piece, language: str, matcher: Matcher) -> Spoken:
    """Return the piece as it is said: readings for what has one, and what is struck said to be so."""
    whole = draft.text.part(piece.start, piece.end)
    is_item = draft.role == "list_item" and not piece.start
    readings = sorted(_readings(whole, wording(language), is_item=is_item))
    stretches = list(_stretches(whole, readings))
    if len(stretches) == 1 and not stretches[0][1]:
        return said_with(matcher, stretches[0][0], draft.role, language)
    words = wording(language)
    spoken = Spoken("")
    for number, (text, struck) in enumerate(stretches, start=1):
        said = said_with(matcher, text, draft.role, language)
        if struck and words:
            goes_on = number < len(stretches) and stretches[number][0].lstrip()[:1] not in _NO_SPACE_BEFORE
            comma = "," * goes_on
            told = said.text.rstrip(_SENTENCE_END + ", ")
            said = Spoken(f"{told}, {words.struck}{said.text[len(told) :].strip(', ') or comma}", said.pronunciations)
        joins = not spoken.text or (text[:1] in _NO_SPACE_BEFORE and not struck)
        said = said if joins else _before(said, " ")
        spoken = Spoken(spoken.text + said.text, (*spoken.pronunciations, *_moved(said, len(spoken.text))))
    return spoken


def _stretches(text: Text, readings: Sequence[_Reading]) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches that are struck or are not, with readings in the place of what they are for."""
    done = 0
    for span in text.of("struck"):
        if span.start < done or not any(map(str.isalnum, text.text[span.start : span.end])):
            continue
        if text.text[done : span.start].strip():
            yield _with_readings(text.text, readings, done, span.start).strip(), False
        yield _with_readings(text.text, readings, span.start, span.end).strip(), True
        done = span.end
    if not done or text.text[done:].strip():
        rest = _with_readings(text.text, readings, done, len(text.text))
        yield rest.strip() if done else rest, False


_Reading = tuple[int, int, str]
"""Characters, and what is said in their place."""


def _readings(text: Text, words: Wording | None, *, is_item: bool) -> Iterator[_Reading]:
    """Yield what is said for the sign of a task, for words with ruby, and for what stands above or below the line."""
    if is_item and words and (task := _TASK.match(text.text)):
        yield 0, task.end(), words.tasks[_TASKS[task[1]]]
    for span in text.of("ruby", "superscript", "subscript"):
        if span.kind != "ruby":
            yield span.start, span.end, said_for(span, text.text, words)
        elif span.value:
            yield span.start, span.end, span.value
    yield from raised_signs(text.text, words)


def _with_readings(text: str, readings: Sequence[_Reading], first: int, last: int) -> str:
    written, done = "", first
    for start, end, said in readings:
        if done <= start and end <= last:
            written += text[done:start] + said
            done = end
    return written + text[done:last]


def _header(draft: Draft, language: str, matcher: Matcher) -> str:
    return f"{said_with(matcher, draft.header, draft.role, language).text}: " if draft.header else ""


def _before(spoken: Spoken, words: str) -> Spoken:
    return Spoken(words + spoken.text, tuple(_moved(spoken, len(words)))) if words else spoken


def _moved(spoken: Spoken, by: int) -> Iterator[Pronunciation]:
    return (replace(part, start=part.start + by, end=part.end + by) for part in spoken.pronunciations)


def _behind(spoken: Spoken, words: str) -> Spoken:
    if not words:
        return spoken
    ended = spoken.text.rstrip("\"'”’»)")[-1:] in _SENTENCE_END
    return Spoken(f"{spoken.text}{'' if ended else '.'} {words}", spoken.pronunciations)
