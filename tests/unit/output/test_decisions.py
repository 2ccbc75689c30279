"""Decisions as rows, and the log of exemptions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.geometry import Box
from redactor.output.decisions import NO_CODE, STYLES, code_counts, decisions, exemption_log
from redactor.output.evidence import SignedReport
from redactor.output.tables import as_dicts
from redactor.report import RedactionInfo
from redactor.trust import SignedBy
from tests.unit.test_report import DECLINED, OTHER, REDACTION, REPORT


def redaction(number: int, page: int, x: float, y: float, code: str = "(A)") -> RedactionInfo:
    box = Box(x, y, x + 40, y + 10)
    return replace(REDACTION, id=f"r{number}", page=page, box=box, code=code)


def signed(*redactions: RedactionInfo, name: str = "a.pdf") -> SignedReport:
    report = replace(REPORT, redactions=redactions)
    return SignedReport(report, name, "c" * 64, (SignedBy("SHA256:x"),))


TWO = signed(redaction(1, 2, 10, 10), redaction(2, 1, 300, 700, ""), redaction(3, 1, 300, 20))


def test_every_decision_has_a_row() -> None:
    rows = as_dicts(decisions(signed(REDACTION)))
    assert [row["action"] for row in rows] == ["redact", "keep"]
    first = rows[0]
    assert first["rule"] == "names"
    assert first["citation"] == "45 CFR 164.514"
    assert (first["left"], first["bottom"]) == (REDACTION.box.x0, REDACTION.box.y1)
    assert first["uncertain"] == "no"
    assert len(rows) == 1 + len(REPORT.declined)


def test_each_finding_of_a_shared_box_has_a_row() -> None:
    rows = as_dicts(decisions(signed(replace(REDACTION, also=(OTHER,)))))
    shared = [row for row in rows if row["action"] == "redact"]
    assert [(row["finding"], row["rule"]) for row in shared] == [
        (REDACTION.finding, "names"),
        (OTHER.finding, "places"),
    ]
    assert {(row["left"], row["bottom"]) for row in shared} == {
        (REDACTION.box.x0, REDACTION.box.y1)
    }


def test_a_shared_box_is_one_place_with_all_its_codes() -> None:
    other = replace(OTHER, code="(B)", reason="asked for")
    shared = replace(redaction(1, 1, 0, 0, "(A)"), also=(other, replace(other, code="(A)")))
    (row,) = as_dicts(exemption_log([signed(shared)], "foia"))
    assert row["Exemption"] == "(A), (B)"
    assert row["Citation"] == "45 CFR 164.514"
    assert str(row["Information withheld"]).count("; ") == 1
    assert row["Basis"] == f"{REDACTION.reason}; asked for"
    assert code_counts([signed(shared)]).rows == (("(A)", 1, 1, 1), ("(B)", 1, 1, 1))


def test_doubt_is_told() -> None:
    doubtful = replace(REDACTION, reason="uncertain: score 0.40 is under certain_score 0.5")
    assert as_dicts(decisions(signed(doubtful)))[0]["uncertain"] == "yes"


@pytest.mark.parametrize("style", STYLES)
def test_the_log_is_in_order_and_has_no_column_twice(style: str) -> None:
    log = exemption_log([TWO, TWO], style)
    assert len(set(log.head)) == len(log.head)
    rows = log.rows
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row[2] for row in rows] == [1, 1, 2, 1, 1, 2]
    assert rows[0][3] == "top center, 4.2 in from the left, 0.3 in from the top"
    assert rows[1][4] == NO_CODE
    assert rows[0][5] == "45 CFR 164.514"


def test_the_privilege_log_names_the_privilege() -> None:
    assert "Privilege or protection" in exemption_log([TWO], "privilege").head
    assert "Exemption" in exemption_log([TWO], "foia").head


def test_what_was_left_is_not_in_the_log() -> None:
    assert exemption_log([signed()], "foia").rows == ()
    assert DECLINED in REPORT.declined


def test_counts_add_up() -> None:
    other = signed(redaction(1, 1, 0, 0, "(B)"), name="b.pdf")
    counts = code_counts([TWO, TWO, other])
    assert counts.rows == (("(A)", 4, 4, 2), (NO_CODE, 2, 2, 2), ("(B)", 1, 1, 1))
    assert sum(int(row[1]) for row in counts.rows) == 7


def test_a_page_that_the_report_does_not_list() -> None:
    (row,) = exemption_log([signed(redaction(1, 9, 72, 144))], "foia").rows
    assert row[3] == "1.0 in from the left, 2.0 in from the top"
