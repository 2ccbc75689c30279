"""The whole story: plan, apply, redact. Each stage is a function of the module it is named for."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from redactor import modes
from redactor import plan as plans
from redactor.applying import OPEN, Closing, apply
from redactor.decide import decide
from redactor.detect import entities
from redactor.detect.data_subject import subject_findings
from redactor.detect.detectors import (
    detect,
    page_detectors,
    subject_detector,
    text_detectors,
)
from redactor.detect.file_name import tells
from redactor.detect.page_text import page_text
from redactor.engine import Engine, engine
from redactor.errors import (
    ExitCode,
    FileAccessError,
    PersonMustDecide,
    UsageError,
    exit_code,
)
from redactor.findings import Decision
from redactor.ink import find_ink
from redactor.journal import store as journal
from redactor.journal.entry import Job
from redactor.keeping import keeping
from redactor.leaks import about_here, leaks_nothing
from redactor.modes import ReadingSettings
from redactor.ocr import own_model, recognizers, vlm
from redactor.ocr.known import LatticeSearch
from redactor.ocr.marks import find_marks
from redactor.output.publish import check_target, outputs_of, publish
from redactor.pdf.intake import Source, take_in
from redactor.pdf.rebuild import RebuiltPage, rebuild
from redactor.pdf.render import DPI, render
from redactor.pdf.searchable import searchable
from redactor.pdf.text_layer import read_text_layer
from redactor.plan import Plan
from redactor.policy.load import digest
from redactor.policy.model import Policy
from redactor.provenance import created_now, policy_rules, report_on, sealed
from redactor.reading import merge
from redactor.report import Report
from redactor.sign.job_keys import hmac_key_line, job_hmac_key, new_job_key_path
from redactor.sign.keys import PrivateKey
from redactor.sign.signer import SshSigner
from redactor.stages import Applied, Document, Planned, Tick, no_tick

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A finished job: what was decided and done, the report on it, and where the files are.

    `name_tells` says that the name of the output holds a word that was removed from it.
    """

    planned: Planned
    applied: Applied
    report: Report
    output: Path
    report_path: Path
    name_tells: bool = False


def read(
    path: Path,
    password: str = "",
    dpi: int = DPI,
    tick: Tick = no_tick,
    reading: ReadingSettings = modes.DEFAULT,
) -> Document:
    """Takes a PDF in and reads every page.

    Raises UsageError for settings that make no sense, MissingDependency where the engine or the
    endpoint that they name is not there.
    """
    recognizer = recognizers.load(reading.engine, reading.mode, reading.model)
    reread = vlm.rereader(reading)
    source = take_in(path, password)
    total = len(source.frames)
    pages = []
    for number in range(1, total + 1):
        tick("reading", number - 1, total)
        image = render(source, number, dpi)
        ink = find_ink(image)
        layer = read_text_layer(source, number)
        lines = recognizers.read_page(reading.engine, recognizer, number, image, ink)
        lines = reread(image, lines, layer)
        fields = source.fields[number - 1]
        page = merge(number, image, ink, layer, lines, find_marks, fields)
        _log.debug(
            "page %d of %d: %d words in %d lines", number, total, len(page.words), len(lines)
        )
        pages.append(page)
    tick("reading", total, total)
    return Document(source, tuple(pages), reread.outcome)


def reading_engine(reading: ReadingSettings = modes.DEFAULT, dpi: int = DPI) -> Engine:
    """What a reading rests on: the same engine reads the same from the same file."""
    settings: list[tuple[str, str | int | float]] = [
        ("dpi", dpi),
        ("engine", reading.engine),
        ("lexicon_weight", reading.lexicon_weight),
        ("mode", reading.mode.value),
    ]
    if reading.vlm:
        settings += [("vlm_host", reading.vlm.host), ("vlm_model", reading.vlm.model)]
    return engine(reading_models(reading), settings)


