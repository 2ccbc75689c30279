"""What the verbs of `report` share: the signed report that they read, and the files they write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from redactor import quality
from redactor.cli import common
from redactor.errors import AnswerIsNo
from redactor.output.evidence import SignedReport, SignedReview
from redactor.output.pdf_report.pictures import Picture
from redactor.pdf.intake import Source, take_in
from redactor.pdf.thumbnails import DPI, thumbnails
from redactor.report import Report
from redactor.statement import from_bytes
from redactor.verify.signed import Dated, Signed, read_signed, read_trust

report_argument = click.argument("report_file", metavar="REPORT", type=common.FILE)
signers_option = click.option(
    "--allowed-signers", type=common.FILE, help="Keys you trust, in the format of ssh-keygen."
)
_SUFFIX = ".report.json"
T = TypeVar("T", bound=Dated)


def review_of(report: Path) -> Path:
    """Where the review of a report lies."""
    return report.with_name(report.name + ".review.json")


def read_report(
    path: Path, allowed_signers: Path | None, reviews: Sequence[Path] = ()
) -> SignedReport:
    """The report in a file, once its signature held, with the review beside it and those named.

    Raises FileAccessError, and AnswerIsNo where a signature does not hold or is not trusted.
    """
    signed = _signed(path, allowed_signers, from_bytes, "report")
    name = path.name.removesuffix(_SUFFIX)
    beside = (review_of(path),) if review_of(path).exists() else ()
    found = (_review(file, signed, allowed_signers) for file in dict.fromkeys((*beside, *reviews)))
    return SignedReport(
        signed.content, name, signed.sha256, signed.signatures, reviews=tuple(found)
    )


def say_trust(path: Path, signed: SignedReport) -> None:
    """Says whether somebody trusted signed."""
    common.say(f"{path}: signature holds, by {signed.signer}")


def trust_as_dict(signed: SignedReport) -> dict[str, object]:
    """The same for machines."""
    signer = signed.signer
    return {"signer": signer.fingerprint, "names": list(signer.names), "trusted": signer.is_trusted}


def the_output(redacted: Path, signed: SignedReport) -> Source:
    """The redacted PDF. Raises AnswerIsNo where it is another one."""
    with common.naming(redacted):
        source = take_in(redacted)
    if source.sha256 != signed.report.output.sha256:
        raise AnswerIsNo(f"{redacted} is not the PDF that the report is about", "name that one")
    return source


def pictures_of(source: Source, numbers: list[int], dpi: int = DPI) -> dict[int, Picture]:
    """Pictures of those pages, in order, by number. Raises AnswerIsNo where one is missing."""
    if numbers and numbers[-1] > len(source.frames):
        raise AnswerIsNo(
            f"the report names page {numbers[-1]}, the PDF has {len(source.frames)}",
            "do not rely on it",
        )
    made = zip(numbers, thumbnails(source, numbers, dpi), strict=True)
    sizes = {number: source.frames[number - 1].size for number in numbers}
    return {number: Picture(number, jpeg, *sizes[number]) for number, jpeg in made}


def _signed(
    path: Path, allowed_signers: Path | None, parse: Callable[[bytes], T], what: str
) -> Signed[T]:
    trust = read_trust(allowed_signers) if allowed_signers else None
    try:
        return read_signed(path, trust, parse, what)
    except AnswerIsNo as error:  # of the file or its signature, which it does not name
        raise AnswerIsNo(f"{path}: {error.what}", error.hint or "do not rely on it") from error


def _review(path: Path, report: Signed[Report], allowed_signers: Path | None) -> SignedReview:
    signed = _signed(path, allowed_signers, quality.from_bytes, "review")
    review = signed.content
    if review.report != report.sha256:
        raise AnswerIsNo(f"{path}: is the review of another report", "move it away")
    return SignedReview(review, signed.signatures[0])
