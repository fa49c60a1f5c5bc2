"""Narration: a person's recordings, aligned to a script by listening to them.

In: a script, tapes and a recogniser. Out: the script with the person's pauses, and a Narration that says where on which
tape each sentence is read. What nobody read is not in it, and is spoken by a synthetic voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audio_edition.cache import Cache
from audio_edition.errors import NarrationError
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import Narration, Script, Settings, Tape
from audio_edition.narration.deciding import Decided, decided
from audio_edition.narration.decisions import Decisions
from audio_edition.narration.heard import Heard, Progress, hear
from audio_edition.narration.matching import sentences_of
from audio_edition.narration.named import chapters_named
from audio_edition.narration.pacing import paced, without
from audio_edition.narration.placing import Placing, place
from audio_edition.narration.readings import TapeReading, at_rate, readings_of
from audio_edition.narration.report import TapeReport, findings_of, reading_of_something_else

__all__ = ["Found", "find", "narrate"]

_FEWEST_PLACED = 0.2
"""Share of the words of a tape that must be of the script."""
_BETTER_BY_NAME = 0.5
"""Share of its words that a tape's name must place, to be right."""
_SAME_CHAPTER = 0.5
"""Share of a chapter's sentences from which a tape is a reading of it."""
_FEWEST_SENTENCES = 3


def narrate(
    script: Script,
    tapes: Sequence[Tape],
    recogniser: Recogniser,
    settings: Settings,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
    decisions: Decisions | None = None,
) -> tuple[Script, Narration]:
    """Return the script as people read it on the tapes, with its findings, and their readings. What a human decided
    goes over what is found.

    Raises NarrationError for a tape that can't be played, is of something else, or is the second of the same chapter;
    ProofError where the recogniser does not know the language.
    """
    found = find(script, tapes, recogniser, cache, progress)
    reports, done = found.reports, Decided(script, found.readings)
    if decisions:
        done = decided(script, reports, found.readings, decisions, settings.pauses.paragraph)
    told = (*findings_of(done, reports, settings), *done.findings)
    script, readings = paced(_without_unread(done, settings), done.found, _longest_pause_ms(settings))
    tapes = tuple(replace(report.tape, length=at_rate(report.heard.length)) for report in reports)
    script = replace(script, findings=(*script.findings, *told))
    return script, Narration(tapes, readings, told, settings.as_recorded)


@dataclass(frozen=True, slots=True)
class Found:
    """What is on each tape, and of each sentence the reading that counts, by its id."""

    reports: tuple[TapeReport, ...]
    readings: Mapping[str, TapeReading]


def find(
    script: Script,
    tapes: Sequence[Tape],
    recogniser: Recogniser,
    cache: Cache | None = None,
    progress: Progress = lambda tape, seconds: None,
) -> Found:
    """Return where people read the script on the tapes. Raises as narrate does."""
    language = recogniser.language(script.language)
    reports = []
    for number, tape in enumerate(tapes):
        heard = hear(tape, recogniser, language, cache, progress)
        reports.append(_placed(number, tape, heard, script))
    return Found(tuple(reports), _chosen(script, reports))


def _without_unread(done: Decided, settings: Settings) -> Script:
    """Return the script without the sentences that nobody read and that are to be left out."""
    unread = {utterance.id for utterance in done.script.utterances} - set(done.found)
    left_out = unread - done.spoken if settings.unread == "left-out" else unread & done.left_out
    return without(done.script, sorted(left_out)) if left_out else done.script


def _longest_pause_ms(settings: Settings) -> int:
    return 3_600_000 if settings.as_recorded else round(1000 * settings.longest_pause)


def _placed(number: int, tape: Tape, heard: Heard, script: Script) -> TapeReport:
    """Return what is read on a tape: of the articles that a list says; else of the chapters that its name says, unless
    the sound says otherwise."""
    sentences = sentences_of(script.utterances, script.language)
    if tape.documents:
        own = {
            each.id for chapter in script.chapters if chapter.document in tape.documents for each in chapter.utterances
        }
        sentences = [each for each in sentences if each.utterance.id in own]
    named = () if tape.documents else chapters_named(tape.path.stem, script)
    if named:
        ids = {utterance.id for chapter in named for utterance in chapter.utterances}
        by_name = place([each for each in sentences if each.utterance.id in ids], heard, script.language)
        if _share(by_name, heard) >= _BETTER_BY_NAME:
            return TapeReport(tape, heard, by_name, readings_of(by_name, heard, number))
    placing = place(sentences, heard, script.language)
    if _share(placing, heard) < _FEWEST_PLACED:
        raise reading_of_something_else(tape, heard)
    return TapeReport(tape, heard, placing, readings_of(placing, heard, number), named[0].title if named else "")


def _share(placing: Placing, heard: Heard) -> float:
    """Return how many of the heard words are of the script."""
    said = sum(len({said for _, said in each.pairs}) for each in placing.placed)
    return said / len(heard.words) if heard.words else 0.0


def _chosen(script: Script, reports: Sequence[TapeReport]) -> dict[str, TapeReading]:
    """Return the reading of each sentence, by its id: of the tape that has most of its chapter."""
    numbers = {utterance.id: number for number, utterance in enumerate(script.utterances)}
    found: dict[str, TapeReading] = {}
    for chapter in script.chapters:
        own = [numbers[utterance.id] for utterance in chapter.utterances]
        counts = [sum(number in report.readings for number in own) for report in reports]
        ranked = sorted(range(len(reports)), key=lambda tape: -counts[tape])
        _check_one_tape(chapter.title, len(own), [(reports[tape].tape, counts[tape]) for tape in ranked[:2]])
        for utterance in chapter.utterances:
            of_tapes = (reports[tape].readings.get(numbers[utterance.id]) for tape in ranked)
            if reading := next(filter(None, of_tapes), None):
                found[utterance.id] = reading
    return found


def _check_one_tape(title: str, sentences: int, ranked: Sequence[tuple[Tape, int]]) -> None:
    """Raise NarrationError where two tapes have the same chapter."""
    if len(ranked) < 2 or sentences < _FEWEST_SENTENCES:
        return
    (one, _), (other, count) = ranked
    if count >= _SAME_CHAPTER * sentences:
        raise NarrationError(
            f"{one.path.name} and {other.path.name} both have “{title[:60]}”, and only one of them can be heard.",
            "Leave one of them out.",
        )
