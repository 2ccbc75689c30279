"""Which texts must be nowhere in the output."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor import pipeline
from redactor.errors import FileAccessError, UsageError
from redactor.geometry import Box
from redactor.journal.entry import Job, from_line
from redactor.pipeline import removed_texts
from redactor.plan import redactions
from redactor.sign.keys import PrivateKey
from redactor.sign.pdf_signer import load_pdf_signer
from redactor.stages import Planned
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.certificates import NOW, certificate, p256, written
from tests.documents import taken, text_pdf
from tests.unit.test_plan import INNER, SECRET, decision, plan


@pytest.mark.parametrize(
    ("staying", "removed"),
    [
        ("Elsewhere", True),
        (SECRET, False),  # a name here, a common word there
        (f"({SECRET}),", False),
        (f"{SECRET}_1", False),
        (f"{SECRET}s", True),  # another word
        (f"2{SECRET}", True),
    ],
)
def test_a_text_that_stays_somewhere_is_not_searched_for(
    tmp_path: Path, staying: str, removed: bool
) -> None:
    words = (
        Word(SECRET, INNER, 1.0, Origin.PRINT),
        Word(staying, Box(10, 10, 40, 20), 1.0, Origin.PRINT),
    )
    page = Page(1, 300, 200, (Line(words, LineKind.PRINT),))
    planned = Planned(taken(tmp_path, text_pdf([])), (page,), plan(decision(INNER)))
    found = removed_texts(planned, redactions(planned.plan, planned.pages))
    assert found == ((SECRET,) if removed else ())


@pytest.mark.parametrize(
    ("error", "code"),
    [(FileAccessError("no space", ""), 5), (KeyboardInterrupt(), 130), (MemoryError(), 15)],
)
def test_a_job_that_fails_after_its_entry_has_another(
    tmp_path: Path, error: BaseException, code: int
) -> None:
    log, key = tmp_path / "LOG", PrivateKey.generate()
    job = Job("2026-01-31T12:00:00Z", 0, "ab" * 32, "cd" * 32, "ef" * 32)
    with pytest.raises(type(error)), pipeline._entered(job, log, key):
        raise error
    first, second = (from_line(line).job for line in log.read_bytes().splitlines())
    assert first == job
    assert (second.outcome, second.input_sha256, second.output_sha256) == (code, "ab" * 32, "")


def test_an_output_is_put_under_a_password_or_signed_inside_but_not_both(tmp_path: Path) -> None:
    signer = load_pdf_signer(*written(tmp_path, key := p256(), certificate(key)), NOW)
    assert pipeline.Closing("secret").pdf_signer is None
    assert not pipeline.Closing(pdf_signer=signer).new_password
    with pytest.raises(UsageError, match="cannot go together"):
        pipeline.Closing("secret", signer)
