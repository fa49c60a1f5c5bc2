"""The check has nothing to say of editions as the program makes them."""

from __future__ import annotations

from audio_edition.check import check_edition
from audio_edition.check.report import as_text
from audio_edition.edition.build import Edition


def test_the_check_finds_nothing(edition: Edition) -> None:
    """Whatever the article: no error, no warning, no note."""
    assert as_text([check_edition(edition.folder, programs=False)]) == f"{edition.folder}: nothing is wrong."
