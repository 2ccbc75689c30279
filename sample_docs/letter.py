"""A benefits letter, born digital: two pages, metadata, bookmarks and a mail link."""

from __future__ import annotations

import numpy as np
import pymupdf

from sample_docs.handwriting import BLUE, Geometry, Hand, Pen, transparent
from sample_docs.pdf import Made, finish
from sample_docs.pictures import png_bytes
from sample_docs.truth import TruthBook
from sample_docs.typeset import GRAY, Sheet, Style

BODY = Style("tiro", 11)
BOLD = Style("tibo", 11)
SMALL = Style("helv", 8.5, GRAY)
HEAD = Style("hebo", 15, (0.11, 0.24, 0.42))
LEADING = 14.5
LEFT, RIGHT = 72.0, 540.0

OPENING = (
    "Thank you for your application of January 22, 2024. Our Claims Unit has completed its "
    "review of your service record with Brightwater Transit Authority, and we are pleased to "
    "confirm that your monthly survivor benefit has been approved. The benefit follows the "
    "service of your late husband, {PERSON Harold T. Whitfield}, who retired from the Authority "
    "on June 30, 2011."
)
RECORD = (
    "Our file lists your Social Security number as {US_SSN 387-42-6158} and your date of birth as "
    "{DATE_OF_BIRTH March 14, 1951}. If either is wrong, call your counselor, {PERSON Marcus "
    "Delaney}, at {PHONE_NUMBER (414) 555-0142} or write to {EMAIL_ADDRESS m.delaney@example.org} "
    "before the first payment is made."
)
PAYMENT = (
    "As you asked, payments will be sent abroad, to the account {IBAN_CODE GB82 WEST 1234 5698 "
    "7654 32} held in your name. Transfers take three to five business days, and the Trust does "
    "not charge for them. You may change the receiving account once in every calendar quarter by "
    "returning Form CR-210, which you can find at www.example.org/forms/cr-210."
)
CLOSING = (
    "Please keep this letter with your important papers. {PERSON Whitfield}'s service record "
    "remains on file for seven years, and you may ask for a copy at any time."
)
APPEAL = (
    "You have the right to ask for a second review within sixty days of the date of this letter. "
    "Send your request, with any new evidence, to the Appeals Committee. A request may be made on "
    "your behalf by a representative whom you name in writing; at present we hold a "
    "representative form for your daughter, {PERSON Judith Whitfield-Crane}, who may be reached "
    "at {PHONE_NUMBER 608-555-0177}."
)
SECURE = (
    "Your online profile was last used on February 27, 2024 from the address {IP_ADDRESS "
    "203.0.113.47}. If that was not you, change your password without delay and tell us at "
    "{EMAIL_ADDRESS security@example.org}."
)
ROWS = (
    ("April 1, 2024", "Survivor benefit", "$1,412.50"),
    ("May 1, 2024", "Survivor benefit", "$1,412.50"),
    ("June 3, 2024", "Survivor benefit", "$1,412.50"),
    ("June 3, 2024", "Cost-of-living adjustment", "$38.14"),
)

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:creator><rdf:Seq><rdf:li>Marcus J. Delaney</rdf:li></rdf:Seq></dc:creator>
   <dc:subject><rdf:Bag><rdf:li>Harold T. Whitfield</rdf:li></rdf:Bag></dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def make() -> Made:
    """Build the letter."""
    doc, book = pymupdf.open(), TruthBook("letter.pdf")
    _first_page(doc.new_page(width=612, height=792), book)
    _second_page(doc.new_page(width=612, height=792), book)
    doc.set_toc([[1, "Determination for Eleanor Whitfield", 1], [1, "Payment schedule", 2]])
    book.add_unseen(0, "metadata", "Determination for {PERSON Eleanor Whitfield}")
    book.add_unseen(0, "metadata", "{PERSON Marcus J. Delaney}")
    book.add_unseen(0, "metadata", "Benefit determination - {PERSON Eleanor M. Whitfield}")
    book.add_unseen(0, "metadata", "{PERSON Harold T. Whitfield}")
    doc.set_xml_metadata(XMP)
    metadata = {
        "author": "Marcus J. Delaney",
        "title": "Benefit determination - Eleanor M. Whitfield",
        "subject": "Survivor benefit",
        "creator": "Cascade Ridge letter service",
    }
    return finish(doc, book, metadata)


def _letterhead(sheet: Sheet) -> None:
    sheet.text(LEFT, 66, "Cascade Ridge Pension Trust", HEAD)
    sheet.text(RIGHT, 58, "Claims Unit", SMALL, "right")
    sheet.text(RIGHT, 69, "www.example.org", SMALL, "right")
    sheet.rule(LEFT, 76, RIGHT, 76, 1.1)


