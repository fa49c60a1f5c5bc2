"""Texts as cells of braille: each phrase in its language's table, and nothing dropped.

Cells are characters of Unicode's braille patterns, with spaces between words.

What a table does not know, liblouis spells out as an escape, or leaves out: so each character is asked for first.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from audio_edition.formats.braille.liblouis import cells, translated
from audio_edition.formats.braille.tables import table_of
from audio_edition.model.characters import one_line

_FIRST, _SIX_DOTS = 0x2800, 64
_BLANK = chr(_FIRST)
_UNKNOWN = ("\ue000", "\U000f0000")
"""Characters of private use, which no table knows: what becomes of them shows what an escape looks like."""
_ESCAPE_LENGTH = 3
_LIKE = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "…": "...", "•": "-", "·": ".", "×": "x",
}  # fmt: skip
"""What stands for a character that a table does not know."""
_HYPHEN, _HYPHEN_CELL = "-", "⠤"
"""Dots 36, in every code; some tables do not know it."""
_SCRIPTS = {
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "HANGUL": "ko", "CJK": "zh",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "LATIN": "en",
}  # fmt: skip
"""The language whose braille writes letters of another script, where nothing says which it is."""
_WORD = "ab"
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_NOT_SEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f\ufeff]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells, and at which of them each character of the text begins; the end of both stands last."""

    written: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Transcriber:
    """Writes in one grade; phrases in a language other than `main` are written uncontracted."""

    main: str
    grade: int

    def cells(self, text: str, language: str = "") -> str:
        """Return a text on one line in braille, with spaces between words. Raises MissingTool, PublishError."""
        return self.placed(text, (), language)[0]

    def behind_a_word(self, signs: str) -> str:
        """Return signs as they stand between words: alone, some are written as if they were words."""
        written, (start, end) = self.placed(f"{_WORD}{signs}{_WORD}", (len(_WORD), len(_WORD) + len(signs)))
        return written[start:end]

    def placed(self, text: str, edges: Iterable[int], language: str = "") -> tuple[str, list[int]]:
        """Return a text in braille, and where in it each of the edges between its characters is. Raises MissingTool,
        PublishError."""
        found = _joined(self._runs(self._table(language), _plain(text)))
        return found.written, [found.places[min(len(_plain(text[:edge])), len(found.places) - 1)] for edge in edges]

    def _table(self, language: str) -> str:
        same = not language or is_same_language(language, self.main)
        return table_of(language or self.main, self.grade if same else 1) or table_of(self.main, self.grade)

    def _runs(self, table: str, text: str) -> Iterator[Cells]:
        """Yield the cells of runs of characters that the table knows, and of what stands for others."""
        for is_known, run in groupby(text, lambda character: _knows(table, character)):
            if is_known:
                yield _translated(table, "".join(run))
            else:
                for script, part in groupby(run, _script):
                    yield from _instead(table, script, "".join(part))


def _joined(parts: Iterable[Cells]) -> Cells:
    written, places = "", list[int]()
    for part in parts:
        places += (len(written) + place for place in part.places[:-1])
        written += part.written
    return Cells(written, (*places, len(written)))


def is_same_language(one: str, other: str) -> bool:
    """Return whether two tags are of one language, whatever else they say."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def _plain(text: str) -> str:
    """Return a text with single spaces, without characters that nobody sees."""
    seen = _NOT_SEEN.sub("", unicodedata.normalize("NFC", one_line(text)))
    return _SPACES.sub(" ", _APOSTROPHE.sub("'", seen))


def _translated(table: str, text: str) -> Cells:
    """Return the cells of known characters; spaces at the ends stay, as a phrase may begin or end there."""
    inner = text.strip(" ")
    if not inner:
        return Cells(text[:1], (*(0 for _ in text), len(text[:1])))
    before, behind = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    found, places = translated(table, inner)
    written = found.replace(_BLANK, " ").strip(" ")
    moved = before - (len(found) - len(found.lstrip(_BLANK)))
    end = before + len(written)
    inside = (min(max(place + moved, before), end) for place in places)
    spaced = " " * before + written + " " * behind
    return Cells(spaced, (*range(before), *inside, *range(end, end + behind + 1)))


@functools.cache
def _knows(table: str, character: str) -> bool:
    """Return whether a table writes a character in six dots, neither as what it does not know nor as a blank."""
    if character == " ":
        return True
    written = cells(table, character)
    is_braille = bool(written.strip(_BLANK)) and all(_FIRST <= ord(each) < _FIRST + _SIX_DOTS for each in written)
    return is_braille and not _is_unknown(table, character, written)


def _is_unknown(table: str, character: str, written: str) -> bool:
    """Return whether this is what a table writes for unknown characters: an escape with the number of each, or the same
    sign for all, which may be that of a question mark."""
    for unknown in _unknown(table):
        is_escape = len(unknown) > _ESCAPE_LENGTH
        if is_escape and len(written) > _ESCAPE_LENGTH and written[:_ESCAPE_LENGTH] == unknown[:_ESCAPE_LENGTH]:
            return True
        if not is_escape and not character.isascii() and written == unknown:
            return True
    return False


@functools.cache
def _unknown(table: str) -> tuple[str, ...]:
    return tuple(cells(table, unknown) for unknown in _UNKNOWN)


def _script(character: str) -> str:
    """Return the language that writes a character's script; "" where it is no letter of any of _SCRIPTS."""
    return _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")


def _instead(table: str, language: str, text: str) -> Iterator[Cells]:
    """Yield the cells of characters that a table does not know, which are of one script: in the table of that script,
    else by what is like them, else by their names."""
    other = table_of(language, 1) if language else ""
    if other and all(_knows(other, character) for character in text):
        yield _translated(other, text)
    elif raised := _raised(table, text):
        yield Cells(raised, (*(0 for _ in text), len(raised)))
    else:
        for like in (_like(table, character) for character in text):
            yield Cells(like, (0, len(like)))


def _raised(table: str, text: str) -> str:
    """Return figures that are raised behind a caret, as plain text has them; "" if they are not."""
    plain = f"^{unicodedata.normalize('NFKD', text)}".replace("−", "-")
    is_raised = all(unicodedata.decomposition(character).startswith("<super>") for character in text)
    return _translated(table, plain).written if is_raised and all(_knows(table, each) for each in plain) else ""


@functools.cache
def _like(table: str, character: str) -> str:
    if _LIKE.get(character, character) == _HYPHEN:
        return _HYPHEN_CELL
    for like in (_LIKE.get(character, ""), _without_marks(character)):
        if like and all(_knows(table, each) for each in like):
            return _translated(table, like).written
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    known = table if all(_knows(table, each) for each in f"({name})") else table_of("en", 1)
    return _translated(known, f"({name})").written


def _without_marks(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(each for each in decomposed if not unicodedata.combining(each))
