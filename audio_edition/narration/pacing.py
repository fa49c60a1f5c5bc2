"""Give a script the pauses of who reads it: as long as they were, but for those that are too long.

Where two sentences follow each other on a tape as in the script, the sound of the pause between goes along, so that
the room never falls silent; where they do not, each keeps a little of the quiet around it, and the script's own pause
stands between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.model import RATE_HZ, Chapter, Passage, Pause, Reading, Script, Utterance, leaves, with_leaves
from audio_edition.narration.edges import Gap
from audio_edition.narration.readings import TapeReading, at_rate

_LEAD_MS = 100
"""The most that a sentence brings along of the pause before it: as much as each take begins with."""
_TAIL_MS = 150
"""The most that one brings along of the pause behind it, where that does not go on; and the room's echo in it."""


def paced(script: Script, found: Mapping[str, TapeReading], longest_ms: int) -> tuple[Script, dict[str, Reading]]:
    """Return the script with a person's pauses, and the readings by the ids of their utterances, each with the quiet
    that it brings along."""
    readings = {name: _alone(reading) for name, reading in found.items()}
    lengths: dict[str, int] = {}
    last = {chapter.utterances[-1].id for chapter in script.chapters}
    for left, right in pairwise(script.utterances):
        one, other = found.get(left.id), found.get(right.id)
        if one and other and _follows(one, other):
            between = 1000 * (other.reading.start - one.reading.end) // RATE_HZ
            lengths[left.id] = min(between, longest_ms)
            if left.id not in last:  # chapters are sounds of their own
                _join(readings, left, right, longest_ms)
    chapters = tuple(_with_pauses(chapter, lengths) for chapter in script.chapters)
    return replace(script, chapters=chapters), readings


def _follows(one: TapeReading, other: TapeReading) -> bool:
    """Whether nothing stands between two readings on their tape but quiet."""
    same_tape = one.reading.tape == other.reading.tape
    next_to_it = same_tape and one.placed.last == other.placed.first and one.reading.end <= other.reading.start
    return next_to_it and one.behind.is_quiet and one.behind.noise is None and _is_quiet_between(one, other)


def _is_quiet_between(one: TapeReading, other: TapeReading) -> bool:
    """Whether the quiet behind one reading goes on to the other; a human may have set its edges elsewhere."""
    return at_rate(one.behind.end) >= other.reading.start and at_rate(other.before.start) <= one.reading.end


def _alone(found: TapeReading) -> Reading:
    """Return a reading that brings along a little quiet on either side."""
    lead = _free(found.reading.start - at_rate(found.before.clear_from), found.before, _LEAD_MS)
    most_ms = _TAIL_MS + 1000 * found.behind.echo // HEARD_HZ
    tail = _free(at_rate(found.behind.clear_until) - found.reading.end, found.behind, most_ms)
    return replace(found.reading, lead=lead, tail=tail)


def _free(samples: int, gap: Gap, most_ms: int) -> int:
    """Return how many of the samples beside a reading may go along: a third of them, where it is not sure that they are
    quiet."""
    most = RATE_HZ * most_ms // 1000
    return max(0, min(most, samples if gap.is_quiet else samples // 3))


def _join(readings: dict[str, Reading], left: Utterance, right: Utterance, longest_ms: int) -> None:
    """Let two readings share the pause between them, of which the middle is cut out where it is too long."""
    one, other = readings[left.id], readings[right.id]
    between = other.start - one.end
    length = min(between, RATE_HZ * longest_ms // 1000)
    lead = min(length, RATE_HZ * _LEAD_MS // 1000)
    readings[left.id] = replace(one, tail=length - lead, joins=length == between)
    readings[right.id] = replace(other, lead=lead, joined=length == between)


def _with_pauses(chapter: Chapter, lengths: Mapping[str, int]) -> Chapter:
    """Return the chapter with other pauses behind those utterances."""
    left, rest = "", 0

    def changed(passage: Passage) -> Passage:
        nonlocal left, rest
        parts: list[Utterance | Pause] = []
        for part in passage.parts:
            if isinstance(part, Utterance):
                left = part.id
                rest = lengths.get(left, 0)
            elif left in lengths:
                # Where several pauses follow each other, the first is the whole.
                part, rest = replace(part, milliseconds=rest), 0
            parts.append(part)
        return replace(passage, parts=tuple(parts))

    return replace(chapter, blocks=tuple(with_leaves(block, changed) for block in chapter.blocks))


def without(script: Script, unread: Sequence[str]) -> Script:
    """Return the script without the utterances of these ids. A passage of which nothing is left keeps its text, unsaid;
    a chapter of which nothing is left goes."""
    ids = set(unread)

    def kept(passage: Passage) -> Passage:
        parts = [part for part in passage.parts if isinstance(part, Pause) or part.id not in ids]
        if not passage.utterances or any(isinstance(part, Utterance) for part in parts):
            return replace(passage, parts=tuple(_without_doubled_pauses(parts)))
        return replace(passage, parts=(), unspoken=replace(passage.unspoken, text=passage.text))

    changed = (
        replace(chapter, blocks=tuple(with_leaves(block, kept) for block in chapter.blocks))
        for chapter in script.chapters
    )
    chapters = tuple(chapter for chapter in changed if any(leaf.utterances for leaf in leaves(chapter.blocks)))
    return replace(script, chapters=chapters)


def _without_doubled_pauses(parts: Sequence[Utterance | Pause]) -> list[Utterance | Pause]:
    """Return the parts with one pause, the longer, where two stand side by side, and none before all."""
    kept: list[Utterance | Pause] = []
    for part in parts:
        if isinstance(part, Utterance) or (kept and isinstance(kept[-1], Utterance)):
            kept.append(part)
        elif kept and isinstance(kept[-1], Pause) and part.milliseconds > kept[-1].milliseconds:
            kept[-1] = part
    return kept
