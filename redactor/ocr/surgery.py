"""Changes a recognizer's graph when it is loaded: no second copy of the weights is kept.

A CTC recognizer ends in MatMul (features x classes), Add and Softmax, and before that pools its
last feature map over the whole height (Du et al. 2022, "SVTR").
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

IntArray = npt.NDArray[np.intp]


def characters(weights: bytes) -> tuple[str, ...]:
    """The alphabet in the model's metadata: class k + 1 of its output is the k-th of these."""
    metadata = {p.key: p.value for p in onnx.load_from_string(weights).metadata_props}
    return (*metadata["character"].splitlines(), " ")


def fitted(weights: bytes, classes: IntArray) -> bytes:
    """The same model for lines of any height, giving the probabilities of `classes` alone.

    The softmax is then over those classes: each probability is the full model's, divided by what
    the full model gives them together. Raises ValueError for a graph that is built otherwise.
    """
    model = onnx.load_from_string(weights)
    keep_classes(model.graph, classes)
    _free_height(model.graph)
    return bytes(model.SerializeToString())


def keep_classes(graph: onnx.GraphProto, classes: IntArray) -> None:
    """Cuts the columns of the last layer down to `classes`, in that order.

    Raises ValueError for a graph that is built otherwise.
    """
    kept = {name for node in _head(graph) for name in node.input}
    tensors = [tensor for tensor in graph.initializer if tensor.name in kept]
    if len(tensors) != 2:
        raise ValueError("the recognizer does not end in a linear layer and a softmax")
    for tensor in tensors:
        cut = numpy_helper.to_array(tensor)[..., classes]
        tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(cut), tensor.name))
    graph.output[0].type.tensor_type.shape.dim[-1].dim_value = len(classes)
    del graph.value_info[:]  # shapes that no longer hold


def _head(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    """The linear layer (Add, MatMul) that feeds the output's softmax, from its end."""
    makers = {name: node for node in graph.node for name in node.output}
    node = makers.get(graph.output[0].name)
    while node is not None and node.op_type in ("Softmax", "Identity", "Add"):
        if node.op_type == "Add":
            yield node
        node = next((makers[name] for name in node.input if name in makers), None)
    if node is not None:
        yield node


def _free_height(graph: onnx.GraphProto) -> None:
    """Lets the last pooling take the mean over whatever height the feature map has."""
    (pool,) = (node for node in graph.node if node.op_type == "AveragePool")
    mean = onnx.helper.make_node(
        "ReduceMean", [pool.input[0]], ["mean_over_height"], axes=[2], keepdims=1
    )
    pool.input[0] = mean.output[0]
    for attribute in pool.attribute:
        if attribute.name in ("kernel_shape", "strides"):
            attribute.ints[0] = 1
    graph.node.insert(list(graph.node).index(pool), mean)
    graph.input[0].type.tensor_type.shape.dim[2].dim_param = "height"
