"""The report as a PDF: what must be in it is, hostile or not, and the same bytes come each time."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest

from redactor.geometry import Box
from redactor.output.evidence import SignedReport, SignedReview
from redactor.output.pdf_report.log import pdf_log
from redactor.output.pdf_report.pictures import Picture
from redactor.output.pdf_report.report import pdf_report
from redactor.output.pdf_report.sample import pdf_sample
from redactor.pdf.thumbnails import thumbnails, wide_font
from redactor.quality import Place, PlaceKind
from redactor.report import Check, ReviewerInfo
from redactor.trust import SignedBy
from tests.documents import taken, text_pdf
from tests.unit.test_quality import REVIEW, SAMPLE
from tests.unit.test_report import DECLINED, OTHER, REDACTION, REPORT

KEY = "SHA256:abcdefgh"
SIGNED = SignedReport(REPORT, "out.pdf", "c" * 64, (SignedBy(KEY),))
TRUSTED = replace(SIGNED, signatures=(SignedBy(KEY, ("office@example.com",)),), is_output_seen=True)
LONG = "x" * 20_000
BOTH = (*TRUSTED.signatures, SignedBy("SHA256:other", ("reviewer@example.com",)))


def made(signed: SignedReport, pictures: dict[int, Picture] | None = None) -> bytes:
    return pdf_report(signed, pictures or {}, wide_font)


def text_of(data: bytes) -> str:
    """All that can be read, on one line."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def drawn(data: bytes, index: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A page as PDFium shows it, 144 dpi: rows, columns, RGB."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[index].render(scale=2).to_pil().convert("RGB")
        return np.asarray(image).astype(np.int64)


@cache
def picture(number: int = 1) -> Picture:
    data = text_pdf([(10, 30, "Alpha")], width=300, height=200)
    with TemporaryDirectory() as folder:
        (jpeg,) = thumbnails(taken(Path(folder), data), [1])
    return Picture(number, jpeg, 300, 200)


def changed(**parts: object) -> SignedReport:
    return replace(SIGNED, report=replace(REPORT, **parts))  # type: ignore[arg-type]


def test_it_answers_the_five_questions() -> None:
    text = text_of(made(SIGNED))
    for question in (
        "What was removed?",
        "Why, and by which rule?",
        "How sure is it?",
        "Who looked at it?",
        "Can I trust this file?",
    ):
        assert question in text
    for told in (
        REPORT.output.sha256,
        REPORT.input.sha256,
        "c" * 64,
        "45 CFR 164.514",
        "Ann Example decided on 1 finding",
        "no text under boxes",
        "handwriting was read with little confidence on 1 page",
        "soft mask",
        "127.0.0.1:8000",
        "pikepdf",
        "e" * 64,
        "time stamp of 2026-01-31T12:00:01.5Z by CN=Time Office",
    ):
        assert told in text, told


@pytest.mark.parametrize(
    ("signed", "told", "not_told"),
    [
        (SIGNED, "was not checked", "Signature verified"),
        (TRUSTED, "Signed by office@example.com", "was not checked"),
        (replace(TRUSTED, signatures=BOTH), "and by reviewer@example.com", "was not checked"),
        (SIGNED, "The PDF was not looked at", "The PDF is the one"),
        (TRUSTED, "The PDF is the one", "The PDF was not looked at"),
        (SIGNED, "Nobody has entered a check", "Checked by hand"),
    ],
)
def test_trust_is_told_as_it_is(signed: SignedReport, told: str, not_told: str) -> None:
    text = text_of(made(signed))
    assert told in text
    assert not_told not in text


