"""Says what was done to a document: the report on it, signed two ways."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from redactor import sign
from redactor.engine import READING_PACKAGES, TOOL, packages
from redactor.findings import Action, Decision, Redaction
from redactor.geometry import Box
from redactor.modes import Endpoint, Rereading
from redactor.pdf.render import DPI
from redactor.reading import contradictions
from redactor.report import (
    DeclinedInfo,
    InkInfo,
    InputInfo,
    ModelInfo,
    OutputInfo,
    PageInfo,
    PageMode,
    PolicyInfo,
    ReadingInfo,
    Reason,
    RedactionInfo,
    Report,
    SanitizedItem,
    VlmInfo,
    to_bytes,
)
from redactor.stages import Applied, Planned
from redactor.words import InkLedger, Page, Word

_DECIDING_PACKAGES = ("spacy", "google-re2", "phonenumbers", "python-stdnum")


def created_now() -> str:
    """The time in UTC, RFC 3339; SOURCE_DATE_EPOCH (reproducible-builds.org) takes its place."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def report_on(planned: Planned, applied: Applied, hmac_key: bytes) -> Report:
    """The report: everything that was decided, done and checked, and not one removed word."""
    plan = planned.plan
    return Report(
        output=OutputInfo(hashlib.sha256(applied.output).hexdigest()),
        input=InputInfo(planned.source.sha256, planned.source.size, len(planned.pages)),
        created=created_now(),
        tool=packages([TOOL])[0],
        policy=PolicyInfo(plan.policy_name, plan.policy_sha256),
        reading=_reading_info(planned),
        models=tuple(ModelInfo(name, digest, version) for name, version, digest in plan.models),
        packages=packages((*READING_PACKAGES, *_DECIDING_PACKAGES)),
        pages=tuple(_page_info(page, planned, applied) for page in planned.pages),
        redactions=tuple(_redactions(planned, applied, hmac_key)),
        declined=tuple(_declined(planned)),
        sanitized=_sanitized(planned, applied),
        checks=applied.checks,
        residual_risks=tuple(residual_risks(planned, applied)),
    )


def sealed(report: Report, key: sign.PrivateKey) -> tuple[bytes, bytes]:
    """The report as a DSSE envelope, and the SSHSIG over the envelope's bytes."""
    envelope = sign.seal(to_bytes(report), sign.PAYLOAD_TYPE, sign.Ed25519Signer(key))
    return envelope, sign.ssh_sign(envelope, key).encode("ascii")


def uncertain_words(planned: Planned, page: Page) -> tuple[Word, ...]:
    """The words of a page that were read with less confidence than the policy calls certain."""
    return tuple(w for w in page.words if w.confidence < planned.plan.certain_confidence)


def residual_risks(planned: Planned, applied: Applied) -> Iterator[str]:
    """What a reader of the output should know that no check can rule out."""
    for page in planned.pages:
        if uncertain := len(uncertain_words(planned, page)):
            yield f"page {page.number}: {uncertain} words were read with little confidence"
        if unread := len(page.ink.unread):
            yield f"page {page.number}: {unread} places of text-like ink could not be read"
        if lies := len(contradictions(page)):
            yield f"page {page.number}: {lies} words look other than the text layer has them"
    vlm, asked = planned.plan.reading.vlm, planned.rereading
    if vlm:
        yield f"images of {asked.lines} uncertain lines were sent to {vlm.host}"
    if any(r.page not in applied.rebuilt for r in applied.redactions):
        yield "the width of a box and the places of the words beside it hint at a text's length"


def _reading_info(planned: Planned) -> ReadingInfo:
    reading = planned.plan.reading
    return ReadingInfo(
        reading.mode,
        reading.engine,
        reading.lexicon_weight,
        reading.reread_below,
        vlm_info(reading.vlm, planned.rereading) if reading.vlm else None,
    )


def vlm_info(endpoint: Endpoint, asked: Rereading) -> VlmInfo:
    """What to say of an endpoint that was asked."""
    counts = (asked.lines, asked.accepted, asked.rejected, asked.malformed)
    return VlmInfo(endpoint.host, endpoint.model, *counts)


def _page_info(page: Page, planned: Planned, applied: Applied) -> PageInfo:
    is_rebuilt = page.number in applied.rebuilt
    return PageInfo(
        number=page.number,
        mode=PageMode.REBUILT if is_rebuilt else PageMode.IN_PLACE,
        reason=applied.rebuilt.get(page.number, "provably clean in place"),
        width=page.width,
        height=page.height,
        words=len(page.words),
        uncertain_words=len(uncertain_words(planned, page)),
        ink=_ink_info(page.ink),
    )


def _ink_info(ink: InkLedger) -> InkInfo:
    return InkInfo(ink.word, ink.mark, ink.rule, ink.picture, ink.speck, len(ink.unread))


def _redactions(planned: Planned, applied: Applied, hmac_key: bytes) -> Iterator[RedactionInfo]:
    decisions = {d.finding.id: d for d in planned.plan.decisions}
    pages = {page.number: page for page in planned.pages}
    for index, redaction in enumerate(applied.redactions, start=1):
        first, *others = (decisions[finding] for finding in redaction.finding_ids)
        yield RedactionInfo(
            **_place(f"r{index}", redaction.page, redaction.box),
            **_reason(first),
            hmac=sign.text_hmac(hmac_key, _text_under(redaction, pages[redaction.page])),
            also=tuple(Reason(**_reason(other)) for other in others),
        )


def _text_under(redaction: Redaction, page: Page) -> str:
    """The words that a box takes, in order."""
    return " ".join(w.text for w in page.words if redaction.box.contains(*w.box.center))


def _declined(planned: Planned) -> Iterator[DeclinedInfo]:
    index = 0
    for decision in planned.plan.decisions:
        if decision.action is Action.KEEP:
            for box in decision.finding.boxes:
                index += 1
                place = _place(f"d{index}", decision.finding.page, box)
                yield DeclinedInfo(**place, **_reason(decision))


def _place(identifier: str, page: int, box: Box) -> dict[str, Any]:
    """The fields of a Candidate that say where it is."""
    return {
        "id": identifier,
        "page": page,
        "box": box.rounded(),
        "box_px": box.scaled(DPI / 72).rounded(1),
        "dpi": DPI,
    }


def _reason(decision: Decision) -> dict[str, Any]:
    """The fields of a Reason."""
    finding = decision.finding
    return {
        "finding": finding.id,
        "label": finding.label,
        "rule": decision.rule,
        "code": decision.code,
        "confidence": round(finding.confidence, 4),
        "score": round(finding.score, 4),
        "detector": finding.detector,
        "decided_by": decision.decided_by,
        "reason": decision.reason,
    }


def _sanitized(planned: Planned, applied: Applied) -> tuple[SanitizedItem, ...]:
    counts = dict(applied.sanitized)
    for item, count in planned.source.removed:
        counts[item] = counts.get(item, 0) + count
    return tuple(SanitizedItem(item, count) for item, count in sorted(counts.items()))
