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
_IBAN = r"(?:(?<=\bIBAN)|(?<=\bBIC)):?[ \u00a0](?P<number>[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z\d]{1,4}){3,8})(?!\w)"
_CALLED = r"(?i:tel|tél|telefon|telefono|teléfono|telefone|telefoon|telefonu|téléphone|tlf|tfno|fax|mobil|hotline)"
_BEHIND_WORD = (
    rf"(?<!\w)(?P<word>{_CALLED}\.?:?[ \u00a0](?:(?:n\.?º|nr\.?|nº|no\.?|unter|au|al)[ \u00a0])?)"
    rf"(?P<number>(?=(?:(?:{_APART})?\d){{6,13}}(?!\w|[.,]\d|{_APART}\d))[1-9]\d{{0,4}}(?:{_APART}\d{{2,6}}){{1,5}})"
)
TRUNK_NOUGHT = re.compile(r"(?<=\d)[ \u00a0]?\(0\)[ \u00a0]?")
"""What is not dialled behind a country's code: "+44 (0)161"."""

_PIECE = re.compile(r"[A-Z]+|\d+")
_GROUP = re.compile(r"[\dX]+")
_TOGETHER = 2


def identifiers() -> Rule:
    """Return the rule for ISBN, ISSN and IBAN, which is the same in all languages."""
    return in_order(
        replacing(_IDENTIFIER, lambda match: f" {_apart(match['number'])}"),
        replacing(_IBAN, lambda match: f" {', '.join(map(_spelled, match['number'].split()))}"),
    )


def _spelled(group: str) -> str:
    """Return letters and figures by their names: "GB29" as "G-B 2 9"."""
    return " ".join(("-" if piece.isalpha() else " ").join(piece) for piece in _PIECE.findall(group))


def _apart(number: str, *, by_twos: bool = False) -> str:
    return ", ".join(
        group if by_twos and len(group) <= _TOGETHER else " ".join(group) for group in _GROUP.findall(number)
    )


def one_by_one(plus: str, *, by_twos: bool = False) -> Rule:
    """Return the rule for a language with its word for "+"; `by_twos` where groups of two are numbers ("01 42 68")."""

    def number(match: re.Match[str]) -> str:
        if by_twos and not match[0].startswith("+") and max(map(len, _GROUP.findall(match[0]))) <= _TOGETHER:
            return match[0]
        if match[0].startswith("+"):
            return f"{plus} {_apart(TRUNK_NOUGHT.sub(' ', match[0]), by_twos=by_twos)}"
        return _apart(match[0], by_twos=by_twos)

    def behind_word(match: re.Match[str]) -> str:
        groups = _GROUP.findall(match["number"])
        by_numbers = by_twos and max(map(len, groups)) <= _TOGETHER
        return match["word"] + (match["number"] if by_numbers else _apart(match["number"], by_twos=by_twos))

    return in_order(
        identifiers(), replacing(f"{_INTERNATIONAL}|{_NATIONAL}", number), replacing(_BEHIND_WORD, behind_word)
    )
