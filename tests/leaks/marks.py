"""A secret in what lies on a page without being its content: annotations and form fields."""

from __future__ import annotations

from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.documents import saved
from tests.leaks.made import PLACE, SECRET, SHOWN, Way, form, page, ways

_KINDS = (
    "Text",
    "FreeText",
    "Highlight",
    "Squiggly",
    "Stamp",
    "Ink",
    "Square",
    "Line",
    "Polygon",
    "Caret",
    "Watermark",
    "Redact",
)
_RICH = f'<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>{SECRET}</p></body>'


def _noted(pdf: pikepdf.Pdf, *notes: pikepdf.Object) -> bytes:
    pdf.pages[0].obj.Annots = pdf.make_indirect(Array([*map(pdf.make_indirect, notes)]))
    return saved(pdf)


def _note(kind: str, **keys: Any) -> pikepdf.Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[*PLACE], F=4, **keys)


def _geometry(kind: str) -> dict[str, Any]:
    """The keys without which an annotation of a kind would not be one."""
    x0, y0, x1, y1 = PLACE
    needed: dict[str, dict[str, Any]] = {
        "Highlight": {"QuadPoints": [x0, y1, x1, y1, x0, y0, x1, y0]},
        "Squiggly": {"QuadPoints": [x0, y1, x1, y1, x0, y0, x1, y0]},
        "Ink": {"InkList": Array([Array([x0, y0, x1, y1])])},
        "Line": {"L": [x0, y0, x1, y1]},
        "Polygon": {"Vertices": [x0, y0, x1, y0, x1, y1]},
        "FreeText": {"DA": pikepdf.String("/F 12 Tf 0 g")},
    }
    return needed.get(kind, {})


def note(kind: str) -> bytes:
    """What an annotation says, by whom and on what."""
    said: dict[str, Any] = dict.fromkeys(("Contents", "T", "Subj", "NM"), SECRET)
    return _noted(page(), _note(kind, **said, RC=_RICH, **_geometry(kind)))


def drawn_note() -> bytes:
    pdf = page()
    return _noted(pdf, _note("Stamp", AP=Dictionary(N=form(pdf, SHOWN, **_BOUNDS))))


def hidden_note() -> bytes:
    pdf = page()
    made = _note("Stamp", AP=Dictionary(N=form(pdf, SHOWN, **_BOUNDS)))
    made.F = 2
    return _noted(pdf, made)


def other_appearances() -> bytes:
    pdf = page()
    look, secret = form(pdf, b"", **_BOUNDS), form(pdf, SHOWN, **_BOUNDS)
    return _noted(pdf, _note("Stamp", AP=Dictionary(N=look, D=secret, R=secret)))


_BOUNDS: dict[str, Any] = {"Matrix": [1, 0, 0, 1, 0, 0]}


def popup_and_reply() -> bytes:
    pdf = page()
    first = pdf.make_indirect(_note("Text", Contents="asked"))
    reply = pdf.make_indirect(_note("Text", Contents=SECRET, IRT=first, RT=Name.R))
    window = pdf.make_indirect(_note("Popup", Parent=reply, Open=True))
    reply.Popup = window
    return _noted(pdf, first, reply, window)


def link() -> bytes:
    action = Dictionary(S=Name.URI, URI=f"https://example.com/?q={SECRET}")
    return _noted(page(), _note("Link", A=action))


def attached_file() -> bytes:
    pdf = page()
    inside = pdf.make_stream(SECRET.encode(), Type=Name.EmbeddedFile)
    file = Dictionary(Type=Name.Filespec, F="a.txt", EF=Dictionary(F=inside))
    return _noted(pdf, _note("FileAttachment", FS=file))


def sound() -> bytes:
    pdf = page()
    return _noted(pdf, _note("Sound", Sound=pdf.make_stream(SECRET.encode(), R=8000)))


def screen() -> bytes:
    clip = Dictionary(S=Name.MCD, N=SECRET, CT="video/mp4")
    action = Dictionary(S=Name.Rendition, R=Dictionary(S=Name.MR, N=SECRET, C=clip), OP=0)
    return _noted(page(), _note("Screen", T=SECRET, A=action))


def _filled(pdf: pikepdf.Pdf, *fields: pikepdf.Object, **form_keys: Any) -> bytes:
    """The fields, which are their own widgets, on the page and in the interactive form."""
    made = [pdf.make_indirect(field) for field in fields]
    resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.Root.AcroForm = Dictionary(Fields=Array(made), DR=resources, DA="/F 12 Tf 0 g", **form_keys)
    shown = [field for field in made if "/Rect" in field]
    return _noted(pdf, *shown)


def _field(kind: str = "/Tx", **keys: Any) -> pikepdf.Dictionary:
    named = {"T": "field", **keys}
    return _note("Widget", FT=Name(kind), DA="/F 12 Tf 0 g", **named)


def text_field() -> bytes:
    pdf = page()
    look = Dictionary(N=form(pdf, SHOWN, **_BOUNDS))
    return _filled(pdf, _field(V=SECRET, DV=SECRET, TU=SECRET, AP=look))


def text_field_without_appearance() -> bytes:
    return _filled(page(), _field(V=SECRET), NeedAppearances=True)


def rich_text_field() -> bytes:
    return _filled(page(), _field(V="x", RV=_RICH, Ff=1 << 25))


def password_field() -> bytes:
    return _filled(page(), _field(V=SECRET, Ff=1 << 13))


def choice() -> bytes:
    options = Array([Array([pikepdf.String(SECRET), pikepdf.String("A")]), pikepdf.String("B")])
    return _filled(page(), _field("/Ch", Opt=options, V=SECRET, I=[0]))


def button_states() -> bytes:
    pdf = page()
    look = Dictionary({"/" + SECRET: form(pdf, b""), "/Off": form(pdf, b"")})
    return _filled(pdf, _field("/Btn", AP=Dictionary(N=look), AS=Name.Off))


def field_without_widget() -> bytes:
    return _filled(page(), Dictionary(FT=Name.Tx, T="loose", V=SECRET))


def name_of_a_field() -> bytes:
    return _filled(page(), _field(T=SECRET, TM=SECRET, V="x"))


def xfa() -> bytes:
    pdf = page()
    packet = pdf.make_stream(f"<xdp><name>{SECRET}</name></xdp>".encode())
    return _filled(pdf, _field(V="x"), XFA=Array([pikepdf.String("datasets"), packet]))


def calculation() -> bytes:
    script = Dictionary(S=Name.JavaScript, JS=f"event.value = '{SECRET}'")
    return _filled(page(), _field(V="x", AA=Dictionary(C=script, K=script)))


def signature() -> bytes:
    said: dict[str, Any] = dict.fromkeys(("Name", "Reason", "Location", "ContactInfo"), SECRET)
    value = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=SECRET.encode() * 4, **said
    )
    return _filled(page(), _field("/Sig", V=value), SigFlags=3)


WAYS = (
    *(Way(f"note_{kind}", partial(note, kind), {}) for kind in _KINDS),
    *ways(
        hidden_note,
        other_appearances,
        popup_and_reply,
        link,
        attached_file,
        sound,
        screen,
        rich_text_field,
        password_field,
        choice,
        button_states,
        field_without_widget,
        name_of_a_field,
        xfa,
        calculation,
        signature,
        boxes={},
    ),
    *ways(drawn_note, text_field, text_field_without_appearance),
)
