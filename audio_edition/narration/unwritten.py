"""Make a script of recordings that have no text: chapters with titles, which hold what is heard between pauses.

With a transcript, chapters hold sentences with the words that the recogniser heard. Without one they hold phrases
without words; only the first phrase of a chapter has a text, the chapter's title.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.errors import NarrationError
from audio_edition.hearing.comparison import comparable
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.hearing.recogniser import HeardWord, Recogniser
from audio_edition.model import (
    LANGUAGE_GUESSED,
    Block,
    Chapter,
    Finding,
    Heading,
    Narration,
    Paragraph,
    Passage,
    Pause,
    Reading,
    Script,
    Settings,
    Tape,
    Text,
    Utterance,
)
from audio_edition.model.characters import one_line
from audio_edition.narration.edges import edges_of, said_from
from audio_edition.narration.heard import Heard, Progress, hear
from audio_edition.narration.readings import at_rate
from audio_edition.narration.report import clock, reading_of_something_else
from audio_edition.narration.sections import MARGIN, Phrase, at_pauses, at_times, phrases_of
from audio_edition.narration.times import ListedTime
from audio_edition.translations import words_for

_LEAD = HEARD_HZ // 10
"""The most samples of quiet that a piece takes from before it."""
_AROUND_TITLE = HEARD_HZ // 4
"""Samples of quiet around a title, as a recogniser mishears words at the edges of a sound."""
_ALIKE_PERCENT = 70
"""Likeness of letters from which the first words of a chapter count as its title."""
_LONGEST_TITLE_SECONDS, _MOST_TITLE_WORDS, _PAUSE_BEHIND_TITLE = 8, 14, 6 * HEARD_HZ // 10
_PARAGRAPH_PAUSE_MS, _FEWEST_IN_PARAGRAPH, _MOST_IN_PARAGRAPH = 1200, 2, 12
"""A paragraph with the fewest sentences or phrases ends at a pause of this length; one with the most ends anyway."""
_SENTENCE_PAUSE = 15 * HEARD_HZ // 10
"""Samples of a pause that ends a sentence, whatever its words."""
_LONGEST_SENTENCE = 60
_ENDS = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_NUMBER = re.compile(r"^[\W_]*\d+[\W_]+(?=\w)")
_LISTENED_SECONDS = 30
"""How much of the first tape is heard to guess the language."""
_HEARD_CONFIDENCE = 0.5
"""The confidence of times and words that only the recogniser vouches for."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A chapter on a tape: its pieces, each with what was heard of it. `is_said` says whether the first piece announces
    the title, `is_heard` whether only the recogniser vouches for it."""

    tape: int
    title: str
    pieces: tuple[tuple[Phrase, str], ...]
    is_said: bool = False
    is_heard: bool = False


def script_without_text(
    tapes: Sequence[Tape],
    recogniser: Recogniser,
    settings: Settings,
    times: Sequence[ListedTime] = (),
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
    *,
    transcribe: bool = False,
) -> tuple[Script, Narration]:
    """Return the script of recordings that have no text, and where on the tapes its sentences are.

    Chapters come from `times`, for one tape only, else from the tape's own list. Else each of several tapes is one, and
    a single tape is cut at pauses of `settings.chapter_pause` seconds. Raises NarrationError, and ProofError if the
    recogniser does not know the language.
    """
    if times and len(tapes) > 1:
        raise NarrationError(
            f"A list of chapters was given for {len(tapes)} recordings, and it can be for one only.",
            "Name one recording, or leave out --chapters.",
        )
    language = _language(tapes[0], recogniser, settings)
    sections: list[_Section] = []
    lengths: list[int] = []
    empty: list[Finding] = []
    for number, tape in enumerate(tapes):
        listener = recogniser if transcribe else None
        heard = hear(tape, listener, recogniser.language(language), cache, progress)
        parts = _parts(tape, heard, times, settings.chapter_pause, several=len(tapes) > 1)
        if transcribe:
            parts = [(title, _sentences(part, heard) if part else ()) for title, part in parts]
        else:
            parts = list(_with_announced(parts, tape, recogniser, language))
        empty += [_empty(title, tape) for title, pieces in parts if not pieces]
        sections += [_section(number, title, pieces, language) for title, pieces in parts if pieces]
        lengths.append(heard.length)
    sections = list(_named(sections, language))
    findings = (*empty, *_findings(sections, language, settings, transcribe=transcribe))
    longest = 3600 * HEARD_HZ if settings.as_recorded else round(HEARD_HZ * settings.longest_pause)
    chapters, readings = _chapters(sections, lengths, longest, settings, language, transcribe=transcribe)
    title = title_without_text(tapes, settings)
    script = Script(
        title, chapters, language, settings.date, settings.publisher, settings.author, findings=findings,
        wording="heard" if transcribe else "none",
    )  # fmt: skip
    heard_tapes = (replace(tape, length=at_rate(length)) for tape, length in zip(tapes, lengths, strict=True))
    return script, Narration(tuple(heard_tapes), readings, findings, settings.as_recorded)


def title_without_text(tapes: Sequence[Tape], settings: Settings) -> str:
    """Return the title of an edition of recordings alone: the settings', else of the file, or of the folder."""
    return settings.title or _from_name(tapes[0].path.stem if len(tapes) == 1 else tapes[0].path.parent.name)


