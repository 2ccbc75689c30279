"""redactor report sample, reviewed"""

from __future__ import annotations

from pathlib import Path

import click

from redactor import pipeline
from redactor.cli import common, signing
from redactor.cli.report_files import (
    pictures_of,
    read_report,
    report_argument,
    review_of,
    say_trust,
    signers_option,
    the_output,
    trust_as_dict,
)
from redactor.errors import FileAccessError, UsageError
from redactor.output.evidence import SignedReport
from redactor.output.pdf_report.sample import pdf_sample
from redactor.output.publish import publish
from redactor.output.sample_table import FilledIn, read_sample, sample_table
from redactor.output.tables import csv_text
from redactor.pdf.intake import Limits, read_bytes
from redactor.pdf.thumbnails import wide_font
from redactor.quality import Sample, sample_digest
from redactor.reviews import review, sealed_review
from redactor.sampling import check_seed, draw
from redactor.sign.agent import refuse_hardware
from redactor.sign.public import fingerprint
from redactor.stages import Tick
from redactor.verify.signed import signature_of

_DPI = 120  # of the pages that a person looks at
_COUNT = click.IntRange(min=0, max=100_000)


@click.command("sample")
@report_argument
@click.option("--redacted", required=True, type=common.FILE, help="The redacted PDF.")
@click.option("--words", type=_COUNT, default=60, show_default=True, help="Places to draw.")
@click.option("--pages", type=_COUNT, default=0, show_default=True, help="Whole pages to draw.")
@click.option("--seed", required=True, help="What the draw follows from: a word, or the date.")
@click.option(
    "-o",
    "--output",
    "outputs",
    required=True,
    multiple=True,
    type=common.FILE,
    help="SAMPLE.csv, to be filled in, or SAMPLE.pdf, to look at. Repeatable.",
)
@signers_option
@common.as_json
def sample_command(
    report_file: Path,
    redacted: Path,
    words: int,
    pages: int,
    seed: str,
    outputs: tuple[Path, ...],
    allowed_signers: Path | None,
    as_json: bool,
) -> None:
    """Draw places by lot that were not redacted, for a person to check by hand.

    The list holds places, no text; the PDF shows them. The same seed draws the same.
    """
    check_seed(seed)
    _check_kinds(outputs)
    if not words and not pages:
        raise UsageError("neither --words nor --pages asks for anything", "draw some")
    inputs = (report_file, signature_of(report_file), review_of(report_file), redacted)
    common.check_outputs(outputs, *inputs, allowed_signers)
    signed = read_report(report_file, allowed_signers)

    def job(tick: Tick) -> Sample:
        source = the_output(redacted, signed)
        read = pipeline.read(
            redacted,
            tick=tick,
        )
        drawn = draw(read.pages, signed.report, signed.sha256, seed, words, pages)
        on = sorted({place.page for place in drawn.places})
        makers = {
            ".csv": lambda: csv_text(sample_table(drawn)).encode(),
            ".pdf": lambda: pdf_sample(drawn, pictures_of(source, on, _DPI), wide_font),
        }
        publish({path: makers[path.suffix.lower()]() for path in outputs})
        return drawn

    common.carry_out(redacted, job, lambda drawn: _show_sample(drawn, report_file, signed, as_json))


def _check_kinds(outputs: tuple[Path, ...]) -> None:
    for path in outputs:
        if path.suffix.lower() not in (".csv", ".pdf"):
            raise UsageError(f"{path} is neither .csv nor .pdf", "end the name with one of them")
    if len(set(outputs)) < len(outputs):
        raise UsageError(f"{outputs[0]} is to be written twice", "name it once")


