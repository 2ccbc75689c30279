"""Tesseract, where it is installed, as a recognizer: its words, with boxes grounded in the ink.

The program reads the page image from stdin and writes words to stdout (`tesseract - - tsv`): no
file is written. It tells neither handwriting from print nor how it came to a reading, so that its
lines are print and have no posteriors.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from redactor.errors import MissingDependency
from redactor.geometry import Box, union
from redactor.ink import Ink, PageImage, find_ink
from redactor.modes import Mode
from redactor.ocr import ground
from redactor.ocr.locate import Region
from redactor.words import Line, LineKind, Origin, Word

SECONDS: Final = 300  # for a page
_WORD_LEVEL = "5"
_ROOM = 0.1  # line heights
_HEADER: Final = (
    b"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
_N_COLUMNS: Final = 12
_INSTALL = "install Tesseract 4 or newer with its English data, or use another --engine"


@dataclass(frozen=True, slots=True)
class TsvWord:
    """A word as Tesseract gives it: its line, its box in pixels, its confidence (0-1)."""

    line: tuple[str, ...]
    box_px: Box
    confidence: float
    text: str = field(repr=False)


class TesseractRecognizer:
    """Tesseract's words. Raises MissingDependency where the program is not installed."""

    def __init__(self, mode: Mode = Mode.OCR) -> None:
        """The mode makes no difference: Tesseract reads all as print."""
        self._program = program()

    def models(self) -> tuple[tuple[str, str, str], ...]:
        """Its version, and the SHA-256 of the language data it reads with."""
        return (("tesseract", version(self._program), _data_digest(self._program)),)

    def read(self, image: PageImage) -> tuple[Line, ...]:
        """The lines of the page, boxes in page space."""
        return self.read_ink(image, find_ink(image))

    def read_ink(self, image: PageImage, ink: Ink) -> tuple[Line, ...]:
        """The same where the ink is already known."""
        lines = _lines(recognized(self._program, image))
        return tuple(
            Line(
                tuple(_word(*pair) for pair in zip(line, map(image.to_page, boxes), strict=True)),
                LineKind.PRINT,
            )
            for line, boxes in zip(lines, _grounded(lines, ink), strict=True)
        )


def recognized(program: str, image: PageImage) -> tuple[TsvWord, ...]:
    """The words of a page as Tesseract gives them, not grounded yet. Raises MissingDependency."""
    done, png = cv2.imencode(".png", np.ascontiguousarray(image.pixels[:, :, ::-1]))
    assert done
    arguments = ("-", "-", "--dpi", str(image.dpi), "-l", "eng", "tsv")
    return parse(_run(program, arguments, png.tobytes()))


def program() -> str:
    """Where Tesseract is. Raises MissingDependency."""
    found = shutil.which("tesseract")
    if found is None:
        raise MissingDependency("engine tesseract is not installed", _INSTALL)
    return found


@cache
def version(program: str) -> str:
    """Such as "5.3.0"."""
    first = _run(program, ("--version",)).split(b"\n", 1)[0].decode("ascii", "replace")
    return first.removeprefix("tesseract").strip()


@cache
def _data_digest(program: str) -> str:
    """The SHA-256 of the English data in the folder that Tesseract says it uses."""
    said = _run(program, ("--list-langs",)).decode("utf-8", "surrogateescape")
    folder = re.search(r'"(.+)"', said)
    try:
        path = Path(folder[1] if folder else "") / "eng.traineddata"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise MissingDependency("tesseract's English data cannot be read", _INSTALL) from error


def _run(program: str, arguments: Sequence[str], data: bytes = b"") -> bytes:
    """What it prints. Raises MissingDependency; what it complains of is not repeated."""
    try:
        done = subprocess.run(
            [program, *arguments],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=_environment(os.environ),
        )
    except subprocess.TimeoutExpired as error:
        raise MissingDependency(f"tesseract took over {SECONDS} s for a page", _INSTALL) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingDependency("tesseract failed", _INSTALL) from error
    return done.stdout


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """One thread: more of them only wait for each other, and sums keep their order."""
    return {**own, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}


def parse(tsv: bytes) -> tuple[TsvWord, ...]:
    """The words in Tesseract's TSV. Raises MissingDependency for what is none."""
    header, _, rows = tsv.partition(b"\n")
    if header.rstrip(b"\r") != _HEADER:
        raise MissingDependency("tesseract writes another format than expected", _INSTALL)
    try:
        return tuple(_words(rows.decode("utf-8", "replace")))
    except ValueError as error:
        raise MissingDependency("tesseract's output cannot be read", _INSTALL) from error


def _words(rows: str) -> Iterator[TsvWord]:
    for row in rows.split("\n"):
        values = row.rstrip("\r").split("\t")
        text = values[-1].strip()
        if values[0] != _WORD_LEVEL or not text:
            continue
        if len(values) != _N_COLUMNS:
            raise ValueError("a row of another length")
        left, top, width, height, percent = numbers = [float(value) for value in values[6:11]]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("not a number")
        box = Box(left, top, left + width, top + height)
        yield TsvWord(tuple(values[1:5]), box, min(max(percent / 100, 0.0), 1.0), text)


def _lines(words: Sequence[TsvWord]) -> list[tuple[TsvWord, ...]]:
    return [tuple(line) for _, line in groupby(words, key=lambda word: word.line)]


def _grounded(lines: Sequence[Sequence[TsvWord]], ink: Ink) -> Iterator[list[Box]]:
    """The boxes of each line's words: the extents of their ink, or as given where there is none."""
    regions = [_region(line) for line in lines]
    inks = [ground.ink_of_line(ink, region) for region in regions]
    owner = ground.assign_blobs(ink, regions, inks)
    for index, (line, region) in enumerate(zip(lines, regions, strict=True)):
        left = float(region.corners[0, 0])
        places = [(word.box_px.x0 - left, word.box_px.x1 - left) for word in line]
        found = ground.ground_places(ink, region, inks[index], owner, index, places)
        yield [box or word.box_px for box, word in zip(found, line, strict=True)]


def _region(line: Sequence[TsvWord]) -> Region:
    """A line's place, with a little room: Tesseract's boxes at times cut a stroke's end."""
    box = union(word.box_px for word in line)
    box = box.padded(max(1.0, _ROOM * box.height))
    corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
    return Region(np.array(corners, np.float32), min(word.confidence for word in line))


def _word(word: TsvWord, box: Box) -> Word:
    return Word(word.text, box, word.confidence, Origin.PRINT)
