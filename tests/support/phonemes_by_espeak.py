"""In: JSON on standard input, {voice's tag: [text, ...]}. Out: the same with the IPA that eSpeak NG will say for each.

A program of its own, so that the library is never loaded into the tests' process.
"""

from __future__ import annotations

import ctypes
import json
import sys

from audio_edition.speak.espeak_driver import _tag
from audio_edition.speak.espeak_library import DATA_FOLDER, library

_UTF8, _IPA = 1, 2


def main() -> None:
    library.Initialize(library.AUDIO_OUTPUT_SYNCHRONOUS, 0, DATA_FOLDER.encode())
    identifiers = {_tag(voice): voice.identifier for voice in reversed(library.ListVoices(None))}
    wanted = json.load(sys.stdin)
    json.dump({tag: [_phonemes(identifiers[tag], text) for text in texts] for tag, texts in wanted.items()}, sys.stdout)


def _phonemes(identifier: bytes, text: str) -> str:
    library.SetVoiceByName(identifier)
    to_phonemes = library.dll.espeak_TextToPhonemes
    to_phonemes.restype = ctypes.c_char_p
    place = ctypes.c_char_p(text.encode())
    clauses = []
    while place.value is not None:
        clauses.append((to_phonemes(ctypes.byref(place), _UTF8, _IPA) or b"").decode())
    return " | ".join(filter(None, clauses))


if __name__ == "__main__":
    main()
