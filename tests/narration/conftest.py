"""What the tests of narration share: a script, and a person who reads it."""

from __future__ import annotations

import importlib.util
import os

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import Script
from audio_edition.speak.narrator import Narrator
from support.readers import Reader

ARTICLE = """\
A quiet week in the old town

The council met on Tuesday evening in the large room of the town hall. The new bridge will open before winter, and
everybody in the valley is invited to the party.

Nobody asked me about the colour of the bridge, said the old man from the mill.

- Water under the bridge -

The boats came home in the rain. Children ran along the river with paper lanterns in their hands. A small brown dog
followed them all the way to the church.
"""


@pytest.fixture
def script() -> Script:
    return make_script(ARTICLE.encode(), Settings())


@pytest.fixture
def reader(english: Narrator) -> Reader:
    """A person who reads; needs what knows speech from silence."""
    needs_proof()
    return Reader(english)


@pytest.fixture(scope="session")
def ears() -> Recogniser:
    """The packaged recogniser, loaded once."""
    needs_proof()
    return Recogniser()


def needs_proof() -> None:
    if any(importlib.util.find_spec(name) is None for name in ("faster_whisper", "rapidfuzz", "whisper_normalizer")):
        reason = 'faster-whisper is not installed; install it with: pip install -e ".[proof]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
