"""A court filing, born digital: pleading paper with numbered lines, two pages."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from sample_docs.pdf import Made, finish
from sample_docs.truth import TruthBook
from sample_docs.typeset import Sheet, Style

BODY = Style("tiro", 12)
BOLD = Style("tibo", 12)
FOOT = Style("tiro", 9)
LEFT, RIGHT = 108.0, 558.0
TOP, STEP, COUNT = 78.0, 24.0, 27
"""First numbered baseline, the distance between two (points) and how many there are."""

COUNSEL = (
    "{PERSON Renata K. Solberg} (Bar No. 40218)",
    "NARROWS LEGAL AID SOCIETY",
    "{STREET_ADDRESS@counsel 58 Foundry Street, Suite 4}",
    "{STREET_ADDRESS@counsel Tacoma, WA 98402}",
    "Telephone: {PHONE_NUMBER (253) 555-0119}",
    "E-mail: {EMAIL_ADDRESS rsolberg@example.org}",
    "Attorney for Plaintiff",
)
CAPTION = (
    "{PERSON MARISOL A. QUINTERO}, individually",
    "and as guardian of {PERSON LUCIA QUINTERO},",
    "a minor,",
    "Plaintiff,",
    "v.",
    "HARBOR POINT PROPERTIES, LLC, and",
    "{PERSON DENNIS R. HOLLOWAY},",
    "Defendants.",
)
CASE = (
    "Case No. 24-2-01847-3",
    "",
    "COMPLAINT FOR RETURN",
    "OF DEPOSIT AND DAMAGES",
    "",
    "Hearing: April 19, 2024",
    "Department 11",
)
FACTS = (
    "Plaintiff {PERSON Marisol A. Quintero} ({PERSON Quintero}) alleges as follows. In September "
    "2022 {PERSON Quintero} rented an apartment at {STREET_ADDRESS 714 Alder Crest Road, Tacoma, "
    "WA 98409} from Harbor Point Properties, LLC, whose manager is {PERSON Dennis Holloway}. She "
    "lived there with her daughter, {PERSON Lucia Quintero}, born {DATE_OF_BIRTH May 6, 2015}, "
    "until the tenancy ended on November 30, 2023."
)
TENANCY = (
    "The lease required Defendants to keep the heating in repair. Between December 3 and December "
    "21, 2022 the boiler failed three times, and {PERSON Lucia}, who has asthma, was treated at "
    "Commencement Bay Children's Clinic on December 14. {PERSON Quintero} reported each failure "
    "to {PERSON Holloway} by telephone at {PHONE_NUMBER 253-555-0137} and in writing."
)
MORE = (
    "On the day she moved in, {PERSON Quintero} paid a deposit of $2,150.00 with her card ending "
    "in the digits shown on Exhibit A, number {CREDIT_CARD 4111 1111 1111 1111}. Defendants "
    "placed the deposit in account {ACCOUNT_NUMBER 0073-4419-2286} at Commencement Bay Credit "
    "Union and did not return it within twenty-one days, as RCW 59.18.280 requires. On January "
    "8, 2024, {PERSON Holloway} wrote that the deposit had been kept for repainting."
)
TIGHT = (
    "EXHIBIT A, payment record. Payer: {PERSON Marisol Quintero}, SSN {US_SSN 529-83-1746}, card "
    "{CREDIT_CARD 4111 1111 1111 1111}, billed to {STREET_ADDRESS 714 Alder Crest Road, Tacoma, "
    "WA 98409}, telephone {PHONE_NUMBER 253-555-0150}. Payee: Harbor Point Properties, LLC. "
    "Received by {PERSON Dennis R. Holloway} on September 1, 2022 and deposited to account "
    "{ACCOUNT_NUMBER 0073-4419-2286}. Purpose: security deposit under the first lease. Entered by "
    "{PERSON Gwendolyn Pyke}, bookkeeper, who judged the payment regular and posted it at once."
)
DAMAGES = (
    "As a direct result {PERSON Quintero} lost the use of the deposit, paid $486.20 for electric "
    "heaters, and missed four days of work at Narrows Regional Airport. Copies of the receipts are "
    "attached as Exhibit B. Counsel for Defendants, {PERSON Wendell Achterberg}, received notice "
    "of this claim at {EMAIL_ADDRESS wachterberg@example.com} on February 12, 2024."
)
PRAYER = (
    "WHEREFORE, {PERSON Quintero} asks the Court to order the return of the deposit, to award "
    "twice its amount under RCW 59.18.280(2), and to grant such other relief as is just."
)


def make() -> Made:
    """Build the filing."""
    doc, book = pymupdf.open(), TruthBook("court_filing.pdf")
    _first_page(doc.new_page(width=612, height=792), book)
    _second_page(doc.new_page(width=612, height=792), book)
    book.add_unseen(0, "metadata", "{PERSON Renata K. Solberg}")
    metadata = {"author": "Renata K. Solberg", "title": "Complaint, Case No. 24-2-01847-3"}
    return finish(doc, book, metadata)


def _pleading_paper(sheet: Sheet, page: str) -> None:
    """Draw the margin's line numbers and rules, and the footer."""
    for index in range(COUNT):
        sheet.text(88, TOP + index * STEP, str(index + 1), BODY, "right")
    for x, width in ((98.0, 0.5), (101.0, 0.5), (564.0, 0.5)):
        sheet.rule(x, 36, x, 756, width)
    sheet.rule(LEFT, 730, RIGHT, 730, 0.4)
    sheet.text(LEFT, 742, "COMPLAINT, {PERSON Quintero} v. Harbor Point", FOOT)
    sheet.text(RIGHT, 742, page, FOOT, "right")


