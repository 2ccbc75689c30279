"""The built-in recognizer: an image in, lines of grounded words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from redactor.geometry import union
from redactor.ink import Ink, PageImage, Pixels, darkest, find_ink, without_rules
from redactor.modes import Mode
from redactor.ocr import calibrate, ground, models, script, second_look
from redactor.ocr.choose import Chosen, choose, with_other_view
from redactor.ocr.locate import Region, locate
from redactor.ocr.own_model import OwnModel
from redactor.ocr.second_look import Look, View
from redactor.ocr.straighten import straighten
from redactor.words import Lattice, Line, LineKind, Origin, Word


@dataclass(frozen=True, slots=True)
class Read:
    """A line in the view that it was read in, and its words as settled on."""

    view: View
    lattice: Lattice = field(repr=False)
    words: tuple[Chosen, ...]


class PaddleRecognizer:
    """PP-OCRv6-small on onnxruntime, with word boxes grounded in the ink.

    In mode `ocr` every line is read once as it stands and nothing but the pixels has a say.
    """

    def __init__(self, mode: Mode = Mode.ICR, own: OwnModel | None = None) -> None:
        """`own` reads lines in place of the built-in weights."""
        self._by_hand = mode is not Mode.OCR
        self._own = own

    def models(self) -> tuple[tuple[str, str, str], ...]:
        """Name, version and SHA-256 of the models that read pages."""
        own = {models.RECOGNIZER: self._own} if self._own else {}
        used = (own.get(model, model) for model in models.MODELS)
        return tuple((m.name, m.version, m.sha256) for m in used)

    def read(self, image: PageImage) -> tuple[Line, ...]:
        """The lines of the page, boxes in page space. No line is dropped for a low score."""
        return self.read_ink(image, find_ink(image))

    def read_ink(self, image: PageImage, ink: Ink) -> tuple[Line, ...]:
        """The same where the ink is already known."""
        read = self.recognized(image, ink)
        dark = [is_dark(line.view.line) for line in read]
        grounded = _ground(ink, read, dark, wanted=False)
        if any(dark):
            grounded |= _ground(find_ink(image.negative()), read, dark, wanted=True)
        lines: list[Line] = []
        for index, line in enumerate(read):
            lines.extend(_lines(image, line, grounded.get(index, ())))
        return tuple(lines)

    def recognized(self, image: PageImage, ink: Ink) -> tuple[Read, ...]:
        """The lines of the page before they are grounded."""
        regions = straighten(image.pixels, locate(image.pixels, ink), self._own)
        look = second_look.look if self._by_hand else second_look.glance
        looks = look(image.pixels, without_rules(image, ink), regions, self._own)
        return tuple(self._settled(seen) for seen in looks)

    def _settled(self, seen: Look) -> Read:
        words = choose(seen.lattice, with_prior=self._helps(seen.view.kind))
        if seen.other:
            words = with_other_view(words, seen.lattice, seen.other)
        return Read(seen.view, seen.lattice, words)

    def _helps(self, kind: LineKind) -> bool:
        """Whether the lexicon has a say: print says itself what it is."""
        return self._by_hand and kind is LineKind.HANDWRITING


def is_dark(crop: Pixels) -> bool:
    """Whether a line is light writing on a dark ground: its border is darker than its middle."""
    gray = darkest(crop)
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    return bool(np.median(border) < 128 and np.median(border) + 64 < gray.max())


def _ground(
    ink: Ink, read: Sequence[Read], dark: Sequence[bool], wanted: bool
) -> dict[int, tuple[ground.Grounded, ...]]:
    """The grounded words of the lines that are dark (or not), by line number."""
    chosen = [i for i, value in enumerate(dark) if value == wanted]
    regions = [read[i].view.region for i in chosen]
    inks = [ground.ink_of_line(ink, region) for region in regions]
    owner = ground.assign_blobs(ink, regions, inks)
    return {
        i: ground.ground(
            ink,
            regions[k],
            inks[k],
            owner,
            k,
            [word.chars for word in read[i].words],
            len(read[i].lattice.posteriors),
        )
        for k, i in enumerate(chosen)
    }


def _lines(image: PageImage, read: Read, grounded: Sequence[ground.Grounded]) -> Iterator[Line]:
    """A region's words as one line for each stretch of one kind: "Name: (print) Ann (by hand)"."""
    words = list(zip(grounded, read.words, strict=True))
    parts = list(_segments(read.view.region, words))
    kinds = _kinds(read.view, parts)
    for kind, group in groupby(zip(parts, kinds, strict=True), key=lambda pair: pair[1]):
        yield Line(
            tuple(_word(image, place, word, kind) for part, _ in group for place, word in part),
            kind,
            read.lattice,
        )


def _word(image: PageImage, place: ground.Grounded, word: Chosen, kind: LineKind) -> Word:
    return Word(
        word.text,
        image.to_page(place.box_px),
        calibrate.confidence(word, kind),
        Origin(kind.value),
        word.alternatives,
        tuple(x / image.px_per_pt for x in place.edges_px),
    )


_Placed = tuple[ground.Grounded, Chosen]


def _segments(region: Region, words: Sequence[_Placed]) -> Iterator[Sequence[_Placed]]:
    """Words parted where the gap is wider than the line is high: there the hand may change."""
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or _distance(words[index - 1][0], words[index][0]) > region.height:
            yield words[start:index]
            start = index


def _distance(a: ground.Grounded, b: ground.Grounded) -> float:
    """The gap between two boxes in pixels, along whichever axis parts them."""
    return max(b.box_px.x0 - a.box_px.x1, a.box_px.y0 - b.box_px.y1)


def _kinds(view: View, parts: Sequence[Sequence[_Placed]]) -> list[LineKind]:
    """The kind of each part of a line; that of a line of one part is known."""
    if len(parts) < 2:
        return [view.kind] * len(parts)
    return [_kind(view, [place for place, _ in part]) for part in parts]


def _kind(view: View, words: Sequence[ground.Grounded]) -> LineKind:
    """The kind of the part of a straightened line that these words stand in."""
    box = union(word.box_px for word in words)
    corners = np.array(
        [[box.x0, box.y0, 1], [box.x1, box.y0, 1], [box.x0, box.y1, 1], [box.x1, box.y1, 1]]
    )
    along = corners @ view.region.to_line()[0]
    left, right = max(0, int(along.min())), int(np.ceil(along.max()))
    part = view.unruled[:, left:right]  # print that shares a slanted line is upright already
    return script.classify(part if part.size else view.unruled)
