"""A page as drawn with and without its text, and what is drawn where and in which order.

Whether a word can be seen is not concluded from the order and the shapes of what is drawn (clips,
winding rules, blend modes and transparency would all have to be understood) but looked at: a word
that changes no pixel of the page does not show. Order and shapes only tell what hides it.

Boxes here are in text space: points, the CropBox before /Rotate, origin top-left; `Scene.place`
takes them to page space.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf
from pymupdf import mupdf

from redactor.audit.spans import Glyph, Span, char_of, glyphs_of, hides, inked, is_dark, is_painted
from redactor.geometry import Box, PageFrame
from redactor.pdf.text_layer import turned

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Ways = tuple[str, ...]
"""Names of a MuPDF device's functions: ways of painting."""

_LEGIBLE = 7.0  # pixels: the height in which a letter's ink is seen
_FINEST = 2.0  # pixels a point
_MOST_PIXELS = 16_000_000  # a larger page is drawn at a lower resolution
_LONGEST = 32_000  # pixels, either side: OpenCV counts them in 16 bits
TEXT = ("fill_text", "stroke_text")
VECTORS = (*TEXT, "fill_path", "stroke_path", "fill_shade")
_CHANGED = 8  # of 255: a smaller difference is not seen
FILLS = frozenset({"fill-path", "fill-image", "fill-shade", "fill-imgmask"})
IMAGES = frozenset({"fill-image", "fill-imgmask"})
_RULE = 1.5  # points: what is thinner hides no word
_CLEAR = 0.2  # opacity up to which text may not be seen
_WHOLE_PAGE = 0.5  # an image over more of the page is a scan
_UNDRAWN = frozenset({"Link", "Popup", "Widget"})
_EVERYWHERE = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)


@dataclass(frozen=True, slots=True)
class Paint:
    """Something drawn: MuPDF's name for how ("fill-path", ...), and around what."""

    how: str
    box: Box


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation that is drawn: its type's name without the slash, and where."""

    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class Layers:
    """What a page draws as MuPDF's display lists: its content, its annotations and fields."""

    content: mupdf.FzDisplayList
    notes: mupdf.FzDisplayList
    size: tuple[float, float]

    def drawn(
        self, scale: float, colors: Any, content_without: Ways = (), notes_without: Ways = ()
    ) -> Pixels:
        """Both, on white paper, less some ways of painting."""
        parts = (self.content, content_without), (self.notes, notes_without)
        return _drawn(parts, self.size, scale, colors)


