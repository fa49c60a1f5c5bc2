"""Change a voice's model for how it is run here, and cut it into two halves.

Piper draws random numbers for how a voice sways, and a running model draws others each time. Here it takes them from a
list that is always the same, so that the same phonemes give the same samples. And it tells the phonemes' lengths, from
which the times of words come.

The second half, which makes samples of frames of sound, needs half a megabyte for each phoneme of a sentence if it is
given all of them. It looks only a few frames to each side, so it can be given them piece by piece. Three quarters of
the work are its convolutions, for which onnxruntime has quick kernels in two dimensions only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
import onnx
from onnx import helper, numpy_helper

_NUMBERS = 1 << 20
_APART = 1 << 16
_SEED = 1
_CONVOLUTIONS = {"Conv", "ConvTranspose"}
_OF_ANY_SHAPE = {"Add", "Constant", "Div", "LeakyRelu", "Mul", "Tanh", "Unsqueeze"}
_DECODER = "/dec/conv_pre/Conv"
"""The node that the second half begins with, as Piper's export names it; the first of its inputs is the frames."""


@dataclass(frozen=True, slots=True)
class Halves:
    """A voice's model as two, each as ONNX bytes: `first` gives the frames, the phonemes' lengths after them, and
    `second` the samples of the frames called `frames`. Where there is no place to cut it, `first` gives samples."""

    first: bytes
    second: bytes = b""
    frames: str = ""


def halves(model: Path) -> Halves:
    """Return the model changed and cut. Raises what onnx does where it is none."""
    whole = onnx.load(str(model), load_external_data=False)
    _give_numbers(whole.graph)
    _tell_lengths(whole.graph)
    start = next((node for node in whole.graph.node if node.name == _DECODER), None)
    if start is None or len(whole.graph.node) < 2:
        return Halves(bytes(whole.SerializeToString()))
    frames = start.input[0]
    samples, *lengths = whole.graph.output
    second = _part(whole, (frames,), [samples])
    _widen(second.graph)
    del whole.graph.output[:]
    whole.graph.output.extend([onnx.ValueInfoProto(name=frames), *lengths])
    _keep(whole.graph, _making(whole.graph, (), [frames, *(length.name for length in lengths)]))
    return Halves(bytes(whole.SerializeToString()), bytes(second.SerializeToString()), frames)


def _give_numbers(graph: onnx.GraphProto) -> None:
    """Replace random numbers by numbers from a list."""
    drawing = [node for node in graph.node if node.op_type == "RandomNormalLike"]
    numbers = numpy.random.Generator(numpy.random.PCG64(_SEED)).standard_normal(_NUMBERS, dtype=numpy.float32)
    graph.initializer.append(numpy_helper.from_array(numbers, "given_numbers"))
    graph.initializer.extend([_whole_number("given_one", 1), _whole_number("given_count", _NUMBERS)])
    given = {node.output[0]: _given(place, node) for place, node in enumerate(drawing)}
    for place in range(len(drawing)):
        graph.initializer.append(_whole_number(f"given_{place}_from", place * _APART))
    nodes = [new for node in graph.node for new in given.get(node.output[0], [node])]
    del graph.node[:]
    graph.node.extend(nodes)


