"""Weights are those that are pinned, or there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.errors import MissingDependency
from redactor.ocr.models import LOCATOR, MODELS, Model, read_verified, session


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_the_pinned_weights_are_there(model: Model) -> None:
    assert len(read_verified(model)) > 100
    assert model.version


def test_other_weights_are_refused() -> None:
    other = replace(LOCATOR, sha256="0" * 64)
    for use in (read_verified, session):
        with pytest.raises(MissingDependency, match="another SHA-256"):
            use(other)


def test_absent_weights_are_said_so() -> None:
    with pytest.raises(MissingDependency, match=r"cannot be read: none\.onnx"):
        read_verified(replace(LOCATOR, file_name="none.onnx"))


def test_an_absent_package_is_said_so() -> None:
    gone = replace(LOCATOR, package="no_such_package", requirement="no-such>=1")
    with pytest.raises(MissingDependency, match="is not installed") as caught:
        _ = gone.path
    assert "pip install 'no-such>=1'" in str(caught.value)


def test_one_session_a_model() -> None:
    assert session(LOCATOR) is session(LOCATOR)
