"""Whole editions, made by the whole program in every format: what is handed out, not what one writer wrote."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.model import Speech
from support.editions import CASES, EVERYTHING, WIRE, WIRE_ARTICLES, file_script


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> Callable[[str], Edition]:
    """Makes the edition of a case, once for all tests."""

    @functools.cache
    def built(name: str) -> Edition:
        settings = Settings(Speech(engine="espeak"), formats=EVERYTHING, publisher="The Courier", date="2026-11-22")
        case = file_script(next(iter(sorted(WIRE_ARTICLES.glob("*.txt"))))) if name == WIRE else CASES[name]
        return make_edition(case(settings), tmp_path_factory.mktemp("editions"), settings, shared_cache)

    return built


@pytest.fixture(params=[WIRE, *CASES], ids=str)
def edition(request: pytest.FixtureRequest, build: Callable[[str], Edition]) -> Edition:
    """Each case's edition in turn."""
    if request.param == WIRE and not list(WIRE_ARTICLES.glob("*.txt")):
        pytest.skip("the real article lies beside the checkout, in ../shared/seeds, and is not there")
    return build(request.param)


@pytest.fixture(scope="session")
def harbour(build: Callable[[str], Edition]) -> Edition:
    """The seed that clients are tried with."""
    return build("harbour")
