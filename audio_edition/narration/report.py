"""Tell what differs between a recording and its text, as findings with the times on the tape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from audio_edition.errors import NarrationError
from audio_edition.hearing.recogniser import RATE_HZ
from audio_edition.model import RATE_HZ as EDITION_HZ
from audio_edition.model import SURE, Finding, Settings, Tape, Utterance
from audio_edition.narration.decisions import Span
from audio_edition.narration.edges import edges_of
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard
from audio_edition.narration.placing import Placed, Placing
from audio_edition.narration.readings import TapeReading

if TYPE_CHECKING:
    from audio_edition.narration.deciding import Decided

_POORLY_HEARD = 0.55
"""Share of the words of what was read under which the recogniser is not to be relied on."""
_FEWEST_WORDS = 20
_FEWEST_EXTRA, _SHORTEST_EXTRA_SECONDS = 3, 0.8
"""Fewer words, in less time, are a sound that the recogniser took for one, or a stumble."""
_QUOTED = 200
_REWORDED, _FEWEST_TO_REWORD = 0.65, 4
"""Share of its words that was heard, under which a sentence of so many was read in other words, or misheard."""
_GIVEN_UP = 0.2
"""By so much less than the reading that counts was heard of one that was given up."""
_NOISE_SECONDS = 2.0
_NOISE_DB = -45.0
_QUIET = 0.5
_LISTEN = "Listen to it."
_FEWEST_TO_SAY_MUSIC = 0.1
"""Share of a tape that must sound, for it not to be silent."""


@dataclass(frozen=True, slots=True)
class TapeReport:
    """What is read on a tape: all of it in `placing`, and the readings that count by the number of their sentence.
    `misnamed` is the title of the chapter that its name says and its sound does not."""

    tape: Tape
    heard: Heard
    placing: Placing
    readings: Mapping[int, TapeReading]
    misnamed: str = ""


def reading_of_something_else(tape: Tape, heard: Heard) -> NarrationError:
    """Return the error for a tape on which nothing of the script is read."""
    if heard.words:
        said = " ".join(word.text for word in heard.words[:12])
        what = f"what is read in it is not in the text; it begins “{said[:100]}”"
        remedy = "Name the recording of this text, or the text of this recording."
    elif float((heard.levels > _NOISE_DB).mean()) < _FEWEST_TO_SAY_MUSIC:
        what, remedy = "it is silent", "Check the recording: perhaps the microphone was off."
    else:
        what, remedy = "nobody speaks in it: there is music, or noise", "Name the recording of the text."
    return NarrationError(f"{tape.path}: {what}.", remedy)


def findings_of(done: Decided, reports: Sequence[TapeReport], settings: Settings) -> tuple[Finding, ...]:
    """Return what an editor should know: what was not read, read twice, read otherwise, and what is not in the text;
    but for what a human has decided."""
    told: list[Finding] = []
    for number, report in enumerate(reports):
        told += _of_tape(number, report, done)
    told += _unread(done, settings)
    told += _unsure(done, reports)
    if not all(report.tape.voice.name for report in reports):
        message = "Nobody says who reads, so the edition only says that a person does."
        told.append(Finding("narrator-unnamed", "note", message, remedy="Name them: --narrator NAME"))
    return tuple(told)


def clock(samples: int) -> str:
    """Return a time on a tape, as 1:02:03 or 2:03."""
    minutes, seconds = divmod(samples // RATE_HZ, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _of_tape(number: int, report: TapeReport, done: Decided) -> Iterator[Finding]:
    name = report.tape.path.name
    if report.misnamed:
        message = f"{name} is named as “{report.misnamed[:60]}”, but something else is read in it."
        yield Finding("narration-name", "warning", message, remedy="Rename the file, or listen to it.")
    yield from _poorly_heard(report)
    yield from _out_of_order(report)
    for each in report.placing.placed:
        if each.sentence.utterance.id not in done.settled:
            yield from _misreadings(each, report)
    spans = [span for span in done.extras if span.tape == number]
    for start, end, said in extras_of(report):
        if is_decided(start, end, spans):
            continue
        if said:
            message = f"At {clock(start)} of {name} something is said that is not in the text; it is cut out."
            yield Finding("narration-extra", "note", message, name, _LISTEN, said)
        else:
            seconds = round((end - start) / RATE_HZ)
            message = f"At {clock(start)} of {name} there are {seconds} seconds of music or noise; they are cut out."
            yield Finding("narration-noise", "note", message, name, _LISTEN)


def extras_of(report: TapeReport) -> Iterator[tuple[int, int, str]]:
    """Yield what is on a tape and not in the text, in samples at hearing.recogniser.RATE_HZ, with what is said: first
    speech, then music and noise, of which that is nothing."""
    for stray in report.placing.stray:
        words = report.heard.words[stray.first : stray.last]
        if len(words) >= _FEWEST_EXTRA or words[-1].end - words[0].start >= _SHORTEST_EXTRA_SECONDS * RATE_HZ:
            yield *edges_of(stray.first, stray.last, report.heard), " ".join(word.text for word in words)
    for start, end in _noises(report.heard):
        yield start, end, ""


def is_decided(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Return whether a human decided on most of a passage."""
    shared = (min(end, span.end * RATE_HZ) - max(start, span.start * RATE_HZ) for span in spans)
    return any(2 * each > end - start for each in shared)


