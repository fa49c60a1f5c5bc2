"""Texts as cells of braille ASCII: each phrase in its language's table, and nothing dropped.

What a table does not know, liblouis spells out as an escape, or leaves out: so each character is asked for first.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from audio_edition.formats.braille.liblouis import cells
from audio_edition.formats.braille.tables import table_of

_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""Braille ASCII (the North American code) in the order of Unicode's patterns."""
_FIRST = 0x2800
_BLANK = chr(_FIRST)
_UNKNOWN = ("\ue000", "\U000f0000")
"""Characters of private use, which no table knows: what becomes of them shows what an escape looks like."""
_ESCAPE_LENGTH = 3
_LIKE = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "…": "...", "•": "-", "·": ".", "×": "x",
}  # fmt: skip
"""What stands for a character that a table does not know."""
_HYPHEN = "-"
"""Dots 36, in every code; some tables do not know it."""
_SCRIPTS = {
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "HANGUL": "ko", "CJK": "zh",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "LATIN": "en",
}  # fmt: skip
"""The language whose braille writes letters of another script, where nothing says which it is."""
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_NOT_SEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f\ufeff]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Transcriber:
    """Writes in one grade; phrases in a language other than `main` are written uncontracted."""

    main: str
    grade: int

    def cells(self, text: str, language: str = "") -> str:
        """Return a text on one line as braille ASCII, with spaces between words. Raises MissingTool, PublishError."""
        same = not language or _primary(language) == _primary(self.main)
        table = table_of(language or self.main, self.grade if same else 1) or table_of(self.main, self.grade)
        return "".join(self._runs(table, _plain(text)))

    def _runs(self, table: str, text: str) -> Iterator[str]:
        """Yield the cells of runs of characters that the table knows, and of what stands for others."""
        for is_known, run in groupby(text, lambda character: _knows(table, character)):
            if is_known:
                yield _translated(table, "".join(run))
            else:
                yield from (_instead(table, script, "".join(part)) for script, part in groupby(run, _script))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _plain(text: str) -> str:
    """Return a text with single spaces, without characters that nobody sees."""
    return _SPACES.sub(" ", _APOSTROPHE.sub("'", _NOT_SEEN.sub("", unicodedata.normalize("NFC", text))))


def _translated(table: str, text: str) -> str:
    """Return the cells of known characters; spaces at the ends stay, as a phrase may begin or end there."""
    inner = text.strip(" ")
    if not inner:
        return text[:1]
    before, behind = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return before + _in_ascii(cells(table, inner)).strip(" ") + behind


def _in_ascii(patterns: str) -> str:
    return "".join(_ASCII[ord(each) - _FIRST] for each in patterns)


@functools.cache
def _knows(table: str, character: str) -> bool:
    """Return whether a table writes a character in six dots, neither as what it does not know nor as a blank."""
    if character == " ":
        return True
    written = cells(table, character)
    is_braille = bool(written.strip(_BLANK)) and all(_FIRST <= ord(each) < _FIRST + len(_ASCII) for each in written)
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


def _instead(table: str, language: str, text: str) -> str:
    """Return the cells of characters that a table does not know, which are of one script: in the table of that script,
    else by what is like them, else by their names."""
    other = table_of(language, 1) if language else ""
    if other and all(_knows(other, character) for character in text):
        return _translated(other, text)
    if raised := _raised(table, text):
        return raised
    return "".join(_like(table, character) for character in text)


def _raised(table: str, text: str) -> str:
    """Return figures that are raised behind a caret, as plain text has them; "" if they are not."""
    plain = f"^{unicodedata.normalize('NFKD', text)}".replace("−", "-")
    is_raised = all(unicodedata.decomposition(character).startswith("<super>") for character in text)
    return _translated(table, plain) if is_raised and all(_knows(table, each) for each in plain) else ""


@functools.cache
def _like(table: str, character: str) -> str:
    if _LIKE.get(character, character) == _HYPHEN:
        return _HYPHEN
    for like in (_LIKE.get(character, ""), _without_marks(character)):
        if like and all(_knows(table, each) for each in like):
            return _translated(table, like)
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    known = table if all(_knows(table, each) for each in f"({name})") else table_of("en", 1)
    return _translated(known, f"({name})")


def _without_marks(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(each for each in decomposed if not unicodedata.combining(each))
