"""Text in IPA by eSpeak NG, with a tie between the letters of one sound.

The library is the one that comes with the program, called in this process: it has one voice at a time and no threads
of its own, so one lock is around every call.
"""

from __future__ import annotations

import ctypes
import re
import threading
from typing import Any

from audio_edition.errors import SpeakError
from audio_edition.speak.engine import RetryableSpeechError

TIE = "^"
_IPA = 2
_TIED = 0x80
_MODE = _IPA | _TIED | (ord(TIE) << 8)
_NEVER_EXIT = 0x8000
"""espeak_Initialize: an error comes back, and does not end the process."""
_OTHER_LANGUAGE = re.compile(r"\([^)]*\)")
"""It writes `(en)` where it goes over to another language within a text."""
_lock = threading.Lock()
_started: list[Any] = []
_voice: list[str] = []


def ipa(text: str, voice: str) -> str:
    """Return what eSpeak NG's voice says for a text. Raises SpeakError, RetryableSpeechError."""
    with _lock:
        tell = _library(voice)
        rest = ctypes.c_char_p(text.replace("\0", " ").encode("utf-8", "replace"))
        clauses = []
        while rest.value is not None:
            clauses.append(tell(ctypes.byref(rest)))
    return " ".join(_OTHER_LANGUAGE.sub("", " ".join(clauses)).split())


def _library(voice: str) -> Any:
    """Return what tells the phonemes of a text's next clause, with the voice set."""
    if not _started:
        _started.append(_start())
    library, tell = _started[0]
    if _voice != [voice]:
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise SpeakError(f"eSpeak NG has no voice “{voice}”.", "Install it again: pip install espeakng-loader")
        _voice[:] = [voice]
    return tell


def _start() -> Any:
    from audio_edition.speak.espeak_library import DATA_FOLDER, library

    if library.Initialize(library.AUDIO_OUTPUT_SYNCHRONOUS, 0, DATA_FOLDER.encode(), _NEVER_EXIT) < 0:
        raise SpeakError(
            f"eSpeak NG can't start with the voices in {DATA_FOLDER}.", "Install it again: pip install espeakng-loader"
        )
    put = library.dll.espeak_TextToPhonemes
    put.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    put.restype = ctypes.c_char_p

    def tell(rest: Any) -> str:
        told = put(rest, library.CHARS_UTF8, _MODE)
        if told is None:
            raise RetryableSpeechError("eSpeak NG has no phonemes for it")
        return str(told.decode("utf-8", "replace"))

    return library.dll, tell
