"""Dates and lengths in words: one way for each language, which is also the browser's."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from audio_edition.formats.clock import clock
from audio_edition.translations import known_words, languages
from audio_edition.translations.locales import date_in_words, language_in_words, length_in_words, month_in_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("language", "day", "length"),
    [
        ("en", "2 November 2026", "1 minute 39 seconds"),
        ("en-GB", "2 November 2026", "1 minute 39 seconds"),
        ("en-US", "November 2, 2026", "1 minute 39 seconds"),
        ("de-AT", "2. November 2026", "1 Minute 39 Sekunden"),
        ("fr", "2 novembre 2026", "1 minute 39 secondes"),
        ("ru", "2 ноября 2026 г.", "1 минута 39 секунд"),
        ("zh-Hant-TW", "2026年11月2日", "1 分鐘 39 秒"),
        ("und", "2026-11-02", "1 minute 39 seconds"),
        ("xx-Latn", "2026-11-02", "1 minute 39 seconds"),
        ("../../etc", "2026-11-02", "1 minute 39 seconds"),
        ("", "2026-11-02", "1 minute 39 seconds"),
    ],
)
def test_each_language_has_its_own_words(language: str, day: str, length: str) -> None:
    """As CLDR has them; a language that nobody knows has figures, and English."""
    assert (date_in_words(DAY.isoformat(), language), length_in_words(99_999, language)) == (day, length)


@pytest.mark.parametrize("published", ["", "some day", "2026-02-30", "22 November"])
def test_what_is_no_date_stays_as_it_is_written(published: str) -> None:
    """An edited script may hold anything."""
    assert date_in_words(published, "en") == published


@pytest.mark.parametrize(
    ("milliseconds", "shown", "words"),
    [
        (0, "0:00", "0 seconds"),
        (999, "0:00", "0 seconds"),
        (1_000, "0:01", "1 second"),
        (99_999, "1:39", "1 minute 39 seconds"),
        (120_000, "2:00", "2 minutes"),
        (754_600, "12:34", "12 minutes 34 seconds"),
        (3_723_000, "1:02:03", "1 hour 2 minutes"),
        (7_200_000, "2:00:00", "2 hours"),
    ],
)
def test_words_say_what_the_clock_shows(milliseconds: int, shown: str, words: str) -> None:
    """Neither rounds up what the other does not; hours go without seconds."""
    assert (clock(milliseconds), length_in_words(milliseconds, "en")) == (shown, words)


def test_months_and_languages_have_names() -> None:
    """In the language of who reads them; a language that nobody knows keeps its tag."""
    assert [month_in_words(DAY, language) for language in ("en", "de", "xx")] == ["November 2026"] * 3
    assert language_in_words("fr-BE", "en") == "French"
    assert language_in_words("de", "fr") == "allemand"
    assert [language_in_words(tag, "en") for tag in ("xx", "und", "")] == ["xx", "und", ""]


@pytest.mark.tool("chromium", "apt install chromium")
def test_a_browser_writes_dates_as_the_page_has_them(chromium: Browser) -> None:
    """In the languages that the page has words for: who listens hears the same from page and site."""
    page = chromium.new_page()
    for language in (*filter(partial(known_words, "page"), languages()), "en-US"):
        tag = "en-GB" if language == "en" else language
        written = page.evaluate(
            "tag => new Intl.DateTimeFormat(tag, {dateStyle: 'long', timeZone: 'UTC', numberingSystem: 'latn'})"
            ".format(new Date('2026-11-02'))",
            tag,
        )
        assert " ".join(written.split()) == date_in_words(DAY.isoformat(), language), language
    page.close()
