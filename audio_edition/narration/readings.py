"""Say from when to when each sentence is read on a tape, and how sure that is."""

from __future__ import annotations

import bisect
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio_edition.hearing import recogniser
from audio_edition.model import RATE_HZ, SURE, Reading, Word
from audio_edition.narration.edges import Gap, gap_between
from audio_edition.narration.heard import Heard
from audio_edition.narration.placing import Placed, Placing

_MARGIN_MS = 60
"""Before and behind a sentence, of the pause: an edge may be found so much too late, and no sound is to be cut."""
_USUAL_RATE, _USUAL_RATE_IF_SHORT = (0.7, 1.4), (0.4, 2.5)
_SHORT_LETTERS = 15
_FEWEST_LACKING, _LACKING, _TOO_SHORT = 3, 0.3, 0.75
"""Words, and share of the words, that a sentence lacks that was broken off, and the share of its usual time that it
took at most."""
_LACKING_AT_A_CUT, _CUT = 2, recogniser.RATE_HZ // 10
"""Words that a sentence lacks in which a tape begins or ends, and the samples of quiet from which it does not."""
_BRACKETS = re.compile(r"[(\[（][^()\[\]（）]*[)\]）][.!?…]*")
_A_DIGIT = 3
"""Letters of which a digit has the time: "45,000" is "forty-five thousand"."""
_LITTLE_HEARD, _REWORDED, _RAGGED, _NO_QUIET, _RATE = 0.85, 0.55, 0.7, 0.75, 0.7
"""What the confidence is multiplied with. `_LITTLE_HEARD` is the share of words at which nothing is taken."""
_STRAY_BESIDE, _MUCH_BESIDE, _LOST_BESIDE, _AT_A_CUT = 0.85, 0.7, 0.85, 0.8
"""The same, where words beside a sentence belong to nothing; where they may be another sentence; and where the sentence
of the text before or behind it was not found, of which it may have taken words; and where the tape begins or ends
within it."""
_MUCH, _ALL_HEARD = 0.5, 0.95
"""Shares of the words of a sentence."""


@dataclass(frozen=True, slots=True)
class TapeReading:
    """A reading with the quiet before and behind it, of which `reading.start` and `.end` have taken a margin: samples
    at RATE_HZ."""

    placed: Placed
    reading: Reading
    before: Gap
    behind: Gap


def readings_of(placing: Placing, heard: Heard, tape: int) -> dict[int, TapeReading]:
    """Return the readings that count, by the numbers of their sentences."""
    gaps = _Gaps(heard, placing)
    usual = _usual_rate(placing, gaps)
    beside = _Beside(placing)
    return {
        number: _reading(placed, gaps, tape, _confidence(placed, gaps, usual, beside))
        for number, placed in placing.readings.items()
        if not _is_broken_off(placed, gaps, usual)
    }


def _is_broken_off(placed: Placed, gaps: _Gaps, usual: float) -> bool:
    """Return whether the end of a sentence was not heard, and there is no time in which it could have been said; or the
    tape begins or ends within the sentence."""
    if placed.lacks_before >= _LACKING_AT_A_CUT and gaps.is_cut_before(placed):
        return True
    if placed.lacks_behind >= _LACKING_AT_A_CUT and gaps.is_cut_behind(placed):
        return True
    start, end = gaps.span(placed)
    passed_over = _in_brackets_at_end(placed)
    fewest = max(_FEWEST_LACKING, _LACKING * (len(placed.sentence.spans) - passed_over))
    lacks_end = placed.lacks_behind - passed_over >= fewest
    return lacks_end and end - start < _TOO_SHORT * usual * _letters(placed)


def _in_brackets_at_end(placed: Placed) -> int:
    """Return how many of the words that a sentence lacks at its end stand in brackets: readers pass over these."""
    spoken, spans = placed.sentence.utterance.spoken, placed.sentence.spans
    lacking = spans[len(spans) - placed.lacks_behind :]
    brackets = [found.span() for found in _BRACKETS.finditer(spoken)]
    return sum(any(start <= own and stop <= end for start, end in brackets) for own, stop in lacking)


class _Gaps:
    """The gaps of a tape, each found once: gap `n` is before word `n`."""

    def __init__(self, heard: Heard, placing: Placing) -> None:
        self.heard = heard
        self._found: dict[int, Gap] = {}
        self._lacks: Counter[int] = Counter()
        for placed in placing.placed:
            self._lacks[placed.first] -= placed.lacks_before
            self._lacks[placed.last] += placed.lacks_behind

    def __getitem__(self, place: int) -> Gap:
        if place not in self._found:
            words = self.heard.words
            left, right = words[place - 1] if place else None, words[place] if place < len(words) else None
            self._found[place] = gap_between(left, right, self.heard, self._lacks[place])
        return self._found[place]

    def is_cut_before(self, placed: Placed) -> bool:
        """Return whether the tape begins within a sentence: somebody speaks from its first moment on."""
        return placed.first == 0 and self[0].end < _CUT

    def is_cut_behind(self, placed: Placed) -> bool:
        """Return whether the tape ends within a sentence: somebody speaks until its last moment."""
        words, length = self.heard.words, self.heard.length
        return placed.last == len(words) and (not self[len(words)].is_quiet or self[len(words)].start > length - _CUT)

    def span(self, placed: Placed) -> tuple[int, int]:
        """Return the samples from the first sound of a sentence to its last."""
        start, end = self[placed.first].end, self[placed.last].start
        return start, max(end, start)


def _letters(placed: Placed) -> int:
    spoken = placed.sentence.utterance.spoken
    return max(1, sum(_A_DIGIT if each.isdigit() else each.isalnum() for each in spoken))