def _footer(sheet: Sheet, page: str) -> None:
    sheet.rule(LEFT, 738, RIGHT, 738, 0.4)
    sheet.text(LEFT, 750, "Cascade Ridge Pension Trust is an equal opportunity service.", SMALL)
    sheet.text(RIGHT, 750, page, SMALL, "right")


def _first_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    _letterhead(sheet)
    sheet.text(LEFT, 106, "March 11, 2024", BODY)
    address = (
        "{SKIP Ms.} {PERSON Eleanor M. Whitfield}",
        "{STREET_ADDRESS@home 1847 Birchwood Lane, Apt 4B}",
        "{STREET_ADDRESS@home Milwaukee, WI 53204}",
    )
    sheet.lines(LEFT, 134, address, BODY, 13.5)
    sheet.text(LEFT, 196, "Re: Survivor benefit, claim reference CR-2024-0318", BOLD)
    sheet.text(LEFT, 222, "Dear {SKIP Ms.} {PERSON Whitfield}:", BODY)
    y = 244.0
    for paragraph in (OPENING, RECORD, PAYMENT, CLOSING):
        y = sheet.paragraph(LEFT, y, RIGHT - LEFT, paragraph, BODY, leading=LEADING) + 8
    sheet.text(LEFT, y + 2, "Sincerely,", BODY)
    signer = ("{PERSON Marcus J. Delaney}", "Benefits Counselor", "Cascade Ridge Pension Trust")
    sheet.lines(LEFT, y + 58, signer, BODY, 13.5)
    link = sheet.text(LEFT, y + 104, "{EMAIL_ADDRESS m.delaney@example.org}", BODY)
    _footer(sheet, "Page 1 of 2")
    sheet.commit()
    _sign(page, book, sheet.number, y + 12)
    target = {
        "kind": pymupdf.LINK_URI,
        "from": pymupdf.Rect(LEFT, y + 93, link, y + 107),
        "uri": "mailto:m.delaney@example.org",
    }
    page.insert_link(target)
    book.add_unseen(sheet.number, "annotation", "{EMAIL_ADDRESS m.delaney@example.org}")


def _sign(page: pymupdf.Page, book: TruthBook, number: int, top: float) -> None:
    """Paste the counselor's signature, a transparent image."""
    geometry = Geometry(LEFT, top, 190, 34)
    pen = Pen(geometry, book, number, np.random.default_rng(1101))
    hand = Hand("cedarville-cursive", 19, BLUE, slant=6, turn=0.6, spacing=0.004, pen=1)
    pen.write(LEFT + 6, top + 21, "{PERSON Marcus Delaney}", hand)
    page.insert_image(pymupdf.Rect(*geometry.frame), stream=png_bytes(transparent(pen)))


def _second_page(page: pymupdf.Page, book: TruthBook) -> None:
    sheet = Sheet(page, book, book.add_page(612, 792))
    _letterhead(sheet)
    sheet.text(LEFT, 98, "{PERSON Eleanor M. Whitfield}", SMALL)
    sheet.text(RIGHT, 98, "Claim reference CR-2024-0318", SMALL, "right")
    sheet.text(LEFT, 128, "Payment schedule", BOLD)
    _table(sheet, 140)
    y = 262.0
    sections = (("Your right to a second review", APPEAL), ("Online access", SECURE))
    for heading, paragraph in sections:
        sheet.text(LEFT, y, heading, BOLD)
        y = sheet.paragraph(LEFT, y + 18, RIGHT - LEFT, paragraph, BODY, leading=LEADING) + 14
    sheet.text(LEFT, y, "Where to write", BOLD)
    where = (
        "Appeals Committee, Cascade Ridge Pension Trust",
        "{STREET_ADDRESS@office 2200 North Harbor Drive, Suite 310}",
        "{STREET_ADDRESS@office Milwaukee, WI 53202}",
        "Telephone {PHONE_NUMBER (414) 555-0100}, Monday to Friday, 8:30 to 4:30",
    )
    y = sheet.lines(LEFT, y + 18, where, BODY, 13.5)
    copies = "Copies: {PERSON Judith Whitfield-Crane}; Brightwater Transit Authority, Payroll"
    sheet.text(LEFT, y + 20, copies, Style("tiit", 10.5))
    _footer(sheet, "Page 2 of 2")
    sheet.commit()


def _table(sheet: Sheet, top: float) -> None:
    columns = (LEFT + 6, LEFT + 150, RIGHT - 6)
    sheet.frame((LEFT, top, RIGHT, top + 18), 0, (0.9, 0.93, 0.97))
    heads = ("Date", "Payment", "Amount")
    for index, row in enumerate((heads, *ROWS)):
        y = top + 13 + index * 18
        for x, cell in zip(columns, row, strict=True):
            style = BODY if index else BOLD
            sheet.text(x, y, cell, style, "right" if x > 400 else "left")
        sheet.rule(LEFT, y + 5, RIGHT, y + 5, 0.4)
