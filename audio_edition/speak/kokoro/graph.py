"""Change Kokoro's model for how it is run here: quicker convolutions, and the lengths of tokens as an output.

Three fifths of the model's work are convolutions of bytes, for which onnxruntime has no quick kernel on a processor.
For products of matrices of bytes it has. A convolution is such a product, of its weights with the windows that slide
along the sound: the same integers are added, so the samples do not change by a bit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import onnx
import onnxruntime
from onnx import helper, numpy_helper

LENGTHS = "/encoder/Clip_output_0"
"""How many frames each token takes, as the model's export names it."""
_AT_SAMPLES = "/generator/"
"""In the names of the layers whose sound is long: a frame of theirs is 5 samples or 50."""
_PIECES = 8
_MIDDLE = 128
"""From a byte without a sign to one with a sign: onnxruntime's quickest kernel takes those for weights."""
_TRIED = {"channels": 256, "kernel": 7, "length": 600}
"""A convolution as the model has many: enough to see which way is quicker."""
_TIMES = 3

Rewrite = Callable[[onnx.GraphProto], None]


def prepared(model: onnx.ModelProto) -> bytes:
    """Return the model with the lengths of its tokens as a second output, and with its convolutions as this machine
    computes them quickest. Raises ValueError for a model of another kind."""
    if not any(LENGTHS in node.output for node in model.graph.node):
        raise ValueError("it tells no lengths of tokens")
    model.graph.output.append(helper.make_tensor_value_info(LENGTHS, onnx.TensorProto.FLOAT, None))
    if products_pay():
        as_products(model.graph)
    square_by_product(model.graph)
    return bytes(model.SerializeToString())


def first_half(model: onnx.ModelProto) -> bytes:
    """Return the part of the model that tells the lengths of its tokens, and makes no sound. Raises ValueError for a
    model of another kind."""
    makers = {output: node for node in model.graph.node for output in node.output}
    if LENGTHS not in makers:
        raise ValueError("it tells no lengths of tokens")
    needed, waiting = set(), [LENGTHS]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += makers[name].input if name in makers else ()
    nodes = [node for node in model.graph.node if needed.intersection(node.output)]
    output = helper.make_tensor_value_info(LENGTHS, onnx.TensorProto.FLOAT, None)
    weights = [tensor for tensor in model.graph.initializer if tensor.name in needed]
    graph = helper.make_graph(nodes, "lengths", list(model.graph.input), [output], weights)
    half = helper.make_model(graph, opset_imports=list(model.opset_import), ir_version=model.ir_version)
    return bytes(half.SerializeToString())


def products_pay() -> bool:
    """Return whether convolutions as products of matrices give the same sums on this machine, in less time."""
    plain, changed = _one_layer(), _one_layer()
    as_products(changed.graph)
    (sums, seconds), (changed_sums, changed_seconds) = _tried(plain), _tried(changed)
    return numpy.array_equal(sums, changed_sums) and changed_seconds < seconds


