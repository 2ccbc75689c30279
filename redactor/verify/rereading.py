"""Pages whose words were read from pixels are read again, as anyone could who gets the output.

Nothing may be read under a box, and no removed text anywhere. Findings are not looked for anew:
where names are gone, what stays is read in another light, and half of 20 scanned pages would then
be refused for words that the policy had seen and left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from redactor.geometry import Box
from redactor.ink import PageImage
from redactor.pdf.intake import Source
from redactor.pdf.render import render
from redactor.verify.run import attempt
from redactor.verify.spellings import searchable
from redactor.verify.subject import Outcome, Subject, outcome
from redactor.verify.traces import hits
from redactor.words import Line, Origin, Page

NAME: Final = "nothing of it is read again"
_MOST = 0.5  # of a word's length
_RIM = 1.0  # pixels
_NOISE = 16  # of 255, between pixels of what counts as one color

Reader = Callable[[int, PageImage], tuple[Line, ...]]
"""What reads page `number` (from 1) of such an image."""


def resting_on_pixels(subject: Subject, pages: Sequence[Page]) -> tuple[int, ...]:
    """The boxed pages where pixels say what is under the boxes: a word that was recognized lies
    there, or the whole page was built anew from them."""
    return tuple(
        page.number
        for page in pages
        if page.number in subject.boxed
        and (page.number in subject.rebuilt or _any_recognized(page, subject.boxes(page.number)))
    )


def check_reread(
    subject: Subject, source: Source, numbers: Sequence[int], engine: str, read: Reader
) -> tuple[Outcome, ...]:
    """Pages `numbers` of the output, without the boxes, as `read` by the recognizer `engine`.

    `source` is what the output was made from: its settings, not its pixels, are used. One check
    that failed where a page cannot be read; none where there are no pages.
    """
    if not numbers:
        return ()
    shown = replace(source, data=subject.bare, frames=subject.frames)

    wanted = searchable(subject.removed)

    def reread() -> Outcome:
        failures = []
        for number in numbers:
            image = render(shown, number)
            lines = read(number, image)
            text = " ".join(line.text for line in lines)
            found = _under_boxes(image, lines, subject.boxes(number)) + len(hits([text], wanted))
            failures += [number] * found
        return outcome(NAME, engine, failures, "words are read")

    return attempt(NAME, engine, reread)


def _under_boxes(image: PageImage, lines: Sequence[Line], boxes: Sequence[Box]) -> int:
    """How many words lie under boxes for most of their length, where the picture is not blank.

    What stays around a box is read as one word across it now and then: brackets as "()", a frame
    as "O". That is no word under it, since nothing is there.
    """
    words = (word.box for line in lines for word in line.words)
    return sum(_is_under(image, word, boxes) for word in words)


def _is_under(image: PageImage, word: Box, boxes: Sequence[Box]) -> bool:
    quarter = word.height / 4  # letters of the lines above and below may reach under a box
    middle = word.padded(0, -quarter)
    parts = [part for box in boxes if (part := middle.intersection(box))]
    return _length(parts) > word.width * _MOST and not all(_is_blank(image, p) for p in parts)


def _length(parts: Iterable[Box]) -> float:
    """How long some boxes are together, from left to right, in points."""
    total, reached = 0.0, -math.inf
    for part in sorted(parts):
        total += max(0.0, part.x1 - max(part.x0, reached))
        reached = max(reached, part.x1)
    return total


def _is_blank(image: PageImage, part: Box) -> bool:
    """Whether a part of the page is of one color but for its rim, which what is beside it blurs."""
    px = image.to_px(part)
    rows = slice(math.ceil(px.y0 + _RIM), math.floor(px.y1 - _RIM))
    columns = slice(math.ceil(px.x0 + _RIM), math.floor(px.x1 - _RIM))
    pixels = image.pixels[rows, columns]
    return pixels.size == 0 or int(np.ptp(pixels, axis=(0, 1)).max()) <= _NOISE


def _any_recognized(page: Page, boxes: Sequence[Box]) -> bool:
    return any(
        word.origin is not Origin.TEXT_LAYER and any(word.box.overlaps(box) for box in boxes)
        for word in page.words
    )