def _first_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    _pleading_paper(sheet, "Page 1 of 2")
    # Counsel's block is set 12 on 12: ascenders and descenders of neighbors touch.
    sheet.lines(LEFT, TOP, COUNSEL, BODY, 12)
    middle = (LEFT + RIGHT) / 2
    sheet.text(middle, TOP + 5 * STEP, "SUPERIOR COURT OF WASHINGTON", BOLD, "center")
    sheet.text(middle, TOP + 6 * STEP, "FOR THE COUNTY OF PIERCE", BOLD, "center")
    top = TOP + 7 * STEP
    _caption(sheet, top)
    _doubled(sheet, TOP + 15 * STEP, (FACTS, TENANCY), BODY)
    sheet.commit()


def _caption(sheet: Sheet, top: float) -> None:
    for index, row in enumerate(CAPTION):
        indent = 0 if row[0].isupper() or row[0] in "{a" else 40
        if row.startswith(("Plaintiff", "Defendants")):
            indent = 130
        sheet.text(LEFT + indent, top + index * STEP * 0.8, row, BODY)
    divider = 344.0
    foot = top + len(CAPTION) * STEP * 0.8 - 8
    sheet.rule(divider, top - 12, divider, foot, 0.7)
    sheet.rule(LEFT, foot, divider, foot, 0.7)
    for index, row in enumerate(CASE):
        style = BOLD if row.isupper() else BODY
        if row:
            sheet.text(divider + 14, top + index * STEP * 0.8, row, style)


def _doubled(sheet: Sheet, y: float, paragraphs: Sequence[str], style: Style) -> float:
    """Double-spaced paragraphs on the numbered lines; gives the next baseline."""
    for paragraph in paragraphs:
        y = sheet.paragraph(LEFT, y, RIGHT - LEFT, paragraph, style, leading=STEP)
    return y


def _second_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    _pleading_paper(sheet, "Page 2 of 2")
    y = _doubled(sheet, TOP, (MORE,), BODY)
    y = sheet.paragraph(LEFT, y, RIGHT - LEFT, TIGHT, Style("tiro", 10.5), leading=10.5)
    y = TOP + STEP * (int((y - TOP) / STEP) + 1)
    y = _doubled(sheet, y, (DAMAGES, PRAYER), BODY)
    sheet.text(LEFT, y, "DATED this 4th day of March, 2024, at Tacoma, Washington.", BODY)
    sheet.rule(330, y + 2 * STEP + 2, 540, y + 2 * STEP + 2)
    signer = (
        "{PERSON Renata K. Solberg}",
        "Narrows Legal Aid Society",
        "{STREET_ADDRESS@counsel 58 Foundry Street, Suite 4}",
        "{STREET_ADDRESS@counsel Tacoma, WA 98402}",
        "Attorney for Plaintiff",
    )
    sheet.lines(330, y + 2.6 * STEP, signer, BODY, 12)
    sheet.commit()
