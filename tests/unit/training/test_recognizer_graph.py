from typing import Any

import numpy as np
import pytest

from redactor.errors import VerificationFailed
from redactor.ocr.models import RECOGNIZER, read_verified
from redactor.ocr.recognize import latin
from training.recognizer import score
from training.recognizer.lines import LabeledLine

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch, redactor does not")
from training.recognizer import fit, train  # noqa: E402
from training.recognizer.graph import Graph  # noqa: E402

LINE = LabeledLine("a", np.random.default_rng(5).integers(0, 255, (48, 331), np.uint8), "text")


@pytest.fixture
def net() -> Any:
    return Graph(train.built_in(latin()[1]))


def test_pytorch_gives_what_onnxruntime_gives(net: Any) -> None:
    train.check_equal(net, net.to_onnx(), LINE)


def test_weights_that_compute_something_else_are_refused(net: Any) -> None:
    weights = net.to_onnx()
    with torch.no_grad():
        net.weights["linear_8/b_0"][0] -= 1
    with pytest.raises(VerificationFailed):
        train.check_equal(net, weights, LINE)


def test_the_head_gives_the_shares_of_the_kept_classes(net: Any) -> None:
    seen = score.prepare(LINE.picture)[None]
    whole = score.session(read_verified(RECOGNIZER)).run(None, {"x": seen})[0]
    kept = whole[..., latin()[1]]
    cut = score.session(net.to_onnx()).run(None, {"x": seen})[0]
    assert np.allclose(cut, kept / kept.sum(axis=2, keepdims=True), atol=1e-4)


def test_training_learns_what_it_is_shown_repeats_and_leaves_the_features_alone(net: Any) -> None:
    alphabet = latin()[0]

    def draw(rng: np.random.Generator) -> tuple[Any, str]:
        return LINE.picture, LINE.text

    shown = fit.views(net, draw, alphabet, 4, np.random.default_rng(0))
    settings = fit.Settings(views=4, passes=24, batch=4)
    before = {name: weight.detach().clone() for name, weight in net.weights.items()}
    other = Graph(train.built_in(latin()[1]))
    teacher = Graph(train.built_in(latin()[1]))
    for student in (net, other):
        fit.train(student, shown, teacher, settings)
    assert net.to_onnx() == other.to_onnx()
    first, last = (
        score.errors(score.session(model.to_onnx()), [LINE], alphabet) for model in (teacher, net)
    )
    assert last[0] < first[0]
    changed = {name for name, value in before.items() if not torch.equal(value, net.weights[name])}
    assert "linear_8/w_0" in changed
    assert "conv2d_122/w_0" not in changed
