"""Speak: utterances become clips, by the engine and voice asked for."""

from __future__ import annotations

import contextlib
import difflib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from audio_edition.errors import MissingTool, SpeakError
from audio_edition.speak.engine import Engine, RetryableSpeechError

# Imported where it is needed: the process that speaks imports this package, too, and needs none of it.
if TYPE_CHECKING:
    from audio_edition.model import Speech

__all__ = [
    "ENGINES",
    "Engine",
    "RetryableSpeechError",
    "default_engine",
    "engines_here",
    "natural_voices",
    "open_engine",
    "rate_of",
    "started_early",
    "with_best_engine",
]


def _pyttsx3(driver: str) -> Callable[[], Engine]:
    def opened() -> Engine:
        from audio_edition.speak.pyttsx3_engine import Pyttsx3Engine

        return Pyttsx3Engine(driver)

    return opened


def _kokoro() -> Engine:
    from audio_edition.speak.kokoro.engine import KokoroEngine

    return KokoroEngine()


def _piper() -> Engine:
    from audio_edition.speak.piper.engine import PiperEngine

    return PiperEngine()


def _tone() -> Engine:
    from audio_edition.speak.tone import ToneEngine

    return ToneEngine()


ENGINES: dict[str, Callable[[], Engine]] = {
    "espeak": _pyttsx3("espeak"),
    "kokoro": _kokoro,
    "nsss": _pyttsx3("nsss"),
    "piper": _piper,
    "sapi5": _pyttsx3("sapi5"),
    "tone": _tone,
}
"""The engines of this package. Other packages add theirs by the entry point group `audio_edition.engines`."""

_IN_PROCESSES = ("espeak", "nsss", "sapi5")
_MODULES = {"kokoro": "onnxruntime", "piper": "piper"}
"""What an engine of an extra can't do without."""
_OF_ONE_SYSTEM = {"nsss": "darwin", "sapi5": "win32"}


NATURAL = ("kokoro", "piper")
"""The engines whose voices are taken before those of the default engine, the best first."""


def default_engine() -> str:
    """Return the engine that AUDIO_EDITION_ENGINE names; without it the system's own voices on Windows and macOS,
    eSpeak NG elsewhere."""
    return os.environ.get("AUDIO_EDITION_ENGINE") or {"win32": "sapi5", "darwin": "nsss"}.get(sys.platform, "espeak")


def with_best_engine(speech: Speech, language: str) -> Speech:
    """Return the speech with the engine that has the voice named, or else the best voice for the language. Where an
    engine or a voice for the language is set, or only the default engine has one, it is returned as it is."""
    from dataclasses import replace

    from audio_edition.speak.voices import asked_for, voices_for

    if speech.engine or os.environ.get("AUDIO_EDITION_ENGINE") or asked_for(language, speech.voices):
        return speech
    for name in NATURAL:
        with contextlib.suppress(SpeakError, MissingTool), contextlib.closing(open_engine(name)) as engine:
            if engine.voice(speech.voice) if speech.voice else voices_for(engine.voices(), language):
                return replace(speech, engine=name)
    return speech


def natural_voices() -> list[tuple[str, str, list[str]]]:
    """Return the natural engines at hand, each with its version and the names of its voices: what the choice of
    `with_best_engine` depends on."""
    found = []
    for name in NATURAL:
        with contextlib.suppress(SpeakError, MissingTool), contextlib.closing(open_engine(name)) as engine:
            found.append((name, engine.version, [voice.id for voice in engine.voices()]))
    return found


def rate_of(speech: Speech) -> int:
    """Return the words a minute at which the main voice will speak. Raises SpeakError, MissingTool."""
    if speech.rate_wpm:
        return speech.rate_wpm
    with contextlib.closing(open_engine(speech.engine or default_engine())) as engine:
        return engine.usual_wpm


@contextlib.contextmanager
def started_early(speech: Speech) -> Iterator[None]:
    """While the block reads and writes, let the engine of the main voice start, where that takes a process."""
    name = speech.engine or default_engine()
    if name not in _IN_PROCESSES:
        yield
        return
    from audio_edition.speak import pyttsx3_engine

    with pyttsx3_engine.started_early(name):
        yield


def engines_here() -> list[str]:
    """Return the engines that can be asked for on this system; nothing is started or loaded to find out."""
    own = {name for name in ENGINES if _OF_ONE_SYSTEM.get(name, sys.platform) == sys.platform}
    own -= {name for name, module in _MODULES.items() if importlib.util.find_spec(module) is None}
    from audio_edition.plugins import plugins

    return sorted(own | plugins("engine").keys())


def open_engine(name: str) -> Engine:
    """Return the engine of that name. Raises SpeakError with the nearest name for one that isn't known, MissingTool for
    one that can't be used."""
    if name in ENGINES:
        return ENGINES[name]()
    from audio_edition.plugins import load_plugin, plugins

    added = plugins("engine")
    if name in added:
        engine: Engine = load_plugin("engine", added[name], _flaw, call=True)
        return engine
    known = sorted(ENGINES | added)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise SpeakError(f"There is no engine “{name}”.", f"{hint}Engines: {', '.join(known)}.")


def _flaw(engine: Engine) -> str:
    from audio_edition.audio import STREAM_RATES_HZ
    from audio_edition.plugins import without

    if missing := without(Engine, engine):
        return missing
    if engine.rate_hz not in STREAM_RATES_HZ:
        return f"its rate_hz is {engine.rate_hz!r}, not one of {STREAM_RATES_HZ}"
    return ""
