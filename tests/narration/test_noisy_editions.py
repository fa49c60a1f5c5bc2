"""Editions of recordings that are overdriven or noisy: the build says so, and the check takes the room in their pauses
for what it is, and a word in them for a word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio_edition.atomic import sha256_of
from audio_edition.check import check_edition
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.model import RATE_HZ, Script
from audio_edition.narration import narrate
from support.readers import Ears, Reader, written
from support.twins import in_sound

_SPOILED = {"overdriven": (100.0, 12.0), "noisy": (1.0, 1000.0)}
"""How much too loud the recording is, and the noise of its room in samples' units."""


def _made(script: Script, reader: Reader, folder: Path, kind: str) -> Edition:
    too_loud, noise = _SPOILED[kind]
    reader.read(script.utterances)
    tape = reader.write(folder / "tape.wav")
    samples = np.concatenate(reader.parts)
    room = noise * np.random.default_rng(1).standard_normal(len(samples))
    written(tape.path, (samples + room) * too_loud)
    tape = replace(tape, sha256=sha256_of(tape.path))
    settings = Settings(formats=("mp3",))
    script, narration = narrate(script, [tape], Ears([reader]), settings)  # type: ignore[arg-type]
    return make_edition(script, folder / "output", settings, narration=narration)


def _ids(edition: Edition) -> set[str]:
    return {finding.id for finding in check_edition(edition.folder, programs=False).findings}


@pytest.mark.parametrize(("kind", "told"), [("overdriven", "recording-clipped"), ("noisy", "recording-noisy")])
def test_the_build_names_it_and_the_check_finds_no_word_in_a_pause(
    script: Script, reader: Reader, tmp_path: Path, kind: str, told: str
) -> None:
    edition = _made(script, reader, tmp_path, kind)
    assert told in {finding.id for finding in edition.recording.script.findings}
    assert not _ids(edition) & {"pause-not-silent", "cue-silent", "cue-cut"}
    in_sound(_with_a_word)(edition.folder)
    assert "pause-not-silent" in _ids(edition)


def _with_a_word(samples: np.ndarray, cues: list[dict[str, int]]) -> np.ndarray:
    """The longest pause, with a tenth of a second of voice in it."""
    one, other = max(pairwise(cues), key=lambda pair: pair[1]["start"] - pair[0]["end"])
    start = (one["end"] + other["start"] - RATE_HZ // 10) // 2
    samples[start : start + RATE_HZ // 10] = 20_000 * np.sin(np.arange(RATE_HZ // 10) / 20)
    return samples
