"""Make rules from tables of a language's abbreviations that say them in full.

The full stop of an abbreviation makes eSpeak NG pause; it goes, except where it ends the sentence as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, SEVERAL_LETTERS, value
from audio_edition.script.normalisation.rules import (
    AT_END,
    CAPITAL,
    SPACE,
    Rule,
    any_of,
    by_key,
    full_stop,
    in_order,
    replacing,
    without_spaces,
)

Table = Mapping[str, str]


def abbreviations(
    anywhere: Table,
    before_name: Table | None = None,
    before_figure: Table | None = None,
    after_figure: Table | None = None,
) -> Rule:
    """Return a rule for abbreviations that mean one thing everywhere, or only beside a name or a figure."""
    return in_order(
        _numbered(before_figure or {}),
        # Behind an initial stands no title; what looks like one in "z. B. Hr. Holt" goes first.
        _in_full({form: said for form, said in anywhere.items() if form.count(".") > 1}, r"(?<![\w.])"),
        _followed(before_name or {}, rf"{SPACE}*(?={CAPITAL})", rf"(?<!{CAPITAL}\.{SPACE})"),
        _followed(before_figure or {}, rf"{SPACE}*(?=\d)"),
        _in_full(after_figure or {}, rf"(?:(?<=\d)|(?<=\d1er)|(?<=1er)){SPACE}"),
        _in_full(anywhere, r"(?<![\w.])"),
    )


def _numbered(table: Table) -> Rule:
    """Return a rule for what stands before a Roman numeral, which no initial of a name is: "cap. IV"."""
    said = by_key(_with_capitals(table))
    if not said:
        return str
    return replacing(
        rf"(?<![\w.])({any_of(_with_capitals(table))}){SPACE}({SEVERAL_LETTERS}(?!\w)|{NUMERAL}{NOT_AN_INITIAL})",
        lambda match: f"{said[without_spaces(match[1])]} {value(match[2])}",
    )


def _followed(table: Table, by: str, behind: str = "") -> Rule:
    said = by_key(_with_capitals(table))
    if not said:
        return str
    return replacing(
        rf"(?<![\w.]){behind}({any_of(_with_capitals(table))}){by}", lambda match: f"{said[without_spaces(match[1])]} "
    )


def _in_full(table: Table, place: str) -> Rule:
    said = by_key(_with_capitals(table))
    if not said:
        return str
    pattern = rf"({place})({any_of(_with_capitals(table))})(?!\w){AT_END}"

    def in_full(match: re.Match[str]) -> str:
        return f"{match[1]}{said[without_spaces(match[2])]}{full_stop(match, match[2])}"

    return replacing(pattern, in_full)


def _with_capitals(table: Table) -> dict[str, str]:
    """Return the table, and the same as it stands at the start of a sentence."""
    capitalized = {written[0].upper() + written[1:]: said[0].upper() + said[1:] for written, said in table.items()}
    return capitalized | dict(table)