def _when(report: TapeReport, word: int) -> str:
    return f"At {clock(report.heard.words[word].start)} of {report.tape.path.name}"


def _misreadings(each: Placed, report: TapeReport) -> Iterator[Finding]:
    """Yield what is to be told of a sentence that was read twice, begun twice, or read in other words."""
    place, text = each.sentence.utterance.id, _quoted(each.sentence.utterance.text)
    reading = report.readings.get(each.sentence.number)
    when, counts = _when(report, each.first), reading.placed if reading else None
    if counts is None or each.kind == "begun" or (counts is not each and each.share < counts.share - _GIVEN_UP):
        message = f"{when} a sentence is begun and given up; that is cut out."
        yield Finding("narration-slip", "note", message, place, _LISTEN, text)
    elif counts is not each:
        message = f"{when} a sentence is read that is read again; the last good reading is used."
        yield Finding("narration-repeat", "note", message, place, _LISTEN, text)
    elif is_reworded(each):
        said = " ".join(word.text for word in report.heard.words[each.first : each.last])
        message = f"{when} a sentence is read otherwise than it is written; heard: {_quoted(said)}"
        yield Finding("narration-reworded", "warning", message, place, _LISTEN, text)


def is_reworded(each: Placed) -> bool:
    few_heard = each.share < _REWORDED and len(each.sentence.tokens) >= _FEWEST_TO_REWORD
    return each.kind == "reworded" or few_heard


def _poorly_heard(report: TapeReport) -> Iterator[Finding]:
    placed = report.placing.readings.values()
    words = sum(len(each.sentence.tokens) for each in placed)
    share = sum(len(each.sentence.tokens) * each.share for each in placed) / max(1, words)
    if words >= _FEWEST_WORDS and share < _POORLY_HEARD:
        name = report.tape.path.name
        message = f"Only {100 * share:.0f} % of the words of {name} were recognised: sentences may be cut wrong."
        remedy = "Listen to the edition, or name a larger model of the recogniser: --model FOLDER"
        yield Finding("narration-poorly-heard", "warning", message, name, remedy)


def _counts(each: Placed, report: TapeReport) -> bool:
    reading = report.readings.get(each.sentence.number)
    return reading is not None and reading.placed is each


def _out_of_order(report: TapeReport) -> Iterator[Finding]:
    counted = [each for each in report.placing.placed if _counts(each, report)]
    for before, each in pairwise(counted):
        if each.sentence.number < before.sentence.number:
            utterance = each.sentence.utterance
            message = f"{_when(report, each.first)} the reading goes back; the edition has the order of the text."
            yield Finding("narration-order", "note", message, utterance.id, "Nothing.", _quoted(utterance.text))


def _unread(done: Decided, settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each run of sentences that are on no tape, but for those that a human wants spoken."""

    def fate(utterance: Utterance) -> str:
        if utterance.id in done.found or utterance.id in done.spoken:
            return ""
        left_out = settings.unread == "left-out" or utterance.id in done.left_out
        return "left out" if left_out else "spoken by the synthetic voice"

    for then, run in groupby(done.script.utterances, fate):
        if then:
            utterances = list(run)
            count = len(utterances)
            what = "A sentence was not read, and is" if count == 1 else f"{count} sentences were not read, and are"
            text = " ".join(utterance.text for utterance in utterances)
            remedy = "Have it read, or leave it as it is."
            place, quoted = utterances[0].id, text if then == "left out" else _quoted(text)
            if all(each.role == "announcement" for each in utterances):
                yield Finding("narration-announced", "note", f"{what} {then}.", place, "Nothing.", quoted)
            else:
                yield Finding("narration-unread", "warning", f"{what} {then}.", place, remedy, quoted)


def _unsure(done: Decided, reports: Sequence[TapeReport]) -> Iterator[Finding]:
    for utterance in done.script.utterances:
        each = done.found.get(utterance.id)
        if each and each.reading.confidence < SURE and not is_reworded(each.placed):
            when = clock(round(each.reading.start * RATE_HZ / EDITION_HZ))
            name = reports[each.reading.tape].tape.path.name
            message = (
                f"At {when} of {name} it is not sure where a sentence begins and ends "
                f"({each.reading.confidence:.2f} of 1)."
            )
            yield Finding("narration-unsure", "warning", message, utterance.id, _LISTEN, _quoted(utterance.text))


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"


def _noises(heard: Heard) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a tape in which something sounds for long, and nobody speaks."""
    frames = SPEECH_FRAME // LEVEL_FRAME
    count = len(heard.speech)
    levels = heard.levels[: count * SPEECH_FRAME // LEVEL_FRAME]
    loud = np.array(
        [levels[place * SPEECH_FRAME // LEVEL_FRAME :][: frames + 1].max(initial=-100) for place in range(count)]
    )
    sounds = (heard.speech < _QUIET) & (loud > _NOISE_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], sounds, [False]]).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2):
        if (end - begin) * SPEECH_FRAME >= _NOISE_SECONDS * RATE_HZ:
            yield int(begin) * SPEECH_FRAME, int(end) * SPEECH_FRAME
