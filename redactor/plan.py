"""All decisions for one document, as data and as JSON. Holds no document text."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from redactor.codec import decoder, encode
from redactor.errors import UsageError
from redactor.findings import Action, Decision, Finding, Redaction, printed
from redactor.geometry import Box
from redactor.merging import merge
from redactor.modes import DEFAULT, Endpoint, Mode, ReadingSettings
from redactor.report import UNSAID, PolicyRules
from redactor.words import Page, Word

VERSION = 1
_OVER = 0.1  # share of a box from which another one lying over it hides its code
_REMAKE = "make a new one with: redactor plan"
_SAME = 0.01  # points: box edges as near as this are one, as a plan file rounds them


@dataclass(frozen=True, slots=True)
class Plan:
    """Decisions, and the digests (SHA-256, hex) of what they rest on.

    `pad`, `quantize_pt` (points) and `show_code` say how boxes are drawn; words read with less than
    `certain_confidence` are uncertain; `models` are (name, version, digest); `reading` is how the
    document was read; `rules` are what the policy says; of what the user asked for beside it,
    `terms` counts the texts and `only` are the pages (none: all). `file` names the plan in
    messages, where it came from one.
    """

    source_sha256: str
    policy_name: str
    policy_sha256: str
    models: tuple[tuple[str, str, str], ...]
    pad: float
    quantize_pt: float
    show_code: bool
    certain_confidence: float
    decisions: tuple[Decision, ...]
    reading: ReadingSettings = DEFAULT
    rules: PolicyRules = UNSAID
    terms: int = 0
    only: tuple[int, ...] = ()
    file: str = field(default="the plan", compare=False)

    @property
    def to_review(self) -> tuple[Decision, ...]:
        """The decisions that are left to a person."""
        return tuple(d for d in self.decisions if d.action is Action.REVIEW)


def redactions(plan: Plan, pages: Sequence[Page]) -> tuple[Redaction, ...]:
    """A box for each line of each finding that is to go, in page space, inside its page.

    Findings that overlap on a line share one (`merging.py`). Boxes grow by `pad` and, to tell less
    of a word's length, to a multiple of `quantize_pt` as far as the words beside them leave room.
    """
    by_page: dict[int, list[Decision]] = {page.number: [] for page in pages}
    for decision in plan.decisions:
        if decision.action is Action.REDACT:
            by_page[decision.finding.page].append(decision)
    made: list[Redaction] = []
    for page in pages:
        on_page = list(_on_page(plan, page, by_page[page.number]))
        made.extend(_with_legible_code(redaction, on_page) for redaction in on_page)
    return tuple(made)


def _on_page(plan: Plan, page: Page, decisions: Sequence[Decision]) -> Iterator[Redaction]:
    words = page.words
    for merged in merge(decisions, words, plan.pad):
        wide = _quantized(merged.box.padded(plan.pad), plan.quantize_pt, words, merged.box)
        box = wide.clipped(page.width, page.height)
        if box:
            first, *others = (decision.finding.id for decision in merged.decisions)
            overlay, brief = printed(d.code for d in merged.decisions if plan.show_code)
            yield Redaction(page.number, box.rounded(), overlay, first, tuple(others), brief)


def _with_legible_code(redaction: Redaction, others: Sequence[Redaction]) -> Redaction:
    """The redaction without its code where a larger box lies over it: both would print there.

    `others` are those of its page.
    """
    area = redaction.box.area
    for other in others:
        is_over = redaction.box.covered_by(other.box) > _OVER
        if is_over and (other.box.area, other.finding_id) > (area, redaction.finding_id):
            return replace(redaction, overlay="", brief="")
    return redaction


def check_fits(plan: Plan, sizes: Mapping[int, tuple[float, float]]) -> None:
    """Raises UsageError where a decision is about a place that the document does not have.

    `sizes` are the widths and heights of its pages, by number.
    """
    for decision in plan.decisions:
        finding = decision.finding
        if finding.page not in sizes:
            raise UsageError(
                f"{plan.file} names page {finding.page}, the document has {len(sizes)}", _REMAKE
            )
        if decision.action is Action.REDACT and not all(
            box.clipped(*sizes[finding.page]) for box in finding.boxes
        ):
            raise UsageError(f"{plan.file} has a box off page {finding.page}", _REMAKE)


def _quantized(wanted: Box, step: float, words: Sequence[Word], inner: Box) -> Box:
    """`wanted` widened to a multiple of `step`, stopping short of the words beside `inner`.

    A word that `inner` takes only a part of bounds it on the side where the word goes on; where
    a neighbor overhangs, `inner` is not left.
    """
    if step <= 0:
        return wanted
    extra = (math.ceil(wanted.width / step) * step - wanted.width) / 2
    beside = [w.box for w in words if w.box.y0 < wanted.y1 and w.box.y1 > wanted.y0]
    left = max((min(b.x1, inner.x0) for b in beside if b.x0 < inner.x0 - _SAME), default=-math.inf)
    right = min((max(b.x0, inner.x1) for b in beside if b.x1 > inner.x1 + _SAME), default=math.inf)
    x0, x1 = max(wanted.x0 - extra, left), min(wanted.x1 + extra, right)
    return Box(min(x0, wanted.x0), wanted.y0, max(x1, wanted.x1), wanted.y1)


def to_json(plan: Plan) -> str:
    """The plan as JSON; the same plan gives the same text."""
    return json.dumps(
        {
            "redactor_plan": VERSION,
            "source": {"sha256": plan.source_sha256},
            "policy": {
                "name": plan.policy_name,
                "sha256": plan.policy_sha256,
                "resolved": encode(plan.rules),
            },
            "job": {"terms": plan.terms, "pages": list(plan.only)},
            "models": [{"name": n, "version": v, "sha256": d} for n, v, d in plan.models],
            "box": {"pad": plan.pad, "quantize_pt": plan.quantize_pt, "show_code": plan.show_code},
            "certain_confidence": plan.certain_confidence,
            "reading": _reading_to_dict(plan.reading),
            "decisions": [_decision_to_dict(decision) for decision in plan.decisions],
        },
        indent=1,
        sort_keys=True,
    )


def from_json(text: str, name: str) -> Plan:
    """The plan in a file called `name`. Raises UsageError saying what is wrong with it."""
    try:
        return replace(_plan_from_dict(json.loads(text)), file=name)
    except KeyError as error:
        raise UsageError(
            f"{name} is not a plan: {error.args[0]} is missing", "make one with: redactor plan"
        ) from error
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UsageError(f"{name} is not a plan", "make one with: redactor plan") from error


def _plan_from_dict(data: Any) -> Plan:
    if type(data["redactor_plan"]) is not int or data["redactor_plan"] != VERSION:
        raise ValueError(f"redactor_plan is not {VERSION}")
    decisions = tuple(_decision_from_dict(entry) for entry in _list(data["decisions"]))
    if len({d.finding.id for d in decisions}) != len(decisions):
        raise ValueError("an id is there twice")
    return Plan(
        source_sha256=_text(data["source"]["sha256"]),
        policy_name=_text(data["policy"]["name"]),
        policy_sha256=_text(data["policy"]["sha256"]),
        models=tuple(
            (_text(m["name"]), _text(m["version"]), _text(m["sha256"]))
            for m in _list(data["models"])
        ),
        pad=_at_least(0, data["box"]["pad"]),
        quantize_pt=_at_least(0, data["box"]["quantize_pt"]),
        show_code=_flag(data["box"]["show_code"]),
        certain_confidence=_share(data["certain_confidence"]),
        decisions=decisions,
        reading=_reading_from_dict(data["reading"]),
        rules=decoder(PolicyRules)(data["policy"]["resolved"], "policy.resolved"),
        terms=_whole(0, data["job"]["terms"]),
        only=tuple(_whole(1, number) for number in _list(data["job"]["pages"])),
    )


def _reading_to_dict(reading: ReadingSettings) -> dict[str, Any]:
    vlm = {"vlm": {"url": reading.vlm.url, "model": reading.vlm.model}} if reading.vlm else {}
    return {
        "mode": reading.mode.value,
        "engine": reading.engine,
        "reread_below": reading.reread_below,
        **vlm,
    }


def _reading_from_dict(data: dict[str, Any]) -> ReadingSettings:
    vlm = data.get("vlm")
    return ReadingSettings(
        mode=Mode(data["mode"]),
        engine=_text(data["engine"]),
        vlm=Endpoint(_text(vlm["url"]), _text(vlm["model"])) if vlm is not None else None,
        reread_below=_share(data["reread_below"]),
    )


def _decision_to_dict(decision: Decision) -> dict[str, Any]:
    finding = decision.finding
    return {
        "id": finding.id,
        "page": finding.page,
        "label": finding.label,
        "boxes": [list(box.rounded().as_tuple()) for box in finding.boxes],
        "score": round(finding.score, 4),
        "confidence": round(finding.confidence, 4),
        "detector": finding.detector,
        "action": decision.action.value,
        "rule": decision.rule,
        "code": decision.code,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
    }


def _decision_from_dict(entry: dict[str, Any]) -> Decision:
    finding = Finding(
        id=_text(entry["id"]),
        page=_whole(1, entry["page"]),
        label=_text(entry["label"]),
        text="",
        boxes=tuple(Box(*(_number(v) for v in _list(box))) for box in _list(entry["boxes"])),
        score=_share(entry["score"]),
        detector=_text(entry["detector"]),
        confidence=_share(entry["confidence"]),
    )
    action = Action(entry["action"])
    if action is Action.REDACT and not finding.boxes:
        raise ValueError("nothing to redact")
    return Decision(
        finding,
        action,
        _text(entry["rule"]),
        _text(entry["code"]),
        _text(entry["reason"]),
        _text(entry["decided_by"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _at_least(least: float, value: Any) -> float:
    number = _number(value)
    if number < least:
        raise ValueError(f"less than {least}")
    return number


def _share(value: Any) -> float:
    number = _at_least(0, value)
    if number > 1:
        raise ValueError("more than 1")
    return number


def _whole(least: int, value: Any) -> int:
    number = _at_least(least, value)
    if number != int(number):
        raise ValueError("not a whole number")
    return int(number)