def _show_sample(drawn: Sample, report_file: Path, signed: SignedReport, as_json: bool) -> None:
    if as_json:
        common.print_json(
            {
                **trust_as_dict(signed),
                "sample": sample_digest(drawn),
                "seed": drawn.seed,
                "population": drawn.population,
                "words": len(drawn.words),
                "pages": [place.page for place in drawn.pages],
            }
        )
        return
    say_trust(report_file, signed)
    common.say(
        f"drew {len(drawn.words)} of {drawn.population} places that stayed, "
        f"and {len(drawn.pages)} pages; sample {sample_digest(drawn)}"
    )


@click.command("reviewed")
@report_argument
@click.option("--sample", required=True, type=common.FILE, help="SAMPLE.csv, filled in or not.")
@click.option("--missed", type=_COUNT, required=True, help="How many of its places were missed.")
@click.option(
    "--missed-pages", type=_COUNT, default=0, help="On how many of its pages anything was."
)
@click.option("--by", required=True, help="The name of the person who checked.")
@click.option("-o", "--output", type=common.FILE, help="Default: REPORT.review.json.")
@signing.key_options
@signers_option
@common.as_json
def reviewed_command(
    report_file: Path,
    sample: Path,
    missed: int,
    missed_pages: int,
    by: str,
    output: Path | None,
    choice_of_key: signing.KeyChoice,
    allowed_signers: Path | None,
    as_json: bool,
) -> None:
    """Enter what a person found who checked a sample, and sign it.

    Says how many may have been missed in all, at most. The report itself stays as it is: the
    review is a file of its own beside it, which names the report's digest.
    """
    name = _name(by)
    target = output or review_of(report_file)
    targets = (target, signature_of(target))
    inputs = (report_file, signature_of(report_file), sample, allowed_signers, choice_of_key.file)
    common.check_outputs(targets, *inputs)
    if target.exists():
        raise FileAccessError(f"there is a review already: {target}", "name another file with -o")
    signed = read_report(report_file, allowed_signers)
    filled = _filled(sample, signed, missed, missed_pages)
    made = review(signed.report, filled.sample, missed, missed_pages, name)
    key = choice_of_key.signer()
    refuse_hardware(key.public_key)
    publish(dict(zip(targets, sealed_review(made, key), strict=True)))
    if as_json:
        common.print_json(
            {
                "review": str(target),
                "signed_by": fingerprint(key.public_key),
                **trust_as_dict(signed),
                "words": {
                    "checked": made.words.checked,
                    "missed": missed,
                    "bound": made.words.bound,
                },
                "pages": {
                    "checked": made.pages.checked,
                    "missed": missed_pages,
                    "bound": made.pages.bound,
                },
            }
        )
        return
    say_trust(report_file, signed)
    for what, checked in (("places", made.words), ("pages", made.pages)):
        if checked.checked:
            common.say(
                f"{checked.missed} of {checked.checked} {what} were missed: with 95 % confidence "
                f"no more than {checked.bound * 100:.2f} % of all"
            )
    common.say(f"review {target}, signed by {fingerprint(key.public_key)}")


def _name(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > 100 or not name.isprintable():
        raise UsageError("--by is not a name", "give 1 to 100 printable characters")
    return name


def _filled(path: Path, signed: SignedReport, missed: int, missed_pages: int) -> FilledIn:
    """The sample in a file. Raises UsageError where it is none, or of another report.

    Where places are marked in it they must be as many as were said.
    """
    try:
        filled = read_sample(read_bytes(path, Limits()))
    except ValueError as error:
        raise UsageError(
            f"{path} is not a sample: {error}", "draw one with: redactor report sample"
        ) from error
    sample = filled.sample
    if (sample.report, sample.output) != (signed.sha256, signed.report.output.sha256):
        raise UsageError(f"{path} is a sample of another report", "name the one it was drawn for")
    marked = filled.missed_words, filled.missed_pages
    if any(marked) and marked != (missed, missed_pages):
        raise UsageError(
            f"{path} has {marked[0]} places and {marked[1]} pages marked as missed",
            "say as many with --missed and --missed-pages, or leave the column empty",
        )
    return filled
