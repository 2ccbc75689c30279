"""Boxes of a clean output moved, and what was to stay changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pikepdf
from pikepdf import Array

from redactor.pdf.overlay import NAME
from tests.leaks.made import SECRET, SHOWN
from tests.leaks.mutants import (
    ADDED,
    DECIDED,
    KEPT,
    OPAQUE,
    OUTSIDE,
    STRUCTURE,
    drawn,
    edited,
)

_S = SECRET.encode()


def _boxes(change: Callable[[bytes], bytes], pdf: pikepdf.Pdf) -> None:
    """The content of the form that paints the boxes, changed."""
    form = pdf.pages[0].obj.Resources.XObject[NAME]
    before = form.read_bytes()
    after = change(before)
    assert after != before
    form.write(after)


def _moved(by: tuple[float, float, float, float], content: bytes) -> bytes:
    """The first box with other numbers."""
    first, feed, rest = content.partition(b"\n")
    numbers = [float(part) for part in first.split()[2:6]]
    x, y, width, height = (a + b for a, b in zip(numbers, by, strict=True))
    return b"0 g %.3f %.3f %.3f %.3f re f" % (x, y, width, height) + feed + rest


def _without_call(pdf: pikepdf.Pdf) -> None:
    """The form is there, but nothing paints it."""
    page = pdf.pages[0]
    content = b"\n".join(part.read_bytes() for part in _parts(page.obj.Contents))
    assert NAME.encode() in content
    page.obj.Contents = pdf.make_stream(content.replace(NAME.encode() + b" Do", b""))


def _parts(contents: pikepdf.Object) -> list[pikepdf.Object]:
    return list(contents) if isinstance(contents, Array) else [contents]


BOXES = (
    edited("a box to the right", partial(_boxes, partial(_moved, (3, 0, 0, 0))), DECIDED),
    edited("a box a hair lower", partial(_boxes, partial(_moved, (0, -0.5, 0, 0))), DECIDED),
    edited("a narrower box", partial(_boxes, partial(_moved, (0, 0, -2, 0))), DECIDED),
    edited("a wider box", partial(_boxes, partial(_moved, (0, 0, 9, 0))), DECIDED),
    edited("a box less", partial(_boxes, lambda c: c.strip().rpartition(b"\n")[0]), DECIDED),
    edited("no boxes", partial(_boxes, lambda c: b""), DECIDED),
    edited("a box more", partial(_boxes, lambda c: c + b"\n0 g 5 5 9 9 re f"), DECIDED),
    edited("white boxes", partial(_boxes, lambda c: c.replace(b"0 g", b"1 g")), DECIDED),
    edited("text among the boxes", partial(_boxes, lambda c: c + b"\n" + SHOWN), DECIDED),
    edited("boxes that are not painted", _without_call, OPAQUE),
    edited("white paint on a box", drawn(b"1 g 16 60 114 22 re f"), OPAQUE),
)


def _rotated(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 180


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([0, 0, 200, 110])


def _page_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[1])


def _page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def _pages_exchanged(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    del pdf.pages[0]


def _content(old: bytes, new: bytes, pdf: pikepdf.Pdf) -> None:
    """The second page's content, which has no boxes, changed."""
    page = pdf.pages[1]
    content = b"\n".join(part.read_bytes() for part in _parts(page.obj.Contents))
    assert old in content
    page.obj.Contents = pdf.make_stream(content.replace(old, new))


STAYING = (
    edited("a kept word changed", partial(_content, b"stays", b"stsay"), KEPT, in_place=True),
    edited("a kept word less", partial(_content, b"stays here", b"stays"), KEPT, in_place=True),
    edited("a kept word more", partial(_content, b"stays", b"stays not"), ADDED, in_place=True),
    edited("kept words moved", partial(_content, b"20 24 Td", b"22 24 Td"), OUTSIDE, in_place=True),
    edited("a drawing less", partial(_content, b"re f", b"re n"), OUTSIDE, in_place=True),
    edited("a drawing more", drawn(b"5 100 60 4 re f"), OUTSIDE),
    edited("white paint on a kept word", drawn(b"1 g 18 20 80 16 re f"), OUTSIDE),
    edited("another rotation", _rotated, STRUCTURE),
    edited("another crop", _cropped, STRUCTURE),
    edited("a page more", _page_more, STRUCTURE),
    edited("a page less", _page_less, STRUCTURE),
    edited("pages exchanged", _pages_exchanged, DECIDED),
)
