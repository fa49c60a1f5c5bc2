"""English: one module for each kind of rule, and their order. Tables of what is known stand at the head of each module.

What has most form goes first (addresses, numbers to dial, dates, money), so that what is left for a later rule is its
own; initialisms come last, for rules before them write some ("40 US dollars").
"""

from __future__ import annotations

from collections.abc import Callable

from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.en import dates
from audio_edition.script.normalisation.en.abbreviations import in_full
from audio_edition.script.normalisation.en.addresses import as_sites
from audio_edition.script.normalisation.en.codes import as_codes
from audio_edition.script.normalisation.en.durations import as_lengths
from audio_edition.script.normalisation.en.emoji import as_pictures
from audio_edition.script.normalisation.en.fractions import as_parts
from audio_edition.script.normalisation.en.initialisms import as_letters
from audio_edition.script.normalisation.en.magnitudes import as_magnitudes
from audio_edition.script.normalisation.en.money import as_money
from audio_edition.script.normalisation.en.ranges import as_spans
from audio_edition.script.normalisation.en.roman import as_numbers
from audio_edition.script.normalisation.en.scripture import as_verses
from audio_edition.script.normalisation.en.signs import as_words
from audio_edition.script.normalisation.en.telephone import as_figures
from audio_edition.script.normalisation.en.times import as_clock
from audio_edition.script.normalisation.en.units import as_measures
from audio_edition.script.normalisation.en.years import as_years
from audio_edition.script.normalisation.one_by_one import identifiers
from audio_edition.script.tables import words

MONTH_FIRST = words("us")
DAY_FIRST = words("au bd bw gb gh hk ie in jm ke lk mt my ng nz pk sg tt ug zm zw")
"""Regions by which of two numbers in a date is the day; in Canada, South Africa and the Philippines it is either."""


def rules(dates_in_full: Callable[[str], str]) -> tuple[Callable[[str], str], ...]:
    """Return the rules in their order, with the region's rule for dates."""
    return (
        as_sites, as_pictures, coordinates("en"), as_words, identifiers(), as_figures, as_verses,
        dates_in_full, as_lengths, as_clock, as_money, as_magnitudes, as_measures,
        as_codes, in_full, as_numbers, as_parts, as_spans, as_years, as_letters,
    )  # fmt: skip


RULES = {
    "en": rules(dates.in_one_way),
    **{f"en-{region}": rules(dates.month_first) for region in MONTH_FIRST},
    **{f"en-{region}": rules(dates.day_first) for region in DAY_FIRST},
}
"""By language tag."""
