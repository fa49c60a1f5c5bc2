"""Editions with their page."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.model import Speech
from support.pages import script_of


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> Callable[[str], Edition]:
    """Makes the edition of a case in all default formats, once for all tests."""

    @functools.cache
    def built(name: str) -> Edition:
        settings = Settings(Speech(engine="espeak"), publisher="The Courier", date="2026-11-22")
        return make_edition(script_of(name, settings), tmp_path_factory.mktemp("pages"), settings, shared_cache)

    return built


@pytest.fixture(scope="session")
def harbour(build: Callable[[str], Edition]) -> Edition:
    """An article with two subheadings."""
    return build("harbour")
