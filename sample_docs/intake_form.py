"""A clinic intake form filled in by hand and scanned: one gray picture, no text layer."""

from __future__ import annotations

import numpy as np
import pymupdf

from sample_docs.handwriting import BLACK, BLUE, Geometry, Hand, Pen
from sample_docs.pdf import Made, finish
from sample_docs.scan import Scanner, scanned
from sample_docs.truth import TruthBook
from sample_docs.typeset import WHITE, Sheet, Style

TITLE = Style("hebo", 17)
LABEL = Style("helv", 8)
SECTION = Style("hebo", 10, WHITE)
NOTE = Style("helv", 7.5)
LEFT, RIGHT = 45.0, 567.0
PATIENT = Hand("caveat", 17, BLUE, slant=2, pen=1, spacing=0.02, word_gap=0.34)
NURSE = Hand("reenie-beanie", 19, BLACK, slant=2, pen=1, spacing=0.015, word_gap=0.34)
SIGNATURE = Hand("cedarville-cursive", 19, BLUE, slant=8, turn=0.6, spacing=0.004, pen=1)

# x, baseline of the label and the width of the box, points; then the label and the answer.
FIELDS: tuple[tuple[float, float, float, str, str], ...] = (
    (45, 134, 330, "Patient name", "{PERSON John Smith}"),
    (375, 134, 192, "Date of birth", "{DATE_OF_BIRTH 03/14/1967}"),
    (45, 176, 180, "Social Security no.", "{US_SSN 412-67-9034}"),
    (225, 176, 150, "Phone", "{PHONE_NUMBER (414) 555-0168}"),
    (375, 176, 192, "E-mail", "{EMAIL_ADDRESS jsmith67@example.com}"),
    (
        45, 218, 522, "Home address (street, city, state, ZIP)",
        "{STREET_ADDRESS 926 Larkspur Court, Madison, WI 53711}",
    ),
    (45, 302, 237, "Emergency contact", "{PERSON Karen Smith}"),
    (282, 302, 105, "Relationship", "wife"),
    (387, 302, 180, "Contact phone", "{PHONE_NUMBER 608-555-0123}"),
    (45, 344, 237, "Insurance plan", "Lakeshore Mutual"),
    (282, 344, 285, "Member ID", "{MEMBER_ID XKR4471902}"),
)  # fmt: skip
REASON = (
    "Patient {PERSON John Smith} reports chronic back pain",
    "since a fall in October. Worse when sitting; {PERSON Karen}",
    "drives him to work. No prior surgery.",
)
MEDICATIONS = ("ibuprofen 600 mg, twice daily", "lisinopril 10 mg, mornings", "vitamin D")


def make() -> Made:
    """Build the form."""
    book = TruthBook("intake_form.pdf")
    number = book.add_page(612, 792)
    rng = np.random.default_rng(2202)
    geometry = Geometry(0, 0, 612, 792, skew=-0.25)
    blank = pymupdf.open()
    sheet = Sheet(blank.new_page(width=612, height=792), book, number, "print")
    _print(sheet)
    sheet.commit(geometry.skewed)
    pen = Pen(geometry, book, number, rng)
    _fill(pen)
    scanner = Scanner(gray=True, quality=56)
    picture = scanned(sheet.page, pen.strokes, geometry, scanner, rng)
    doc = pymupdf.open()
    page = doc.new_page(width=612, height=792)
    page.insert_image(page.rect, stream=picture)
    return finish(doc, book)


def _print(sheet: Sheet) -> None:
    """Everything the printing house put on the sheet."""
    sheet.text(LEFT, 62, "Fernhill Community Clinic", TITLE)
    sheet.text(LEFT, 80, "New patient intake", Style("helv", 12))
    sheet.text(RIGHT, 58, "Form FC-12, revised 2023", NOTE, "right")
    sheet.text(RIGHT, 70, "Please print clearly in ink.", NOTE, "right")
    sheet.rule(LEFT, 92, RIGHT, 92, 1.4)
    _section(sheet, 112, "1. Patient")
    _section(sheet, 275, "2. Emergency contact and insurance")
    _section(sheet, 401, "3. Reason for visit")
    _section(sheet, 527, "4. Medications and history")
    _section(sheet, 656, "5. Consent")
    for x, y, width, label, _ in FIELDS:
        sheet.frame((x, y - 14, x + width, y + 28))
        sheet.text(x + 4, y - 4, label, LABEL)
    sheet.frame((LEFT, 406, RIGHT, 502))
    for y in (444, 469, 494):
        sheet.rule(LEFT + 8, y, RIGHT - 8, y, 0.35)
    sheet.text(LEFT + 4, 416, "Describe your complaint in a few words", LABEL)
    _history(sheet)
    consent = (
        "I agree that Fernhill Community Clinic may examine and treat me, and may share what it "
        "finds with my insurance plan for payment. I may withdraw this consent in writing."
    )
    sheet.paragraph(LEFT, 680, RIGHT - LEFT, consent, Style("tiro", 9.5), leading=12)
    sheet.rule(LEFT, 730, 320, 730)
    sheet.text(LEFT, 742, "Signature of patient", LABEL)
    sheet.rule(360, 730, RIGHT, 730)
    sheet.text(360, 740, "Date", LABEL)


def _section(sheet: Sheet, baseline: float, title: str) -> None:
    sheet.frame((LEFT, baseline - 13, RIGHT, baseline + 5), 0.7, (0.25, 0.25, 0.25))
    sheet.text(LEFT + 6, baseline, title, SECTION)


def _history(sheet: Sheet) -> None:
    sheet.text(LEFT + 4, 544, "Current medications", LABEL)
    sheet.text(340, 544, "Tick all that apply", LABEL)
    for index, item in enumerate(("High blood pressure", "Diabetes", "Asthma", "Tobacco use")):
        y = 563 + index * 19
        sheet.frame((340, y - 9, 350, y + 1), 0.9)
        sheet.text(358, y, item, Style("helv", 9.5))
    for index in range(3):
        y = 572 + index * 25
        sheet.rule(LEFT + 4, y, 316, y, 0.35)


def _fill(pen: Pen) -> None:
    """Everything the patient and the nurse wrote."""
    for x, y, _, _, answer in FIELDS:
        pen.write(x + 9, y + 21, answer, _fitting(answer))
    for index, row in enumerate(REASON):
        pen.write(LEFT + 16, 440.5 + index * 25, row, NURSE)
    for index, row in enumerate(MEDICATIONS):
        pen.write(LEFT + 12, 568.5 + index * 25, row, NURSE)
    tick = Hand("architects-daughter", 15, BLUE, slant=8, pen=1)
    pen.check(345, 559, tick)
    pen.check(345, 559 + 57, tick)
    pen.write(LEFT + 20, 724, "{PERSON John Smith}", SIGNATURE)
    pen.write(376, 726, "11/06/2023", PATIENT)


def _fitting(answer: str) -> Hand:
    """Have the patient write smaller where the e-mail address must fit."""
    if "EMAIL" in answer:
        return Hand("caveat", 15.5, BLUE, slant=2, pen=1, spacing=0.012)
    return PATIENT
