"""Tell the value of a numeral in Roman letters. eSpeak NG says "fourteen roman", or the letters."""

from __future__ import annotations

from audio_edition.script.normalisation.rules import CAPITAL, SPACE

NUMERAL = r"(?:XX?X?(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})"
"""A numeral from 1 to 39: kings, popes, centuries and world wars go no further."""
SEVERAL_LETTERS = rf"(?=[IVX]{{2}}){NUMERAL}"
"""The same, of two letters or more: one alone is a letter as often as a numeral."""

NOT_AN_INITIAL = rf"(?!\w|\.{SPACE}?{CAPITAL})"
"""What must follow the numeral of a ruler: "Jean V", not "Jean V. Dupont"."""

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def value(numeral: str) -> int:
    """Return the value of a numeral below 400."""
    figures = [_VALUES[letter] for letter in numeral]
    following = [*figures[1:], 0]
    return sum(-figure if figure < after else figure for figure, after in zip(figures, following, strict=True))


def ordinal(numeral: str, ordinals: tuple[str, ...], *, feminine: bool = False) -> str:
    """Return the ordinal of a numeral as Romance languages give it to kings and wars; beyond the ordinals the numeral,
    which their voices count."""
    number = value(numeral)
    if number > len(ordinals):
        return numeral
    said = ordinals[number - 1]
    return f"{said[:-1]}a" if feminine else said
