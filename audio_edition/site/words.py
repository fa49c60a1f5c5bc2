"""The words under which a text is found. `search.js` takes a question apart in the same way; a test compares them."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

LONGEST = 40
SHARDS = 256

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana, Han: writing without spaces between words."""
_SPACED_WORD = re.compile(rf"[^{_UNSPACED}]+")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")


def words(text: str) -> set[str]:
    """Return the runs of letters and digits in lower case without accents, at most LONGEST characters of each; in
    scripts without spaces, each character and each pair of neighbours."""
    found: set[str] = set()
    for run in _plain(text).split():
        found.update(word[:LONGEST] for word in _SPACED_WORD.findall(run))
        for unspaced in _UNSPACED_RUN.findall(run):
            found.update(unspaced)
            found.update(one + other for one, other in pairwise(unspaced))
    return found


def shard_of(word: str) -> str:
    """Return the name of the index file for a word: the same for words with the same first two characters, so that a
    prefix is found in one file (FNV-1a, 32 bits, folded to two digits)."""
    value = 0x811C9DC5
    for character in word[:2]:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return f"{(value ^ value >> 8 ^ value >> 16 ^ value >> 24) & 0xFF:02x}"


def _plain(text: str) -> str:
    """Return the text in lower case without accents, with a space for everything that is neither letter nor digit."""
    return unicodedata.normalize("NFKD", text).lower().translate(_KEPT)


class _Kept(dict[int, str]):
    """Maps each character to its replacement, computed at first use."""

    def __missing__(self, character: int) -> str:
        category = unicodedata.category(chr(character))
        kept = chr(character) if category[0] in "LN" else "" if category == "Mn" else " "
        return self.setdefault(character, kept)


_KEPT = _Kept({ord("ς"): "σ"})
