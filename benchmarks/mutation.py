"""Damages PDFs at random, as bytes and as objects: for `benchmarks.fuzz`."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf

_SAMPLES = ("benefits_application", "court_filing", "letter")
_HEIGHT = 200  # points: a third of the time of a whole page
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_REFERENCE = re.compile(rb"\d+ 0 R")
_EXTREME = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"1e9", b"0.00001")
_EXTREME_OBJECTS = (b"null", b"[]", b"<<>>", b"()", b"/X", b"true", b"[[[[[[[[]]]]]]]]", b"<FF")

Mutation = Callable[[bytearray, random.Random], None]


def seeds() -> tuple[bytes, ...]:
    """The tops of the first pages of samples with text and forms, each in the clear and packed."""
    made = []
    for name in _SAMPLES:
        path = Path(__file__).parent.parent / "sample_docs" / f"{name}.pdf"
        with pikepdf.open(path) as pdf:
            del pdf.pages[1:]
            left, _, right, top = map(float, pdf.pages[0].mediabox)
            pdf.pages[0].mediabox = pikepdf.Array([left, top - _HEIGHT, right, top])
            for modes in (
                {
                    "compress_streams": False,
                    "stream_decode_level": pikepdf.StreamDecodeLevel.generalized,
                    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
                },
                {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
            ):
                out = io.BytesIO()
                pdf.save(out, deterministic_id=True, **modes)
                made.append(out.getvalue())
    return tuple(made)


def mutated(number: int, originals: tuple[bytes, ...]) -> bytes:
    """Mutant `number`, the same each time: one to eight changes to one of the originals."""
    rng = random.Random(number)  # noqa: S311
    data = bytearray(rng.choice(originals))
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        rng.choice(MUTATIONS)(data, rng)
    return bytes(data)


def _flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 4, 32))):
        data[rng.randrange(len(data))] = rng.randrange(256)


def _cut(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.randrange(1, 400)]


def _truncate(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data) // 2, len(data)) :]


def _repeat(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at:at] = data[at : at + rng.randrange(1, 400)] * rng.randrange(1, 8)


def _move(data: bytearray, rng: random.Random) -> None:
    at, to, size = rng.randrange(len(data)), rng.randrange(len(data)), rng.randrange(1, 200)
    data[to : to + size] = data[at : at + size]


def _replace(
    pattern: re.Pattern[bytes], by: Callable[[list[bytes], random.Random], bytes]
) -> Mutation:
    """Puts something else in the place of one match."""

    def change(data: bytearray, rng: random.Random) -> None:
        matches = list(pattern.finditer(bytes(data)))
        if matches:
            one = rng.choice(matches)
            data[one.start() : one.end()] = by([match[0] for match in matches], rng)

    return change


MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _cut,
    _truncate,
    _repeat,
    _move,
    _replace(_NUMBER, lambda _, rng: rng.choice(_EXTREME)),
    _replace(_NUMBER, lambda found, rng: rng.choice(found)),
    _replace(_NAME, lambda found, rng: rng.choice(found)),
    _replace(_REFERENCE, lambda found, rng: rng.choice(found)),
    _replace(_REFERENCE, lambda _, rng: rng.choice(_EXTREME_OBJECTS)),
)
