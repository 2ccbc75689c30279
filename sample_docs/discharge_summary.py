"""A hospital discharge summary: printed text with pasted pictures of handwritten notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pymupdf

from sample_docs.handwriting import BLACK, BLUE, Geometry, Hand, Pen, transparent
from sample_docs.pdf import Made, finish
from sample_docs.pictures import png_bytes, snippet
from sample_docs.truth import TruthBook
from sample_docs.typeset import GRAY, Sheet, Style

BODY = Style("public-sans-400", 9.6)
BOLD = Style("public-sans-700", 9.6)
HEAD = Style("public-sans-700", 15, (0.45, 0.1, 0.14))
SMALL = Style("public-sans-400", 7.8, GRAY)
LEFT, RIGHT = 54.0, 430.0
LEADING = 13.2

FACTS = (
    ("Patient", "{PERSON Theodore Vasquez}"),
    ("MRN", "{MEDICAL_RECORD_NUMBER 00784213}"),
    ("Date of birth", "{DATE_OF_BIRTH 11/30/1948}"),
    ("Admitted", "02/12/2024"),
    ("Discharged", "02/17/2024"),
    ("Attending", "{PERSON Priya Raghunathan}, MD"),
    ("Primary care", "{PERSON Samuel Oyelaran}, MD"),
    ("Home phone", "{PHONE_NUMBER (503) 555-0147}"),
)
SECTIONS = (
    (
        "Diagnoses",
        "Community-acquired pneumonia, right lower lobe. Type 2 diabetes mellitus. Essential "
        "hypertension. Chronic kidney disease, stage 3a.",
    ),
    (
        "Hospital course",
        "{PERSON Theodore Vasquez} is a retired carpenter who came to the emergency department "
        "with four days of fever and productive cough. Chest radiograph showed consolidation in "
        "the right lower lobe. He received ceftriaxone and azithromycin, and his oxygen need "
        "fell from four liters to room air by the third day. {SKIP Mr.} {PERSON Vasquez} walked "
        "the hall with physical therapy on February 15 and asked to go home.",
    ),
    (
        "Condition at discharge",
        "Afebrile for forty-eight hours, saturation 95 percent on room air. His daughter, "
        "{PERSON Elena Vasquez-Moore}, was present for the teaching and can be reached at "
        "{PHONE_NUMBER 971-555-0116} or {EMAIL_ADDRESS elena.vm@example.com}.",
    ),
    (
        "Follow-up",
        "See {SKIP Dr.} {PERSON Oyelaran} at Alder Street Family Medicine on February 26, 2024. "
        "Repeat chest radiograph in six weeks. Home oxygen is not needed. Visiting nurse to "
        "{STREET_ADDRESS 4402 Juniper Terrace, Portland, OR 97214} within three days.",
    ),
)
DRUGS = (
    ("Drug", "Dose", "Times", "Status"),
    ("amoxicillin-clavulanate", "875 mg", "twice daily, 5 days", "new"),
    ("azithromycin", "250 mg", "daily, 2 days", "new"),
    ("metformin", "1000 mg", "twice daily", "unchanged"),
    ("lisinopril", "20 mg", "daily", "unchanged"),
    ("atorvastatin", "40 mg", "at bedtime", "unchanged"),
)


@dataclass(frozen=True)
class Note:
    """A handwritten note: where it is pasted (points), its lines, and its slip of paper."""

    x: float
    y: float
    width: float
    leading: float
    rows: tuple[str, ...]
    hand: Hand
    seed: int
    paper: tuple[int, int, int] | None = None


NURSE = Hand("nothing-you-could-do", 12.5, BLUE, slant=1, pen=1, word_gap=0.38)
DOCTOR = Hand("kalam", 13, BLACK, slant=3, word_gap=0.36)
NOTES = (
    Note(
        438, 176, 152, 19,
        ("Pls call {PERSON Elena}", "before noon -", "{PHONE_NUMBER 971-555-0116}"), NURSE, 51,
    ),
    Note(
        438, 330, 152, 18.5,
        ("Reviewed with {PERSON Ted}", "{PERSON Vasquez} 2/17. He", "wants inhaler too"),
        DOCTOR, 52, (255, 249, 214),
    ),
    Note(438, 470, 152, 19, ("Oxygen 95, ok", "{PERSON P. Raghunathan}"), NURSE, 53),
)  # fmt: skip


def make() -> Made:
    """Build the summary."""
    doc, book = pymupdf.open(), TruthBook("discharge_summary.pdf")
    page = doc.new_page(width=612, height=792)
    sheet = Sheet(page, book, book.add_page(612, 792))
    _print(sheet)
    sheet.commit()
    for note in NOTES:
        _paste(page, book, sheet.number, note)
    return finish(doc, book, {"title": "Discharge summary", "creator": "Ward system"})


def _print(sheet: Sheet) -> None:
    sheet.text(LEFT, 62, "Saint Brannock Regional Hospital", HEAD)
    sheet.text(LEFT, 78, "Discharge summary - General Medicine, 5 West", BODY)
    sheet.rule(LEFT, 86, 558, 86, 1.0)
    y = _facts(sheet, 104)
    for title, text in SECTIONS:
        sheet.text(LEFT, y, title, BOLD)
        y = sheet.paragraph(LEFT, y + 15, RIGHT - LEFT, text, BODY, leading=LEADING) + 9
    sheet.text(LEFT, y, "Discharge medications", BOLD)
    y = _drugs(sheet, y + 8)
    sheet.text(LEFT, y + 22, "Electronically signed by {PERSON Priya Raghunathan}, MD,", BODY)
    sheet.text(LEFT, y + 36, "February 17, 2024 at 11:42. Pager {PHONE_NUMBER 503-555-0188}", BODY)
    sheet.rule(LEFT, 742, 558, 742, 0.4)
    foot = "MRN {MEDICAL_RECORD_NUMBER 00784213} - Confidential patient information"
    sheet.text(LEFT, 754, foot, SMALL)
    sheet.text(558, 754, "Page 1 of 1", SMALL, "right")


def _facts(sheet: Sheet, y: float) -> float:
    for index, (label, value) in enumerate(FACTS):
        x = LEFT + (index % 2) * 204
        row = y + index // 2 * 16
        sheet.text(x, row, label, BOLD)
        sheet.text(x + 78, row, value, BODY)
    foot = y + len(FACTS) // 2 * 16
    sheet.rule(LEFT, foot - 7, 558, foot - 7, 0.4)
    return foot + 12


def _drugs(sheet: Sheet, top: float) -> float:
    columns = (LEFT + 4, LEFT + 142, LEFT + 208, LEFT + 316)
    sheet.frame((LEFT, top, RIGHT, top + 16), 0, (0.95, 0.92, 0.92))
    for index, row in enumerate(DRUGS):
        y = top + 12 + index * 16
        for x, cell in zip(columns, row, strict=True):
            sheet.text(x, y, cell, BODY if index else BOLD)
        sheet.rule(LEFT, y + 4, RIGHT, y + 4, 0.3)
    return top + len(DRUGS) * 16


def _paste(page: pymupdf.Page, book: TruthBook, number: int, note: Note) -> None:
    """Write a note and lay its picture over the page."""
    height = note.leading * len(note.rows) + 12
    rng = np.random.default_rng(note.seed)
    geometry = Geometry(note.x, note.y, note.width, height, skew=-1.2 if note.paper else 0.6)
    pen = Pen(geometry, book, number, rng)
    pen.lines(note.x + 9, note.y + note.leading, note.rows, note.hand, note.leading)
    picture = snippet(pen, note.paper, rng) if note.paper else png_bytes(transparent(pen))
    page.insert_image(pymupdf.Rect(*geometry.frame), stream=picture)
