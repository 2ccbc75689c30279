"""The recognizer as a PyTorch module: its own ONNX graph, run node by node.

Nothing is rebuilt by hand: a weight of the graph is a parameter of the module under the same name,
and saving writes the parameters back into the graph that they came from. So what comes out has the
operators of what went in, and the two runtimes can be compared number by number.
"""

# mypy: disable-error-code="no-any-return, misc, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx  # type: ignore[import-not-found, unused-ignore]
import torch  # type: ignore[import-not-found, unused-ignore]
from onnx import numpy_helper  # type: ignore[import-not-found, unused-ignore]
from torch import nn  # type: ignore[import-not-found, unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found, unused-ignore]

Values = Mapping[str, Any]
_GELU = ["Div", "Erf", "Add", "Mul", "Mul"]
_STATISTICS = ("w_1", "w_2")  # mean and variance of a batch normalization: kept as they are


@dataclass(frozen=True, slots=True)
class Step:
    """One operator, the names of what it takes and of what it gives."""

    name: str
    operator: str
    attributes: Values
    inputs: tuple[str, ...]
    output: str


class Graph(nn.Module):
    """Lines (N, 3, 48, W) → the logarithms of the class probabilities (N, steps, classes).

    The graph must end in a softmax over the classes, whose place a log-softmax takes: the loss
    needs logarithms, and small probabilities keep their precision.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self._model = model
        *nodes, last = model.graph.node
        if last.op_type != "Softmax":
            raise ValueError(f"the graph ends in {last.op_type}, not in Softmax")
        self._steps = tuple(_steps(nodes))
        pools = [i for i, step in enumerate(self._steps) if step.operator == "AveragePool"]
        self._cut = pools[-1] + 1
        self.weights = nn.ParameterDict()
        self._constants: dict[str, torch.Tensor] = {}
        for item in model.graph.initializer:
            value = torch.from_numpy(numpy_helper.to_array(item).copy())
            if _is_weight(item.name, value):
                self.weights[item.name.replace(".", "/")] = nn.Parameter(value)
            else:
                self._constants[item.name] = value
        for name in (name for step in self._steps[: self._cut] for name in step.inputs):
            if name.replace(".", "/") in self.weights:
                self.weights[name.replace(".", "/")].requires_grad_(False)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        return self.read(self.features(lines))

    def features(self, lines: torch.Tensor) -> torch.Tensor:
        """Lines → (N, channels, 1, steps): the part that is not trained."""
        with torch.no_grad():
            return self._run(self._steps[: self._cut], self._model.graph.input[0].name, lines)

    def read(self, features: torch.Tensor) -> torch.Tensor:
        """Features → the logarithms of the class probabilities."""
        name = self._steps[self._cut - 1].output
        return functional.log_softmax(self._run(self._steps[self._cut :], name, features), dim=-1)

    def _run(self, steps: Sequence[Step], name: str, given: torch.Tensor) -> torch.Tensor:
        values = {**self._constants, name: given}
        values |= {key.replace("/", "."): weight for key, weight in self.weights.items()}
        for step in steps:
            inputs = [values[key] for key in step.inputs]
            values[step.output] = _OPERATORS[step.operator](step.attributes, *inputs)
        return values[steps[-1].output]

    def to_onnx(self) -> bytes:
        """The graph with the weights that it has now; same weights, same bytes."""
        for item in self._model.graph.initializer:
            key = item.name.replace(".", "/")
            if key in self.weights:
                array = self.weights[key].detach().numpy()
                item.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(array), item.name))
        return self._model.SerializeToString(deterministic=True)


def _steps(nodes: Sequence[Any]) -> Iterator[Step]:
    """The nodes in order, where a run of them is one operator of PyTorch: that (half the time)."""
    at = 0
    while at < len(nodes):
        node, types = nodes[at], [node.op_type for node in nodes[at : at + len(_GELU)]]
        operator, inputs, span = node.op_type, list(node.input), 1
        if types == _GELU:
            operator, inputs, span = "Gelu", inputs[:1], len(_GELU)
        elif types[:2] == ["Conv", "Add"]:
            inputs, span = [*inputs, nodes[at + 1].input[1]], 2
        yield Step(
            node.name, operator, _attributes(node), tuple(inputs), nodes[at + span - 1].output[0]
        )
        at += span


def _is_weight(name: str, value: torch.Tensor) -> bool:
    return value.is_floating_point() and value.numel() > 1 and not name.endswith(_STATISTICS)


def _attributes(node: Any) -> Values:
    return {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}


def _same_upper(given: Values, x: torch.Tensor, fill: float) -> torch.Tensor:
    """Pads that ONNX calls SAME_UPPER, of a 2×2 kernel with stride 1: one row and column after."""
    if given.get("auto_pad", b"NOTSET") == b"NOTSET":
        return x
    if list(given["kernel_shape"]) != [2, 2] or list(given["strides"]) != [1, 1]:
        raise ValueError("SAME_UPPER is known for 2×2 kernels with stride 1 only")
    return functional.pad(x, (0, 1, 0, 1), value=fill)


def _conv(
    given: Values, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None
) -> torch.Tensor:
    top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
    x = _same_upper(given, x, 0.0)
    if (top, left) != (bottom, right):
        x, top, left = functional.pad(x, (left, right, top, bottom)), 0, 0
    strides, dilations = given["strides"], given["dilations"]
    flat = None if bias is None else bias.flatten()
    return functional.conv2d(x, weight, flat, strides, (top, left), dilations, given["group"])


def _max_pool(given: Values, x: torch.Tensor) -> torch.Tensor:
    x = _same_upper(given, x, float("-inf"))
    return functional.max_pool2d(x, given["kernel_shape"], given["strides"])


def _batch_norm(given: Values, x: torch.Tensor, *norm: torch.Tensor) -> torch.Tensor:
    scale, bias, mean, variance = norm
    return functional.batch_norm(x, mean, variance, scale, bias, eps=given["epsilon"])


def _reshape(given: Values, x: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
    """A size of 0 stands for the one that is there."""
    sizes = [size or x.shape[i] for i, size in enumerate(shape.tolist())]
    return x.reshape(sizes)


def _slice(given: Values, x: torch.Tensor, *spans: torch.Tensor) -> torch.Tensor:
    starts, ends, axes = (span.tolist() for span in spans[:3])
    index = [slice(None)] * x.ndim
    for start, end, axis in zip(starts, ends, axes, strict=True):
        index[axis] = slice(start, end)
    return x[tuple(index)]


def _mean(given: Values, x: torch.Tensor) -> torch.Tensor:
    return x.mean(dim=tuple(given["axes"]), keepdim=bool(given.get("keepdims", 1)))


def _squeeze(given: Values, x: torch.Tensor) -> torch.Tensor:
    return x.squeeze(tuple(given["axes"]))


def _unsqueeze(given: Values, x: torch.Tensor) -> torch.Tensor:
    (axis,) = given["axes"]
    return x.unsqueeze(axis)


_OPERATORS: dict[str, Callable[..., torch.Tensor]] = {
    "Add": lambda given, a, b: a + b,
    "AveragePool": lambda given, x: functional.avg_pool2d(
        x, given["kernel_shape"], given["strides"]
    ),
    "BatchNormalization": _batch_norm,
    "Concat": lambda given, *parts: torch.cat(parts, dim=given["axis"]),
    "Conv": _conv,
    "Div": lambda given, a, b: a / b,
    "Erf": lambda given, x: torch.erf(x),
    "Gelu": lambda given, x: functional.gelu(x),
    "HardSigmoid": lambda given, x: torch.clamp(given["alpha"] * x + given["beta"], 0, 1),
    "Identity": lambda given, x: x,
    "MatMul": lambda given, a, b: a @ b,
    "MaxPool": _max_pool,
    "Mul": lambda given, a, b: a * b,
    "Pow": lambda given, a, b: a**b,
    "ReduceMean": _mean,
    "Relu": lambda given, x: functional.relu(x),
    "Reshape": _reshape,
    "Shape": lambda given, x: torch.tensor(x.shape),
    "Sigmoid": lambda given, x: torch.sigmoid(x),
    "Slice": _slice,
    "Softmax": lambda given, x: torch.softmax(x, dim=given["axis"]),
    "Sqrt": lambda given, x: torch.sqrt(x),
    "Squeeze": _squeeze,
    "Sub": lambda given, a, b: a - b,
    "Transpose": lambda given, x: x.permute(given["perm"]),
    "Unsqueeze": _unsqueeze,
}
