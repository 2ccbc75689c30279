"""Recognizers by name, and those of other packages that fail on purpose."""

from __future__ import annotations

import importlib
import math
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from redactor.errors import MissingDependency, UsageError
from redactor.geometry import Box
from redactor.ink import PageImage, find_ink
from redactor.modes import Mode
from redactor.ocr import recognizers
from redactor.ocr.engine import PaddleRecognizer
from redactor.words import Line, LineKind, Origin, Word

IMAGE = PageImage(np.full((200, 300, 3), 255, np.uint8), 72)
INK = find_ink(IMAGE)
WORD = Word("Zebulon", Box(10, 10, 50, 20), 0.9, Origin.PRINT)
LINE = Line((WORD,), LineKind.PRINT)


class Fake:
    """A recognizer of another package: gives what it is told to, or raises it."""

    result: Any = (LINE,)

    def __init__(self, mode: Mode) -> None:
        self.mode = mode

    def read(self, image: PageImage) -> tuple[Line, ...]:
        if isinstance(self.result, Exception):
            raise self.result
        result: tuple[Line, ...] = self.result
        return result


@pytest.fixture
def installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], None]]:
    """Installs a package of that name with that entry point file."""
    module = ModuleType("fake_recognizer")
    module.Fake = Fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fake_recognizer", module)
    monkeypatch.syspath_prepend(tmp_path)

    def install(name: str, entries: str) -> None:
        folder = tmp_path / f"{name}-1.2.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (folder / "RECORD").write_text("fake_recognizer.py,sha256=x,1\n")
        (folder / "entry_points.txt").write_text(f"[{recognizers.GROUP}]\n{entries}\n")
        importlib.invalidate_caches()

    yield install
    importlib.invalidate_caches()


def test_built_in_ones_are_entry_points_of_the_package_too() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())
    stated = project["project"]["entry-points"][recognizers.GROUP]
    assert stated == {entry.name: entry.value for entry in recognizers.BUILT_IN}


def test_a_built_in_one() -> None:
    assert isinstance(recognizers.load("paddle", Mode.ICR), PaddleRecognizer)


@pytest.mark.parametrize("name", ["", "Paddle", "os:system", "../x"])
def test_an_unknown_name_says_what_there_is(name: str) -> None:
    with pytest.raises(UsageError, match="paddle, tesseract"):
        recognizers.load(name, Mode.ICR)


def test_one_of_another_package(installed: Callable[[str, str], None]) -> None:
    installed("fake", "fake = fake_recognizer:Fake")
    assert recognizers.names() == ("fake", "paddle", "tesseract")
    for mode, passed in ((Mode.OCR, Mode.OCR), (Mode.ICR, Mode.ICR), (Mode.VLM, Mode.ICR)):
        loaded = recognizers.load("fake", mode)
        assert isinstance(loaded, Fake)
        assert loaded.mode is passed
    assert recognizers.read_page("fake", loaded, 1, IMAGE, INK) == (LINE,)
    ((name, version, digest),) = recognizers.models("fake", loaded)
    assert (name, version, len(digest)) == ("fake", "1.2", 64)


def test_a_built_in_name_cannot_be_taken(installed: Callable[[str, str], None]) -> None:
    installed("fake", "paddle = fake_recognizer:Fake")
    assert isinstance(recognizers.load("paddle", Mode.ICR), PaddleRecognizer)


def test_two_packages_with_one_name(installed: Callable[[str, str], None]) -> None:
    installed("one", "fake = fake_recognizer:Fake")
    installed("two", "fake = fake_recognizer:Other")
    with pytest.raises(MissingDependency, match="several packages"):
        recognizers.load("fake", Mode.ICR)


@pytest.mark.parametrize("value", ["no_such_module:Fake", "fake_recognizer:Gone", "math:pi"])
def test_one_that_cannot_be_loaded(installed: Callable[[str, str], None], value: str) -> None:
    installed("fake", f"fake = {value}")
    with pytest.raises(MissingDependency, match="engine fake cannot be loaded"):
        recognizers.load("fake", Mode.ICR)


def placed(*corners: float) -> tuple[Line, ...]:
    return (replace(LINE, words=(replace(WORD, box=Box(*corners)),)),)


def sure(confidence: float) -> tuple[Line, ...]:
    return (replace(LINE, words=(replace(WORD, confidence=confidence),)),)


def spelled(text: str) -> tuple[Line, ...]:
    return (replace(LINE, words=(replace(WORD, text=text),)),)


BAD: dict[str, tuple[object, str]] = {
    "raises": (ValueError("could not read Zebulon"), "ValueError"),
    "nothing": (None, "no tuple of lines"),
    "words": ((WORD,), "no tuple of lines"),
    "empty line": ((replace(LINE, words=()),), "without words"),
    "no text": (spelled(""), "without text"),
    "blanks": (spelled(" Zebulon"), "without text"),
    "off the right": (placed(10, 10, 301.1, 20), "off the page"),
    "off the left": (placed(-1.1, 10, 30, 20), "off the page"),
    "below": (placed(10, 10, 30, 201.1), "off the page"),
    "endless": (placed(10, 10, math.inf, 20), "off the page"),
    "NaN": (sure(math.nan), "confidence"),
    "too sure": (sure(1.01), "confidence"),
    "not sure": (sure(-0.01), "confidence"),
}


@pytest.mark.parametrize("case", list(BAD))
def test_one_that_gives_what_it_must_not(case: str) -> None:
    fake = Fake(Mode.ICR)
    fake.result, said = BAD[case]
    with pytest.raises(MissingDependency, match=said) as caught:
        recognizers.read_page("fake", fake, 3, IMAGE, INK)
    assert "page 3" in str(caught.value)
    assert "Zebulon" not in str(caught.value)


@pytest.mark.parametrize("lines", [(), placed(-0.9, -0.9, 300.9, 200.9), sure(0), sure(1)])
def test_what_just_is_right(lines: tuple[Line, ...]) -> None:
    fake = Fake(Mode.ICR)
    fake.result = lines
    assert recognizers.read_page("fake", fake, 1, IMAGE, INK) == lines
