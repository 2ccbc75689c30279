"""ONNX Runtime tells its maker nothing, and keeps no number for the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_READ = """
from redactor.ocr import models
import onnxruntime
for model in models.MODELS:
    if model.file_name.endswith(".onnx"):
        onnxruntime.InferenceSession(models.read_verified(model))
        break
else:
    raise SystemExit("no network was loaded")
"""


@pytest.mark.parametrize("said", [None, "0"], ids=["unset", "turned on"])
def test_nothing_is_kept_for_telemetry(tmp_path: Path, said: str | None) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {**os.environ, **home}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    if said:
        environment["ORT_DISABLE_TELEMETRY"] = said
    subprocess.run([sys.executable, "-c", _READ], env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
