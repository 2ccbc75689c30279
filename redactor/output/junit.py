"""Results of tests as JUnit XML, which CI servers show."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a suite, with what failed in it."""

    suite: str
    name: str
    failures: tuple[str, ...]


def junit(cases: Sequence[Case]) -> bytes:
    """The report; the cases of a suite stand together."""
    root = ET.Element("testsuites", _counts(cases))
    for suite, members in groupby(cases, key=lambda case: case.suite):
        group = list(members)
        element = ET.SubElement(root, "testsuite", {"name": suite, **_counts(group)})
        for case in group:
            child = ET.SubElement(element, "testcase", {"classname": suite, "name": case.name})
            for what in case.failures:
                ET.SubElement(child, "failure", {"message": _valid(what)})
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    failed = sum(bool(case.failures) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed)}


def _valid(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c if c.isprintable() else "?" for c in text)