@pytest.mark.parametrize(
    ("signed", "is_green"),
    [
        (TRUSTED, True),
        (SIGNED, False),
        (replace(TRUSTED, is_output_seen=False), False),
        (replace(TRUSTED, signatures=(SignedBy(KEY),)), False),
    ],
)
def test_green_only_where_signer_and_file_are_known(signed: SignedReport, is_green: bool) -> None:
    image = drawn(made(signed), 0)[:400]
    green = (image[..., 1] > image[..., 0] + 60) & (image[..., 1] > image[..., 2] + 30)
    assert bool(green.sum() > 50) is is_green


def test_doubt_is_marked() -> None:
    doubtful = replace(REDACTION, reason="uncertain: read with confidence 0.31")
    assert "UNCERTAIN read 97 %" in text_of(made(changed(redactions=(doubtful,))))
    assert "UNCERTAIN read" not in text_of(made(SIGNED))


def test_all_reasons_of_a_shared_box_are_told() -> None:
    text = text_of(made(changed(redactions=(replace(REDACTION, also=(OTHER,)),))))
    assert "for 2 findings" in text
    for said in (REDACTION.reason, OTHER.reason, "names", "places"):
        assert said in text
    assert "for 1 finding:" in text_of(made(changed(redactions=(REDACTION,))))


def test_a_failed_check_is_shouted() -> None:
    checks = (Check("no text under boxes", "pdfium", False, "3 glyphs"),)
    text = text_of(made(changed(checks=checks)))
    assert "1 check of 1 FAILED: no text under boxes" in text
    assert "passed" not in text.split("Checks of the saved file")[1].split("Risks")[0]


def test_what_was_left_is_counted_by_kind_and_reason() -> None:
    declined = tuple(
        replace(DECLINED, finding=f"f{n}", page=1 + n % 2, reason="no rule names URL", label="URL")
        for n in range(5)
    )
    assert "URL no rule names URL names policy 5 1-2" in text_of(made(changed(declined=declined)))


def test_a_review_is_in_it() -> None:
    reviewed = replace(SIGNED, reviews=(SignedReview(REVIEW, SignedBy("SHA256:zzz")),))
    text = text_of(made(reviewed))
    assert "Ann Example checked 60 places that stayed and found 1 missed" in text
    assert "60 words of 100" in text
    assert "7.66 %" in text
    assert "SHA256:zzz" in text


def test_nothing_was_found_at_all() -> None:
    text = text_of(made(changed(redactions=(), declined=(), reviewers=(), checks=())))
    assert "Nothing: no place on 2 pages was redacted" in text
    assert "No person decided on any finding" in text
    assert "nothing is known of what the file holds" in text


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>x</b></para>",
        "=cmd|'/c calc'!A1",
        LONG,
        "a " * 5000,
        "山田 <i>",
        "\x00\ud7ff\u202e",
        "",
    ],
    ids=["markup", "formula", "long", "many", "unicode", "control", "empty"],
)
def test_hostile_texts_anywhere(hostile: str) -> None:
    rule = replace(
        REPORT.policy.resolved.rules[0], id=hostile, cite=hostile, labels=(hostile,) * 40
    )
    resolved = replace(REPORT.policy.resolved, rules=(rule,) * 3)
    names = ("label", "rule", "code", "detector", "decided_by", "reason")
    values: dict[str, Any] = dict.fromkeys(names, hostile)
    report = replace(
        REPORT,
        policy=replace(REPORT.policy, name=hostile, resolved=resolved),
        redactions=(replace(REDACTION, id=hostile, **values),),
        declined=(replace(DECLINED, **values),),
        reviewers=(ReviewerInfo(hostile, 1, 0),),
        checks=(Check(hostile, hostile, True, hostile),),
        residual_risks=(hostile,),
        pages=tuple(replace(page, reason=hostile) for page in REPORT.pages),
    )
    signed = SignedReport(report, hostile, "c" * 64, (SignedBy(KEY, (hostile,)),))
    data = made(signed, {1: picture()})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) >= 3
    assert pdf_log([signed], "foia", wide_font).startswith(b"%PDF")


@pytest.mark.parametrize(
    "box", [Box(0, 0, 0, 0), Box(-50, -50, -40, -40), Box(0, 0, 300, 200), Box(0, 0, 1e30, 1e30)]
)
def test_boxes_anywhere(box: Box) -> None:
    signed = changed(redactions=(replace(REDACTION, box=box),))
    assert "What was removed" in text_of(made(signed, {1: picture()}))


def test_a_place_on_a_page_that_the_report_does_not_list_is_shown_all_the_same() -> None:
    assert "Page 9: 1 place" in text_of(made(changed(redactions=(replace(REDACTION, page=9),))))


def test_the_same_bytes_each_time() -> None:
    pictures = {1: picture()}
    assert made(SIGNED, pictures) == made(SIGNED, pictures)
    assert made(SIGNED, pictures) != made(TRUSTED, pictures)


def test_title_language_bookmarks_and_page_numbers() -> None:
    data = made(SIGNED)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Redaction report on out.pdf"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        total = len(pdf.pages)
    assert titles[0] == "Redaction report"
    assert "What was removed, and why" in titles
    assert "How to check this without us" in titles
    assert f"Page 1 of {total}" in text_of(data)
    assert f"Page {total} of {total}" in text_of(data)


def test_a_pages_picture_is_in_the_file_once() -> None:
    many = tuple(replace(REDACTION, id=f"r{n}") for n in range(60))
    one, sixty = (len(made(changed(redactions=many[:count]), {1: picture()})) for count in (1, 60))
    assert sixty - one < len(picture().jpeg) * 10


def test_the_picture_shows_the_page_and_marks_the_place() -> None:
    """Drawn by PDFium: red where the mark is, and only there."""
    data = made(
        changed(redactions=(replace(REDACTION, box=Box(150, 100, 200, 120)),)), {1: picture()}
    )
    plain = made(changed(redactions=(replace(REDACTION, box=Box(150, 100, 200, 120)),)))

    def reds(pdf: bytes) -> int:
        image = drawn(pdf, 1)
        return int(((image[..., 0] > 150) & (image[..., 1] < 80)).sum())

    assert reds(plain) == 0
    assert reds(data) > 100


def test_no_text_runs_over_the_edge_of_the_page() -> None:
    rule = "a-rule-with-a-very-long-name-that-nobody-would-type-but-somebody-will" * 2
    report = replace(
        REPORT,
        redactions=(replace(REDACTION, rule=rule, label="A_" * 40, code="(b)(7)(C)" * 12),),
    )
    data = made(replace(SIGNED, report=report), {1: picture()})
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= 40
                assert right <= 612 - 40
                assert bottom >= 20
                assert top <= 792 - 20


def test_the_log_as_a_pdf() -> None:
    text = text_of(pdf_log([TRUSTED, SIGNED], "privilege", wide_font))
    for told in ("Privilege log", "2 places withheld in 2 documents", "office@example.com", KEY):
        assert told in text


def test_the_sample_as_a_pdf_numbers_its_places() -> None:
    places = (
        Place(PlaceKind.WORD, 1, Box(10, 20, 40, 32)),
        Place(PlaceKind.UNREAD, 1, Box(50, 60, 90, 70)),
        Place(PlaceKind.WORD, 2, Box(10, 20, 40, 32)),
        Place(PlaceKind.PAGE, 3, Box(0, 0, 300, 200)),
    )
    sample = replace(SAMPLE, places=places)
    data = pdf_sample(sample, {n: picture(n) for n in (1, 2, 3)}, wide_font)
    text = text_of(data)
    marks = ["Page 1: 2 places", "Page 2: 1 place", "Page 3: all of it"]
    assert all(a < b for a, b in pairwise(text.index(mark) for mark in marks))
    assert "3, page 2" in text
    assert "all of page 3" in text
    assert data == pdf_sample(sample, {n: picture(n) for n in (1, 2, 3)}, wide_font)
