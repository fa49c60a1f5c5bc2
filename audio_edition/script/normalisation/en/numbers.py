"""How numbers are written in English, as parts of patterns, and how two digits, a place in a row and a year are said.

Engines read plain numbers right, so rules leave them in figures. Words are written only where an engine goes wrong.
"""

from __future__ import annotations

NUMBER = r"(?:\d{1,3}+(?:,\d{3}(?!\d))++(?:\.\d++)?|\d++(?:\.\d++)?)"
"""A whole or decimal number, with or without commas. Possessive: a number is never cut short to make a rule fit."""

START = r"(?<![\w.,/:@#$£€¥₹+\-–−])(?<![^\W_]['’])"
"""Before a number that stands for itself, and is no part of a code, an address, a date or another number."""

UP_TO = r"(?:[ \u00a0]?[-–][ \u00a0]?)"
"""Between the two ends of a range."""

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def cardinal(number: int) -> str:
    """Return a number from 0 to 99 in words."""
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def ordinal(number: int) -> str:
    """Its place in a row: "third", "twenty-first"."""
    words, _, last = cardinal(number).rpartition("-")
    if last.endswith("y"):
        return last[:-1] + "ieth"
    return (f"{words}-" if words else "") + _ORDINALS.get(last, f"{last}th")


def year(number: int) -> str:
    """Return a year as it is said; in figures where that is how engines say it: 2000 to 2009, and before 1010."""
    century, rest = divmod(number, 100)
    if not 1010 <= number < 2100 or (century == 20 and rest < 10):
        return str(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' * (rest < 10)}{cardinal(rest)}"


def plural(word: str) -> str:
    """Return the plural of a number word: "nineties", "hundreds"."""
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def whole(number: str) -> int:
    """Return the value of NUMBER without its decimals."""
    return int(number.replace(",", "").partition(".")[0][:20])
