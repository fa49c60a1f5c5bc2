"""Samples as the times that files carry: rounded to milliseconds here, once, in integer arithmetic."""

from __future__ import annotations

from audio_edition.model import RATE_HZ


def milliseconds(samples: int) -> int:
    """Return the nearest millisecond, halves rounded up."""
    return (2000 * samples + RATE_HZ) // (2 * RATE_HZ)


def seconds(samples: int) -> float:
    """Return seconds to the nearest millisecond."""
    return milliseconds(samples) / 1000


def timestamp(milliseconds: int) -> str:
    """Return HH:MM:SS.mmm, with more digits for the hours of a very long edition (WebVTT 4.3, "WebVTT timestamp")."""
    whole_seconds, thousandths = divmod(milliseconds, 1000)
    minutes, second = divmod(whole_seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{thousandths:03}"


def decimal_seconds(milliseconds: int) -> str:
    """Return seconds with three decimals, such as 12.345 (SMIL 1.0, "npt")."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"


def whole_seconds(milliseconds: int) -> int:
    """Return the full seconds that have passed, as clocks show them."""
    return milliseconds // 1000


def clock(milliseconds: int) -> str:
    """Return the full seconds that have passed as 0:07, 12:34 or 1:02:03."""
    minutes, second = divmod(whole_seconds(milliseconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
