"""What pages hide from those who look at them: it is in the file, and nobody reviewed it.

Asked as an audit asks of anybody's file: text under something, off the page or in the color of its
ground; pictures under boxes, and what of a picture the page does not show.
"""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf

from redactor.audit.covered import hidden_text
from redactor.audit.cropped import cropped_parts
from redactor.audit.leak import Leak, Level
from redactor.audit.pictures import covered_pictures
from redactor.audit.raster import rasters_of
from redactor.audit.scene import scene_of
from redactor.geometry import PageFrame
from redactor.verify.subject import Outcome, Subject, outcome

_NAME = "nothing hidden on a page"


def check_nothing_hidden(subject: Subject) -> Outcome:
    """Pages hold no text and no part of a picture that they do not show.

    An invisible text layer over what it says is none: it says what shows.
    """
    failures: list[int] = []
    with pymupdf.open(stream=subject.output, filetype="pdf") as document:
        for number, frame in enumerate(subject.frames, start=1):
            found = _hidden(document[number - 1], number, frame)
            failures += [number for leak in found if leak.level is Level.LEAK]
    return outcome(_NAME, "MuPDF", failures, "hidden texts or pictures")


def _hidden(page: pymupdf.Page, number: int, frame: PageFrame) -> Iterator[Leak]:
    scene = scene_of(page, number, frame)
    yield from hidden_text(scene)
    yield from covered_pictures(scene)
    for raster in rasters_of(page):
        yield from cropped_parts(raster, scene)
