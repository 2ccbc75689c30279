"""Small files that ask for a great deal are refused: soon, within bounds, with nothing left behind.

By the real command: what the caps do not foresee, the worker's limits end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from redactor.errors import ExitCode
from tests.faults import bombs
from tests.faults.command import LINE_WITH_HINT, Place
from tests.faults.server import Ended, Server

_SECONDS, _MEMORY = 60, 2 * 2**30
_INFLATES = "inflates to more than"
_IMAGE = "is an image of"
_OPERATORS = "operators, the limit is"
_NESTS = "nests deeper"
_PIXELS = "pixels at 200 dpi"


@dataclass(frozen=True)
class Bomb:
    """What is fed in, what the line must name, and limits that make the test quick."""

    make: Callable[[], bytes]
    names: str
    code: ExitCode = ExitCode.RESOURCE_LIMIT
    limits: Mapping[str, str] = field(default_factory=dict)


def slow(make: Callable[[], bytes], names: str) -> Bomb:
    """One that no cap foresees: it takes all the time that a step may take."""
    return Bomb(make, names, limits={"REDACTOR_MAX_STEP_SECONDS": "2"})


BOMBS = (
    Bomb(bombs.flate_bomb, _INFLATES),
    Bomb(bombs.nested_flate_bomb, _INFLATES),
    Bomb(bombs.font_bomb, _INFLATES),
    Bomb(bombs.run_length_bomb, _INFLATES),
    Bomb(bombs.lzw_bomb, _INFLATES),
    Bomb(bombs.predictor_bomb, _INFLATES),
    Bomb(bombs.many_filters, _INFLATES),
    Bomb(bombs.object_stream_bomb, _INFLATES),
    Bomb(bombs.image_bomb, _IMAGE),
    Bomb(bombs.jpx_bomb, _IMAGE),
    Bomb(bombs.lying_jpx_bomb, _IMAGE),
    Bomb(bombs.jbig2_bomb, _IMAGE),
    Bomb(bombs.jpeg_bomb, _IMAGE),
    Bomb(bombs.inline_image_bomb, "more memory to draw"),
    Bomb(bombs.exponential_forms, _OPERATORS),
    Bomb(bombs.operators, _OPERATORS),
    Bomb(bombs.clip_stack, _OPERATORS),
    Bomb(bombs.many_annotations, _OPERATORS),
    Bomb(bombs.deep_forms, "more than 50 deep"),
    Bomb(bombs.deep_page_tree, _NESTS),
    Bomb(bombs.deep_array, _NESTS),
    Bomb(bombs.deep_array_in_content, _NESTS),
    Bomb(bombs.deep_dictionary_in_content, _NESTS),
    Bomb(bombs.many_pages, "has 6000 pages"),
    Bomb(bombs.huge_kids, "out of memory", limits={"REDACTOR_MAX_MEMORY": "600M"}),
    Bomb(bombs.huge_page, _PIXELS),
    Bomb(bombs.large_page, _PIXELS),
    Bomb(bombs.user_unit, _PIXELS),
    Bomb(bombs.self_drawing_form, "draws itself", ExitCode.NOT_A_PDF),
    Bomb(bombs.shared_subtrees, "damaged", ExitCode.NOT_A_PDF),
    Bomb(bombs.xref_stream_bomb, "damaged", ExitCode.NOT_A_PDF),
    slow(bombs.exponential_glyphs, "took more than 2 seconds of CPU"),
    slow(bombs.full_page_fills, "took more than 2 seconds of CPU"),
    slow(bombs.tiles, "took more than 2 seconds of CPU"),
    slow(bombs.deep_chain, "took more than 2 seconds of CPU"),
)
HARMLESS = (
    bombs.cmap_bomb,
    bombs.mesh,
    bombs.dashes,
    bombs.outline_loop,
    bombs.xref_loop,
    bombs.xref_of_billions,
    bombs.object_stream_of_millions,
)
"""They ask for as much, but none of our libraries gives it."""

SEEN_BY_AUDIT = (BOMBS[1], BOMBS[4], BOMBS[8], BOMBS[14], BOMBS[19], BOMBS[23])


def ended(place: Place, server: Server, bomb: Bomb, *arguments: str) -> Ended:
    """The command's end, which is one line and the code that the bomb must end in."""
    place.document.write_bytes(bomb.make())
    before = place.listing()
    done = server.run(place, *arguments, environment=bomb.limits)
    assert done.code == bomb.code, done.err
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert "in.pdf" in done.err
    assert bomb.names in done.err
    assert done.out == ""
    assert place.listing() == before
    return done


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.make.__name__)
def test_ends_soon_and_small(place: Place, server: Server, bomb: Bomb) -> None:
    done = ended(place, server, bomb, "redact", "in.pdf", "-o", "out.pdf")
    assert done.seconds < _SECONDS
    assert done.peak < _MEMORY


@pytest.mark.parametrize("bomb", SEEN_BY_AUDIT, ids=lambda bomb: bomb.make.__name__)
def test_audit_refuses_it_too(place: Place, server: Server, bomb: Bomb) -> None:
    done = ended(place, server, bomb, "audit", "in.pdf")
    assert done.peak < _MEMORY


@pytest.mark.parametrize("make", HARMLESS, ids=lambda make: make.__name__)
def test_harmless(place: Place, server: Server, make: Callable[[], bytes]) -> None:
    place.document.write_bytes(make())
    done = server.run(place, "read", "in.pdf", "--mode", "ocr")
    assert done.code == ExitCode.OK, done.err
    assert done.seconds < _SECONDS
    assert done.peak < _MEMORY


def test_an_image_in_jbig2_is_taken_in(place: Place, server: Server) -> None:
    """Without the program that pikepdf would call on it."""
    place.document.write_bytes(bombs.jbig2_bomb(pixels=10))
    done = server.run(place, "read", "in.pdf", "--mode", "ocr", environment={"PATH": ""})
    assert done.code == ExitCode.OK, done.err
