"""Warn of an article that is written in letters of another language than its own.

An English voice spells Arabic letter by letter or says nothing at all; better told before an hour of it is made.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from audio_edition.model import Finding
from audio_edition.script.tables import words

EXAMPLE_LANGUAGE = {
    "ARABIC": "ar", "ARMENIAN": "hy", "BENGALI": "bn", "CJK": "zh", "CYRILLIC": "ru", "DEVANAGARI": "hi",
    "ETHIOPIC": "am", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa", "HANGUL": "ko",
    "HEBREW": "he", "HIRAGANA": "ja", "KANNADA": "kn", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "LATIN": "en",
    "MALAYALAM": "ml", "MYANMAR": "my", "ORIYA": "or", "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "THAI": "th",
    "TIBETAN": "bo",
}  # fmt: skip
"""A language for each writing system, by the first word of its letters' Unicode names."""

_LANGUAGES_WRITTEN_IN = {
    "ARABIC": "ar arz fa prs ur ps sd ug ckb ku ks pnb az ms pa",
    "ARMENIAN": "hy hyw",
    "BENGALI": "bn as mni",
    "CJK": "zh cmn yue wuu hak nan lzh ja ko",
    "CYRILLIC": "ru uk be bg mk sr bs kk ky tg mn tt ba cv os ab ce av uz az tk ro sh kv sah",
    "DEVANAGARI": "hi mr ne sa kok mai bho sd ks",
    "ETHIOPIC": "am ti om",
    "GEORGIAN": "ka",
    "GREEK": "el grc",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he iw yi lad",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja ain",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my shn",
    "ORIYA": "or",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "TIBETAN": "bo dz",
}
_ALSO_IN_LATIN = words("az bs sr sh uz tk tt kk ku ms ro om mni nan hak kok lad")

WRITING_SYSTEMS = {
    language: frozenset(
        {system for system, languages in _LANGUAGES_WRITTEN_IN.items() if language in languages.split()}
        | ({"LATIN"} if language in _ALSO_IN_LATIN else set())
    )
    for language in " ".join(_LANGUAGES_WRITTEN_IN.values()).split()
}
"""The writing systems of a language; one that is not here is written in Latin letters."""


def language_mismatch(texts: Iterable[str], language: str) -> tuple[Finding, ...]:
    """Return a warning if most letters belong to a writing system that the language is not written in."""
    letters: Counter[str] = Counter()
    for text in texts:
        letters.update(text)
    systems: Counter[str] = Counter()
    for letter, count in letters.items():
        if letter.isalpha():
            systems[unicodedata.name(letter, "").partition(" ")[0]] += count
    main = max(systems, key=lambda system: (systems[system], system), default="")
    subtag = language.partition("-")[0].lower()
    if main not in EXAMPLE_LANGUAGE or main in WRITING_SYSTEMS.get(subtag, {"LATIN"}):
        return ()
    example = "ja" if main == "CJK" and systems["HIRAGANA"] else EXAMPLE_LANGUAGE[main]
    return (_mismatch(main, language, example),)


def _mismatch(system: str, language: str, example: str) -> Finding:
    name = "Chinese" if system == "CJK" else system.capitalize()
    return Finding(
        id="language-mismatch",
        level="warning",
        message=f'Most letters of the article are {name}, which the voice of its language "{language}" cannot read.',
        remedy=f"Name the language that it is written in, for example --language {example}.",
    )
