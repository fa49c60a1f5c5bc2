"""Rejoins words hyphenated at the ends of lines, as in text copied from a PDF.

A hyphen at the end of a line is the typesetter's (har-bour) or the word's own (well-known). The word's other
occurrences decide, else its parts. Either way no space is written, or a voice would say two words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio_edition.read.lines import Line

_FIRM, _NOT_SIGN = "\u2011", "¬"
_HYPHENS = f"‐{_FIRM}{_NOT_SIGN}-"
_SHORTEST_WORD = 3
"""Letters of a part that may be a word by itself."""

_LEFT = re.compile(rf"([^\W_](?:[^\W_]|['’{_HYPHENS}](?=[^\W_]))*)([{_HYPHENS}])\Z")
_LONGEST_WORD = 60
_RIGHT = re.compile(r"([-‐]?)([^\W_]+)")
_GOES_ON = re.compile(r"[-‐\u2011]\w")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐\u2011'’][^\W\d_]+)*")

_CONJUNCTIONS = """
    and but nor or to und oder bis bzw sowie beziehungsweise en of tot och eller og ou et y o e u i a oraz lub czy и или
    ja tai és vagy ve veya sau și şi
"""
_ALONE = frozenset(_CONJUNCTIONS.split())
"""What follows a suspended hyphen: pre- and post-war, Ein- und Ausgang."""

_FIRST_PARTS = """
    all anglo anti cross demi deux dintr dix eight far five four franco full great greco half high ill indo italo long
    low multi neo nine non outre peut printr pseudo quasi russo self semi seven short sino six soi three trois twenty
    thirty forty fifty sixty seventy eighty ninety two ultra vice well într
"""
_OWN_LEFT = frozenset(_FIRST_PARTS.split())
"""Prefixes that take a hyphen; without those that are also first syllables of longer words: ex-ample, so-cial,
mid-dle."""

_LAST_PARTS = """
    backed based called controlled funded known made minded owned speaking sponsored elle elles il ils même mêmes moi
    toi либо нибудь
"""
_OWN_RIGHT = frozenset(_LAST_PARTS.split())
_SYLLABLES = """
    able al ally ance ant ed en ence ent er ers es est fold ful ible ier iest ily ing ion ish ist ity ive less ly ment
    ments ness nesses or ous over self sense sion some teen teenth th tieth ties tion ty ways wise
"""
_ENDINGS = frozenset(_SYLLABLES.split())
_NO_WORDS = frozenset({"be", "dis", "im", "in", "mis", "re", "un"})
_PRONOUNS = """
    что кто где как когда куда какой какая какое какие кого кому чего чему чем почему зачем откуда сколько чей
"""
_WITH_TO = frozenset(_PRONOUNS.split())
"""Russian for “what-ever” and so on: the other half is never a syllable of a longer word."""


def with_whole_words(lines: Sequence[Line], width: int | None) -> tuple[list[Line], list[tuple[Line, str]]]:
    """Return the lines with each word whole on the line where it begins, and the removed hyphens, each with its word.

    Unwrapped lines stay unchanged: there a hyphen is deliberate.
    """
    if width is None or not any(map(_is_parted, lines)):
        return list(lines), []
    known = Counter(_whole_words(lines))
    whole: list[Line] = []
    left_out: list[tuple[Line, str]] = []
    for line in lines:
        parted = _parted(whole[-1], line) if whole else None
        hyphen = parted.between(known) if parted else None
        if parted is None or hyphen is None:
            whole.append(line)
            continue
        before, (first, _, rest) = whole[-1], parted.behind.partition(" ")
        whole[-1] = before._replace(text=before.text[:-1] + hyphen + first)
        if len(parted.hyphens) > len(hyphen):
            gone = before._replace(text=parted.hyphens[len(hyphen) :])
            left_out.append((gone, f"{parted.left}{hyphen}{parted.right}"))
        if rest:
            whole.append(line._replace(text=rest))
    return whole, left_out


def hyphen_between(
    before: str, after: str, known: Mapping[str, int], is_word: Callable[[str], bool | None]
) -> str | None:
    """Return what goes between the end of one line, without its hyphens, and the beginning of the next: nothing, or the
    word's own hyphen; None if they are two words.

    `known` are the whole words of the text; `is_word` tells whether the language has a word, None if nobody knows.
    """
    parted = _parted(Line(0, before), Line(0, after))
    if parted is None:
        return None
    left, right = parted.left.casefold(), parted.right.casefold()
    is_told_by_text = known[f"{left}{right}"] or known[f"{left}-{right}"] or known[f"{left}‐{right}"]
    if is_told_by_text or right in _ALONE or not is_word(f"{left}{right}"):
        return parted.between(known)
    return ""


def words_in(text: str) -> list[str]:
    """Return the words of letters in a text, with the hyphens inside them."""
    return _WORD.findall(text)


def _whole_words(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the words that are not split at a line end."""
    is_begun = False
    for line in lines:
        words = words_in(line.text.casefold())
        is_parted = _is_parted(line)
        yield from words[is_begun : len(words) - is_parted]
        is_begun = is_parted


def _is_parted(line: Line) -> bool:
    return line.text[-1:] in _HYPHENS and len(line.text) > 1 and line.text[-2].isalnum() and not line.in_columns


@dataclass(frozen=True, slots=True)
class _Parted:
    """The parts of a word split at a line end, the hyphens between them, and the second line without its part."""

    left: str
    hyphens: str
    right: str
    behind: str

    def between(self, known: Mapping[str, int]) -> str | None:
        """Return what goes between the parts: nothing, or the word's own hyphen; None if they are two words.

        `known` are the whole words of the text.
        """
        if len(self.hyphens) > 1 or self.hyphens == _FIRM:
            return self.hyphens[0]
        if self.hyphens == _NOT_SIGN:
            return ""
        left, right = self.left.casefold(), self.right.casefold()
        if right in _ALONE:
            return None
        joined, hyphenated = known[f"{left}{right}"], known[f"{left}-{right}"] + known[f"{left}‐{right}"]
        if joined or hyphenated:
            return "" if joined > hyphenated else self.hyphens
        return self.hyphens if self._has_own(known) else ""

    def _has_own(self, known: Mapping[str, int]) -> bool:
        """Return whether a word that occurs nowhere else probably has a hyphen between its parts."""
        left, right = self.left.casefold(), self.right.casefold()
        is_shouted = self.left.isupper() and len(left) > 1
        if len(left) == 1 or not left.isalpha() or right[0].isdigit() or _GOES_ON.match(self.behind, len(right)):
            return True
        if is_shouted or self.right[0].isupper():
            return not (is_shouted and self.right.isupper())
        if right in _ENDINGS:
            return False
        if left in _OWN_LEFT or (right in _OWN_RIGHT and left not in _NO_WORDS):
            return True
        if right == "то":
            return left in _WITH_TO
        return min(len(left), len(right)) >= _SHORTEST_WORD and known[left] > 0 and known[right] > 0


def _parted(before: Line, line: Line) -> _Parted | None:
    """Return the word that seems split between the end of one line and the beginning of the next; None if there is
    none."""
    if not _is_parted(before):
        return None
    left = _LEFT.search(before.text[-_LONGEST_WORD:])
    right = _RIGHT.match(line.text)
    # Polish and Portuguese repeat the word's own hyphen on the next line.
    return _Parted(left[1], left[2] + right[1], right[2], line.text[len(right[1]) :]) if left and right else None
