"""An English article with a paragraph in French, from the text file to what is heard and what is written about it."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen.mp4
import numpy as np
import pytest

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.model import RATE_HZ, Delivery, Speech
from audio_edition.speak.engine import Engine
from audio_edition.speak.loudness import TARGET_LUFS
from audio_edition.speak.narrator import Narrator
from support.places import hashes

ARTICLE = """The bridge that nobody crossed

The new bridge opened on Tuesday, ten years late and twice as dear as it was promised to be. The mayor cut a ribbon,
and a brass band from the next valley played until the rain came. Most people watched from their windows. The ferry
sailed as it always had, with eleven passengers and a goat, and its captain said that she had seen bridges before.

Les habitants de l'autre rive, eux, ne se sont pas déplacés. Le boulanger a fermé sa boutique à midi, comme tous les
mardis, et le facteur a fait sa tournée à bicyclette. Personne n'avait demandé ce pont, disent-ils, et personne ne le
traversera avant le printemps. On verra bien ce que diront les autres quand la route sera finie.

- What it cost -

The council has not said what it paid. A committee will look into it after the winter, when the accounts are closed. In
the meantime the toll is two coins for a cart, one for a horse, and nothing at all for those who come on foot to look.
"""
SETTINGS = replace(Settings(), speech=Speech("espeak"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return make_edition(make_script(ARTICLE.encode(), SETTINGS, "article"), tmp_path_factory.mktemp("output"), SETTINGS)


@pytest.fixture(scope="module")
def manifest(built: Edition) -> Any:
    return json.loads((built.folder / "edition.json").read_text("utf-8"))


def _cues(manifest: Any) -> list[dict[str, Any]]:
    return [cue for chapter in manifest["chapters"] for cue in chapter["cues"]]


def test_the_paragraph_is_spoken_in_french_and_nothing_else_is(manifest: Any) -> None:
    """edition.json names the voice of each French sentence, all voices, and says so in findings."""
    french = [cue["id"] for cue in _cues(manifest) if cue.get("language") == "fr"]
    assert french == ["c01-p003-s01", "c01-p003-s02", "c01-p003-s03", "c01-p003-s04"]
    assert {cue["id"]: cue["voice"] for cue in _cues(manifest) if "voice" in cue} == {
        name: {"engine": "espeak", "id": "fr-fr"} for name in french
    }
    assert [voice["id"] for voice in (manifest["voice"], *manifest["other_voices"])] == ["en-us", "fr-fr"]
    assert [finding["id"] for finding in manifest["findings"][1:]] == ["paragraph-language", "other-language"]
    assert set(manifest["loudness"]["other_gains_db"]) == {"espeak:fr-fr"}
    assert "espeak" in manifest["versions"]


def test_what_is_heard_is_what_the_french_voice_says(built: Edition, espeak: Engine) -> None:
    """Each French cue is as long as the French voice's own saying of it, to the sample, and as its words are."""
    voice = espeak.voice("fr-fr")
    assert voice is not None
    alone = Narrator(espeak, Delivery(voice, espeak.usual_wpm))
    cues = [cue for cue in built.recording.chapters[0].cues if cue.voice]
    assert len(cues) == 4
    for cue in cues:
        clip = alone.speak(cue.utterance)
        assert cue.end - cue.start == 2 * clip.length
        assert [word.start - cue.start for word in cue.words] == [2 * word.start for word in clip.words]


def test_both_voices_come_at_one_level(built: Edition) -> None:
    """All that either voice says lies within 0.5 LU of -19 LUFS in the MP3."""
    (mp3,) = built.folder.glob("*.mp3")
    heard = np.frombuffer(audio.decoded(mp3).pcm, "<i2").astype(float) / 32768
    spoken: dict[str, list[np.ndarray]] = {"en": [], "fr": []}
    for chapter in built.recording.chapters:
        for cue, following in itertools.zip_longest(chapter.cues, chapter.cues[1:]):
            end = following.start if following else chapter.length
            spoken[cue.utterance.language or "en"].append(heard[chapter.start + cue.start : chapter.start + end])
    levels = {language: _loudness_lufs(np.concatenate(parts)) for language, parts in spoken.items()}
    assert levels == pytest.approx({"en": TARGET_LUFS, "fr": TARGET_LUFS}, abs=0.5)


def _loudness_lufs(samples: np.ndarray) -> float:
    """Integrated loudness by libebur128."""
    import pyebur128

    state = pyebur128.R128State(1, RATE_HZ, pyebur128.MeasurementMode.MODE_I)
    state.add_frames(samples, len(samples))
    return float(pyebur128.get_loudness_global(state))


def test_an_unlevelled_voice_would_be_noticed(built: Edition, manifest: Any) -> None:
    """The broken twin of the test above: under one gain for both, the two would not be within 0.5 LU of each other."""
    gains = [manifest["loudness"]["gain_db"], *manifest["loudness"]["other_gains_db"].values()]
    assert abs(gains[0] - gains[1]) > 0.5


def test_every_file_names_both_voices(built: Edition) -> None:
    """Tags, captions, transcript and book say who speaks, the main voice first."""
    said = "Spoken by synthetic voices: English (America) (espeak), French (France) (espeak)."
    (m4b,) = built.folder.glob("*.m4b")
    assert mutagen.mp4.MP4(m4b)["\xa9cmt"] == [said]
    assert said in (built.folder / "transcript.vtt").read_text("utf-8")
    assert said in (built.folder / "transcript.html").read_text("utf-8")


def test_the_same_bytes_whatever_the_cache_held(built: Edition, tmp_path: Path) -> None:
    """Without a cache, with an empty one and with a full one: one edition, two voices and all."""
    script = make_script(ARTICLE.encode(), SETTINGS, "article")
    cache = Cache(tmp_path / "cache")
    for name in ("empty", "full"):
        made = make_edition(script, tmp_path / name, SETTINGS, cache)
        assert hashes(made.folder) == hashes(built.folder)