def searchable_pdf(
    document: Document, dpi: int = DPI, overlay: bool = False, tick: Tick = no_tick
) -> bytes:
    """The pages as images at `dpi` over an invisible text layer of the words that were read.

    With `overlay` what was read is drawn on the pages, so that a person can check it.
    """

    pages = document.pages

    def rebuilt() -> Iterator[RebuiltPage]:
        for page in pages:
            tick("writing", page.number - 1, len(pages))
            image = render(document.source, page.number, dpi)
            yield rebuild(image, (page.width, page.height), (), page.words)

    data = searchable(rebuilt(), pages if overlay else ())
    tick("writing", len(pages), len(pages))
    return data


def plan(
    path: Path,
    policy: Policy,
    terms: Sequence[str] = (),
    password: str = "",
    only: frozenset[int] | None = None,
    tick: Tick = no_tick,
    reading: ReadingSettings = modes.DEFAULT,
) -> Planned:
    """Reads a document and decides on everything found in it, on the pages in `only` (or all)."""
    detectors = text_detectors(policy, terms)
    document = read(path, password, tick=tick, reading=reading)
    source, pages = document.source, document.pages
    missing = sorted((only or frozenset()) - {page.number for page in pages})
    if missing:
        raise UsageError(
            f"--pages names page {missing[0]}, {path} has {len(pages)}", "name pages that it has"
        )
    wanted = [p for p in pages if only is None or p.number in only]
    search = LatticeSearch(policy.settings.known_alarms)
    on_pages = page_detectors(policy)
    findings = detect(wanted, detectors, on_pages, search)
    subject = subject_detector(policy)
    texts = [page_text(page) for page in wanted] if subject else []
    own = subject_findings(findings, texts, subject) if subject else frozenset()
    made = _plan(source, policy, decide(findings, policy, own), reading)
    kept = keeping(source, policy, wanted, findings, detectors, on_pages)
    made = replace(made, terms=len(terms), only=tuple(sorted(only or ())), keeping=kept)
    return Planned(source, pages, made, document.rereading, reading.model)


def _plan(
    source: Source, policy: Policy, decisions: tuple[Decision, ...], reading: ReadingSettings
) -> Plan:
    return Plan(
        source_sha256=source.sha256,
        policy_name=policy.name,
        policy_sha256=digest(policy),
        models=model_digests(policy, reading),
        pad=policy.box.pad,
        quantize_pt=policy.box.quantize_pt,
        show_code=policy.box.show_code,
        certain_confidence=policy.settings.certain_confidence,
        decisions=decisions,
        reading=reading.without_access(),
        rules=policy_rules(policy),
    )


def model_digests(
    policy: Policy, reading: ReadingSettings = modes.DEFAULT
) -> tuple[tuple[str, str, str], ...]:
    """Name, version and SHA-256 of every model that a job under this policy uses."""
    return (*reading_models(reading), *map(_ner_model, policy.settings.ner_models))


def _ner_model(ner: str) -> tuple[str, str, str]:
    name = entities.BUILTIN_NAME if ner == entities.BUILTIN else ner
    return name, entities.version(ner), entities.digest(ner)


def reading_models(
    reading: ReadingSettings = modes.DEFAULT,
) -> tuple[tuple[str, str, str], ...]:
    """Name, version and SHA-256 of the models that read pages."""
    recognizer = recognizers.load(reading.engine, reading.mode, reading.model)
    return recognizers.models(reading.engine, recognizer)


def resume(
    path: Path,
    decided: Plan,
    password: str = "",
    tick: Tick = no_tick,
    reading: ReadingSettings | None = None,
) -> Planned:
    """Reads the document that a plan was made for. Raises UsageError where it is another one.

    `reading` is the plan's own with the access to its endpoint and the place of its model, where it
    has them.
    """
    reading = reading or decided.reading
    check_model(decided, reading)
    document = read(path, password, tick=tick, reading=reading)
    source, pages = document.source, document.pages
    if source.sha256 != decided.source_sha256:
        raise UsageError(f"the plan was not made for {path}", "make a new one with: redactor plan")
    plans.check_fits(decided, {page.number: (page.width, page.height) for page in pages})
    return Planned(source, pages, decided, document.rereading, reading.model)


