"""Say English datelines and bylines as a newsreader does: "Baghuz, Syria. AFP.", "By Jane Doe".

Brackets become pauses, capitals become names, months are written out; initialisms.py then spells the agency.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.abbreviations import states_in_full
from audio_edition.script.normalisation.en.capitals import ACRONYMS, SPELLED
from audio_edition.script.normalisation.en.dates import months_in_full
from audio_edition.script.tables import words

IN_CAPITALS = (SPELLED | ACRONYMS) - words("LA SA PA DA CE EST CAR MENA SANA")
"""What keeps its capitals among names; the rest is more often part of one: LA PAZ."""

_PARTICLES = words("and da de del di do du e el en la las le les los of on sur the upon y")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ROMAN_NUMERAL = re.compile(r"[IVX]+")
_LONGEST_UNKNOWN_AGENCY = 4


def as_dateline(text: str) -> str:
    """Place, date and agency as short sentences."""
    text = states_in_full(as_names(months_in_full(text)))
    text = _BRACKET.sub(_without_bracket, text)
    text = re.sub(r"\s+—\s+", ". ", text)
    text = re.sub(r"[\s,.]*([,.])[\s,.]*", _one_stop, text)
    return text.strip(" ,.") + "."


def as_byline(text: str) -> str:
    """Return a byline with names in small letters."""
    return as_names(text)


def as_names(text: str) -> str:
    """Return the text with words in capitals as names, but for initialisms."""
    return _WORD.sub(_as_name, text)


def _as_name(match: re.Match[str]) -> str:
    word, in_brackets = match[0], match.string[match.start() - 1 : match.start()] in ("(", "[")
    if not word.isupper() or word in IN_CAPITALS or _ROMAN_NUMERAL.fullmatch(word):
        return word
    if in_brackets and len(word) <= _LONGEST_UNKNOWN_AGENCY:
        return word
    if match.start() and word.lower() in _PARTICLES:
        return word.lower()
    return word.capitalize()


def _without_bracket(match: re.Match[str]) -> str:
    """The last bracket of a dateline names the agency; one before it holds a country or region."""
    inside = match[1].strip()
    is_last = not _BRACKET.search(match.string, match.end())
    return f". {inside}. " if is_last else f", {inside}, "


def _one_stop(match: re.Match[str]) -> str:
    return ". " if "." in match[0] else ", "
