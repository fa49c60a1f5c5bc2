"""Speak: utterances become clips, by the engine and voice asked for."""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from audio_edition.audio import STREAM_RATES_HZ
from audio_edition.errors import AudioEditionError, MissingTool, SpeakError
from audio_edition.speak.engine import Engine, Stumble

__all__ = ["ENGINES", "Engine", "Stumble", "default_engine", "engines_here", "open_engine", "usual_wpm"]

_GROUP = "audio_edition.engines"


def _pyttsx3(driver: str) -> Callable[[], Engine]:
    def opened() -> Engine:
        from audio_edition.speak.pyttsx3_engine import Pyttsx3Engine

        return Pyttsx3Engine(driver)

    return opened


def _piper() -> Engine:
    from audio_edition.speak.piper.engine import PiperEngine

    return PiperEngine()


def _tone() -> Engine:
    from audio_edition.speak.tone import ToneEngine

    return ToneEngine()


ENGINES: dict[str, Callable[[], Engine]] = {
    "espeak": _pyttsx3("espeak"),
    "nsss": _pyttsx3("nsss"),
    "piper": _piper,
    "sapi5": _pyttsx3("sapi5"),
    "tone": _tone,
}
"""Those of this package. Others are found by the entry point group `audio_edition.engines`."""

_OF_ONE_SYSTEM = {"nsss": "darwin", "sapi5": "win32"}


def default_engine() -> str:
    """The system's own voices on Windows and macOS, eSpeak NG elsewhere."""
    return {"win32": "sapi5", "darwin": "nsss"}.get(sys.platform, "espeak")


def usual_wpm(engine: str) -> int:
    """Words a minute where none are asked for. At 175, eSpeak NG is quicker between its pauses than people are."""
    return 160 if engine == "espeak" else 175


def engines_here() -> list[str]:
    """The engines that can be asked for on this system; nothing is started or loaded to find out."""
    own = {name for name in ENGINES if _OF_ONE_SYSTEM.get(name, sys.platform) == sys.platform}
    if importlib.util.find_spec("piper") is None:
        own.discard("piper")
    return sorted(own | _added().keys())


def open_engine(name: str) -> Engine:
    """The engine of that name. Raises SpeakError with the nearest name for one that isn't known, MissingTool for one
    that can't be used."""
    if name in ENGINES:
        return ENGINES[name]()
    added = _added()
    if name in added:
        return _opened(added[name])
    known = sorted(ENGINES | added)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise SpeakError(f"There is no engine “{name}”.", f"{hint}Engines: {', '.join(known)}.")


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=_GROUP) if point.name not in ENGINES}


def _opened(point: EntryPoint) -> Engine:
    """Another package's engine, if it is one."""
    package = point.dist.name if point.dist else point.module
    try:
        engine: Engine = point.load()()
        lack = _lack(engine)
    except AudioEditionError:
        raise
    except Exception as error:  # whatever a stranger's code raises
        lack = f"{type(error).__name__}: {error}"
        raise _broken(point.name, package, lack) from error
    if lack:
        raise _broken(point.name, package, lack)
    return engine


def _lack(engine: Engine) -> str:
    """What the engine has not, or not as speak.engine says; "" where nothing is missing."""
    promised = [*Engine.__annotations__, *(name for name in vars(Engine) if not name.startswith("_"))]
    if missing := [name for name in promised if not hasattr(engine, name)]:
        return f"it has no {missing[0]}"
    if engine.rate_hz not in STREAM_RATES_HZ:
        return f"its rate_hz is {engine.rate_hz!r}, not one of {STREAM_RATES_HZ}"
    return ""


def _broken(name: str, package: str, lack: str) -> MissingTool:
    return MissingTool(
        f"The engine {name} of the package {package} can't be used: {lack}.",
        f"Update the package {package}, or tell its makers; meanwhile take another engine.",
    )
