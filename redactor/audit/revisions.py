"""What a file still holds that its latest revision does not use (ISO 32000-2, 7.5.6).

A PDF is changed by adding to its end: what was replaced stays, and anyone can cut the file off
after an earlier end and look at it as it was.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pymupdf

from redactor.audit.leak import Kind, Leak, Level
from redactor.audit.marked import decoded, instructions
from redactor.audit.shown import Shown
from redactor.pdf.form_fields import text_of

_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
_TEXT_OBJECT = re.compile(rb"\bBT\b")
_MOST = 20  # revisions that are opened, the latest ones
_FEWEST = 4  # letters after the end: fewer are the leavings of a transfer
_PICTURE = 64  # pixels, either side: a smaller image is an icon


def old_revisions(raw: bytes, password: str, shown: Shown) -> Iterator[Leak]:
    """The words of each page's earlier revisions that stand nowhere in the latest."""
    known: set[tuple[int, str]] = set()
    for end in _earlier_ends(raw)[-_MOST:]:
        for number, text in _texts(raw[:end], password):
            lines = (line for line in text.splitlines() if shown.lacks(line))
            gone = [line for line in lines if (number, line) not in known]
            known.update((number, line) for line in gone)
            if gone:
                yield Leak(Kind.OLD_REVISION, number, text=" ".join(" ".join(gone).split()))


def _earlier_ends(raw: bytes) -> list[int]:
    """Where revisions end, but for the last; in a linearized file the first end is none."""
    ends = [match.end() for match in _END.finditer(raw)]
    is_linearized = b"/Linearized" in raw[:1024]
    return ends[1 if is_linearized else 0 : -1]


def _texts(revision: bytes, password: str) -> Iterator[tuple[int, str]]:
    """The text of each page; nothing where what is before an end is no document."""
    try:
        with pymupdf.open(stream=revision, filetype="pdf") as document:
            if document.needs_pass and not document.authenticate(password):
                return
            if not document.is_repaired:
                for number, page in enumerate(document, start=1):
                    yield number, page.get_text(clip=pymupdf.INFINITE_RECT())
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError):
        return


def after_end(raw: bytes) -> Iterator[Leak]:
    """What was written after the end of the file."""
    ends = [match.end() for match in _END.finditer(raw)]
    text = raw[ends[-1] :].decode("latin-1") if ends else ""
    if sum(c.isalnum() for c in text) >= _FEWEST:
        yield Leak(Kind.DATA_AFTER_END, 0, text=text)


def orphans(pdf: pikepdf.Pdf, shown: Shown) -> Iterator[Leak]:
    """Objects that nothing refers to, with text that no page shows, or a picture."""
    if not _has_orphans(pdf):
        return
    reached = _reached(pdf)
    for obj in pdf.objects:
        if not isinstance(obj, pikepdf.Object) or obj.objgen in reached:
            continue
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image":
            if _is_large(obj):
                yield Leak(Kind.ORPHAN_OBJECT, 0)
            continue
        is_content = isinstance(obj, pikepdf.Stream)
        text = _writing(obj) if is_content else _strings(obj)
        if shown.lacks(text):
            # Left-over strings are names and dates for the most part; content was on a page.
            level = Level.LEAK if is_content else Level.NOTICE
            yield Leak(Kind.ORPHAN_OBJECT, 0, text=text, level=level)


def _writing(stream: pikepdf.Object) -> str:
    """What a content stream writes, by its codes: those of a simple font are the letters."""
    if not _TEXT_OBJECT.search(decoded(stream)):
        return ""  # not content: a font, a profile, an object stream
    texts = []
    for instruction in instructions(stream, "Tj TJ ' \""):
        for operand in instruction.operands:
            parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
            strings = (bytes(part) for part in parts if isinstance(part, pikepdf.String))
            texts.append(b"".join(strings))
    return b" ".join(texts).decode("ascii", "replace")


def _strings(obj: object) -> str:
    """The strings of a dictionary or array; those of who made a file, and when, are no content."""
    if isinstance(obj, pikepdf.Dictionary):
        made = any(key in obj for key in ("/Producer", "/CreationDate", "/ModDate"))
        return "" if made else " ".join(filter(None, (text_of(value) for _, value in obj.items())))
    values = list(obj) if isinstance(obj, pikepdf.Array) else [obj]
    return " ".join(filter(None, map(text_of, values)))


def _has_orphans(pdf: pikepdf.Pdf) -> bool:
    """Whether fewer objects are left when QPDF writes what can be reached."""
    out = io.BytesIO()
    pdf.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        encryption=False,
    )
    with pikepdf.open(out) as written:
        return len(written.objects) < sum(not _is_structure(obj) for obj in pdf.objects)


def _is_structure(obj: object) -> bool:
    return isinstance(obj, pikepdf.Stream) and obj.get("/Type") in ("/ObjStm", "/XRef")


def _reached(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The numbers of the objects that the trailer leads to."""
    reached: set[tuple[int, int]] = set()
    waiting: list[object] = [pdf.trailer]
    while waiting:
        obj = waiting.pop()
        if not isinstance(obj, pikepdf.Object):
            continue
        if obj.is_indirect:
            if obj.objgen in reached:
                continue
            reached.add(obj.objgen)
        if isinstance(obj, pikepdf.Array):
            waiting.extend(obj)
        elif isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
            waiting.extend(obj[key] for key in obj.keys())  # noqa: SIM118 - not a dict
    return reached


def _is_large(image: pikepdf.Object) -> bool:
    try:
        return min(int(image.get("/Width", 0)), int(image.get("/Height", 0))) >= _PICTURE
    except (TypeError, ValueError):
        return False
