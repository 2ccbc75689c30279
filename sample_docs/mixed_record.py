"""A case record of three kinds of page: born digital (stored sideways), scanned, form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pymupdf

from sample_docs.forms import Field, FormPage
from sample_docs.handwriting import BLACK, BLUE, Geometry, Hand, Pen
from sample_docs.pdf import Made, finish, turn_page
from sample_docs.scan import Scanner, scanned
from sample_docs.truth import Box, TruthBook
from sample_docs.typeset import GRAY, Sheet, Style

BODY = Style("helv", 10)
BOLD = Style("hebo", 10)
HEAD = Style("hebo", 15, (0.1, 0.32, 0.3))
SMALL = Style("helv", 8, GRAY)
TYPED = Style("cour", 10)
LEFT, RIGHT = 60.0, 552.0
CROP_MARGIN = (18.0, 27.0)
"""The turned page's CropBox corner in its MediaBox, points."""

SUMMARY = (
    "{PERSON Margaret Ellison} called the Lakeview County Office of Aging on February 5, 2024 "
    "about help at home after her hip surgery. She lives alone at {STREET_ADDRESS 508 Prairie "
    "Rose Way, Rockford, IL 61107} and can be reached at {PHONE_NUMBER (815) 555-0173} or "
    "{EMAIL_ADDRESS mellison@example.org}. Her son, {PERSON Thomas Ellison}, lives in Denver and "
    "holds power of attorney.",
    "{PERSON Ellison}'s care plan provides for meals on five days a week, a bath aide on Tuesday "
    "and Friday, and a ramp at the front door. The county nurse, {PERSON Yolanda Pruitt}, visited "
    "on February 9 and found the house safe. Blood pressure was 128 over 76; she takes "
    "metoprolol and warfarin and keeps a written list on the refrigerator.",
    "Payment for the ramp was made by {SKIP Mr.} {PERSON Thomas Ellison} with card {CREDIT_CARD "
    "5500 0000 0000 0004} on February 13. Monthly fees are drawn from account {ACCOUNT_NUMBER "
    "7719-204-8831} at Rock River Bank. The online portal was last opened from {IP_ADDRESS "
    "198.51.100.23}.",
)
IDENTITY = (
    ("Client", "{PERSON Margaret Ellison}"),
    ("Date of birth", "{DATE_OF_BIRTH July 19, 1943}"),
    ("Social Security number", "{US_SSN 341-58-2907}"),
    ("Medicare member ID", "{MEMBER_ID QTN7731048}"),
    ("Case worker", "{PERSON Andre Whitlock}"),
)
VISITS = (
    ("Date", "Visitor", "Purpose", "Hours"),
    ("02/09/2024", "{PERSON Yolanda Pruitt}", "Home safety check", "1.5"),
    ("02/13/2024", "{PERSON Andre Whitlock}", "Care plan signing", "1.0"),
    ("02/16/2024", "{PERSON Kofi Mensah}", "Ramp measurement", "0.5"),
    ("02/20/2024", "{PERSON Yolanda Pruitt}", "Medication review", "1.0"),
)
QUESTIONS = "Questions about this record: {PHONE_NUMBER (815) 555-0100}, or www.example.gov/aging."
# Baseline, then what is typed at the left and at the middle of the sheet.
TYPED_ROWS: tuple[tuple[float, str, str], ...] = (
    (104, "Visit report, to be completed by the aide on the day of the visit.", ""),
    (128, "Client: {PERSON Margaret Ellison}", "Case no. LC-2024-0091"),
    (152, "Address: {STREET_ADDRESS 508 Prairie Rose Way, Rockford, IL 61107}", ""),
    (176, "Aide on duty: {PERSON Kofi Mensah}", "Phone: {PHONE_NUMBER 815-555-0128}"),
)
RETURN = (
    "Return this report within two days to the Lakeview County Office of Aging, {STREET_ADDRESS "
    "120 Sycamore Street, Rockford, IL 61101}, attention {PERSON Yolanda Pruitt}, or fax it to "
    "{PHONE_NUMBER 815-555-0191}. Reports are kept for six years."
)
NOTES = (
    "{PERSON Margaret} was cheerful and ate all her lunch.",
    "She asked {PERSON Kofi Mensah} to call her son {PERSON Thomas}",
    "at {PHONE_NUMBER 303-555-0162} about the ramp. Walked to the",
    "mailbox with her cane. No pain, no dizziness.",
    "Refilled warfarin 5 mg. Next visit on Friday.",
)
NURSE_NOTES = (
    "Called {PERSON Thomas Ellison}, he agrees to the plan.",
    "SSN checked: {US_SSN 341-58-2907}, DOB {DATE_OF_BIRTH 7-19-1943}.",
    "Mail forms to {EMAIL_ADDRESS t.ellison@example.com}",
)
WRITER = Hand("nothing-you-could-do", 14.5, BLUE, slant=1, pen=1, spacing=0.015, word_gap=0.38)
NURSE = Hand("kalam", 14.5, BLACK, slant=3, word_gap=0.34)
SIGNATURE = Hand("cedarville-cursive", 19, BLUE, slant=8, turn=0.6, spacing=0.004, pen=1)

