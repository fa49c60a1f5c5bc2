"""The levels of eSpeak NG's voices that ship with the program are those that would be measured."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from audio_edition import audio
from audio_edition.model import Delivery, Speech
from audio_edition.speak import loudness, open_engine, rate_of
from audio_edition.speak.loudness import KEY_LETTERS, LEVELS, gain_of, level_key, measured_gain
from audio_edition.speak.narrator import Narrator


@pytest.fixture(scope="module")
def narrators() -> Iterator[dict[str, Narrator]]:
    """Narrators of eSpeak NG at its usual rate, by voice."""
    with contextlib.closing(open_engine("espeak")) as engine:
        delivered = (Delivery(voice, rate_of(Speech("espeak"))) for voice in engine.voices())
        yield {delivery.voice.id: Narrator(engine, delivery) for delivery in delivered}


def test_nearly_every_voice_has_its_level_with_it(narrators: dict[str, Narrator]) -> None:
    """So that a first edition measures none. If this fails after an update: python scripts/levels.py."""
    released = json.loads(LEVELS.read_bytes())
    missing = [name for name, narrator in narrators.items() if level_key(narrator)[:KEY_LETTERS] not in released]
    assert len(missing) <= 3, missing  # voices without a dictionary


@pytest.mark.parametrize("voice", ["en-us", "de", "hi"])
def test_a_level_with_the_program_is_the_one_that_is_measured(narrators: dict[str, Narrator], voice: str) -> None:
    """To the hundredth of a decibel, so that an edition has the same bytes either way."""
    assert gain_of(narrators[voice]) == measured_gain(narrators[voice])


def test_another_rate_or_ffmpeg_is_measured(narrators: dict[str, Narrator], monkeypatch: pytest.MonkeyPatch) -> None:
    """A level that ships is only for what it was measured with."""
    monkeypatch.setattr(loudness, "measured_gain", lambda narrator: 99.0)
    usual = narrators["en-us"]
    slower = replace(usual, delivery=replace(usual.delivery, rate_wpm=120))
    assert gain_of(usual) != 99.0
    assert gain_of(slower) == 99.0
    monkeypatch.setattr(audio, "recipe", lambda *_: ["another FFmpeg"])
    assert gain_of(usual) == 99.0