def check_model(decided: Plan, reading: ReadingSettings) -> None:
    """Raises UsageError unless a plan is read again by the very model it was made with."""
    planned, given = (
        {(name, digest) for name, version, digest in used if version == own_model.VERSION}
        for used in (decided.models, reading_models(reading))
    )
    if planned != given:
        names = " ".join(name for name, _ in planned) or "no model of the user's own"
        raise UsageError(
            f"{decided.file} was made with {names}",
            "name the folder of that very model with --model" if planned else "leave --model out",
        )


def redact(
    path: Path,
    output: Path,
    policy: Policy,
    key: PrivateKey | SshSigner,
    terms: Sequence[str] = (),
    password: str = "",
    only: frozenset[int] | None = None,
    mode: str = "auto",
    tick: Tick = no_tick,
    reading: ReadingSettings = modes.DEFAULT,
    log: Path | None = None,
    closing: Closing = OPEN,
) -> Redacted:
    """The whole flow: reads, decides, burns, verifies, reports, signs and publishes.

    `log` is the audit log that gets an entry. Raises PersonMustDecide where the policy leaves
    findings to a person: then a plan stands at
    `plan_path(output)` and no PDF.
    """
    for target in outputs_of(output):
        check_target(target, path)
    if log:
        journal.check_ready(log)
    planned = plan(path, policy, terms, password, only, tick, reading)
    if planned.plan.to_review:
        # Somebody may have worked on it.
        if plan_path(output).exists():
            raise FileAccessError(
                f"there is a plan already: {plan_path(output)}",
                "carry it out with: redactor apply, or move it away",
            )
        check_target(plan_path(output), path)
        publish({plan_path(output): plans.to_json(planned.plan).encode()})
        raise PersonMustDecide(
            f"{len(planned.plan.to_review)} findings are left to a person by policy {policy.name}",
            f"decide in {plan_path(output)}, then: redactor apply",
        )
    return finish(planned, output, key, mode, tick, log, closing)


def finish(
    planned: Planned,
    output: Path,
    key: PrivateKey | SshSigner,
    mode: str = "auto",
    tick: Tick = no_tick,
    log: Path | None = None,
    closing: Closing = OPEN,
) -> Redacted:
    """Applies a plan that is fully decided, and publishes the output with its signed report.

    With `log` the job is entered there first, so that no output is ever without its entry.
    Raises VerificationFailed where the output or its report would give away what was removed.
    """
    applied = apply(planned, mode, tick, closing)
    hmac_key = job_hmac_key()
    report = report_on(planned, applied, hmac_key)
    leaks_nothing(report, applied.removed, about_here(output))
    envelope, signature = sealed(report, key)
    key_path = new_job_key_path(hashlib.sha256(envelope).hexdigest())
    paths = outputs_of(output)
    named = tells(output, applied.removed)
    done = Redacted(planned, applied, report, output, paths[1], named)
    files = dict(zip(paths, (applied.output, envelope, signature), strict=True))
    job = Job(
        created_now(),
        ExitCode.OK,
        planned.source.sha256,
        report.output.sha256,
        hashlib.sha256(envelope).hexdigest(),
    )
    with _entered(job, log, key):
        publish(files, {key_path: hmac_key_line(hmac_key)})
    return done


@contextmanager
def _entered(job: Job, log: Path | None, key: PrivateKey | SshSigner) -> Iterator[None]:
    """A job that is in the log before it is done, and again where it then fails."""
    if log is None:
        yield
        return
    journal.append(log, [job], key, job.time)
    try:
        yield
    except BaseException as error:
        failed = Job(created_now(), exit_code(error), job.input_sha256)
        journal.append(log, [failed], key, failed.time)
        raise


def plan_path(output: Path) -> Path:
    """Where the plan goes when a person must decide before there can be an output."""
    return output.with_name(output.name + ".plan.json")
