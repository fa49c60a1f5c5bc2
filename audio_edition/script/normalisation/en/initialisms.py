"""Join initials by hyphens, so that an engine spells them: "I-S", "N-G-O's".

Spaces or full stops make eSpeak NG say "uh F P" or pause; it says "NGOs" as "un-go". An A that is not first is "uh"
between hyphens and right in "U.A.E" (1.51, 1.52), so there stand full stops, none at the end.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.capitals import ACRONYMS, SHORT_WORDS, SPELLED, SPELLED_WORDS, TITLES
from audio_edition.script.normalisation.en.full_stops import NEW_SENTENCE, goes_on
from audio_edition.script.normalisation.roman_numerals import NUMERAL
from audio_edition.script.tables import words

SAID_AFTER = {"IS": words("he she it there")}
SAID_BEFORE = {"IT": words("is was has had will would can could may might must should did does")}
"""Words beside which an entry of SPELLED_WORDS is a word even in a sentence of small letters."""

_ADDRESS_OR_WORD = re.compile(r"(?:https?://|www\.)\S+|(?P<letters>[^\W\d_]+)(?P<ending>['’][^\W\d_]+)?")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W+$")
_WORD_AFTER = re.compile(r"\W+([^\W\d_]+)")
_DOTTED = re.compile(
    r"(?<![^\W_])(?P<letters>(?:[A-Z]\.){2,}(?:[A-Z](?![^\W_]))?|[A-Z]\.[A-Z](?![^\W_]))(?P<plural>['’]?s\b)?"
)
_NAME_INITIAL = re.compile(rf"(?<![^\W_.])([B-Z])\.(?=\s(?!{NEW_SENTENCE})[A-Z][a-z.])")
_TWO_CAPITALS = re.compile("[A-Z]{2}")
_ROMAN_NUMERAL = re.compile(NUMERAL)
_UNSAYABLE = re.compile(r"[AEIOUY][^AEIOUY]{2}[^AEIOUYHS]")
_SIGNS_BESIDE = frozenset("0123456789_&@#$")
_AFTER_STOP = re.compile(r"[^\W_][.'’]")


def as_letters(text: str) -> str:
    """Return the text with its initialisms spelled, and without the full stops of initials that would sound like an
    end."""
    text = _NAME_INITIAL.sub(r"\1", _DOTTED.sub(_dotted, text))
    if not _TWO_CAPITALS.search(text):
        return text
    in_capitals = _is_in_capitals(text)
    return _ADDRESS_OR_WORD.sub(lambda word: _as_said(word, in_capitals), text)


def spelled(letters: str) -> str:
    """Return the letters, joined so that each is said by its name."""
    return ("." if "A" in letters[1:] else "-").join(letters)


def _dotted(match: re.Match[str]) -> str:
    letters = match["letters"].replace(".", "")
    if match["plural"]:
        return spelled(letters) + "'s"
    ends_sentence = match[0].endswith(".") and not goes_on(match.string, match.end())
    return spelled(letters) + "." * ends_sentence


def _as_said(match: re.Match[str], in_capitals: bool) -> str:
    letters, ending = match["letters"], match["ending"] or ""
    if letters is None or ending.lower() not in ("", "'s", "’s") or _is_part_of_a_sign(match):
        return match[0]
    plural = letters.endswith("s")
    initials = letters[:-1] if plural else letters
    if len(initials) < 2 or not (initials.isascii() and initials.isupper()):
        return match[0]
    if initials in SPELLED_WORDS and not plural:
        is_spelled = not _is_word_here(match, initials, in_capitals)
    else:
        is_spelled = _is_initialism(initials, in_capitals)
    return spelled(initials) + ("'s" if plural or ending else "") if is_spelled else match[0]


def _is_part_of_a_sign(match: re.Match[str]) -> bool:
    """Return whether the word belongs to "AT&T", "H1N1", "@BBC", "US$40", "x.COM" or "O'NEILL"."""
    text, (start, end) = match.string, match.span()
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    return before[-1:] in _SIGNS_BESIDE or after in _SIGNS_BESIDE or _AFTER_STOP.fullmatch(before) is not None


def _is_in_capitals(text: str) -> bool:
    """Return whether most words, initialisms aside, are in capitals, as in headlines sent by telegraph, or "WHO IS
    IT"."""
    cased = [word for word in (match[0] for match in _WORD.finditer(text)) if word.upper() != word.lower()]
    ordinary = [word for word in cased if word.removesuffix("s") not in SPELLED and word not in ("A", "I")]
    in_capitals = sum(word.isupper() for word in ordinary)
    return 2 * in_capitals > len(ordinary) or (len(cased) > 2 and SPELLED_WORDS.issuperset(cased))


def _is_initialism(initials: str, in_capitals: bool) -> bool:
    """Return whether letters are spelled wherever they stand: by the tables, else if nobody could say them as a
    word."""
    if initials in SPELLED:
        return True
    if initials in ACRONYMS or initials in SHORT_WORDS or initials in TITLES or _ROMAN_NUMERAL.fullmatch(initials):
        return False
    if len(initials) <= 5 and not re.search("[AEIOUY]", initials):
        return True
    return not in_capitals and (len(initials) <= 3 or _UNSAYABLE.fullmatch(initials) is not None)


def _is_word_here(match: re.Match[str], initials: str, in_capitals: bool) -> bool:
    """Return whether "US", "IS", "WHO", "IT" is the word: in a sentence or phrase of capitals, or beside a telling
    word."""
    text = match.string
    before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _WORD_AFTER.match(text, match.end())
    word_before, word_after = before[1] if before else "", after[1] if after else ""
    if word_before.lower() in SAID_AFTER.get(initials, ()) or word_after.lower() in SAID_BEFORE.get(initials, ()):
        return True
    if word_before.lower() == "the" or (initials == "US" and not word_before):
        return False
    return in_capitals or _is_in_phrase_of_capitals(word_before, word_after)


def _is_in_phrase_of_capitals(word_before: str, word_after: str) -> bool:
    """Return whether the words around, where there are any, are in capitals only for emphasis: "THIS IS WAR"."""
    around = [word for word in (word_before, word_after) if word]
    return bool(around) and all(map(_is_emphatic, around))


def _is_emphatic(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word not in ACRONYMS and not _is_initialism(word, in_capitals=False)
