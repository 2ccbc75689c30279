"""Where a page draws images, and how much of each its clips let show.

Clips are taken as the boxes around their paths: what is said to show may be more than does, and
never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from redactor.geometry import Box

_DEEPEST = 8  # form XObjects in form XObjects
_MOST = 5_000  # of them drawn on a page: forms that draw forms can multiply without end
_POINTS = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2}
_STATE = frozenset({"q", "Q", "cm"})
_ENDS = frozenset({"n", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """An image as it is drawn once: around its whole extent, and around the part that may show.

    Boxes are in user space; `shown` is None where nothing shows. `image` is its XObject, None of
    one that is written in the content itself. `matrix` puts the unit square there.
    """

    image: pikepdf.Stream | None
    extent: Box
    shown: Box | None
    matrix: pikepdf.Matrix = field(repr=False)

    @property
    def hidden_share(self) -> float:
        """How much of its extent does not show, 0 to 1."""
        shown = self.shown.area if self.shown else 0.0
        return 1 - shown / self.extent.area if self.extent.area else 0.0

    def to_samples(self, box: Box, columns: int, rows: int) -> Box:
        """Around the part of the image's samples that a box in user space lies over.

        Columns to the right, rows down, as they are stored (8.9.5.2). Raises ValueError for an
        image that is drawn without area.
        """
        inverse = self.matrix.inverse()
        corners = (inverse.transform((x, y)) for x in (box.x0, box.x1) for y in (box.y0, box.y1))
        return _around([(x * columns, (1 - y) * rows) for x, y in corners])


@dataclass(slots=True)
class _State:
    """The part of the graphics state that places images (8.4)."""

    matrix: pikepdf.Matrix
    clip: Box | None


@dataclass(slots=True)
class _Walk:
    resources: pikepdf.Object | None
    state: _State
    depth: int
    forms: list[int]  # how many were drawn, of the page as a whole
    saved: list[_State] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=list)
    clips: bool = False

    def run(self, holder: pikepdf.Page | pikepdf.Object) -> Iterator[PlacedImage]:
        for instruction in pikepdf.parse_content_stream(holder):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield self._placed(None)
                continue
            operator, operands = str(instruction.operator), tuple(instruction.operands)
            if operator == "Do":
                yield from self._drawn(operands)
            elif operator in _STATE:
                self._change(operator, operands)
            else:
                self._build(operator, operands)

    def _change(self, operator: str, operands: Iterable[Any]) -> None:
        state = self.state
        if operator == "q":
            self.saved.append(_State(state.matrix, state.clip))
        elif operator == "Q" and self.saved:
            self.state = self.saved.pop()
        elif operator == "cm":
            state.matrix = pikepdf.Matrix(*map(float, operands)) @ state.matrix

    def _build(self, operator: str, operands: Iterable[Any]) -> None:
        """Path construction (8.5.2) and clipping (8.5.4)."""
        if operator == "re":
            x, y, width, height = map(float, operands)
            self._add((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        elif operator in _POINTS:
            numbers = [float(number) for number in operands]
            self._add(*zip(numbers[::2], numbers[1::2], strict=False))
        elif operator in ("W", "W*"):
            self.clips = True
        elif operator in _ENDS:
            if self.clips:
                inside = _around(self.path) if self.path else None
                now = self.state.clip
                self.state.clip = now.intersection(inside) if now and inside else None
            self.clips = False
            self.path.clear()

    def _add(self, *points: tuple[float, float]) -> None:
        self.path += [self.state.matrix.transform(point) for point in points]

    def _drawn(self, operands: Sequence[Any]) -> Iterator[PlacedImage]:
        drawn = _named(self.resources, operands)
        if drawn is None:
            return
        if drawn.get("/Subtype") == "/Image":
            yield self._placed(drawn)
        elif drawn.get("/Subtype") == "/Form" and self.depth < _DEEPEST:
            own = drawn.get("/Matrix")
            matrix = pikepdf.Matrix(*map(float, own)) if own is not None else pikepdf.Matrix()
            state = _State(matrix @ self.state.matrix, self.state.clip)
            resources = drawn.get("/Resources", self.resources)
            self.forms[0] += 1
            if self.forms[0] > _MOST:
                raise ValueError("forms are drawn too often")
            yield from _Walk(resources, state, self.depth + 1, self.forms).run(drawn)

    def _placed(self, image: pikepdf.Stream | None) -> PlacedImage:
        corners = [self.state.matrix.transform(p) for p in ((0, 0), (1, 0), (0, 1), (1, 1))]
        extent = _around(corners)
        clip = self.state.clip
        shown = clip.intersection(extent) if clip else None
        return PlacedImage(image, extent, shown, self.state.matrix)


def placed_images(page: pikepdf.Page, paper: Box) -> Iterator[PlacedImage]:
    """Every image that a page draws, as often as it does. `paper` is its CropBox, in user space.

    Raises pikepdf.PdfError, ValueError or TypeError for content that makes no sense.
    """
    resources = page.obj.get("/Resources")
    yield from _Walk(resources, _State(pikepdf.Matrix(), paper), 0, [0]).run(page)


def draws_images(page: pikepdf.Page) -> bool:
    """Whether a page may draw images: to follow content that does not takes time for nothing."""
    resources, contents = page.obj.get("/Resources"), page.obj.get("/Contents")
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(objects, pikepdf.Dictionary) and len(objects):
        return True
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return any(b"BI" in part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))


def _around(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _named(resources: pikepdf.Object | None, operands: Sequence[Any]) -> pikepdf.Stream | None:
    """The XObject that an operand names; None where there is none."""
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary) or len(operands) != 1:
        return None
    found = objects.get(str(operands[0]))
    return found if isinstance(found, pikepdf.Stream) else None
