"""Speak: utterances become clips, by the engine and voice asked for."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable

from audio_edition.errors import SpeakError
from audio_edition.speak.engine import Engine, Stumble

__all__ = ["ENGINES", "Engine", "Stumble", "default_engine", "open_engine"]


def _pyttsx3(driver: str) -> Callable[[], Engine]:
    def opened() -> Engine:
        from audio_edition.speak.pyttsx3_engine import Pyttsx3Engine

        return Pyttsx3Engine(driver)

    return opened


def _tone() -> Engine:
    from audio_edition.speak.tone import ToneEngine

    return ToneEngine()


ENGINES: dict[str, Callable[[], Engine]] = {
    "espeak": _pyttsx3("espeak"),
    "nsss": _pyttsx3("nsss"),
    "sapi5": _pyttsx3("sapi5"),
    "tone": _tone,
}


def default_engine() -> str:
    """The system's own voices on Windows and macOS, eSpeak NG elsewhere."""
    return {"win32": "sapi5", "darwin": "nsss"}.get(sys.platform, "espeak")


def open_engine(name: str) -> Engine:
    """The engine of that name. Raises SpeakError with the nearest name for one that isn't known."""
    if name in ENGINES:
        return ENGINES[name]()
    near = difflib.get_close_matches(name, ENGINES, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise SpeakError(f"There is no engine “{name}”.", f"{hint}Engines: {', '.join(sorted(ENGINES))}.")
