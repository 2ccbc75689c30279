"""What the objects that pages draw with say beside what they draw: it must be nothing.

Strings that draw nothing, comments in programs, and what pictures and color profiles carry in
their own formats. Pictures and profiles are read by Pillow and Little CMS, which did not write
them.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageCms, JpegImagePlugin

from redactor.verify.subject import Outcome, Subject, outcome

_NAME = "nothing said beside what is drawn"
_PALETTE = 3  # place of the colors in the array of an indexed color space
_COLLECTION = re.compile(rb"[A-Za-z0-9]{1,10}")  # "Adobe", "Japan1"
_COLLECTION_KEYS = ("/Registry", "/Ordering")
_PICTURES = ("/DCTDecode", "/JPXDecode")
_INLINE_JPEG = re.compile(rb"/DCT(?:Decode)?\b")
_CALCULATOR = 4  # the type of functions that are programs
_OF_JPEG = {"APP0": 14, "APP14": 12}  # bytes of the segments that decoders go by
_OF_JPEG_2000 = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
_PROFILE_TEXTS = (
    "profile_description",
    "copyright",
    "manufacturer",
    "model",
    "target",
    "screening_description",
    "viewing_condition",
)


def check_nothing_beside(subject: Subject) -> Outcome:
    """All that the resources of a page lead to only draws; it fails with each thing that talks."""
    failures: list[int] = []
    with pikepdf.open(io.BytesIO(subject.output)) as pdf:
        reached = _Reached()
        for number, page in enumerate(pdf.pages, start=1):
            failures += [number] * (reached.talking(page.resources) + _has_talking_data(page))
    return outcome(_NAME, "QPDF, Pillow", failures, "objects that say more than they draw")


class _Reached:
    """The objects that were looked at, each once: whether it talks, and what it leads to."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[bool, tuple[tuple[int, int], ...]]] = {}

    def talking(self, resources: pikepdf.Object) -> int:
        """How many of the objects that resources lead to say something."""
        talks, waiting = self._look(resources)
        count, known = int(talks), set(waiting)
        while waiting:
            talks, further = self._seen[waiting.pop()]
            count += talks
            new = [where for where in further if where not in known]
            known.update(new)
            waiting += new
        return count

    def _look(self, obj: pikepdf.Object) -> tuple[bool, list[tuple[int, int]]]:
        """Whether an object talks, and where it leads; all of that is looked at."""
        talks, children = _talks(obj), list(_led_to(obj))
        for child in children:
            if child.objgen not in self._seen:
                self._seen[child.objgen] = (False, ())  # a loop ends here
                found, further = self._look(child)
                self._seen[child.objgen] = (found, tuple(further))
        return talks, [child.objgen for child in children]


def _led_to(obj: Any) -> Iterator[pikepdf.Object]:
    """The indirect objects that an object names, but for its parent."""
    for key, child in _children(obj):
        if isinstance(child, pikepdf.Object) and key != "/Parent":
            if child.is_indirect:
                yield child
            else:
                yield from _led_to(child)


def _children(obj: Any) -> list[tuple[str | int, Any]]:
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return list(obj.items())
    return list(enumerate(obj)) if isinstance(obj, pikepdf.Array) else []


def _talks(obj: Any) -> bool:
    """Whether an object itself, with all that is written directly in it, says something."""
    if _has_talking_data(obj):
        return True
    for key, child in _children(obj):
        if isinstance(child, pikepdf.String):
            if not _draws(obj, key, bytes(child)):
                return True
        elif isinstance(child, pikepdf.Object) and not child.is_indirect and _talks(child):
            return True
    return False


def _has_talking_data(obj: Any) -> bool:
    """Whether a page's content, a stream, or the profile of a color space says something."""
    try:
        if isinstance(obj, pikepdf.Page):
            return _content_talks(obj)
        if isinstance(obj, pikepdf.Stream):
            return _data_talks(obj)
        is_profiled = isinstance(obj, pikepdf.Array) and len(obj) > 1 and obj[0] == "/ICCBased"
        profile = obj[1] if is_profiled else None
        return isinstance(profile, pikepdf.Stream) and _profile_talks(profile.read_bytes())
    except pikepdf.PdfError:  # nobody can tell
        return True


def _draws(holder: Any, key: str | int, said: bytes) -> bool:
    """Whether a string is the colors of a palette, or the name of a character collection."""
    if isinstance(holder, pikepdf.Array):
        return bool(key == _PALETTE and holder[0] == "/Indexed")
    return key in _COLLECTION_KEYS and bool(_COLLECTION.fullmatch(said))


def _data_talks(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter")
    last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if last in _PICTURES:
        if isinstance(filters, pikepdf.Array) and len(filters) > 1:
            return True  # sanitizing leaves one
        return _picture_talks(stream.read_raw_bytes(), is_jpeg=last == "/DCTDecode")
    if stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1:
        return _content_talks(stream)
    is_program = stream.get("/FunctionType") == _CALCULATOR or stream.get("/Type") == "/CMap"
    return is_program and b"%" in stream.read_bytes()


def _content_talks(holder: pikepdf.Page | pikepdf.Stream) -> bool:
    """Whether a JPEG that is written in the content itself says something."""
    content = holder.obj.get("/Contents") if isinstance(holder, pikepdf.Page) else holder
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    streams = (part for part in parts if isinstance(part, pikepdf.Stream))
    if not any(_INLINE_JPEG.search(stream.read_bytes()) for stream in streams):
        return False
    return any(
        _inline_picture_talks(instruction.iimage)
        for instruction in pikepdf.parse_content_stream(holder)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage)
    )


def _inline_picture_talks(picture: pikepdf.PdfInlineImage) -> bool:
    if "/DCTDecode" not in picture.filters:
        return False
    data = picture.read_raw_bytes().rstrip(b" \r\n")
    return len(picture.filters) > 1 or _picture_talks(data, is_jpeg=True)


def _picture_talks(data: bytes, *, is_jpeg: bool) -> bool:
    """Whether a picture has more than its pixels, or cannot be opened to say so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size
            with Image.open(io.BytesIO(data)) as picture:
                if is_jpeg:
                    return _jpeg_talks(picture, data)
                said = bytes(picture.info.get("comment") or b"").strip(b"\x00")
                return bool(said) or any(box not in _OF_JPEG_2000 for box in _boxes(data))
    except (OSError, ValueError, SyntaxError, struct.error):
        return True


def _jpeg_talks(picture: Image.Image, data: bytes) -> bool:
    if not isinstance(picture, JpegImagePlugin.JpegImageFile) or not data.endswith(b"\xff\xd9"):
        return True
    return any(len(said) > _OF_JPEG.get(name, 0) for name, said in picture.applist)


def _boxes(data: bytes) -> Iterator[bytes]:
    """The types of the boxes of a JPEG 2000 file; none of a codestream alone."""
    at = 0
    while data[4:8] == b"jP  " and at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind
        if length < 8:
            return
        at += length


def _profile_talks(data: bytes) -> bool:
    """Whether an ICC profile has words. An empty one stands for what was no profile."""
    if not data:
        return False
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except (OSError, ValueError):
        return True
    said = (getattr(profile, name, None) or "" for name in _PROFILE_TEXTS)
    return any(text.strip("\x00\n ") for text in said)
