"""A desk of one issue with three articles, and its maker at it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio_edition import audio
from audio_edition.desk.app import OpenDesk
from audio_edition.model import RATE_HZ, Delivery, Utterance
from audio_edition.speak.engine import Engine
from audio_edition.speak.narrator import Narrator
from support.desk import Visitor, running
from support.papers import NAME, STORIES, paper

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return paper(tmp_path / "courier")


@pytest.fixture
def issue(folder: Path) -> Path:
    """The folder of the issue."""
    return folder / NAME


@pytest.fixture
def opened(folder: Path) -> Iterator[OpenDesk]:
    with running(folder) as desk:
        yield desk


@pytest.fixture
def maker(opened: OpenDesk) -> Visitor:
    return Visitor.let_in(opened)


@pytest.fixture(scope="session")
def reading(piper: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first story, read aloud by a learned voice with a person's pauses."""
    narrator = Narrator(piper, Delivery(piper.voices()[0]))
    path = tmp_path_factory.mktemp("reading") / "reading.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        for sentence in STORIES["ferry"].replace("\n\n\n", ". ").replace("Halvøy.", "Halvoy.").split(". "):
            file.writeframes(audio.at_rate(narrator.speak(Utterance("s", sentence, sentence)), RATE_HZ).pcm)
            file.writeframes(bytes(RATE_HZ))
    return path


@pytest.fixture(scope="session")
def with_microphone(chromium: Browser, reading: Path) -> Iterator[Browser]:
    """A browser whose microphone hears the reading, over and over. Needs what knows speech from silence."""
    if any(importlib.util.find_spec(name) is None for name in ("faster_whisper", "rapidfuzz", "whisper_normalizer")):
        reason = 'faster-whisper is not installed; install it with: pip install -e ".[proof]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
    arguments = [
        "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={reading}",
    ]  # fmt: skip
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=arguments)
    yield browser
    browser.close()
