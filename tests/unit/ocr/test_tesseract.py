"""Tesseract as an engine: its output read, its boxes grounded, and what there is without it."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import numpy as np
import pytest

from redactor.errors import MissingDependency
from redactor.geometry import Box
from redactor.ocr import tesseract
from redactor.ocr.tesseract import TesseractRecognizer, parse
from redactor.words import LineKind, Origin
from tests.documents import page_image, spread

HEADER = tesseract._HEADER + b"\n"
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


def row(
    text: str, conf: str = "96.5", level: str = "5", left: str = "10", line: str = "1"
) -> bytes:
    return "\t".join((level, "1", "1", "1", line, "1", left, "20", "30", "8", conf, text)).encode()


def test_words_are_parsed() -> None:
    tsv = HEADER + b"\n".join(
        [
            row("", "-1", "1"),
            row("John"),
            row("Smith\r", "0", left="50"),
            row("next", line="2"),
            b"",
        ]
    )
    words = parse(tsv)
    assert [word.text for word in words] == ["John", "Smith", "next"]
    assert [word.confidence for word in words] == [0.965, 0.0, 0.965]
    assert words[0].box_px == Box(10, 20, 40, 28)
    assert words[0].line == words[1].line != words[2].line
    assert "John" not in repr(words)


def test_an_empty_page() -> None:
    assert parse(HEADER) == parse(HEADER + row("", "-1", "1") + b"\n") == ()


@pytest.mark.parametrize("conf", ["-1", "100.4"])
def test_confidence_stays_between_0_and_1(conf: str) -> None:
    assert 0 <= parse(HEADER + row("x", conf))[0].confidence <= 1


@pytest.mark.parametrize("text", ['"quoted', "a'b", "\\", "é"])
def test_no_character_is_special(text: str) -> None:
    assert parse(HEADER + row(text))[0].text == text


@pytest.mark.parametrize(
    "tsv",
    [
        b"",
        b"level\ttext\n",
        row("John"),
        HEADER + b"5\t1\tJohn",
        HEADER + row("John", left="x"),
        HEADER + row("John", left="nan"),
        HEADER + row("John", conf="inf"),
    ],
)
def test_what_is_no_output_of_tesseract(tsv: bytes) -> None:
    with pytest.raises(MissingDependency) as caught:
        parse(tsv)
    assert "John" not in str(caught.value)


def test_without_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingDependency, match="install Tesseract"):
        TesseractRecognizer()


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError("John"),
        subprocess.TimeoutExpired(["tesseract"], 1, output=b"John"),
        subprocess.CalledProcessError(1, ["tesseract"], output=b"John", stderr=b"John"),
    ],
)
def test_a_program_that_fails(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(MissingDependency) as caught:
        TesseractRecognizer().read(page_image([(30, 40, "John")]))
    assert "John" not in str(caught.value)


@needs_tesseract
def test_words_are_read_and_own_their_ink() -> None:
    texts = ["Patient Margaret Thornberry was seen", "jumpy fjord query quickly today"]
    spots = [s for k, text in enumerate(texts) for s in spread(text.split(), 30, 40 + 24 * k)]
    image = page_image(spots, height=100)
    lines = TesseractRecognizer().read(image)
    assert [line.text for line in lines] == texts
    assert {line.kind for line in lines} == {LineKind.PRINT}
    for word, spot in zip((w for line in lines for w in line.words), spots, strict=True):
        ink = page_image([spot], height=100).pixels.min(axis=2) < 128
        rows, columns = np.nonzero(ink)
        tight = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        box = image.to_px(word.box)
        assert tight.covered_by(box.padded(0.5)) == 1
        assert box.covered_by(tight.padded(3)) == pytest.approx(1)
        assert word.origin is Origin.PRINT
        assert 0 < word.confidence <= 1


@needs_tesseract
def test_it_says_what_it_is() -> None:
    ((name, version, digest),) = TesseractRecognizer().models()
    assert name == "tesseract"
    assert version[0].isdigit()
    assert len(digest) == 64
