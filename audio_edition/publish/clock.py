"""Samples as the times that files carry: rounded to milliseconds here, once, with whole numbers only; and times in
words."""

from __future__ import annotations

from datetime import date

from audio_edition.model import RATE_HZ

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def milliseconds(samples: int) -> int:
    """The nearest millisecond, halves up."""
    return (2000 * samples + RATE_HZ) // (2 * RATE_HZ)


def seconds(samples: int) -> float:
    """Seconds to the nearest millisecond."""
    return milliseconds(samples) / 1000


def timestamp(milliseconds: int) -> str:
    """HH:MM:SS.mmm, with more digits for the hours of a very long edition (WebVTT 4.3, "WebVTT timestamp")."""
    whole_seconds, thousandths = divmod(milliseconds, 1000)
    minutes, second = divmod(whole_seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{thousandths:03}"


def decimal_seconds(milliseconds: int) -> str:
    """Seconds with three decimals, such as 12.345 (SMIL 1.0, "npt")."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"


def date_in_words(day: date) -> str:
    """As 22 November 2026, whatever the system's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def length_in_words(milliseconds: int) -> str:
    """To the second below ten minutes, to the minute from there on."""
    seconds = max(1, (milliseconds + 500) // 1000)
    if seconds >= 600:
        seconds = (seconds + 30) // 60 * 60
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    counted = ((hours, "hour"), (minute, "minute"), (second, "second"))
    return " ".join(f"{count} {unit}{'s' * (count > 1)}" for count, unit in counted if count)
