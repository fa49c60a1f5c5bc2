"""Say times as English has them: "10:00" as "10 o'clock", "0930 GMT" as "9:30 GMT".

Engines read "10:30" and "5pm" right, but "10:05" as "ten zero five" and "17:00" as "seventeen zero zero".
"""

from __future__ import annotations

import re

from audio_edition.script.tables import words

_ZONE = r"GMT|UTC|BST|CE?S?T|E[SD]T|[CMP][SD]T|IST|JST|hours|hrs|local time"
_HALF = r"[ap]m\b|[ap]\.m\."
_CLOCK = re.compile(
    rf"(?<![\w:.,$£€])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.])(?P<minute>[0-5]\d)|h(?P<french>[0-5]\d))(?![:.,]?\d)"
    rf"(?:(?P<gap>[ \u00a0]?)(?P<half>{_HALF})|(?!\w)(?P<hours>[ \u00a0](?:hours|hrs)\b)?)",
    re.IGNORECASE,
)
_FOUR_FIGURES = re.compile(
    rf"(?<![\w:.,$£€/\-–])(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<hours>[ \u00a0]?(?:hours|hrs)\b)?"
    rf"(?=[ \u00a0]?(?:{_ZONE})\b|(?<=s))"
)
_SPAN = re.compile(
    rf"(?<![\w.,:])(?P<from>\d{{1,2}}(?:[:.]\d\d)?(?:[ \u00a0]?(?:{_HALF})(?=[ \u00a0]?[-–]))?)"
    rf"(?:[-–]|(?<=[m.])[ \u00a0]?[-–][ \u00a0]?)(?=\d{{1,2}}(?:[:.]\d\d)?[ \u00a0]?(?:{_HALF}))"
    rf"|(?<![\w.,:])(?P<clock>\d{{1,2}}:\d\d)[-–](?=\d{{1,2}}:\d\d(?!\w))|(?<![\w.,:])(?P<hour>[012]\d)"
    rf"(?P<minute>[0-5]\d)[-–](?=\d{{4}} ?(?:{_ZONE})\b)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.? $")

SCRIPTURE = words(
    "Genesis Exodus Leviticus Numbers Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles Job Psalm Psalms Proverbs"
    " Ecclesiastes Isaiah Jeremiah Ezekiel Daniel Matthew Mark Luke John Acts Romans Corinthians Galatians Ephesians"
    " Philippians Colossians Thessalonians Timothy Titus Hebrews James Peter Revelation Quran Koran Surah Sura surah"
    " sura Nehemiah Lamentations Hosea Joel Amos Jonah Micah Habakkuk Zechariah Malachi"
)
"""Words before a chapter and verse, which are no time."""


BEFORE_TIME = words("around at by from since till to until")
"""Words before "1800 hours" that make it a time and no duration."""


def as_clock(text: str) -> str:
    """Return the text with its times as a newsreader says them."""
    text = _SPAN.sub(_span, text)
    return _CLOCK.sub(_clock, _FOUR_FIGURES.sub(_four_figures, text))


def _span(match: re.Match[str]) -> str:
    start = match["from"] or match["clock"] or f"{match['hour']}:{match['minute']}"
    return f"{start.rstrip()} to "


def _four_figures(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string, max(0, match.start() - 20), match.start())
    if match["hours"] and not (before and before[1].lower() in BEFORE_TIME):
        return match[0]
    return _time(match, int(match["minute"]), match["hours"] or "")


def _clock(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string, max(0, match.start() - 20), match.start())
    if before and before[1] in SCRIPTURE:
        return match[0]
    if match["half"]:
        return _of_half_day(match)
    if match["mark"] == "." or match["hour"] == "0":
        return match[0]
    return _time(match, int(match["minute"] or match["french"]), match["hours"] or "")


def _of_half_day(match: re.Match[str]) -> str:
    hour, minute, half = int(match["hour"]), int(match["minute"] or match["french"]), match["half"]
    if minute == 0:
        return f"{hour} {half}"
    return f"{hour} oh {minute} {half}" if minute < 10 else f"{hour}:{minute}{match['gap']}{half}"


def _time(match: re.Match[str], minute: int, hours: str) -> str:
    hour = int(match["hour"])
    if hour == 24 and minute:
        return match[0]
    if hour % 24 == 0:
        return f"{minute} minute{'s' * (minute > 1)} past midnight" if minute else "midnight"
    if minute == 0:
        return f"{hour} hundred{hours}" if hours or hour > 12 else f"{hour} o'clock"
    return f"{hour} oh {minute}{hours}" if minute < 10 else f"{hour}:{minute}{hours}"