SCANNER = Scanner(crease=0.505, holes=True)


def make() -> Made:
    """Build the record."""
    doc, book = pymupdf.open(), TruthBook("mixed_record.pdf")
    _text_page(doc.new_page(width=612, height=792), book)
    _scanned_page(doc.new_page(width=612, height=792), book)
    _form_page(doc.new_page(width=612, height=792), book)
    book.add_unseen(0, "metadata", "{PERSON Andre Whitlock}")
    metadata = {"title": "Case record LC-2024-0091", "author": "Andre Whitlock"}
    made = finish(doc, book, metadata)
    return replace(made, pdf=turn_page(made.pdf, 1, CROP_MARGIN))


def _text_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    sheet.text(LEFT, 62, "Lakeview County Office of Aging", HEAD)
    sheet.text(LEFT, 78, "Case record - home services", Style("helv", 11))
    sheet.text(RIGHT, 62, "Case no. LC-2024-0091", BODY, "right")
    sheet.rule(LEFT, 88, RIGHT, 88, 1.0)
    for index, (label, value) in enumerate(IDENTITY):
        y = 110.0 + index * 16
        sheet.text(LEFT, y, label, BOLD)
        sheet.text(LEFT + 140, y, value, BODY)
    sheet.text(LEFT, 214, "Summary", BOLD)
    y = 232.0
    for paragraph in SUMMARY:
        y = sheet.paragraph(LEFT, y, RIGHT - LEFT, paragraph, BODY, leading=13.5) + 8
    sheet.text(LEFT, y + 8, "Visits", BOLD)
    y = _visits(sheet, y + 16)
    sheet.text(LEFT, y + 26, QUESTIONS, BODY)
    sheet.text(LEFT, 752, "Page 1 of 3", SMALL)
    printed = "Printed for {PERSON Andre Whitlock} on February 21, 2024"
    sheet.text(RIGHT, 752, printed, SMALL, "right")
    sheet.commit()


def _visits(sheet: Sheet, top: float) -> float:
    columns = (LEFT + 4, LEFT + 96, LEFT + 240, RIGHT - 4)
    for index, row in enumerate(VISITS):
        y = top + 13 + index * 18
        for x, cell in zip(columns, row, strict=True):
            align = "right" if x > 500 else "left"
            sheet.text(x, y, cell, BODY if index else BOLD, align)
        sheet.rule(LEFT, y + 5, RIGHT, y + 5, 0.4)
    return top + len(VISITS) * 18


def _scanned_page(page: pymupdf.Page, book: TruthBook) -> None:
    number = book.add_page(612, 792)
    rng = np.random.default_rng(6606)
    geometry = Geometry(0, 0, 612, 792, skew=0.5)
    with pymupdf.open() as blank:
        sheet = Sheet(blank.new_page(width=612, height=792), book, number, "print")
        _report(sheet)
        sheet.commit(geometry.skewed)
        pen = Pen(geometry, book, number, rng)
        pen.lines(LEFT + 12, 253, NOTES, WRITER, 28)
        pen.lines(LEFT + 14, 463, NURSE_NOTES, NURSE, 28)
        pen.write(LEFT + 20, 620, "{PERSON Kofi Mensah}", SIGNATURE)
        pen.write(394, 620, "Feb 20, 2024", WRITER)
        pen.check(LEFT + 5, 571, Hand("architects-daughter", 14, BLUE, slant=8, pen=1))
        picture = scanned(sheet.page, pen.strokes, geometry, SCANNER, rng)
    page.insert_image(page.rect, stream=picture)


