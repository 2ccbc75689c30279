"""Was a given value removed, and is it nowhere in the output? Only the job's key can tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pymupdf

from redactor.pdf.intake import frames_of
from redactor.pdf.overlay import without_boxes
from redactor.report import Check, Report
from redactor.sign.job_keys import text_hmac
from redactor.verify.subject import Subject, pdfium
from redactor.verify.traces import check_bytes

# A box takes words whole, and the marks at the ends of a word belong to it as it was read.
_OPENING = ("", "(", "[", '"', "'", "\u201c", "\u2018")
_CLOSING = ("", ".", ",", ";", ":", ")", "]", '"', "'", "\u201d", "\u2019", ").", "),", "'s", "?")
_MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Values:
    """What is asked about; `key_file` None is where the job's key is kept by itself."""

    texts: tuple[str, ...] = field(repr=False)
    key_file: Path | None = None


def check_values(
    values: Sequence[str], report: Report, key: bytes, output: bytes
) -> Iterator[Check]:
    """For each value, by number: how often it was removed, and whether it is in the output.

    It fails where it is. Looked at are the text of the pages and all strings and streams, not what
    pixels show. A value counts as removed where a box held just that, or boxes one after another
    its parts; capitals, spacing and marks at its ends do not matter.
    """
    removed = [redaction.hmac for redaction in report.redactions]
    subject = Subject(
        output, without_boxes(output), b"", frames_of(output), (), (), frozenset(), ()
    )
    pages = _page_texts(subject.bare)
    for number, value in enumerate(values, start=1):
        found = _where(value, pages, subject)
        detail = f"{_how_removed(value, removed, key)}; {found or 'nowhere in the output'}"
        yield Check(f"value {number}", "HMAC-SHA256, PDFium, MuPDF, QPDF", not found, detail)


def _how_removed(value: str, removed: Sequence[str], key: bytes) -> str:
    known = frozenset(removed)

    @cache
    def is_known(text: str) -> bool:
        return any(text_hmac(key, form) in known for form in _forms(text))

    places = sum(removed.count(hmac) for hmac in {text_hmac(key, form) for form in _forms(value)})
    if places:
        return f"removed in {places} place{'s' * (places > 1)}"
    words = value.split()[:_MOST_WORDS]
    reached = {0}  # how many words, from the first, can be put together from boxes
    for end in range(1, len(words) + 1):
        if any(start in reached and is_known(" ".join(words[start:end])) for start in range(end)):
            reached.add(end)
    return "removed in parts" if len(words) in reached else "not among what was removed"


def _forms(text: str) -> Iterator[str]:
    for opening in _OPENING:
        for closing in _CLOSING:
            yield opening + text + closing


def _where(value: str, pages: Sequence[tuple[int, str]], subject: Subject) -> str:
    """Where the value stands in the output, in words; empty where it does not."""
    pattern = re.compile(rf"(?<!\w){re.escape(_folded(value))}(?!\w)")
    if on := sorted({number for number, text in pages if pattern.search(text)}):
        return f"it stands in the output on page {', '.join(map(str, on))}"
    spellings = tuple({value, value.upper(), value.lower(), value.title()})
    outcomes = check_bytes(replace(subject, removed=spellings))
    in_objects = not all(outcome.check.passed for outcome in outcomes)
    return "it stands in an object of the output" if in_objects else ""


def _page_texts(bare: bytes) -> list[tuple[int, str]]:
    """The text of every page, folded, as PDFium and as MuPDF extract it."""
    with pdfium(bare) as document:
        seen = [page.get_textpage().get_text_bounded() for page in document]
    with pymupdf.open(stream=bare, filetype="pdf") as other:
        also = [page.get_text() for page in other]
    return [(n, _folded(t)) for texts in (seen, also) for n, t in enumerate(texts, start=1)]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
