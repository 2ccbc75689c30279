"""A benefits application filled in on screen: form fields, a note and a remark."""

from __future__ import annotations

import pymupdf

from sample_docs.forms import Field, FormPage
from sample_docs.pdf import Made, finish
from sample_docs.truth import Box, TruthBook
from sample_docs.typeset import WHITE, Color, Sheet, Style

LEFT, RIGHT = 54.0, 558.0
TITLE = Style("hebo", 16)
LABEL = Style("helv", 8.5)
SECTION = Style("hebo", 10, WHITE)
TEXT = Style("tiro", 10)
GREEN: Color = (0.13, 0.36, 0.3)
PALE: Color = (0.94, 0.96, 0.95)

# Label, field name, x0, x1, baseline of the label (points), value.
ROWS: tuple[tuple[str, str, float, float, float, str], ...] = (
    ("Legal name", "applicant_name", 54, 330, 158, "{PERSON Denise Okafor-Reyes}"),
    ("Date of birth", "applicant_dob", 340, 440, 158, "{DATE_OF_BIRTH 08/22/1974}"),
    ("Social Security number", "applicant_ssn", 450, 558, 158, "{US_SSN 263-71-4805}"),
    (
        "Home address", "applicant_address", 54, 558, 198,
        "{STREET_ADDRESS 3315 Cottonwood Avenue, Unit 12, Duluth, MN 55806}",
    ),
    ("Daytime phone", "applicant_phone", 54, 200, 238, "{PHONE_NUMBER (218) 555-0134}"),
    ("E-mail", "applicant_email", 210, 400, 238, "{EMAIL_ADDRESS d.okafor@example.net}"),
    ("Employer", "employer_name", 54, 330, 316, "Superior Harbor Freight Company"),
    ("Job title", "employer_title", 340, 558, 316, "Dispatch coordinator"),
    ("Name of spouse", "spouse_name", 54, 330, 356, "{PERSON Luis Reyes}"),
    ("Spouse's phone", "spouse_phone", 340, 558, 356, "{PHONE_NUMBER 218-555-0109}"),
    ("Bank account for payment", "bank_account", 54, 300, 396, "{ACCOUNT_NUMBER 4820 0917 3365}"),
    ("Routing bank", "bank_name", 310, 558, 396, "North Shore Savings Bank"),
)  # fmt: skip
STATEMENT = (
    "{PERSON Luis Reyes} was laid off in May and our household income fell by about half. "
    "{PERSON Denise} works part time since the birth of our second child. We rent our home and "
    "receive no other assistance."
)
STATES = ("Iowa", "Michigan", "Minnesota", "Wisconsin")
CERTIFY = (
    "I certify that what I have stated is true and complete to the best of my knowledge. I "
    "understand that the Office of Household Assistance may verify my statements with my "
    "employer and my bank, and that a false statement may end my benefits."
)


def make() -> Made:
    """Build the application."""
    doc, book = pymupdf.open(), TruthBook("benefits_application.pdf")
    page = doc.new_page(width=612, height=792)
    number = book.add_page(612, 792)
    sheet = Sheet(page, book, number)
    _print(sheet)
    sheet.commit()
    form = FormPage(page, book, number)
    _fill(form)
    form.commit()
    title = {"title": "Application for household assistance", "creator": "Forms desk"}
    return finish(doc, book, title)


def _print(sheet: Sheet) -> None:
    sheet.text(LEFT, 66, "Office of Household Assistance", TITLE)
    sheet.text(LEFT, 84, "Application for monthly benefits", Style("helv", 12))
    sheet.text(RIGHT, 62, "Form HA-7 (01/2024)", LABEL, "right")
    sheet.text(RIGHT, 74, "Return within ten days", LABEL, "right")
    intro = (
        "Fill in every field. If you need help with this form, visit www.example.gov/assistance "
        "or ask at the front desk. Keep a copy for your records."
    )
    sheet.paragraph(LEFT, 104, RIGHT - LEFT, intro, TEXT, leading=12.5)
    sections = ((140, "A. Applicant"), (298, "B. Household and income"), (440, "C. Statement"))
    for top, title in (*sections, (588, "D. Certification")):
        sheet.frame((LEFT, top - 12, RIGHT, top + 5), 0, GREEN)
        sheet.text(LEFT + 6, top, title, SECTION)
    for label, _, x0, x1, y, _ in ROWS:
        sheet.text(x0, y, label, LABEL)
        sheet.frame(_box(x0, x1, y), 0.6, PALE)
    sheet.text(410, 238, "State of residence", LABEL)
    sheet.frame(_box(410, 558, 238), 0.6, PALE)
    sheet.text(LEFT, 458, "Why are you applying? Describe what has changed.", LABEL)
    sheet.frame((LEFT, 462, RIGHT, 526), 0.6, PALE)
    for x, label in ((54, "I rent my home"), (194, "I own my home"), (334, "I live with family")):
        sheet.text(x + 16, 548, label, Style("helv", 9.5))
    sheet.paragraph(LEFT, 610, RIGHT - LEFT, CERTIFY, TEXT, leading=12.5)
    sheet.text(LEFT, 664, "Typed signature", LABEL)
    sheet.frame(_box(54, 330, 664), 0.6, PALE)
    sheet.text(340, 664, "Date signed", LABEL)
    sheet.frame(_box(340, 558, 664), 0.6, PALE)


def _box(x0: float, x1: float, baseline: float) -> Box:
    """Give the box under a label."""
    return (x0, baseline + 4, x1, baseline + 23)


def _inner(box: Box) -> Box:
    """Give the field inside its printed frame."""
    x0, y0, x1, y1 = box
    return (x0 + 4, y0 + 1, x1 - 2, y1 - 1)


def _fill(form: FormPage) -> None:
    for _, name, x0, x1, y, value in ROWS:
        form.fill(Field(name, _inner(_box(x0, x1, y)), value))
    form.fill(Field("state", _inner(_box(410, 558, 238)), "Minnesota", choices=STATES))
    form.fill(Field("statement", _inner((LEFT, 462, RIGHT, 526)), STATEMENT, 10, multiline=True))
    for index, (name, on) in enumerate((("rent", True), ("own", False), ("family", False))):
        x = 54 + 140 * index
        form.tick(f"housing_{name}", (x, 539, x + 11, 550), on)
    form.fill(Field("signature", _inner(_box(54, 330, 664)), "{PERSON Denise Okafor-Reyes}", 12))
    form.fill(Field("signed_on", _inner(_box(340, 558, 664)), "01/29/2024"))
    note = "Call back {PERSON Denise Okafor-Reyes} at {PHONE_NUMBER (218) 555-0134} about May."
    form.sticky(566, 150, "{PERSON Patricia Lindqvist}", note)
    remark = "Income verified with {PERSON Gordon Haas}, payroll, {PHONE_NUMBER (218) 555-0181}."
    form.remark((340, 698, 558, 728), remark)
