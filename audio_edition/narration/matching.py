"""Find where in the words that were heard each sentence of a script may be said.

Both sides are normalised word by word, as listening does it. The words of a sentence vote for the places at which it
would begin; at the places with most votes the sentence is laid along what was heard, with words left out, put in and
misheard, by local alignment (Smith and Waterman, 1981).
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio_edition.hearing.comparison import comparable
from audio_edition.hearing.recogniser import HeardWord
from audio_edition.model import Utterance

_TOKEN = re.compile(r"\S+")
_ALIKE = 0.6
"""Likeness of letters from which a word was heard, if not quite ("Fairy" for "ferry")."""
_LEFT_OUT, _PUT_IN, _OTHERWISE = -0.5, -0.5, -0.6
_MOST_PLACES = 8
"""At which a sentence is tried."""
_MOST_COMMON = 200
"""Words heard so often vote for nothing, unless the sentence has no other."""
_WIDTH = 6
"""Words by which the votes of a sentence may lie apart: some are left out, others put in."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word to be compared, and the thing it is from: a place among the heard words, or characters of `spoken`."""

    word: str
    origin: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """An utterance as it is compared: its tokens, each from one of `spans`, the words of its spoken form."""

    number: int
    utterance: Utterance
    tokens: tuple[Token, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence laid along what was heard: pairs of tokens that agree (place in the sentence, place in what was
    heard), and the score of all of it."""

    sentence: Sentence
    pairs: tuple[tuple[int, int], ...]
    score: float

    @property
    def begin(self) -> int:
        """The first heard token."""
        return self.pairs[0][1]

    @property
    def end(self) -> int:
        """The heard token behind the last."""
        return self.pairs[-1][1] + 1

    @property
    def share(self) -> float:
        """Of the sentence's tokens, those that were heard."""
        return len({place for place, _ in self.pairs}) / len(self.sentence.tokens)

    @property
    def first(self) -> int:
        """The place in the sentence of the first token that was heard."""
        return self.pairs[0][0]

    @property
    def missing_at_end(self) -> int:
        return len(self.sentence.tokens) - 1 - self.pairs[-1][0]


def sentences_of(utterances: Sequence[Utterance], language: str) -> list[Sentence]:
    """Return the utterances as they are compared. One that has nothing to compare (only signs) has no tokens."""
    return [_sentence(number, utterance, utterance.language or language) for number, utterance in enumerate(utterances)]


def _sentence(number: int, utterance: Utterance, language: str) -> Sentence:
    spans = tuple(match.span() for match in _TOKEN.finditer(utterance.spoken))
    tokens = (
        Token(word, place)
        for place, (start, end) in enumerate(spans)
        for word in _words(utterance.spoken[start:end], language)
    )
    return Sentence(number, utterance, tuple(tokens), spans)


def heard_tokens(words: Sequence[HeardWord], language: str) -> list[Token]:
    """Return what was heard as it is compared."""
    return [Token(word, place) for place, said in enumerate(words) for word in _words(said.text, language)]


@functools.lru_cache(100_000)
def _words(text: str, language: str) -> tuple[str, ...]:
    return tuple(comparable(text, language))


class Places:
    """What was heard, in which sentences can be looked up."""

    def __init__(self, heard: Sequence[Token]) -> None:
        self._heard = [token.word for token in heard]
        self._at: Mapping[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._heard):
            self._at[word].append(place)

    def matches(self, sentence: Sentence) -> Iterator[Match]:
        """Yield the places at which the sentence may be said, in whole or in part; those that overlap are one."""
        taken: list[tuple[int, int]] = []
        for place in self._likely(sentence):
            begin, end = place - _WIDTH, place + len(sentence.tokens) * 5 // 4 + 2 * _WIDTH
            begin = max([begin, *(stop for start, stop in taken if start <= place)])
            end = min([end, *(start for start, _ in taken if start > place)])
            if match := self.match(sentence, begin, end):
                taken.append((match.begin, match.end))
                yield match

    def match(self, sentence: Sentence, begin: int, end: int) -> Match | None:
        """Return the best alignment of a sentence with the heard tokens from `begin` to `end`; None if no word of it is
        there."""
        begin = max(begin, 0)
        return _aligned(sentence, self._heard[begin:end], begin)

    def _likely(self, sentence: Sentence) -> list[int]:
        """Return where the sentence would begin by the votes of its words, the likeliest first. Rare words weigh
        more."""
        votes: Counter[int] = Counter()
        heard = [(place, at) for place, token in enumerate(sentence.tokens) if (at := self._at.get(token.word))]
        rare = [(place, at) for place, at in heard if len(at) <= _MOST_COMMON]
        for place, at in rare or heard:
            weight = 1 / len(at) ** 0.5
            for found in at:
                votes[found - place] += weight
        counted = Counter({place: sum(votes[near] for near in range(place, place + _WIDTH)) for place in votes})
        likely: list[int] = []
        for place, _ in counted.most_common(4 * _MOST_PLACES):
            if all(abs(place - other) >= _WIDTH for other in likely):
                likely.append(place)
            if len(likely) == _MOST_PLACES:
                break
        return likely


def _aligned(sentence: Sentence, heard: Sequence[str], offset: int) -> Match | None:
    """Smith and Waterman: the best run of the sentence along the heard words. A word of the one may be two of the
    other ("eider ducks")."""
    words = [token.word for token in sentence.tokens]
    rows, columns = len(words), len(heard)
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    came: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    best, at = 0.0, (0, 0)
    for row in range(1, rows + 1):
        above, here, steps = score[row - 1], score[row], came[row]
        word = words[row - 1]
        for column in range(1, columns + 1):
            said = heard[column - 1]
            worth = likeness(word, said)
            value, step = above[column - 1] + (worth or _OTHERWISE), (1, 1)
            if (other := above[column] + _LEFT_OUT) > value:
                value, step = other, (1, 0)
            if (other := here[column - 1] + _PUT_IN) > value:
                value, step = other, (0, 1)
            if worth < 1:
                if row > 1 and words[row - 2] + word == said:
                    value, step = score[row - 2][column - 1] + 2, (2, 1)
                elif column > 1 and heard[column - 2] + said == word:
                    value, step = above[column - 2] + 1, (1, 2)
            if value > 0:
                here[column], steps[column] = value, step
                if value > best:
                    best, at = value, (row, column)
    pairs = list(_pairs(words, heard, came, at, offset))
    return Match(sentence, tuple(reversed(pairs)), best) if pairs else None


def _pairs(
    words: Sequence[str], heard: Sequence[str], came: list[list[tuple[int, int]]], at: tuple[int, int], offset: int
) -> Iterator[tuple[int, int]]:
    """Yield what agrees, from the end back."""
    row, column = at
    while (step := came[row][column]) != (0, 0):
        if step in ((2, 1), (1, 2)) or (step == (1, 1) and likeness(words[row - 1], heard[column - 1])):
            yield row - 1, offset + column - 1
            if step != (1, 1):
                yield row - step[0], offset + column - step[1]
        row, column = row - step[0], column - step[1]


@functools.lru_cache(1_000_000)
def likeness(word: str, said: str) -> float:
    """Return how alike two words are, from 0.6 to 1; 0 where they are others."""
    from rapidfuzz.fuzz import ratio

    if word == said:
        return 1.0
    return found if (found := ratio(word, said, score_cutoff=100 * _ALIKE) / 100) >= _ALIKE else 0.0
