"""The samples through the real command: what was to go is gone, what was to stay stays."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pytest
from rapidfuzz import fuzz

from redactor.geometry import Box, PageFrame
from redactor.ink import PageImage
from redactor.leaks import leaks_nothing
from redactor.ocr.engine import PaddleRecognizer
from redactor.pdf.intake import frames_of
from redactor.report import PageMode, Report
from redactor.sign.envelope import open_envelope
from redactor.sign.sshsig import embedded_key
from redactor.statement import from_bytes
from redactor.verify.characters import by_pdfium
from tests.command import run
from tests.end_to_end.conftest import Job
from tests.samples import NAMES, TrueWord, sample, truth

DPI = 200
EXTRACTABLE = 0.98  # of the words that must stay, over all samples
UNTOUCHED = 0.95

by_sample = pytest.mark.parametrize("name", NAMES)


@by_sample
def test_no_identifier_is_in_the_text(name: str, redacted: Callable[[str], Job]) -> None:
    text = pdfium_text(redacted(name).output)
    for label, value in truth(name).identifiers:
        pattern = r"\s+".join(re.escape(part) for part in value.split())
        assert not re.search(rf"(?<!\w){pattern}(?!\w)", text), label


@by_sample
def test_no_glyph_stands_where_an_identifier_stood(
    name: str, redacted: Callable[[str], Job]
) -> None:
    glyphs = glyphs_by_page(redacted(name).output)
    codes = overlay_boxes(redacted(name))
    for word in truth(name).secret:
        if word.box:
            inner = word.box.padded(-min(0.5, word.box.width / 4), -word.box.height / 4)
            left = [g for g in glyphs[word.page] if inner.contains(*g[1].center)]
            assert all(any(g[1].overlaps(b) for b in codes[word.page]) for g in left), word


@by_sample
def test_no_identifier_is_in_any_stream_or_string(
    name: str, redacted: Callable[[str], Job]
) -> None:
    haystack = b"\n".join(inflated(redacted(name).output))
    for label, value in truth(name).identifiers:
        for form in (value.encode(), value.encode("utf-16-be"), value.encode().hex().encode()):
            assert form not in haystack, label


@by_sample
def test_no_identifier_can_be_recognized(name: str, redacted: Callable[[str], Job]) -> None:
    pages = rendered(redacted(name).output)
    secrets = truth(name).secret
    for number, image in enumerate(pages, start=1):
        words = [w for line in PaddleRecognizer().read(image) for w in line.words]
        for secret in secrets:
            if secret.page == number and secret.box:
                near = [w for w in words if secret.box.covered_by(w.box) > 0.5]
                read = [w for w in near if fuzz.ratio(w.text, secret.text) > 60]
                assert not read, (secret.label, secret.box)


def test_words_that_must_stay_are_extractable(redacted: Callable[[str], Job]) -> None:
    lost, total = [], 0
    for name in NAMES:
        job = redacted(name)
        glyphs = glyphs_by_page(job.output)
        in_place = {page.number for page in report_of(job).pages if page.mode is PageMode.IN_PLACE}
        words = [w for w in truth(name).keep if w.box and w.page in in_place and is_text(w)]
        total += len(words)
        lost += [w for w in words if not is_extractable(w, glyphs[w.page])]
    assert len(lost) <= (1 - EXTRACTABLE) * total, sorted(w.text for w in lost)


def test_ink_that_must_stay_is_untouched(redacted: Callable[[str], Job]) -> None:
    lost, total = [], 0
    for name in NAMES:
        before, after = rendered(sample(name)), rendered(redacted(name).output)
        words = [w for w in truth(name).keep if w.box and w.kind in ("print", "handwriting")]
        total += len(words)
        lost += [w for w in words if not is_same(before[w.page - 1], after[w.page - 1], w)]
    assert len(lost) <= (1 - UNTOUCHED) * total, sorted(w.text for w in lost)


@by_sample
def test_two_runs_give_the_same_bytes(
    name: str, redacted: Callable[[str], Job], tmp_path: Path
) -> None:
    job = redacted(name)
    again = tmp_path / "again.pdf"
    result = run("redact", sample(name), "-o", again, config=job.config)
    assert result.returncode == 0
    assert again.read_bytes() == job.output.read_bytes()


@by_sample
def test_verify_believes_it(name: str, redacted: Callable[[str], Job]) -> None:
    job = redacted(name)
    result = run("verify", job.output, "--source", sample(name), config=job.config)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
def test_ssh_keygen_verifies_the_report(redacted: Callable[[str], Job], tmp_path: Path) -> None:
    job = redacted("letter")
    public = run("keys", "show", config=job.config).stdout.splitlines()[0]
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"officer@example.org {' '.join(public.split()[:2])}\n")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "officer@example.org"]
    command += ["-n", "redactor-report", "-s", f"{job.report}.sig"]
    assert subprocess.run(command, stdin=job.report.open("rb"), check=False).returncode == 0
    tampered = io.BytesIO(job.report.read_bytes().replace(b"payload", b"pay1oad"))
    result = subprocess.run(command, input=tampered.read(), check=False, capture_output=True)
    assert result.returncode != 0


@by_sample
def test_no_identifier_is_in_the_report(name: str, redacted: Callable[[str], Job]) -> None:
    report = report_of(redacted(name))
    leaks_nothing(report, [value for _, value in truth(name).identifiers])


@by_sample
def test_a_reports_sentences_keep_no_document_from_being_published(
    name: str, redacted: Callable[[str], Job]
) -> None:
    """Their words are known to the leak scan, which passes over texts that are made of them."""
    report = report_of(redacted(name))
    said = set(report.residual_risks) | {page.reason for page in report.pages}
    said |= {text for check in report.checks for text in (check.name, check.detail)}
    leaks_nothing(report, {word for text in said for word in re.findall(r"[^\W\d_]+", text)})


def test_plan_and_apply_give_what_redact_gives(
    redacted: Callable[[str], Job], tmp_path: Path
) -> None:
    job = redacted("intake_form")
    plan, output = tmp_path / "plan.json", tmp_path / "out.pdf"
    source = sample("intake_form")
    assert run("plan", source, "-o", plan, config=job.config).returncode == 0
    applied = run("apply", plan, source, "-o", output, config=job.config)
    assert applied.returncode == 0, applied.stderr
    assert output.read_bytes() == job.output.read_bytes()


def test_a_rebuilt_page_is_clean_and_searchable(tmp_path: Path) -> None:
    output, source = tmp_path / "out.pdf", sample("benefits_application")
    arguments = ("redact", source, "-o", output, "--rebuild", "always")
    assert run(*arguments, config=tmp_path).returncode == 0
    text = pdfium_text(output)
    secret = {value for _, value in truth("benefits_application").identifiers}
    assert not any(value in text for value in secret)
    keep = {w.text for w in truth("benefits_application").keep if w.box and len(w.text) > 3}
    assert sum(word in text for word in keep) >= 0.95 * len(keep)


def test_terms_go_wherever_they_stand(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("benefit\n\nMilwaukee\n")
    output = tmp_path / "out.pdf"
    arguments = ("redact", sample("letter"), "-o", output, "--terms", terms, "--term", "Trust")
    assert run(*arguments, config=tmp_path).returncode == 0
    text = pdfium_text(output)
    for term in ("benefit", "Milwaukee", "Trust"):
        assert not re.search(rf"\b{term}\b", text, re.IGNORECASE), term


# ---------------------------------------------------------------------------- looking at PDFs


def pdfium_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@cache
def frames(path: Path) -> tuple[PageFrame, ...]:
    return frames_of(path.read_bytes())


@cache
def glyphs_by_page(path: Path) -> dict[int, list[tuple[str, Box]]]:
    document = pypdfium2.PdfDocument(path)
    return {
        number: [
            (chr(code), Box(*box))
            for code, box in zip(seen.codes.tolist(), seen.boxes.tolist(), strict=True)
        ]
        for number, frame in enumerate(frames(path), start=1)
        for seen in (by_pdfium(document, number, frame),)
    }


def is_text(word: TrueWord) -> bool:
    return word.kind in ("text_layer", "form_field", "annotation")


def is_extractable(word: TrueWord, glyphs: list[tuple[str, Box]]) -> bool:
    return "".join(text_in(word.box, glyphs)) in (word.text, *variants(word))


def text_in(box: Box | None, glyphs: list[tuple[str, Box]]) -> Iterator[str]:
    """The characters whose middle lies in a box, a little grown; left to right."""
    assert box
    grown = box.padded(0.8, 2.5)
    inside = [(b.x0, c) for c, b in glyphs if grown.contains(*b.center)]
    yield from (c for _, c in sorted(inside))


def variants(word: TrueWord) -> Iterator[str]:
    """A word with the punctuation that its truth box may leave out or hold."""
    for mark in ".,:;)'’":
        yield word.text + mark
    yield f"({word.text}"
    yield f"({word.text})"


@cache
def rendered(path: Path) -> tuple[PageImage, ...]:
    document = pypdfium2.PdfDocument(path)
    return tuple(
        PageImage(np.array(page.render(scale=DPI / 72).to_numpy()[:, :, 2::-1], np.uint8), DPI)
        for page in document
    )


def is_same(before: PageImage, after: PageImage, word: TrueWord) -> bool:
    """Whether a word's pixels are what they were, within what a lossy image changes."""
    assert word.box
    return bool(np.abs(cut(before, word.box) - cut(after, word.box)).mean() < 3)


def cut(image: PageImage, box: Box) -> npt.NDArray[np.float64]:
    b = image.to_px(box)
    return image.pixels[int(b.y0) : int(b.y1) + 1, int(b.x0) : int(b.x1) + 1].astype(float)


def inflated(path: Path) -> Iterator[bytes]:
    """The file, and every stream in it without its filters."""
    yield path.read_bytes()
    with pikepdf.open(path) as pdf:
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream):
                try:
                    yield obj.read_bytes()
                except pikepdf.PdfError:
                    yield obj.read_raw_bytes()


def report_of(job: Job) -> Report:
    signature = job.report.with_name(job.report.name + ".sig").read_bytes()
    key = embedded_key(signature)
    return from_bytes(open_envelope(job.report.read_bytes(), [key]))


def overlay_boxes(job: Job) -> dict[int, list[Box]]:
    """Our own boxes by page: the codes printed on them are glyphs too."""
    pages: dict[int, list[Box]] = {page.number: [] for page in report_of(job).pages}
    for redaction in report_of(job).redactions:
        pages[redaction.page].append(redaction.box)
    return pages
