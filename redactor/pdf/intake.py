"""Takes a file in: checks it, caps it, decrypts it, and normalizes it before anything is read.

MuPDF repairs some damaged files late and then silently discards a redaction; saved once by
pikepdf (QPDF) first, they keep it. So no byte reaches MuPDF that QPDF did not write. What shows
on a page from elsewhere (annotations, form fields) is baked into its content here, so that one
kind of content is left to read and to redact.
"""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2

from redactor.errors import Encrypted, FileAccessError, NotAPdf, ResourceLimit
from redactor.geometry import Box, PageFrame
from redactor.pdf.caps import check_weights
from redactor.pdf.form_fields import form_fields
from redactor.pdf.hidden import drop_hidden
from redactor.pdf.limits import Limits as Limits
from redactor.pdf.limits import QpdfWatch
from redactor.pdf.page_boxes import array, boxes_of, rectangle, to_number
from redactor.words import FormField

pymupdf.TOOLS.mupdf_display_errors(False)  # its messages may quote the document
pymupdf.TOOLS.mupdf_display_warnings(False)

OWNER_FORBIDS = "owner_forbids_"
"""Begins the names under which a Source counts what its owner asked programs not to do."""

_MIN_SIDE = 3.0  # points: nothing can be read on a page smaller than a letter
_TOO_DEEP = "too deeply nested"  # what QPDF says of a page tree
_SIZE_TOLERANCE = 1.5  # points by which engines may differ in a page's size, from rounding


@dataclass(frozen=True, slots=True)
class Source:
    """A normalized document, ready to be read and burned.

    `data` is the working PDF: unencrypted, annotations and fields baked in, nothing outside the
    CropBox. `sha256` and `size` are those of the file as it came; `frames` and `fields` (those of
    an interactive form, before they were baked in) have one entry a page; `removed` counts what was
    taken out on the way; `boxes` are what the pages state of boxes, in user space and by key.
    """

    data: bytes = field(repr=False)
    sha256: str
    size: int
    frames: tuple[PageFrame, ...]
    removed: tuple[tuple[str, int], ...]
    fields: tuple[tuple[FormField, ...], ...] = ()
    boxes: tuple[Mapping[str, Box], ...] = ()


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The file's bytes. Raises FileAccessError or ResourceLimit."""
    try:
        status = path.stat()
        kind, size = stat.S_IFMT(status.st_mode), status.st_size
        if kind not in (stat.S_IFREG, stat.S_IFDIR):  # opening a folder says what is wrong
            raise FileAccessError(f"{path}: not a regular file", "save it as a file first")
        if size > limits.bytes:
            raise ResourceLimit(
                f"{path} has {size} bytes, the limit is {limits.bytes}", "split the document"
            )
        with path.open("rb") as file:
            return file.read(size + 1)  # never more than was measured, even if it grows
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise FileAccessError(f"{path}: {reason}", "check the path and its permissions") from error


def take_in(path: Path, password: str = "", limits: Limits | None = None) -> Source:
    """Reads, checks and normalizes a PDF.

    Raises FileAccessError, NotAPdf, Encrypted (a password is needed or wrong) or ResourceLimit.
    """
    limits = limits or Limits()
    raw = read_bytes(path, limits)
    normalized = _normalized(path, raw, password, limits)
    working = _bake(path, normalized.data, normalized.frames)
    _agree(path, working, normalized.frames)
    return replace(normalized, data=working)


def frames_of(data: bytes) -> tuple[PageFrame, ...]:
    """The frames of a PDF's pages as it is, nothing changed.

    Raises NotAPdf, Encrypted or ResourceLimit.
    """
    name = Path("the output")
    with opened(name, data, "", Limits()) as pdf:
        return explicit_frames(name, pdf)


