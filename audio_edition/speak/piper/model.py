"""In: a voice's model and the numbers of its phonemes. Out: samples, and how many of them each phoneme takes.

Piper draws random numbers for how a voice sways, and a running model draws others each time. Here the model is changed
as it is loaded: it takes them from a list that is always the same, so that the same phonemes give the same samples. And
it tells the phonemes' lengths, from which the times of words come.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from audio_edition.errors import SpeakError
from audio_edition.speak.engine import Stumble

_NUMBERS = 1 << 20
_APART = 1 << 16
_SEED = 1
_INPUTS = {"input", "input_lengths", "scales"}
_LEAST_SECONDS = 30
_QUIET = 4
"""onnxruntime's level for what is fatal: the rest comes as exceptions."""
_MEND = "Copy both files of the voice anew (the .onnx and its .onnx.json)."


class Session:
    """A loaded model, with the `run` that PiperVoice asks of it. Any number of threads may call it at once."""

    def __init__(self, model: Path) -> None:
        onnxruntime.set_default_logger_severity(_QUIET)
        options = onnxruntime.SessionOptions()
        # A thread for each utterance and not several: their number would change the samples, and two utterances at
        # once use two cores better.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _QUIET
        try:
            changed = _changed(onnx.load(str(model), load_external_data=False))
            self._session = onnxruntime.InferenceSession(changed, options, providers=["CPUExecutionProvider"])
            lack = _INPUTS - {taken.name for taken in self._session.get_inputs()}
        # protobuf, onnx and onnxruntime have no error in common.
        except Exception as error:
            raise SpeakError(
                f"{model}: this is no ONNX model that can be run ({_first_line(error)}).", _MEND
            ) from error
        if lack:
            raise SpeakError(f"{model}: this is an ONNX model, but not of a Piper voice.", "Take another one.")

    def run(self, wanted: list[str] | None, given: dict[str, Any]) -> Any:
        """The model's outputs. Raises Stumble, also where it takes far longer than speech does."""
        seconds = _LEAST_SECONDS + given["input"].size // 20
        try:
            with _limited(seconds) as options:
                return self._session.run(wanted, given, options)
        except Exception as error:
            late = "terminate" in str(error)
            raise Stumble(f"no sound after {seconds} seconds" if late else _first_line(error)) from error


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[Any]:
    """Options of a run that ends when the time is over."""
    options = onnxruntime.RunOptions()
    options.log_severity_level = _QUIET
    alarm = threading.Timer(seconds, setattr, (options, "terminate", True))
    alarm.daemon = True
    alarm.start()
    try:
        yield options
    finally:
        alarm.cancel()


def _changed(model: Any) -> bytes:
    """The model with its random numbers given, and the lengths of phonemes as a second output (as piper's own
    patch_voice_with_alignment does it: what is rounded up to whole frames)."""
    graph = model.graph
    drawing = [node for node in graph.node if node.op_type == "RandomNormalLike"]
    rounding = [node.output[0] for node in graph.node if node.op_type == "Ceil"]
    told = {output.name for output in graph.output}
    if len(rounding) == 1 and rounding[0] not in told:
        graph.output.append(onnx.ValueInfoProto(name=rounding[0]))
    numbers = numpy.random.Generator(numpy.random.PCG64(_SEED)).standard_normal(_NUMBERS, dtype=numpy.float32)
    graph.initializer.append(numpy_helper.from_array(numbers, "given_numbers"))
    graph.initializer.extend([_whole("given_one", 1), _whole("given_count", _NUMBERS)])
    given = {node.output[0]: _given(place, node) for place, node in enumerate(drawing)}
    for place in range(len(drawing)):
        graph.initializer.append(_whole(f"given_{place}_from", place * _APART))
    nodes = [new for node in graph.node for new in given.get(node.output[0], [node])]
    del graph.node[:]
    graph.node.extend(nodes)
    return bytes(model.SerializeToString())


def _given(place: int, drawing: Any) -> list[Any]:
    """What stands for a node that draws random numbers: as many of the list as it would draw, from the list's start
    again where it ends."""
    own = f"given_{place}_"
    return [
        helper.make_node("Shape", [drawing.input[0]], [f"{own}shape"]),
        helper.make_node("ReduceProd", [f"{own}shape"], [f"{own}size"], keepdims=0),
        helper.make_node("Add", [f"{own}from", f"{own}size"], [f"{own}to"]),
        helper.make_node("Range", [f"{own}from", f"{own}to", "given_one"], [f"{own}places"]),
        helper.make_node("Mod", [f"{own}places", "given_count"], [f"{own}around"]),
        helper.make_node("Gather", ["given_numbers", f"{own}around"], [f"{own}flat"]),
        helper.make_node("Reshape", [f"{own}flat", f"{own}shape"], [drawing.output[0]]),
    ]


def _whole(name: str, number: int) -> Any:
    return numpy_helper.from_array(numpy.array(number, dtype=numpy.int64), name)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200].rstrip('.')}" if lines else type(error).__name__
