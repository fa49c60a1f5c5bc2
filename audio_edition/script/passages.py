"""In: a passage. Out: its utterances and the pauses between them: sentences, phrases in another language, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from audio_edition.model import Pause, Pauses, Role, Utterance
from audio_edition.script.clauses import Span, cut_long
from audio_edition.script.lexicon import Matcher, said_with
from audio_edition.script.lexicon.application import Spoken
from audio_edition.script.outline import Passage
from audio_edition.script.sentences import cell_spans, cut_at_phrases, passage_spans, sentence_spans
from audio_edition.script.wording import wording

Matchers = Callable[[str], Matcher]
"""The lexicons' matcher for a language."""

_PROSE: frozenset[Role] = frozenset({"body", "quote", "list item", "caption", "picture", "note", "announcement"})
_QUOTATION_MARKS = "\"'“”„‟«»‹›「」『』‘’‚"
_SENTENCE_END = ".!?…。！？؟۔।:"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes an utterance; `begins` is whether a sentence or cell begins with it."""

    start: int
    end: int
    language: str
    begins: bool


def passage_parts(
    passage: Passage, place: str, language: str, matcher: Matchers, pauses: Pauses
) -> Iterator[Utterance | Pause]:
    """The utterances of a passage at `place` (`c02-p003`), in a script in `language`, without the pause behind it."""
    pieces = list(_pieces(passage, passage.language or language))
    for number, piece in enumerate(pieces, start=1):
        if number > 1:
            yield Pause(pauses.sentence, "sentence") if piece.begins else Pause(pauses.phrase, "phrase")
        own = piece.language or passage.language
        spoken = _said(passage, piece, own or language, matcher(own or language))
        if number == 1:
            spoken = _before(spoken, _opening(passage, own or language))
        if number == len(pieces):
            spoken = _behind(spoken, _closing(passage, own or language))
        yield Utterance(
            id=f"{place}-s{number:02d}",
            text=passage.text[piece.start : piece.end],
            spoken=spoken.text,
            role=passage.role,
            language=own,
            space_before=piece.start == 0 or passage.text[piece.start - 1] == " ",
            pronunciations=spoken.pronunciations,
        )


def _pieces(passage: Passage, language: str) -> Iterator[_Piece]:
    text = passage.text
    for span in _spans(passage, language):
        for start, end in cut_at_phrases(text, span, passage.phrases):
            first = next((place for place in range(start, end) if text[place].isalnum()), start)
            phrase = next((each.language for each in passage.phrases if each.start <= first < each.end), "")
            yield _Piece(start, end, phrase, begins=start == span[0])


def _spans(passage: Passage, language: str) -> list[Span]:
    if passage.cells:
        return [piece for cell in cell_spans(passage.text, passage.cells) for piece in cut_long(passage.text, cell)]
    if passage.role in _PROSE:
        return sentence_spans(passage.text, language.partition("-")[0].lower())
    return passage_spans(passage.text)


def _said(passage: Passage, piece: _Piece, language: str, matcher: Matcher) -> Spoken:
    """The piece as it is said; a cell with its column's header."""
    text = passage.text[piece.start : piece.end]
    if not passage.cells:
        return said_with(matcher, text, passage.role, language)
    spoken = said_with(matcher, text.rstrip("; ") or text, passage.role, language)
    header = next((cell.header for cell in passage.cells if cell.start == piece.start), "")
    return _before(spoken, f"{said_with(matcher, header, passage.role, language).text}: " if header else "")


def _opening(passage: Passage, language: str) -> str:
    """What is said before a passage, and not written."""
    words = wording(language)
    if passage.number:
        return f"{passage.number}. "
    if words is None or not passage.opens or (passage.role == "quote" and passage.text[0] in _QUOTATION_MARKS):
        return ""
    if passage.role == "byline":
        return "" if passage.text.casefold().startswith(words.by.casefold()) else words.by
    return words.around.get(passage.role, ("", ""))[0]


def _closing(passage: Passage, language: str) -> str:
    words = wording(language)
    if words is None or not passage.closes or (passage.role == "quote" and passage.text[0] in _QUOTATION_MARKS):
        return ""
    if passage.role in ("table header", "table row"):
        return words.end_of_table
    return words.around.get(passage.role, ("", ""))[1]


def _before(spoken: Spoken, words: str) -> Spoken:
    moved = (replace(part, start=part.start + len(words), end=part.end + len(words)) for part in spoken.pronunciations)
    return Spoken(words + spoken.text, tuple(moved))


def _behind(spoken: Spoken, words: str) -> Spoken:
    if not words:
        return spoken
    ended = spoken.text.rstrip("\"'”’»)")[-1:] in _SENTENCE_END
    return Spoken(f"{spoken.text}{'' if ended else '.'} {words}", spoken.pronunciations)
