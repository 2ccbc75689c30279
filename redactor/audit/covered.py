"""Text that stands on a page but does not show: under something, or in the color of its ground.

A word counts when most of its letters and figures change no pixel. An OCR layer is text that is
not meant to show: of it, only words that lie where the scan is blacked out, or, on a page whose
other words lie on ink, whited out, tell more than the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from redactor.audit.leak import Kind, Leak, Level
from redactor.audit.scene import FILLS, IMAGES, TEXT, Paint, Pixels, Scene
from redactor.audit.spans import Word, box_of, runs, text_of, words_of
from redactor.geometry import Box

_MOST = 0.6  # share of a word's letters that must be hidden
_SMALLEST = 2.5  # points
_FEWEST = 2  # letters and figures: one alone says nothing
_COVERED = 0.8  # share of a word that must lie under what hides it
_BORDER = 3.0  # points: how far a border may lie from what it goes around
_EVEN = 24  # of 255: a ground of fewer tones is one color
_DARK = 100  # of 255
_FAINT = 16 / 255  # a smaller difference in tone between text and ground is not seen ...
_TINT = 48 / 255  # ... unless the colors differ
_WHOLE_PAGE = 0.5  # an image over more of the page is a scan, not a patch
_ON_INK = 0.8  # share of an OCR layer's words that lie on ink where it was not misplaced
_ENOUGH = 10  # words that show whether it was
_FEWEST_OCR = 4  # letters of an OCR word on blank ground: shorter ones are specks, read
_SAME = 3  # hidden texts that are all the same are labels on boxes
_LABELS = frozenset(
    ("redacted", "redaction", "privilege", "privileged", "confidential", "sealed", "exempt")
)


def hidden_text(scene: Scene) -> Iterator[Leak]:
    """A leak for each run of hidden words of one kind."""
    words = [word for word in words_of(scene.glyphs) if _is_hidden(word)]
    if not words:
        return
    kinds = _Kinds(scene, words)
    known = [(word, kind) for word in words if (kind := kinds.of(word))]
    found = [
        (run, kind)
        for kind in dict.fromkeys(kind for _, kind in known)
        for run in runs([word for word, k in known if k is kind])
        if _says_something(run, kind)
    ]
    said = Counter("".join(g.char for g in word) for run, _ in found for word in run)
    for run, kind in found:
        text = text_of(run)
        is_label = all(said["".join(g.char for g in word)] >= _SAME for word in run)
        level = Level.NOTICE if is_label or kind is Kind.CLIPPED_TEXT else Level.LEAK
        yield Leak(kind, scene.number, scene.place(box_of(run)), text, level)


def _is_hidden(word: Word) -> bool:
    """Letters smaller than a few pixels are no evidence."""
    letters = [glyph for glyph in word if glyph.counts and glyph.size >= _SMALLEST]
    hidden = sum(not glyph.has_ink for glyph in letters)
    return bool(letters) and hidden >= _MOST * len(letters)


def _says_something(run: Sequence[Word], kind: Kind) -> bool:
    """More than one letter, than one repeated, and than what is written on boxes anyway.

    Next to no contrast also befalls a stray pair of letters in a chart.
    """
    fewest = _FEWEST + (kind is Kind.LOW_CONTRAST_TEXT)
    letters = [glyph.char.casefold() for word in run for glyph in word if glyph.counts]
    words = {"".join(g.char.casefold() for g in word if g.counts) for word in run}
    return len(letters) >= fewest and len(set(letters)) > 1 and not words <= _LABELS


class _Kinds:
    """What hides the words of a page."""

    def __init__(self, scene: Scene, words: Iterable[Word]) -> None:
        self._scene = scene
        self._bare: Pixels | None = None
        self._pictures = [p.box for p in scene.paints if p.how in IMAGES]
        layer = [word for word in words if self._is_layer(word)]
        on_ink = sum(not _is_even(self._ground(word)) for word in layer)
        self._is_in_place = len(layer) >= _ENOUGH and on_ink >= _ON_INK * len(layer)

    def of(self, word: Word) -> Kind | None:
        """The kind of leak that a hidden word is; None for an OCR layer that says nothing more."""
        box = box_of([word])
        if box.covered_by(self._scene.paper) < 0.5:
            return Kind.OFF_PAGE_TEXT
        if self._is_layer(word):
            return self._of_layer(word)
        if note := next((n for n in self._scene.notes if box.covered_by(n.box) > _COVERED), None):
            return _NOTES.get(note.kind, Kind.TEXT_UNDER_ANNOTATION)
        if cover := self._cover(word):
            return self._of_cover(word, cover)
        return self._of_color(word)

    def _is_layer(self, word: Word) -> bool:
        """Whether a word is written not to be seen: unpainted, or under a picture of the page."""
        if not word[0].is_painted:
            return True
        cover = self._cover(word)
        share = cover.box.area / self._scene.paper.area if cover else 0.0
        return cover is not None and cover.how in IMAGES and share > _WHOLE_PAGE

    def _of_layer(self, word: Word) -> Kind | None:
        ground = self._ground(word)
        if not ground.size or not _is_even(ground):
            return None
        if np.median(ground) < _DARK:
            return Kind.TEXT_UNDER_IMAGE if word[0].is_painted else Kind.OCR_TEXT_UNDER_BOX
        box = box_of([word])
        if not any(box.covered_by(picture) > _COVERED for picture in self._pictures):
            return Kind.INVISIBLE_TEXT
        n_letters = sum(glyph.counts for glyph in word)
        is_whited = self._is_in_place and n_letters >= _FEWEST_OCR
        return Kind.OCR_TEXT_UNDER_BOX if is_whited else None

    def _of_cover(self, word: Word, cover: Paint) -> Kind | None:
        if cover.how in IMAGES:
            return Kind.TEXT_UNDER_IMAGE if _is_even(self._ground(word)) else None
        box = box_of([word])
        above = self._scene.paints[word[0].order + 1 :]
        strokes = [p.box for p in above if p.how == "stroke-path" and p.box.overlaps(box)]
        hatches = [s for s in strokes if not _is_border(s, above)]
        if hatches and not _is_even(self._ground(word)):
            return Kind.CROSS_HATCHED_PATTERN
        return Kind.TEXT_UNDER_RECTANGLE

    def _of_color(self, word: Word) -> Kind | None:
        """By the color of the ground beside the letters, of the page without its text."""
        if self._bare is None:
            self._bare = self._scene.drawn(TEXT, TEXT)
        area = self._scene.cut(self._bare, box_of([word]))
        if not area.size:
            return None
        ground = np.median(area.reshape(-1, 3), axis=0) / 255
        apart = np.abs(np.array(word[0].color) - ground)
        if abs(_tone(np.array(word[0].color)) - _tone(ground)) >= _FAINT:
            return Kind.CLIPPED_TEXT
        if apart.max() >= _TINT:
            return None
        # Black text written on a black box rather than under it: to a reader it is the same.
        box = box_of([word])
        fills = (p.box for p in self._scene.paints if p.how in FILLS)
        below = any(box.covered_by(fill) > _COVERED for fill in fills)
        is_box = below and _tone(ground) * 255 < _DARK
        return Kind.TEXT_UNDER_RECTANGLE if is_box else Kind.LOW_CONTRAST_TEXT

    def _cover(self, word: Word) -> Paint | None:
        """What was last filled over a word."""
        box = box_of([word])
        above = [p for p in self._scene.paints[word[-1].order + 1 :] if p.how in FILLS]
        over = [p for p in above if p.box.overlaps(box)]
        if sum(box.covered_by(p.box) for p in over) < _COVERED:
            return None
        return max(enumerate(over), key=lambda entry: (box.covered_by(entry[1].box), entry[0]))[1]

    def _ground(self, word: Word) -> Pixels:
        """The page's tones where a word lies, less its edges."""
        box = box_of([word])
        return self._scene.cut(self._scene.gray, box.padded(0, -box.height * 0.15))


_NOTES = {
    "Highlight": Kind.DARK_HIGHLIGHT_ANNOTATION,
    "Redact": Kind.UNAPPLIED_REDACT_ANNOTATION,
}


def _is_border(stroke: Box, paints: Iterable[Paint]) -> bool:
    """Whether a line runs around something filled."""
    return any(
        p.how == "fill-path"
        and all(
            abs(a - b) <= _BORDER for a, b in zip(p.box.as_tuple(), stroke.as_tuple(), strict=True)
        )
        for p in paints
    )


def _is_even(area: Pixels) -> bool:
    return bool(area.size) and int(area.max()) - int(area.min()) < _EVEN


def _tone(color: np.typing.NDArray[np.float64]) -> float:
    return float(color @ np.array([0.299, 0.587, 0.114]))
