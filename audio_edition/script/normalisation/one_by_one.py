"""Make a rule that says figure by figure what nobody says as a number: telephone numbers, ISBN and the like.

A telephone number is one by its form: it begins with a plus, or with a nought and has seven figures in groups, or its
area stands in brackets. Groups of two are left as numbers where a language says them so.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.rules import Rule, in_order, replacing

_BETWEEN = r"[ \u00a0\u202f./\-–]{1,3}"
_APART = r"[ \u00a0\u202f/\-–]{1,3}"
_INTERNATIONAL = rf"(?<![\w+.,])\+(?=(?:[ \u00a0\u202f./()\-–]{{0,3}}\d){{8,15}}(?![\d]|{_BETWEEN}\d))\d{{1,3}}" + (
    rf"(?:(?:{_BETWEEN})?\(?\d{{1,12}}\)?){{1,7}}"
)
_NATIONAL = (
    rf"(?<![\w+.,/\-–])(?<!\d )(?=(?:[ \u00a0\u202f/()\-–]{{0,3}}\d){{7,13}}(?!\w|,? ?\d|[.\-–/]\d))"
    rf"(?:\(0?\d{{1,4}}\) ?\d{{3,8}}|0\d{{1,5}}{_APART}\d{{2,9}})(?:{_APART}\d{{2,7}}){{0,5}}"
)
_IDENTIFIER = r"(?:(?<=\bISBN)|(?<=\bISSN))(?:-1[03])?:?[ \u00a0](?P<number>\d[\d\- \u2010\u2011]{5,24}[\dX])(?!\w)"
_GROUP = re.compile(r"[\dX]+")
_TOGETHER = 2


def identifiers() -> Rule:
    """Return the rule for ISBN and ISSN, which is the same in all languages."""
    return replacing(_IDENTIFIER, lambda match: f" {_apart(match['number'])}")


def _apart(number: str, *, by_twos: bool = False) -> str:
    return ", ".join(
        group if by_twos and len(group) <= _TOGETHER else " ".join(group) for group in _GROUP.findall(number)
    )


def one_by_one(plus: str, *, by_twos: bool = False) -> Rule:
    """Return the rule for a language with its word for "+"; `by_twos` where groups of two are numbers ("01 42 68")."""

    def number(match: re.Match[str]) -> str:
        if by_twos and not match[0].startswith("+") and max(map(len, _GROUP.findall(match[0]))) <= _TOGETHER:
            return match[0]
        return f"{plus} " * match[0].startswith("+") + _apart(match[0], by_twos=by_twos)

    return in_order(identifiers(), replacing(f"{_INTERNATIONAL}|{_NATIONAL}", number))
