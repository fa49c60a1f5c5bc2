"""What the rules of several languages are built of: patterns of figures, spaces and names, and rules in a row.

A rule is a function from text to text. Figures are matched from their first digit on, so that long ones take one look.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

Rule = Callable[[str], str]
Forms = tuple[str, ...]
"""A noun in the forms that figures ask for: one and many, in Russian one, few and many."""
Agreement = Callable[[str], int]
"""Which of a noun's forms stands after a figure as written."""

SPACE = "[ \u00a0\u2009\u202f]"
FIGURE = rf"(?<![\w.,])\d{{1,15}}(?:{SPACE}\d{{3}}(?!\d)|\.\d{{3}}(?!\d))*(?:[.,]\d{{1,9}})?"
"""A whole or decimal figure, its thousands parted by spaces or points."""
CAPITAL = "[A-ZÀ-ÖØ-ÞŒŠŽА-ЯЁ]"

AT_END = r"(?P<end>(?=[\"'”’“»)\]]*$))?"
"""What ends the text, behind an abbreviation; see full_stop."""


def full_stop(match: re.Match[str], written: str) -> str:
    """Return the full stop of an abbreviation that ends its sentence as well."""
    return "." if match["end"] is not None and written.endswith(".") else ""


def in_order(*rules: Rule) -> Rule:
    """One rule that does what the others do, one after the other."""

    def all_of_them(text: str) -> str:
        for rule in rules:
            text = rule(text)
        return text

    return all_of_them


def replacing(pattern: str, said: str | Callable[[re.Match[str]], str]) -> Rule:
    """Return a rule that writes `said` for each match; compiled when its language is first met."""
    compiled = functools.cache(lambda: re.compile(pattern))
    return lambda text: compiled().sub(said, text)


def any_of(written: Iterable[str]) -> str:
    """Return a pattern for one of some forms, the longest first; a space in them may be narrow, unbreakable or
    missing."""
    longest_first = sorted(written, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", f"{SPACE}?") for form in longest_first)


def without_spaces(written: str) -> str:
    """Return a form as a key that does not depend on its spaces."""
    return re.sub(SPACE, "", written)


def by_key(table: Mapping[str, str]) -> dict[str, str]:
    """Return a table whose keys do not depend on spaces."""
    return {without_spaces(written): said for written, said in table.items()}


def one_is_singular(figure: str) -> int:
    """One apple, two apples, 1,5 apples."""
    return 0 if figure == "1" else 1


def below_two_is_singular(figure: str) -> int:
    """In French: 1,9 pomme, deux pommes."""
    whole = re.split("[.,]", figure, maxsplit=1)[0]
    return 0 if int(re.sub(r"\D", "", whole)) < 2 and "." not in figure else 1
