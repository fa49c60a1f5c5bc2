"""Run a voice's model: the numbers of phonemes become samples, and how many of them each phoneme takes.

Sound is made a few seconds at a time, with what is heard of the neighbours around: the samples are those of a whole
sentence, and memory does not grow with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy
import numpy.typing
import onnxruntime

from audio_edition.errors import SpeakError
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.onnx_run import QUIET, first_line, limited, reason_of
from audio_edition.speak.piper.graph import halves

Samples: TypeAlias = numpy.typing.NDArray[numpy.float32]

_FRAMES = 256
"""At once: three seconds of a voice of 22,050 Hz."""
_AROUND = 16
"""Frames to each side that a frame's samples depend on: 11 by the convolutions of the voices of medium quality, 14 of
those of high."""
_INPUTS = {"input", "input_lengths", "scales"}
_LEAST_SECONDS = 30
_MEND = "Copy both files of the voice anew (the .onnx and its .onnx.json)."


class Session:
    """A loaded model, with the `run` that PiperVoice asks of it. Any number of threads may call it at once."""

    def __init__(self, model: Path) -> None:
        onnxruntime.set_default_logger_severity(QUIET)
        try:
            cut = halves(model)
            self._first, self._frames = _session(cut.first), cut.frames
            self._second = _session(cut.second) if cut.second else None
            lack = _INPUTS - {taken.name for taken in self._first.get_inputs()}
        # protobuf, onnx and onnxruntime have no error in common.
        except Exception as error:
            raise SpeakError(f"{model} is not an ONNX model that can be run ({first_line(error)}).", _MEND) from error
        if lack:
            raise SpeakError(
                f"{model} is an ONNX model, but not a Piper voice.", "Name the .onnx file of a Piper voice."
            )

    def run(self, _: None, given: dict[str, Samples]) -> list[Samples]:
        """Return the model's outputs. Raises RetryableSpeechError, also where it takes far longer than speech does."""
        seconds = _LEAST_SECONDS + given["input"].size // 20
        try:
            with limited(seconds) as options:
                first, *lengths = self._first.run(None, given, options)
                return [self._samples(first, given, options), *lengths]
        except Exception as error:
            raise RetryableSpeechError(reason_of(error, seconds)) from error

    def _samples(self, frames: Samples, given: dict[str, Samples], options: onnxruntime.RunOptions) -> Samples:
        """Return the samples of all frames, made piece by piece."""
        if self._second is None:
            return frames
        speaker = {taken.name: given[taken.name] for taken in self._second.get_inputs() if taken.name in given}
        count, pieces = frames.shape[-1], []
        for start in range(0, count, _FRAMES):
            before, end = max(0, start - _AROUND), min(count, start + _FRAMES)
            piece = frames[..., before : min(count, end + _AROUND)]
            (samples,) = self._second.run(None, {self._frames: piece, **speaker}, options)
            length = samples.shape[-1] // piece.shape[-1]
            pieces.append(samples[..., (start - before) * length : (end - before) * length])
        return numpy.concatenate(pieces, axis=-1)


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # A thread for each utterance and not several: their number would change the samples, and two utterances at
    # once use two cores better.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    # Kept to start anew on another provider, of which there is none: as many bytes as the weights again.
    session._model_bytes = None
    return session