def _language(tape: Tape, recogniser: Recogniser, settings: Settings) -> str:
    if known := settings.speech.language or tape.voice.language:
        return known
    return recogniser.language_of(next(audio.excerpts(tape.path, HEARD_HZ, [_LISTENED_SECONDS * HEARD_HZ])))


def _from_name(stem: str) -> str:
    """Return a title for a file's name: `011_Hope_is_not_far` is "Hope is not far"."""
    return one_line(_NUMBER.sub("", stem).replace("_", " ")).strip() or one_line(stem)


# --- chapters of a tape


_Part = tuple[str, tuple[tuple[Phrase, str], ...]]
"""A chapter's title, empty where nobody says it, and its pieces with what was heard of each."""


def _parts(
    tape: Tape, heard: Heard, times: Sequence[ListedTime], pause_seconds: float, *, several: bool
) -> list[_Part]:
    """Return the chapters of a tape. Raises NarrationError if nothing is on it, or a listed time is after its end."""
    phrases = phrases_of(heard)
    if not phrases:
        raise reading_of_something_else(tape, heard)
    listed = times or [ListedTime(each.start, one_line(each.title).strip()) for each in audio.chapters(tape.path)]
    for each in listed:
        if each.seconds * HEARD_HZ >= heard.length:
            when = clock(round(each.seconds * HEARD_HZ))
            message = f"The chapter “{each.title[:60]}” is listed at {when}, after the end of {tape.path.name}."
            raise NarrationError(message, "Correct the list of chapters.")
    if listed:
        chapters = at_times(phrases, [each.seconds for each in listed])
        return [(each.title, tuple((phrase, "") for phrase in own)) for each, own in zip(listed, chapters, strict=True)]
    begins = [0] if several else at_pauses(phrases, pause_seconds)
    title = _from_name(tape.path.stem) if several else ""
    return [
        (title, tuple((phrase, "") for phrase in phrases[first:last]))
        for first, last in pairwise([*begins, len(phrases)])
    ]


def _empty(title: str, tape: Tape) -> Finding:
    message = f"Nothing sounds in the chapter “{title[:60]}” of {tape.path.name}, so it is left out."
    return Finding("narration-chapter-empty", "warning", message, tape.path.name, "Correct the times of the chapters.")


