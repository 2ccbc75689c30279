"""What a reading rests on: the tool's own code, its models, the packages, and the settings."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from redactor.report import ModelInfo, PackageInfo

TOOL = "redactor"
READING_PACKAGES = (
    "pymupdf",
    "pikepdf",
    "pypdfium2",
    "onnxruntime",
    "opencv-python-headless",
    "numpy",
    "rapidfuzz",
    "zxing-cpp",
)


@dataclass(frozen=True, slots=True)
class Engine:
    """All that a reading depends on but the document: where it is the same, so is the result.

    `code` is the SHA-256 (hex) of the tool's own code, which holds every threshold; `settings` are
    what the user can choose, by name.
    """

    version: str
    code: str
    models: tuple[ModelInfo, ...]
    packages: tuple[PackageInfo, ...]
    settings: tuple[tuple[str, str | int | float], ...]


def engine(
    models: Iterable[tuple[str, str, str]], settings: Iterable[tuple[str, str | int | float]]
) -> Engine:
    """The engine with those models (name, version, SHA-256) and settings."""
    return Engine(
        importlib.metadata.version(TOOL),
        code_digest(),
        tuple(ModelInfo(name, digest, version) for name, version, digest in models),
        packages(READING_PACKAGES),
        tuple(sorted(settings)),
    )


def packages(names: Iterable[str]) -> tuple[PackageInfo, ...]:
    """The installed version of each package."""
    return tuple(PackageInfo(name, importlib.metadata.version(name)) for name in names)


@cache
def code_digest() -> str:
    """SHA-256 (hex) over the names and the bytes of the tool's Python files, sorted by name."""
    folder = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
