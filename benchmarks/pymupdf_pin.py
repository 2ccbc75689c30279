"""What the pin of PyMuPDF rests on, checked anew: on this version, and on another one beside it.

    python -m benchmarks.pymupdf_pin [--python OTHER/bin/python]

OTHER is an environment with the version in question and the other packages of requirements.lock.
The files are made here; they are redacted as the program does it (take_in, burn) and looked at with
PDFium. Exits 1 where a version does not hold what is wanted of it; what it cannot do, but the
program works around, is told and does not count.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from benchmarks import tables
from redactor.errors import RedactorError
from redactor.findings import Redaction
from redactor.geometry import Box
from redactor.pdf.burn import burn
from redactor.pdf.intake import Source, take_in
from redactor.pdf.text_layer import read_text_layer
from redactor.verify.characters import by_pdfium, inside

WORD = "Zebulon"
_MOVED = 0.2  # points that nobody sees
_SCALE = 2.0  # pixels a point
_OFF_PX = 2  # pixels by which what is blanked may miss its box
_HELVETICA = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
)
_SHOWN = (
    b"(Alpha Zebulon Omega) Tj",
    b"[(Alpha Zebulon Omega)] TJ",
    b"[(Zebulon Omega Alpha)] TJ",
    b"[(Alpha Omega Zebulon)] TJ",
    b"[(Alpha Zeb) -20 (ulon Omega)] TJ",
    b"[(Alpha) -250 (Zebulon) -250 (Omega)] TJ",
    b"[(A) 70 (lpha ) -90 (Z) 30 (ebulon) 15 ( Om) -8 (ega)] TJ",
    b"[(Zebulon Alpha Zebulon Omega)] TJ",
    b"1 Tc [(Alpha Zebulon Omega)] TJ",
    b"5 Tw [(Alpha Zebulon Omega)] TJ",
    b"130 Tz [(Alpha Zebulon Omega)] TJ",
    b"1 Tc 4 Tw 80 Tz 3 Ts [(Alpha Ze) 40 (bulon Omega)] TJ",
    b"14 TL (Alpha Zebulon Omega) '",
    b'3 1 (Alpha Zebulon Omega) "',
    b"[(Alpha Zebulon) -300 (Omega)] TJ ( Gamma) Tj",
)


@dataclass(frozen=True)
class Figure:
    """What was found for one thing, in words, and whether it is as it must be."""

    what: str
    found: str
    holds: bool


def page(content: bytes, size: tuple[float, float] = (300, 200), **keys: object) -> pikepdf.Pdf:
    """One page with that content, where /F is Helvetica."""
    pdf = pikepdf.new()
    made = pdf.add_blank_page(page_size=size)
    made.obj.Resources = Dictionary(Font=Dictionary(F=_HELVETICA))
    made.obj.Contents = pdf.make_stream(content)
    for key, value in keys.items():
        made.obj["/" + key] = value
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def taken(data: bytes) -> Source:
    """The file as the program takes it in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.pdf"
        path.write_bytes(data)
        return take_in(path)


def secret_boxes(source: Source) -> tuple[Redaction, ...]:
    """A box as tall as the word for each place of the secret on the first page."""
    words = [word for line in read_text_layer(source, 1) for word in line.words]
    return tuple(Redaction(1, word.box, "", "p1-f1") for word in words if WORD in word.text)


def missing(before: Source, after: bytes, boxes: Sequence[Redaction]) -> int:
    """How many characters of the first page outside the boxes are not where they were."""
    frame = before.frames[0]
    old, new = (pypdfium2.PdfDocument(data) for data in (before.data, after))
    then, now = (by_pdfium(document, 1, frame) for document in (old, new))
    for document in (old, new):
        document.close()
    kept = ~inside(then.middles, [r.box for r in boxes])
    places = list(zip(now.codes.tolist(), now.boxes.tolist(), strict=True))
    return sum(
        not any(c == code and _near(box, other) for c, other in places)
        for code, box in zip(then.codes[kept].tolist(), then.boxes[kept].tolist(), strict=True)
    )


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _MOVED


def shown_strings() -> Figure:
    """A removed glyph's advance must not be lost: what follows it would move."""
    moved = 0
    for shown in _SHOWN:
        source = taken(saved(page(b"BT /F 12 Tf 20 100 Td " + shown + b" ET")))
        boxes = secret_boxes(source)
        moved += bool(missing(source, burn(source, boxes, {}), boxes)) or not boxes
    return Figure("strings whose kept letters move", f"{moved} of {len(_SHOWN)}", moved == 0)


def leading() -> Figure:
    """Lines of 12 points set on 12: those above and below a redacted word must stay whole."""
    lines = b" ".join(b"(Eight gypsy Zebulon jumps) '" for _ in range(5))
    source = taken(saved(page(b"BT /F 12 Tf 12 TL 20 150 Td " + lines + b" ET")))
    (_, _, middle, *_) = secret_boxes(source)
    lost = missing(source, burn(source, (middle,), {}), (middle,))
    return Figure("letters lost of lines at a leading of 12 on 12", str(lost), lost == 0)


def grid() -> Figure:
    """Where samples are blanked on pages that are cropped, turned and scaled."""
    worst = 0
    crops = ([0, 0, 300, 200], [30, 20, 280, 190], [-40, -30, 220, 150])
    for crop, rotation, unit in itertools.product(crops, (0, 90, 180, 270), (1, 2)):
        worst = max(worst, _off(crop, rotation, unit))
    what = f"pixels by which blanked samples miss their box, at {_SCALE * 72:.0f} dpi"
    return Figure(what, str(worst), worst <= _OFF_PX)


