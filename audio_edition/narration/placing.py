"""Place the sentences of a script in what was heard of a tape: which were read, how often, in which order, and what was
said besides.

The places that matching finds are candidates. The best path through them, in the order in which they were heard, takes
the next sentence for free, and pays for one that is repeated or passed over, and most for a jump back.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from audio_edition.hearing.recogniser import RATE_HZ, HeardWord
from audio_edition.narration.edges import said_from
from audio_edition.narration.heard import SPEECH_FRAME, Heard
from audio_edition.narration.matching import Match, Places, Sentence, Token, heard_tokens

_WHOLE, _WHOLE_IF_SHORT = 0.5, 0.8
"""Share of its words that a sentence needs, to be taken for read; of one or two words, more."""
_SHORT = 2
_ALL = 0.8
"""Share of the words between two pauses that a sentence has, which is read somewhere else than in its order."""
_BEGUN, _FEWEST_BEGUN = 0.25, 4
"""Share, and number, of its words from which a sentence counts as begun and given up."""
_FEWEST_IN_FALSE_START = 2
_GOOD = 0.2
"""By so much less may have been heard of the last reading of a sentence than of the best."""
_AGAIN, _PASSED, _PASSED_EACH, _MOST_PASSED, _BACK = 0.5, 0.4, 0.1, 2.0, 3.0
"""What the path pays, where a word that was heard is worth 1."""
_STRAY_WORDS, _STRAY_SECONDS, _STRAY_QUIET_SECONDS, _LACKING_QUIET_SECONDS = 5, 1.3, 0.15, 0.8
_REWORDED = (0.4, 1.8)
"""Of a sentence's words, how many must have been heard in its place, that it was read in other words."""
_REWORDED_ALIKE = 0.25
_TAKEN = 0.1
"""What it is worth that a heard word is not left over."""
_MOST_BETWEEN = 5
"""Sentences from one that is placed to the next, of which those between may be misheard."""
_MOST_PARTS = 12
"""Pauses at which what lies between two sentences is tried."""
_RESEMBLES, _RESEMBLES_ON_A_POOR_TAPE = 55, 50
"""Percent of letters in which a sentence and what was heard in its place must be alike, if it was misheard."""
_POOR = 0.8
"""Share of the words of what was placed under which a tape is poor: much of it is misheard."""
_DOUBTFUL = 0.65
"""Share of its words under which another reading of a sentence is doubtful: one that is missing there may be misheard
as it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and the heard words, from `first` up to `last`, that say it."""

    sentence: Sentence
    first: int
    last: int
    share: float
    """Of its words, those that were heard."""
    pairs: tuple[tuple[int, int], ...] = ()
    """Words of `spoken`, by their place in `sentence.spans`, and the heard words that say them."""
    kind: Literal["whole", "begun", "reworded"] = "whole"
    ragged: bool = False
    """Whether it was heard in its middle only, or took in stray words."""

    @property
    def lacks_before(self) -> int:
        """How many of its words were not heard before the first that was, less those that were heard otherwise."""
        return max(0, self.pairs[0][0] - (self.pairs[0][1] - self.first)) if self.pairs else 0

    @property
    def lacks_behind(self) -> int:
        """How many of its words were not heard behind the last that was, less those that were heard otherwise."""
        if not self.pairs:
            return 0
        own, said = self.pairs[-1]
        return max(0, len(self.sentence.spans) - 1 - own - (self.last - 1 - said))


