"""Documents with structure, and the editions that are made of them."""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.model import Speech
from support.structures import book_of, source

FORMATS = ("page", "transcript", "epub")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> Callable[[str], Edition]:
    """Makes the edition of a case, once for all tests."""

    @functools.cache
    def built(case: str) -> Edition:
        settings = Settings(Speech(engine="tone"), formats=FORMATS, publisher="The Courier", date="2026-11-30")
        script = make_script(source(case), settings)
        return make_edition(script, tmp_path_factory.mktemp(case), settings, shared_cache)

    return built


@pytest.fixture(scope="session")
def chapters(build: Callable[[str], Edition], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Path]]:
    """The documents of the EPUB of a case, in the order of its spine."""

    @functools.cache
    def unpacked(case: str) -> list[Path]:
        folder = tmp_path_factory.mktemp(f"{case}-epub")
        edition = build(case)
        with zipfile.ZipFile(book_of(edition)) as book:
            book.extractall(folder)
        return [folder / "EPUB" / f"{chapter.id}.xhtml" for chapter in edition.recording.script.chapters]

    return unpacked