def _off(crop: list[int], rotation: int, unit: int) -> int:
    pdf = page(b"q 500 0 0 400 -100 -100 cm /I Do Q", Rotate=rotation, UserUnit=unit)
    first = pdf.pages[0].obj
    first.MediaBox, first.CropBox = Array([-100, -100, 400, 300]), Array(crop)
    first.Resources.XObject = Dictionary(I=_image(pdf, b"\x40" * 1000 * 800, 1000, 800))
    source = taken(saved(pdf))
    box = Box(40.0, 30.0, 110.0, 64.0)
    burned = burn(source, (Redaction(1, box, "", "p1-f1"),), {})
    rows, columns = np.nonzero(_drawn(burned, unit) > 128)
    if not len(rows):
        return 1000
    found = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    wanted = box.scaled(_SCALE).as_tuple()
    return int(max(abs(a - b) for a, b in zip(found, wanted, strict=True)))


def _drawn(data: bytes, unit: float) -> np.ndarray:
    document = pypdfium2.PdfDocument(data)
    bitmap = document[0].render(scale=_SCALE * unit, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    document.close()
    return pixels.reshape(pixels.shape[0], pixels.shape[1])


def _image(pdf: pikepdf.Pdf, samples: bytes, width: int, height: int) -> pikepdf.Stream:
    return pdf.make_stream(
        samples,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )


def damaged() -> Iterator[bytes]:
    """Files that are whole where MuPDF looks first, and not where it looks later."""
    pdf = page(b"BT /F 12 Tf 20 100 Td (Alpha Zebulon Omega) Tj ET")
    pdf.Root.Later = pdf.make_indirect(Dictionary(Held=pdf.make_indirect(Dictionary(A=1))))
    data = saved(pdf)
    table = data.index(b"xref\n")
    rows = data[table:].split(b" n \n")
    for index in range(1, len(rows) - 1):
        spoiled = list(rows)
        spoiled[index] = spoiled[index][:-16] + b"0000000007 00000"
        yield data[:table] + b" n \n".join(spoiled)


def repair() -> Iterator[Figure]:
    """Whether the secret outlives its redaction in damaged files: as they are, and normalized."""
    as_it_is, normalized, total = 0, 0, 0
    for data in damaged():
        total += 1
        as_it_is += WORD.encode() in _strings(_redacted_as_it_is(data))
        source = taken(data)
        normalized += WORD.encode() in _strings(burn(source, secret_boxes(source), {}))
    yield Figure("damaged files that keep the secret", f"{normalized} of {total}", not normalized)
    yield Figure("... if QPDF does not write them first", f"{as_it_is} of {total}", True)


def _redacted_as_it_is(data: bytes) -> bytes:
    try:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            for rectangle in document[0].search_for(WORD):
                document[0].add_redact_annot(rectangle)
            document[0].apply_redactions()
            return bytes(document.tobytes(garbage=4))
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError):
        return b""


def _strings(data: bytes) -> bytes:
    """All streams of a file, inflated."""
    if not data:
        return b""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        streams = (obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream))
        return b"\n".join(stream.read_bytes() for stream in streams)


def separations() -> Figure:
    """Whether MuPDF blanks images in inks of their own; the program rebuilds their pages."""
    pdf = page(b"q 100 0 0 50 20 100 cm /I Do Q")
    image = _image(pdf, bytes(range(200)) * 100, 200, 100)
    program = pdf.make_stream(b"{1 exch sub}", FunctionType=4, Domain=[0, 1], Range=[0, 1])
    image.ColorSpace = Array([Name.Separation, Name.Spot, Name.DeviceGray, program])
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    source = taken(saved(pdf))
    box = Box(40, 60, 80, 80)
    try:
        area = _drawn(burn(source, (Redaction(1, box, "", "p1-f1"),), {}), 1)[124:156, 84:156]
        found = "are blanked" if np.ptp(area) <= _OFF_PX else "are left as they were"
    except RedactorError:
        found = "cannot be redacted"
    return Figure("images in Separation colors", found, True)


CHECKS: tuple[Callable[[], Figure | Iterator[Figure]], ...] = (
    shown_strings,
    leading,
    grid,
    repair,
    separations,
)


def figures() -> list[Figure]:
    """All of them for the version that is installed."""
    found: list[Figure] = []
    for check in CHECKS:
        result = check()
        found += [result] if isinstance(result, Figure) else list(result)
    return found


def _of_another(python: Path) -> tuple[str, list[Figure]]:
    """The version and the figures of another environment."""
    done = subprocess.run(
        [str(python), "-m", "benchmarks.pymupdf_pin", "--json"],
        cwd=tables.ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    made = json.loads(done.stdout)
    return made["version"], [Figure(**figure) for figure in made["figures"]]


def main() -> None:
    """Prints a table with a column for each version."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    versions = [(pymupdf.__version__, figures())]
    if given.json:
        ((version, found),) = versions
        made = {"version": version, "figures": [asdict(figure) for figure in found]}
        sys.stdout.write(json.dumps(made) + "\n")
        return
    if given.python:
        versions.append(_of_another(given.python))
    header = ("with PyMuPDF", *(version for version, _ in versions))
    columns = zip(*(found for _, found in versions), strict=True)
    rows = [(row[0].what, *map(_cell, row)) for row in columns]
    sys.stdout.write(tables.markdown(header, rows) + "\n")
    sys.exit(not all(figure.holds for _, found in versions for figure in found))


def _cell(figure: Figure) -> str:
    return figure.found if figure.holds else f"**{figure.found}**"


if __name__ == "__main__":
    main()
