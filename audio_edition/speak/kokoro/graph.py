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
_TO_THE_END = 1 << 62
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
        if layer.taps > 1 and _AT_SAMPLES in name:
            nodes += self._in_pieces(layer, turned, padded)
        else:
            nodes += self._sums(layer, padded, f"{name}_sums")
        nodes.append(helper.make_node("Transpose", [f"{name}_sums"], list(layer.node.output), perm=[0, 2, 1]))
        return nodes

    def _in_pieces(self, layer: _Layer, sound: str, padded: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that compute a long layer's sums piece by piece: its windows are as many times as long as it
        has taps."""
        name, reach = layer.node.name, layer.taps_apart * (layer.taps - 1)
        yield helper.make_node("Shape", [sound], [f"{name}_length"], start=1, end=2)
        yield helper.make_node("Mul", [f"{name}_length", self._constant(list(range(_PIECES + 1)))], [f"{name}_shares"])
        yield helper.make_node("Div", [f"{name}_shares", self._constant([_PIECES])], [f"{name}_borders"])
        borders = [f"{name}_border_{number}" for number in range(_PIECES + 1)]
        yield helper.make_node("Split", [f"{name}_borders"], borders, axis=0, num_outputs=_PIECES + 1)
        pieces = [f"{name}_sums_{number}" for number in range(_PIECES)]
        for number, piece in enumerate(pieces):
            end, part = f"{name}_end_{number}", f"{name}_part_{number}"
            yield helper.make_node("Add", [borders[number + 1], self._constant([reach])], [end])
            yield helper.make_node("Slice", [padded, borders[number], end, self._constant([1])], [part])
            yield from self._sums(layer, part, piece)
        yield helper.make_node("Concat", pieces, [f"{name}_sums"], axis=1)

    def _sums(self, layer: _Layer, sound: str, sums: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that multiply the windows of a sound with the layer's weights."""
        name, zero, windows = layer.node.name, layer.node.input[2], sound
        if layer.taps > 1:
            windows = f"{sums}_windows"
            yield from self._slid(layer, sound, windows)
        yield helper.make_node("MatMulInteger", [windows, f"{name}_columns", zero, f"{name}_zero"], [sums])

    def _slid(self, layer: _Layer, sound: str, windows: str) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that put the frames under each tap side by side."""
        reach = layer.taps_apart * (layer.taps - 1)
        slices = [f"{windows}_{tap}" for tap in range(layer.taps)]
        for tap, slice_ in enumerate(slices):
            start = tap * layer.taps_apart
            bounds = [self._constant([start]), self._constant([start - reach or _TO_THE_END]), self._constant([1])]
            yield helper.make_node("Slice", [sound, *bounds], [slice_])
        yield helper.make_node("Concat", slices, [windows], axis=2)

    def _constant(self, numbers: list[int]) -> str:
        name = "numbers_" + "_".join(map(str, numbers))
        if name not in self.known:
            self._add(name, numpy.array(numbers, numpy.int64))
        return name

    def _add(self, name: str, values: Any) -> None:
        self.known.add(name)
        self.graph.initializer.append(numpy_helper.from_array(values, name))


def _signed(values: Any) -> Any:
    """Bytes without a sign as ones with a sign, the middle being 0."""
    return numpy.ascontiguousarray((values.astype(numpy.int16) - _MIDDLE).astype(numpy.int8))


def _drop_unused(graph: onnx.GraphProto) -> None:
    """Take out weights that no node needs any more."""
    needed = {name for node in graph.node for name in node.input}
    for place in reversed(range(len(graph.initializer))):
        if graph.initializer[place].name not in needed:
            del graph.initializer[place]
