"""Make rules that say minus, ranges, scores and dates, from a language's words for the signs at figures."""

from __future__ import annotations

import re

from audio_edition.script.normalisation.rules import SPACE, Rule, replacing

_UNBREAKABLE = "[\u00a0\u2009\u202f]"
_DATE = r"(?<![\w./\-])(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/]|\.\d)"
_ISO_DATE = r"(?<![\w./\-])(?P<year>[12]\d{3})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w/\-])"
_RANGE = r"(?<![\w.,/:\-–])(?P<start>{figure})[-–](?P<end>{figure})(?![\w/\-–]|[.,:]\d)"


_SET_BEFORE = re.compile(r"(?<!\d)\d[-–]\d[,;]? $")
_SET_BEHIND = re.compile(r",? \d[-–]\d(?![\d-])")
"""Beside another pair of single figures, a pair is a set of a match: "6-4, 3-6"."""


def together(text: str) -> str:
    """Return the text with figures joined whose thousands are parted by spaces, which several voices read one by one.

    Three groups of three with common spaces are a telephone number as likely as not, and stay.
    """
    return _THOUSANDS.sub(_joined, text)


_THOUSANDS = re.compile(rf"(?<![\w.,+])(?<!\d{SPACE})\d{{1,3}}(?:{SPACE}\d{{3}})+(?!{SPACE}?\d)")


def _joined(match: re.Match[str]) -> str:
    figure = match[0]
    if " " in figure and len(figure) >= len("123 456 789"):
        return figure
    return re.sub(SPACE, "", figure)


def minus(word: str) -> Rule:
    """Return a rule for "-5 °C"; a hyphen or dash between words or figures is none."""
    return replacing(r"(?:^|(?<=[\s(«“\"]))[-−–](?=\d)", f"{word} ")


def ranges(word: str, score: str = "") -> Rule:
    """Return a rule for "2014-2019", "10–12": `word` between them, and `score` where the second is the smaller one.
    Figures of four are years; others are parts of a telephone number."""

    def in_words(match: re.Match[str]) -> str:
        start, end = match["start"], match["end"]
        if word != score and (
            _SET_BEFORE.search(match.string, max(0, match.start() - 8), match.start())
            or _SET_BEHIND.match(match.string, match.end())
        ):
            return match[0]
        if max(len(start), len(end)) > 3 and not ("1000" <= start <= "2100" and len(end) in (2, 4)):
            return match[0]
        is_short_year = len(start) == 4 and len(end) == 2
        rises = is_short_year or float(start.replace(",", ".")) < float(end.replace(",", "."))
        return f"{start} {word if rises else score} {end}" if rises or score else match[0]

    return replacing(_RANGE.format(figure=r"(?!0\d)\d{1,4}(?:,\d{1,2})?"), in_words)


def dates(months: str, pattern: str) -> Rule:
    """Return a rule for "5/3/2019", "05.03.2019" and "2019-03-05"; the pattern has places for day, month and year."""
    names = months.split()

    def in_words(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        return pattern.format(day=day, month=names[month - 1], year=match["year"])

    written, iso = re.compile(_DATE), re.compile(_ISO_DATE)
    return lambda text: iso.sub(in_words, written.sub(in_words, text))