def _sentences(pieces: Sequence[tuple[Phrase, str]], heard: Heard) -> tuple[tuple[Phrase, str], ...]:
    """Return the sentences that were heard in a chapter, and the phrases in which no word was heard, in order."""
    start, end = pieces[0][0].start, pieces[-1][0].end
    middles = [(said_from(word, heard) + word.end) // 2 for word in heard.words]
    first, last = bisect.bisect_left(middles, start), bisect.bisect_left(middles, end)
    found: list[tuple[Phrase, str]] = []
    for begin, stop in _sentence_bounds(heard.words, first, last):
        one, other = edges_of(begin, stop, heard)
        one = max(one - MARGIN, start, found[-1][0].end if found else 0)
        text = one_line(" ".join(word.text for word in heard.words[begin:stop])).strip()
        found.append((Phrase(one, max(one + 1, min(other + MARGIN, end))), text))
    silent = (piece for piece in pieces if not any(_overlap(piece[0], each) for each, _ in found))
    return tuple(sorted([*found, *silent], key=lambda piece: piece[0].start))


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.start < other.end and other.start < one.end


def _sentence_bounds(words: Sequence[HeardWord], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the places of each sentence's first word and of the word after its last."""
    begin = first
    for place in range(first, last):
        is_last = place + 1 == last
        pause = 0 if is_last else words[place + 1].start - words[place].end
        if is_last or _ENDS.search(words[place].text) or pause >= _SENTENCE_PAUSE or place - begin >= _LONGEST_SENTENCE:
            yield begin, place + 1
            begin = place + 1


def _with_announced(parts: Sequence[_Part], tape: Tape, recogniser: Recogniser, language: str) -> Iterator[_Part]:
    """Yield the chapters. If one has no title, and its first phrase is short and stands alone, that phrase gets the
    words that the recogniser hears in it."""
    firsts = [pieces[0][0] for title, pieces in parts if pieces and not title and _stands_alone(pieces)]
    ends = itertools.chain.from_iterable(
        (max(0, phrase.start - _AROUND_TITLE), phrase.end + _AROUND_TITLE) for phrase in firsts
    )
    sounds = list(audio.excerpts(tape.path, HEARD_HZ, ends))[1::2] if firsts else []
    said = {
        phrase: recogniser.hear(sound, recogniser.language(language))
        for phrase, sound in zip(firsts, sounds, strict=True)
    }
    for title, pieces in parts:
        heard = said.get(pieces[0][0], "") if pieces and not title else ""
        yield title, ((pieces[0][0], one_line(heard).strip()), *pieces[1:]) if heard else pieces


def _stands_alone(pieces: Sequence[tuple[Phrase, str]]) -> bool:
    """Whether the first piece of a chapter can be the announcement of its title."""
    first = pieces[0][0]
    is_short = first.end - first.start <= _LONGEST_TITLE_SECONDS * HEARD_HZ
    return is_short and len(pieces) > 1 and pieces[1][0].start - first.end >= _PAUSE_BEHIND_TITLE


def _section(tape: int, title: str, pieces: tuple[tuple[Phrase, str], ...], language: str) -> _Section:
    said = pieces[0][1] if _stands_alone(pieces) else ""
    if not title:
        is_title = bool(said) and len(said.split()) <= _MOST_TITLE_WORDS
        heard = said[:1].upper() + said[1:].rstrip(".,;: ")
        return _Section(tape, heard if is_title else "", pieces, is_title, is_title)
    return _Section(tape, title, pieces, bool(said) and _is_alike(title, said, language))


def _is_alike(title: str, said: str, language: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio("".join(comparable(title, language)), "".join(comparable(said, language))) >= _ALIKE_PERCENT


def _named(sections: Sequence[_Section], language: str) -> Iterator[_Section]:
    """Yield the chapters, with their numbers as titles if they have none."""
    word = words_for("page", language)["chapter"].rstrip(": \u00a0\u202f：")
    for number, section in enumerate(sections, start=1):
        yield section if section.title else replace(section, title=f"{word} {number}")


def _findings(
    sections: Sequence[_Section], language: str, settings: Settings, *, transcribe: bool
) -> Iterator[Finding]:
    """Yield what an editor should know: that nobody wrote the text, or the titles."""
    if not settings.speech.language:
        message = f"No language was given for the recording; it was taken as “{language}”."
        remedy = "If that is wrong, name the language, for example --language en."
        yield Finding(LANGUAGE_GUESSED, "note", message, remedy=remedy)
    if transcribe:
        message = "The text is what a recogniser heard, with its mistakes; the edition says so."
        remedy = "Correct it, and build the edition again with it as the article."
        yield Finding("transcript-rough", "warning", message, remedy=remedy)
    for number, section in enumerate(sections, start=1):
        if section.is_heard:
            message = "A chapter has no written title; its title is what was heard at its beginning."
            remedy = "If it is wrong, list the chapters in a file: --chapters FILE"
            yield Finding("narration-title-heard", "note", message, f"c{number:02}", remedy, section.title)


# --- the script


_Heard = tuple[str, Reading, int]
"""What was heard of a piece, where it is on its tape, and the milliseconds of the pause after it."""


def _chapters(
    sections: Sequence[_Section],
    lengths: Sequence[int],
    longest: int,
    settings: Settings,
    language: str,
    *,
    transcribe: bool,
) -> tuple[tuple[Chapter, ...], dict[str, Reading]]:
    """Return the chapters and the readings of their utterances. Pauses stay as they were, up to `longest` samples."""
    chapters: list[Chapter] = []
    readings: dict[str, Reading] = {}
    bounds = [None, *sections, None]
    for number, (left, section, right) in enumerate(zip(bounds, sections, bounds[2:], strict=False), start=1):
        before = left.pieces[-1][0].end if left and left.tape == section.tape else 0
        is_last = not right or right.tape != section.tape
        after = lengths[section.tape] if is_last or not right else right.pieces[0][0].start
        own = list(_readings(section, before, after, longest, transcribe=transcribe))
        if is_last:
            text, reading, _ = own[-1]
            own[-1] = text, reading, settings.pauses.between_articles if right else settings.pauses.end
        blocks = _blocks(f"c{number:02}", section, own, transcribe=transcribe)
        if transcribe and number == 1:
            notice = Text(words_for("edition", language)["heard"])
            blocks.insert(1, Paragraph(Passage(f"c01-p{len(blocks) + 1:03}", "body", (), unspoken=notice)))
        chapters.append(Chapter(f"c{number:02}", section.title, tuple(blocks)))
        said = chapters[-1].utterances
        readings |= {utterance.id: reading for utterance, (_, reading, _) in zip(said, own, strict=True)}
    return tuple(chapters), readings


def _readings(section: _Section, before: int, after: int, longest: int, *, transcribe: bool) -> Iterator[_Heard]:
    """Yield what is heard of each piece. If a pause is not shortened, the sound goes on from one piece to the next."""
    pieces = section.pieces
    lead, joined = min(_LEAD, pieces[0][0].start - before), False
    for (phrase, text), following in itertools.zip_longest(pieces, pieces[1:]):
        gap = (following[0].start if following else after) - phrase.end
        length = min(gap, longest)
        next_lead = min(_LEAD, length)
        joins = bool(following) and length == gap
        confidence = _HEARD_CONFIDENCE if transcribe else 1.0
        start, end = at_rate(phrase.start), at_rate(phrase.end)
        tail = at_rate(phrase.end + length - next_lead) - end
        reading = Reading(section.tape, start, end, confidence, (), at_rate(lead), tail, joined, joins)
        yield text, reading, 1000 * length // HEARD_HZ
        lead, joined = next_lead, joins


def _blocks(name: str, section: _Section, own: Sequence[_Heard], *, transcribe: bool) -> list[Block[Passage]]:
    """Return a chapter's heading and paragraphs. Where there is no text, the first phrase stands for the title."""
    rest = list(own)
    if section.is_said or not transcribe:
        _, _, pause_ms = rest.pop(0)
        parts = (Utterance(f"{name}-p001-s01", section.title, section.title, "heading"), _pause(pause_ms))
        blocks: list[Block[Passage]] = [Heading(Passage(f"{name}-p001", "heading", parts), 1)]
    else:
        blocks = [Heading(Passage(f"{name}-p001", "heading", (), unspoken=Text(section.title)), 1)]
    for number, paragraph in enumerate(_paragraphs(rest), start=2):
        place = f"{name}-p{number:03}"
        texts = [text if transcribe else "" for text, _, _ in paragraph]
        spoken: list[Utterance | Pause] = []
        for at, (text, (_, _, pause_ms)) in enumerate(zip(texts, paragraph, strict=True), start=1):
            spoken += [Utterance(f"{place}-s{at:02}", text, text), _pause(pause_ms)]
        blocks.append(Paragraph(Passage(place, "body", tuple(spoken))))
    return blocks


def _pause(milliseconds: int) -> Pause:
    return Pause(milliseconds, "as recorded")


def _paragraphs(own: Sequence[_Heard]) -> Iterator[list[_Heard]]:
    paragraph: list[_Heard] = []
    for each in own:
        paragraph.append(each)
        ends = len(paragraph) >= _FEWEST_IN_PARAGRAPH and each[2] >= _PARAGRAPH_PAUSE_MS
        if ends or len(paragraph) >= _MOST_IN_PARAGRAPH:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph
