"""A signature in the PDF holds over the whole file, is as reported, and has room for no word."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto.cms import ContentInfo
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from redactor import web
from redactor.pdf import signature
from redactor.report import PdfSignatureInfo, TimestampInfo
from redactor.sign.pdf_signer import PdfSigner, load_pdf_signer
from redactor.verify.apart import verify as verify_apart
from redactor.verify.subject import Subject
from tests.certificates import DAY, NOW, certificate, p256, written
from tests.documents import opened
from tests.endpoint import serving
from tests.responder import stamps
from tests.unit.verify.test_checks import (
    BYTES,
    SPOTS,
    STRUCTURE,
    edited,
    exchanged,
    failed,
    redacted_with,
)
from tests.unit.verify.test_guides import GUIDES, with_guides

SIGNATURE, STOPPED = "PDF signature", "pdf signature"
OTHER = PdfSignatureInfo("0" * 64)
Plant = Callable[[pikepdf.Pdf, pikepdf.Object, pikepdf.Object], None]


@pytest.fixture
def clean(tmp_path: Path) -> Subject:
    return redacted_with(tmp_path, SPOTS, "Zebulon")


@pytest.fixture
def signer(tmp_path: Path) -> PdfSigner:
    return load_pdf_signer(*written(tmp_path, p256_key := p256(), certificate(p256_key)), NOW)


def signed(subject: Subject, signer: PdfSigner, when: datetime = NOW) -> Subject:
    output, info = signature.signed(subject.output, signer.room, when, signer.sign)
    return replace(exchanged(subject, output), signature=info)


@pytest.fixture
def whole(clean: Subject, signer: PdfSigner) -> Subject:
    return signed(clean, signer)


@pytest.fixture
def stamped(clean: Subject, signer: PdfSigner) -> Subject:
    with serving(stamps()) as server:
        url = web.server_url(server.url, "--timestamp-url", "")
        return signed(clean, replace(signer, timestamp=url))


def test_what_was_signed_passes(whole: Subject, stamped: Subject) -> None:
    assert failed(whole) == set()
    outcomes = {o.check.name: o.check for o in verify_apart(stamped)}
    assert all(check.passed for check in outcomes.values())
    assert stamped.signature is not None
    detail = outcomes[SIGNATURE].detail
    assert stamped.signature.certificate in detail
    assert "time stamp by CN=Time Office of 20" in detail


def test_it_is_no_more_and_no_less_than_reported(clean: Subject, whole: Subject) -> None:
    assert failed(clean) == set()
    assert failed(replace(whole, signature=None)) == {STRUCTURE}
    assert failed(replace(clean, signature=whole.signature)) == {STRUCTURE, SIGNATURE}
    assert failed(replace(whole, signature=OTHER)) == {SIGNATURE}


def test_the_time_stamp_is_the_one_reported(whole: Subject, stamped: Subject) -> None:
    assert stamped.signature is not None
    stamp = stamped.signature.timestamp
    assert stamp is not None
    others: list[TimestampInfo | None] = [
        None,
        replace(stamp, time="2026-01-31T12:00:00Z"),
        replace(stamp, authority="CN=Another"),
        replace(stamp, certificate="0" * 64),
    ]
    for other in others:
        reported = replace(stamped.signature, timestamp=other)
        assert failed(replace(stamped, signature=reported)) == {SIGNATURE}
    assert whole.signature is not None
    assert failed(replace(whole, signature=replace(whole.signature, timestamp=stamp))) == {
        SIGNATURE
    }


@pytest.mark.parametrize("when", [NOW - 2 * DAY, NOW + 2 * DAY])
def test_its_certificate_was_valid_then(clean: Subject, signer: PdfSigner, when: datetime) -> None:
    assert failed(signed(clean, signer, when)) == {SIGNATURE}


def test_one_flipped_bit_of_the_file(whole: Subject) -> None:
    data = whole.output
    start = data.index(b"/Contents <") + len("/Contents ")
    end = data.index(b">", start) + 1
    for at in (*range(0, start, start // 12), *range(end, len(data), (len(data) - end) // 12)):
        assert is_refused(whole, at), at


def test_one_flipped_bit_of_the_signature(stamped: Subject) -> None:
    """Of each part that vouches for something: certificates that come along do not."""
    data = stamped.output
    start = data.index(b"/Contents <") + len("/Contents <")
    made = ContentInfo.load(bytes.fromhex(data[start : data.index(b">", start)].decode()))
    (info,) = made["content"]["signer_infos"]
    (token,) = info["unsigned_attrs"][0]["values"]
    (stamp,) = token["content"]["signer_infos"]
    attributes = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    parts = {
        "digest": attributes["message_digest"].native,
        "certificate": made["content"]["certificates"][0].chosen.public_key.dump(),
        "signature": info["signature"].native,
        "time": token["content"]["encap_content_info"]["content"].parsed.dump(),
        "authority": token["content"]["certificates"][0].chosen.public_key.dump(),
        "signature of the time": stamp["signature"].native,
    }
    for what, part in parts.items():
        at = data.index(part.hex().encode()) + 2 * len(part) - 2
        assert is_refused(stamped, at), what


def is_refused(subject: Subject, at: int) -> bool:
    data = subject.output
    off = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    return bool(failed(replace(subject, output=off)) & {STRUCTURE, SIGNATURE, STOPPED})


def of_signature(key: str, value: Any) -> Plant:
    return lambda _pdf, _field, made: made.__setitem__(key, value)


def of_field(key: str, value: Any) -> Plant:
    return lambda _pdf, field, _made: field.__setitem__(key, value)


def of_form(key: str, value: Any) -> Plant:
    return lambda pdf, _field, _made: pdf.Root["/AcroForm"].__setitem__(key, value)


def second_field(pdf: pikepdf.Pdf, _field: pikepdf.Object, _made: pikepdf.Object) -> None:
    pdf.Root["/AcroForm"]["/Fields"].append(
        pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("Name"), V=String("Jane")))
    )


def annotation(pdf: pikepdf.Pdf, _field: pikepdf.Object, _made: pikepdf.Object) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj["/Annots"].append(pdf.make_indirect(note))


def annotation_before(pdf: pikepdf.Pdf, _field: pikepdf.Object, _made: pikepdf.Object) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj["/Annots"].insert(0, pdf.make_indirect(note))


def catalog_key(pdf: pikepdf.Pdf, _field: pikepdf.Object, _made: pikepdf.Object) -> None:
    pdf.Root["/Lang"] = String("x-jane")


def form_apart(pdf: pikepdf.Pdf, _field: pikepdf.Object, _made: pikepdf.Object) -> None:
    pdf.Root["/AcroForm"] = pdf.make_indirect(pdf.Root["/AcroForm"])


PLANTED: dict[str, Plant] = {
    "a name": of_signature("/Name", String("Jane")),
    "a place": of_signature("/Location", String("Here")),
    "a reason": of_signature("/Reason", String("Because")),
    "the program": of_signature("/Prop_Build", Dictionary(App=Dictionary(Name=Name.Jane))),
    "no time": of_signature("/M", String("once")),
    "a zone": of_signature("/M", String("D:20260131120000+01'00")),
    "another handler": of_signature("/Filter", Name("/Jane")),
    "another name of the field": of_field("/T", String("Jane")),
    "another field in words": of_field("/TU", String("Jane")),
    "a place on the page": of_field("/Rect", Array([0, 0, 90, 90])),
    "other flags": of_field("/F", 4),
    "an appearance": of_field("/AP", Dictionary()),
    "a look": of_form("/DA", String("/Helv 0 Tf")),
    "other flags of the form": of_form("/SigFlags", 1),
    "a second field": second_field,
    "an annotation": annotation,
    "an annotation before it": annotation_before,
    "a language": catalog_key,
    "a form of its own": form_apart,
}


def test_links_and_bookmarks_that_are_kept_stay_beside_it(
    tmp_path: Path, signer: PdfSigner
) -> None:
    whole = signed(with_guides(tmp_path, GUIDES), signer)
    assert failed(whole) == set()
    with opened(whole.output) as pdf:
        assert len(pdf.pages[0].obj["/Annots"]) == 2
    assert STRUCTURE in failed(replace(whole, kept=frozenset()))


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_beside_it(
    kind: str, clean: Subject, signer: PdfSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is signed for along with the rest."""
    add = signature._add_field

    def adding(pdf: pikepdf.Pdf, room: int, when: datetime) -> pikepdf.Object:
        made = add(pdf, room, when)
        PLANTED[kind](pdf, pdf.pages[0].obj["/Annots"][0], made)
        return made

    monkeypatch.setattr(signature, "_add_field", adding)
    assert STRUCTURE in failed(signed(clean, signer))


def test_nothing_behind_it(whole: Subject) -> None:
    """What is in the room after the signature is covered by nobody's signature."""
    end = whole.output.index(b">", whole.output.index(b"/Contents <"))
    hidden = whole.output[: end - 8] + b"4a616e65" + whole.output[end:]
    assert failed(replace(whole, output=hidden)) == {STRUCTURE}


def test_a_later_revision_that_leaves_it_intact(whole: Subject) -> None:
    """Readers say of it that the file was changed after it was signed."""
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(whole.output))
    writer.add_object(generic.TextStringObject("later"))
    writer.write(out)
    assert {STRUCTURE, SIGNATURE} <= failed(replace(whole, output=out.getvalue()))


def test_a_later_revision_that_breaks_it(whole: Subject) -> None:
    later = (
        b"1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 0\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n"
    )
    assert {STRUCTURE, STOPPED} <= failed(replace(whole, output=whole.output + later))


def test_without_pyhanko_it_has_not_passed(
    whole: Subject, clean: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    assert failed(whole) == {SIGNATURE}
    assert failed(clean) == set()


@pytest.mark.parametrize("text", ["Fields", "Widget", "Signature1", "AcroForm"])
def test_what_every_signature_has_is_no_trace(text: str, tmp_path: Path, signer: PdfSigner) -> None:
    clean = redacted_with(tmp_path, [(20.0, 40.0, f"Patient {text} came")], text)
    assert failed(signed(clean, signer)) == set()
    named = edited(clean, lambda pdf: pdf.Root.__setitem__("/Kept", Name(f"/{text}")))
    assert BYTES in failed(replace(named, signature=OTHER))


@pytest.mark.parametrize("name", ["Zebulon", "Zebulon, Clerk", "Zebulons"])
@pytest.mark.parametrize("who", ["holder", "issuer", "authority"])
def test_no_certificate_names_what_was_removed(
    clean: Subject, name: str, who: str, tmp_path: Path
) -> None:
    """A longer word that holds it is another word."""
    key, above = p256(), p256()
    names = {"holder": "Records Office", "issuer": "Root", "authority": "Time Office", who: name}
    own = certificate(key, names["holder"], issuer=(names["issuer"], above))
    signer = load_pdf_signer(*written(tmp_path, key, own), NOW)
    with serving(stamps(name=names["authority"])) as server:
        url = web.server_url(server.url, "--timestamp-url", "")
        subject = signed(clean, replace(signer, timestamp=url))
    assert failed(subject) == (set() if name == "Zebulons" else {SIGNATURE})
