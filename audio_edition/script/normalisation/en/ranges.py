"""Put "to" between the ends of ranges and the two sides of scores in an English text.

Engines say "dash", or nothing at all. Chains ("4-4-2") and equal sides ("2-2") lose their hyphens only. A hyphen in
names and numbers ("F-16", "Flight 12-30") is none of these.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import whole

NAMES = (
    "Area|Bill|Boeing|Case|Airbus|Channel|Flight|ISBN|ISO|Model|Resolution|Route|Type|Unit|Docket|Case No\\."
    "|Order|Law|Decree|Act"
)
"""Words before a number that is no range though a hyphen is in it."""

_NUMBER = r"(?:\d{1,3}+(?:,\d{3}(?!\d))++(?:\.\d++)?|\d{1,12}+(?:\.\d{1,6}+)?)"
_FREE = r"(?<![\w.,:/@#+\-–])(?<!\d[ \u00a0])"
_ENDS = r"(?:(?=(?:am|pm|k|K|C|F|x|%|°)(?!\w))|(?![\w/@]|[.,:]\d|[-–][\d]))"
_YEARS = re.compile(rf"{_FREE}(?P<first>1\d{{3}}|20\d\d)[ \u00a0]?[-–][ \u00a0]?(?P<second>\d{{4}}|\d\d){_ENDS}")
_RANGE = re.compile(rf"{_FREE}(?P<first>{_NUMBER}%?)(?P<mark>[-–]| [-–] |\u00a0[-–]\u00a0)(?P<second>{_NUMBER}){_ENDS}")
_RATIO = re.compile(r"(?<![\w.,:/])(?P<first>\d{1,4}):(?P<second>\d|\d{3,4})(?![\w:]|[.,]\d)")
_CHAIN = re.compile(r"(?<![\w.,:/@#+\-–])\d{1,2}(?:[-–]\d{1,2}){2,5}(?![\w/@]|[.,:\-–]\d)")
_PLACES = re.compile(r"(?<![\w\-–])(?P<first>\d{1,3}(?:st|nd|rd|th))[-–](?=\d{1,3}(?:st|nd|rd|th)\b)")
_DECADES = re.compile(r"(?P<first>(?<![\w\-–])['’]?(?:\d\d)?\d0s)[-–](?=['’]?(?:\d\d)?\d0s\b)")
_NAME_BEFORE = re.compile(rf"\b(?:{NAMES})\.? $")
_SCRIPTURE_BEFORE = re.compile(r"[A-Z][a-z]+ $")


def as_spans(text: str) -> str:
    """Return the text with its ranges and scores in words."""
    text = _DECADES.sub(r"\g<first> to ", _PLACES.sub(r"\g<first> to ", text))
    text = _CHAIN.sub(lambda chain: re.sub("[-–]", " ", chain[0]), text)
    return _RATIO.sub(_ratio, _RANGE.sub(_range, _YEARS.sub(_years, text)))


def _is_in_name(match: re.Match[str]) -> bool:
    return _NAME_BEFORE.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _years(match: re.Match[str]) -> str:
    first, second = int(match["first"]), match["second"]
    if _is_in_name(match):
        return match[0]
    last = int(second)
    if len(second) == 2:
        last += first // 100 * 100
        if last <= first and first % 100 >= 98 and int(second) < 10:
            last += 100
    return f"{first} to {last}" if first < last < 2200 else match[0]


def _range(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    if _is_in_name(match) or _is_padded(first) or _is_padded(second):
        return match[0]
    if first == second or (first, second) == ("24", "7"):
        return f"{first} {second}"
    low, high = whole(first.rstrip("%")), whole(second)
    if max(low, high) >= 1000 and low > high:
        return match[0]
    return f"{first} to {second}"


def _is_padded(number: str) -> bool:
    return number.startswith("0") and number[1:2].isdigit()


def _ratio(match: re.Match[str]) -> str:
    if _SCRIPTURE_BEFORE.search(match.string, max(0, match.start() - 20), match.start()):
        return match[0]
    return f"{match['first']} to {match['second']}"
