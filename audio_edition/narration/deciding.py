"""Put what a human decided over what was found: where sentences are read, what is left out, what is kept besides."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audio_edition.errors import NarrationError
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.model import (
    RATE_HZ,
    Chapter,
    Finding,
    Paragraph,
    Passage,
    Pause,
    Reading,
    Script,
    Utterance,
    leaves,
)
from audio_edition.model.characters import one_line
from audio_edition.narration.decisions import Decisions, ExtraDecision, SentenceDecision, Span
from audio_edition.narration.edges import quiet_around
from audio_edition.narration.heard import Heard
from audio_edition.narration.matching import Sentence
from audio_edition.narration.placing import Placed
from audio_edition.narration.readings import TapeReading, words_of
from audio_edition.narration.report import TapeReport

_SAME_SECONDS = 0.002
"""By so much an edge may lie beside the one that was found, and be the same: files have milliseconds."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A script and its readings after a human's decisions. `settled` are the ids of sentences of which nothing more is
    to be told, `extras` the stretches of tapes that were decided on."""

    script: Script
    found: Mapping[str, TapeReading]
    settled: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    extras: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def decided(
    script: Script,
    reports: Sequence[TapeReport],
    found: Mapping[str, TapeReading],
    decisions: Decisions,
    paragraph_ms: int,
) -> Decided:
    """Return the script and its readings as a human wants them. A kept extra becomes an announcement behind the block
    that is read before it, with a pause of `paragraph_ms`. Raises NarrationError for a place behind a tape's end."""
    _check_ends(decisions, reports)
    readings = dict(found)
    stale: list[Finding] = []
    settled: dict[str, SentenceDecision] = {}
    utterances = _Utterances(script)
    for decision in decisions.sentences:
        utterance = utterances.of(decision)
        if utterance is None:
            stale.append(_stale(decision, decisions.name))
            continue
        settled[utterance.id] = decision
        if decision.span:
            readings[utterance.id] = _read_at(decision, decision.span, utterance, reports, readings.get(utterance.id))
        else:
            readings.pop(utterance.id, None)
    for extra in decisions.extras:
        if extra.keep:
            script = _with_extra(script, extra, reports, readings, paragraph_ms)
    return Decided(
        script,
        readings,
        frozenset(name for name, each in settled.items() if each.accepted or each.unread),
        frozenset(name for name, each in settled.items() if each.unread == "spoken"),
        frozenset(name for name, each in settled.items() if each.unread == "left-out"),
        tuple(extra.span for extra in decisions.extras),
        (*_used(decisions, len(settled)), *stale),
    )


def _check_ends(decisions: Decisions, reports: Sequence[TapeReport]) -> None:
    spans = [*(each.span for each in decisions.sentences), *(each.span for each in decisions.extras)]
    for span in filter(None, spans):
        tape, heard = reports[span.tape].tape, reports[span.tape].heard
        if span.end > heard.length / HEARD_HZ + _SAME_SECONDS:
            raise NarrationError(
                f"{decisions.name}: a place ends at {span.end:g} seconds, behind the end of {tape.path.name}.",
                "Mend it, or write it again: audio-edition narrate --review",
            )


class _Utterances:
    """The utterances of a script, found by id and text; where the text has moved to another id, by the text alone."""

    def __init__(self, script: Script) -> None:
        self._by_id = {utterance.id: utterance for utterance in script.utterances}
        self._by_text: dict[str, list[Utterance]] = {}
        for utterance in script.utterances:
            self._by_text.setdefault(_text(utterance), []).append(utterance)

    def of(self, decision: SentenceDecision) -> Utterance | None:
        own = self._by_id.get(decision.id)
        if own and _text(own) == decision.text:
            return own
        alike = self._by_text.get(decision.text, [])
        return alike[0] if len(alike) == 1 else None


def _text(utterance: Utterance) -> str:
    return one_line(utterance.text or utterance.spoken).strip()


def _stale(decision: SentenceDecision, name: str) -> Finding:
    message = f"A sentence has changed or gone since {name} was written; what was decided of it is not used."
    remedy = "Review it again: audio-edition narrate --review"
    return Finding("narration-stale", "warning", message, decision.id, remedy, decision.text[:200])


def _used(decisions: Decisions, sentences: int) -> Iterator[Finding]:
    kept = sum(extra.keep for extra in decisions.extras)
    message = (
        f"{decisions.name} is used. Sentences decided: {sentences}; "
        f"passages that are not in the text: {kept} kept, {len(decisions.extras) - kept} cut out."
    )
    yield Finding("narration-reviewed", "note", message)


# --- a sentence


