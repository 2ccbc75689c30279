"""Makes a network of whole numbers of one of floats when it is loaded: half the time, less exact.

Convolutions take most of the recognizer's time. Those that mix channels get weights of
seven bits and inputs and outputs of eight (Jacob et al. 2018, "Quantization and Training of Neural
Networks for Efficient Integer-Arithmetic-Only Inference"); everything else stays as it is. Seven
bits, since pairs of products of eight overflow the 16-bit sums of processors without VNNI: so sums
are exact on all. `training/quantize` measured what values go in and out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper, version_converter

from redactor.ocr.models import RANGES, read_verified

Range = tuple[float, float]
Tensors = Mapping[str, npt.NDArray[np.float32]]
_OPSET = 20  # the first that has Gelu
_GELU = ["Div", "Erf", "Add", "Mul", "Mul"]
_MOST = 64  # of a weight
_LEVELS = 255  # of an input or output
_TINY = 1e-12  # a scale under this would be none


@cache
def ranges() -> Mapping[str, Range]:
    """The least and greatest value of each tensor of the recognizer that is rounded, by name.

    Raises MissingDependency where the file in the package is missing or changed.
    """
    stored = json.loads(read_verified(RANGES))
    return {name: (low, high) for name, (low, high) in stored.items()}


def quantized(weights: bytes, within: Mapping[str, Range]) -> bytes:
    """The same network with its mixing convolutions in whole numbers; same input, same bytes.

    Raises KeyError where `within` lacks a tensor of the network.
    """
    model = fused(weights)
    graph = model.graph
    whole = _Whole(_mixing(graph), _tensors(graph), within)
    nodes = [made for node in graph.node for made in whole.nodes_for(node)]
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    _set(graph, nodes, [*kept, *whole.constants])
    return bytes(model.SerializeToString(deterministic=True))


def quantized_tensors(weights: bytes) -> tuple[str, ...]:
    """The names of the tensors whose ranges `quantized` must know."""
    mixing = _mixing(fused(weights).graph)
    names = [name for block in mixing.values() for name in (block.source, block.target)]
    return tuple(dict.fromkeys(names))


def fused(weights: bytes) -> onnx.ModelProto:
    """The same network in fewer operators: biases within their convolutions, Gelu as one."""
    model = version_converter.convert_version(onnx.load_from_string(weights), _OPSET)
    graph = model.graph
    tensors = _tensors(graph)
    nodes = list(_fused(_without_copies(graph), tensors))
    flat = [
        numpy_helper.from_array(tensors[name].reshape(-1), name)
        for name in (node.input[2] for node in nodes if _has_bias(node))
    ]
    others = {tensor.name for tensor in flat}
    kept = [tensor for tensor in graph.initializer if tensor.name not in others]
    _set(graph, nodes, [*kept, *flat])
    return model


def _tensors(graph: onnx.GraphProto) -> Tensors:
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def _set(
    graph: onnx.GraphProto, nodes: Sequence[onnx.NodeProto], tensors: Sequence[onnx.TensorProto]
) -> None:
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(tensors)


def _without_copies(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """The nodes without those that only give their input another name."""
    outputs = {output.name for output in graph.output}
    first: dict[str, str] = {}
    nodes = []
    for node in graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = first.get(name, name)
        if node.op_type == "Identity" and node.output[0] not in outputs:
            first[node.output[0]] = node.input[0]
        else:
            nodes.append(node)
    return nodes


def _fused(nodes: Sequence[onnx.NodeProto], tensors: Tensors) -> Iterator[onnx.NodeProto]:
    """Runs of nodes that one operator stands for, and the others as they are."""
    readers = Counter(name for node in nodes for name in node.input)
    at = 0
    while at < len(nodes):
        node, span = nodes[at], 1
        if [n.op_type for n in nodes[at : at + len(_GELU)]] == _GELU:
            span = len(_GELU)
            output = nodes[at + span - 1].output[0]
            node = helper.make_node("Gelu", node.input[:1], [output], name=node.name)
        elif node.op_type == "Conv":
            while at + span < len(nodes) and _joins(node, nodes[at + span], readers, tensors):
                _join(node, nodes[at + span])
                span += 1
        yield node
        at += span


def _joins(
    node: onnx.NodeProto, after: onnx.NodeProto, readers: Mapping[str, int], tensors: Tensors
) -> bool:
    """Whether a convolution takes in what comes after: the bias that it lacks."""
    return (
        after.op_type == "Add"
        and len(node.input) == 2
        and after.input[0] == node.output[0]
        and readers[node.output[0]] == 1
        and after.input[1] in tensors
        and tensors[after.input[1]].size == len(tensors[node.input[1]])
    )


def _join(node: onnx.NodeProto, after: onnx.NodeProto) -> None:
    node.input.append(after.input[1])
    node.output[0] = after.output[0]


def _has_bias(node: onnx.NodeProto) -> bool:
    return node.op_type == "Conv" and len(node.input) == 3


@dataclass(frozen=True, slots=True)
class _Block:
    """The tensors that go into and come out of a convolution.

    What comes out is what its Relu, if nothing else reads it, lets through: values below zero are
    rounded to zero by a range that begins there.
    """

    source: str
    target: str
    relu: bool


def _mixing(graph: onnx.GraphProto) -> dict[str, _Block]:
    """The convolutions over all channels, by output; those over one are cheap as they are."""
    tensors = _tensors(graph)
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    return {
        node.output[0]: _block(node, readers.get(node.output[0], ()))
        for node in graph.node
        if _mixes(node, tensors)
    }


def _mixes(node: onnx.NodeProto, tensors: Tensors) -> bool:
    groups = [a.i for a in node.attribute if a.name == "group"]
    return node.op_type == "Conv" and node.input[1] in tensors and groups in ([], [1])


def _block(node: onnx.NodeProto, readers: Sequence[onnx.NodeProto]) -> _Block:
    relu = [reader.op_type for reader in readers] == ["Relu"]
    return _Block(node.input[0], (readers[0] if relu else node).output[0], relu)


class _Whole:
    """Writes nodes anew in whole numbers; `constants` are what these need."""

    def __init__(
        self, mixing: Mapping[str, _Block], tensors: Tensors, within: Mapping[str, Range]
    ) -> None:
        self.constants: list[onnx.TensorProto] = []
        self._mixing = mixing
        self._tensors = tensors
        zero = {
            block.target: (0.0, within[block.target][1]) for block in mixing.values() if block.relu
        }
        self._within = {**within, **zero}
        self._as_rounded = {block.target: block.target for block in mixing.values()}

    def nodes_for(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        """The nodes that stand for one of the network's."""
        before = self._mixing.get(next(iter(node.input), ""))
        if before and before.relu:
            return
        block = self._mixing.get(node.output[0])
        if not block:
            yield node
            return
        rounded = self._as_rounded.get(block.source)
        if rounded is None:
            rounded = self._as_rounded[block.source] = f"{block.source}/rounded"
            yield from self._rounded(block.source, block.source, rounded)
        yield from self._whole_weights(node, block.source)
        node.input[0], node.output[0] = rounded, f"{block.target}/exact"
        yield node
        yield from self._rounded(block.target, node.output[0], block.target)

    def _rounded(self, tensor: str, source: str, target: str) -> Iterator[onnx.NodeProto]:
        """Rounds the values of a tensor to those that eight bits can say."""
        scale, zero = _coding(self._within[tensor])
        code = [
            self._constant(f"{tensor}/scale", np.float32(scale)),
            self._constant(f"{tensor}/zero", np.uint8(zero)),
        ]
        yield helper.make_node("QuantizeLinear", [source, *code], [f"{tensor}/coded"])
        yield helper.make_node("DequantizeLinear", [f"{tensor}/coded", *code], [target])

    def _whole_weights(self, node: onnx.NodeProto, source: str) -> Iterator[onnx.NodeProto]:
        """Gives a convolution weights and bias in whole numbers, a scale a channel."""
        name = f"{node.output[0]}/weights"
        weights = self._tensors[node.input[1]]
        scales = np.maximum(abs(weights).max(axis=(1, 2, 3)) / _MOST, _TINY).astype(np.float32)
        yield self._decoded(node, 1, name, weights / scales[:, None, None, None], scales, np.int8)
        if _has_bias(node):
            scales = scales * np.float32(_coding(self._within[source])[0])
            bias = self._tensors[node.input[2]].reshape(-1) / scales
            yield self._decoded(node, 2, f"{name}/bias", bias, scales, np.int32)

    def _decoded(
        self,
        node: onnx.NodeProto,
        place: int,
        name: str,
        values: npt.NDArray[np.float32],
        scales: npt.NDArray[np.float32],
        kind: type[np.int8] | type[np.int32],
    ) -> onnx.NodeProto:
        """Makes whole `values` times `scales` that input of the node."""
        node.input[place] = f"{name}/decoded"
        given = [
            self._constant(name, np.rint(values).astype(kind)),
            self._constant(f"{name}/scales", scales),
        ]
        return helper.make_node("DequantizeLinear", given, [node.input[place]], axis=0)

    def _constant(self, name: str, value: npt.ArrayLike) -> str:
        if name not in {tensor.name for tensor in self.constants}:
            self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name


def _coding(within: Range) -> tuple[float, int]:
    """The scale and the zero of eight bits for values in a range; 0 is always said exactly."""
    low, high = min(within[0], 0.0), max(within[1], 0.0)
    scale = max((high - low) / _LEVELS, _TINY)
    return scale, round(-low / scale)
