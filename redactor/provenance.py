"""Says what was done to a document: the report on it, signed two ways."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from redactor.engine import READING_PACKAGES, TOOL, code_digest, packages
from redactor.findings import POLICY, Action, Decision, Redaction
from redactor.geometry import Box
from redactor.modes import Endpoint, Rereading
from redactor.partial import described
from redactor.pdf.render import DPI
from redactor.policy.model import Policy, Rule
from redactor.reading import contradictions
from redactor.report import (
    KEPT_SETTING,
    OBSCURED,
    TITLE_SETTING,
    DeclinedInfo,
    InkInfo,
    InputInfo,
    JobInfo,
    ModelInfo,
    OutputInfo,
    PackageInfo,
    PageInfo,
    PageMode,
    PolicyInfo,
    PolicyRules,
    ReadingInfo,
    Reason,
    RedactionInfo,
    Report,
    ReviewerInfo,
    RuleInfo,
    SanitizedItem,
    SettingInfo,
    ToolInfo,
    VlmInfo,
)
from redactor.sign.envelope import PAYLOAD_TYPE, seal
from redactor.sign.job_keys import text_hmac
from redactor.sign.keys import PrivateKey
from redactor.sign.signer import SshSigner, signer_of
from redactor.sign.sshsig import ssh_sign
from redactor.stages import Applied, Planned
from redactor.statement import to_bytes
from redactor.strict_json import canonical_json
from redactor.words import InkLedger, Page, Word

_DECIDING_PACKAGES = ("spacy", "google-re2", "phonenumbers", "python-stdnum")


def created_now() -> str:
    """The time in UTC, RFC 3339."""
    return moment_now().strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_now() -> datetime:
    """The time in UTC; SOURCE_DATE_EPOCH (reproducible-builds.org) takes its place."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def report_on(planned: Planned, applied: Applied, hmac_key: bytes) -> Report:
    """The report: everything that was decided, done and checked, and not one removed word."""
    plan = planned.plan
    return Report(
        output=OutputInfo(hashlib.sha256(applied.output).hexdigest()),
        input=InputInfo(planned.source.sha256, planned.source.size, len(planned.pages)),
        created=created_now(),
        tool=ToolInfo(TOOL, importlib.metadata.version(TOOL), code_digest()),
        job=JobInfo(plan.terms, applied.mode, plan.only),
        policy=PolicyInfo(plan.policy_name, plan.policy_sha256, plan.rules),
        reading=_reading_info(planned),
        models=tuple(ModelInfo(name, digest, version) for name, version, digest in plan.models),
        packages=(
            PackageInfo("python", platform.python_version()),
            *packages((*READING_PACKAGES, *_DECIDING_PACKAGES)),
        ),
        pages=tuple(_page_info(page, planned, applied) for page in planned.pages),
        redactions=tuple(_redactions(planned, applied, hmac_key)),
        declined=tuple(_declined(planned)),
        reviewers=_reviewers(plan.decisions),
        sanitized=_sanitized(planned, applied),
        checks=applied.checks,
        residual_risks=tuple(residual_risks(planned, applied)),
        pdf_signature=applied.signature,
    )


def policy_rules(policy: Policy) -> PolicyRules:
    """What a policy says, but not the texts that it names: they may be of the document."""
    parts = {"settings": policy.settings, "box": policy.box}
    stated = {
        f"{part}.{name}": getattr(model, name)
        for part, model in parts.items()
        for name in type(model).model_fields
    }
    beside = {
        KEPT_SETTING: policy.document.keep,
        TITLE_SETTING: policy.document.title is not None,
        "document.language": policy.document.language or "",
    }
    return PolicyRules(
        settings=tuple(
            SettingInfo(name, canonical_json(value).decode())
            for name, value in {**stated, **beside}.items()
        ),
        rules=tuple(map(_rule_info, policy.rules)),
        never=len(policy.never),
        always=len(policy.always),
        subject=policy.subject is not None,
    )


def _rule_info(rule: Rule) -> RuleInfo:
    limits = {
        "pages": rule.pages,
        "region": rule.region and " ".join(f"{v:g}" for v in rule.region.as_tuple()),
        "origin": rule.origin and ", ".join(rule.origin),
        "over": rule.over,
        "unless": len(rule.unless) or None,
    }
    return RuleInfo(
        id=rule.id,
        kind=rule.kind,
        labels=rule.labels,
        action=rule.action,
        code=rule.code,
        cite=rule.cite,
        keep=described(rule.keep) if rule.keep else "",
        limits="; ".join(f"{name} {value}" for name, value in limits.items() if value is not None),
    )


def sealed(report: Report, key: PrivateKey | SshSigner) -> tuple[bytes, bytes]:
    """The report as a DSSE envelope, and the SSHSIG over the envelope's bytes."""
    return sealed_bytes(to_bytes(report), key)


def sealed_bytes(statement: bytes, key: PrivateKey | SshSigner) -> tuple[bytes, bytes]:
    """A statement's bytes as a DSSE envelope, and the SSHSIG over the envelope's bytes."""
    envelope = seal(statement, PAYLOAD_TYPE, signer_of(key))
    return envelope, ssh_sign(envelope, key).encode("ascii")


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
    for number in applied.obscured:
        yield f"page {number}: {OBSCURED}"
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
        DPI,
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
            hmac=text_hmac(hmac_key, _text_under(redaction, pages[redaction.page])),
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


def _reviewers(decisions: Sequence[Decision]) -> tuple[ReviewerInfo, ...]:
    counts = Counter((d.decided_by, d.action) for d in decisions if d.decided_by != POLICY)
    return tuple(
        ReviewerInfo(name, counts[name, Action.REDACT], counts[name, Action.KEEP])
        for name in sorted({name for name, _ in counts})
    )


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
