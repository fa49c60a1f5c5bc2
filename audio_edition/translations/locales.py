"""Dates, lengths, numbers and plurals in the language of who hears or reads them, as Unicode's CLDR has them."""

from __future__ import annotations

import contextlib
import functools
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_ENGLISH = "en_001"
"""English where no country is named: the day stands before the month, as it does in most of them."""


def date_in_words(published: str, language: str) -> str:
    """Return a date (ISO 8601) as 22 November 2026 or 2026年11月22日; unchanged if it or the language is not known."""
    from babel.dates import format_date

    locale = _locale(language)
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(published)
        return _spaced(format_date(day, "long", locale)) if locale else published
    return published


def month_in_words(day: date, language: str) -> str:
    """Return the month of a day, as November 2026."""
    from babel.dates import format_skeleton

    return _spaced(format_skeleton("yMMMM", day, locale=_locale(language) or _ENGLISH))


def length_in_words(milliseconds: int, language: str) -> str:
    """Return a length as 1 minute 39 seconds, or 2 hours 5 minutes; in English where the language is not known.

    Whole seconds that have passed count, as on a clock; from one hour on, whole minutes.
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    counted = [("hour", hours), ("minute", minutes), ("second", 0 if hours else seconds)]
    named = [(unit, count) for unit, count in counted if count] or [("second", 0)]
    return " ".join(_counted(count, unit, language) for unit, count in named)


@functools.lru_cache(maxsize=1000)
def _counted(count: int, unit: str, language: str) -> str:
    from babel.units import format_unit

    return _spaced(format_unit(count, f"duration-{unit}", "long", locale=_locale(language) or _ENGLISH))


def decimal_in_words(digits: str, language: str) -> str:
    """Return a number such as 1.5 with the language's decimal mark."""
    locale = _locale(language)
    return digits.replace(".", locale.number_symbols["latn"]["decimal"]) if locale else digits


def plural_category(number: int, language: str) -> str:
    """Return which form of a word goes with a number: "one", "few", "other" and so on (CLDR, Language Plural Rules)."""
    locale = _locale(language)
    return str(locale.plural_form(number)) if locale else "other"


def language_in_words(tag: str, language: str) -> str:
    """Return what a language is called in another; its tag where that is not known."""
    locale, named = _locale(language), _locale(tag)
    return (locale.languages.get(named.language) if locale and named else None) or tag


def _spaced(text: str) -> str:
    """Return the text with plain spaces. CLDR's hold figures and units together, and differ from release to release."""
    return " ".join(text.split())


@functools.cache
def _locale(tag: str) -> Locale | None:
    """Return what CLDR knows under a BCP 47 tag, or under its beginning; None without anything."""
    from babel import Locale, UnknownLocaleError

    parts = tag.replace("_", "-").split("-")
    if parts[0].lower() in ("", "und"):
        return None
    if [part.lower() for part in parts] == ["en"]:
        parts = ["en", "001"]
    for end in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:end]))
        except (UnknownLocaleError, ValueError):
            continue
    return None
