"""Measures how long a page takes to read on one core, beside RapidOCR as it comes and Tesseract.

    python -m benchmarks.reading_speed [IMAGE ...]

Process CPU seconds, the median of three runs after one to warm up, rendering excluded: all three
read the same pictures in the same run. Without arguments the pages are those of the samples, at
200 dpi. The peak of memory is that of a fresh process that reads one page.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, median

import cv2
import numpy as np

from redactor.ink import PageImage, Pixels
from redactor.ocr.engine import PaddleRecognizer
from redactor.pdf.intake import take_in
from redactor.pdf.render import DPI, render
from tests.samples import sample

_PAGES = (("letter", 1), ("court_filing", 1), ("discharge_summary", 1), ("mixed_record", 2))
_RUNS = 3


def measure(images: Sequence[Path] = ()) -> dict[str, float]:
    """Mean CPU seconds a page of each engine, and our peak memory in MB.

    `images` are pictures of pages at 200 dpi to read instead of the samples. Tesseract's figures
    are left out where it is not installed.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        paths = list(images) or _rendered(Path(folder))
        figures = {"ours_s": fmean(_seconds(_reader(), p) for p in paths)}
        figures["rapidocr_s"] = fmean(_seconds(_rapidocr(), p) for p in paths)
        if shutil.which("tesseract"):
            figures["tesseract_s"] = fmean(_seconds(_tesseract, p, children=True) for p in paths)
            figures["ours_to_tesseract"] = figures["ours_s"] / figures["tesseract_s"]
        figures["peak_mb"] = max(_peak_mb(path) for path in paths)
    return {name: round(value, 2) for name, value in figures.items()}


def _rendered(folder: Path) -> list[Path]:
    """The sample pages as pictures."""
    paths = []
    for name, number in _PAGES:
        pixels = render(take_in(sample(name)), number).pixels
        paths.append(folder / f"{name}-{number}.png")
        cv2.imwrite(str(paths[-1]), pixels[:, :, ::-1])
    return paths


def _load(path: Path) -> Pixels:
    pixels = cv2.imread(str(path))
    if pixels is None:
        raise SystemExit(f"{path}: not a picture that can be read")
    return np.ascontiguousarray(pixels[:, :, ::-1], np.uint8)


def _reader() -> Callable[[Path], object]:
    recognizer = PaddleRecognizer()
    return lambda path: recognizer.read(PageImage(_load(path), DPI))


def _rapidocr() -> Callable[[Path], object]:
    """RapidOCR with its own settings, but one thread."""
    from rapidocr import RapidOCR

    one = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "error"}
    engine = RapidOCR(params=one)
    return lambda path: engine(str(path))


def _tesseract(path: Path) -> object:
    return subprocess.run(
        ["tesseract", str(path), "-", "--dpi", str(DPI)],  # noqa: S607
        capture_output=True,
        check=True,
    )


def _seconds(read: Callable[[Path], object], path: Path, children: bool = False) -> float:
    """The median CPU time of reading a page, of this process or of those that it starts."""
    taken = []
    for _ in range(_RUNS + 1):
        start = _clock(children)
        read(path)
        taken.append(_clock(children) - start)
    return median(taken[1:])


def _clock(children: bool) -> float:
    if not children:
        return time.process_time()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _peak_mb(path: Path) -> float:
    """The most memory that a fresh process held while it read one page."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading_speed", "--peak", str(path)],
        capture_output=True,
        check=True,
        text=True,
    )
    return float(run.stdout)


def main() -> None:
    """Prints the figures as JSON."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--peak"]:
        _reader()(Path(arguments[1]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{peak:.0f}\n")
        return
    sys.stdout.write(json.dumps(measure([Path(a) for a in arguments]), indent=1) + "\n")


if __name__ == "__main__":
    main()
