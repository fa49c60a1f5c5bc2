"""The letters of a cover: a font that has them all, and lines broken by what that font draws."""

from __future__ import annotations

import bisect
import contextlib
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from pyphen import Pyphen

MOST_LETTERS = 500
"""More than a cover has room for in the smallest size."""
MOST_PARTS = 400
"""More letters than a line has room for."""

FONTS_OF_SYSTEMS = (
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansTamil-Bold.ttf",
    "NotoSansThai-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
    "DejaVuSans-Bold.ttf",
    "FreeSansBold.ttf",
    "Lohit-Devanagari.ttf",
    "Loma-Bold.otf",
    "ipagp.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "segoeuib.ttf",
    "Nirmala.ttc",
    "NirmalaB.ttf",
    "msyhbd.ttc",
    "YuGothB.ttc",
    "malgunbd.ttf",
    "LeelaUIb.ttf",
    "PingFang.ttc",
    "Kohinoor.ttc",
    "GeezaPro.ttc",
    "ArialHB.ttc",
    "Thonburi.ttc",
    "AppleSDGothicNeo.ttc",
    "arialuni.ttf",
)
"""By file name, what Linux, Windows and macOS have beside the font that comes along (Latin, Greek, Cyrillic)."""

_HYPHENATED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
_UNSHAPED = (*_HYPHENATED, "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
_TRAILING_VOWELS = frozenset("ะาำๅๆฯະາຳໆຯ")
"""Thai and Lao vowels that stand before or behind their consonant: a line never parts them from it."""
_WORD = re.compile(r"[^\W\d_]{5,}")
_BEFORE_DOTS = " ,.;:、。，"
_SIZE_TO_COMPARE = 40
_SPACING = 1.22
_LEAST_GAP = 0.06
"""Between lines, in shares of the size of letters."""


def letters(text: str) -> str:
    """Return the text, as much as there could be room for, without emoji and what else no font of letters has."""
    kept = (
        character
        for character in text[:MOST_LETTERS]
        if unicodedata.category(character) not in ("So", "Sk", "Co", "Cn", "Cf")
    )
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size, for text in `language` that runs in `direction`."""

    font: FreeTypeFont
    direction: str
    language: str

    def width(self, text: str) -> float:
        """Return how wide the ink of the text is, or the room that it takes if that is wider."""
        direction = shaping(self.direction)
        left, _, right, _ = self.font.getbbox(text, direction=direction)
        return max(right - min(left, 0), self.font.getlength(text, direction=direction))

    def extent(self, lines: Sequence[str]) -> tuple[float, float]:
        """Return how far the ink of the lines reaches above and below the line that letters stand on."""
        boxes = [self.font.getbbox(line, anchor="ls", direction=shaping(self.direction)) for line in lines]
        return max((-box[1] for box in boxes), default=0), max((box[3] for box in boxes), default=0)

    def line_height(self, lines: Sequence[str]) -> int:
        """Return how far apart lines must be, so that their ink does not touch."""
        return round(max(_SPACING * self.font.size, sum(self.extent(lines)) + _LEAST_GAP * self.font.size))

    def words_fit(self, text: str, room: float) -> bool:
        """Return whether every word fits on a line."""
        return all(self.width(unit.rstrip()) <= room for unit in set(_units(text)))

    def lines(self, text: str, room: float, most: int) -> list[str]:
        """Return the text in lines, none of them drawn wider than `room`; of more than `most`, only the first and at
        least one more."""
        lines = [""]
        for unit in _units(text):
            if self.width(lines[-1] + unit.rstrip()) <= room:
                lines[-1] += unit
            else:
                lines += self._broken(unit, room)
            if len(lines) > most + 1:
                break
        return [line.rstrip() for line in lines if line.strip()]

    def shortened(self, text: str, room: float) -> str:
        """Return the text with dots behind it, cut so that both fit."""
        dots = "…" if has_all(self.font, "…") else "..."
        clusters = _clusters(text)
        cut = ["".join(clusters[:end]).rstrip(_BEFORE_DOTS) + dots for end in range(len(clusters) + 1)]
        fitting = bisect.bisect_right(cut, False, key=lambda line: self.width(line) > room)
        return cut[max(fitting - 1, 0)]

    def _broken(self, unit: str, room: float) -> list[str]:
        """Return a unit in lines: one if it fits, else its syllables with hyphens where they are known, else as many
        letters as each line has room for."""
        if self.width(unit.rstrip()) <= room:
            return [unit]
        syllables = _syllables(unit, self.language)
        if len(syllables) > 1 and all(self.width(f"{syllable}-") <= room for syllable in syllables):
            return self._filled(syllables, room, "-" if _takes_hyphens(unit) else "")
        return self._filled(_clusters(unit), room, "")

    def _filled(self, parts: Sequence[str], room: float, hyphen: str) -> list[str]:
        """Return lines of as many parts as fit, with a hyphen behind each line but the last."""
        lines, start = [], 0
        while start < len(parts):
            ends = range(start + 2, min(len(parts), start + MOST_PARTS) + 1)
            wide = functools.partial(self._is_wide, parts, start, room, hyphen)
            end = start + 1 + bisect.bisect_right(ends, False, key=wide)
            lines.append("".join(parts[start:end]) + hyphen * (end < len(parts)))
            start = end
        return lines

    def _is_wide(self, parts: Sequence[str], start: int, room: float, hyphen: str, end: int) -> bool:
        return self.width("".join(parts[start:end]).rstrip() + hyphen * (end < len(parts))) > room


_PLAIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ0-9"
_PLAIN_WORDS = re.compile(
    f"[{_PLAIN_LETTERS}]+(?:['’][{_PLAIN_LETTERS}]+)?[,.]?(?: [{_PLAIN_LETTERS}]+(?:['’][{_PLAIN_LETTERS}]+)?[,.]?)*"
)
"""Text that may only be broken at its spaces."""


@functools.lru_cache(maxsize=4)
def _units(text: str) -> tuple[str, ...]:
    """Return the parts behind which a line may end (UAX 14): words; Chinese and Japanese signs with what must not
    begin or end a line."""
    if _PLAIN_WORDS.fullmatch(text):
        return tuple(re.findall(r"\S+ ?", text))
    from uniseg.linebreak import line_break_units  # here: its tables take as long to load as all of the cover to draw

    return tuple(line_break_units(text))


def _clusters(text: str) -> list[str]:
    """Return what a reader sees as letters (UAX 29); Thai and Lao consonants keep their vowels."""
    from uniseg.graphemecluster import grapheme_clusters

    clusters: list[str] = []
    for cluster in grapheme_clusters(text):
        if clusters and (clusters[-1][-1] in _LEADING_VOWELS or cluster[0] in _TRAILING_VOWELS):
            clusters[-1] += cluster
        else:
            clusters.append(cluster)
    return clusters


def _syllables(unit: str, language: str) -> list[str]:
    """Return the unit, parted where its words may be hyphenated."""
    dictionary = _hyphenation(language)
    if not dictionary:
        return [unit]
    cuts = [found.start() + cut for found in _WORD.finditer(unit) for cut in dictionary.positions(found[0])]
    return [unit[start:end] for start, end in itertools.pairwise([0, *cuts, len(unit)])]


def _takes_hyphens(unit: str) -> bool:
    """Return whether a word broken at a line's end gets a hyphen; in Thai, for one, which writes no spaces, it does
    not."""
    return any(unicodedata.name(character, "").startswith(_HYPHENATED) for character in unit)


@functools.lru_cache(maxsize=4)
def _hyphenation(language: str) -> Pyphen | None:
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language) if language else None
    return Pyphen(lang=known) if known else None


# --- fonts


def face(text: str, size: int, direction: str, language: str) -> Face | None:
    """Return the first font that has every character of the text and can join them as its writing wants; None where the
    machine has none."""
    if not text or (_needs_shaping(text) and not _can_shape()):
        return None
    name = _name_for(frozenset(text), FONTS_OF_SYSTEMS)
    font = _opened(name, size) if name else None
    return Face(font, direction, language) if font else None


@functools.lru_cache(maxsize=16)
def _name_for(characters: Set[str], systems: Sequence[str]) -> str | None:
    from ttf_opensans import OPENSANS_BOLD

    opened = ((name, _opened(name, _SIZE_TO_COMPARE)) for name in (str(OPENSANS_BOLD.path), *systems))
    return next((name for name, font in opened if font and has_all(font, characters)), None)


def _opened(name: str, size: int) -> FreeTypeFont | None:
    """Return the font, in bold if it is one of many weights; None if the machine has none of this name."""
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(name, size)
    except OSError:
        return None
    with contextlib.suppress(OSError, ValueError):
        font.set_variation_by_name("Bold")
    return font


def has_all(font: FreeTypeFont, characters: Iterable[str]) -> bool:
    """Return whether the font has all of these characters."""
    # A character that a font lacks is drawn as the box that one which no font has is drawn as.
    box = _shape(font, "\U0010fffd")
    return all(_shape(font, character) != box for character in set(characters) if _is_drawn_alone(character))


def _shape(font: FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _is_drawn_alone(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZCM"


def _needs_shaping(text: str) -> bool:
    """Whether letters change with those beside them, or run from right to left."""
    letters = (character for character in text if unicodedata.category(character)[0] in "LM")
    return any(not unicodedata.name(letter, "").startswith((*_UNSHAPED, "COMBINING")) for letter in letters)


@functools.cache
def _can_shape() -> bool:
    from PIL import features

    return bool(features.check("raqm"))


def shaping(direction: str) -> str | None:
    """Return the direction as Pillow takes it; None where it can't join letters."""
    return direction if _can_shape() else None
