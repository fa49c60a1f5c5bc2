"""Find the words of lexicons in texts of a language.

Whole words, in the writing systems that part them; the longest first; as written, but for capitals that a headline or
the start of a sentence gives. One pass: a table by the first word says how long the entries that begin with it are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio_edition.script.lexicon.endings import ENDINGS
from audio_edition.script.lexicon.entries import Entry, Lexicon

SHORTEST_IN_CAPITALS = 5
"""Letters of an entry that is found in capitals among small letters: shorter ones may be initials (Ira, IRA)."""

_ELIDING = frozenset({"fr", "it", "ca", "oc"})
"""Languages in which an apostrophe ends a word: l'Iran."""

# Chinese, Japanese, Thai, Lao, Burmese, Khmer.
_UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_IS_UNSPACED = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]")
_FIRST = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]|(?:(?![{_UNSPACED}])[^\\W_])+")
_LIKE = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})
_RUN = re.compile(r"\S+")
_IN_ADDRESS = re.compile(r"://|www\.|@")
_LETTER = re.compile(r"[^\W\d_]")
_JOINERS = "_\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at the characters `start` to `end` of a text, its ending included, and how it is said there."""

    start: int
    end: int
    said: str
    ipa: str


def applies_to(entry_language: str, language: str) -> bool:
    """Return whether an entry is for a text: `en` for en-GB, en-GB for en, but not en-GB for en-US."""
    if not entry_language:
        return True
    mine, its = entry_language.casefold().split("-"), language.casefold().split("-")
    return all(one == other for one, other in zip(mine, its, strict=False))


class Matcher:
    """The words of some lexicons, for texts of one language. A later lexicon goes over an earlier one."""

    def __init__(self, lexicons: Iterable[Lexicon], language: str) -> None:
        self._subtag = language.partition("-")[0].casefold()
        self._endings = ENDINGS.get(self._subtag, ())
        self._exact: dict[str, Entry] = {}
        self._capitals: dict[str, Entry] = {}
        self._opening: dict[str, Entry] = {}
        for lexicon in lexicons:
            for entry in lexicon.entries:
                if applies_to(entry.language, language):
                    self._add(entry)
        self._sizes = self._sizes_by_first_word()
        self._known: dict[str, Sequence[tuple[int, int]]] = {}
        """The sizes of words that were looked up before: most words of a text come often."""

    def matches(self, text: str) -> list[Match]:
        """Return the entries found in a text, in order, none overlapping."""
        if not self._exact:
            return []
        like = text.translate(_LIKE)
        addresses = [run.span() for run in _RUN.finditer(like) if _IN_ADDRESS.search(run[0])]
        is_headline = not any(map(str.islower, like))
        opening = next((match.start() for match in _LETTER.finditer(like)), 0)
        found: list[Match] = []
        done = 0
        for first in _FIRST.finditer(like):
            if any(start <= first.start() < end for start, end in addresses):
                continue
            for start, end in self._spans(like, first, done):
                entry = self._entry(like[start:end], is_headline, start == opening)
                if entry and (match := self._match(text, like, entry, start, end)):
                    found.append(match)
                    done = match.end
                    break
        return found

    def _add(self, entry: Entry) -> None:
        written = entry.written.translate(_LIKE)
        self._exact[written] = entry
        if written != written.upper():
            self._capitals[written.upper()] = entry
        if written == written.lower():
            self._opening[written[:1].upper() + written[1:]] = entry

    def _sizes_by_first_word(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each first word: how far before it entries begin, and how long they are, the longest first."""
        sizes: dict[str, set[tuple[int, int]]] = {}
        for written in (*self._exact, *self._capitals, *self._opening):
            if first := _FIRST.search(written):
                sizes.setdefault(first[0], set()).add((first.start(), len(written)))
        return {word: tuple(sorted(of_word, key=lambda size: (-size[1], size[0]))) for word, of_word in sizes.items()}

    def _spans(self, like: str, first: re.Match[str], done: int) -> Iterator[tuple[int, int]]:
        """Yield where an entry may stand that begins with a word, the longest first."""
        for before, size in self._sizes_of(first[0]):
            start = first.start() - before
            if start >= done and start + size <= len(like):
                yield start, start + size

    def _sizes_of(self, word: str) -> Sequence[tuple[int, int]]:
        """Return how far before a word, or what it is without an ending, entries begin, and how long they are, the
        longest first."""
        if (known := self._known.get(word)) is None:
            sizes = {size for stem in self._stems(word) for size in self._sizes.get(stem, ())}
            known = self._known[word] = sorted(sizes, key=lambda size: (-size[1], size[0]))
        return known

    def _stems(self, word: str) -> Iterator[str]:
        """Yield the word, and what it is without a plural's ending."""
        yield word
        for ending in self._endings:
            if ending.written.isalpha() and word.lower().endswith(ending.written):
                yield word[: -len(ending.written)]

    def _entry(self, written: str, is_headline: bool, is_opening: bool) -> Entry | None:
        if entry := self._exact.get(written):
            return entry
        if is_opening and (entry := self._opening.get(written)):
            return entry
        if is_headline or len(_LETTER.findall(written)) >= SHORTEST_IN_CAPITALS:
            return self._capitals.get(written)
        return None

    def _match(self, text: str, like: str, entry: Entry, start: int, end: int) -> Match | None:
        """Return the entry with the ending that follows it, if it is a whole word there."""
        is_elided = self._subtag in _ELIDING and like[max(0, start - 1) : start] == "'"
        if not is_elided and not _is_edge(like, start):
            return None
        for ending in self._endings:
            after = end + len(ending.written)
            follows = like[end:after]
            # Capitals of a headline go through to its endings.
            is_same = follows == ending.written or (follows == ending.written.upper() and like[start:end].isupper())
            if is_same and ending.fits(like[start:end]) and _is_edge(like, after):
                said = entry.said + ending.said if entry.said else text[start:after]
                return Match(start, after, said, entry.ipa and ending.sound(entry.ipa))
        return Match(start, end, entry.said or text[start:end], entry.ipa) if _is_edge(like, end) else None


def _is_edge(like: str, place: int) -> bool:
    """Return whether a word may end and another begin between two characters: not in "O'Neill", "3.5" or before an
    accent."""
    if place <= 0 or place >= len(like):
        return True
    before, after = like[place - 1], like[place]
    if _IS_UNSPACED.match(before) or _IS_UNSPACED.match(after):
        return unicodedata.category(after)[0] != "M"
    if _is_of_word(before) and _is_of_word(after):
        return False
    ahead, beyond = like[place + 1 : place + 2], like[max(0, place - 2) : place - 1]
    return not _joins(before, after, ahead) and not _joins(beyond, before, after)


def _joins(before: str, sign: str, after: str) -> bool:
    """Return whether a sign stands inside a word or number, not between two."""
    if sign == "'":
        return before.isalpha() and after.isalpha()
    return sign in ".," and before.isdigit() and after.isdigit()


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character in _JOINERS or unicodedata.category(character)[0] == "M"
