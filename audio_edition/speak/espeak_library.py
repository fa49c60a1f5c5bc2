"""pyttsx3's bindings to eSpeak NG, bound to the library in espeakng-loader's wheel: no system package is asked for."""

from __future__ import annotations

import ctypes
from typing import Any

import espeakng_loader

DATA_FOLDER: str = espeakng_loader.get_data_path()


class _AnswerToEveryName:
    """Stands in for `ctypes.cdll` while pyttsx3 looks for an eSpeak NG of the system, under names that differ by
    system: each gets the wheel's. (Loading that one beforehand makes only Linux take it.)"""

    def LoadLibrary(self, name: str) -> ctypes.CDLL:  # noqa: N802 - ctypes' name
        return ctypes.CDLL(espeakng_loader.get_library_path())


def _bindings() -> tuple[Any, Any]:
    kept = ctypes.cdll
    ctypes.cdll = _AnswerToEveryName()  # type: ignore[assignment]
    try:
        from pyttsx3.drivers import _espeak, espeak
    finally:
        ctypes.cdll = kept
    return _espeak, espeak


library, pyttsx3_driver = _bindings()
