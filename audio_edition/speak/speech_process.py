"""The process that a pyttsx3 driver speaks in: requests come as lines of JSON on stdin, answers go out as frames.

A frame is the lengths of a JSON header and of a payload (two big-endian 32-bit numbers), then both. eSpeak NG's sound
depends on what it said before, so where a process can fork, each of its utterances is said by a child forked from the
fresh process: the same text always gives the same bytes, and a hang or crash costs one child.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

Request = dict[str, Any]
Answer = tuple[dict[str, Any], bytes]


class _Pronunciation(NamedTuple):
    start: int
    end: int
    ipa: str


def main(driver: str) -> None:
    """Serve until stdin ends. What libraries print goes nowhere: stdout carries frames only."""
    frames = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        answer = _opened(driver)
    except Exception as error:
        _send(frames, {"error": f"{type(error).__name__}: {error}", "final": True})
        return
    gc.freeze()  # a child that collects what its parent has would copy it
    _send(frames, {"ready": True})
    for line in sys.stdin.buffer:
        request: Request = json.loads(line)
        if request["do"] != "voices" and driver == "espeak" and hasattr(os, "fork"):
            _answer_in_child(answer, request, frames)
        else:
            _answer_here(answer, request, frames)


def _opened(driver: str) -> Callable[[Request], Answer]:
    import pyttsx3

    if driver == "espeak":
        from audio_edition.speak import espeak_driver

        espeak_driver.register()
        engine = pyttsx3.init(espeak_driver.NAME)
        answers = {"speak": _said_in_memory, "phonemes": _phonemes, "voices": _voices}
        return lambda request: answers[request["do"]](engine, request)
    engine = pyttsx3.init(driver)
    return lambda request: _said_to_file(driver, request) if request["do"] == "speak" else _voices(engine, request)


def _voices(engine: Any, _: Request) -> Answer:
    voices = [
        {"id": voice.id, "name": voice.name, "languages": [_tag(tag) for tag in voice.languages or []]}
        | {"gender": voice.gender or ""}
        for voice in engine.getProperty("voices")
    ]
    return {"voices": voices}, b""


def _tag(tag: Any) -> str:
    """Return a language as the system's driver names it (text, bytes with a priority, `en_US`) as a BCP 47 tag."""
    text = tag.decode("ascii", "ignore") if isinstance(tag, bytes) else str(tag)
    return text.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09 ").replace("_", "-")


def _said_in_memory(engine: Any, request: Request) -> Answer:
    driver = _prepared(engine, request)
    driver.setProperty("rate", request["rate"])
    engine.say(request["text"])
    engine.runAndWait()
    if driver.problem:
        raise driver.problem
    return {"words": driver.words, "said": [(part.start, part.end) for part in driver.said]}, driver.pcm


def _phonemes(engine: Any, request: Request) -> Answer:
    return {"ipa": _prepared(engine, request).phonemes(request["text"])}, b""


def _prepared(engine: Any, request: Request) -> Any:
    driver = engine.proxy._driver
    driver.setProperty("voice", request["voice"])
    driver.pronunciations = tuple(_Pronunciation(*part) for part in request["pronunciations"])
    return driver


def _said_to_file(name: str, request: Request) -> Answer:
    """Say one utterance with the system's own driver, which can only write files, and only one of them well."""
    import pyttsx3

    engine = pyttsx3.init(name)
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    with tempfile.TemporaryDirectory(prefix="audio-edition-") as folder:
        path = Path(folder, "utterance.wav")
        engine.save_to_file(request["text"], str(path))
        engine.runAndWait()
        return {"file": True}, path.read_bytes() if path.exists() else b""


def _answer_here(answer: Callable[[Request], Answer], request: Request, frames: BinaryIO) -> None:
    try:
        header, payload = answer(request)
    except Exception as error:
        header, payload = {"error": f"{type(error).__name__}: {error}"}, b""
    _send(frames, header, payload)


def _answer_in_child(answer: Callable[[Request], Answer], request: Request, frames: BinaryIO) -> None:
    child = os.fork()
    if child == 0:
        try:
            # An alarm that nobody waits for ends a child that hangs, even when the program itself is gone.
            signal.alarm(request["seconds"])
            _answer_here(answer, request, frames)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGALRM:
        _send(frames, {"error": f"no sound after {request['seconds']} seconds"})
    elif code:
        _send(frames, {"error": f"the engine crashed (signal {-code})" if code < 0 else "the engine crashed"})


def _send(frames: BinaryIO, header: dict[str, Any], payload: bytes = b"") -> None:
    head = json.dumps(header).encode()
    frames.write(struct.pack(">II", len(head), len(payload)) + head + payload)
    frames.flush()
