"""The engines that pyttsx3 drives: eSpeak NG (`espeak`), and the voices of Windows (`sapi5`) and macOS (`nsss`).

They speak in a process of their own (`speech_process`), which is started at the first need, given a time for each
answer, and replaced when it hangs or dies.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import queue
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import IO, Any, cast

from audio_edition import audio
from audio_edition.errors import MissingTool, SpeakError
from audio_edition.model import RATE_HZ, Clip, Delivery, Pronunciation, Voice, Word
from audio_edition.speak import espeak_ipa
from audio_edition.speak.engine import RetryableSpeechError

_START = (
    "import sys; sys.path.append(sys.argv[1]); from audio_edition.speak.speech_process import main; main(sys.argv[2])"
)
_START_SECONDS = 60
_SYSTEMS = {"sapi5": "Windows", "nsss": "macOS"}
_GRACE_SECONDS = 15
_LICENCES = {"espeak": "GPL-3.0-or-later"}
"""Of eSpeak NG and its voices; a system does not tell those of its own."""
Frame = tuple[dict[str, Any], bytes]


class Pyttsx3Engine:
    """One pyttsx3 driver behind the Engine protocol."""

    at_once = 1
    learned = False

    def __init__(self, driver: str) -> None:
        self.name = driver
        # At 175, eSpeak NG is quicker between its pauses than people are.
        self.usual_wpm = 160 if driver == "espeak" else 175
        self.takes_ipa = driver == "espeak"
        self.version = _version(driver)
        self.licence = _LICENCES.get(driver, "")
        self.rate_hz = audio.STREAM_RATES_HZ[0] if driver == "espeak" else RATE_HZ
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._voices: tuple[Voice, ...] = ()
        self._closed = False

    def voices(self) -> tuple[Voice, ...]:
        if not self._voices:
            header, _ = self._ask({"do": "voices"}, _START_SECONDS)
            voices = _voices(header["voices"], self.name)
            by_id = {voice.id: voice for voice in reversed(voices)}
            self._voices = tuple(sorted(by_id.values(), key=lambda voice: (voice.language, voice.id)))
        return self._voices

    def voice(self, wanted: str) -> Voice | None:
        base, plus, variant = wanted.partition("+") if self.name == "espeak" else (wanted, "", "")
        if plus and variant not in _variants():
            return None
        name = base.casefold()
        found = next((voice for voice in self.voices() if name in (voice.id.casefold(), voice.name.casefold())), None)
        return replace(found, id=found.id + plus + variant) if found else None

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        header, payload = self._ask_about(
            spoken, delivery.voice, {"do": "speak", "rate": delivery.rate_wpm}, pronunciations
        )
        if "file" in header:
            return _decoded(payload)
        words = _words(header["words"], spoken, len(payload) // 2, dict(header["said"]))
        return Clip(payload, self.rate_hz, words)

    def phonemes(self, spoken: str, voice: Voice, pronunciations: tuple[Pronunciation, ...] = ()) -> str:
        if self.name != "espeak":
            return ""
        header, _ = self._ask_about(spoken, voice, {"do": "phonemes"}, pronunciations)
        return str(header["ipa"])

    def close(self) -> None:
        self._closed = True
        self._end_process()

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process:
            _end(process)

    def _ask_about(
        self, spoken: str, voice: Voice, request: dict[str, Any], pronunciations: tuple[Pronunciation, ...]
    ) -> Frame:
        seconds = 30 + len(spoken) // 20
        request |= {"text": spoken, "voice": voice.id, "seconds": seconds}
        request["pronunciations"] = [astuple(part) for part in pronunciations]
        return self._ask(request, seconds + _GRACE_SECONDS)

    def _ask(self, request: dict[str, Any], seconds: int) -> Frame:
        process = self._process or self._started()
        try:
            requests = cast(IO[bytes], process.stdin)
            requests.write(json.dumps(request).encode() + b"\n")
            requests.flush()
        except (OSError, ValueError) as error:  # it ended, or was closed
            self._end_process()
            raise RetryableSpeechError("the engine's process ended") from error
        return self._next_frame(seconds)

    def _next_frame(self, seconds: int) -> Frame:
        try:
            frame = self._frames.get(timeout=seconds)
        except queue.Empty:
            self._end_process()
            raise RetryableSpeechError(f"no answer after {seconds} seconds") from None
        if frame is None:
            self._end_process()
            raise RetryableSpeechError("the engine's process ended")
        if "error" in frame[0]:
            raise (self._unusable if frame[0].get("final") else RetryableSpeechError)(frame[0]["error"])
        return frame

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return self._started_once()
        except RetryableSpeechError:  # perhaps it was ended from outside
            self._end_process()
        try:
            return self._started_once()
        except RetryableSpeechError as failure:
            raise self._unusable(failure.message) from failure

    def _started_once(self) -> subprocess.Popen[bytes]:
        process = _started_early.pop(self.name, None) or _start(self.name)
        self._process, self._frames = process, queue.SimpleQueue()
        threading.Thread(target=_read_frames, args=(process.stdout, self._frames), daemon=True).start()
        if self._closed:
            self._end_process()
            raise SpeakError(f"The engine {self.name} was closed.", "Open it anew.")
        self._next_frame(_START_SECONDS)
        return process

    def _unusable(self, problem: str) -> MissingTool:
        self._end_process()
        remedy = "Install it again with: pip install --force-reinstall pyttsx3 espeakng-loader"
        if self.name != "espeak":
            system = _SYSTEMS.get(self.name, "its own system")
            remedy = f"It speaks on {system} only. Use --engine espeak, which needs nothing of the system."
        return MissingTool(f"The engine {self.name} can't start here: {problem}.", remedy)


def _version(driver: str) -> str:
    packages = ("pyttsx3", "espeakng-loader") if driver == "espeak" else ("pyttsx3",)
    try:
        versions = [f"{package} {importlib.metadata.version(package)}" for package in packages]
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingTool(
            f"The package {error.name} is not installed.", f"Install it: pip install {error.name}"
        ) from error
    return ", ".join(versions + [f"phonemes {espeak_ipa.VERSION}"] * (driver == "espeak"))


_started_early: dict[str, subprocess.Popen[bytes]] = {}
"""Processes that no engine has asked for yet, by driver."""


@contextlib.contextmanager
def started_early(driver: str) -> Iterator[None]:
    """Start the process of a driver before an engine needs it: the first one to speak takes it. What is still there
    when the block ends is ended."""
    with contextlib.suppress(OSError):  # whoever needs it is told
        _started_early[driver] = _start(driver)
    try:
        yield
    finally:
        if process := _started_early.pop(driver, None):
            _end(process)


def _start(driver: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", _START, str(Path(__file__).parents[2]), driver]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe and pipe.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process, and its child that says an utterance and may hang."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _read_frames(pipe: IO[bytes], frames: queue.SimpleQueue[Frame | None]) -> None:
    """Read answers until the process ends, so that waiting for one can have an end on every system."""
    with contextlib.suppress(OSError, ValueError, struct.error):
        while lengths := pipe.read(8):
            head, payload = struct.unpack(">II", lengths)
            frames.put((json.loads(pipe.read(head)), pipe.read(payload)))
    frames.put(None)


def _voices(described: list[dict[str, Any]], engine: str) -> list[Voice]:
    voices = []
    for voice in described:
        tag = next(iter(voice["languages"]), "")
        # An eSpeak voice is called by its language tag, which is unique; others by the system's own identifier.
        identity = tag if engine == "espeak" else voice["id"]
        gender, licence = voice["gender"].lower(), _LICENCES.get(engine, "")
        voices.append(Voice(identity, voice["name"], tag, engine, gender, licence))
    return voices


def _variants() -> set[str]:
    """Return eSpeak NG's voice variants (`en-us+f3`)."""
    import espeakng_loader

    return {path.name for path in Path(espeakng_loader.__file__).parent.glob("espeak-ng-data/voices/!v/*")}


_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


def _words(marks: list[list[int]], spoken: str, length: int, said: dict[int, int]) -> tuple[Word, ...]:
    """Return eSpeak NG's word events as words of `spoken`; `said` are the starts and ends of what was given as
    phonemes.

    Its positions are right, its lengths not always (0 after an opening quote, at most 31), so the text tells where a
    word ends. In sound, it ends where the next begins.
    """
    words = []
    ends = [*(mark[0] for mark in marks[1:]), length]
    for (start, position, _), following in zip(marks, ends, strict=False):
        if position in said:
            words.append(Word(start, following, position, said[position]))
        elif match := _WORD.search(spoken, max(position, 0)):
            words.append(Word(start, following, *match.span()))
    return tuple(words)


def _decoded(file: bytes) -> Clip:
    if not file:
        raise RetryableSpeechError("the engine wrote no file")
    with tempfile.TemporaryDirectory(prefix="audio-edition-") as folder:
        path = Path(folder, "utterance")
        path.write_bytes(file)
        return audio.decoded(path)
