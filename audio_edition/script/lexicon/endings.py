"""Say a lexicon's word with the ending that stands behind it: "Houthis", "Xi's".

A table by language. In letters an English ending is said as 's, which leaves the word before it as it sounds alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_S_AFTER_LETTERS = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_HISSING = re.compile(r"[szʃʒɕʑ][ːʲ]*$")
_VOICELESS = re.compile(r"[ptkfθqxχcʈɸ][ːʰʲ]*$")


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending as written behind a word that ends in `behind`, and as said in letters; `hisses` takes the sound of
    English s behind the IPA, else `ipa` stands there."""

    written: str
    said: str
    behind: re.Pattern[str] | None = None
    not_behind: re.Pattern[str] | None = None
    hisses: bool = False
    ipa: str = ""

    def fits(self, word: str) -> bool:
        return (not self.behind or bool(self.behind.search(word))) and not (
            self.not_behind and self.not_behind.search(word)
        )

    def sound(self, ipa: str) -> str:
        """Return the IPA of a word with this ending."""
        return ipa + (_english_s(ipa) if self.hisses else self.ipa)


_GENITIVE_S = (Ending("s", "s", not_behind=re.compile(r"(?:s|ß|x|z)$", re.IGNORECASE), ipa="s"),)
ENDINGS: dict[str, tuple[Ending, ...]] = {
    "en": (
        Ending("'s", "'s", hisses=True),
        Ending("es", "'s", behind=_S_AFTER_LETTERS, hisses=True),
        Ending("s", "'s", not_behind=_S_AFTER_LETTERS, hisses=True),
    ),
    "de": _GENITIVE_S,
    "nl": (Ending("'s", "'s", ipa="s"), *_GENITIVE_S),
    "sv": _GENITIVE_S,
    "da": _GENITIVE_S,
    "nb": _GENITIVE_S,
    "no": _GENITIVE_S,
}
"""Endings that follow an entry, the longest first. Apostrophes are straight."""


def _english_s(ipa: str) -> str:
    if _HISSING.search(ipa):
        return "ɪz"
    return "s" if _VOICELESS.search(ipa) else "z"
