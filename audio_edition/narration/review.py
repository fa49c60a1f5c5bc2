"""Which places of a narration a human should look at: those that are unsure, and those that differ from the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.model import RATE_HZ, SURE, Script, Utterance
from audio_edition.model.characters import one_line
from audio_edition.narration.deciding import Decided
from audio_edition.narration.decisions import Decisions, Span, Unread
from audio_edition.narration.edges import edges_of
from audio_edition.narration.placing import Placed
from audio_edition.narration.readings import TapeReading
from audio_edition.narration.report import TapeReport, clock, extras_of, is_decided, is_reworded

Kind = Literal["unsure", "reworded", "repeated", "unread", "extra", "decided", "other"]
HEADINGS: dict[Kind, str] = {
    "unsure": "Not sure where they begin and end",
    "reworded": "Read in other words",
    "repeated": "Read more than once",
    "unread": "Not read",
    "extra": "Not in the text",
    "decided": "Decided before",
    "other": "All others",
}
_MARGIN_SECONDS = 0.05
"""Before and behind what is not in the edition as it is: no sound is to be cut."""


@dataclass(frozen=True, slots=True)
class Take:
    """One reading of a sentence, or an extra passage: where it is, and what a person calls it."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a human decides on: a sentence with its takes, the one that is used first, or an extra passage, whose `id`
    is empty. `fate` is what becomes of it as it is: "0" the first take, else as in Unread; "keep" or "cut"."""

    kind: Kind
    id: str
    text: str
    language: str
    why: str
    takes: tuple[Take, ...]
    fate: str
    is_decided: bool = False


def places_of(
    script: Script,
    reports: Sequence[TapeReport],
    done: Decided,
    decisions: Decisions,
    unread: Unread,
    *,
    with_others: bool,
) -> list[Place]:
    """Return the places of a script by kind, in the order of the text, then of the recordings. `done` is what became
    of it by earlier decisions, `unread` what becomes of sentences that nobody read."""
    others = _other_takes(reports, done.found)
    sentences = (_sentence(each, reports, done, others.get(each.id, []), unread) for each in script.utterances)
    places = [place for place in (*sentences, *_extras(reports, done, decisions)) if _is_listed(place, with_others)]
    return sorted(places, key=lambda place: list(HEADINGS).index(place.kind))


def _is_listed(place: Place, with_others: bool) -> bool:
    return with_others or place.kind != "other"


def _other_takes(reports: Sequence[TapeReport], found: Mapping[str, TapeReading]) -> dict[str, list[Take]]:
    """Return the readings of each sentence that are not used, by its id."""
    takes: dict[str, list[Take]] = {}
    for number, report in enumerate(reports):
        for placed in report.placing.placed:
            used = found.get(placed.sentence.utterance.id)
            span = _span_of_words(number, placed, report)
            if used is None or not _overlap(span, used):
                takes.setdefault(placed.sentence.utterance.id, []).append(Take(span, _name_of(placed, span)))
    return takes


def _span_of_words(tape: int, placed: Placed, report: TapeReport) -> Span:
    return _with_margin(tape, *edges_of(placed.first, placed.last, report.heard), report)


def _with_margin(tape: int, first: int, last: int, report: TapeReport) -> Span:
    start, end = first / HEARD_HZ - _MARGIN_SECONDS, last / HEARD_HZ + _MARGIN_SECONDS
    return Span(tape, max(0.0, start), min(end, report.heard.length / HEARD_HZ))


def _overlap(span: Span, used: TapeReading) -> bool:
    reading = used.reading
    return reading.tape == span.tape and reading.start < span.end * RATE_HZ and span.start * RATE_HZ < reading.end


def _name_of(placed: Placed, span: Span) -> str:
    begun = ", begun and given up" if placed.kind == "begun" else ""
    return f"The reading at {clock(round(span.start * HEARD_HZ))}{begun}"


def _sentence(
    utterance: Utterance, reports: Sequence[TapeReport], done: Decided, others: Sequence[Take], unread: Unread
) -> Place:
    text = one_line(utterance.text or utterance.spoken).strip()
    language = utterance.language or done.script.language
    was_decided = utterance.id in done.settled
    used = done.found.get(utterance.id)
    if used is None:
        fate = "left-out" if utterance.id in done.left_out else "spoken" if utterance.id in done.spoken else unread
        kind: Kind = "decided" if was_decided else "unread"
        return Place(kind, utterance.id, text, language, "Nobody read it.", tuple(others), fate, was_decided)
    reading = used.reading
    span = Span(reading.tape, reading.start / RATE_HZ, reading.end / RATE_HZ)
    takes = (Take(span, f"The reading at {clock(round(span.start * HEARD_HZ))}"), *others)
    kind, why = ("decided", "") if was_decided else _why(used, reports[reading.tape], len(takes))
    return Place(kind, utterance.id, text, language, why, takes, "0", was_decided)


def _why(used: TapeReading, report: TapeReport, takes: int) -> tuple[Kind, str]:
    if is_reworded(used.placed):
        said = " ".join(word.text for word in report.heard.words[used.placed.first : used.placed.last])
        return "reworded", one_line(f"It was read in other words, or misheard. Heard: {said}")
    if used.reading.confidence < SURE:
        return "unsure", f"How sure its place is: {used.reading.confidence:.2f} of 1."
    if takes > 1:
        return "repeated", f"It is read {takes} times."
    return "other", ""


def _extras(reports: Sequence[TapeReport], done: Decided, decisions: Decisions) -> Iterator[Place]:
    language = done.script.language
    for extra in decisions.extras:
        fate = "keep" if extra.keep else "cut"
        yield Place("decided", "", extra.text, language, "", (_take(extra.span),), fate, is_decided=True)
    for number, report in enumerate(reports):
        spans = [extra.span for extra in decisions.extras if extra.span.tape == number]
        for start, end, said in extras_of(report):
            if not is_decided(start, end, spans):
                span = _with_margin(number, start, end, report)
                why = "Heard as above." if said else "Music or noise."
                yield Place("extra", "", one_line(said), language, why, (_take(span),), "cut")


def _take(span: Span) -> Take:
    return Take(span, f"The passage at {clock(round(span.start * HEARD_HZ))}")
