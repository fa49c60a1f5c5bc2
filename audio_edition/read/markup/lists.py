"""The mark that stands before an item of a list (https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element)."""

from __future__ import annotations

from string import ascii_lowercase

from lxml import etree

from audio_edition.read.markup.elements import is_shown, name_of

_LONGEST_NUMBER = 9
_SIGNS = ("1", "a", "A", "i", "I")
_DOTS = ("circle", "disc", "none", "square")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


class Numbering:
    """Counts the items of ordered lists while they are passed in document order."""

    def __init__(self) -> None:
        self._next: list[int | None] = []
        self._signs: list[str] = []

    def open(self, items: etree._Element) -> None:
        """A list begins."""
        sign = items.get("type", "1").strip()
        self._signs.append(sign if sign in _SIGNS else "1")
        if name_of(items) != "ol" or sign in _DOTS:
            self._next.append(None)
            return
        start = _whole(items.get("start"))
        if start is None:
            start = 1 if items.get("reversed") is None else _count(items)
        self._next.append(start)

    def close(self) -> None:
        """The list ends."""
        self._next.pop()
        self._signs.pop()

    def mark(self, item: etree._Element) -> str:
        """What stands before the item: its number or letter and a full stop; nothing where the page shows a dot."""
        if not self._next or self._next[-1] is None:
            return ""
        number = _whole(item.get("value"))
        number = self._next[-1] if number is None else number
        step = -1 if item.getparent().get("reversed") is not None else 1
        self._next[-1] = number + step
        return f"{_written(number, self._signs[-1])}. "


def _written(number: int, sign: str) -> str:
    """A number as the list writes it; letters go to z, Roman numerals to 39."""
    if sign in "aA" and 1 <= number <= len(ascii_lowercase):
        letter = ascii_lowercase[number - 1]
        return letter if sign == "a" else letter.upper()
    if sign in "iI" and 1 <= number < 40:
        tens, ones = divmod(number, 10)
        numeral = "x" * tens + _ONES[ones]
        return numeral if sign == "i" else numeral.upper()
    return str(number)


def _count(items: etree._Element) -> int:
    return sum(name_of(item) == "li" and is_shown(item) for item in items)


def _whole(said: str | None) -> int | None:
    said = (said or "").strip()
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else None
