"""Plans: to JSON and back, what is no plan, and the boxes that come of one."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from redactor.errors import UsageError
from redactor.findings import Action, Decision, Finding
from redactor.geometry import Box
from redactor.modes import Endpoint, Mode, ReadingSettings
from redactor.plan import Plan, check_fits, from_json, redactions, to_json
from redactor.words import Line, LineKind, Origin, Page, Word

SECRET = "Zebulon"
INNER = Box(100.0, 100.0, 121.0, 110.0)
BELOW = Box(100.0, 112.0, 121.0, 122.0)


def decision(
    *boxes: Box, action: Action = Action.REDACT, page: int = 1, number: int = 1
) -> Decision:
    finding = Finding(f"p{page}-f{number}", page, "PERSON", SECRET, boxes, 0.9, "terms", 0.8)
    return Decision(finding, action, "names", "(A)", "score 0.90")


def plan(*decisions: Decision, pad: float = 0.25, quantize_pt: float = 0.0) -> Plan:
    return Plan(
        source_sha256="a" * 64,
        policy_name="default",
        policy_sha256="b" * 64,
        models=(("locator", "1.0", "c" * 64),),
        pad=pad,
        quantize_pt=quantize_pt,
        show_code=True,
        certain_confidence=0.6,
        decisions=decisions,
        reading=ReadingSettings(Mode.VLM, vlm=Endpoint("http://127.0.0.1:8000/v1", "m")),
    )


def page(*boxes: Box, number: int = 1) -> Page:
    words = tuple(Word("x", box, 1.0, Origin.PRINT) for box in boxes)
    lines = (Line(words, LineKind.PRINT),) if words else ()
    return Page(number, 300, 200, lines)


PLAN = plan(
    decision(INNER, Box(10.5, 20.0, 30.25, 40.125)), decision(INNER, action=Action.REVIEW, number=2)
)


def test_json_and_back() -> None:
    back = from_json(to_json(PLAN), "p.json")
    without_text = replace(
        PLAN,
        decisions=tuple(
            replace(d, finding=replace(d.finding, text=""), action=d.action) for d in PLAN.decisions
        ),
    )
    assert back == without_text
    assert to_json(back) == to_json(PLAN)
    assert back.to_review == back.decisions[1:]


def test_a_plan_keeps_no_key() -> None:
    access = ReadingSettings(Mode.VLM, vlm=Endpoint("http://a", "m", "sesame"), vlm_hosts=("a:1",))
    kept = access.without_access()
    assert kept.vlm
    assert kept.vlm.key == ""
    assert kept.vlm_hosts == ()
    assert "sesame" not in to_json(replace(PLAN, reading=access))


def test_json_holds_no_text() -> None:
    assert SECRET not in to_json(PLAN)
    assert SECRET not in repr(PLAN)


GOOD: dict[str, Any] = json.loads(to_json(PLAN))


def malformed(*path: str | int, value: Any = None, drop: bool = False) -> str:
    data = json.loads(json.dumps(GOOD))
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    if drop:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", '"x"', "{}", '{"redactor_plan": 1}'])
def test_what_is_no_plan_at_all(text: str) -> None:
    with pytest.raises(UsageError, match=r"p\.json is not a plan"):
        from_json(text, "p.json")


@pytest.mark.parametrize("key", list(GOOD))
def test_a_plan_lacks_nothing(key: str) -> None:
    with pytest.raises(UsageError, match=f"{key} is missing"):
        from_json(malformed(key, drop=True), "p.json")


@pytest.mark.parametrize("key", list(GOOD["decisions"][0]))
def test_a_decision_lacks_nothing(key: str) -> None:
    with pytest.raises(UsageError, match=f"{key} is missing"):
        from_json(malformed("decisions", 0, key, drop=True), "p.json")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["redactor_plan"], 2),
        (["redactor_plan"], "1"),
        (["redactor_plan"], True),
        (["source"], "a" * 64),
        (["source", "sha256"], 1),
        (["policy", "name"], None),
        (["models"], [["locator", "1", "c"]]),
        (["models"], 1),
        (["box", "pad"], "0.25"),
        (["box", "pad"], True),
        (["box", "pad"], math.nan),
        (["box", "quantize_pt"], math.inf),
        (["box", "show_code"], "no"),
        (["certain_confidence"], 10**400),
        (["reading"], "icr"),
        (["reading", "mode"], "best"),
        (["reading", "engine"], 1),
        (["reading", "reread_below"], 1.1),
        (["reading", "vlm"], None),  # mode vlm without its endpoint
        (["reading", "vlm", "url"], 1),
        (["reading", "vlm"], {"url": "http://127.0.0.1"}),
        (["decisions"], None),
        (["decisions"], 1),
        (["decisions", 0], "redact"),
        (["decisions", 0, "id"], 1),
        (["decisions", 0, "action"], "burn"),
        (["decisions", 0, "action"], []),
        (["decisions", 0, "page"], "1"),
        (["decisions", 0, "page"], True),
        (["decisions", 0, "page"], 1.5),
        (["decisions", 0, "page"], 0),
        (["decisions", 0, "page"], -1),
        (["decisions", 0, "boxes"], [[0, 0, 1]]),
        (["decisions", 0, "boxes"], [[0, 0, 1, 1, 1]]),
        (["decisions", 0, "boxes"], [[5, 0, 1, 1]]),
        (["decisions", 0, "boxes"], [[0, 0, 1, None]]),
        (["decisions", 0, "boxes"], [[0, 0, math.nan, 1]]),
        (["decisions", 0, "boxes"], ["abcd"]),
        (["decisions", 0, "boxes"], []),  # to redact, but nothing
        (["box", "pad"], -0.1),
        (["box", "quantize_pt"], -6),
        (["decisions", 0, "boxes"], ""),
        (["decisions", 0, "boxes"], {}),
        (["decisions", 0, "rule"], None),
        (["decisions", 0, "score"], "high"),
        (["decisions", 0, "score"], 7),
        (["decisions", 0, "confidence"], -1),
        (["decisions", 1, "id"], "p1-f1"),  # there twice
    ],
)
def test_malformed_plans_are_refused(path: list[str | int], value: Any) -> None:
    with pytest.raises(UsageError, match=r"p\.json is not a plan") as caught:
        from_json(malformed(*path, value=value), "p.json")
    assert "redactor plan" in str(caught.value)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(UsageError):
        from_json("[" * 100_000, "p.json")


def test_only_what_is_to_go_is_boxed() -> None:
    decisions = [decision(INNER, action=action, number=n) for n, action in enumerate(Action)]
    (made,) = redactions(plan(*decisions), [page()])
    assert made.finding_ids == ("p1-f0",)


def test_one_box_a_line_of_a_finding() -> None:
    found = redactions(
        plan(decision(INNER, BELOW), decision(INNER, page=2)), [page(), page(number=2)]
    )
    assert [(r.page, r.finding_id) for r in found] == [(1, "p1-f1"), (1, "p1-f1"), (2, "p2-f1")]
    assert {r.overlay for r in found} == {"(A)"}


def test_codes_are_left_out_when_the_policy_says_so() -> None:
    (one,) = redactions(replace(plan(decision(INNER)), show_code=False), [page()])
    assert one.overlay == ""


def coded(number: int, box: Box, code: str) -> Decision:
    return replace(decision(box, number=number), code=code)


@pytest.mark.parametrize(
    ("codes", "overlay", "brief"),
    [
        (("(A)", "(B)"), "(A), (B)", "(A)"),
        (("(A)", "(A)"), "(A)", "(A)"),
        (("", "(B)"), "(B)", "(B)"),
        (("", ""), "", ""),
    ],
)
def test_findings_that_overlap_share_a_box_and_its_codes(
    codes: tuple[str, str], overlay: str, brief: str
) -> None:
    inside = Box(105, 100, 115, 110)
    large, small = coded(2, INNER, codes[0]), coded(1, inside, codes[1])
    (one,) = redactions(plan(small, large, pad=0), [page()])
    assert one.box == INNER
    assert one.finding_ids == ("p1-f2", "p1-f1")
    assert (one.overlay, one.brief) == (overlay, brief)


def test_findings_on_two_pages_share_nothing() -> None:
    found = redactions(plan(decision(INNER), decision(INNER, page=2)), [page(), page(number=2)])
    assert [(r.page, r.also) for r in found] == [(1, ()), (2, ())]


def test_of_boxes_over_each_other_that_stay_two_the_larger_has_the_code() -> None:
    area = decision(Box(110, 60, 200, 160), number=2)
    half, whole = redactions(plan(decision(INNER), area), [page()])
    assert (half.overlay, half.brief) == ("", "")
    assert (whole.overlay, whole.brief) == ("(A)", "(A)")


def test_boxes_grow_by_the_pad_and_stay_on_the_page() -> None:
    edge, outside = Box(-5, 190, 20, 200), Box(302, 10, 310, 20)
    found = redactions(plan(decision(INNER, edge, outside), pad=1), [page()])
    assert [r.box for r in found] == [Box(99, 99, 122, 111), Box(0, 189, 21, 200)]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ([], (98.5, 122.5)),  # 21 -> 24, evenly on both sides
        ([Box(122, 100, 140, 110)], (98.5, 122)),
        ([Box(60, 100, 99, 110)], (99, 122.5)),
        ([Box(60, 100, 99, 110), Box(122, 100, 140, 110)], (99, 122)),
        ([Box(122, 120, 140, 130)], (98.5, 122.5)),  # on another line
        ([Box(122, 109, 140, 119)], (98.5, 122)),  # half on it
        ([Box(121, 100, 140, 110), Box(60, 100, 100, 110)], (100, 121)),
    ],
)
def test_quantized_boxes_stop_at_their_neighbors(
    beside: list[Box], expected: tuple[float, float]
) -> None:
    (one,) = redactions(plan(decision(INNER), pad=0, quantize_pt=6), [page(INNER, *beside)])
    assert (one.box.x0, one.box.x1) == expected


def test_quantized_boxes_leave_the_rest_of_their_own_word() -> None:
    whole = Box(60, 100, 121, 110)  # "SSN:1234", of which "1234" goes
    (one,) = redactions(plan(decision(INNER), pad=0, quantize_pt=24), [page(whole)])
    assert one.box.x0 == 100


def test_quantized_boxes_stop_at_a_neighbor_that_overhangs() -> None:
    italic = Box(120.8, 100, 140, 110)
    (one,) = redactions(plan(decision(INNER), pad=0, quantize_pt=24), [page(INNER, italic)])
    assert one.box.x1 <= 121


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (decision(INNER, page=3), "page 3"),
        (decision(INNER, page=3, action=Action.KEEP), "page 3"),
        (decision(INNER, Box(302, 10, 310, 20)), "off page 1"),
        (decision(Box(10, -9, 20, -1)), "off page 1"),
    ],
)
def test_a_plan_for_places_that_are_not_there(made: Decision, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        check_fits(plan(made), {1: (300.0, 200.0), 2: (300.0, 200.0)})


def test_a_plan_for_places_that_are_there() -> None:
    edge = Box(-5, 190, 20, 200)
    off = decision(Box(302, 10, 310, 20), action=Action.KEEP, number=2)
    check_fits(plan(decision(INNER, edge), off), {1: (300.0, 200.0)})
