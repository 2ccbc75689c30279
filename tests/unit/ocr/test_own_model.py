import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from redactor.errors import ExitCode, MissingDependency
from redactor.ocr import own_model, recognize

HEIGHT, STEP = 48, 8


def weights(height: int = HEIGHT, step: int = STEP, normalized: bool = True) -> bytes:
    """A "recognizer" of two letters: the mean color of each stretch of the line, as classes."""
    pool = helper.make_node(
        "AveragePool", ["x"], ["mean"], kernel_shape=[height, step], strides=[height, step]
    )
    nodes = [
        pool,
        helper.make_node("Squeeze", ["mean"], ["rows"], axes=[2]),
        helper.make_node("Transpose", ["rows"], ["steps"], perm=[0, 2, 1]),
        helper.make_node("Softmax" if normalized else "Sigmoid", ["steps"], ["posteriors"]),
    ]
    if normalized:
        nodes[-1].attribute.append(helper.make_attribute("axis", 2))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, height, "width"])],
        [helper.make_tensor_value_info("posteriors", TensorProto.FLOAT, ["n", "steps", 3])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def folder(path: Path, data: bytes, **changes: Any) -> Path:
    """A model folder; `changes` are of its card, None leaves a key out."""
    path.mkdir(exist_ok=True)
    card = {
        "redactor_recognizer": 1,
        "name": "clinic-hands",
        "sha256": hashlib.sha256(data).hexdigest(),
        "alphabet": "ab",
        **changes,
    }
    (path / "recognizer.onnx").write_bytes(data)
    kept = {key: value for key, value in card.items() if value is not None}
    (path / "model.json").write_text(json.dumps(kept))
    return path


def test_a_good_folder_gives_its_name_hash_and_alphabet(tmp_path: Path) -> None:
    data = weights()
    model = own_model.load(folder(tmp_path, data))
    assert model.name == "clinic-hands"
    assert model.sha256 == hashlib.sha256(data).hexdigest()
    assert model.alphabet == ("a", "b")


def test_it_is_loaded_once_so_that_what_is_named_is_what_reads(tmp_path: Path) -> None:
    path = folder(tmp_path, weights())
    model = own_model.load(path)
    folder(tmp_path, b"another")
    assert own_model.load(path) is model


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sha256": "0" * 64}, "another SHA-256"),
        ({"sha256": None}, "name, sha256 and alphabet"),
        ({"alphabet": None}, "name, sha256 and alphabet"),
        ({"alphabet": ["a", "b"]}, "name, sha256 and alphabet"),
        ({"alphabet": "abc"}, "probabilities of the alphabet"),
        ({"alphabet": "a"}, "probabilities of the alphabet"),
        ({"alphabet": "aa"}, "twice"),
        ({"name": ""}, "name, sha256 and alphabet"),
        ({"name": "two words"}, "odd characters"),
        ({"name": "line\nbreak"}, "odd characters"),
        ({"name": "PP-OCRv6-small-rec"}, "built-in"),
        ({"redactor_recognizer": 2}, "this version"),
        ({"redactor_recognizer": None}, "this version"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    refused(folder(tmp_path, weights(), **changes), says)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not an ONNX model"),
        (b"no model at all", "not an ONNX model"),
        (weights()[:-40], "not an ONNX model"),
        (weights(height=32), "48 pixels high"),
        (weights(step=4), "probabilities"),
        (weights(normalized=False), "probabilities"),
    ],
)
def test_weights_that_do_not_fit_are_refused(tmp_path: Path, data: bytes, says: str) -> None:
    refused(folder(tmp_path, data), says)


@pytest.mark.parametrize("name", ["model.json", "recognizer.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path, weights())
    (path / name).unlink()
    refused(path, f"{name}: no such file")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"model"'])
def test_a_card_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = folder(tmp_path, weights())
    (path / "model.json").write_text(text)
    refused(path, "model.json is not")


def test_a_card_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path, weights())
    (path / "model.json").write_bytes(b"\xff\xfe\x00")
    refused(path, "model.json is not")


def refused(path: Path, says: str) -> None:
    with pytest.raises(MissingDependency) as caught:
        own_model.load(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == ExitCode.MISSING_DEPENDENCY


def test_lines_are_read_with_it_and_in_its_alphabet(tmp_path: Path) -> None:
    model = own_model.load(folder(tmp_path, weights()))
    line = np.zeros((48, 64, 3), np.uint8)
    line[:, :32, 1] = 255
    line[:, 32:, 2] = 255
    (lattice,) = recognize.recognize([line], [1.0], model)
    assert lattice.alphabet == ("a", "b")
    assert lattice.posteriors.argmax(axis=1).tolist() == [1] * 4 + [0] * 4
