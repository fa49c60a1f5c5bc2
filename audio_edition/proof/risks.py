"""Find the words of a script that its voices may mispronounce, each once.

An engine does not know what it does not know: eSpeak NG's own dictionary holds little more than exceptions to its
rules, and lacks two of three words of an article that it pronounces correctly. So words are looked up in a word list of
their language.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audio_edition.model import Pronunciation, Script, Utterance, Voice
from audio_edition.script.lexicon.homographs import HOMOGRAPHS, is_sure
from audio_edition.script.normalisation.roman_numerals import NUMERAL
from audio_edition.script.writing_system import WRITING_SYSTEMS
from audio_edition.speak.cast import Cast
from audio_edition.speak.engine import Engine
from audio_edition.speak.voices import share_voices

Kind = Literal["name", "unknown word", "homograph", "initialism", "foreign word", "figures", "symbols"]
KINDS: tuple[Kind, ...] = (
    "name", "unknown word", "homograph", "initialism", "foreign word", "figures", "symbols",
)  # fmt: skip

_BY_RULE: tuple[Kind, ...] = ("initialism", "figures", "symbols")
"""What the rules of the spoken form say otherwise than it is written, or not: an editor wants to see both."""
_Found = tuple["_Saying", Kind, tuple[int, int]]
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_])?")
_ROMAN_NUMERAL = re.compile(NUMERAL)
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:[,.]\d{3})*")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_EDGES = "\"'“”„‘’‚«»‹›()[]{}<>,;:!?¡¿….—–-‐‑、。，！？；：「」『』（）"
_SIGNS = frozenset("@#&%/\\_*")
_LONGEST_INITIALISM = 6
_LISTED_AS = {"bs": "hbs", "fil": "tl", "hr": "hbs", "no": "nb", "sr": "hbs"}
"""Where the word lists call a language otherwise than BCP 47."""
_SHORTEST_UNKNOWN = 4
"""Letters of a word in small letters: shorter ones are endings, particles, and what word lists forget."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A word that may be said wrong, where it first stands. `said` is its spoken form, `phonemes` what the engine makes
    of it (IPA; empty where it can't tell), `lexicon_line` the line to mend and put into a lexicon (empty where no line
    can name it, or would name other words too), `places` how often it stands in the script."""

    word: str
    kind: Kind
    said: str
    phonemes: str
    lexicon_line: str
    utterance: Utterance
    places: int = 1


def risks(script: Script, cast: Cast) -> tuple[Risk, ...]:
    """Return the words at risk by kind, each in the order of their first occurrence."""
    found: dict[tuple[Kind, str, str], Risk] = {}
    for utterance in script.utterances:
        narrator = cast.synthetic_of(utterance)
        for saying, kind, place in _at_risk(utterance, script.language, narrator.voice):
            key = kind, utterance.text[slice(*place)], saying.said(*place)
            if known := found.get(key):
                found[key] = replace(known, places=known.places + 1)
            else:
                found[key] = _risk(saying, kind, place, narrator.engine, narrator.voice)
    return tuple(sorted(found.values(), key=lambda risk: KINDS.index(risk.kind)))


def has_word_list(language: str) -> bool:
    """Whether unknown words of a language (a BCP 47 tag) can be told."""
    return _known("a", language.partition("-")[0].lower()) is not None


def _at_risk(utterance: Utterance, main_language: str, voice: Voice) -> Iterator[_Found]:
    """Yield the words at risk in one utterance."""
    language = (utterance.language or main_language).partition("-")[0].lower()
    is_foreign = bool(utterance.language) and not share_voices(voice.language, language)
    in_capitals = _is_in_capitals(utterance.text)
    saying = _Saying.of(utterance)
    for token in _TOKEN.finditer(utterance.text):
        for kind, start, end in _of_token(token, language, is_foreign, in_capitals):
            sure = _sure_kind(kind, saying, start, end, language)
            if sure in _BY_RULE or (sure and not saying.is_decided(start, end)):
                yield saying, sure, (start, end)


def _sure_kind(kind: Kind, saying: _Saying, start: int, end: int, language: str) -> Kind | None:
    """Return the kind, corrected by the spoken form, which knows that "SOFIA" in a dateline is a name and "212" a
    number."""
    written, said = saying.utterance.text[start:end], saying.said(start, end)
    if kind == "initialism" and said != written and said.lower() == written.lower():
        return "name" if _known(said, language) is False else None
    if kind == "figures" and said == written and _PLAIN_NUMBER.fullmatch(written):
        return None
    return kind


def _of_token(
    token: re.Match[str], language: str, is_foreign: bool, in_capitals: bool
) -> Iterator[tuple[Kind, int, int]]:
    start, end = _without_edges(token)
    text = token.string[start:end]
    if not text:
        return
    if any(unicodedata.category(character)[0] == "N" for character in text):
        yield "figures", start, end
    elif any(character in _SIGNS or unicodedata.category(character)[0] == "S" for character in text):
        yield "symbols", start, end
    elif _DOTTED.fullmatch(text):
        yield "initialism", start, end
    else:
        for match in _WORD.finditer(token.string, start, end):
            if kind := _of_word(match, language, is_foreign, in_capitals):
                yield kind, match.start(), match.end()


def _of_word(match: re.Match[str], language: str, is_foreign: bool, in_capitals: bool) -> Kind | None:
    word = _POSSESSIVE.sub("", match[0])
    if _is_of_other_writing(word, language):
        return "foreign word"
    if len(word) > 1 and word.isupper() and word.isascii() and len(word) <= _LONGEST_INITIALISM and not in_capitals:
        return "figures" if _ROMAN_NUMERAL.fullmatch(word) else "initialism"
    if is_foreign:
        return "foreign word"
    if language == "en" and word.lower() in HOMOGRAPHS:
        return None if is_sure(match.string, *match.span()) else "homograph"
    is_name = word[:1].isupper()
    if (is_name or len(word) >= _SHORTEST_UNKNOWN) and _known(word, language) is False:
        return "name" if is_name else "unknown word"
    return None


def _without_edges(token: re.Match[str]) -> tuple[int, int]:
    """Return the place of a token without punctuation around it, but with the full stops of "U.S."."""
    text, start = token[0], token.start()
    end = token.end() - (len(text) - len(text.rstrip(_EDGES)))
    start += len(text) - len(text.lstrip(_EDGES))
    if end < token.end() and token.string[end] == "." and "." in token.string[start:end]:
        end += 1
    return start, max(start, end)


def _is_in_capitals(text: str) -> bool:
    words = [match[0] for match in _WORD.finditer(text) if len(match[0]) > 1]
    return 2 * sum(map(str.isupper, words)) > len(words)


def _is_of_other_writing(word: str, language: str) -> bool:
    systems = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return not systems <= WRITING_SYSTEMS.get(language, {"LATIN"})


@functools.cache
def _known(word: str, language: str) -> bool | None:
    """Whether a list of words of the language has the word; None where there is no list."""
    import simplemma

    language = _LISTED_AS.get(language, language)

    try:
        # "he'll" and "l'hiver" are no entries of a list, "he" and "hiver" are.
        parts = re.split("['’]", word) if word[:1].islower() else [word]
        forms = {word, parts[0], parts[-1], word.lower(), word.capitalize()}
        return any(simplemma.is_known(form, lang=language) for form in forms)
    except ValueError:
        return None


# --- how it will be said


@dataclass(frozen=True, slots=True)
class _Saying:
    """Which characters of an utterance's spoken form say which of its text."""

    utterance: Utterance
    spans: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, utterance: Utterance) -> _Saying:
        spans = tuple(match.span() for match in _TOKEN.finditer(utterance.spoken))
        return cls(utterance, spans, tuple(utterance.as_written(spans)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the spoken form of what says this part of the text, without what is said around it."""
        spoken, text = self.utterance.spoken, self.utterance.text
        own = [span for span, (a, b) in zip(self.spans, self.places, strict=True) if a < end and start < b]
        said_from, said_to = (own[0][0], own[-1][1]) if own else (0, 0)
        as_it_stands = spoken.find(text[start:end], said_from, said_to)
        if as_it_stands >= 0:
            return as_it_stands, as_it_stands + end - start
        # "US" of "US-backed" is "U-S" of "U-S-backed".
        rest = text[end:].partition(" ")[0]
        if rest and spoken.endswith(rest, said_from, said_to):
            said_to -= len(rest)
        said = spoken[said_from:said_to]
        return said_to - len(said.lstrip(_EDGES)), said_from + len(said.rstrip(_EDGES))

    def said(self, start: int, end: int) -> str:
        return self.utterance.spoken[slice(*self.span(start, end))]

    def is_decided(self, start: int, end: int) -> bool:
        """Whether a lexicon, or somebody who edited the script, said already how these characters sound."""
        if self.said(start, end).lower() != self.utterance.text[start:end].lower():
            return True
        said_from, said_to = self.span(start, end)
        return any(part.start < said_to and said_from < part.end for part in self.utterance.pronunciations)


def _risk(saying: _Saying, kind: Kind, place: tuple[int, int], engine: Engine, voice: Voice) -> Risk:
    utterance = saying.utterance
    start, end = saying.span(*place)
    said = utterance.spoken[start:end]
    pronunciations = tuple(
        Pronunciation(part.start - start, part.end - start, part.ipa)
        for part in utterance.pronunciations
        if start <= part.start and part.end <= end
    )
    phonemes = engine.phonemes(said, voice, pronunciations) if said else ""
    word = utterance.text[slice(*place)]
    return Risk(word, kind, said, phonemes, _lexicon_line(word, kind, said, phonemes), utterance)


def _lexicon_line(word: str, kind: Kind, said: str, phonemes: str) -> str:
    """Return the lexicon line to edit: letters for what is spelled or counted, else the sounds."""
    if kind == "homograph" or word.startswith(("#", "[")) or "=" in word or "#" in said or "/" in said:
        return ""
    if phonemes and kind in ("name", "unknown word", "foreign word"):
        return f"{word} = /{' '.join(phonemes.split())}/"
    return f"{word} = {said or word}"
