"""A report that would give something away is never signed."""

from __future__ import annotations

import base64
import getpass
import hashlib
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from redactor.errors import VerificationFailed
from redactor.findings import Action
from redactor.geometry import Box
from redactor.leaks import about_here, leaks_nothing
from redactor.modes import Mode
from redactor.policy.load import available, load
from redactor.report import (
    Check,
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
    RedactionInfo,
    Report,
    ReviewerInfo,
    RuleInfo,
    ToolInfo,
)

NAME, NUMBER = "Jane Q. Example", "212-09-7694"
SHA = "0123456789abcdef" * 4
BOX = Box(1, 2, 3, 4)
REDACTION = RedactionInfo(
    "p1-f1", "PERSON", "names", "(b)(6)", 0.9, 0.9, "spacy", "policy",
    'rule "names" names PERSON', "r1", 1, BOX, BOX, 200, SHA,
)  # fmt: skip
PAGE = PageInfo(1, PageMode.IN_PLACE, "provably clean in place", 9, 9, 1984, 1, InkInfo(*[0] * 6))
CHECK = Check("no removed text on a page", "PDFium", True, "nothing found")
RULE = RuleInfo("names", "find", ("PERSON",), Action.REDACT, "(b)(6)", "5 USC 552", "", "")
RULES = PolicyRules((), (RULE,), 0, 0, False)
CITING = replace(RULES, rules=(replace(RULE, cite=NAME),))
REPORT = Report(
    output=OutputInfo(SHA),
    input=InputInfo(SHA, 2048, 1),
    created="2026-01-02T03:04:05Z",
    tool=ToolInfo("redactor", "1.2.3", SHA),
    job=JobInfo(1984, "auto"),
    policy=PolicyInfo("default", SHA, RULES),
    reviewers=(),
    reading=ReadingInfo(Mode.ICR, "paddle", 0.65, 0.5, 200),
    models=(ModelInfo("latin recognizer", SHA, "1.0.0"),),
    packages=(PackageInfo("numpy", "2.1.0"),),
    pages=(PAGE,),
    redactions=(REDACTION,),
    declined=(),
    sanitized=(),
    checks=(CHECK,),
    residual_risks=("page 1: 1984 words were read with little confidence",),
)


def with_reason(text: str) -> Report:
    return replace(REPORT, redactions=(replace(REDACTION, reason=text),))


@pytest.mark.parametrize(
    "text",
    [
        f"this is {NAME}",
        "this is jane q example",
        "JANE-Q-EXAMPLE",
        "Jane  Q.\nExample's",
        "janeqexample",
        "\uff2aane Q Example",
        f"no. {NUMBER}",
        "212 09 7694",
        "212097694",
        NAME.encode().hex(),
        base64.b64encode(NAME.encode()).decode(),
        hashlib.sha256(NUMBER.encode()).hexdigest(),
        hashlib.md5(NUMBER.encode()).hexdigest().upper(),
        base64.b64encode(hashlib.sha1(NAME.encode()).digest()).decode(),
    ],
)
def test_a_removed_text_in_any_form_is_found(text: str) -> None:
    with pytest.raises(VerificationFailed, match=r"removed text at predicate.redactions\[0\]"):
        leaks_nothing(with_reason(text), [NAME, NUMBER])


@pytest.mark.parametrize(
    "report",
    [
        replace(REPORT, redactions=(replace(REDACTION, decided_by=NAME),)),
        replace(REPORT, redactions=(replace(REDACTION, rule="jane-q-example"),)),
        replace(REPORT, redactions=(replace(REDACTION, code=f"see {NUMBER}"),)),
        replace(REPORT, policy=PolicyInfo(NAME, SHA, RULES)),
        replace(REPORT, policy=PolicyInfo("own", SHA, CITING)),
        replace(REPORT, reviewers=(ReviewerInfo(NAME, 1, 0),)),
        replace(REPORT, models=(ModelInfo(NAME, SHA),)),
        replace(REPORT, pages=(replace(PAGE, reason=f"holds {NAME}"),)),
        replace(REPORT, checks=(replace(CHECK, detail=NUMBER),)),
        replace(REPORT, residual_risks=(f"{NAME} may be guessed",)),
        replace(
            REPORT,
            redactions=(replace(REDACTION, hmac=hashlib.sha256(NUMBER.encode()).hexdigest()),),
        ),
    ],
)  # fmt: skip
def test_it_is_found_wherever_it_is(report: Report) -> None:
    with pytest.raises(VerificationFailed) as caught:
        leaks_nothing(report, [NAME, NUMBER])
    assert "Jane" not in str(caught.value)
    assert NUMBER not in str(caught.value)


@pytest.mark.parametrize(
    "removed",
    [
        [],
        ["Jane"],
        ["Example Jane Q"],
        ["212-09-7695"],
        ["12"],  # too short to tell anything
        ["2026"],  # the year that the report is from
        ["Page", "WORDS", "little confidence"],  # our own words
        ["date of birth", "Social Security Number"],  # and those of our rules
        ["numpy", "spacy", "paddle"],
        ["names", "default", "recognizer"],  # one plain word that is a name in every report
    ],
)
def test_what_is_no_leak(removed: list[str]) -> None:
    leaks_nothing(REPORT, removed)


def test_a_plain_word_in_prose_is_a_leak() -> None:
    with pytest.raises(VerificationFailed):
        leaks_nothing(with_reason("looks like Milwaukee"), ["Milwaukee"])
    leaks_nothing(with_reason("looks like Milwaukeeans"), ["Milwaukee"])
    named = replace(REDACTION, rule="milwaukee")
    leaks_nothing(replace(REPORT, redactions=(named,)), ["Milwaukee"])


def test_where_it_was_made_is_not_told(tmp_path: Path) -> None:
    here = tuple(about_here(tmp_path / "out.pdf"))
    assert {str(tmp_path), getpass.getuser(), socket.gethostname()} <= set(here)
    leaks_nothing(REPORT, [], here)
    for told in (str(tmp_path / "x.pdf"), "printed by MAILROOM-7"):
        with pytest.raises(VerificationFailed, match="where or by whom"):
            leaks_nothing(with_reason(told), [], (*here, "mailroom-7"))
    by_a_person = replace(REDACTION, decided_by="officer miller")
    leaks_nothing(replace(REPORT, redactions=(by_a_person,)), [], ["miller"])


def test_the_words_of_our_own_rules_are_known() -> None:
    """So that no removed text which is made of them keeps a document from being published."""
    for policy in available():
        for rule in load(policy.name).rules:
            labels = (label.replace("_", " ") for label in rule.find or ())
            texts = [rule.id.replace("-", " "), rule.cite, *labels]
            leaks_nothing(with_reason(" ".join(texts)), texts)
