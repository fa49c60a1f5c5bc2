"""The numbers of ordered lists, as the list types of HTML write them."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from audio_edition.model.blocks import ListStyle

_LARGEST_ROMAN = 3999


def numeral(number: int, style: ListStyle) -> str:
    """Return the number of an item as its list writes it; figures where the style has no sign for the number."""
    if style in ("a", "A") and number >= 1:
        letters = ""
        while number:
            number, at = divmod(number - 1, len(ascii_lowercase))
            letters = ascii_lowercase[at] + letters
        return letters if style == "a" else letters.upper()
    if style in ("i", "I") and 1 <= number <= _LARGEST_ROMAN:
        roman = "".join(written * times for written, times in _roman(number))
        return roman if style == "i" else roman.upper()
    return str(number)


def _roman(number: int) -> Iterator[tuple[str, int]]:
    for value, written in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        times, number = divmod(number, value)
        yield written, times
