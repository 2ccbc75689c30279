"""What holds for all plans: their JSON, and boxes that keep off their neighbors."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.findings import Action, Decision, Finding
from redactor.geometry import Box
from redactor.plan import Plan, from_json, redactions, to_json
from redactor.words import Line, LineKind, Origin, Page, Word

share = st.integers(0, 10_000).map(lambda n: n / 10_000)
coordinate = st.integers(0, 500_000).map(lambda n: n / 1000)
side = st.integers(1, 100_000).map(lambda n: n / 1000)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h).rounded(), coordinate, coordinate, side, side
)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
findings = st.builds(
    Finding,
    id=text,
    page=st.just(1),
    label=text,
    text=st.just(""),
    boxes=st.lists(boxes, min_size=1, max_size=3).map(tuple),
    score=share,
    detector=text,
    confidence=share,
)
decisions = st.builds(Decision, findings, st.sampled_from(Action), text, text, text, text)
plans = st.builds(
    Plan,
    text,
    text,
    text,
    st.lists(st.tuples(text, text, text), max_size=2).map(tuple),
    share,
    side,
    st.booleans(),
    share,
    st.lists(decisions, max_size=4, unique_by=lambda d: d.finding.id).map(tuple),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(plans)
def test_json_and_back(plan: Plan) -> None:
    assert from_json(to_json(plan), "p") == plan


@given(plans, st.data())
def test_any_part_exchanged_is_a_plan_or_a_usage_error(plan: Plan, data: st.DataObject) -> None:
    tree = json.loads(to_json(plan))
    holder, key = tree, data.draw(st.sampled_from(sorted(tree)))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(list(keys)))
    holder[key] = data.draw(anything)
    try:
        from_json(json.dumps(tree), "p")
    except UsageError as error:
        assert str(error).startswith("p is not a plan")


@given(
    st.lists(st.integers(3, 60), min_size=2, max_size=8),
    st.lists(st.integers(1, 12), min_size=8, max_size=8),
    st.integers(0, 7),
    st.integers(0, 40),
    st.integers(0, 4).map(lambda n: n / 8),
)
def test_quantized_boxes_cover_their_word_and_no_other(
    widths: list[int], gaps: list[int], chosen: int, step: int, pad: float
) -> None:
    words, x = [], 10.0
    for width, gap in zip(widths, gaps, strict=False):
        words.append(Word("x", Box(x, 20, x + width, 30), 1.0, Origin.PRINT))
        x += width + gap
    target = words[chosen % len(words)]
    page = Page(1, 900, 100, (Line(tuple(words), LineKind.PRINT),))
    finding = Finding("p1-f1", 1, "PERSON", "x", (target.box,), 1.0, "terms")
    plan = Plan(
        "", "", "", (), pad, step, True, 0.5, (Decision(finding, Action.REDACT, "", "", ""),)
    )
    (made,) = redactions(plan, [page])
    assert target.box.covered_by(made.box) == pytest.approx(1)
    for word in words:
        if word is not target:
            assert made.box.overlaps(word.box) is False
    room = made.box.width / step if step else 0
    assert made.box.width >= target.box.width + 2 * pad - 1e-6 or room >= 0