@dataclass(frozen=True, slots=True)
class Stray:
    """Heard words, from `first` up to `last`, that are not in the script."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Placing:
    """All of a tape, in the order in which it was heard."""

    placed: tuple[Placed, ...] = ()
    stray: tuple[Stray, ...] = ()
    readings: dict[int, Placed] = field(default_factory=dict)
    """By the number of its sentence, the reading that counts: the last good one."""


def place(sentences: Sequence[Sentence], heard: Heard, language: str) -> Placing:
    """Return where the sentences of a script are read on a tape."""
    tokens = heard_tokens(heard.words, language)
    places = Places(tokens)
    path = _best_path([match for sentence in sentences if sentence.tokens for match in _candidates(sentence, places)])
    placed = _kept_at(_placed(match, tokens) for match in path)
    placed = _rather_missing(placed, sentences, tokens, places, len(heard.words))
    placed = _absorbed(placed, heard, only_lacking=True)
    placed = _with_those_elsewhere(placed, sentences, heard, tokens, places)
    placed = _with_reworded(placed, sentences, heard, tokens, places)
    placed = _absorbed(placed, heard)
    placed = _with_false_starts(placed, tokens, places, len(heard.words))
    return Placing(tuple(placed), tuple(_stray(placed, len(heard.words))), _readings(placed))


def _candidates(sentence: Sentence, places: Places) -> Iterator[Match]:
    return (match for match in places.matches(sentence) if _is_whole(match) or _is_begun(match))


def _is_whole(match: Match) -> bool:
    return match.share >= (_WHOLE if len(match.sentence.tokens) > _SHORT else _WHOLE_IF_SHORT)


def _is_begun(match: Match) -> bool:
    return match.first <= 1 and match.share >= _BEGUN and len(match.pairs) >= _FEWEST_BEGUN


def _best_path(candidates: list[Match]) -> list[Match]:
    """Return the candidates, none of which overlap, that together are worth most."""
    candidates.sort(key=lambda match: (match.end, match.begin))
    count = len(candidates)
    if not count:
        return []
    ends, numbers = (
        np.array([match.end for match in candidates]),
        np.array([match.sentence.number for match in candidates]),
    )
    begun = np.array([not _is_whole(match) for match in candidates])
    worth, before = np.zeros(count), np.full(count, -1)
    for place, match in enumerate(candidates):
        own = match.score
        reach = int(np.searchsorted(ends[:place], match.begin, "right"))
        if reach:
            gains = worth[:reach] - _toll(match.sentence.number - numbers[:reach], begun[:reach])
            best = int(np.argmax(gains))
            if gains[best] > 0:
                own, before[place] = own + gains[best], best
        worth[place] = own
    at = int(np.argmax(worth))
    path: list[Match] = []
    while at >= 0:
        path.append(candidates[at])
        at = int(before[at])
    return path[::-1]


def _toll(steps: np.ndarray, begun: np.ndarray) -> np.ndarray:
    """Return what each step to another sentence costs."""
    toll = np.minimum(_PASSED + _PASSED_EACH * (steps - 1), _MOST_PASSED)
    toll = np.where(steps == 1, 0.0, toll)
    toll = np.where(steps == 0, _AGAIN, toll)
    # Whoever gave up a sentence says it again: to go on without is less likely.
    toll = np.where(begun & (steps != 0), toll + _AGAIN, toll)
    return np.where(steps < 0, _BACK, toll)


def _placed(match: Match, tokens: Sequence[Token]) -> Placed:
    pairs = tuple((match.sentence.tokens[own].origin, tokens[said].origin) for own, said in match.pairs)
    ragged = match.first > 2 or (_is_whole(match) and match.missing_at_end > 2)
    kind: Literal["whole", "begun"] = "whole" if _is_whole(match) else "begun"
    return Placed(match.sentence, pairs[0][1], pairs[-1][1] + 1, match.share, pairs, kind, ragged)


def _kept_at(placed: Iterable[Placed]) -> list[Placed]:
    """Return the sentences, of which one counts as read, and misheard, that was begun and is read nowhere else: whoever
    gives up a sentence says it again."""
    found = list(placed)
    whole = {each.sentence.number for each in found if each.kind == "whole"}
    last = {each.sentence.number: each for each in found}
    return [
        replace(each, kind="reworded")
        if each.sentence.number not in whole and last[each.sentence.number] is each
        else each
        for each in found
    ]


# --- what the path passed over


def _rather_missing(
    placed: list[Placed], sentences: Sequence[Sentence], tokens: Sequence[Token], places: Places, words: int
) -> list[Placed]:
    """Return the placed sentences, of which one that is read elsewhere too gives way to the one that is missing in its
    place, if that agrees better with what was heard: "The baker hid it" was heard as "The maker did it"."""
    read = Counter(each.sentence.number for each in placed)
    missing = {each.number: each for each in sentences if each.tokens and each.number not in read}
    starts = _first_tokens(tokens, words)
    taken = list(placed)
    for place in range(1, len(taken) - 1):
        each, before, behind = taken[place], taken[place - 1].sentence.number, taken[place + 1].sentence.number
        if read[each.sentence.number] < 2 or not 1 < behind - before <= _MOST_BETWEEN:
            continue
        said = starts[each.first], starts[each.last]
        own = places.match(each.sentence, *said)
        others = (places.match(missing[number], *said) for number in range(before + 1, behind) if number in missing)
        best = max(filter(None, others), key=lambda match: match.score, default=None)
        if best and _is_whole(best) and (own is None or best.score > own.score):
            read[each.sentence.number] -= 1
            del missing[best.sentence.number]
            taken[place] = replace(_placed(best, tokens), first=each.first, last=each.last)
    return taken


def _with_those_elsewhere(
    placed: list[Placed], sentences: Sequence[Sentence], heard: Heard, tokens: Sequence[Token], places: Places
) -> list[Placed]:
    """Return the placed sentences with those that are read somewhere else than in their order, from pause to pause: a
    note at its mark, a title behind the name of its author."""
    read = {each.sentence.number for each in placed}
    parts = [part for run in _stray(placed, len(heard.words)) for part in _in_parts(run, heard)]
    found: dict[int, Placed] = {}
    for sentence in sentences:
        if sentence.number in read or len(sentence.tokens) <= _SHORT:
            continue
        for match in places.matches(sentence):
            one = _placed(match, tokens)
            part = next((each for each in parts if each.first <= one.first and one.last <= each.last), None)
            if part and match.share >= _WHOLE_IF_SHORT and one.last - one.first >= _ALL * (part.last - part.first):
                found.setdefault(part.first, replace(one, first=part.first, last=part.last))
    return sorted([*placed, *found.values()], key=lambda each: each.first)


def _with_reworded(
    placed: list[Placed], sentences: Sequence[Sentence], heard: Heard, tokens: Sequence[Token], places: Places
) -> list[Placed]:
    """Return the placed sentences with those between that were misheard, or read in other words: where neighbours are
    read one after the other, what was heard between is they."""
    read = {each.sentence.number for each in placed}
    by_number = {each.number: each for each in sentences if each.tokens}
    words = heard.words
    starts = _first_tokens(tokens, len(words))
    resembles = _RESEMBLES_ON_A_POOR_TAPE if _is_poor(placed) else _RESEMBLES
    found: list[Placed] = []
    doubtful = [each for each in placed if _is_doubtful(each, placed)]
    bounds = [None, *(each for each in placed if each not in doubtful), None]
    for left, right in pairwise(bounds):
        first = left.last if left else 0
        last = right.first if right else len(words)
        low = left.sentence.number + 1 if left else max(0, right.sentence.number - 3 if right else 0)
        high = right.sentence.number if right else low + 3
        missing = [by_number[number] for number in range(low, high) if number not in read and number in by_number]
        if first < last and 0 < len(missing) < _MOST_BETWEEN:
            between = _Between(heard, starts, places, tokens, resembles)
            found += between.by_pauses(missing, first, last) or between.by_words(missing, first, last)
    firm = [each for each in placed if each not in doubtful or not any(_overlap(each, other) for other in found)]
    return sorted([*firm, *found], key=lambda each: each.first)


def _is_poor(placed: Sequence[Placed]) -> bool:
    """Return whether so few words were heard of what was placed that much else was misheard."""
    words = sum(len(each.sentence.tokens) for each in placed)
    return sum(len(each.sentence.tokens) * each.share for each in placed) < _POOR * words


def _is_doubtful(each: Placed, placed: Sequence[Placed]) -> bool:
    """Return whether few words were heard of a reading, and the sentence was heard better elsewhere, or as well and
    earlier."""
    others = (other for other in placed if other.sentence.number == each.sentence.number and other is not each)
    return each.share < _DOUBTFUL and any((other.share, -other.first) > (each.share, -each.first) for other in others)


def _overlap(one: Placed, other: Placed) -> bool:
    return one.first < other.last and other.first < one.last


def _first_tokens(tokens: Sequence[Token], words: int) -> list[int]:
    """Return, for each heard word and the end, the first token that is of it or behind it."""
    starts = [len(tokens)] * (words + 1)
    for place in range(len(tokens) - 1, -1, -1):
        starts[tokens[place].origin] = place
    for word in range(words - 1, -1, -1):
        starts[word] = min(starts[word], starts[word + 1])
    return starts


@dataclass(frozen=True, slots=True)
class _Between:
    """What was heard between two placed sentences, and which of those that are missing there it may be."""

    heard: Heard
    starts: Sequence[int]
    places: Places
    tokens: Sequence[Token]
    resembles: float

    def by_words(self, missing: Sequence[Sentence], first: int, last: int) -> list[Placed]:
        """Return the sentences of which enough words were heard from word `first` up to `last`."""
        found: list[Placed] = []
        for sentence in missing:
            match = self.places.match(sentence, self.starts[first], self.starts[last])
            if match and match.share >= _WHOLE:
                found.append(replace(_placed(match, self.tokens), kind="reworded"))
                first = found[-1].last
        return found

    def by_pauses(self, missing: Sequence[Sentence], first: int, last: int) -> list[Placed]:
        """Return the sentences that resemble what was heard from one pause to another: in their order, those that do
        most."""
        parts = list(itertools.islice(_in_parts(Stray(first, last), self.heard), _MOST_PARTS + 1))
        if len(parts) > _MOST_PARTS:
            parts = [Stray(first, last)]
        best: list[tuple[float, list[Placed]]] = [(0.0, []) for _ in range(len(parts) + 1)]
        for sentence in missing:
            # From the end, so that each sentence is said once.
            for end in range(len(parts), 0, -1):
                for begin in range(end):
                    worth, before = best[begin]
                    one = self._misheard(sentence, parts[begin].first, parts[end - 1].last)
                    if one and worth + one[0] > best[end][0]:
                        best[end] = worth + one[0], [*before, one[1]]
            for end in range(1, len(parts) + 1):
                best[end] = max(best[end - 1], best[end], key=lambda each: each[0])
        return best[-1][1]

    def _misheard(self, sentence: Sentence, first: int, last: int) -> tuple[float, Placed] | None:
        """Return the sentence as it was heard from word `first` up to `last`, and what that is worth;
        None where it does not resemble that."""
        size, said = len(sentence.tokens), self.starts[last] - self.starts[first]
        if not _REWORDED[0] * size <= said <= _REWORDED[1] * size + 1:
            return None
        likeness = _resemblance(sentence.tokens, self.heard.words[first:last])
        match = self.places.match(sentence, self.starts[first], self.starts[last])
        share = match.share if match else 0.0
        if likeness < self.resembles and share < _REWORDED_ALIKE:
            return None
        pairs = _placed(match, self.tokens).pairs if match else ()
        worth = size * max(share, likeness / 100) + _TAKEN * (last - first)
        return worth, Placed(sentence, first, last, share, pairs, "reworded")


def _resemblance(tokens: Sequence[Token], words: Sequence[HeardWord]) -> float:
    """Return in how many percent of their letters the words of a sentence are like what was heard."""
    from rapidfuzz.fuzz import ratio

    heard = "".join(character for word in words for character in word.text.lower() if character.isalnum())
    written = "".join(token.word for token in tokens)
    return ratio(written, heard)


def _absorbed(placed: list[Placed], heard: Heard, *, only_lacking: bool = False) -> list[Placed]:
    """Return the sentences, each with the few words beside it that belong to nothing, where no quiet parts them from
    it, or where it lacks as many: they are words of its own, misheard. With `only_lacking`, both must be so."""
    taken = list(placed)
    is_poor = _is_poor(placed)
    for run in itertools.chain.from_iterable(_in_parts(each, heard) for each in list(_stray(placed, len(heard.words)))):
        words = heard.words[run.first : run.last]
        place = next((number for number, each in enumerate(taken) if each.first >= run.last), len(taken))
        sides = [side for side in (place - 1, place) if 0 <= side < len(taken) and _touches(taken[side], run)]
        if len(words) > _STRAY_WORDS and (words[-1].end - words[0].start) / RATE_HZ >= _STRAY_SECONDS:
            sides = [side for side in sides if is_poor and _is_its_rest(taken[side], words)]
        quiet = {side: _quiet_between(taken[side], run, heard) for side in sides}
        other = {place - 1: _quiet_seconds_at(run.last, heard), place: _quiet_seconds_at(run.first, heard)}
        near = [
            side
            for side in sides
            if _is_own(taken[side], run, quiet[side], other[side])
            and not (only_lacking and (_lacks_few(taken[side], run) or quiet[side] >= _STRAY_QUIET_SECONDS))
        ]
        if near:
            side = max(near, key=lambda side: (_lacks(taken[side], run), -quiet[side]))
            taken[side] = _with_words(taken[side], run)
    return taken


def _is_its_rest(each: Placed, words: Sequence[HeardWord]) -> bool:
    """Return whether words behind a sentence resemble those that it lacks at its end, which were misheard."""
    rest = each.sentence.tokens[len(each.sentence.tokens) - each.lacks_behind :] if each.lacks_behind else ()
    return _resemblance(rest, words) >= _RESEMBLES_ON_A_POOR_TAPE


def _in_parts(run: Stray, heard: Heard) -> Iterator[Stray]:
    """Yield the stretches of a run of words between which there is a pause."""
    first = run.first
    for word in range(run.first + 1, run.last):
        if _quiet_seconds(word - 1, word, heard) >= _STRAY_QUIET_SECONDS:
            yield Stray(first, word)
            first = word
    yield Stray(first, run.last)


def _touches(each: Placed, run: Stray) -> bool:
    return each.last == run.first or run.last == each.first


def _is_own(each: Placed, run: Stray, quiet_seconds: float, other_quiet_seconds: float) -> bool:
    """Return whether stray words may be a sentence's own, from which so much quiet parts them, and so much from other
    stray words."""
    if quiet_seconds < _STRAY_QUIET_SECONDS:
        return True
    return not _lacks_few(each, run) and quiet_seconds < min(_LACKING_QUIET_SECONDS, other_quiet_seconds)


def _lacks_few(each: Placed, run: Stray) -> bool:
    """Return whether a sentence lacks too few words for the stray ones to be they."""
    return 2 * _lacks(each, run) < run.last - run.first


def _lacks(each: Placed, run: Stray) -> int:
    """Return how many words a sentence lacks at the edge at which the stray ones are."""
    return each.lacks_before if run.last <= each.first else each.lacks_behind


def _with_words(each: Placed, run: Stray) -> Placed:
    first, last = min(each.first, run.first), max(each.last, run.last)
    lacked = _lacks(each, run) > 0
    return replace(each, first=first, last=last, ragged=each.ragged or not lacked)


def _quiet_between(each: Placed, run: Stray, heard: Heard) -> float:
    """Return the longest quiet in seconds from the last word of one to the first of the other."""
    left, right = (each.last - 1, run.first) if each.first < run.first else (run.last - 1, each.first)
    return _quiet_seconds(left, right, heard)


def _quiet_seconds_at(word: int, heard: Heard) -> float:
    """Return the longest quiet in seconds before a heard word; without end at the beginning and end of a tape."""
    return _quiet_seconds(word - 1, word, heard) if 0 < word < len(heard.words) else math.inf


def _quiet_seconds(left: int, right: int, heard: Heard) -> float:
    """Return the longest quiet in seconds from within one heard word to within another."""
    before, behind = heard.words[left], heard.words[right]
    start, end = _middle(before, heard) // SPEECH_FRAME, _middle(behind, heard) // SPEECH_FRAME
    longest = length = 0
    for is_quiet in heard.is_quiet[start : end + 1]:
        length = length + 1 if is_quiet else 0
        longest = max(longest, length)
    return longest * SPEECH_FRAME / RATE_HZ


def _with_false_starts(placed: list[Placed], tokens: Sequence[Token], places: Places, words: int) -> list[Placed]:
    """Return the placed sentences with the few words before one that begin it too: it was given up and begun again,
    too soon to be a place of its own."""
    starts = _first_tokens(tokens, words)
    found: list[Placed] = []
    for left, right in pairwise([None, *placed]):
        first, last = left.last if left else 0, right.first if right else 0
        if right and right.kind != "begun" and last - first >= _FEWEST_IN_FALSE_START:
            match = places.match(right.sentence, starts[first], starts[last])
            if match and match.first == 0 and 2 * len(match.pairs) > starts[last] - starts[first]:
                own = _placed(match, tokens)
                found.append(replace(own, first=first, last=last, kind="begun"))
    return sorted([*placed, *found], key=lambda each: each.first)


def _middle(word: HeardWord, heard: Heard) -> int:
    return (min(said_from(word, heard), word.end) + word.end) // 2


def _stray(placed: Iterable[Placed], words: int) -> Iterator[Stray]:
    """Yield the runs of words that belong to no sentence."""
    reached = 0
    for each in placed:
        if reached < each.first:
            yield Stray(reached, each.first)
        reached = max(reached, each.last)
    if reached < words:
        yield Stray(reached, words)


def _readings(placed: Iterable[Placed]) -> dict[int, Placed]:
    """Return the last good reading of each sentence that was read to its end."""
    best: dict[int, float] = {}
    whole = [each for each in placed if each.kind != "begun"]
    for each in whole:
        best[each.sentence.number] = max(best.get(each.sentence.number, 0.0), each.share)
    return {each.sentence.number: each for each in whole if each.share >= best[each.sentence.number] - _GOOD}
