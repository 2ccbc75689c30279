"""A secret put back among the text and the images of a clean output."""

from __future__ import annotations

from functools import partial

import pikepdf
from pikepdf import Dictionary, Name

from tests.documents import HELVETICA
from tests.leaks.images import GRAY, HIGH, WIDE
from tests.leaks.made import AT, SECRET, SHOWN, resource
from tests.leaks.mutants import (
    ADDED,
    BLANK,
    BYTES,
    IMAGE_AT,
    IMAGES,
    OFF_PAGE,
    PAGES,
    STRUCTURE,
    UNDER,
    drawn,
    edited,
    image_of,
    images_of,
)

_S = SECRET.encode()


def _word(text: bytes = _S, at: tuple[float, float] = AT, state: bytes = b"") -> bytes:
    return b"BT /M 12 Tf %b %g %g Td (%b) Tj ET" % (state, *at, text)


_ELSEWHERE = (20.0, 95.0)
_LETTER_BY_LETTER = b"".join(_word(bytes([c]), (20 + 9 * k, 95)) for k, c in enumerate(_S))

_IN_HEXADECIMAL = _word().replace(b"(%b)" % _S, b"<%b>" % _S.hex().encode())

TEXT = (
    edited("text under a box", drawn(_word()), UNDER),
    edited("invisible text under a box", drawn(_word(state=b"3 Tr")), UNDER),
    edited("white text under a box", drawn(b"1 g " + _word()), UNDER),
    edited("text of a clip under a box", drawn(_word(state=b"7 Tr")), UNDER),
    edited("other letters under a box", drawn(_word(b"n.n.")), UNDER),
    edited("invisible text elsewhere", drawn(_word(at=_ELSEWHERE, state=b"3 Tr")), PAGES),
    edited("tiny text elsewhere", drawn(b".05 0 0 .05 9 9 cm " + _word()), PAGES),
    edited("text in pieces", drawn(_LETTER_BY_LETTER), BYTES),
    edited("text backwards", drawn(_word(_S[::-1], _ELSEWHERE)), BYTES),
    edited("text off the page", drawn(_word(at=(900, 900))), OFF_PAGE),
    edited("text in hexadecimal", drawn(_IN_HEXADECIMAL), UNDER),
    edited("another word on the page", drawn(_word(b"added", _ELSEWHERE)), ADDED, in_place=True),
    edited("a comment in the content", drawn(b"% " + _S + b"\n"), BYTES),
    edited("the name of a tag", drawn(b"/" + _S + b" BMC EMC"), BYTES),
    edited("actual text", drawn(b"/Span <</ActualText (" + _S + b")>> BDC EMC"), STRUCTURE),
)


def _image_under_a_box(content: bytes, pdf: pikepdf.Pdf) -> None:
    resource(pdf, "/XObject", "/Old", image_of(pdf, GRAY.tobytes()))
    drawn(content)(pdf)


def _samples_put_back(pdf: pikepdf.Pdf) -> None:
    (image,) = images_of(pdf)
    image.write(GRAY.tobytes())


def _masked(pdf: pikepdf.Pdf) -> None:
    """An image of one tone whose mask has the secret, painted over."""
    mask = image_of(pdf, (255 - GRAY).tobytes())
    resource(pdf, "/XObject", "/Old", image_of(pdf, b"\0" * WIDE * HIGH, SMask=mask))
    drawn(IMAGE_AT + b" /Old Do")(pdf)


def _form(content: bytes, pdf: pikepdf.Pdf) -> None:
    """A form that nothing draws."""
    held = Dictionary(Font=Dictionary(F=HELVETICA))
    made = pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 220, 110], Resources=held
    )
    resource(pdf, "/XObject", "/Unused", made)


def _drawn_form(pdf: pikepdf.Pdf) -> None:
    _form(SHOWN, pdf)
    drawn(b"/Unused Do")(pdf)


_BARS = b" ".join(b"%d 64 2 10 re f" % (22 + 6 * k) for k in range(8))

PIXELS = (
    edited("an image under a box", partial(_image_under_a_box, IMAGE_AT + b" /Old Do"), IMAGES),
    edited(
        "an image under a box and white paint",
        partial(_image_under_a_box, IMAGE_AT + b" /Old Do 1 g 0 0 1 1 re f"),
        IMAGES,
    ),
    edited("an image's samples", _samples_put_back, IMAGES, in_place=True),
    edited("a mask", _masked, BLANK),
    edited("letters as paths", drawn(_BARS), BLANK),
    edited("letters as faint paths", drawn(b"0.9 g " + _BARS), BLANK),
    edited("text in a form that is drawn", _drawn_form, UNDER),
    edited("text in a form that is not", partial(_form, SHOWN), BYTES),
    edited("UTF-16 in a form", partial(_form, SECRET.encode("utf-16-be")), BYTES),
    edited("hexadecimal in a form", partial(_form, _S.hex().encode()), BYTES),
    edited("octal in a form", partial(_form, b"(\\%03o%b) Tj" % (_S[0], _S[1:])), BYTES),
)