def _usual_rate(placing: Placing, gaps: _Gaps) -> float:
    """Return the tape's median of samples a letter."""
    rates = []
    for placed in placing.readings.values():
        start, end = gaps.span(placed)
        rates.append((end - start) / _letters(placed))
    return statistics.median(rates) if rates else 0.0


class _Beside:
    """What stands beside the sentences of a tape."""

    def __init__(self, placing: Placing) -> None:
        self._readings = placing.readings
        self._strays = {end: each.last - each.first for each in placing.stray for end in (each.first, each.last)}
        self._misheard = {end for each in placing.placed if each.kind == "reworded" for end in (each.first, each.last)}

    def strays(self, placed: Placed) -> int:
        """Return how many words beside a sentence belong to nothing."""
        return max(self._strays.get(placed.first, 0), self._strays.get(placed.last, 0))

    def is_lost(self, placed: Placed) -> bool:
        """Return whether the sentence before or behind in the text was not found, though the next was."""
        number, read = placed.sentence.number, self._readings
        return any(number + step not in read and number + 2 * step in read for step in (-1, 1))

    def may_hold_its_words(self, placed: Placed) -> bool:
        """Return whether words beside a sentence may be those that it lacks there: they belong to nothing, or to a
        sentence that was misheard."""
        own = {placed.first, placed.last} if placed.kind == "reworded" else set()
        doubtful = (self._strays.keys() | self._misheard) - own
        before = placed.first in doubtful and placed.lacks_before > 0
        return before or (placed.last in doubtful and placed.lacks_behind > 0)


def _confidence(placed: Placed, gaps: _Gaps, usual: float, beside: _Beside) -> float:
    """Return how sure a reading is: less for each thing that wrong ones were seen to have."""
    start, end = gaps.span(placed)
    letters = _letters(placed)
    slowest_and_quickest = _USUAL_RATE_IF_SHORT if letters < _SHORT_LETTERS else _USUAL_RATE
    low, high = (share * usual * letters for share in slowest_and_quickest)
    sure = min(1.0, placed.share / _LITTLE_HEARD) if placed.kind == "whole" else _REWORDED
    sure *= _RAGGED if placed.ragged else 1
    sure *= _NO_QUIET ** ((not gaps[placed.first].is_quiet) + (not gaps[placed.last].is_quiet))
    sure *= 1 if low <= end - start <= high else _RATE
    strays, lacks = beside.strays(placed), placed.share < _ALL_HEARD
    if strays:
        sure *= _MUCH_BESIDE if lacks and strays >= _MUCH * len(placed.sentence.tokens) else _STRAY_BESIDE
    sure *= _LOST_BESIDE if beside.is_lost(placed) and (lacks or not strays) else 1
    sure *= _AT_A_CUT if gaps.is_cut_before(placed) or gaps.is_cut_behind(placed) else 1
    sure *= _RAGGED if beside.may_hold_its_words(placed) else 1
    return round(sure, 2)


def _reading(placed: Placed, gaps: _Gaps, tape: int, confidence: float) -> TapeReading:
    first, last = gaps.span(placed)
    before, behind = gaps[placed.first], gaps[placed.last]
    margin = recogniser.RATE_HZ * _MARGIN_MS // 1000
    start = first - max(0, min(margin, (before.end - before.start) // 3, first - before.clear_from))
    end = last + max(0, min(margin, (behind.end - behind.start) // 3, behind.clear_until - last))
    words = tuple(words_of(placed, gaps.heard, first, last, start)) if confidence >= SURE else ()
    return TapeReading(placed, Reading(tape, at_rate(start), at_rate(end), confidence, words), before, behind)


def at_rate(sample: int) -> int:
    """Return a sample at RATE_HZ for one of what was heard."""
    return round(sample * RATE_HZ / recogniser.RATE_HZ)


def words_of(placed: Placed, heard: Heard, first: int, last: int, start: int) -> Iterator[Word]:
    """Yield when the words of the spoken form are said, counted from `start`; between those that were heard, each takes
    time by its letters."""
    spans = placed.sentence.spans
    begins = _begins(placed.pairs, heard, [max(1, stop - begin) for begin, stop in spans], first, last)
    for (text_start, text_end), begin, end in zip(spans, begins, begins[1:], strict=False):
        yield Word(at_rate(begin - start), at_rate(end - start), text_start, text_end)


def _begins(pairs: Sequence[tuple[int, int]], heard: Heard, letters: Sequence[int], first: int, last: int) -> list[int]:
    """Return when each word begins, and when the last ends."""
    known: dict[int, int] = {0: first, len(letters): last}
    for own, said in pairs:
        if own not in known and first < heard.words[said].start < last:
            known[own] = heard.words[said].start
    places = _rising(known)
    reached = [0]
    for count in letters:
        reached.append(reached[-1] + count)
    begins = []
    for place in range(len(letters) + 1):
        right = min(bisect.bisect_left(places, place), len(places) - 1)
        if places[right] == place:
            begins.append(known[place])
            continue
        low, high = places[right - 1], places[right]
        share = (reached[place] - reached[low]) / (reached[high] - reached[low])
        begins.append(round(known[low] + share * (known[high] - known[low])))
    return begins


def _rising(known: Mapping[int, int]) -> list[int]:
    """Return the places whose times rise, with the first and the last of all."""
    *inner, end = sorted(known)
    rising = [inner[0]]
    for place in inner[1:]:
        if known[rising[-1]] < known[place] < known[end]:
            rising.append(place)
    return [*rising, end]