@dataclass(frozen=True)
class Scene:
    """One page.

    `glyphs` are those of spans with a character that changes no pixel, `said` is the text of the
    others. `scale` is pixels a point; `paints` are in drawing order.
    """

    number: int
    width: float
    height: float
    scale: float
    said: str = field(repr=False)
    glyphs: tuple[Glyph, ...] = field(repr=False)
    paints: tuple[Paint, ...]
    notes: tuple[Note, ...]
    layers: Layers = field(repr=False)
    matrix: pymupdf.Matrix = field(repr=False)

    @cached_property
    def gray(self) -> Pixels:
        """The page in gray (rows, columns); most pages need not be drawn."""
        return self.layers.drawn(self.scale, mupdf.fz_device_gray())

    @cached_property
    def pictures(self) -> tuple[Pixels, float]:
        """The page's pictures alone, in gray (rows, columns), and pixels a point.

        Few enough for a sheet that is twice as long and as wide.
        """
        most = math.sqrt(_MOST_PIXELS / (4 * self.paper.area))
        scale = min(_FINEST, most, _LONGEST / (2 * max(self.width, self.height)))
        return self.layers.drawn(scale, mupdf.fz_device_gray(), VECTORS, VECTORS), scale

    @property
    def paper(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def is_scan(self) -> bool:
        """Whether most of the page is one picture."""
        area = _WHOLE_PAGE * self.paper.area
        return any(p.how in IMAGES and p.box.area > area for p in self.paints)

    def place(self, box: Box) -> Box:
        """A box of this page in page space."""
        rect = (pymupdf.Rect(*box.as_tuple()) * self.matrix).normalize()
        return Box(rect.x0, rect.y0, rect.x1, rect.y1)

    def cut(self, pixels: Pixels, box: Box) -> Pixels:
        """The pixels that lie wholly inside a box, possibly none."""
        b = box.scaled(self.scale)
        x0, y0 = max(math.ceil(b.x0), 0), max(math.ceil(b.y0), 0)
        return pixels[y0 : max(math.floor(b.y1), 0), x0 : max(math.floor(b.x1), 0)]

    def drawn(self, content_without: Ways = (), notes_without: Ways = ()) -> Pixels:
        """The page in color (rows, columns, 3), less some ways of painting."""
        rgb = mupdf.fz_device_rgb()
        return self.layers.drawn(self.scale, rgb, content_without, notes_without)


def scene_of(page: pymupdf.Page, number: int, frame: PageFrame) -> Scene:
    """Looks at a MuPDF page. Its rotation is set to none, in memory."""
    page.set_rotation(0)
    width, height = page.rect.width, page.rect.height
    layers = Layers(
        _recorded(page, mupdf.fz_run_page_contents),
        _recorded(page, mupdf.fz_run_page_annots, mupdf.fz_run_page_widgets),
        (width, height),
    )
    below, above = list(_paints(layers.content)), list(_paints(layers.notes))
    spans, upper = _traced(layers.content, height), _traced(layers.notes, height)
    paper = Box(0, 0, width, height)
    scale = min(_fine_enough([*spans, *upper]), math.sqrt(_MOST_PIXELS / paper.area))
    clear = _clear([*spans, *upper], [*below, *above], paper)
    seen = _seen(layers, spans, upper, scale, clear)
    said, glyphs = _sorted(((s, 0) for s in spans), ((s, len(below)) for s in upper), seen)
    paints, notes = (*below, *above), tuple(_notes(page))
    return Scene(number, width, height, scale, said, glyphs, paints, notes, layers, turned(frame))


def _clear(spans: Sequence[Span], paints: Iterable[Paint], paper: Box) -> list[bool | None]:
    """For each span, whether it shows: dark, on the paper, and neither on nor under anything that
    is filled; or does not, being off the paper. None where that must be looked at.

    Drawing is most of the time, and on most pages there is no need to look.
    """
    fills = [p.box for p in paints if p.how in FILLS and min(p.box.width, p.box.height) > _RULE]
    boxes = np.array([span["bbox"] for span in spans], np.float64).reshape(-1, 4)
    x0, y0, x1, y1 = boxes.T
    doubtful = (x0 < 0) | (y0 < 0) | (x1 > paper.x1) | (y1 > paper.y1)
    for fill in fills:
        doubtful |= (x0 < fill.x1) & (x1 > fill.x0) & (y0 < fill.y1) & (y1 > fill.y0)
    return [
        False if _is_off(span, paper) else None if is_doubtful or not _is_plain(span) else True
        for span, is_doubtful in zip(spans, doubtful, strict=True)
    ]


def _is_plain(span: Span) -> bool:
    return is_painted(span) and span["opacity"] > _CLEAR and is_dark(span)


def _fine_enough(spans: Sequence[Span]) -> float:
    """Pixels a point in which the smallest text still leaves ink, within reason."""
    smallest = min((span["size"] for span in spans if span["size"] > 0), default=_LEGIBLE)
    return min(max(_LEGIBLE / smallest, 1.0), _FINEST)


def _is_off(span: Span, paper: Box) -> bool:
    """Whether all of a span lies off the paper."""
    x0, y0, x1, y1 = span["bbox"]
    return bool(x1 <= 0 or y1 <= 0 or x0 >= paper.x1 or y0 >= paper.y1)


def _seen(
    layers: Layers, spans: list[Span], upper: list[Span], scale: float, clear: Sequence[bool | None]
) -> list[Mask]:
    """For each span, which of its characters change a pixel.

    The text of annotations is left out where that of the content is looked at, and the other way
    round: what is written over a word must not stand in for the word.
    """
    below = [s for s, shows in zip(spans, clear, strict=False) if shows is None]
    above = [s for s, shows in zip(upper, clear[len(spans) :], strict=True) if shows is None]
    gray, looked_at = mupdf.fz_device_gray(), list[Mask]()
    if below or above:
        content = layers.drawn(scale, gray, (), TEXT if upper else ())
        bare = layers.drawn(scale, gray, TEXT, TEXT) if any(map(is_painted, spans)) else content
        looked_at += inked(below, _differ(content, bare), scale)
    if above:
        looked_at += inked(above, _differ(layers.drawn(scale, gray), content), scale)
    found = iter(looked_at)
    return [
        next(found) if shows is None else np.full(len(span["chars"]), shows)
        for span, shows in zip([*spans, *upper], clear, strict=True)
    ]


def painted_spans(page: pymupdf.Page) -> list[Span]:
    """The text of a page, its annotations and fields. Sets its rotation to none, in memory."""
    page.set_rotation(0)
    parts = mupdf.fz_run_page_contents, mupdf.fz_run_page_annots, mupdf.fz_run_page_widgets
    return _traced(_recorded(page, *parts), page.rect.height)


def _sorted(
    content: Iterable[tuple[Span, int]], notes: Iterable[tuple[Span, int]], seen: Iterable[Mask]
) -> tuple[str, tuple[Glyph, ...]]:
    """The text that shows or, as that of a scan, stands for pixels that do; and the glyphs of all
    spans where some do not.
    """
    said: list[str] = []
    glyphs: list[Glyph] = []
    for (span, first), has_ink in zip(chain(content, notes), seen, strict=True):
        if hides(span, has_ink):
            found = tuple(glyphs_of(span, has_ink, first))
            glyphs += found
            said += [g.char for g in found if g.has_ink or not g.is_painted]
        else:
            said += [char_of(char[0]) for char in span["chars"]]
        said.append(" ")
    return "".join(said), tuple(glyphs)


def _recorded(page: pymupdf.Page, *runs: Any) -> mupdf.FzDisplayList:
    """What MuPDF's functions draw of a page, to be drawn again as often as needed."""
    kept = mupdf.FzDisplayList(mupdf.fz_bound_page(page.this))
    device = mupdf.fz_new_list_device(kept)
    for run in runs:
        run(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return kept


def _replay(kept: mupdf.FzDisplayList, device: Any) -> None:
    mupdf.fz_run_display_list(kept, device, mupdf.FzMatrix(), _EVERYWHERE, mupdf.FzCookie())


def _traced(kept: mupdf.FzDisplayList, height: float) -> list[Span]:
    """As Page.get_texttrace, of one display list.

    PyMuPDF 1.27 puts None into spans without counting the reference. Where None is not immortal
    (Python 3.11), the interpreter aborts after some thousand pages, unless it is counted here.
    """
    spans: list[Span] = []
    device = pymupdf.extra.JM_new_texttrace_device(spans)
    device.ptm = mupdf.FzMatrix(1, 0, 0, -1, 0, height)
    _replay(kept, device)
    mupdf.fz_close_device(device)
    for _ in range(sum(span["linewidth"] is None for span in spans)):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(None))
    return spans


def _paints(kept: mupdf.FzDisplayList) -> Iterator[Paint]:
    """As Page.get_bboxlog, of one display list."""
    entries: list[Any] = []
    device = pymupdf.JM_new_bbox_device(entries, False)
    _replay(kept, device)
    mupdf.fz_close_device(device)
    for how, (x0, y0, x1, y1) in entries:
        yield Paint(how, Box(x0, y0, max(x0, x1), max(y0, y1)))


def _drawn(
    parts: Iterable[tuple[mupdf.FzDisplayList, Ways]],
    size: tuple[float, float],
    scale: float,
    colors: Any,
) -> Pixels:
    """Display lists drawn one on the other on white paper, each less some ways of painting.

    MuPDF skips what a device has no function for.
    """
    area = mupdf.FzIrect(0, 0, math.ceil(size[0] * scale), math.ceil(size[1] * scale))
    pixmap = mupdf.fz_new_pixmap_with_bbox(colors, area, mupdf.FzSeparations(), 0)
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    for kept, without in parts:
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(scale, 0, 0, scale, 0, 0), pixmap)
        for function in without:
            setattr(device.m_internal, function, None)
        _replay(kept, device)
        mupdf.fz_close_device(device)
    picture = pymupdf.Pixmap("raw", pixmap)
    rows = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.stride)
    if picture.n == 1:
        return rows[:, : picture.width]
    return rows[:, : picture.width * 3].reshape(picture.height, picture.width, 3)


def _differ(one: Pixels, other: Pixels) -> Mask:
    difference = np.maximum(one, other) - np.minimum(one, other)
    return np.asarray(difference >= _CHANGED, np.bool_)


def _notes(page: pymupdf.Page) -> Iterator[Note]:
    for annotation in page.annots():
        kind, rect = annotation.type[1], annotation.rect
        if kind not in _UNDRAWN and rect.is_valid:
            yield Note(kind, Box(rect.x0, rect.y0, rect.x1, rect.y1))
