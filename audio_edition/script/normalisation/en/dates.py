"""Say English dates in full: "Jan. 5" as "January 5", "2019-03-05" as "March 5, 2019".

In "5/3/2019" the day stands first in most of the world, and the month in the United States; without a region in the
language's tag only a date that can be read in one way is. years.py then says the year.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.full_stops import goes_on

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "weds": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS = "|".join(sorted(map(str.capitalize, DAYS), key=len, reverse=True))
_MONTH = "|".join(sorted((f"{name}|{name.upper()}" for name in map(str.capitalize, MONTHS)), key=len, reverse=True))
_SHORT_MONTH = re.compile(
    rf"\b(?:(?P<before>{_MONTH})\b\.?(?=[ \u00a0](?:\d{{1,2}}|[12]\d{{3}})(?:st|nd|rd|th)?(?!\w))"
    rf"|(?<=\d[ \u00a0])(?P<after>{_MONTH})\b(?P<stop>\.?))"
)
_MONTHS_TO = re.compile(rf"\b(?P<first>{_MONTH})\.?[-–](?P<second>{_MONTH})\b(?P<stop>\.?)")
_DAY_LIST = re.compile(
    rf"\b(?P<first>{_DAYS})\.(?=,? (?:and|or|to) (?:{_DAYS})\.)|(?<=and )(?P<second>{_DAYS})\."
    rf"|(?<=or )(?P<third>{_DAYS})\."
)
_INSTANT = re.compile(
    r"(?<![\w/.\-–])(?P<date>(?:1[5-9]|20)\d\d-\d\d-\d\d)T(?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?P<zone>Z)?(?!\w|[:+-]\d)"
)
_MONTH_ALONE = re.compile(rf"\b(?P<month>{_MONTH})\.(?=\s?[-–,]|\s[a-z])")
_DAY = re.compile(
    rf"\b(?P<day>{'|'.join(sorted(map(str.capitalize, DAYS), key=len, reverse=True))})\."
    rf"(?=,|\)|\s\d|\s[a-z]|\s(?:{'|'.join(_MONTH_NAMES)}|{_MONTH})\b)"
    r"|\b(?P<sure>Tues|Thurs?)\b(?P<stop>\.?)"
)
"""Where the sentence goes on, "Sat." and "Sun." are days; the sure ones are nothing else anywhere."""
_DAY_BEHIND_TIME = re.compile(rf"(?<=\d[ap]m )(?P<day>{_DAYS})(?![\w.])")
_DAY_NAMES = "|".join(sorted(map(str.capitalize, DAYS), key=len, reverse=True))
_DAYS_SPAN = re.compile(
    rf"(?<![\w.-])(?P<first>{_DAY_NAMES})\.? ?[-–] ?(?P<last>{_DAY_NAMES})\b(?:\.(?= ?\S))?(?![\w-])"
)
_NUMERIC = re.compile(
    r"(?<![\w/.\-–])(?P<first>\d{1,2})(?P<mark>[/.\-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)"
    r"(?![\w/]|[.\-–]\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<![\w/.\-–])(?P<year>(?:1[5-9]|20)\d\d)(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\w/]|[.\-–]\d)"
)


def in_one_way(text: str) -> str:
    """Numeric dates only where one of the two numbers can't be a month."""
    return _written_out(text, day_first=None)


def day_first(text: str) -> str:
    """Numeric dates as the day, the month, the year."""
    return _written_out(text, day_first=True)


def month_first(text: str) -> str:
    """Numeric dates as the month, the day, the year."""
    return _written_out(text, day_first=False)


def months_in_full(text: str) -> str:
    """Shortened months beside a day or a year written out."""
    return _SHORT_MONTH.sub(_month, text)


def _written_out(text: str, *, day_first: bool | None) -> str:
    text = _DAYS_SPAN.sub(lambda span: f"{DAYS[span['first'].lower()]} to {DAYS[span['last'].lower()]}", text)
    text = _INSTANT.sub(lambda match: f"{match['date']}, {match['time']}{' UTC' if match['zone'] else ''}", text)
    text = _MONTHS_TO.sub(_months, text)
    text = _YEAR_FIRST.sub(lambda match: _iso(match, day_first), text)
    text = _NUMERIC.sub(lambda match: _numeric(match, day_first), text)
    text = _MONTH_ALONE.sub(lambda match: MONTHS[match["month"].lower()], months_in_full(text))
    text = _DAY_LIST.sub(lambda match: DAYS[next(filter(None, match.groups())).lower()], text)
    text = _DAY_BEHIND_TIME.sub(lambda match: DAYS[match["day"].lower()], text)
    return _DAY.sub(_day, text)


def _day(match: re.Match[str]) -> str:
    ends = match["stop"] and not goes_on(match.string, match.end())
    return DAYS[(match["day"] or match["sure"]).lower()] + "." * bool(ends)


def _months(match: re.Match[str]) -> str:
    ends = match["stop"] and not goes_on(match.string, match.end())
    return f"{MONTHS[match['first'].lower()]} to {MONTHS[match['second'].lower()]}{'.' * bool(ends)}"


def _month(match: re.Match[str]) -> str:
    ends = match["stop"] and not goes_on(match.string, match.end())
    return MONTHS[(match["before"] or match["after"]).lower()] + "." * bool(ends)


def _iso(match: re.Match[str], day_first: bool | None) -> str:
    month, day = int(match["month"]), int(match["day"])
    return _date(match, day, month, match["year"], day_first=bool(day_first)) if _is_day(day, month) else match[0]


def _numeric(match: re.Match[str], day_first: bool | None) -> str:
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if len(year) == 2 and match["mark"] != "/":
        return match[0]
    as_day_first, as_month_first = _is_day(first, second), _is_day(second, first)
    if day_first is None and match["mark"] != "." and as_day_first and as_month_first and first != second:
        return match[0]
    day_first = day_first or match["mark"] == "."
    if as_day_first and (day_first or not as_month_first):
        return _date(match, first, second, year, day_first=True)
    return _date(match, second, first, year, day_first=False) if as_month_first else match[0]


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]


def _date(match: re.Match[str], day: int, month: int, year: str, *, day_first: bool) -> str:
    if len(year) == 2:
        year = ("19" if int(year) >= 40 else "20") + year
    name = _MONTH_NAMES[month - 1]
    return f"{day} {name} {year}" if day_first else f"{name} {day}, {year}"
