"""Tell which phonemes a voice gets for a text and its pronunciations, and which of them say a word.

The sentence is put into phonemes whole, so that words are said as their neighbours want it. Where each word is in it
comes from a comparison with the words put into phonemes alone: only what eSpeak NG alters lies between the matches.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from audio_edition.model import Pronunciation

Span = tuple[int, int]
Put = Callable[[str], list[str]]
"""Puts a text, or IPA, into a voice's phonemes."""

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_STRETCH = 300
_SILENT = frozenset(" ˈˌ'\".,:;!?-()—…“”")
"""Phonemes that are no sounds: stress, pauses, borders."""


@dataclass(frozen=True, slots=True)
class Phonemes:
    """A voice's phonemes, and for each word of the text (its characters) the span of them that says it."""

    symbols: tuple[str, ...]
    words: tuple[tuple[Span, Span], ...]


def phonemes_of(spoken: str, pronunciations: Sequence[Pronunciation], put: Put, put_ipa: Put) -> Phonemes:
    """Return what a voice is to say. A pronunciation of which `put_ipa` makes nothing is left out."""
    given = {(part.start, part.end): ipa for part in pronunciations if (ipa := put_ipa(part.ipa))}
    places = _places(spoken, sorted(given))
    sentence = put(spoken)
    spans = spans_of_words(sentence, [put(spoken[start:end]) for start, end in places])
    symbols: list[str] = []
    words: list[tuple[Span, Span]] = []
    done = 0
    for place, (start, end) in zip(places, spans, strict=True):
        symbols += sentence[done:start]
        first = len(symbols)
        symbols += given.get(place, sentence[start:end])
        words.append((place, (first, len(symbols))))
        done = end
    return Phonemes((*symbols, *sentence[done:]), tuple(words))


def ended(phonemes: Phonemes, known: Collection[str]) -> Phonemes:
    """Return the phonemes with a full stop where a headline or name ends without one: a voice that learned from
    sentences breaks off there."""
    open_end = phonemes.symbols[-1:] and phonemes.symbols[-1] not in _SILENT
    return replace(phonemes, symbols=(*phonemes.symbols, ".")) if open_end and "." in known else phonemes


def _places(spoken: str, given: Sequence[Span]) -> list[Span]:
    """Return the words of the text by their characters; what has a pronunciation is one word."""
    places: list[Span] = []
    done = 0
    for start, end in given:
        places += [match.span() for match in _WORD.finditer(spoken, done, start)]
        places.append((start, end))
        done = end
    return places + [match.span() for match in _WORD.finditer(spoken, done)]


def spans_of_words(sentence: Sequence[str], words: Sequence[Sequence[str]]) -> list[Span]:
    """Return where each word, given as it is said alone, is in the sentence's phonemes. Spans rise and do not overlap;
    a word of which nothing is left has an empty one."""
    heard = [place for place, symbol in enumerate(sentence) if symbol not in _SILENT]
    alone = [[symbol for symbol in word if symbol not in _SILENT] for word in words]
    anchors = _anchors([symbol for word in alone for symbol in word], [sentence[place] for place in heard])
    borders = _borders([len(word) for word in alone], [(-1, -1), *anchors, (sum(map(len, alone)), len(heard))])
    return [_whole(sentence, heard, start, end) for start, end in itertools.pairwise(borders)]


def _anchors(alone: Sequence[str], heard: Sequence[str]) -> list[Span]:
    """Return pairs of places with the same sound, rising.

    One stretch at a time, since a long text of similar sounds would take long. What matches in the last part of a
    stretch may match better in the next.
    """
    anchors: list[Span] = []
    alone_from, from_ = 0, 0
    while alone_from < len(alone) and from_ < len(heard):
        stretch = alone[alone_from : alone_from + _STRETCH], heard[from_ : from_ + _STRETCH]
        last = max(len(alone) - alone_from, len(heard) - from_) <= _STRETCH
        most = _STRETCH if last else _STRETCH * 2 // 3
        for a, b, size in difflib.SequenceMatcher(None, *stretch, autojunk=False).get_matching_blocks():
            anchors += [(alone_from + a + step, from_ + b + step) for step in range(size) if max(a, b) + step < most]
        if last:
            break
        behind = anchors[-1] if anchors and anchors[-1][0] >= alone_from else (alone_from + most, from_ + most)
        alone_from, from_ = behind[0] + 1, behind[1] + 1
    return anchors


def _borders(lengths: Sequence[int], anchors: Sequence[Span]) -> list[int]:
    """Return the sound of the sentence with which each word begins, and the number of sounds last."""
    borders: list[int] = []
    begin, anchor = 0, 0
    for length in (*lengths, 0):
        while anchors[anchor + 1][0] < begin:
            anchor += 1
        (alone_from, from_), (alone_to, to) = anchors[anchor], anchors[anchor + 1]
        # Between two matches the sounds are shared out evenly.
        share = (begin - alone_from) / (alone_to - alone_from)
        borders.append(to if begin == alone_to else from_ + 1 + int((to - from_ - 1) * share))
        begin += length
    borders[-1] = anchors[-1][1]
    return borders


def _whole(sentence: Sequence[str], heard: Sequence[int], start: int, end: int) -> Span:
    """Return the span from the sound `start` up to the sound `end`, with the stress before it and the length behind
    it."""
    first = heard[start] if start < len(heard) else len(sentence)
    while first and sentence[first - 1] in ("ˈ", "ˌ"):
        first -= 1
    return first, heard[end - 1] + 1 if start < end else first