def _report(sheet: Sheet) -> None:
    """Set the printed part of the scanned page."""
    sheet.text(LEFT, 66, "Lakeview County Office of Aging", Style("tibo", 16))
    sheet.text(RIGHT, 66, "Form VR-3", Style("tiro", 10), "right")
    sheet.rule(LEFT, 76, RIGHT, 76, 1.2)
    for y, left, middle in TYPED_ROWS:
        sheet.text(LEFT, y, left, TYPED)
        if middle:
            sheet.text(340, y, middle, TYPED)
    sheet.frame((LEFT, 200, RIGHT, 384))
    sheet.text(LEFT + 5, 213, "What happened during the visit", SMALL)
    for index in range(len(NOTES)):
        y = 257 + index * 28
        sheet.rule(LEFT + 8, y, RIGHT - 8, y, 0.3)
    sheet.frame((LEFT, 410, RIGHT, 536))
    sheet.text(LEFT + 5, 423, "Follow-up by the nurse", SMALL)
    sheet.frame((LEFT, 566, LEFT + 10, 576), 0.9)
    sheet.text(LEFT + 18, 575, "Client was at home", BODY)
    sheet.frame((LEFT + 160, 566, LEFT + 170, 576), 0.9)
    sheet.text(LEFT + 178, 575, "Family was present", BODY)
    sheet.rule(LEFT, 626, 330, 626)
    sheet.text(LEFT, 638, "Signature of aide", SMALL)
    sheet.rule(380, 626, RIGHT, 626)
    sheet.text(380, 638, "Date", SMALL)
    sheet.paragraph(LEFT, 686, RIGHT - LEFT, RETURN, Style("tiro", 10), leading=13)


FORM_ROWS: tuple[tuple[str, str, Box, str], ...] = (
    ("Client name", "client_name", (60, 134, 320, 154), "{PERSON Margaret Ellison}"),
    ("Date of birth", "client_dob", (330, 134, 430, 154), "{DATE_OF_BIRTH 07/19/1943}"),
    ("Social Security number", "client_ssn", (440, 134, 552, 154), "{US_SSN 341-58-2907}"),
    (
        "Address", "client_address", (60, 176, 552, 196),
        "{STREET_ADDRESS 508 Prairie Rose Way, Rockford, IL 61107}",
    ),
    ("Emergency contact", "contact_name", (60, 218, 250, 238), "{PERSON Thomas Ellison}"),
    ("Contact phone", "contact_phone", (260, 218, 400, 238), "{PHONE_NUMBER (303) 555-0162}"),
    ("Relationship", "relationship", (410, 218, 552, 238), "Son, power of attorney"),
    (
        "Contact e-mail", "contact_email", (60, 260, 320, 280),
        "{EMAIL_ADDRESS t.ellison@example.com}",
    ),
    ("Meal plan", "meal_plan", (330, 260, 552, 280), "Five days"),
)  # fmt: skip
WISHES = (
    "{PERSON Margaret} wishes to stay in her own house as long as she can. {PERSON Thomas "
    "Ellison} will visit every second month. No nursing home without a second opinion."
)

REMARK = (
    "{PERSON Andre Whitlock} to confirm with {PERSON T. Ellison} at {PHONE_NUMBER 303-555-0162}"
)


def _form_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    sheet.text(LEFT, 66, "Lakeview County Office of Aging", HEAD)
    sheet.text(LEFT, 84, "Consent and contact sheet", Style("helv", 11))
    sheet.rule(LEFT, 94, RIGHT, 94, 1.0)
    sheet.text(LEFT, 114, "Fields are filled in by the case worker.", SMALL)
    for label, _, (x0, y0, x1, y1), _ in FORM_ROWS:
        sheet.text(x0, y0 - 4, label, SMALL)
        sheet.frame((x0 - 3, y0, x1, y1), 0.6, (0.95, 0.96, 0.98))
    sheet.text(LEFT, 302, "Wishes of the client", SMALL)
    sheet.frame((57, 306, RIGHT, 372), 0.6, (0.95, 0.96, 0.98))
    sheet.text(LEFT + 18, 399, "Services may begin at once", BODY)
    consent = (
        "The client agrees that the Office of Aging may share this record with the county nurse "
        "and with the meal service. The agreement may be withdrawn at any time."
    )
    sheet.paragraph(LEFT, 428, RIGHT - LEFT, consent, BODY, leading=13.5)
    sheet.text(LEFT, 752, "Page 3 of 3", SMALL)
    sheet.commit()
    form = FormPage(page, book, sheet.number)
    for _, name, box, value in FORM_ROWS:
        plans = ("Three days", "Five days", "Every day") if name == "meal_plan" else ()
        form.fill(Field(name, box, value, 10, choices=plans))
    form.fill(Field("wishes", (60, 308, 550, 370), WISHES, 10, multiline=True))
    form.tick("begin_now", (60, 390, 71, 401), True)
    form.remark((360, 480, 552, 512), REMARK)
    form.sticky(566, 134, "{PERSON Yolanda Pruitt}", "{PERSON Margaret} prefers calls after ten.")
    form.commit()
