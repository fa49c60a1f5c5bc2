"""Braille ASCII: a character of the keyboard for each cell of six dots (the North American code)."""

from __future__ import annotations

_ORDER = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""In the order of Unicode's patterns."""
_CODE = {0x2800 + number: character for number, character in enumerate(_ORDER)}


def in_ascii(cells: str) -> str:
    """Return cells, given as Unicode's patterns and spaces, in braille ASCII."""
    return cells.translate(_CODE)
