"""What a reading rests on."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

import redactor.engine
from redactor import pipeline
from redactor.engine import READING_PACKAGES, code_digest, engine


def test_models_packages_and_settings() -> None:
    made = engine([("locator", "3.10", "a" * 64)], [("mode", "icr"), ("dpi", 200)])
    assert [(m.name, m.version, m.sha256) for m in made.models] == [("locator", "3.10", "a" * 64)]
    assert [p.name for p in made.packages] == list(READING_PACKAGES)
    assert all(p.version == importlib.metadata.version(p.name) for p in made.packages)
    assert made.settings == (("dpi", 200), ("mode", "icr"))  # by name


def test_the_pipeline_names_its_dpi_and_models() -> None:
    made = pipeline.reading_engine(dpi=144)
    assert ("dpi", 144) in made.settings
    assert {(m.name, m.version, m.sha256) for m in made.models} == set(pipeline.reading_models())


def test_code_digest_follows_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ocr").mkdir()
    (tmp_path / "ocr" / "locate.py").write_text("X = 1\n")
    monkeypatch.setattr(redactor.engine, "__file__", str(tmp_path / "engine.py"))

    def digest() -> str:
        code_digest.cache_clear()
        return code_digest()

    try:
        first = digest()
        assert digest() == first
        (tmp_path / "ocr" / "note.txt").write_text("not code")
        assert digest() == first
        (tmp_path / "ocr" / "locate.py").write_text("X = 2\n")
        second = digest()
        (tmp_path / "ocr" / "locate.py").rename(tmp_path / "locate.py")
        assert len({first, second, digest()}) == 3
    finally:
        code_digest.cache_clear()
