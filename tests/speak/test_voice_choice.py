"""Which voice speaks where none is named: the best that is installed for the language, and it is said."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition import speak
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.errors import MissingTool
from audio_edition.model import Speech, Voice
from audio_edition.speak import with_best_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.tone import ToneEngine
from audio_edition.speak.voices import choose_voice, is_of_another_variety


class _Humming(ToneEngine):
    """An engine that hums in the languages it is given."""

    def __init__(self, name: str, *languages: str) -> None:
        self.name = name
        self._voices = tuple(Voice("hum", "Hum", language, name) for language in languages)

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    def voice(self, wanted: str) -> Voice | None:
        return next((voice for voice in self._voices if voice.id == wanted), None)


def _missing() -> Engine:
    raise MissingTool("It is not installed.")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says which languages Kokoro and Piper speak here; None for one that is not installed."""
    monkeypatch.delenv("AUDIO_EDITION_ENGINE")

    def say(kokoro: list[str] | None, piper: list[str] | None) -> None:
        for name, languages in (("kokoro", kokoro), ("piper", piper)):
            opened = _missing if languages is None else functools.partial(_Humming, name, *languages)
            monkeypatch.setitem(speak.ENGINES, name, opened)

    return say


@pytest.mark.parametrize(
    ("kokoro", "piper", "engine"),
    [
        (["en-US", "fr"], ["en-US"], "kokoro"),
        (["fr"], ["en-US"], "piper"),
        ([], ["en-US"], "piper"),
        (None, ["en-GB"], "piper"),
        (["fr"], ["de"], ""),
        (None, None, ""),
    ],
)
def test_the_best_installed_engine_speaks(
    installed: Callable[..., None], kokoro: list[str] | None, piper: list[str] | None, engine: str
) -> None:
    """Kokoro, else Piper, else whatever the system has; each only if it has a voice for the language."""
    installed(kokoro, piper)
    assert with_best_engine(Speech(), "en").engine == engine


def test_what_is_set_is_kept(installed: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine, a voice for the language, the environment; a voice named alone is of the engine that has it."""
    installed(["en-US"], ["en-US"])
    for speech in (Speech("espeak"), Speech(voices={"en": "en-gb"}), Speech(voice="en-gb")):
        assert with_best_engine(speech, "en-US") == speech
    assert with_best_engine(Speech(voice="hum"), "en").engine == "kokoro"
    monkeypatch.setenv("AUDIO_EDITION_ENGINE", "espeak")
    assert with_best_engine(Speech(), "en") == Speech()


def test_an_edition_says_that_a_voice_was_chosen(installed: Callable[..., None], tmp_path: Path) -> None:
    """In one finding, with how to have another; where an engine is named there is none."""
    installed(["en-US"], None)
    article = tmp_path / "article.txt"
    article.write_text("Rain\n\nIt rained on Tuesday.\n", "utf-8")
    script = make_script(article, Settings())
    formats = ("transcript",)
    chosen = make_edition(script, tmp_path / "one", Settings(formats=formats))
    assert chosen.recording.delivery.voice.engine == "kokoro"
    (finding,) = [each for each in chosen.recording.script.findings if each.id == "voice-chosen"]
    assert "kokoro" in finding.message
    assert "--voice NAME" in finding.remedy
    named = make_edition(script, tmp_path / "two", Settings(speech=Speech("tone"), formats=formats))
    assert "voice-chosen" not in {each.id for each in named.recording.script.findings}


@pytest.mark.parametrize(
    ("spoken", "wanted", "taken"),
    [
        ("es es-419", "es", "es"),
        ("es es-419", "es-ES", "es"),
        ("es es-419", "es-MX", "es-419"),
        ("es es-419", "es-US", "es-419"),
        ("es-ES es-MX", "es-419", "es-MX"),
        ("en-US en-GB", "en-AU", "en-GB"),
        ("en-US en-GB", "en-IN", "en-GB"),
        ("en-GB en-US", "en-CA", "en-US"),
        ("en-GB en-US", "en", "en-US"),
        ("en-us en-gb en-029", "en-JM", "en-029"),
        ("pt-BR pt", "pt-AO", "pt"),
        ("pt-BR pt", "pt", "pt"),
        ("pt pt-BR", "pt-BR", "pt-BR"),
    ],
)
def test_the_nearest_variety_speaks(spoken: str, wanted: str, taken: str) -> None:
    """Of the voices of a language, that of the region; else the one that sounds most like it."""
    assert choose_voice(_Humming("kokoro", *spoken.split()), "", wanted).language == taken


@pytest.mark.parametrize(
    ("voice", "wanted", "is_another"),
    [
        ("pt-BR", "pt-PT", True),
        ("fr", "fr-CA", True),
        ("en-GB", "en-AU", True),
        ("es", "es-MX", True),
        ("pt-BR", "pt", False),
        ("pt", "pt-AO", False),
        ("es-419", "es-AR", False),
        ("fr", "fr-FR", False),
        ("it", "it-CH", False),
        ("mul", "en-AU", False),
        ("de", "pt-PT", False),
    ],
)
def test_another_variety_is_told(voice: str, wanted: str, *, is_another: bool) -> None:
    """Where the article names a region, and the voice sounds otherwise than people there."""
    assert is_of_another_variety(Voice("v", "V", voice, "kokoro"), wanted) is is_another
