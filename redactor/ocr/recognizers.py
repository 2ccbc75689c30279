"""Finds what reads page images by name, and holds it to what a reader must give.

Built-in recognizers and those of other packages (entry point group `redactor.recognizers`) come by
the same road: the entry point is called with the mode and gives a `Recognizer`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final, Protocol, cast, runtime_checkable

from redactor.errors import MissingDependency, RedactorError, UsageError
from redactor.geometry import Box
from redactor.ink import Ink, PageImage
from redactor.modes import PADDLE, Mode
from redactor.ocr import own_model
from redactor.words import Line, Word

GROUP: Final = "redactor.recognizers"
BUILT_IN: Final = (
    EntryPoint(PADDLE, "redactor.ocr.engine:PaddleRecognizer", GROUP),
    EntryPoint("tesseract", "redactor.ocr.tesseract:TesseractRecognizer", GROUP),
)
"""As in pyproject.toml; stated here too so that no other package can take their names."""

_SLACK = 1.0  # points by which a box may reach over the edge of its page

Models = tuple[tuple[str, str, str], ...]
"""Name, version and SHA-256 of what a result rests on."""


class Recognizer(Protocol):
    """Pixels to words. Made by calling what the entry point names with `ocr` or `icr`."""

    def read(self, image: PageImage) -> tuple[Line, ...]: ...


@runtime_checkable
class ReadsInk(Protocol):
    """A recognizer that spares the search for the ink of a page where it is already known."""

    def read_ink(self, image: PageImage, ink: Ink) -> tuple[Line, ...]: ...


@runtime_checkable
class NamesModels(Protocol):
    """A recognizer that knows the models it uses; of others the package itself is recorded."""

    def models(self) -> Models: ...


def names() -> tuple[str, ...]:
    """What there is to choose from."""
    return tuple(sorted(_entry_points()))


def load(name: str, mode: Mode, model: Path | None = None) -> Recognizer:
    """The recognizer of that name, for `paddle` with the weights in the folder `model` if given.

    Raises UsageError for an unknown name or a model that it cannot use, MissingDependency where it
    or the model cannot be loaded, or two packages claim the name.
    """
    found = _entry_points().get(name, ())
    if not found:
        raise UsageError(f"no engine is called {name}", f"there are: {', '.join(names())}")
    if model is not None and name != PADDLE:
        raise UsageError(f"--model is not for --engine {name}", "leave one of them out")
    if len(found) > 1:
        raise MissingDependency(f"several packages bring an engine {name}", "remove all but one")
    try:
        own = (own_model.load(model),) if model is not None else ()
        return cast(Recognizer, found[0].load()(Mode.OCR if mode is Mode.OCR else Mode.ICR, *own))
    except (RedactorError, MemoryError):
        raise
    except Exception as error:
        raise _broken(name, f"cannot be loaded: {type(error).__name__}") from error


def models(name: str, recognizer: Recognizer) -> Models:
    """What to record of the recognizer of that name: its models, or the package it came with."""
    if isinstance(recognizer, NamesModels):
        return recognizer.models()
    (entry,) = _entry_points()[name]
    record = (entry.dist.read_text("RECORD") or "") if entry.dist else ""
    version = entry.dist.version if entry.dist else ""
    return ((name, version, hashlib.sha256(record.encode()).hexdigest()),)


def read_page(
    name: str, recognizer: Recognizer, number: int, image: PageImage, ink: Ink
) -> tuple[Line, ...]:
    """The lines of page `number`, checked.

    Raises MissingDependency where a recognizer of another package fails or gives what is no line
    on the page; its own words on that are not repeated, for they could quote the document.
    """
    built_in = name in {entry.name for entry in BUILT_IN}
    try:
        if isinstance(recognizer, ReadsInk):
            lines = recognizer.read_ink(image, ink)
        else:
            lines = recognizer.read(image)
        if not built_in:
            _check(lines, image)
    except (RedactorError, MemoryError):
        raise
    except Exception as error:
        if built_in:
            raise
        what = str(error) if isinstance(error, _Unusable) else f"failed: {type(error).__name__}"
        raise _broken(name, f"{what}, on page {number}") from error
    return lines


class _Unusable(Exception):
    """What is wrong with a recognizer's result, without any text of it."""


def _broken(name: str, what: str) -> MissingDependency:
    return MissingDependency(f"engine {name} {what}", "mend it, or use another --engine")


def _entry_points() -> dict[str, tuple[EntryPoint, ...]]:
    """All recognizers by name; none of another package goes by a built-in one's name."""
    found: dict[str, tuple[EntryPoint, ...]] = {entry.name: (entry,) for entry in BUILT_IN}
    own = set(found)
    for entry in importlib.metadata.entry_points(group=GROUP):
        if entry.name not in own and entry not in found.get(entry.name, ()):
            found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def _check(lines: object, image: PageImage) -> None:
    """Raises _Unusable unless these are lines of words that stand on the page."""
    if not isinstance(lines, tuple) or not all(isinstance(line, Line) for line in lines):
        raise _Unusable("gave no tuple of lines")
    height, width = image.pixels.shape[:2]
    page = image.to_page(Box(0, 0, width, height)).padded(_SLACK)
    for line in lines:
        if not line.words:
            raise _Unusable("gave a line without words")
        _check_words(line.words, page)


def _check_words(words: Iterable[Word], page: Box) -> None:
    for word in words:
        if not isinstance(word, Word) or word.text != word.text.strip() or not word.text:
            raise _Unusable("gave a word without text or with blanks around it")
        box = word.box
        if not (page.contains(box.x0, box.y0) and page.contains(box.x1, box.y1)):
            raise _Unusable("gave a box off the page")
        if not 0 <= word.confidence <= 1:
            raise _Unusable("gave a confidence that is not between 0 and 1")