def _read_at(
    decision: SentenceDecision,
    span: Span,
    utterance: Utterance,
    reports: Sequence[TapeReport],
    found: TapeReading | None,
) -> TapeReading:
    """Return the reading of a sentence where a human says that it is."""
    if found and _is_same(span, found.reading):
        confidence = 1.0 if decision.accepted else found.reading.confidence
        return replace(found, reading=replace(found.reading, confidence=confidence))
    report = reports[span.tape]
    placed = _placed_at(span, utterance, report)
    reading = _reading(span, placed, report.heard, 1.0 if decision.accepted else 0.0)
    before, behind = quiet_around(*_heard_samples(span), report.heard)
    return TapeReading(placed, reading, before, behind)


def _is_same(span: Span, reading: Reading) -> bool:
    start, end = reading.start / RATE_HZ, reading.end / RATE_HZ
    near = max(abs(span.start - start), abs(span.end - end)) <= _SAME_SECONDS
    return near and span.tape == reading.tape


def _placed_at(span: Span, utterance: Utterance, report: TapeReport) -> Placed:
    """Return the words of a tape that lie in the span, paired with those of the sentence where they were found."""
    first, last = _words_in(span, report.heard)
    alike = [each for each in report.placing.placed if each.sentence.utterance.id == utterance.id]
    if not alike:
        return Placed(Sentence(-1, utterance, (), ()), first, last, 1.0)
    best = max(alike, key=lambda each: min(each.last, last) - max(each.first, first))
    pairs = tuple((own, said) for own, said in best.pairs if first <= said < last)
    return replace(best, first=first, last=last, pairs=pairs, kind="whole", ragged=False)


def _words_in(span: Span, heard: Heard) -> tuple[int, int]:
    """Return from which up to which word of a tape the middle lies in the span."""
    middles = [word.start + word.end for word in heard.words]
    start, end = _heard_samples(span)
    return bisect.bisect_left(middles, 2 * start), bisect.bisect_left(middles, 2 * end)


def _heard_samples(span: Span) -> tuple[int, int]:
    return round(span.start * HEARD_HZ), round(span.end * HEARD_HZ)


def _reading(span: Span, placed: Placed, heard: Heard, confidence: float) -> Reading:
    start, end = _heard_samples(span)
    first, last = round(span.start * RATE_HZ), round(span.end * RATE_HZ)
    words = words_of(placed, heard, start, end, start) if placed.pairs and confidence else ()
    inside = tuple(replace(word, end=min(word.end, last - first)) for word in words)
    return Reading(span.tape, first, last, confidence, inside)


# --- an extra passage


def _with_extra(
    script: Script,
    extra: ExtraDecision,
    reports: Sequence[TapeReport],
    readings: dict[str, TapeReading],
    paragraph_ms: int,
) -> Script:
    """Return the script with an announcement, and add its reading."""
    behind = _read_before(extra.span, readings)
    chapter = next((each for each in script.chapters if behind in {one.id for one in each.utterances}), None)
    chapter = chapter or _first_read(script, extra.span.tape, readings)
    at = next((at for at, block in enumerate(chapter.blocks) if behind in _ids(chapter, at)), 0) + 1
    place = f"{chapter.id}-p{_next_number(chapter):03}"
    utterance = Utterance(f"{place}-s01", extra.text, extra.text, "announcement")
    block = Paragraph(Passage(place, "announcement", (utterance, Pause(paragraph_ms, "paragraph"))))
    heard = reports[extra.span.tape].heard
    placed = Placed(Sentence(-1, utterance, (), ()), *_words_in(extra.span, heard), 1.0)
    before, after = quiet_around(*_heard_samples(extra.span), heard)
    readings[utterance.id] = TapeReading(placed, _reading(extra.span, placed, heard, 1.0), before, after)
    changed = replace(chapter, blocks=(*chapter.blocks[:at], block, *chapter.blocks[at:]))
    return replace(script, chapters=tuple(changed if each is chapter else each for each in script.chapters))


def _read_before(span: Span, readings: Mapping[str, TapeReading]) -> str:
    """Return the id of what is read last before a passage on its tape; nothing where that is nothing."""
    ends = {
        name: each.reading.end
        for name, each in readings.items()
        if each.reading.tape == span.tape and each.reading.end + each.reading.start < RATE_HZ * (span.start + span.end)
    }
    return max(ends, key=lambda name: ends[name], default="")


def _first_read(script: Script, tape: int, readings: Mapping[str, TapeReading]) -> Chapter:
    """Return the first chapter of which something is read on a tape."""
    read = {name for name, each in readings.items() if each.reading.tape == tape}
    own = (chapter for chapter in script.chapters if any(each.id in read for each in chapter.utterances))
    return next(own, script.chapters[0])


def _ids(chapter: Chapter, at: int) -> set[str]:
    return {utterance.id for passage in leaves(chapter.blocks[at : at + 1]) for utterance in passage.utterances}


def _next_number(chapter: Chapter) -> int:
    """Return a number that no passage of the chapter has."""
    return 1 + max(int(passage.id.rpartition("-p")[2]) for passage in chapter.passages)
