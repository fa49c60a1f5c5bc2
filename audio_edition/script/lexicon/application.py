"""Put the lexicon's words into a text as it is said, and tell where those with IPA stand.

No rule may touch a lexicon's word: while the rules run, a word that means nothing stands in its place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audio_edition.model import Pronunciation, Role
from audio_edition.script.lexicon.homographs import sounds
from audio_edition.script.lexicon.matching import Match, Matcher
from audio_edition.script.normalisation import by_rules, spoken_form
from audio_edition.script.normalisation.characters import harmless
from audio_edition.script.normalisation.long_words import in_pieces

_SYLLABLES = ("ba", "de", "fo", "gu", "ka", "le", "mo", "nu", "pa", "re", "so", "tu", "va", "ze")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as the engine gets it, with the pronunciations of words in it, in order."""

    text: str
    pronunciations: tuple[Pronunciation, ...] = ()


def said_with(matcher: Matcher, text: str, role: Role, language: str) -> Spoken:
    """Return the text as it will be said, with the lexicon's words."""
    clean = harmless(text)
    matches = _with_sounds(matcher.matches(clean), sounds(clean, language))
    while matches:
        stand_ins = list(itertools.islice(_stand_ins(clean), len(matches)))
        ruled = by_rules(_replaced(clean, matches, stand_ins), role, language)
        left = [match for match, word in zip(matches, stand_ins, strict=True) if word in ruled.casefold()]
        if len(left) == len(matches):
            return _in_pieces(_with_words(ruled, dict(zip(stand_ins, matches, strict=True))))
        # A rule swallowed the others, or the address that they are in.
        matches = left
    return Spoken(spoken_form(text, role, language))


def _with_sounds(matches: Sequence[Match], homographs: Iterable[Match]) -> list[Match]:
    """Return the lexicon's words and, where it has none, those that sound otherwise than they look."""
    free = [
        each for each in homographs if not any(match.start < each.end and each.start < match.end for match in matches)
    ]
    return sorted([*matches, *free], key=lambda match: match.start)


def _stand_ins(text: str) -> Iterator[str]:
    """Yield words without meaning, which rules take for ordinary ones and the text has not."""
    folded = text.casefold()
    for syllables in itertools.product(_SYLLABLES, repeat=3):
        word = "qux" + "".join(syllables)
        if word not in folded:
            yield word


def _replaced(text: str, matches: Sequence[Match], stand_ins: Sequence[str]) -> str:
    pieces, done = [], 0
    for match, word in zip(matches, stand_ins, strict=True):
        is_small = text[match.start : match.end].islower()
        pieces += [text[done : match.start], word if is_small else word.capitalize()]
        done = match.end
    return "".join([*pieces, text[done:]])


def _with_words(ruled: str, matches: dict[str, Match]) -> Spoken:
    """Return the text with the lexicon's words for their stand-ins."""
    text, done = "", 0
    pronunciations = []
    for found in re.finditer("|".join(matches), ruled, re.IGNORECASE):
        match = matches[found[0].casefold()]
        text += ruled[done : found.start()]
        start = len(text)
        text += harmless(match.said)
        if match.ipa:
            pronunciations.append(Pronunciation(start, len(text), match.ipa))
        done = found.end()
    return Spoken(text + ruled[done:], tuple(pronunciations))


def _in_pieces(spoken: Spoken) -> Spoken:
    """Spaces in what is too long for an engine, and the pronunciations moved with their words."""
    text = in_pieces(spoken.text)
    if text == spoken.text:
        return spoken
    places, place = [], 0
    for character in spoken.text:
        while text[place] != character:
            place += 1
        places.append(place)
        place += 1
    moved = (replace(part, start=places[part.start], end=places[part.end - 1] + 1) for part in spoken.pronunciations)
    return Spoken(text, tuple(moved))
