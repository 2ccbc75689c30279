"""A way in which a secret can be in a file, and the page that all ways have in common."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from benchmarks.leak_checks import PUBLIC
from benchmarks.leak_pixels import Boxes, Corners
from tests.documents import raw_pdf

_SEED = 20260


def _name(seed: int) -> str:
    """A word like a name that nobody has: no file has it by chance."""
    chosen = random.Random(seed)
    syllables = [chosen.choice("bdfgklmnprtvz") + chosen.choice("aeiou") for _ in range(4)]
    return ("".join(syllables) + chosen.choice("kqxz")).capitalize()


SECRET = _name(_SEED)
WIDTH, HEIGHT = 220.0, 110.0
AT = (20.0, 66.0)  # where the secret's baseline begins
PLACE: Corners = (16.0, 60.0, 130.0, 82.0)
"""In user space, and so that a line of the secret in 12 points lies in it."""

STAYS = b"q BT /F 12 Tf 20 24 Td (%b stays here) Tj ET Q\n" % PUBLIC.encode()
SHOWN = b"BT /F 12 Tf %g %g Td (%b) Tj ET\n" % (*AT, SECRET.encode())


@dataclass(frozen=True)
class Way:
    """One way. The program is given the secret as a term; with `by_area` its places, and no term.

    `make` gives the file. `boxes` are the secret's places on the pages. A page may be rebuilt only
    where it is `risky`.
    """

    name: str
    make: Callable[[], bytes]
    boxes: Boxes = field(default_factory=lambda: {1: (PLACE,)})
    by_area: bool = False
    risky: bool = False
    password: str = ""


def ways(*makers: Callable[[], bytes], **keys: Any) -> tuple[Way, ...]:
    """Ways named for the functions that make them."""
    return tuple(Way(make.__name__, make, **keys) for make in makers)


def page(content: bytes = b"", **page_keys: Any) -> pikepdf.Pdf:
    """A page that says PUBLICTEXT and has that content, too; Helvetica is /F."""
    return raw_pdf(STAYS + content, (0, 0, WIDTH, HEIGHT), **page_keys)


def resource(pdf: pikepdf.Pdf, kind: str, name: str, value: pikepdf.Object) -> None:
    """Puts a resource on the first page."""
    resources = pdf.pages[0].obj.Resources
    if kind not in resources:
        resources[kind] = pikepdf.Dictionary()
    resources[kind][name] = value


def form(pdf: pikepdf.Pdf, content: bytes, **keys: Any) -> pikepdf.Object:
    """A form XObject as large as the page, with Helvetica as /F."""
    fonts = pdf.pages[0].obj.Resources.Font
    return pdf.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, WIDTH, HEIGHT],
        Resources=pikepdf.Dictionary(Font=fonts),
        **keys,
    )