def _one_layer() -> onnx.ModelProto:
    """Return a model of one convolution of random bytes, with extreme ones among them: a kernel that adds pairs in 16
    bits cuts them off."""
    random = numpy.random.default_rng(1)
    channels, kernel = _TRIED["channels"], _TRIED["kernel"]
    weights = random.choice(numpy.array([0, 1, 127, 128, 254, 255], numpy.uint8), (channels, channels, kernel))
    node = helper.make_node(
        "ConvInteger",
        ["bytes", "weights", "zero", "weights_zero"],
        ["sums"],
        name="layer",
        dilations=[1],
        group=1,
        kernel_shape=[kernel],
        pads=[kernel // 2, kernel // 2],
        strides=[1],
    )
    graph = helper.make_graph(
        [node],
        "one layer",
        [helper.make_tensor_value_info("bytes", onnx.TensorProto.UINT8, [1, channels, None])],
        [helper.make_tensor_value_info("sums", onnx.TensorProto.INT32, None)],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(numpy.array(3, numpy.uint8), "zero"),
            numpy_helper.from_array(numpy.array(131, numpy.uint8), "weights_zero"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def _tried(model: onnx.ModelProto) -> tuple[Any, float]:
    """Return what the layer gives, and the least seconds that it took."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    random = numpy.random.default_rng(2)
    shape = (1, _TRIED["channels"], _TRIED["length"])
    given = {"bytes": random.choice(numpy.array([0, 1, 254, 255], numpy.uint8), shape)}
    (sums,) = session.run(None, given)
    seconds = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        session.run(None, given)
        seconds.append(time.perf_counter() - started)
    return sums, min(seconds)


# --- convolutions as products of matrices


def as_products(graph: onnx.GraphProto) -> None:
    """Put products of matrices in place of all convolutions of bytes along time that keep its length."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    rewriting = _Rewriting(graph, {}, set(weights))
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        layer = _layer(node, weights) if node.op_type == "ConvInteger" else None
        nodes += [node] if layer is None else rewriting.product(layer)
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    _drop_unused(graph)


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution: `weights` are outputs by channels by taps, `taps_apart` is its dilation in frames."""

    node: onnx.NodeProto
    weights: Any
    zero: Any
    taps_apart: int
    before: int
    behind: int

    @property
    def taps(self) -> int:
        return int(self.weights.shape[2])


def _layer(node: onnx.NodeProto, weights: dict[str, onnx.TensorProto]) -> _Layer | None:
    """Return the convolution if it can be a product; None for one that skips frames, or parts channels into groups."""
    has = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    values = numpy_helper.to_array(weights[node.input[1]])
    if values.ndim != 3 or has.get("strides", [1]) != [1] or has.get("group", 1) != 1:
        return None
    apart, (before, behind) = has["dilations"][0], has["pads"]
    if before + behind != apart * (values.shape[2] - 1):
        return None
    return _Layer(node, values, numpy_helper.to_array(weights[node.input[3]]), apart, before, behind)


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """What the products share: the sound with time first, by the name of what was turned, and constants."""

    graph: onnx.GraphProto
    turned: dict[str, str]
    known: set[str]

    def product(self, layer: _Layer) -> list[onnx.NodeProto]:
        """Return the nodes that stand for a convolution, and add its weights to the graph."""
        name, (sound, _, zero, _) = layer.node.name, layer.node.input
        nodes = []
        if sound not in self.turned:
            self.turned[sound] = f"{name}_turned"
            nodes.append(helper.make_node("Transpose", [sound], [self.turned[sound]], perm=[0, 2, 1]))
        turned = self.turned[sound]
        padded = turned
        if layer.before or layer.behind:
            # Silence is the zero point.
            around = self._constant([0, layer.before, 0, 0, layer.behind, 0])
            nodes.append(helper.make_node("Pad", [turned, around, zero], [f"{name}_padded"]))
            padded = f"{name}_padded"
        columns = layer.weights.transpose(2, 1, 0).reshape(-1, layer.weights.shape[0])
        self._add(f"{name}_columns", _signed(columns))
        self._add(f"{name}_zero", _signed(layer.zero))
        nodes += self._sums(layer, turned, padded) if layer.taps > 1 else [self._product(layer, padded, f"{name}_sums")]
        nodes.append(helper.make_node("Transpose", [f"{name}_sums"], list(layer.node.output), perm=[0, 2, 1]))
        return nodes

    def _sums(self, layer: _Layer, sound: str, padded: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that multiply the windows of a sound with the layer's weights. For a long sound that goes
        piece by piece: its windows are as many times as long as it has taps."""
        name = layer.node.name
        yield from self._window_frames(layer, sound, f"{name}_frames")
        if _AT_SAMPLES not in name:
            yield from self._piece(layer, padded, f"{name}_frames", f"{name}_sums")
            return
        frames, sums = ([f"{name}_{kind}_{number}" for number in range(_PIECES)] for kind in ("frames", "sums"))
        yield helper.make_node("Split", [f"{name}_frames"], frames, axis=0, num_outputs=_PIECES)
        for piece, piece_sums in zip(frames, sums, strict=True):
            yield from self._piece(layer, padded, piece, piece_sums)
        yield helper.make_node("Concat", sums, [f"{name}_sums"], axis=1)

    def _window_frames(self, layer: _Layer, sound: str, frames: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that tell for each frame which frames are under the taps."""
        under = [tap * layer.taps_apart for tap in range(layer.taps)]
        yield helper.make_node("Shape", [sound], [f"{frames}_shape"], start=1, end=2)
        yield helper.make_node("Squeeze", [f"{frames}_shape"], [f"{frames}_length"])
        yield helper.make_node("Range", [self._number(0), f"{frames}_length", self._number(1)], [f"{frames}_first"])
        yield helper.make_node("Unsqueeze", [f"{frames}_first", self._constant([1])], [f"{frames}_firsts"])
        yield helper.make_node("Add", [f"{frames}_firsts", self._constant(under)], [frames])

    def _piece(self, layer: _Layer, padded: str, frames: str, sums: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that copy the frames under each tap side by side, and multiply them."""
        width = layer.weights.shape[1] * layer.taps
        yield helper.make_node("Gather", [padded, frames], [f"{sums}_gathered"], axis=1)
        yield helper.make_node("Reshape", [f"{sums}_gathered", self._constant([1, -1, width])], [f"{sums}_windows"])
        yield self._product(layer, f"{sums}_windows", sums)

    def _product(self, layer: _Layer, windows: str, sums: str) -> onnx.NodeProto:
        name, zero = layer.node.name, layer.node.input[2]
        return helper.make_node("MatMulInteger", [windows, f"{name}_columns", zero, f"{name}_zero"], [sums])

    def _number(self, number: int) -> str:
        name = f"number_{number}"
        if name not in self.known:
            self._add(name, numpy.array(number, numpy.int64))
        return name

    def _constant(self, numbers: list[int]) -> str:
        name = "numbers_" + "_".join(map(str, numbers))
        if name not in self.known:
            self._add(name, numpy.array(numbers, numpy.int64))
        return name

    def _add(self, name: str, values: Any) -> None:
        self.known.add(name)
        self.graph.initializer.append(numpy_helper.from_array(values, name))


def square_by_product(graph: onnx.GraphProto) -> None:
    """Multiply by itself what is raised to the power of 2: the same numbers in half the time."""
    twos = {tensor.name for tensor in graph.initializer if _is_two(tensor)}
    for node in graph.node:
        if node.op_type == "Pow" and node.input[1] in twos:
            node.op_type, node.input[1] = "Mul", node.input[0]


def _is_two(tensor: onnx.TensorProto) -> bool:
    return not tensor.dims and bool(numpy_helper.to_array(tensor) == 2)


def _signed(values: Any) -> Any:
    """Bytes without a sign as ones with a sign, the middle being 0."""
    return numpy.ascontiguousarray((values.astype(numpy.int16) - _MIDDLE).astype(numpy.int8))


def _drop_unused(graph: onnx.GraphProto) -> None:
    """Take out weights that no node needs any more."""
    needed = {name for node in graph.node for name in node.input}
    for place in reversed(range(len(graph.initializer))):
        if graph.initializer[place].name not in needed:
            del graph.initializer[place]
