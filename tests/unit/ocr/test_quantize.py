"""A network of whole numbers says nearly what the one of floats says, and the same each time."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from redactor.ocr import quantize, recognize
from redactor.ocr.ground import best_path
from redactor.ocr.locate import Region
from redactor.ocr.models import open_session
from redactor.words import Lattice
from tests.documents import page_image

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
IMAGE = np.linspace(-1, 1, 3 * 6 * 7, dtype=np.float32).reshape(1, 3, 6, 7)
WIDE = (-40.0, 40.0)


def network(*, relu: bool = False, group: int = 1, is_read_twice: bool = False) -> bytes:
    """A convolution, its bias added after it, and what the arguments name."""
    rng = np.random.default_rng(1)
    weights = rng.normal(size=(3, 3 // group, 3, 3)).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], group=group),
        helper.make_node("Add", ["c", "b"], ["a"]),
        helper.make_node("Identity", ["a"], ["i"]),
        helper.make_node("Relu" if relu else "Neg", ["i"], ["r"]),
        helper.make_node("Mul", ["r", "i" if is_read_twice else "r"], ["y"]),
    ]
    values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in ("x", "y")]
    constants = [
        numpy_helper.from_array(weights, "w"),
        numpy_helper.from_array(np.full((1, 3, 1, 1), 0.5, np.float32), "b"),
    ]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
    return bytes(model.SerializeToString())


def said(weights: bytes) -> Floats:
    (value,) = open_session(weights).run(None, {"x": IMAGE})
    return np.asarray(value)


@pytest.mark.parametrize("relu", [True, False])
@pytest.mark.parametrize("is_read_twice", [True, False])
def test_convolutions_are_rounded_a_little(relu: bool, is_read_twice: bool) -> None:
    weights = network(relu=relu, is_read_twice=is_read_twice)
    within = dict.fromkeys(quantize.quantized_tensors(weights), WIDE) | {"x": (-1.0, 1.0)}
    exact, rounded = said(weights), said(quantize.quantized(weights, within))
    assert not np.array_equal(exact, rounded)
    within_steps = 2 * 80 / 255 * float(abs(exact).max()) ** 0.5
    assert rounded == pytest.approx(exact, abs=within_steps)


def test_values_outside_a_range_are_cut_to_it() -> None:
    weights = network(relu=True)
    within = dict.fromkeys(quantize.quantized_tensors(weights), WIDE) | {"r": (0.0, 0.5)}
    assert said(quantize.quantized(weights, within)).max() == pytest.approx(0.25)


def test_convolutions_over_one_channel_stay_as_they_are() -> None:
    weights = network(group=3)
    assert quantize.quantized_tensors(weights) == ()
    assert said(quantize.quantized(weights, {})) == pytest.approx(said(weights), abs=1e-5)


def test_a_convolution_may_be_the_last_node() -> None:
    weights = onnx.load_from_string(network())
    del weights.graph.node[2:]
    weights.graph.output[0].name = "a"
    last = weights.SerializeToString()
    within = {"x": (-1.0, 1.0), "a": WIDE}
    assert quantize.quantized_tensors(last) == ("x", "a")
    assert said(quantize.quantized(last, within)) == pytest.approx(said(last), abs=0.4)


def test_a_tensor_without_a_range_is_an_error() -> None:
    with pytest.raises(KeyError):
        quantize.quantized(network(), {"x": WIDE})


def test_fused_is_the_same_network() -> None:
    for weights in (network(), network(relu=True, is_read_twice=True)):
        model = quantize.fused(weights)
        assert "Identity" not in {node.op_type for node in model.graph.node}
        assert said(model.SerializeToString()) == pytest.approx(said(weights), abs=1e-5)


def test_every_tensor_has_its_range() -> None:
    weights = recognize.fitted()
    assert set(quantize.quantized_tensors(weights)) == set(quantize.ranges())
    once = quantize.quantized(weights, quantize.ranges())
    assert once == quantize.quantized(weights, quantize.ranges())
    operators = Counter(node.op_type for node in onnx.load_from_string(once).graph.node)
    assert operators["Gelu"] == 13
    assert operators["QuantizeLinear"] > 30


def test_a_line_reads_the_same() -> None:
    text = "Margaret Thornberry, 12 Hill Road"
    image = page_image([(5, 14, text)], width=200, height=20)
    high, wide = image.pixels.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    line = recognize.crop(image.pixels, Region(corners, 1.0))
    quick = recognize._quick(line, 1.0)
    exact = recognize._run(recognize._session(), quick.alphabet, recognize.glimpse(line, 1.0))
    assert read(quick) == read(exact) == text
    assert not np.array_equal(quick.posteriors, exact.posteriors)


def read(lattice: Lattice) -> str:
    return "".join(char.char for char in best_path(lattice))
