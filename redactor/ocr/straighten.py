"""Tells which way the lines of a page run, so that each is read the right way up.

Only the corners of regions are put in another order; pixels stay as they are and no box has to be
mapped back. Whether lines run across or along the page shows in their shapes; which end they begin
at only in what they say: a few are read both ways. (Networks that tell a line's direction from its
look turn handwriting upside down.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from redactor.ink import Pixels
from redactor.ocr import recognize
from redactor.ocr.locate import Region
from redactor.ocr.own_model import OwnModel

_LONG = 2.5  # times as long as high: then the shape of a region says which way its line runs
_PROBES = 3  # lines read both ways
_PROBE_LENGTH = 12.0  # line heights of each of these
_CLEARLY = 0.05  # by which the other way must be the surer one


def straighten(
    pixels: Pixels, regions: Sequence[Region], own: OwnModel | None = None
) -> tuple[Region, ...]:
    """The regions (corners as for level lines) with their corners in order of reading.

    A page's long lines decide for its short ones. Lines across the page and along it are judged
    apart: a level page may have a note up its margin.
    """
    long = [r for r in regions if max(r.width, r.height) > _LONG * min(r.width, r.height)]
    along_page = sum(r.height for r in long if r.height > r.width)
    is_turned = along_page > sum(r.width for r in long if r.width >= r.height)
    upward = [_runs_up(region, is_turned) for region in regions]
    ordered = [_turned(r, 1) if up else r for r, up in zip(regions, upward, strict=True)]
    for way in (False, True):
        group = [i for i, up in enumerate(upward) if up is way]
        if _is_reversed(pixels, [ordered[i] for i in group], own):
            for i in group:
                ordered[i] = _turned(ordered[i], 2)
    return tuple(ordered)


def _runs_up(region: Region, is_turned: bool) -> bool:
    """Whether a region's line runs up the page rather than across."""
    if is_turned:
        return region.width < _LONG * region.height
    return region.height > _LONG * region.width


def _turned(region: Region, quarters: int) -> Region:
    """The same rectangle, read from a corner that many further back."""
    return Region(np.roll(region.corners, quarters, axis=0), region.score)


def _is_reversed(pixels: Pixels, regions: Sequence[Region], own: OwnModel | None) -> bool:
    """Whether lines read surer from the other end."""
    probes = sorted(regions, key=lambda r: -min(r.width, _PROBE_LENGTH * r.height) / r.height)
    gain = 0.0
    for region in probes[:_PROBES]:
        line = recognize.crop(pixels, region)[:, : round(_PROBE_LENGTH * region.height)]
        forward = recognize.sureness(line, own)
        if forward > 1 - _CLEARLY:
            return False
        gain += recognize.sureness(np.ascontiguousarray(line[::-1, ::-1]), own) - forward
    return gain > _CLEARLY * len(probes[:_PROBES])
