"""A pyttsx3 driver for eSpeak NG that gives samples and word marks in memory: no thread, sleep, file or print.

pyttsx3's own loses sound: its loop races the callback. Here eSpeak NG runs in its synchronous mode, in which `Synth`
returns when the last callback has been made. For the speech process only (`speech_process`).
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from typing import Any

from pyttsx3.voice import Voice

from audio_edition.speak.espeak_ipa import Pronunciation, rendered
from audio_edition.speak.espeak_library import DATA_FOLDER, library, pyttsx3_driver

NAME = "audio_edition_espeak"
_RATE_HZ = 22_050
_BUFFER_MS = 1000
_IPA = 2
"""espeak_TextToPhonemes: phonemes in IPA, not in eSpeak NG's own notation."""
_WITH_PHONEMES: int = library.CHARS_UTF8 | library.PHONEMES
_NO_SOUND = re.compile(r"\([^)]*\)|[-\u200c\u200d]")
"""What it writes beside phonemes: a change of language as `(fr)`, joins."""
_GENDERS = {1: "male", 2: "female"}


class InMemoryEspeakDriver(pyttsx3_driver.EspeakDriver):  # type: ignore[misc]
    """`say` fills `pcm` and `words`: (first sample, text position, length), positions in characters from 0.

    It follows the `pronunciations` that were set before, and says in `said` which of them the voice could.
    """

    def __init__(self, proxy: Any) -> None:
        if not pyttsx3_driver.EspeakDriver._moduleInitialized:
            if library.Initialize(library.AUDIO_OUTPUT_SYNCHRONOUS, _BUFFER_MS, DATA_FOLDER.encode()) != _RATE_HZ:
                raise RuntimeError(f"eSpeak NG could not start with the voices in {DATA_FOLDER}")
            pyttsx3_driver.EspeakDriver._moduleInitialized = True
            pyttsx3_driver.EspeakDriver._defaultVoice = "gmw/en-US"
        self._buffers: list[bytes] = []
        self.words: list[tuple[int, int, int]] = []
        self.pronunciations: tuple[Pronunciation, ...] = ()
        self.said: tuple[Pronunciation, ...] = ()
        self.problem: Exception | None = None
        self._places: tuple[int, ...] = ()
        self._language = ""
        self._identifiers = {_tag(voice): voice.identifier.decode() for voice in reversed(library.ListVoices(None))}
        super().__init__(proxy)

    @property
    def pcm(self) -> bytes:
        return b"".join(self._buffers)

    def getProperty(self, name: str) -> Any:  # noqa: N802 - pyttsx3's name
        if name != "voices":
            return super().getProperty(name)
        return [_described(voice) for voice in library.ListVoices(None)]

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802 - pyttsx3's name
        if name == "voice":
            self._language = str(value)
            # A voice is called by its language tag, with a variant behind a plus; eSpeak NG wants its identifier.
            tag, plus, variant = value.partition("+")
            value = self._identifiers.get(tag, tag) + plus + variant
        super().setProperty(name, value)

    def say(self, text: str) -> None:
        self.problem = None
        self._proxy.setBusy(True)
        try:
            text, flags = self._rendered(text)
            self._buffers, self.words = [], []
            if code := library.Synth(text.encode("utf-8"), flags=flags):
                raise RuntimeError(f"eSpeak NG refused the text (code {code})")
        except Exception as error:
            self.problem = error
        self._proxy.setBusy(False)

    def phonemes(self, text: str) -> str:
        """Return the IPA of what `say` would say."""
        return _ipa_of(*self._rendered(text))

    def _rendered(self, text: str) -> tuple[str, int]:
        """Return what eSpeak NG gets, and in which mode.

        Without ENDPAUSE: pauses are the script's. Without SSML: markup is text. With PHONEMES, in which [[ ]] is not
        text, only where there is something to say by phonemes; `rendered` then sees to it that the text has none.
        """
        found = rendered(text, self.pronunciations, self._language, _ipa_of_marked)
        self.said, self._places = found.said, found.places
        return (found.text, _WITH_PHONEMES) if found.said else (text, library.CHARS_UTF8)

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        self._proxy.setBusy(False)

    def _onSynth(self, wav: Any, numsamples: int, events: Any) -> int:  # noqa: N802 - pyttsx3's name
        for event in _each(events):
            if event.type == library.EVENT_WORD:
                self._mark(event)
        if numsamples > 0:
            self._buffers.append(ctypes.string_at(wav, 2 * numsamples))
        return 0

    def _mark(self, event: Any) -> None:
        place = event.text_position - 1
        if self.said:
            place = self._places[min(max(place, 0), len(self._places) - 1)]
            # The words of one pronunciation are one word of the text.
            if self.words and self.words[-1][1] == place:
                return
        self.words.append((event.sample, place, event.length))


_text_to_phonemes = library.dll.espeak_TextToPhonemes
_text_to_phonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
_text_to_phonemes.restype = ctypes.c_char_p

buildDriver = InMemoryEspeakDriver  # noqa: N816 - pyttsx3's name


def register() -> None:
    """Make this module known to pyttsx3 as the driver NAME."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]


def _ipa_of(text: str, flags: int) -> str:
    library.Synth(b" ", flags=flags)  # the mode is that of the last call
    rest = ctypes.c_char_p(text.encode("utf-8"))
    clauses = []
    while rest.value is not None:  # a clause at a time
        clauses.append(_text_to_phonemes(ctypes.byref(rest), library.CHARS_UTF8, _IPA).decode("utf-8"))
    return " ".join(_NO_SOUND.sub("", " ".join(clauses)).split())


def _ipa_of_marked(text: str) -> str:
    return _ipa_of(text, _WITH_PHONEMES)


def _each(events: Any) -> Iterator[Any]:
    index = 0
    while events[index].type != library.EVENT_LIST_TERMINATED:
        yield events[index]
        index += 1


def _tag(voice: Any) -> str:
    """Return the voice's own language: espeak_VOICE.languages is a priority byte and a tag, for each language."""
    return str(voice.languages[1:].partition(b"\0")[0].decode("ascii", "replace"))


def _described(voice: Any) -> Voice:
    """Return eSpeak NG's voice as pyttsx3 describes voices, keeping the case of its identifier."""
    gender = _GENDERS.get(voice.gender, "")
    return Voice(id=voice.identifier.decode(), name=voice.name.decode(), languages=[_tag(voice)], gender=gender)
