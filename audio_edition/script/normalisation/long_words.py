"""Put spaces into runs of characters that are too long for an engine, in any language.

eSpeak NG drops the rest of a run without a space after some 180 bytes, of figures after 60 characters, without a sign.
No word that is said has 50 letters: a longer run is an address, a list without spaces, or writing that has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 50
LONGEST_UNSPACED = 60
"""Characters of a run that is left whole; the second is for Chinese and Japanese."""
LONGEST_BYTES = 180

_RUN = re.compile(r"\S+")
_MAY_BE_TOO_LONG = re.compile(rf"\S{{{LONGEST_BYTES // 4}}}")
"""Characters have at most 4 bytes."""
_JOINER = "\u200d"
_CHINESE_OR_JAPANESE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff]")
# Thai, Lao, Burmese and Khmer have no spaces either; eSpeak NG takes as much of them as comes.
_SOUTH_EAST_ASIAN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]*")


def in_pieces(text: str) -> str:
    """Return the text with spaces in runs that are too long, after punctuation where there is some."""
    if not _MAY_BE_TOO_LONG.search(text):
        return text
    return _RUN.sub(lambda run: " ".join(_pieces(run[0])), text)


def _pieces(run: str) -> Iterator[str]:
    longest = LONGEST_UNSPACED if _CHINESE_OR_JAPANESE.search(run) else LONGEST
    too_long = len(run) > longest or len(run.encode("utf-8", "replace")) > LONGEST_BYTES
    if not too_long or _SOUTH_EAST_ASIAN.fullmatch(run):
        yield run
        return
    start, piece = 0, longest // 2
    while len(run) - start > piece:
        end = _cut(run, start, piece)
        yield run[start:end]
        start = end
    if start < len(run):
        yield run[start:]


def _cut(run: str, start: int, piece: int) -> int:
    """Behind the last punctuation within a piece, else behind the piece and the accents that belong to its end."""
    for end in range(start + piece, start + piece // 3, -1):
        if unicodedata.category(run[end - 1])[0] == "P" and run[end - 1] not in "'’" and run[end : end + 1].isalnum():
            return end
    end = start + piece
    while end < len(run) and (unicodedata.category(run[end])[0] == "M" or _JOINER in run[end - 1 : end + 1]):
        end += 1
    return end
