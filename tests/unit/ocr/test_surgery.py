"""The cut model says what the full one says, of fewer characters and at any height."""

from __future__ import annotations

import numpy as np
import onnx
import pytest

from redactor.ocr import surgery
from redactor.ocr.models import RECOGNIZER, open_session, read_verified, session
from redactor.ocr.recognize import latin
from tests.documents import page_image


@pytest.fixture(scope="module")
def line() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    pixels = page_image([(5, 14, "Margaret Thornberry")], width=160, height=17).pixels[:48, :400]
    return (pixels.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]


@pytest.fixture(scope="module")
def weights() -> bytes:
    return read_verified(RECOGNIZER)


def test_the_cut_is_the_full_model_renormalized(
    line: np.ndarray[tuple[int, ...], np.dtype[np.float32]], weights: bytes
) -> None:
    _, classes = latin()
    (full,) = session(RECOGNIZER).run(None, {"x": line})
    cut_session = open_session(surgery.fitted(weights, classes))
    (cut,) = cut_session.run(None, {"x": line})
    kept = full[:, :, classes]
    assert cut == pytest.approx(kept / kept.sum(axis=2, keepdims=True), abs=1e-4)
    (low,) = cut_session.run(None, {"x": line[:, :, :32]})
    assert low.shape == cut.shape


def test_the_alphabet_ends_in_a_blank(weights: bytes) -> None:
    alphabet = surgery.characters(weights)
    assert alphabet[-1] == " "
    assert set("aZ09@é") <= set(alphabet)


def test_another_kind_of_graph_is_refused() -> None:
    value = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, 2]) for name in "xy"
    ]
    node = onnx.helper.make_node("Softmax", ["x"], ["y"])
    graph = onnx.helper.make_graph([node], "g", value[:1], value[1:])
    model = onnx.helper.make_model(graph)
    with pytest.raises(ValueError, match="does not end in a linear layer"):
        surgery.fitted(model.SerializeToString(), np.array([0]))
