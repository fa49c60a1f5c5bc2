"""Measure the levels of eSpeak NG's voices at their usual rate, and write them to audio_edition/speak/levels.json, so
that the first edition in a voice needs no measurement. To be run when espeakng-loader, imageio-ffmpeg or a passage
changes.
"""

from __future__ import annotations

import contextlib
import json

from audio_edition.errors import SpeakError
from audio_edition.model import Delivery, Speech
from audio_edition.speak import open_engine, rate_of
from audio_edition.speak.loudness import KEY_LETTERS, LEVELS, level_key, measured_gain
from audio_edition.speak.narrator import Narrator

ENGINE = "espeak"


def gains() -> dict[str, float]:
    """Return the gains in dB of all voices that speak, by the first letters of their keys."""
    found = {}
    with contextlib.closing(open_engine(ENGINE)) as engine:
        for voice in engine.voices():
            narrator = Narrator(engine, Delivery(voice, rate_of(Speech(ENGINE))))
            with contextlib.suppress(SpeakError):  # a voice without a dictionary
                found[level_key(narrator)[:KEY_LETTERS]] = measured_gain(narrator)
    return found


if __name__ == "__main__":
    LEVELS.write_text(json.dumps(gains(), indent=0) + "\n", "utf-8")