def _normalized(path: Path, raw: bytes, password: str, limits: Limits) -> Source:
    """Saved anew by QPDF, page attributes explicit, active content and hidden layers gone.

    Without object streams, which would lift the version of a file that is of an older one.
    """
    with opened(path, raw, password, limits) as pdf:
        frames = explicit_frames(path, pdf)
        removed = _drop_active_content(pdf) | _restrictions(pdf)
        out = io.BytesIO()
        try:
            if n_hidden := drop_hidden(pdf):
                removed["hidden_layers"] = n_hidden
            fields = tuple(map(form_fields, pdf.pages, frames))
            pdf.save(
                out,
                encryption=False,
                deterministic_id=True,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        except (pikepdf.PdfError, RuntimeError) as error:
            raise _damaged(path) from error
        return Source(
            data=out.getvalue(),
            sha256=hashlib.sha256(raw).hexdigest(),
            size=len(raw),
            frames=frames,
            removed=tuple(sorted(removed.items())),
            fields=fields,
            boxes=tuple(boxes_of(page.obj) for page in pdf.pages),
        )


@contextmanager
def opened(path: Path, raw: bytes, password: str, limits: Limits) -> Iterator[pikepdf.Pdf]:
    """The document as QPDF sees it, within limits.

    Raises NotAPdf, Encrypted or ResourceLimit, which name `path`. What QPDF could not read for one
    of its own limits, then or while it is open, is not damaged, but too large.
    """
    watch = QpdfWatch()
    try:
        with _open(path, raw, password) as pdf:
            _check_caps(path, pdf, limits)
            yield pdf
    except NotAPdf as error:
        if watch.came_to_limit() or _TOO_DEEP in str(error.__cause__):
            raise ResourceLimit(
                f"{path} nests deeper, or inflates to more, than any real document",
                "export it again from where it was made",
            ) from error
        raise


def _open(path: Path, raw: bytes, password: str) -> pikepdf.Pdf:
    if b"%PDF-" not in raw[:1024]:
        raise NotAPdf(f"{path} is not a PDF: no %PDF- header", "convert it to PDF first")
    try:
        return _opened_by(raw, password)
    except pikepdf.PasswordError as error:
        what = "the password is wrong" if password else "is encrypted"
        raise Encrypted(f"{path}: {what}", "give the password with --password-file") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise _damaged(path) from error


def _opened_by(raw: bytes, password: str) -> pikepdf.Pdf:
    """Without the password where that will do: else pikepdf warns on stderr that it was given."""
    try:
        return pikepdf.open(io.BytesIO(raw), suppress_warnings=True)
    except pikepdf.PasswordError:
        if not password:
            raise
    return pikepdf.open(io.BytesIO(raw), password=password, suppress_warnings=True)


def _damaged(path: Path) -> NotAPdf:
    return NotAPdf(f"{path} is damaged beyond repair", "export it again from where it was made")


def _check_caps(path: Path, pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Raises ResourceLimit for more than the limits allow, NotAPdf for no page at all."""
    try:
        n_pages, n_objects = len(pdf.pages), len(pdf.objects)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise _damaged(path) from error
    if n_pages == 0:
        raise NotAPdf(f"{path} has no pages", "export it again from where it was made")
    for what, count, limit in (
        ("pages", n_pages, limits.pages),
        ("objects", n_objects, limits.objects),
    ):
        if count > limit:
            raise ResourceLimit(
                f"{path} has {count} {what}, the limit is {limit}", "split the document"
            )
    check_weights(str(path), pdf, limits)


def _pages(pdf: pikepdf.Pdf) -> list[tuple[int, pikepdf.Page]]:
    return list(enumerate(pdf.pages, start=1))


def explicit_frames(path: Path, pdf: pikepdf.Pdf) -> tuple[PageFrame, ...]:
    """The frames of all pages, which now have their boxes written on them. Raises NotAPdf."""
    return tuple(_explicit_boxes(path, number, page) for number, page in _pages(pdf))


def _explicit_boxes(path: Path, number: int, page: pikepdf.Page) -> PageFrame:
    """Writes the effective CropBox, /Rotate and UserUnit onto the page, and returns them."""
    media = rectangle(_inherited(page, "/MediaBox")) or Box(0, 0, 612, 792)
    crop = rectangle(_inherited(page, "/CropBox")) or media
    visible = crop.intersection(media) or media
    if min(visible.width, visible.height) < _MIN_SIDE:
        raise NotAPdf(
            f"{path}: page {number} measures {visible.width:g} x {visible.height:g} points",
            "nothing can be read on it: remove the page",
        )
    rotation = to_number(_inherited(page, "/Rotate"), 0)
    turned = int(round(rotation / 90) * 90) % 360
    unit = to_number(page.obj.get("/UserUnit"), 1.0)
    for key, box in (("/MediaBox", media), ("/CropBox", visible)):
        page.obj[key] = array(box)
    page.obj["/Rotate"] = turned
    return PageFrame(visible, turned, unit if unit > 0 else 1.0)


def _inherited(page: pikepdf.Page, key: str) -> pikepdf.Object | None:
    """A page attribute, from its ancestors where it is not its own (ISO 32000-2, 7.7.3.4)."""
    node: pikepdf.Object | None = page.obj
    depth = 0
    while isinstance(node, pikepdf.Dictionary) and depth < 50:
        if key in node:
            return node[key]
        node, depth = node.get("/Parent"), depth + 1
    return None


def _drop_active_content(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Scripts, actions, XFA and attachments: none may run, or be baked in, on the way."""
    removed: dict[str, int] = {}
    root = pdf.Root

    def drop(holder: pikepdf.Object, key: str, name: str) -> None:
        if isinstance(holder, pikepdf.Dictionary) and key in holder:
            del holder[key]
            removed[name] = removed.get(name, 0) + 1

    drop(root, "/OpenAction", "actions")
    drop(root, "/AA", "actions")
    drop(root, "/AF", "attachments")
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        drop(names, "/JavaScript", "scripts")
        drop(names, "/EmbeddedFiles", "attachments")
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        drop(form, "/XFA", "xfa_forms")
    for _, page in _pages(pdf):
        drop(page.obj, "/AA", "actions")
        drop(page.obj, "/AF", "attachments")
    return removed


def _restrictions(pdf: pikepdf.Pdf) -> dict[str, int]:
    """What the owner of an encrypted document asked programs not to do; it ends here."""
    if not pdf.is_encrypted:
        return {}
    forbidden = [what for what, is_allowed in pdf.allow._asdict().items() if not is_allowed]
    return {"encryption": 1, **{OWNER_FORBIDS + what: 1 for what in forbidden}}


def _bake(path: Path, data: bytes, frames: Sequence[PageFrame]) -> bytes:
    """Annotations and fields made page content; what lies outside the CropBox gone.

    Page.clip_to_rect clips elsewhere where the CropBox begins off 0 or UserUnit is not 1: MuPDF
    itself is asked, in user space.
    """
    with drawable(str(path)), pymupdf.open(stream=data, filetype="pdf") as document:
        document.bake()
        for page, frame in zip(document, frames, strict=False):  # _agree compares their number
            crop = pymupdf.mupdf.FzRect(*frame.crop.as_tuple())
            pymupdf.mupdf.pdf_clip_page(pymupdf._as_pdf_page(page), crop)
        baked: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
        return baked


@contextmanager
def drawable(what: str) -> Iterator[None]:
    """What MuPDF raises as NotAPdf: its own errors are not RuntimeErrors, and may quote content.

    Raises ResourceLimit where it came to a limit of its own, or was refused memory.
    """
    try:
        yield
    except (pymupdf.mupdf.FzErrorLimit, pymupdf.mupdf.FzErrorSystem) as error:
        raise ResourceLimit(
            f"{what} nests deeper, or needs more memory to draw, than any real document",
            "export it again from where it was made",
        ) from error
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError) as error:
        raise NotAPdf(
            f"{what} is damaged beyond repair", "export it again from where it was made"
        ) from error


def _agree(path: Path, data: bytes, frames: Sequence[PageFrame]) -> None:
    """MuPDF and PDFium must see the same pages, or one would redact what the other shows."""
    with drawable(str(path)), pymupdf.open(stream=data, filetype="pdf") as document:
        mupdf = [(page.rect.width, page.rect.height) for page in document]
    try:
        pdfium = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _damaged(path) from error
    try:
        sizes = [
            (width * frame.user_unit, height * frame.user_unit)
            for (width, height), frame in zip(
                (pdfium.get_page_size(i) for i in range(len(pdfium))), frames, strict=False
            )
        ]
    finally:
        pdfium.close()
    if not len(mupdf) == len(sizes) == len(frames):
        raise NotAPdf(f"{path}: PDF engines disagree on the number of pages", "export it again")
    for number, (frame, *seen) in enumerate(zip(frames, mupdf, sizes, strict=True), start=1):
        for width, height in seen:
            off = max(abs(width - frame.size[0]), abs(height - frame.size[1]))
            if off > _SIZE_TOLERANCE:
                raise NotAPdf(
                    f"{path}: PDF engines disagree on the size of page {number}", "export it again"
                )
