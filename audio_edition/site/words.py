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
    """Runs of letters and figures, small and without accents, at most LONGEST characters of each; where words are not
    parted by spaces, each character and each two that touch."""
    found: set[str] = set()
    for run in _plain(text).split():
        found.update(word[:LONGEST] for word in _SPACED_WORD.findall(run))
        for unspaced in _UNSPACED_RUN.findall(run):
            found.update(unspaced)
            found.update(one + other for one, other in pairwise(unspaced))
    return found


def shard_of(word: str) -> str:
    """The name of the part of the index that holds a word: the same for words that begin with the same two characters,
    so that all of them are found in one part (FNV-1a, 32 bits, folded to two digits)."""
    value = 0x811C9DC5
    for character in word[:2]:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return f"{(value ^ value >> 8 ^ value >> 16 ^ value >> 24) & 0xFF:02x}"


def _plain(text: str) -> str:
    """Small letters without their accents; a space for everything that is no letter and no figure."""
    return unicodedata.normalize("NFKD", text).lower().translate(_KEPT)


class _Kept(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, character: int) -> str:
        category = unicodedata.category(chr(character))
        kept = chr(character) if category[0] in "LN" else "" if category == "Mn" else " "
        return self.setdefault(character, kept)


_KEPT = _Kept({ord("ς"): "σ"})
