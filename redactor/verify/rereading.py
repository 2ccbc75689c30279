"""Pages whose words were read from pixels are read again, as anyone could who gets the output.

Nothing may be read under a box, and no removed text anywhere. Findings are not looked for anew:
where names are gone, what stays is read in another light, and half of 20 scanned pages would then
be refused for words that the policy had seen and left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

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
            lines = read(number, render(shown, number))
            text = " ".join(line.text for line in lines)
            found = _under_boxes(lines, subject.boxes(number)) + len(hits([text], wanted))
            failures += [number] * found
        return outcome(NAME, engine, failures, "words are read")

    return attempt(NAME, engine, reread)


def _under_boxes(lines: Sequence[Line], boxes: Sequence[Box]) -> int:
    """How many words lie under boxes for most of their length. What stays to the left and right
    of a box may be read as one word across it: that is no word under it."""
    words = (word for line in lines for word in line.words)
    return sum(_covered(word.box, boxes) > word.box.width * _MOST for word in words)


def _covered(word: Box, boxes: Sequence[Box]) -> float:
    """How much of a word's length, in points, lies under boxes that cover its middle line."""
    middle = (word.y0 + word.y1) / 2
    covering = sorted(box for box in boxes if box.y0 <= middle <= box.y1)
    covered, reached = 0.0, word.x0
    for box in covering:
        x0, x1 = max(box.x0, reached), min(box.x1, word.x1)
        covered += max(0.0, x1 - x0)
        reached = max(reached, x1)
    return covered


def _any_recognized(page: Page, boxes: Sequence[Box]) -> bool:
    return any(
        word.origin is not Origin.TEXT_LAYER and any(word.box.overlaps(box) for box in boxes)
        for word in page.words
    )