def _given(place: int, drawing: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Return what stands for a node that draws random numbers: as many of the list as it would draw, from the list's
    start again where it ends."""
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


def _whole_number(name: str, number: int) -> onnx.TensorProto:
    return numpy_helper.from_array(numpy.array(number, dtype=numpy.int64), name)


def _tell_lengths(graph: onnx.GraphProto) -> None:
    """Add the lengths of the phonemes as an output: what is rounded up to whole frames, as in piper's own
    patch_voice_with_alignment."""
    rounding = [node.output[0] for node in graph.node if node.op_type == "Ceil"]
    told = {output.name for output in graph.output}
    if len(rounding) == 1 and rounding[0] not in told:
        graph.output.append(onnx.ValueInfoProto(name=rounding[0]))


# --- cutting


def _making(graph: onnx.GraphProto, given: Sequence[str], wanted: Sequence[str]) -> set[int]:
    """Return the places of the nodes that make what is wanted out of what is given and the graph's own inputs."""
    makers = {output: place for place, node in enumerate(graph.node) for output in node.output}
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        place = None if name in given else makers.get(name)
        if place is not None and place not in found:
            found.add(place)
            waiting += _needs(graph.node[place])
    return found


def _needs(node: onnx.NodeProto) -> list[str]:
    """Return the names that a node takes, those of the graphs inside it as well."""
    inner = [part for attribute in node.attribute for part in (attribute.g, *attribute.graphs)]
    return [*node.input, *(name for graph in inner for inside in graph.node for name in _needs(inside))]


def _part(model: onnx.ModelProto, given: Sequence[str], outputs: Sequence[onnx.ValueInfoProto]) -> onnx.ModelProto:
    """Return a model of its own that makes the outputs out of what is given."""
    graph = model.graph
    nodes = [graph.node[place] for place in sorted(_making(graph, given, [output.name for output in outputs]))]
    needed = {name for node in nodes for name in _needs(node)}
    tensors = [tensor for tensor in graph.initializer if tensor.name in needed]
    values = {value.name: value for value in graph.value_info}
    inputs = [
        *(values.get(name) or helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in given),
        *(taken for taken in graph.input if taken.name in needed),
    ]
    part = helper.make_graph(nodes, graph.name, inputs, outputs, tensors)
    return helper.make_model(part, opset_imports=model.opset_import, ir_version=model.ir_version)


def _keep(graph: onnx.GraphProto, places: set[int]) -> None:
    """Remove all other nodes, and the weights that only they need. In place: a copy would take as much memory again."""
    for place in reversed(range(len(graph.node))):
        if place not in places:
            del graph.node[place]
    needed = {name for node in graph.node for name in _needs(node)}
    for place in reversed(range(len(graph.initializer))):
        if graph.initializer[place].name not in needed:
            del graph.initializer[place]


# --- two dimensions


def _widen(graph: onnx.GraphProto) -> None:
    """Treat sound as a picture one row high, if the graph does nothing that would depend on it. It is a fifth faster,
    and samples differ by less than a rounding error."""
    taken = [value.name for value in graph.input]
    convolutions = [node for node in graph.node if node.op_type in _CONVOLUTIONS]
    weights = {node.input[1] for node in convolutions}
    of_three = {tensor.name for tensor in graph.initializer if len(tensor.dims) == 3}
    if len(taken) > 1 or of_three != weights or {node.op_type for node in graph.node} - _CONVOLUTIONS - _OF_ANY_SHAPE:
        return
    for tensor in graph.initializer:
        if tensor.name in weights:
            tensor.dims.insert(2, 1)
    for attribute in (attribute for node in convolutions for attribute in node.attribute):
        _add_a_row(attribute)
    for node in graph.node:
        node.input[:] = ["given_row" if name == taken[0] else name for name in node.input]
    row = numpy.array([0, 0, 1, -1], dtype=numpy.int64)
    graph.initializer.append(numpy_helper.from_array(row, "given_row_shape"))
    graph.node.insert(0, helper.make_node("Reshape", [taken[0], "given_row_shape"], ["given_row"]))


def _add_a_row(attribute: onnx.AttributeProto) -> None:
    """Change an attribute of a convolution along time into one along a row and time."""
    along = list(attribute.ints)
    if attribute.name in {"dilations", "kernel_shape", "strides"}:
        attribute.ints[:] = [1, *along]
    elif attribute.name == "output_padding":
        attribute.ints[:] = [0, *along]
    elif attribute.name == "pads":
        attribute.ints[:] = [0, along[0], 0, along[1]]
